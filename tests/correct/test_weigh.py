"""What speaks for a candidate: more for a nearer sound, a better context, a document that knows the term."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.candidates import Candidate
from toolkit.correct.weigh import (
    ALIAS,
    ALIAS_NEAR,
    CACHE_MOST_LONG,
    DOCUMENT_FADES,
    FUNCTION,
    GAP,
    KNOWN_MOST,
    LATIN,
    LATIN_NEARLY,
    NEAR,
    NEAR_MISSING,
    base_strength,
    document_gain,
    document_strength,
    known_loss,
    score,
    sound_loss,
    threshold,
)
from toolkit.lexicon import Term

COSTS = st.floats(0, 2)
GAINS = st.floats(-10, 10)
COUNTS = st.integers(0, 50)
SIZES = st.integers(1, 10**6)
PLAIN = Candidate(0, 4, Term("具身智能"), "sound", gain=3.0)
PICKY = Candidate(0, 4, Term("具身智能", near=("机器人",)), "sound", gain=3.0)
CLOSE = 1e-9


@st.composite
def soundings(draw: st.DrawFn) -> Candidate:
    term = Term(draw(st.sampled_from(["沐曦", "生成式", "具身智能"])), near=draw(st.sampled_from([(), ("大会",)])))
    return Candidate(
        0,
        len(term.text),
        term,
        "sound",
        cost=draw(COSTS),
        gain=draw(GAINS),
        fluent=draw(st.booleans()),
        functions=draw(st.integers(0, 3)),
        known=draw(st.floats(-99, 0)),
        near=draw(st.sampled_from(["", "大会"])) if term.near else "",
        gap=draw(st.booleans()),
    )


@given(soundings(), COSTS)
def test_the_dearer_the_sound_the_less_speaks_for_it(candidate: Candidate, cost: float) -> None:
    cheap, dear = sorted([candidate.cost, cost])
    strong, weak = (base_strength(replace(candidate, cost=value)) for value in (cheap, dear))
    assert strong >= weak
    assert strong > weak or dear - cheap < CLOSE


@given(soundings(), GAINS)
def test_what_the_context_gains_counts_in_full(candidate: Candidate, gain: float) -> None:
    changed = base_strength(replace(candidate, gain=gain)) - base_strength(candidate)
    assert changed == pytest.approx(gain - candidate.gain)


@given(soundings())
def test_each_doubt_takes_away(candidate: Candidate) -> None:
    strength = base_strength(candidate)
    assert base_strength(replace(candidate, functions=candidate.functions + 1)) == pytest.approx(strength - FUNCTION)
    assert base_strength(replace(candidate, gap=False)) == pytest.approx(strength + GAP * candidate.gap)
    assert base_strength(replace(candidate, fluent=False)) >= strength >= base_strength(replace(candidate, fluent=True))
    assert base_strength(replace(candidate, known=-99.0)) >= strength >= base_strength(replace(candidate, known=0.0))


def test_the_same_sound_costs_nothing_and_more_costs_more_than_its_share() -> None:
    assert sound_loss(0) == 0
    assert sound_loss(0.8) > 2 * sound_loss(0.4) > 0


def test_a_word_near_speaks_for_a_term_and_its_absence_against_it() -> None:
    strength = base_strength(PLAIN)
    assert base_strength(replace(PICKY, near="机器人")) == pytest.approx(strength + NEAR)
    assert base_strength(PICKY) == pytest.approx(strength - NEAR_MISSING)


@given(st.floats(-99, 0), st.floats(-99, 0))
def test_the_commoner_a_word_the_less_it_is_misheard(one: float, other: float) -> None:
    rare, common = sorted([one, other])
    assert 0 <= known_loss(rare) <= known_loss(common) <= KNOWN_MOST


@given(GAINS)
def test_a_listed_mistake_counts_more_where_its_condition_holds(gain: float) -> None:
    free = Candidate(0, 2, Term("WAIC"), "alias", gain=gain)
    met = replace(free, near="大会")
    assert base_strength(met) >= max(ALIAS_NEAR, base_strength(free))
    assert base_strength(free) <= ALIAS + max(gain, 0)


@given(st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_latin_name_with_letters_wrong_is_weaker_than_one_without(one: float, other: float) -> None:
    right = Candidate(0, 8, Term("DeepSeek"), "latin")
    near, far = (base_strength(replace(right, cost=cost)) for cost in sorted([one, other]))
    assert base_strength(right) == LATIN > LATIN_NEARLY >= near >= far
    assert base_strength(replace(right, cost=one, near="模型")) == pytest.approx(
        base_strength(replace(right, cost=one)) + NEAR
    )


@given(soundings(), COUNTS, SIZES)
def test_the_document_only_adds_and_less_for_a_dearer_sound(candidate: Candidate, stands: int, size: int) -> None:
    given_cost = document_strength(candidate, stands, size)
    exact = document_strength(replace(candidate, cost=0.0), stands, size)
    assert 0 <= given_cost <= exact == document_gain(len(candidate.term.text), stands, size)
    assert document_strength(replace(candidate, cost=DOCUMENT_FADES), stands, size) == 0
    assert document_strength(replace(candidate, rule="alias"), stands, size) == 0


@given(st.integers(2, 8), COUNTS, SIZES)
def test_more_in_the_document_never_speaks_less_and_a_longer_document_never_more(
    length: int, stands: int, size: int
) -> None:
    gain = document_gain(length, stands, size)
    assert gain <= document_gain(length, stands + 1, size) <= CACHE_MOST_LONG
    assert gain >= document_gain(length, stands, size + 1)


def test_a_document_that_has_nothing_adds_nothing() -> None:
    assert document_gain(4, 0, 1000) == 0
    assert document_gain(4, 1, 1000) > document_gain(4, 1, 100_000) > 0


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_bolder_the_less_is_needed(one: float, other: float) -> None:
    careful, bold = sorted([one, other])
    assert threshold(careful) >= threshold(bold) > 0


@pytest.mark.parametrize(("boldness", "needed"), [(0.0, 4.0), (0.5, 2.0), (1.0, 1.0)])
def test_thresholds(boldness: float, needed: float) -> None:
    assert threshold(boldness) == needed


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0.5, 4))
def test_confidence_grows_with_strength_and_is_half_at_the_threshold(one: float, other: float, needed: float) -> None:
    weak, strong = sorted([one, other])
    assert 0 <= score(weak, needed) <= score(strong, needed) <= 1
    assert score(needed, needed) == 0.5
