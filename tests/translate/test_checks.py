"""Faults of single lines: what is one, what is none, and which of two answers is the better."""

from __future__ import annotations

import pytest

from toolkit.translate.checks import faults, refuses, tidy, worse
from toolkit.translate.languages import needs_none, one_line
from toolkit.translate.values import Answer, Demand, Flag, Line, Translation

TERM = Demand("GPT四", ("GPT-4",))


@pytest.mark.parametrize(
    ("line", "text", "kinds"),
    [
        (Line("用GPT四", terms=(TERM,)), "with GPT-4", []),
        (Line("用GPT四", terms=(TERM,)), "with GPT-3", ["term", "number"]),
        (Line("展区最长"), "The 展区 is longest", ["language"]),
        (Line("去WAIC", terms=(Demand("WAIC", ("WAIC",)),)), "to WAIC", []),
        (Line("谢谢"), "", ["missing"]),
        (Line("谢谢"), "As an AI language model, I cannot", ["missing"]),
        (Line("三百家"), "300", []),
    ],
)
def test_faults_of_english(line: Line, text: str, kinds: list[str]) -> None:
    assert [flag.kind for flag in faults(line, Answer(text), "en")] == kinds


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("Thank you all", "谢谢大家", []),
        ("Thank you all", "Thank you all", ["language"]),
        ("OpenAI", "OpenAI", []),
        ("120 million", "1.2亿", []),
        ("120 million", "12亿", ["number", "number"]),
    ],
)
def test_faults_of_chinese(source: str, text: str, kinds: list[str]) -> None:
    assert [flag.kind for flag in faults(Line(source), Answer(text), "zh")] == kinds


def test_no_translation_is_worst_then_the_language_then_the_number_of_faults() -> None:
    nothing, chinese, term = Flag("missing", ""), Flag("language", ""), Flag("term", "")
    order = [(), (term,), (term, term), (chinese,), (nothing,)]
    assert all(worse(later, earlier) for number, later in enumerate(order) for earlier in order[:number])
    assert not worse((term,), (term,))


@pytest.mark.parametrize("text", ["I'm sorry, but I can't help", "I cannot translate this", "抱歉，我无法翻译"])
def test_a_refusal_is_one_unless_the_line_says_so_itself(text: str) -> None:
    assert refuses("大家好", text)
    assert not refuses("抱歉，我无法参加", text)


def test_what_models_put_around_an_answer_goes() -> None:
    assert tidy("“Hello”", "en") == "Hello"
    assert tidy('"No", she said, "never"', "en") == '"No", she said, "never"'
    assert tidy("你好,世界", "zh") == "你好，世界"
    assert one_line("你好\nOpenAI\n  \nworld") == "你好OpenAI world"


def test_empty_lines_and_signs_pass_through() -> None:
    assert all(needs_none(text, target) for text in ("", "♪ ♪", "12:30") for target in ("en", "zh"))


def test_a_translation_has_a_text_and_flags_for_each_cue() -> None:
    with pytest.raises(ValueError, match="for each cue"):
        Translation(("a", "b"), ((),), (False, False))
