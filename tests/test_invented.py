"""Cues that nobody said: set apart from those that are shown, and laid among them again."""

from __future__ import annotations

import pytest

from toolkit.cues import Cue, Edit
from toolkit.cutting import cut, join
from toolkit.invented import apart, is_kept_out, taking_out, together


def invented(start: int | None, text: str = "谢谢观看", *, applied: bool = True) -> Cue:
    cue = Cue(start, None if start is None else start + 500, text)
    edit = taking_out(cue, score=0.9, evidence=(("speech", 0.0),), applied=applied)
    return Cue(cue.start, cue.end, text, edits=(edit,))


def test_an_edit_takes_out_all_that_was_heard() -> None:
    cue = invented(0)
    assert (cue.heard, cue.text) == ("谢谢观看", "")
    assert is_kept_out(cue)
    assert not is_kept_out(invented(0, applied=False))


def test_other_edits_keep_nothing_out() -> None:
    assert not is_kept_out(Cue(0, 1, ""))
    assert not is_kept_out(Cue(0, 1, "嗯", edits=(Edit(0, 1, "嗯", "", "person"),)))


def test_the_halves_of_a_cut_one_are_kept_out_too_and_join_again() -> None:
    left, right = cut(invented(0), 2)
    assert is_kept_out(left)
    assert is_kept_out(right)
    assert join(left, right) == invented(0)


def test_apart_and_together_is_the_identity_in_order_of_time() -> None:
    cues = (Cue(0, 400, "一"), invented(500), Cue(1000, 1500, "二"), invented(1500), invented(1500, "字幕"))
    shown, out = apart(cues)
    assert [cue.heard for cue in shown] == ["一", "二"]
    assert together(shown, out) == cues


@pytest.mark.parametrize(("start", "place"), [(0, 1), (250, 1), (1000, 2), (5000, 2)])
def test_each_stands_before_the_first_that_starts_later(start: int, place: int) -> None:
    shown = [Cue(0, 400, "一"), Cue(1000, 1500, "二")]
    assert together(shown, [invented(start)])[place] == invented(start)
