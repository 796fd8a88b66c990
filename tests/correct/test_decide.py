"""Choosing among candidates: against all ways to choose, in any order, with a reason for all that stays undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.candidates import Candidate
from toolkit.correct.decide import CLOSE, LONGER, SUGGEST_BELOW, Decision, choose, decide
from toolkit.lexicon import Term

NEEDED = 2.0
NAMES = ("具身智能", "生成式", "沐曦", "人形机器人")
NOTHING: Counter[str] = Counter()
Found = Sequence[Candidate]


def heard(start: int, end: int, name: str, strength: float) -> Candidate:
    return Candidate(start, end, Term(name), "sound", strength=strength)


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    """Candidates that may overlap; no stretch has one term twice."""
    made = {}
    for _ in range(draw(st.integers(0, 8))):
        start, length = draw(st.integers(0, 8)), draw(st.integers(1, 5))
        one = heard(start, start + length, draw(st.sampled_from(NAMES)), draw(st.floats(0, 5)))
        made[one.start, one.end, one.term.text] = one
    return list(made.values())


def decided(found: Found, stands: Counter[str] = NOTHING, *, suggest_only: bool = False) -> list[Decision]:
    return decide(found, stands, needed=NEEDED, suggest_only=suggest_only)


def overlap(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end


def worth(found: Found) -> float:
    return sum(one.strength + LONGER * (one.end - one.start) for one in found)


def rivals(one: Candidate, found: Found) -> list[Candidate]:
    """Other terms for the same stretch that are worth a suggestion, the strongest first."""
    same = [
        other
        for other in found
        if (other.start, other.end) == (one.start, one.end) and other.term != one.term
        if other.strength >= NEEDED - SUGGEST_BELOW
    ]
    return sorted(same, key=lambda other: (-other.strength, other.term.text))


def heaviest(found: Found) -> float:
    """The most that candidates without overlaps are worth."""
    sets = (chosen for size in range(len(found) + 1) for chosen in combinations(found, size))
    return max(worth(chosen) for chosen in sets if not any(overlap(*pair) for pair in combinations(chosen, 2)))


@given(candidates())
def test_no_set_without_overlaps_is_worth_more(found: list[Candidate]) -> None:
    chosen = choose(found)
    assert worth(chosen) == pytest.approx(heaviest(found))
    assert set(chosen) <= set(found)
    assert all(one.end <= other.start for one, other in pairwise(chosen))


@given(candidates())
def test_what_is_decided_stands_in_order_and_never_overlaps(found: list[Candidate]) -> None:
    assert all(one.candidate.end <= other.candidate.start for one, other in pairwise(decided(found)))


@given(candidates())
def test_changes_are_the_heaviest_that_no_other_term_rivals_and_suggestions_of_what_is_left(
    found: list[Candidate],
) -> None:
    clear = [
        one
        for one in found
        if one.strength >= NEEDED and all(one.strength - CLOSE >= other.strength for other in rivals(one, found))
    ]
    changes = [one.candidate for one in decided(found) if one.applied]
    assert set(changes) <= set(clear)
    assert worth(changes) == pytest.approx(heaviest(clear))
    left = [
        one
        for one in found
        if one.strength >= NEEDED - SUGGEST_BELOW and not any(overlap(one, change) for change in changes)
    ]
    suggested = [one.candidate for one in decided(found) if not one.applied]
    assert set(suggested) <= set(left)
    assert worth(suggested) == pytest.approx(heaviest(left))


@given(candidates().flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_candidates_does_not_matter(orders: tuple[list[Candidate], list[Candidate]]) -> None:
    one, other = orders
    assert decided(one) == decided(other)


@given(candidates(), st.dictionaries(st.sampled_from(NAMES), st.integers(1, 9)), st.booleans())
def test_every_suggestion_has_a_reason_and_no_change_needs_one(
    found: list[Candidate], stands: dict[str, int], suggest_only: bool
) -> None:
    for one in decided(found, Counter(stands), suggest_only=suggest_only):
        assert one.applied == (not one.reason)
        assert one.stands == stands.get(one.candidate.term.text, 0)
        others = rivals(one.candidate, found)
        assert one.runner_up == (others[0] if others else None)
        assert one.candidate.strength >= (NEEDED if one.applied else NEEDED - SUGGEST_BELOW)


@given(candidates())
def test_suggesting_only_chooses_the_same_and_applies_nothing(found: list[Candidate]) -> None:
    suggested = decided(found, suggest_only=True)
    assert [one.candidate for one in suggested] == [one.candidate for one in decided(found)]
    assert not any(one.applied for one in suggested)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ([], []),
        ([heard(0, 4, "具身智能", 3)], [("具身智能", True)]),
        ([heard(0, 4, "具身智能", 2)], [("具身智能", True)]),
        ([heard(0, 4, "具身智能", 1.5)], [("具身智能", False)]),
        ([heard(0, 4, "具身智能", 0.9)], []),
        ([heard(0, 4, "具身智能", 3), heard(4, 6, "沐曦", 3)], [("具身智能", True), ("沐曦", True)]),
        ([heard(0, 4, "具身智能", 3), heard(3, 6, "生成式", 4)], [("生成式", True)]),
        ([heard(0, 4, "具身智能", 3), heard(0, 3, "生成式", 3)], [("具身智能", True)]),
        (
            [heard(0, 4, "具身智能", 5), heard(0, 2, "沐曦", 3), heard(2, 4, "生成式", 3)],
            [("沐曦", True), ("生成式", True)],
        ),
        # What is strong enough is changed first, even where two suggestions together weigh more.
        ([heard(0, 4, "具身智能", 2.5), heard(0, 2, "沐曦", 1.5), heard(2, 4, "生成式", 1.5)], [("具身智能", True)]),
        ([heard(0, 4, "具身智能", 3), heard(0, 4, "生成式", 2.5)], [("具身智能", True)]),
        ([heard(0, 4, "具身智能", 3), heard(0, 4, "生成式", 2.9)], [("具身智能", False)]),
        ([heard(0, 4, "具身智能", 3), heard(0, 4, "生成式", 3)], [("具身智能", False)]),
        # A rival beside another change is no suggestion: something is changed there.
        ([heard(0, 4, "具身智能", 3), heard(0, 4, "生成式", 2.9), heard(3, 5, "沐曦", 2)], [("沐曦", True)]),
    ],
)
def test_which_candidate_wins(found: list[Candidate], shown: list[tuple[str, bool]]) -> None:
    assert [(one.candidate.term.text, one.applied) for one in decided(found)] == shown


@pytest.mark.parametrize(
    ("found", "suggest_only", "reason"),
    [
        ([heard(0, 4, "具身智能", 3), heard(0, 4, "生成式", 2.9)], False, "生成式 is as likely"),
        ([heard(0, 4, "具身智能", 1.54)], False, "strength 1.5, a change needs 2.0"),
        ([heard(0, 4, "具身智能", 1.54), heard(0, 4, "生成式", 1.5)], False, "strength 1.5, a change needs 2.0"),
        ([heard(0, 4, "具身智能", 3)], True, "nothing is changed unasked"),
        ([heard(0, 4, "具身智能", 3)], False, ""),
        (
            [Candidate(0, 4, Term("沐曦", min_score=0.95), "sound", strength=3)],
            False,
            "its term asks for a score of 0.95",
        ),
        ([Candidate(0, 4, Term("沐曦", min_score=0.9), "sound", strength=3)], False, ""),
    ],
)
def test_why_something_is_suggested_only(found: list[Candidate], suggest_only: bool, reason: str) -> None:
    (one,) = decided(found, suggest_only=suggest_only)
    assert one.reason == reason


def test_of_three_terms_for_a_stretch_the_second_is_the_runner_up() -> None:
    found = [heard(0, 4, name, strength) for name, strength in zip(NAMES, (1.5, 3.0, 2.0, 1.2), strict=True)]
    (one,) = decided(found)
    assert one.runner_up
    assert (one.candidate.term.text, one.runner_up.term.text) == ("生成式", "沐曦")


def test_a_term_found_by_two_rules_is_no_rival_of_itself() -> None:
    listed = Candidate(0, 4, Term("具身智能"), "alias", strength=3.1)
    (one,) = decided([heard(0, 4, "具身智能", 3), listed])
    assert (one.candidate, one.applied, one.runner_up) == (listed, True, None)
