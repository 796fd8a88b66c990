"""Latin words and spoken signs that may be a term: which are found, for which term, at what cost and gain."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct import correct
from toolkit.correct.document import Document, read_document
from toolkit.correct.foreign import (
    CAPITALS,
    ENGLISH,
    FARTHEST,
    NO_WORD,
    OTHER_COUNT,
    OTHER_FORM,
    OTHER_LETTERS,
    find_foreign,
)
from toolkit.correct.index import build_index
from toolkit.correct.soundings import Soundings
from toolkit.correct.standing import find_standing, stands_alone
from toolkit.cues import Cue
from toolkit.english import phone_distance, phones
from toolkit.lexicon import Alias, Lexicon, Term

NAMES = ("DeepSeek", "OpenAI", "GLM", "GPT-4", "GPT", "GPU", "TPU", "5G-A", "Marvell", "H100", "Llama", "Gemini", "C++")
TERMS = (
    *map(Term, NAMES),
    *map(Term, ("TOPS", "H1", "Lama Index")),
    Term("具身智能"),
    Term("Claude", exact=True),
    Term("BERT", near=("模型", "语言"), never=("鸟",)),
    Term("CUDA", aliases=(Alias("Kooda"),)),
)
INDEX = build_index(Lexicon(TERMS))
Found = tuple[str, str]
"""What was heard, and the term."""


def document_of(*lines: str) -> Document:
    return read_document([Cue(None, None, line) for line in lines])


def foreign_in(*lines: str) -> Soundings:
    document = document_of(*lines)
    return find_foreign(document, INDEX, find_standing(document, INDEX))


def shown(*lines: str) -> dict[Found, int]:
    """What was heard and for which term, with its place among what was found."""
    text, found = document_of(*lines).text, foreign_in(*lines)
    rows = zip(found.matches.starts.tolist(), found.matches.ends.tolist(), found.terms.tolist(), strict=True)
    return {(text[start:end], TERMS[term].text): place for place, (start, end, term) in enumerate(rows)}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("我们试用了Deepseak的模型", {("Deepseak", "DeepSeek")}),
        ("我们试用了deep sick的模型", {("deep sick", "DeepSeek")}),
        ("我们的客户用Marvel的芯片", {("Marvel", "Marvell")}),
        ("我们用Jemini来写代码", {("Jemini", "Gemini")}),
        ("我们用Kuda来写代码", {("Kuda", "CUDA")}),
        ("我们用lama三的模型来做", {("lama", "Llama")}),
        ("用400TOBS的芯片和卡", {("TOBS", "TOPS")}),
        ("我们用open eye的语言模型", {("open", "OpenAI"), ("open eye", "OpenAI")}),
    ],
)
def test_a_latin_word_that_sounds_like_a_term_is_found(line: str, found: set[Found]) -> None:
    assert set(shown(line)) == found


@pytest.mark.parametrize(
    "line",
    [
        "我们试用了DeepSeek的模型",  # a term
        "我们试用了deepseek的模型",  # a term but for its case
        "我们用Kooda来写代码",  # a listed mistake
        "我们用clod的模型来写",  # its term is exact
        "我们用banana的模型来写",
        "我们用A的模型来做",
        "我们用2024的模型来做",
        "我们用Lama Index的模型",  # lama is part of a term
        "We use lama and jemini every day",
        "运行pip install lama这个命令",
        "请看jemini.com/index这个地址的内容",
        "",
        "，",
        "a",
        "具身智能",
    ],
)
def test_terms_listed_mistakes_english_and_code_are_not_found(line: str) -> None:
    assert set(shown(line)) == set()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("我们用GPT四的语言模型", {("GPT四", "GPT-4")}),
        ("我们用gpt四的语言模型", {("gpt四", "GPT-4")}),
        ("我们用GPT 4的语言模型", {("GPT 4", "GPT-4")}),
        ("我们用H一百训练模型", {("H一百", "H100")}),
        ("我们用H幺零零训练模型", {("H幺零零", "H100")}),
        ("升级到五G-A网络的手机", {("五G-A", "5G-A")}),
        ("我们用C加加写的程序", {("C加加", "C++")}),
        ("我们用H100训练模型", set()),
        ("我们用XH一百训练模型", set()),
        ("我们用XC加加写程序", set()),
    ],
)
def test_digits_and_signs_are_found_as_they_are_said(line: str, found: set[Found]) -> None:
    assert set(shown(line)) == found


def test_what_is_said_for_digits_is_found_over_a_seam() -> None:
    assert set(shown("我们用H", "一百训练模型")) == {("H一百", "H100")}


@pytest.mark.parametrize(
    "heard", ["GPT-2", "GPT-5", "GPT2", "GPT-44", "GPT-4V", "GPT-4o", "gpt 4 v", "GPT4o", "G P T 4 v"]
)
def test_another_number_is_another_thing(heard: str) -> None:
    assert not {term for one, term in shown(f"我们用{heard}的语言模型") if one == heard}


def test_the_same_number_or_none_may_be_the_term() -> None:
    assert ("GPD-4", "GPT-4") in shown("我们用GPD-4的语言模型")
    assert ("GBT", "GPT") in shown("我们用GBT的语言模型")


@pytest.mark.parametrize(
    ("line", "heard", "term", "slot", "fluent"),
    [
        ("我们的客户用Marvel的芯片", "Marvel", "Marvell", ENGLISH, True),
        ("我们用deep sick的模型来做", "deep sick", "DeepSeek", 2 * ENGLISH, True),
        ("我们用deep sikk的模型来做", "deep sikk", "DeepSeek", ENGLISH + NO_WORD, False),
        ("我们用Jemini来写代码", "Jemini", "Gemini", CAPITALS, False),
        ("我们试用了deepsick的模型", "deepsick", "DeepSeek", NO_WORD, False),
        ("我们用TPO做训练的芯片", "TPO", "TPU", CAPITALS - OTHER_LETTERS, False),
        ("我们用GL的模型来做", "GL", "GLM", CAPITALS - OTHER_COUNT, False),
        ("我们用Tpo做训练的芯片", "Tpo", "TPU", CAPITALS, False),
        ("我们用GPT四的语言模型", "GPT四", "GPT-4", OTHER_FORM, False),
    ],
)
def test_what_the_context_gains_depends_on_what_kind_of_word_was_heard(
    line: str, heard: str, term: str, slot: float, fluent: bool
) -> None:
    place, found = shown(line)[heard, term], foreign_in(line)
    assert found.slots[place] == pytest.approx(slot)
    assert found.fluent[place] == fluent
    assert found.foreign[place]
    assert found.matches.entries[place] == -1


@pytest.mark.parametrize("heard", ["Deepseak", "deepsick", "Marvel", "Jemini", "Kuda", "lama", "TPO", "GL"])
def test_a_cost_is_the_difference_in_sound_by_syllables(heard: str) -> None:
    line = f"我们用{heard}来写代码"
    found = foreign_in(line)
    for (_, term), place in shown(line).items():
        pairs = [(one, other) for one in phones(heard) for other in phones(term)]
        costs = [
            distance * max(2, sum(phone[0] in "AEIOU" for phone in other))
            for one, other in pairs
            if (distance := phone_distance(one, other)) <= FARTHEST
        ]
        assert found.costs[place] == pytest.approx(min(costs), abs=1e-5)
    assert len(found)


@pytest.mark.parametrize(
    ("line", "near", "word"),
    [("我们用burt的模型来写", 1, "模型"), ("我们看到burt在树上唱歌", -1, ""), ("语言模型burt很好用", 1, "模型")],
)
def test_a_term_that_wants_words_close_by_says_whether_they_are_there(line: str, near: int, word: str) -> None:
    found, place = foreign_in(line), shown(line)["burt", "BERT"]
    assert found.near[place] == near
    assert found.words[int(found.matches.starts[place]), int(found.terms[place])] == word
    assert foreign_in("我们用lama三的模型来做").near.tolist() == [0]


def test_a_word_close_by_forbids_a_term() -> None:
    assert shown("我们看到burt鸟在树上唱歌") == {}


def test_a_term_that_stands_right_is_broken_or_left_alone() -> None:
    found = foreign_in("我们用GPT 4的语言模型，还有H一百")
    assert found.breaks.tolist() == [True, False]
    assert shown("我们用GPT-4，还有GPT-4的模型") == {}


def test_what_is_written_alike_shares_its_spelling_for_a_term() -> None:
    line = "我们用的Deepseak和另一个Jemini，还有那个Deepseak和这个TPO以及那个TPE的模型"
    text, found = document_of(line).text, foreign_in(line)
    rows = zip(found.matches.starts.tolist(), found.matches.ends.tolist(), found.terms.tolist(), strict=True)
    written = [(text[start:end], term) for start, end, term in rows]
    numbers = found.spellings.tolist()
    assert len(set(zip(written, numbers, strict=True))) == len(set(written)) == len(set(numbers))
    assert len({one for one, _ in written}) < len(set(written)) < len(written)


@given(st.lists(st.sampled_from([*NAMES, "Deepseak", "lama", "GPT四", "C加加", "TOPS", *"aX14 -的模型在"]), max_size=9))
def test_nothing_is_found_inside_a_longer_latin_word_or_a_term(parts: list[str]) -> None:
    document = document_of("我们的模型", "".join(parts), "我们的模型")
    standing = find_standing(document, INDEX)
    found = find_foreign(document, INDEX, standing)
    assert not standing.damaged(found.matches.starts, found.matches.ends).any()
    for start, end, term in zip(found.matches.starts.tolist(), found.matches.ends.tolist(), found.terms, strict=True):
        unit = document.text[start - 1].isdigit() and document.text[start:end].isalpha()
        assert unit or stands_alone(document.text, start, end)
        assert TERMS[term].text not in document.text[start:end]
    assert np.isfinite(found.costs).all()


@pytest.mark.parametrize("terms", [(), (Term("具身智能"),), (Term("鱼"),), (Term("Claude", exact=True),)])
def test_without_latin_terms_nothing_is_found(terms: tuple[Term, ...]) -> None:
    index = build_index(Lexicon(terms))
    for text in ("", "我", "我们用clod和GPT四的语言模型"):
        document = document_of(text)
        assert len(find_foreign(document, index, find_standing(document, index))) == 0


@pytest.mark.parametrize(("term", "heard"), [("C++", "İ用C加加写的程序"), ("H100", "İ用H一百写的程序")])
def test_letters_that_grow_in_lower_case_move_nothing(term: str, heard: str) -> None:
    (cue,) = correct([Cue(None, None, heard)], Lexicon.of([term]))
    assert all(edit.before in ("C加加", "H一百") for edit in cue.edits)
