"""Stretches that sound like a term: what is known of each, and what rules others out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.document import Document, read_document
from toolkit.correct.index import Index, build_index
from toolkit.correct.neighbours import beside
from toolkit.correct.presence import read_presence, settle
from toolkit.correct.sounding import UNKNOWN_SLOTS, find_soundings
from toolkit.correct.soundings import Soundings
from toolkit.correct.standing import find_standing
from toolkit.cues import Cue, Word
from toolkit.language_model import load_language_model
from toolkit.lexicon import Alias, Lexicon, Term

MODEL = load_language_model()
HOPE = 1e12
"""So often misheard, a term has hope wherever it may be meant."""
TERMS = Lexicon.of(
    [
        *("具身智能", "人工智能", "生成式人工智能", "智元机器人", "知识图谱", "人形机器人", "机器人", "银河通用"),
        Term("智谱", near=("大模型",)),
        Term("沐曦", never=("木头",)),
        Term("WAIC", sounds=("wai ke",), near=("大会",)),
        Term("生成式", aliases=(Alias("深层式", near=("模型",)),)),
        Term("量子位", exact=True),
    ]
)
INDEX = build_index(TERMS)
PIECES = st.sampled_from(
    [
        *("聚生智能", "具身智能", "人心机器人", "机器人", "深层是人工智能", "生成式", "只是图谱", "质朴", "大模型"),
        *("外壳", "的", "，", "二零一二年", "木溪"),
    ]
)
LINES = st.lists(PIECES, max_size=7).map("".join)


def read(document: Document, *, index: Index = INDEX, model: bool = True, hope: float = HOPE) -> Soundings:
    standing, known = find_standing(document, index), MODEL if model else None
    presence = read_presence(document, index, standing, known)
    presence = replace(presence, certain=presence.certain + hope)
    return find_soundings(document, index, standing, known, presence)


def document_of(*lines: str) -> Document:
    return read_document([Cue(None, None, line) for line in lines])


def named(text: str, *terms: str | Term, model: bool = True, hope: float = HOPE) -> list[tuple[str, str]]:
    index = build_index(Lexicon.of(terms)) if terms else INDEX
    found = read(document_of(text), index=index, model=model, hope=hope)
    places = zip(found.matches.starts.tolist(), found.matches.ends.tolist(), found.terms.tolist(), strict=True)
    return [(text[start:end], index.terms[term].text) for start, end, term in places]


def facts(text: str, heard: str, *names: str, document: Document | None = None) -> tuple[float, ...]:
    """What is known of the stretch that sounds like a term with as many syllables."""
    found = read(document or document_of(text))
    start = text.index(heard)
    at = np.flatnonzero((found.matches.starts == start) & (found.matches.ends == start + len(heard)))
    assert len(at) == 1
    return tuple(getattr(found, name)[at[0]].item() for name in names)


@pytest.mark.parametrize(
    ("text", "heard", "term"),
    [
        ("谈谈聚生智能的崛起", "聚生智能", "具身智能"),
        ("深层是人工智能", "深层是人工智能", "生成式人工智能"),
        ("人心机器人亮相", "人心机器人", "人形机器人"),
        ("大会用人形机人", "人形机人", "人形机器人"),
        ("质朴的大模型", "质朴", "智谱"),
        ("在外壳大会上", "外壳", "WAIC"),
        ("我们请木溪来", "木溪", "沐曦"),
        ("这个深层是模型", "深层是", "生成式"),
    ],
)
@pytest.mark.parametrize("model", [True, False])
def test_what_was_misheard_is_found(text: str, heard: str, term: str, model: bool) -> None:
    assert (heard, term) in named(text, model=model)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("质朴的生活", "智谱"),  # two characters, and none of the words near
        ("手机外壳", "WAIC"),  # it sounds otherwise than it is written, and none of the words near
        ("做木头的木溪", "沐曦"),  # a word near forbids it
        ("这个深层式模型", "生成式"),  # listed: left to the conditions of the list
        ("两字位", "量子位"),  # never by sound
        ("谈谈具身智能", "具身智能"),  # stands right
        ("的具身智能", "具身智能"),
    ],
)
@pytest.mark.parametrize("model", [True, False])
def test_what_is_ruled_out_is_not_found(text: str, term: str, model: bool) -> None:
    assert term not in {found for _, found in named(text, model=model)}


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("聚身智能源", "能源"),  # the change would leave half of it
        ("巨聚身智能", "巨聚"),
        ("聚深智能", "聚深智能"),
        ("聚深智能化", "聚深智能化"),  # the change would be inside it
    ],
)
def test_what_would_cut_a_term_that_stands_is_ruled_out(text: str, standing: str) -> None:
    def whole(*terms: str) -> list[str]:
        return [heard for heard, found in named(text, *terms) if found == "具身智能" and len(heard) == 4]

    assert len(whole("具身智能")) == 1
    assert whole("具身智能", standing) == []


@given(LINES, st.booleans())
def test_no_stretch_cuts_a_term_or_holds_its_own(text: str, model: bool) -> None:
    document = document_of(text)
    found, standing = read(document, model=model), find_standing(document, INDEX)
    rights = list(zip(standing.starts.tolist(), standing.ends.tolist(), strict=True))
    for start, end, term in zip(found.matches.starts, found.matches.ends, found.terms, strict=True):
        assert INDEX.terms[term].text not in text[start:end]
        assert not any(low < start < high or low < end < high or (start, end) == (low, high) for low, high in rights)


@pytest.mark.parametrize(
    ("text", "standing", "breaks"),
    [
        ("深层是人工智能", "人工智能", False),  # it stays as it is
        ("聚深智能", "智能", False),
        ("聚深智能", "聚深", True),
        ("聚深智能", "深智", True),
        ("聚深智能", "沐曦", False),
    ],
)
def test_that_another_term_would_be_changed_is_told(text: str, standing: str, breaks: bool) -> None:
    index = build_index(Lexicon.of(["具身智能", "生成式人工智能", standing]))
    found = read(document_of(text), index=index)
    whole = found.matches.ends - found.matches.starts == len(text)
    assert found.breaks[whole].tolist() == [breaks]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("一共一百亿元整", "义元"),
        ("第一次世界大赛", "帝依"),
        ("在二零一二年", "林怡儿"),
        ("二零一二年", "临易"),
        ("百分之三十五点六", "之散"),
    ],
)
def test_spoken_numbers_are_never_a_term(text: str, term: str) -> None:
    assert named(text, term) == []


def test_a_numeral_in_a_word_is_no_number_and_is_counted() -> None:
    found = read(document_of("我们一起努力"), index=build_index(Lexicon.of(["易起"])))
    assert (found.matches.starts.tolist(), found.numerals.tolist()) == ([2], [1])


@pytest.mark.parametrize(
    ("text", "heard", "known"),
    [
        ("谈谈聚生智能", "聚生智能", (0, False, 0)),
        ("谈谈人形机人", "人形机人", (-1, False, 0)),
        ("谈谈人性化机器人", "人性化机器人", (1, False, 0)),
        ("大模型用质朴", "质朴", (0, False, 1)),
        ("大会的外壳", "外壳", (0, True, 1)),
    ],
)
def test_gaps_foreign_sounds_and_words_near_are_told(text: str, heard: str, known: tuple[float, ...]) -> None:
    assert facts(text, heard, "gaps", "foreign", "near") == known


def test_a_word_that_is_wanted_and_missing_is_told() -> None:
    """Of a long term; a short one is ruled out."""
    index = build_index(Lexicon.of([Term("具身智能", near=("机器",))]))
    (met,) = set(read(document_of("机器的聚生智能"), index=index).near.tolist())
    found = read(document_of("谈谈聚生智能"), index=index)
    assert (met, set(found.near.tolist()), set(found.words.values())) == (1, {-1}, {""})


def test_words_near_are_kept_by_start_and_term() -> None:
    found = read(document_of("大模型用质朴，大会的外壳"))
    assert {(start, INDEX.terms[term].text): word for (start, term), word in found.words.items() if word} == {
        (4, "智谱"): "大模型",
        (10, "WAIC"): "大会",
    }


@pytest.mark.parametrize(
    ("text", "heard", "known"),
    [
        ("深层是人工智能", "深层是人工智能", (True, 1, 0)),  # 是 is a function word, 人工智能 stays
        ("谈谈聚生智能", "聚生智能", (True, 0, 0)),
        ("我们请木溪来", "木溪", (False, 0, 0)),  # no word
        ("谈谈人性化机器人", "人性化机器人", (True, 0, 0)),
        ("谈谈人形机人", "人形机人", (False, 0, 0)),  # where a syllable is missing, the words on both sides
    ],
)
def test_what_would_be_changed_is_read_as_it_was_heard(text: str, heard: str, known: tuple[float, ...]) -> None:
    assert facts(text, heard, "fluent", "functions", "numerals") == known


@pytest.mark.parametrize(
    ("probs", "surety"),
    [((0.5, 0.9), 0.7), ((0.2, 0.2), 0.2), ((None, 0.9), -1.0), ((None, None), -1.0)],
)
def test_how_sure_the_recogniser_was_is_the_mean_of_the_characters(
    probs: Sequence[float | None], surety: float
) -> None:
    words = [Word("谈谈", 0, 1, 0.1), Word("聚生", 1, 2, probs[0]), Word("智能", 2, 3, probs[1])]
    document = read_document([Cue(0, 3, "谈谈聚生智能", words=tuple(words))])
    assert facts(document.text, "聚生智能", "surety", document=document) == pytest.approx((surety,))


@given(LINES)
def test_stretches_share_a_spelling_when_they_and_their_terms_are_the_same(text: str) -> None:
    found = read(document_of(text))
    keys = [
        (text[start:end], int(term))
        for start, end, term in zip(found.matches.starts, found.matches.ends, found.terms, strict=True)
    ]
    pairs = set(zip(keys, found.spellings.tolist(), strict=True))
    assert len(pairs) == len(set(keys)) == len(set(found.spellings.tolist()))


def test_without_the_model_length_stands_for_context() -> None:
    for text in ("木溪", "深层是", "聚生智能", "智源机器人", "深层是人工智能"):
        found = read(document_of(text), model=False)
        whole = found.matches.ends - found.matches.starts == len(text)
        assert found.slots[whole].tolist() == [UNKNOWN_SLOTS[min(len(text), len(UNKNOWN_SLOTS) - 1)]]
        assert not any(getattr(found, name).any() for name in ("fluent", "functions", "numerals", "shared"))
    assert list(UNKNOWN_SLOTS) == sorted(UNKNOWN_SLOTS)


def test_with_the_model_context_tells_a_gap_from_a_word() -> None:
    (strange,), (common,) = facts("木溪的产品", "木溪", "slots"), facts("大模型的质朴", "质朴", "slots")
    assert strange > common


def test_what_stands_beside_a_term_elsewhere_speaks_for_its_lookalikes() -> None:
    text = "确认沐曦开了，确认沐曦关了，确认木溪开了，喝木溪水"
    document = document_of(text)
    found, standing = read(document), find_standing(document, INDEX)
    likelier = beside(document, standing, found.matches.starts, found.matches.ends, found.terms)
    assert found.beside.tolist() == likelier.tolist()
    first, last = (found.beside[found.matches.starts == text.index(heard)].item() for heard in ("木溪开", "木溪水"))
    assert first > 1 > last


@given(LINES, st.booleans())
def test_what_has_no_hope_is_left_out_and_nothing_else(text: str, model: bool) -> None:
    """What a document that settles everything calls likely is found in a document that hopes for nothing."""
    document = document_of(text)
    standing, known = find_standing(document, INDEX), MODEL if model else None
    every, some = read(document, model=model), read(document, model=model, hope=0)
    keys, kept = (
        list(zip(*(array.tolist() for array in (one.matches.starts, one.matches.ends, one.terms)), strict=True))
        for one in (every, some)
    )
    assert set(kept) <= set(keys)
    strengths = settle(every, read_presence(document, INDEX, standing, known)).strengths
    assert {key for key, strength in zip(keys, strengths, strict=True) if strength > 1e-4} <= set(kept)


def test_what_a_stretch_has_in_common_with_its_term_is_told() -> None:
    common, other = (facts(text, text, "shared")[0] for text in ("深层是人工智能", "木溪"))
    assert common > 2 > other == 0


@pytest.mark.parametrize("text", ["只是图书馆很大", "聪明的智能机器人", "质朴的大会"])
def test_what_is_weak_is_not_found(text: str) -> None:
    assert named(text, hope=0) == []


@given(LINES, st.permutations(TERMS.terms))
def test_the_order_of_terms_does_not_matter(text: str, terms: list[Term]) -> None:
    assert sorted(named(text, hope=0)) == sorted(named(text, *terms, hope=0))


@given(LINES, st.data())
def test_seams_do_not_matter(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    one, other = read(document_of(text)), read(document_of(text[:cut], "\n", text[cut:]))
    assert (one.matches.starts.tolist(), one.slots.tolist()) == (other.matches.starts.tolist(), other.slots.tolist())
