"""Search by sound against a slow search that tries every pronunciation at every place, also with gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.document import Document, read_document
from toolkit.correct.index import Index, build_index
from toolkit.correct.search import (
    COST_LIMITS,
    GAP,
    HIGHEST_LIMIT,
    PAIR_BESIDE_GAP,
    SHORTEST_WITH_EXTRA,
    SHORTEST_WITH_MISSING,
    UNUSUAL,
    Matches,
    find_sounds,
    joined,
)
from toolkit.correct.sound_index import LONGEST, only_terms
from toolkit.correct.syllables import MOST, load_syllables
from toolkit.cues import Cue
from toolkit.lexicon import Lexicon, Term
from toolkit.sounds import distance

TABLE = load_syllables()
CLOSE = 1e-4
HAN = "具聚身生深智只能恩人仁心形机鸡器式是行长大达着了"
TERMS = st.lists(st.text(HAN, min_size=2, max_size=7), min_size=1, max_size=3, unique=True)
Match = tuple[int, int, int]
"""Entry, start and end."""


@st.composite
def heard(draw: st.DrawFn) -> tuple[Document, Index]:
    """A lexicon, and a document with its terms in it: as they are, or with characters other, missing or too many."""
    texts = draw(TERMS)
    parts = [draw(st.text(HAN + "，a𠮷\n", max_size=3))]
    for text in draw(st.lists(st.sampled_from(texts), max_size=4)):
        at = draw(st.integers(0, len(text)))
        parts.append(text[:at] + draw(st.text(HAN, max_size=2)) + text[at + draw(st.integers(0, 2)) :])
        parts.append(draw(st.text(HAN + "，a", max_size=2)))
    return document_of("".join(parts)), build_index(Lexicon.of(texts))


def document_of(text: str) -> Document:
    return read_document([Cue(None, None, text)])


def limit(index: Index, length: int) -> float:
    return index.sounds.reach if length == 2 else COST_LIMITS.get(length, HIGHEST_LIMIT)


def reading_costs(document: Document, place: int, wanted: int) -> list[float]:
    """What each reading of a character costs for a syllable, by the definition of `toolkit.sounds`."""
    return [
        min(distance(TABLE.syllables[number], TABLE.syllables[wanted]), MOST) + (UNUSUAL if rank else 0)
        for rank, number in enumerate(document.sounds[:, place].tolist())
        if number
    ]


def cost(document: Document, places: Iterable[int], wanted: list[int]) -> float:
    """The cost of characters for syllables, each by its best reading."""
    return sum(min(reading_costs(document, place, number)) for place, number in zip(places, wanted, strict=True))


def stretch_cost(document: Document, start: int, end: int, wanted: list[int]) -> float:
    """The cost of a stretch, at the best place for one extra character or one missing syllable where it has such."""
    places, length = list(range(start, end)), len(wanted)
    if len(places) == length:
        return cost(document, places, wanted)
    if len(places) > length:
        return GAP + min(cost(document, places[:gap] + places[gap + 1 :], wanted) for gap in range(1, length))
    return GAP + min(cost(document, places, wanted[:gap] + wanted[gap + 1 :]) for gap in range(length))


def listed_pairs(length: int) -> list[tuple[int, int]]:
    if length <= 3:
        return [(0, 1), (1, 2), (0, 2)][: 3 if length == 3 else 1]
    return [(one, one + 1) for one in range(0, length - 1, 2)] + ([(length - 2, length - 1)] if length % 2 else [])


def pair_cost(document: Document, start: int, pair: tuple[int, int], wanted: list[int], reach: float) -> float:
    """The cost of a pair of syllables within reach, with at most one character read unusually; else infinite."""
    places = [start + at for at in pair]
    if not all(0 <= place < len(document.text) and document.runs[place] >= 0 for place in places):
        return float("inf")
    one, other = (reading_costs(document, place, wanted[at]) for place, at in zip(places, pair, strict=True))
    found = [(one[0], other[0], 0.0), *((cost, other[0], UNUSUAL) for cost in one[1:])]
    found += [(one[0], cost, UNUSUAL) for cost in other[1:]]
    return min((sum(costs[:2]) for costs in found if sum(costs[:2]) - costs[2] <= reach), default=float("inf"))


def seeded_cost(document: Document, start: int, end: int, wanted: list[int], reach: float) -> float:
    """The cost at which a listed pair of syllables leads to a stretch; infinite where none does."""
    length, pairs = len(wanted), listed_pairs(len(wanted))
    if end - start != length:
        shift = end - start - length
        near = PAIR_BESIDE_GAP * reach - CLOSE
        pairs_at = [(start, pair) for pair in pairs if pair[0] + 2 < length]
        pairs_at += [(start + shift, pair) for pair in pairs if pair[0] > 0]
        whole = any(pair_cost(document, at, pair, wanted, reach) <= near for at, pair in pairs_at)
        return stretch_cost(document, start, end, wanted) if whole else float("inf")
    return min(
        pair_cost(document, start, pair, wanted, reach - CLOSE)
        + cost(
            document,
            (start + at for at in range(length) if at not in pair),
            [number for at, number in enumerate(wanted) if at not in pair],
        )
        for pair in pairs
    )


def slow_search(document: Document, index: Index) -> Iterator[tuple[Match, float]]:
    """Every stretch that the search promises to find, with the cost at which it must be found at the latest."""
    for entry, length in enumerate(index.sounds.lengths.tolist()):
        wanted = index.sounds.syllables[entry, :length].tolist()
        differences = [0] + [1] * (length >= SHORTEST_WITH_EXTRA) + [-1] * (length >= SHORTEST_WITH_MISSING)
        for start in range(len(document.text)):
            for end in (start + length + difference for difference in differences):
                inside = end <= len(document.text) and set(document.runs[start:end].tolist()) == {document.runs[start]}
                if inside and document.runs[start] >= 0:
                    cost = seeded_cost(document, start, end, wanted, index.sounds.reach)
                    if cost < limit(index, length) - CLOSE:
                        yield (entry, start, end), cost


def found_in(document: Document, index: Index) -> dict[Match, float]:
    matches = find_sounds(document, index)
    rows = list(zip(matches.entries.tolist(), matches.starts.tolist(), matches.ends.tolist(), strict=True))
    assert len(set(rows)) == len(matches), "a match is found once"
    assert rows == sorted(rows, key=lambda row: (row[1], row[2], row[0])), "matches are in order of place"
    return dict(zip(rows, matches.costs.tolist(), strict=True))


@given(heard())
def test_every_stretch_that_a_pair_of_syllables_leads_to_is_found(case: tuple[Document, Index]) -> None:
    document, index = case
    found = found_in(document, index)
    for match, cost in slow_search(document, index):
        assert match in found
        assert found[match] <= cost + CLOSE


@given(heard())
def test_what_is_found_costs_what_its_sound_costs_and_no_more_than_allowed(case: tuple[Document, Index]) -> None:
    document, index = case
    for (entry, start, end), cost in found_in(document, index).items():
        length = int(index.sounds.lengths[entry])
        wanted = index.sounds.syllables[entry, :length].tolist()
        assert cost >= stretch_cost(document, start, end, wanted) - CLOSE
        assert cost <= seeded_cost(document, start, end, wanted, index.sounds.reach + 2 * CLOSE) + CLOSE
        assert cost <= limit(index, length) + CLOSE
        assert set(document.runs[start:end].tolist()) == {document.runs[start]} != {-1}
        assert end - start - length in (0, length >= SHORTEST_WITH_EXTRA, -(length >= SHORTEST_WITH_MISSING))


@given(heard(), st.data())
def test_the_index_of_some_terms_finds_exactly_what_that_of_all_finds_for_them(
    case: tuple[Document, Index], data: st.DataObject
) -> None:
    document, index = case
    size = len(index.terms)
    wanted = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)
    some = replace(index, sounds=only_terms(index.sounds, wanted, TABLE))
    found, expected = rows_of(find_sounds(document, some), some), rows_of(find_sounds(document, index), index)
    assert found == [row for row in expected if wanted[row[0]]]
    assert some.sounds.reach == index.sounds.reach


def rows_of(matches: Matches, index: Index) -> list[tuple[int, tuple[int, ...], int, int, float]]:
    """Term, syllables, start, end and cost of every match."""
    sounds = index.sounds
    rows = zip(matches.entries.tolist(), matches.starts.tolist(), matches.ends.tolist(), matches.costs, strict=True)
    return [
        (int(sounds.terms[entry]), tuple(sounds.syllables[entry, : sounds.lengths[entry]].tolist()), start, end, cost)
        for entry, start, end, cost in rows
    ]


@pytest.mark.parametrize(
    ("text", "term", "stretch", "cost"),
    [
        ("这是具身智能的", "具身智能", "具身智能", 0),
        ("这是聚生智能的", "具身智能", "聚生智能", 0.05),
        ("这是聚是身智能的", "具身智能", "聚是身智能", GAP),
        ("这是聚智能的", "具身智能", "聚智能", GAP),
        ("这是身智能的", "具身智能", "身智能", GAP),
        ("这是具身智的", "具身智能", "具身智", GAP),
        ("这是人人形机的", "人形机", "人人形机", GAP),
        ("这是具身\n智能的", "具身智能", "具身智能", 0),
        ("这是具身知道的", "具身智能", "具身知道", MOST),
        ("在深层是", "生成式", "深层是", 0.11),
        ("我们要人形鸡", "人形机", "人形鸡", 0),
        ("张行", "章航", "张行", UNUSUAL),
        ("具身", "具身", "具身", 0),
        ("具" * LONGEST, "聚" * LONGEST, "具" * LONGEST, 0),
    ],
)
def test_what_was_misheard_is_found_at_its_cost(text: str, term: str, stretch: str, cost: float) -> None:
    document = document_of(text)
    found = found_in(document, build_index(Lexicon.of([term])))
    costs = {document.text[start:end]: cost for (_, start, end), cost in found.items()}
    assert costs[stretch] == pytest.approx(cost, abs=CLOSE)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("具身，智能", "具身智能"),
        ("聚生a智能", "具身智能"),
        ("具\U00024e00身", "具身"),
        ("巨人智能", "具身教育"),
        ("出版", "支付"),
        ("具马身", "具身"),
        ("人形", "人形机"),
        ("聚", "具身"),
        ("", "具身"),
        ("，", "具身"),
        ("具" * (LONGEST + 1), "聚" * (LONGEST + 1)),
        ("聚生智能", "5G"),
        ("鱼", "鱼"),
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


@pytest.mark.parametrize(
    ("term", "text", "stretches"),
    [
        (Term("WAIC", sounds=("wai ke", "wei ke")), "外壳和微课", {"外壳", "微课"}),
        (Term("Claude"), "请用克劳德写", {"克劳德"}),
        (Term("Llama"), "用拉马和火车", set()),
        (Term("Llama", sounds=("la ma",)), "用拉马和火车", {"拉马"}),
        (Term("Claude", exact=True), "用克劳德", set()),
    ],
)
def test_a_term_is_found_by_every_way_it_is_said(term: Term, text: str, stretches: set[str]) -> None:
    found = found_in(document_of(text), build_index(Lexicon((term,))))
    assert {text[start:end] for _, start, end in found} == stretches


@pytest.mark.parametrize("text", ["", "具", "具身智能"])
def test_an_empty_lexicon_finds_nothing(text: str) -> None:
    assert found_in(document_of(text), build_index(Lexicon())) == {}
    assert len(joined([])) == 0


def test_limits_grow_with_length_and_two_syllables_get_what_the_index_reaches() -> None:
    index = build_index(Lexicon.of(["具身"]))
    limits = [limit(index, length) for length in range(2, LONGEST + 1)]
    assert all(one <= other for one, other in pairwise(limits))
    assert all(value < MOST * length for length, value in enumerate(limits, start=2))
