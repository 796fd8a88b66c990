"""Terms that stand right: found as a naive search finds them, and what lies in them or cuts them as loops count it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.document import Document, read_document
from toolkit.correct.index import build_index
from toolkit.correct.standing import Standing, find_standing, stands_alone
from toolkit.cues import Cue
from toolkit.lexicon import Lexicon

LETTERS = "具身智Ab1，é \U00024e00\n"
TEXTS = st.lists(
    st.text(LETTERS, min_size=1, max_size=4).filter(lambda text: text == text.strip() and text.isprintable()),
    min_size=1,
    max_size=5,
    unique=True,
)
NESTED = ["人工智能", "智能", "人工", "AI TIME", "AI", "TIME"]
INDEX = build_index(Lexicon.of(NESTED))
Span = tuple[int, int]


def document_of(*lines: str) -> Document:
    return read_document([Cue(None, None, line) for line in lines])


def standing_in(document: Document, texts: list[str]) -> Standing:
    return find_standing(document, build_index(Lexicon.of(texts)))


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit of a Latin word is left over on either side."""
    edges = [text[start - 1 : start + 1] if start else "", text[end - 1 : end + 1]]
    return not any(len(edge) == 2 and edge.isascii() and edge.isalnum() for edge in edges)


@given(TEXTS.flatmap(lambda texts: st.tuples(st.just(texts), st.lists(st.sampled_from([*texts, *LETTERS])))))
def test_terms_that_stand_are_those_of_a_naive_search(case: tuple[list[str], list[str]]) -> None:
    texts, document = case[0], document_of(*case[1])
    heard = document.text
    expected = [
        (start, start + len(text), place)
        for start in range(len(heard))
        for place, text in sorted(enumerate(texts), key=lambda pair: -len(pair[1]))
        if len(text) > 1 and heard.startswith(text, start) and is_whole(heard, start, start + len(text))
    ]
    found = standing_in(document, texts)
    assert list(zip(found.starts.tolist(), found.ends.tolist(), found.terms.tolist(), strict=True)) == expected
    assert found.size == len(heard)


@st.composite
def standings(draw: st.DrawFn) -> tuple[Standing, list[Span]]:
    """Any stretches of a text, those that overlap among them, in order, and more of them that do not stand."""
    size = draw(st.integers(0, 12))
    spans = st.tuples(st.integers(0, size), st.integers(0, size)).map(sorted).filter(lambda span: span[0] < span[1])
    drawn = [(one, other) for one, other in draw(st.lists(spans, max_size=4))] if size else []
    asked = [(one, other) for one, other in draw(st.lists(spans, max_size=6))] if size else []
    ordered = sorted(set(drawn), key=lambda span: (span[0], -span[1]))
    starts, ends = np.array(ordered, dtype=np.int64).reshape(-1, 2).T
    terms, protected = np.zeros(len(starts), dtype=np.int32), np.zeros(len(starts), dtype=bool)
    return Standing(starts, ends, terms, protected, size), asked + drawn


def spans_of(standing: Standing) -> list[Span]:
    return list(zip(standing.starts.tolist(), standing.ends.tolist(), strict=True))


@given(standings())
def test_characters_before_a_place_that_belong_to_terms_are_counted(case: tuple[Standing, list[Span]]) -> None:
    standing, _ = case
    covered = [any(start <= place < end for start, end in spans_of(standing)) for place in range(standing.size)]
    assert standing.covered.tolist() == [sum(covered[:place]) for place in range(standing.size + 1)]


@given(standings())
def test_a_place_within_a_term_is_neither_its_start_nor_its_end(case: tuple[Standing, list[Span]]) -> None:
    standing, _ = case
    expected = [any(start < place < end for start, end in spans_of(standing)) for place in range(standing.size + 1)]
    assert standing.within.tolist() == expected


@given(standings())
def test_what_is_a_term_or_lies_in_one_or_cuts_one_damages_it(case: tuple[Standing, list[Span]]) -> None:
    standing, asked = case
    starts, ends = np.array(asked, dtype=np.int32).reshape(-1, 2).T
    expected = [
        any(
            (start, end) == (low, high)  # is one
            or (low <= start and end <= high)  # lies in one
            or low < start < high < end  # cuts one
            or start < low < end < high
            for low, high in spans_of(standing)
        )
        for start, end in asked
    ]
    assert standing.damaged(starts, ends).tolist() == expected


@given(st.lists(st.sampled_from([*NESTED, "，", "的", "b"]), max_size=8))
def test_terms_inside_others_are_not_counted(parts: list[str]) -> None:
    standing = find_standing(document_of(*parts), INDEX)
    spans = spans_of(standing)
    outer = [
        term
        for (start, end), term in zip(spans, standing.terms.tolist(), strict=True)
        if not any(low <= start and end <= high and (low, high) != (start, end) for low, high in spans)
    ]
    assert standing.counts(len(NESTED)).tolist() == [outer.count(term) for term in range(len(NESTED))]


def test_terms_that_overlap_both_count() -> None:
    standing = standing_in(document_of("人工智能机器"), ["人工智能", "智能机器", "智能"])
    assert standing.counts(3).tolist() == [1, 1, 0]


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        (["人工智能和智能"], {"人工智能": 1, "智能": 1}),
        (["人工", "智能"], {"人工智能": 1}),
        (["人工\n智能"], {"人工智能": 1}),
        (["AI TIME的AI"], {"AI TIME": 1, "AI": 1}),
        (["AIs和xAI和AI"], {"AI": 1}),
        (["AI", "TIME"], {}),
        (["\U00024e00人工"], {"人工": 1}),
        (["人"], {}),
        ([""], {}),
        ([], {}),
    ],
)
def test_terms_stand_over_seams_and_as_whole_words(lines: list[str], counts: dict[str, int]) -> None:
    found = find_standing(document_of(*lines), INDEX).counts(len(NESTED)).tolist()
    assert {text: count for text, count in zip(NESTED, found, strict=True) if count} == counts


@pytest.mark.parametrize("texts", [[], ["鱼"], ["鱼", "A"]])
@pytest.mark.parametrize("line", ["", "鱼", "今天吃鱼 A"])
def test_single_characters_are_not_looked_for(line: str, texts: list[str]) -> None:
    standing = standing_in(document_of(line), texts)
    nothing = np.empty(0, dtype=np.int32)
    assert (len(standing.starts), standing.covered[-1], standing.within.any()) == (0, 0, False)
    assert len(standing.covered) == len(standing.within) == len(line) + 1
    assert standing.damaged(nothing, nothing).tolist() == []
    assert standing.counts(len(texts)).tolist() == [0] * len(texts)


@pytest.mark.parametrize(
    ("text", "stretch", "alone"),
    [
        ("在WAC大会", "WAC", True),
        ("在SWAC大会", "WAC", False),
        ("在WAC2大会", "WAC", False),
        ("WAC", "WAC", True),
        ("5G-A", "5G", True),
        ("éWAC", "WAC", True),
        ("_WAC_", "WAC", True),
        ("手机外壳厂", "外壳", True),
        ("A人工智能B", "人工智能", True),
    ],
)
def test_a_stretch_stands_alone_unless_a_latin_word_goes_on(text: str, stretch: str, alone: bool) -> None:
    start = text.index(stretch)
    assert stands_alone(text, start, start + len(stretch)) == alone
    assert (len(standing_in(document_of(text), [stretch]).starts) == 1) == alone
