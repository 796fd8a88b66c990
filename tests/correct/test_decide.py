"""Choosing among candidates: against all ways to choose, in any order, and with the document's word in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.candidates import Candidate
from toolkit.correct.decide import LONGER, SUGGEST_BELOW, Decision, choose, decide
from toolkit.correct.weigh import ALIAS, base_strength, document_strength
from toolkit.lexicon import Term

NEEDED = 2.0
SIZE = 1000
NAMES = ("具身智能", "生成式", "沐曦", "人形机器人")
NOTHING: Counter[str] = Counter()
Found = Sequence[Candidate]


def listed(start: int, end: int, name: str, strength: float) -> Candidate:
    """A candidate of a given strength, whatever the document says."""
    return Candidate(start, end, Term(name), "alias", gain=strength - ALIAS)


def heard(start: int, end: int, name: str, strength: float) -> Candidate:
    """A candidate of a given strength before the document has its say."""
    return Candidate(start, end, Term(name), "sound", gain=strength)


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    """Candidates that may overlap; no stretch has one term twice."""
    made = {}
    for _ in range(draw(st.integers(0, 7))):
        start, length = draw(st.integers(0, 10)), draw(st.integers(1, 5))
        kind = draw(st.sampled_from([listed, heard]))
        one = kind(start, start + length, draw(st.sampled_from(NAMES)), draw(st.floats(-1, 6)))
        made[one.start, one.end, one.term.text] = one
    return list(made.values())


@st.composite
def apart(draw: st.DrawFn) -> list[Candidate]:
    """Candidates by sound that do not overlap."""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=8))
    return [heard(10 * place, 10 * place + 4, name, draw(st.floats(-1, 4))) for place, name in enumerate(names)]


def decided(found: Found, stands: Counter[str] = NOTHING, *, suggest_only: bool = False) -> list[Decision]:
    return decide(found, stands, needed=NEEDED, size=SIZE, suggest_only=suggest_only)


def overlap(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end


def worth(weighed: Sequence[tuple[Candidate, float]]) -> float:
    return sum(value + LONGER * (one.end - one.start) for one, value in weighed)


@given(candidates())
def test_no_set_without_overlaps_is_worth_more(found: list[Candidate]) -> None:
    weighed = [(one, base_strength(one)) for one in found]
    sets = [
        chosen
        for size in range(len(weighed) + 1)
        for chosen in combinations(weighed, size)
        if not any(overlap(one, other) for (one, _), (other, _) in combinations(chosen, 2))
    ]
    chosen = choose(weighed)
    assert worth(chosen) == pytest.approx(max(map(worth, sets)))
    assert set(chosen) <= set(weighed)


@given(candidates())
def test_what_is_chosen_stands_in_order_and_never_overlaps(found: list[Candidate]) -> None:
    assert all(one.candidate.end <= other.candidate.start for one, other in pairwise(decided(found)))


@given(candidates().flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_candidates_does_not_matter(orders: tuple[list[Candidate], list[Candidate]]) -> None:
    one, other = orders
    assert decided(one) == decided(other)


@given(candidates(), st.dictionaries(st.sampled_from(NAMES), st.integers(1, 9)))
def test_what_is_strong_enough_is_applied_and_what_is_nearly_so_is_suggested(
    found: list[Candidate], stands: dict[str, int]
) -> None:
    for one in decided(found, Counter(stands)):
        assert one.strength >= NEEDED or not one.applied
        assert one.applied or one.strength < NEEDED or one.runner_up
        assert one.strength >= NEEDED - SUGGEST_BELOW
        assert one.stands == stands.get(one.candidate.term.text, 0)
        document = document_strength(one.candidate, one.stands + one.alike, SIZE)
        assert one.strength == pytest.approx(base_strength(one.candidate) + document)


@given(candidates())
def test_suggesting_only_chooses_the_same_and_applies_nothing(found: list[Candidate]) -> None:
    suggested = decided(found, suggest_only=True)
    assert [one.candidate for one in suggested] == [one.candidate for one in decided(found)]
    assert not any(one.applied for one in suggested)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ([], []),
        ([listed(0, 4, "具身智能", 3)], [("具身智能", True)]),
        ([listed(0, 4, "具身智能", 1.5)], [("具身智能", False)]),
        ([listed(0, 4, "具身智能", 0.9)], []),
        ([listed(0, 4, "具身智能", 3), listed(4, 6, "沐曦", 3)], [("具身智能", True), ("沐曦", True)]),
        ([listed(0, 4, "具身智能", 3), listed(3, 6, "生成式", 4)], [("生成式", True)]),
        ([listed(0, 4, "具身智能", 3), listed(0, 3, "生成式", 3)], [("具身智能", True)]),
        (
            [listed(0, 4, "具身智能", 5), listed(0, 2, "沐曦", 3), listed(2, 4, "生成式", 3)],
            [("沐曦", True), ("生成式", True)],
        ),
        (
            [listed(0, 4, "具身智能", 2.5), listed(0, 2, "沐曦", 1.5), listed(2, 4, "生成式", 1.5)],
            [("具身智能", True)],
        ),
        ([listed(0, 4, "具身智能", 3), listed(0, 4, "生成式", 2.9)], [("具身智能", False)]),
        ([listed(0, 4, "具身智能", 3), listed(0, 4, "生成式", 2.5)], [("具身智能", True)]),
    ],
)
def test_which_candidate_wins(found: list[Candidate], shown: list[tuple[str, bool]]) -> None:
    assert [(one.candidate.term.text, one.applied) for one in decided(found)] == shown


@given(candidates())
def test_the_runner_up_is_the_strongest_other_term_for_the_stretch(found: list[Candidate]) -> None:
    plain = [one for one in found if one.rule == "alias"]
    for one in decided(plain):
        rivals = [
            (-base_strength(other), other.term.text)
            for other in plain
            if (other.start, other.end) == (one.candidate.start, one.candidate.end)
            and other.term.text != one.candidate.term.text
            and base_strength(other) >= NEEDED - SUGGEST_BELOW
        ]
        assert (one.runner_up.text if one.runner_up else None) == (min(rivals)[1] if rivals else None)


def test_of_three_terms_for_a_stretch_the_second_is_the_runner_up() -> None:
    found = [listed(0, 4, name, strength) for name, strength in zip(NAMES, (1.5, 3.0, 2.0, 1.2), strict=True)]
    (one,) = decided(found)
    assert one.runner_up
    assert (one.candidate.term.text, one.runner_up.text) == ("生成式", "沐曦")


@given(apart(), st.dictionaries(st.sampled_from(NAMES), st.integers(1, 9)))
def test_a_change_makes_other_lookalikes_likelier_until_nothing_new_follows(
    found: list[Candidate], stands: dict[str, int]
) -> None:
    """Against the least set that is closed: each member strong enough with the other members of its term."""
    certain: set[Candidate] = set()
    strengths: dict[Candidate, float] = {}
    while True:
        for one in found:
            others = sum(other.term == one.term for other in certain - {one})
            strengths[one] = base_strength(one) + document_strength(one, stands.get(one.term.text, 0) + others, SIZE)
        closed = {one for one, value in strengths.items() if value >= NEEDED}
        if closed <= certain:
            break
        certain |= closed
    decisions = decided(found, Counter(stands))
    assert {one.candidate for one in decisions if one.applied} == certain
    assert all(one.strength == pytest.approx(strengths[one.candidate]) for one in decisions)


@given(apart(), st.sampled_from(NAMES))
def test_what_stands_right_only_adds(found: list[Candidate], name: str) -> None:
    before = {one.candidate: one.strength for one in decided(found)}
    after = {one.candidate: one.strength for one in decided(found, Counter({name: 1}))}
    assert all(after[one] >= strength for one, strength in before.items())


@given(apart(), st.sampled_from(NAMES), st.floats(-1, 4))
def test_one_candidate_more_elsewhere_only_adds(found: list[Candidate], name: str, strength: float) -> None:
    before = {one.candidate: one.strength for one in decided(found)}
    after = {one.candidate: one.strength for one in decided([*found, heard(100, 104, name, strength)])}
    assert all(after[one] >= strength for one, strength in before.items())


def test_the_word_of_the_document_carries_over_to_weaker_ones() -> None:
    weak, strong = heard(0, 4, "具身智能", 1.5), heard(20, 24, "具身智能", 3)
    assert [(one.applied, one.alike) for one in decided([weak])] == [(False, 0)]
    assert [(one.applied, one.alike) for one in decided([weak, strong])] == [(True, 1), (True, 1)]
    other = heard(20, 24, "人形机器人", 3)
    assert [(one.applied, one.alike) for one in decided([weak, other])] == [(False, 0), (True, 0)]


def test_two_weak_ones_do_not_lift_each_other() -> None:
    weak = [heard(20 * place, 20 * place + 4, "具身智能", 1.9) for place in range(3)]
    assert [one.applied for one in decided(weak)] == [False, False, False]
