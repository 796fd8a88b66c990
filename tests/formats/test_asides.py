"""Lines between the cues keep their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.cues import Cue
from toolkit.errors import FormatError
from toolkit.formats.asides import pack, unpack


def cues(count: int, *, timed: bool = True) -> list[Cue]:
    return [Cue(1000 * i, 1000 * i + 500, "一") if timed else Cue(None, None, "一") for i in range(count)]


@given(st.integers(0, 9), st.dictionaries(st.integers(0, 9), st.text()), st.booleans())
def test_nothing_changes_place_while_the_cues_stay(count: int, notes: dict[int, str], timed: bool) -> None:
    notes = {index: text for index, text in sorted(notes.items()) if index <= count}
    assert unpack(pack(notes, cues(count)), cues(count, timed=timed)) == notes


@given(st.integers(0, 9), st.integers(0, 9), st.sets(st.integers(0, 9)), st.booleans())
def test_nothing_is_lost_when_cues_are_cut_or_joined(before: int, after: int, places: set[int], timed: bool) -> None:
    notes = {index: f"NOTE {index}" for index in sorted(places) if index <= before}
    found = unpack(pack(notes, cues(before, timed=timed)), cues(after, timed=timed))
    assert "\n".join(found.values()) == "\n".join(notes.values())
    assert all(0 <= index <= after for index in found)


def test_the_first_and_the_last_stay_at_the_ends() -> None:
    assert unpack(pack({0: "WEBVTT", 3: "end"}, cues(3)), cues(7)) == {0: "WEBVTT", 7: "end"}


def test_a_note_stays_before_the_time_that_it_stood_before() -> None:
    halves = [Cue(0, 250, "一"), Cue(250, 500, "一"), *cues(3)[1:]]
    assert unpack(pack({1: "NOTE"}, cues(3)), halves) == {2: "NOTE"}


@pytest.mark.parametrize("packed", ["", "[]", "{}", '{"cues": 1, "asides": [[0]]}', 5])
def test_a_spoilt_value_is_a_format_error(packed: object) -> None:
    with pytest.raises(FormatError, match="spoilt"):
        unpack(packed, [])


def test_no_asides_are_no_value() -> None:
    assert pack({}, cues(2)) is None
    assert unpack(None, cues(2)) == {}
