"""What speaks for a stretch: more for a nearer sound and a better context, less for every doubt about it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.candidates import Candidate
from toolkit.correct.neighbours import LEAST, MOST
from toolkit.correct.search import GAP as GAP_COST
from toolkit.correct.search import Matches
from toolkit.correct.soundings import Soundings, blank
from toolkit.correct.weigh import (
    ALIAS,
    ALIAS_NEAR,
    BESIDE,
    BREAKS,
    DOUBT_MOST,
    DOUBTED,
    FLUENT_COST,
    FLUENT_EXTRA,
    FLUENT_FREE,
    FOREIGN,
    FUNCTION,
    FUNCTION_EXTRA,
    LATIN,
    NEAR,
    NEAR_MISSING,
    NUMERAL,
    SURE,
    best_case,
    doubt,
    fluent_loss,
    plain_strengths,
    score,
    sound_loss,
    spelled_strength,
    threshold,
)
from toolkit.lexicon import Term

SHARES = st.floats(0, 1)
FACTS = st.fixed_dictionaries(
    {
        "slots": st.floats(-5, 15),
        "gaps": st.sampled_from([-1, 0, 1]),
        "foreign": st.booleans(),
        "surety": st.just(-1.0) | SHARES,
        "near": st.sampled_from([-1, 0, 1]),
        "breaks": st.booleans(),
        "beside": st.floats(2 * LEAST, 2 * MOST),
        "fluent": st.booleans(),
        "functions": st.integers(0, 3),
        "numerals": st.integers(0, 3),
    }
)
COSTS = st.floats(0, 1.25)
DOUBTS = {
    "foreign": (False, True),
    "breaks": (False, True),
    "fluent": (False, True),
    "functions": (0, 1, 2),
    "numerals": (0, 1, 2),
    "surety": (0.0, 0.3, 0.5, 0.75, 0.9, 1.0),
    "near": (1, 0, -1),
    "beside": (4.0, 0.0, -0.6),
    "slots": (9.0, 6.0, -2.0),
}
"""Values of each fact, from what speaks most for a stretch to what speaks least."""


def stretch(cost: float = 0.0, **facts: float) -> Soundings:
    """One stretch of which this is known."""
    place = np.zeros(1, dtype=np.int32)
    made = blank(Matches(place, place, place + 4, np.array([cost], dtype=np.float32)), place)
    return replace(made, **{name: np.array([fact], dtype=getattr(made, name).dtype) for name, fact in facts.items()})


def strength(cost: float = 0.0, **facts: float) -> float:
    return float(plain_strengths(stretch(cost, **facts))[0])


@given(FACTS, COSTS, COSTS)
def test_the_dearer_the_sound_the_less_speaks_for_it(facts: dict[str, float], one: float, other: float) -> None:
    cheap, dear = sorted([one, other])
    assert strength(cheap, **facts) >= strength(dear, **facts)
    assert strength(cheap, **facts) > strength(dear, **facts) or dear - cheap < 1e-3


@given(FACTS, COSTS, st.sampled_from(sorted(DOUBTS)))
def test_each_doubt_takes_away_whatever_else_is_known(facts: dict[str, float], cost: float, name: str) -> None:
    found = [strength(cost, **{**facts, name: value}) for value in DOUBTS[name]]
    assert found == sorted(found, reverse=True)


@given(FACTS, st.floats(0, 0.75), st.sampled_from([-1, 1]))
def test_a_gap_is_never_better_than_none(facts: dict[str, float], cost: float, gap: int) -> None:
    """A syllable too many or too few is part of the cost."""
    whole, gapped = ({**facts, "gaps": gaps} for gaps in (0, gap))
    assert strength(cost + GAP_COST, **gapped) <= strength(cost, **whole)


@pytest.mark.parametrize(
    ("facts", "worth"),
    [
        ({"slots": 6.5}, 6.5),
        ({"foreign": True}, -FOREIGN),
        ({"breaks": True}, -BREAKS),
        ({"near": 1}, NEAR),
        ({"near": -1}, -NEAR_MISSING),
        ({"beside": 4.0}, 4.0 * BESIDE),
        ({"functions": 2}, -2 * FUNCTION),
        ({"functions": 1, "gaps": 1}, -FUNCTION - FUNCTION_EXTRA),
        ({"functions": 1, "gaps": -1}, -FUNCTION),
        ({"numerals": 3}, -3 * NUMERAL),
        ({"fluent": True}, 0),
        ({"fluent": True, "gaps": 1}, -FLUENT_EXTRA),
        ({"surety": 0.5}, DOUBTED * (SURE - 0.5)),
        ({"shared": -3.0}, 0),  # that is left to the document
    ],
)
def test_what_each_fact_is_worth(facts: dict[str, float], worth: float) -> None:
    assert strength(**facts) == pytest.approx(worth)


def test_the_same_sound_costs_nothing_and_more_costs_more_than_its_share() -> None:
    none, some, twice = (float(sound_loss(stretch(cost))[0]) for cost in (0, 0.4, 0.8))
    assert none == 0
    assert twice > 2 * some > 0


def test_what_reads_well_is_free_to_sound_a_little_otherwise() -> None:
    free, more, gap = (
        float(fluent_loss(stretch(cost, fluent=True, gaps=gaps))[0])
        for cost, gaps in ((FLUENT_FREE, 0), (FLUENT_FREE + 0.5, 0), (FLUENT_FREE + GAP_COST, -1))
    )
    assert (free, gap) == pytest.approx((0, 0), abs=1e-6)
    assert more == pytest.approx(FLUENT_COST * 0.5, rel=1e-5)


@pytest.mark.parametrize(
    ("surety", "worth"), [(-1.0, 0), (SURE, 0), (0.0, DOUBT_MOST), (0.25, DOUBT_MOST), (1.0, -DOUBTED * (1 - SURE))]
)
def test_a_doubtful_word_is_cheap_to_change_a_sure_one_dear_one_unsaid_neither(surety: float, worth: float) -> None:
    assert float(doubt(np.array([surety], dtype=np.float32))[0]) == pytest.approx(worth)


@given(FACTS, COSTS, st.booleans(), st.booleans())
def test_the_best_case_is_never_below_what_comes_of_it(
    facts: dict[str, float], cost: float, choosy: bool, stands: bool
) -> None:
    """Words near speak for choosy terms alone, neighbours for terms that stand elsewhere."""
    near = facts["near"] if choosy else min(facts["near"], 0)
    beside = facts["beside"] if stands else 0
    found = stretch(cost, **{**facts, "near": near, "beside": beside})
    best = best_case(found, np.array([choosy]), np.array([stands]))
    assert best[0] >= plain_strengths(found)[0] - 1e-4


@pytest.mark.parametrize(("choosy", "stands", "more"), [(0, 0, 0), (1, 0, NEAR), (0, 1, 2 * MOST * BESIDE)])
def test_in_the_best_case_words_near_and_neighbours_speak_as_much_as_they_can(
    choosy: bool, stands: bool, more: float
) -> None:
    (best,) = best_case(stretch(slots=6.0), np.array([bool(choosy)]), np.array([bool(stands)]))
    assert best == pytest.approx(6.0 + more)


@given(st.floats(-10, 10))
def test_a_listed_mistake_counts_more_where_its_condition_holds(gain: float) -> None:
    free = Candidate(0, 2, Term("WAIC"), "alias", gain=gain)
    met = replace(free, near="大会")
    assert spelled_strength(free) == ALIAS + gain
    assert spelled_strength(met) == ALIAS_NEAR + max(gain, 0) > spelled_strength(free)
    assert spelled_strength(replace(free, rule="latin")) == LATIN


@given(SHARES, SHARES)
def test_the_bolder_the_less_is_needed(one: float, other: float) -> None:
    careful, bold = sorted([one, other])
    assert threshold(careful) >= threshold(bold) > 0


@pytest.mark.parametrize(("boldness", "needed"), [(0.0, 4.0), (0.5, 1.9), (1.0, 1.2)])
def test_thresholds(boldness: float, needed: float) -> None:
    assert threshold(boldness) == pytest.approx(needed)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0.5, 4))
def test_confidence_grows_with_strength_and_is_half_at_the_threshold(one: float, other: float, needed: float) -> None:
    weak, strong = sorted([one, other])
    assert 0 <= score(weak, needed) <= score(strong, needed) <= 1
    assert score(needed, needed) == 0.5
