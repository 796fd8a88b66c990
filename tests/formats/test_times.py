"""Clock times, as tidy and as untidy as files have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.formats.times import find_clocks, guess_end, write_clock


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("00:00:01,000", 1000),
        ("00:00:01.000", 1000),
        ("00:00:01，250", 1250),
        ("00：00：01．5", 1500),
        ("00:00:01。25", 1250),
        ("00:00:01:500", 1500),
        ("1:02,5", 62_500),
        ("01:02", 62_000),
        ("100:00:00,001", 360_000_001),
        ("00: 00: 01, 000", 1000),
        ("00:75:00,000", 4_500_000),
        ("-00:00:01,000", -1000),
        ("−00:00:01,000", -1000),
        ("0:00:01.50", 1500),
        ("00:00:01,9996", 2000),
        ("００:００:０１,５００", 1500),
    ],
)
def test_a_clock_time_is_read(text: str, ms: int) -> None:
    assert find_clocks(text) == [ms]


@pytest.mark.parametrize("text", ["", "12", "00:00:0x,000", "00:00:01:12", "1.5", "a:b:c"])
def test_what_is_no_clock_time_is_not_taken_for_one(text: str) -> None:
    assert find_clocks(text) == []


@given(st.integers(0, 10**10), st.sampled_from(".,"))
def test_what_is_written_is_read(ms: int, mark: str) -> None:
    assert find_clocks(write_clock(ms, mark=mark)) == [ms]


@given(st.integers(0, 10**7), st.none() | st.integers(0, 10**7))
def test_a_guessed_end_is_after_the_start_and_not_after_the_next(start: int, following: int | None) -> None:
    end = guess_end(start, following)
    assert start < end <= start + 2000
    assert following is None or following <= start or end <= following
