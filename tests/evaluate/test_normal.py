"""What a comparison passes over is passed over by name, and nothing else."""

from __future__ import annotations

import pytest

from toolkit.errors import UsageError
from toolkit.evaluate.normal import TOLERANCES, Rules, tokens_of, with_digits


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("ＷＡＩＣ", "WAIC", "width"),
        ("OpenAI", "openai", "case"),
        ("好，尊敬的各位", "好 尊敬的各位。", "punctuation"),
        ("二零二四年", "2024年", "numbers"),
        ("百分之三点五", "3.5%", "numbers"),
        ("三千零五家", "3005家", "numbers"),
    ],
)
def test_each_difference_is_passed_over_unless_it_is_kept(one: str, other: str, name: str) -> None:
    assert tokens_of(one) == tokens_of(other)
    assert tokens_of(one, Rules((name,))) != tokens_of(other, Rules((name,)))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("don't say state-of-the-art", ("dont", "say", "state", "of", "the", "art")),
        ("GPT-4o", ("gpt", "4", "o")),
        ("𠮷 café", ("𠮷", "café")),
        ("", ()),
        ("……！", ()),
        ("a_b", ("a", "b")),
    ],
)
def test_tokens_are_han_characters_words_and_numbers(text: str, tokens: tuple[str, ...]) -> None:
    assert tokens_of(text) == tokens


@pytest.mark.parametrize("text", ["老百姓", "千家万户", "点点滴滴"])
def test_units_without_a_number_are_no_numerals(text: str) -> None:
    assert with_digits(text) == text


def test_scripts_are_the_same_only_where_that_is_asked_for() -> None:
    pytest.importorskip("opencc", reason="the extra 'script' is not installed")
    assert tokens_of("語音識別") != tokens_of("语音识别")
    assert tokens_of("語音識別", Rules(script="simplified")) == tokens_of("语音识别", Rules(script="simplified"))


def test_rules_say_what_they_do() -> None:
    assert str(Rules()) == ", ".join([*(texts[0] for texts in TOLERANCES.values()), "script as it is"])
    assert "with punctuation" in str(Rules(("punctuation",)))
    with pytest.raises(UsageError, match="nothing called 'marks'"):
        Rules(("marks",))
