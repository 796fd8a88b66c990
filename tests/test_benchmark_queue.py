"""The simulated queue of a batch: its sums are those that can be worked out by hand."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.queue_of_files import FIGURES, HOUR, Machines, make_files, simulate

PLAIN = replace(FIGURES, file=0.0, look=0.0, conduct=0.0, load=0.0, storage=1e9, lifetime=1e12)
TEN = Machines("ten", 10, 10.0, 1.0)


def test_equal_files_are_shared_out_evenly() -> None:
    spell = simulate([HOUR] * 20, TEN, PLAIN)
    assert spell.seconds == pytest.approx(2 * HOUR / 10)
    assert spell.busy == pytest.approx(1.0)
    assert spell.held_up_by == "recognition"


def test_one_long_file_holds_up_many_workers() -> None:
    spell = simulate([10 * HOUR, *[60.0] * 50], TEN, PLAIN)
    assert spell.seconds == pytest.approx(HOUR)
    assert spell.held_up_by == "the longest file"


@pytest.mark.parametrize(
    ("changed", "holder"),
    [
        ({"conduct": 9.0}, "the conductor"),
        ({"look": 99.0}, "the look before the start"),
        ({"storage": 0.01}, "storage"),
    ],
)
def test_what_is_slow_is_named(changed: dict[str, float], holder: str) -> None:
    assert simulate([60.0] * 100, TEN, replace(PLAIN, **changed)).held_up_by == holder


def test_lost_machines_cost_time() -> None:
    files = [HOUR] * 100
    assert simulate(files, TEN, replace(PLAIN, lifetime=360.0)).seconds > simulate(files, TEN, PLAIN).seconds


def test_files_have_the_length_that_was_asked_for() -> None:
    assert sum(make_files(1000 * HOUR)) == pytest.approx(1000 * HOUR)
    assert max(make_files(1000 * HOUR)) <= 10 * HOUR
