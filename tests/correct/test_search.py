"""Search by sound against a slow search that tries every term at every place; terms that stand against a naive one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.document import Document, read_document
from toolkit.correct.index import Index, build_index
from toolkit.correct.search import (
    COST_A_SYLLABLE,
    COST_LIMITS,
    GAP,
    HIGHEST_LIMIT,
    SHORTEST_WITH_EXTRA,
    SHORTEST_WITH_MISSING,
    UNUSUAL,
    find_sounds,
    find_standing,
    stands_alone,
)
from toolkit.correct.syllables import MOST, load_syllables
from toolkit.cues import Cue
from toolkit.lexicon import Lexicon, Term
from toolkit.sounds import distance

TABLE = load_syllables()
CLOSE = 1e-4
HAN = "具聚身生深智只能恩人仁心形机鸡器式是行长大达"
TERMS = st.lists(st.text(HAN, min_size=2, max_size=6), min_size=1, max_size=3, unique=True)
Match = tuple[int, int, int]
"""Entry, start and end."""


@st.composite
def heard(draw: st.DrawFn) -> tuple[Document, Index]:
    """A lexicon, and a document with its terms in it: as they are, or with characters other, missing or too many."""
    texts = draw(TERMS)
    parts = [draw(st.text(HAN + "，a", max_size=3))]
    for text in draw(st.lists(st.sampled_from(texts), max_size=4)):
        at = draw(st.integers(0, len(text)))
        parts.append(text[:at] + draw(st.text(HAN, max_size=2)) + text[at + draw(st.integers(0, 2)) :])
        parts.append(draw(st.text(HAN + "，a", max_size=2)))
    return document_of("".join(parts)), build_index(Lexicon.of(texts))


def document_of(text: str) -> Document:
    return read_document([Cue(None, None, text)])


def limit(length: int) -> float:
    return COST_LIMITS.get(length, min(COST_A_SYLLABLE * length, HIGHEST_LIMIT))


def syllable_cost(document: Document, place: int, wanted: int) -> float:
    """What it costs that a character stands for a syllable, by the definition of `toolkit.sounds`."""
    return min(
        min(distance(TABLE.syllables[number], TABLE.syllables[wanted]), MOST) + (UNUSUAL if rank else 0)
        for rank, number in enumerate(document.sounds[:, place].tolist())
        if number
    )


def costs(document: Document, places: list[int], wanted: list[int]) -> float:
    return sum(syllable_cost(document, place, number) for place, number in zip(places, wanted, strict=True))


def stretch_cost(document: Document, start: int, end: int, wanted: list[int]) -> float:
    """The cost of a stretch, at the best place for one extra character or one missing syllable where it has such."""
    places, length = list(range(start, end)), len(wanted)
    if len(places) == length:
        return costs(document, places, wanted)
    if len(places) > length:
        return GAP + min(costs(document, places[:gap] + places[gap + 1 :], wanted) for gap in range(1, length))
    return GAP + min(costs(document, places, wanted[:gap] + wanted[gap + 1 :]) for gap in range(length))


def is_intact(document: Document, index: Index, entry: int, start: int) -> bool:
    """Whether a pair under which the entry is listed stands in the document, if the entry began at ``start``."""
    length = int(index.sounds.lengths[entry])
    listed = [(0, 1), (1, 2), (0, 2)] if length == 3 else [(one, one + 1) for one in range(0, length - 1, 2)]
    listed += [(length - 2, length - 1)] if length > 3 and length % 2 else []
    wanted = TABLE.classes[index.sounds.syllables[entry]].tolist()
    for pair in listed:
        if all(0 <= start + place < len(document.text) for place in pair):
            same = [TABLE.classes[document.sounds[:, start + place]] == wanted[place] for place in pair]
            if all(ranks.any() for ranks in same) and any(ranks[0] for ranks in same):
                return True
    return False


def slow_search(document: Document, index: Index, difference: int = 0) -> Iterator[tuple[Match, float]]:
    """Every stretch that the search promises to find, ``difference`` characters longer than its term, with its cost."""
    shortest = {0: 2, 1: SHORTEST_WITH_EXTRA, -1: SHORTEST_WITH_MISSING}[difference]
    for entry, length in enumerate(index.sounds.lengths.tolist()):
        wanted = index.sounds.syllables[entry, :length].tolist()
        for start in range(len(document.text) - length - difference + 1):
            end = start + length + difference
            if length < shortest or document.runs[start] < 0 or len(set(document.runs[start:end])) > 1:
                continue
            cost = stretch_cost(document, start, end, wanted)
            term = index.terms[index.sounds.terms[entry]].text
            whole = any(is_intact(document, index, entry, place) for place in {start, start + difference})
            if cost < limit(length) - CLOSE and whole and document.text[start:end] != term:
                yield (entry, start, end), cost


def found_in(document: Document, index: Index) -> dict[Match, float]:
    matches = find_sounds(document, index)
    rows = zip(matches.entries.tolist(), matches.starts.tolist(), matches.ends.tolist(), strict=True)
    found = dict(zip(rows, matches.costs.tolist(), strict=True))
    assert len(found) == len(matches), "a match is found once"
    return found


@given(heard())
def test_every_stretch_that_shares_a_pair_of_sounds_is_found_at_its_cost(case: tuple[Document, Index]) -> None:
    document, index = case
    found = found_in(document, index)
    for match, cost in slow_search(document, index):
        assert found[match] == pytest.approx(cost, abs=CLOSE)


@given(heard(), st.sampled_from([1, -1]))
def test_one_character_too_many_or_missing_is_found_where_it_costs_least(
    case: tuple[Document, Index], difference: int
) -> None:
    document, index = case
    found = found_in(document, index)
    for match, cost in slow_search(document, index, difference):
        assert found[match] == pytest.approx(cost, abs=CLOSE)


@given(heard())
def test_what_is_found_is_no_dearer_than_allowed_no_term_and_in_one_run(case: tuple[Document, Index]) -> None:
    document, index = case
    for (entry, start, end), cost in found_in(document, index).items():
        length = int(index.sounds.lengths[entry])
        wanted = index.sounds.syllables[entry, :length].tolist()
        assert cost == pytest.approx(stretch_cost(document, start, end, wanted), abs=CLOSE)
        assert cost <= limit(length) + CLOSE
        assert document.text[start:end] != index.terms[index.sounds.terms[entry]].text
        assert len(set(document.runs[start:end].tolist())) == 1
        assert document.runs[start] >= 0
        assert abs(end - start - length) <= 1


@pytest.mark.parametrize(
    ("text", "term", "stretch"),
    [
        ("这是聚生智能的", "具身智能", "聚生智能"),
        ("这是聚是生智能的", "具身智能", "聚是生智能"),
        ("这是聚智能的", "具身智能", "聚智能"),
        ("在深层是", "生成式", "深层是"),
        ("我们要人形鸡", "人形机", "人形鸡"),
        ("张行", "章航", "张行"),
    ],
)
def test_what_was_misheard_is_found(text: str, term: str, stretch: str) -> None:
    found = found_in(document_of(text), build_index(Lexicon.of([term])))
    assert stretch in {text[start:end] for _, start, end in found}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("具身，智能", "具身智能"),
        ("聚生a智能", "具身智能"),
        ("具身", "具身"),
        ("巨人智能", "具身教育"),
        ("质朴", "支付"),
        ("聚", "具身"),
        ("", "具身"),
        ("聚生智能", "WAIC"),
    ],
)
def test_what_is_another_thing_is_not_found(text: str, term: str) -> None:
    assert found_in(document_of(text), build_index(Lexicon.of([term]))) == {}


@pytest.mark.parametrize(("char", "same"), [("着", "折"), ("着", "找"), ("着", "卓"), ("行", "航"), ("长", "掌")])
def test_a_character_may_be_read_in_every_way_it_has(char: str, same: str) -> None:
    unusual = UNUSUAL if same != "折" else 0
    for term, text in [(f"{same}具", f"{char}具"), (f"具{same}", f"具{char}")]:
        found = found_in(document_of(text), build_index(Lexicon.of([term])))
        assert found == {(0, 0, 2): pytest.approx(unusual, abs=CLOSE)}


def test_a_term_is_found_by_every_way_it_is_said() -> None:
    index = build_index(Lexicon((Term("WAIC", sounds=("wai ke", "wei ke")),)))
    found = found_in(document_of("外壳和微课"), index)
    assert {(start, end) for _, start, end in found} == {(0, 2), (3, 5)}


def test_limits_grow_with_length() -> None:
    limits = [limit(length) for length in range(2, 17)]
    assert all(one <= other for one, other in pairwise(limits))
    assert all(value < MOST * length for length, value in enumerate(limits, start=2))


LETTERS = "具身智Ab1，é "
MIXED = st.lists(
    st.text(LETTERS, min_size=2, max_size=4).filter(lambda text: text == text.strip()), min_size=1, unique=True
)


@given(MIXED.flatmap(lambda texts: st.tuples(st.just(texts), st.lists(st.sampled_from([*texts, *LETTERS])))))
def test_terms_that_stand_are_those_of_a_naive_search(case: tuple[list[str], list[str]]) -> None:
    texts, heard = case[0], "".join(case[1])
    document, index = document_of(heard), build_index(Lexicon.of(texts))
    expected = [
        (start, start + len(text), text)
        for start in range(len(heard))
        for text in sorted(texts, key=len, reverse=True)
        if heard.startswith(text, start) and is_whole(heard, start, start + len(text))
    ]
    found = [(one.start, one.end, index.terms[one.term].text) for one in find_standing(document, index)]
    assert found == expected


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit of a Latin word is left over on either side."""
    edges = [text[start - 1 : start + 1] if start else "", text[end - 1 : end + 1]]
    return not any(len(edge) == 2 and all(char in "Ab1" for char in edge) for edge in edges)


@pytest.mark.parametrize("texts", [[], ["鱼"], ["鱼", "A"]])
def test_single_characters_are_not_looked_for(texts: list[str]) -> None:
    document, index = document_of("今天吃鱼 A"), build_index(Lexicon.of(texts))
    assert find_standing(document, index) == []
    assert found_in(document, index) == {}


@pytest.mark.parametrize(
    ("text", "stretch", "alone"),
    [
        ("在WAC大会", "WAC", True),
        ("在SWAC大会", "WAC", False),
        ("在WAC2大会", "WAC", False),
        ("WAC", "WAC", True),
        ("5G-A", "5G", True),
        ("éWAC", "WAC", True),
        ("手机外壳厂", "外壳", True),
        ("A人工智能B", "人工智能", True),
    ],
)
def test_a_stretch_stands_alone_unless_a_latin_word_goes_on(text: str, stretch: str, alone: bool) -> None:
    start = text.index(stretch)
    assert stands_alone(text, start, start + len(stretch)) == alone
