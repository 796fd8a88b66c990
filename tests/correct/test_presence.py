"""How likely terms are in a document: what speaks for one, what counts once, and what a long list adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.document import read_document
from toolkit.correct.index import build_index
from toolkit.correct.presence import (
    FEWEST_WORDS,
    MOST_MISHEARD,
    SHARING,
    Presence,
    Settled,
    hopeful,
    read_presence,
    settle,
    with_certain,
)
from toolkit.correct.search import Matches
from toolkit.correct.soundings import Soundings, blank
from toolkit.correct.standing import find_standing
from toolkit.correct.weigh import plain_strengths
from toolkit.cues import Cue
from toolkit.language_model import load_language_model
from toolkit.lexicon import Lexicon, Term

MODEL = load_language_model()


class Stretch(NamedTuple):
    """Place, term, spelling, and what speaks for it before the document is asked."""

    start: int
    end: int
    term: int = 0
    spelling: int = 0
    slot: float = 6.0
    shared: float = 0.0


def found_of(stretches: Sequence[Stretch]) -> Soundings:
    starts, ends, terms = (np.array([one[at] for one in stretches], dtype=np.int32) for at in range(3))
    matches = Matches(terms, starts, ends, np.zeros(len(stretches), dtype=np.float32))
    return replace(
        blank(matches, terms),
        spellings=np.array([one.spelling * 100 + one.term for one in stretches], dtype=np.uint64),
        **{
            name: np.array([one[at] for one in stretches], dtype=np.float32)
            for at, name in ((4, "slots"), (5, "shared"))
        },
    )


def presence_of(right: Sequence[float], *, words: float = 1000, sizes: Sequence[int] = (3,)) -> Presence:
    """The presence of terms that stand right so often, the first ones in the first list and so on."""
    count = np.array(right, dtype=np.float64)
    lists = np.repeat(np.arange(len(sizes)), sizes)[: len(count)]
    spoken, sizes = np.minimum(count, 1), np.array(sizes)
    return Presence(count, np.zeros(len(count)), spoken, np.ones(len(count)), np.ones(len(count)), lists, sizes, words)


def settled(stretches: Sequence[Stretch], presence: Presence | None = None) -> Settled:
    return settle(found_of(stretches), presence or presence_of([0, 0, 0]))


RIGHT = st.lists(st.integers(0, 5), min_size=3, max_size=3)
SLOTS = st.floats(-2, 12)


@st.composite
def apart(draw: st.DrawFn) -> list[Stretch]:
    """Stretches that do not overlap."""
    return [
        Stretch(10 * at, 10 * at + 4, *draw(st.tuples(st.integers(0, 2), st.integers(0, 5), SLOTS)))
        for at in range(draw(st.integers(0, 8)))
    ]


@st.composite
def crossing(draw: st.DrawFn) -> list[Stretch]:
    """Stretches of three terms that may overlap each other, those of one term not."""
    return [
        Stretch(
            4 * at + term, 4 * at + term + draw(st.integers(2, 4)), term, *draw(st.tuples(st.integers(0, 5), SLOTS))
        )
        for term in range(3)
        for at in draw(st.sets(st.integers(0, 5), max_size=4))
    ]


@given(apart(), RIGHT, st.integers(0, 2), SLOTS)
def test_one_lookalike_more_never_speaks_against_a_term(
    stretches: list[Stretch], right: list[int], term: int, slot: float
) -> None:
    before = settled(stretches, presence_of(right))
    after = settled([*stretches, Stretch(500, 504, term, 9, slot)], presence_of(right))
    assert (after.given[: len(stretches)] >= before.given - 0.02).all()
    assert (after.strengths[: len(stretches)] >= before.strengths - 0.02).all()


def test_each_other_spelling_makes_a_term_likelier() -> None:
    probabilities = [
        settled([Stretch(10 * at, 10 * at + 4, spelling=at) for at in range(count)]).given[0] for count in range(1, 6)
    ]
    assert all(one < other for one, other in pairwise(probabilities))
    assert probabilities[1] - probabilities[0] > 0.5


@given(st.integers(1, 6), st.integers(1, 6))
def test_one_spelling_counts_once_however_often_it_occurs(often: int, rarely: int) -> None:
    """It says nothing about itself, and about others of its term as much as if it occurred once."""
    name = [Stretch(10 * at, 10 * at + 4, spelling=1) for at in range(often)]
    assert settled(name).alike.tolist() == [0] * often
    others = [Stretch(100 + 10 * at, 104 + 10 * at, spelling=2) for at in range(rarely)]
    both, once = settled([*others, *name]), settled([others[0], name[0]])
    assert both.alike[0] == pytest.approx(once.alike[0], abs=0.01)
    assert both.given[0] == pytest.approx(once.given[0], abs=0.01)
    assert 0.5 < both.alike[0] <= 1


def test_stretches_of_one_term_that_overlap_count_once() -> None:
    """As 寓言模型 and 把寓言模型; what overlaps the second is of the same place as the first."""
    chain = [Stretch(0, 4, spelling=1), Stretch(3, 7, spelling=2), Stretch(6, 10, spelling=3)]
    assert settled(chain).alike.tolist() == [0, 0, 0]
    assert settled(chain[::-1]).alike.tolist() == [0, 0, 0]
    assert (settled([chain[0], chain[2]]).alike > 0.5).all()
    assert settled([*chain, Stretch(20, 24, spelling=4)]).alike[-1] <= 1


def test_of_stretches_that_overlap_the_strongest_alone_speaks_for_its_term() -> None:
    elsewhere = [Stretch(20, 24, 0, 2), Stretch(30, 34, 1, 2)]
    found = settled([Stretch(0, 4, 0, 1, 8.0), Stretch(2, 6, 1, 1, 7.0), *elsewhere])
    assert found.alike[2] > 0.9
    assert found.alike[3] == 0


@pytest.mark.parametrize(("short", "long"), [(5, 50), (50, 500), (500, 5000)])
def test_a_long_list_of_which_nothing_occurs_gives_less_than_a_short_one(short: int, long: int) -> None:
    gains = [settled([Stretch(0, 4)], presence_of([0] * size, sizes=(size,))).given[0] for size in (short, long)]
    assert gains[0] > gains[1] + 0.1


def test_a_list_of_which_more_is_spoken_makes_its_other_terms_likelier_and_no_other_list() -> None:
    silent = presence_of([0] * 20, sizes=(10, 10))
    spoken = presence_of([0, 0, 0, 1, 1, 1, *[0] * 14], sizes=(10, 10))
    stretches = [Stretch(0, 4, 0), Stretch(20, 24, 15)]
    before, after = (settled(stretches, presence).given for presence in (silent, spoken))
    assert after[0] > before[0] + 0.2
    assert after[1] == pytest.approx(before[1])


@given(st.floats(1, 1e6))
def test_a_term_heard_right_often_in_a_text_without_mistakes_is_hardly_misheard(right: float) -> None:
    """Once in all places at the most, however often it is heard; mistakes elsewhere make it likelier."""
    presence = presence_of([right, 0, 0])
    without, some, many = (presence.often(np.zeros(3), places)[0] for places in (0, 3, 1e9))
    assert without <= 1
    assert without <= some <= many <= MOST_MISHEARD * (right + 1)
    assert without < many


@given(RIGHT, st.lists(st.floats(0, 1), min_size=3, max_size=3), st.floats(0, 20), st.integers(0, 2))
def test_terms_that_are_known_to_be_misheard_are_likelier_and_so_is_all_else(
    right: list[int], pointed: list[float], places: float, term: int
) -> None:
    presence = presence_of(right)
    certain = with_certain(presence, np.array([term], dtype=np.int32))
    before, after = (one.often(np.array(pointed), places) for one in (presence, certain))
    assert (after >= before).all()
    assert after[term] >= before[term] + 1
    assert (certain.certain[term], certain.spoken[term], presence.certain[term]) == (1, 1, 0)


def test_weight_raises_and_lowers_a_term_by_its_logarithm() -> None:
    plain = presence_of([0, 0, 0])
    heavy = replace(plain, weights=np.array([10.0, 0.1, 0.0]))
    stretches = [Stretch(20 * term, 20 * term + 4, term, slot=1.0) for term in range(3)]
    gains = settled(stretches, heavy).given - settled(stretches, plain).given
    assert gains.tolist() == pytest.approx([1, -1, -9])


def test_what_a_stretch_shares_with_its_term_says_so_much_at_the_most() -> None:
    certain = [Stretch(20 * at, 20 * at + 4, spelling=at, slot=12.0) for at in range(1, 6)]
    free, shared = (settled([Stretch(0, 4, shared=shared), *certain]).strengths[0] for shared in (0.0, 9.0))
    assert shared == pytest.approx(6.0 - 9.0 + SHARING)
    assert free > shared


@given(crossing(), RIGHT)
def test_what_has_no_hope_ends_below_zero_and_plays_no_part(stretches: list[Stretch], right: list[int]) -> None:
    found, presence = found_of(stretches), presence_of(right)
    kept = hopeful(presence, found.terms, plain_strengths(found))
    every, some = settle(found, presence), settle(found.only(kept), presence)
    assert (every.strengths[~kept] <= 1e-4).all()
    for name in ("strengths", "given", "alike"):
        assert getattr(some, name) == pytest.approx(getattr(every, name)[kept], abs=1e-4)


@given(crossing().flatmap(lambda made: st.tuples(st.just(made), st.permutations(made))), RIGHT)
def test_the_order_of_stretches_does_not_matter(orders: tuple[list[Stretch], list[Stretch]], right: list[int]) -> None:
    one, other = (settled(stretches, presence_of(right)).strengths.tolist() for stretches in orders)
    found = dict(zip(orders[1], other, strict=True))
    assert one == pytest.approx([found[stretch] for stretch in orders[0]])


def test_nothing_is_settled_where_nothing_is_found() -> None:
    assert len(settled([]).strengths) == 0


def read(text: str, *terms: Term, model: bool = True) -> Presence:
    index = build_index(Lexicon.of(terms))
    document = read_document([Cue(None, None, text)])
    return read_presence(document, index, find_standing(document, index), MODEL if model else None)


def test_terms_that_stand_are_counted_and_speak_for_their_lists() -> None:
    terms = Term("具身智能", source="one"), Term("沐曦", source="two", weight=3.0), Term("魔搭社区", source="two")
    presence = read("具身智能和沐曦，具身智能", *terms)
    assert presence.right.tolist() == [2, 1, 0]
    assert presence.spoken.tolist() == pytest.approx([1, 1, 0], abs=1e-4)
    assert presence.weights.tolist() == [1, 3, 1]
    assert presence.sizes[presence.lists].tolist() == [1, 2, 2]
    assert presence.certain.tolist() == [0, 0, 0]
    assert presence.words == FEWEST_WORDS


def test_an_ordinary_word_is_less_a_sign_and_less_easily_misheard_than_a_name() -> None:
    text = "我们的问题是沐曦" + "远" * 2000
    common, name = read(text, Term("问题")), read(text, Term("沐曦"))
    assert common.right[0] == name.right[0] == 1
    assert common.spoken[0] < name.spoken[0] <= 1
    assert common.unease[0] < name.unease[0] == 1
    assert read(text, Term("问题"), model=False).unease[0] == 1
    assert common.words > FEWEST_WORDS
