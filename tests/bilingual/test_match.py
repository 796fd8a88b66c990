"""Cues of two files find each other, whatever the cuts, the clocks and what is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # benchmarks are run from the root and not installed

from benchmarks.bilingual.pairs import MadePair, make_pair, share_right  # noqa: E402
from toolkit.bilingual import pair  # noqa: E402
from toolkit.bilingual.clock import Clock, find_clock, fit  # noqa: E402
from toolkit.bilingual.content import content_of, disagreement  # noqa: E402
from toolkit.cues import Cue  # noqa: E402

SAID = (
    ("大家好", "Hello"), ("今天讲三件事", "Three things today"), ("第一件是桥", "The first is bridges"),
    ("第二件是水", "The second is water"), ("第三件是人", "The third is people"), ("谢谢", "Thank you"),
)  # fmt: skip


def talk(language: int, *, at: float = 0, faster: float = 1.0, without: tuple[int, ...] = ()) -> list[Cue]:
    """The six sentences, one every three or four seconds."""
    times = [(3700 * number + 40 * number * number, 2000 + 300 * number) for number in range(len(SAID))]
    return [
        Cue(round(faster * start + at), round(faster * (start + lasts) + at), SAID[number][language])
        for number, (start, lasts) in enumerate(times)
        if number not in without
    ]


def found(one: list[Cue], other: list[Cue]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(match.one, match.other) for match in pair(one, other).matches]


@pytest.mark.parametrize(("at", "faster"), [(0, 1.0), (61_300, 1.0), (0, 25 / 24), (20_000, 24 / 25), (900, 1.001)])
def test_offset_and_drift_are_found(at: float, faster: float) -> None:
    assert found(talk(0), talk(1, at=at, faster=faster)) == [((number,), (number,)) for number in range(6)]


def test_a_file_that_begins_later_is_paired_too() -> None:
    assert found(talk(0, at=45_000), talk(1)) == [((number,), (number,)) for number in range(6)]


def test_what_is_missing_on_either_side_stays_alone() -> None:
    matches = found(talk(0, without=(1,)), talk(1, without=(3,)))
    assert matches == [((0,), (0,)), ((), (1,)), ((1,), (2,)), ((2,), ()), ((3,), (3,)), ((4,), (4,))]


def test_one_cue_is_paired_with_the_two_that_say_the_same() -> None:
    english = talk(1)
    halves = [
        Cue(english[2].start, (english[2].start or 0) + 1200, "The first"),
        Cue((english[2].start or 0) + 1250, english[2].end, "is bridges"),
    ]
    assert ((2,), (2, 3)) in found(talk(0), [*english[:2], *halves, *english[3:]])


@pytest.mark.parametrize(
    ("chinese", "english", "speaks"),
    [
        ("有300人", "There are three hundred", "for"),
        ("有300人", "There are 200", "against"),
        ("用GPT-4做的", "made with GPT-4", "for"),
        ("这是为什么？", "It rains.", "against"),
        ("你好", "Hello", ""),
    ],
)
def test_numbers_names_and_questions_speak_for_a_match_or_against_it(chinese: str, english: str, speaks: str) -> None:
    cost = disagreement([content_of(chinese, {})], [content_of(english, {})])
    assert ("for" if cost < 0 else "against" if cost > 0 else "") == speaks


def test_a_term_and_its_english_speak_for_a_match() -> None:
    known = {"具身智能": "embodied AI"}
    one, other = content_of("具身智能来了", known), content_of("Embodied AI has come", known)
    assert disagreement([one], [other]) < 0


def test_empty_files_have_no_matches() -> None:
    assert found([], []) == []
    assert found(talk(0)[:1], []) == [((0,), ())]


@pytest.mark.parametrize("seed", range(5))
def test_of_generated_pairs_98_in_100_cues_are_paired_right(seed: int) -> None:
    made = make_pair(seed, 40)
    right, cues = share_right(made, [(match.one, match.other) for match in pair(made.chinese, made.english).matches])
    assert right >= 0.98 * cues
    assert cues > 30


def test_what_is_generated_is_different_and_known() -> None:
    made = make_pair(1, 30)
    assert made == make_pair(1, 30) != make_pair(2, 30)
    assert len(made.truth) == len(made.chinese)
    assert {1, 2} <= {len(others) for others in made.truth}
    wrong = [((one,), ()) for one in range(len(made.chinese))]
    assert share_right(made, wrong)[0] < 5


def test_crossing_cuts_are_one_match() -> None:
    made = MadePair((), (), (frozenset([0]), frozenset([0, 1]), frozenset([2])))
    assert share_right(made, [((0, 1), (0, 1)), ((2,), (2,))]) == (3, 3)
    assert share_right(made, [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]) == (1, 3)


def test_a_clock_is_found_and_fitted() -> None:
    one = [(start, start + 900) for start in (0, 3100, 4700, 9900, 12_000, 17_300)]
    other = [(start + 7000, end + 7000) for start, end in one]
    clock = find_clock(one, other)
    assert abs(clock.at(7000)) <= 200
    assert fit([(begin, start) for (begin, _), (start, _) in zip(one, other, strict=True)], clock).at(7000) == 0
    assert find_clock([], other) == Clock()
    assert fit([(0, 0)], Clock(1.0, 5.0)) == Clock(1.0, 5.0)
