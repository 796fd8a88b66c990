"""Time expressions of TTML."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.formats.times import write_clock
from toolkit.formats.ttml_times import Rates, rates_of, time_ms

NTSC = rates_of("30", "1000 1001", "10000000")


@pytest.mark.parametrize(
    ("expression", "rates", "ms"),
    [
        ("00:00:01", Rates(), 1000),
        ("01:02:03.5", Rates(), 3_723_500),
        ("00:00:01:15", Rates(), 1500),
        ("00:00:01:15.1", Rates(), 1500),
        ("00:00:00:30", NTSC, 1001),
        ("12345678t", NTSC, 1235),
        ("1.5h", Rates(), 5_400_000),
        ("2m", Rates(), 120_000),
        ("250ms", Rates(), 250),
        (" 5s ", Rates(), 5000),
        ("1:30.25", Rates(), 90_250),
        ("12", Rates(), 12_000),
        ("00:00", Rates(), 0),
    ],
)
def test_expressions(expression: str, rates: Rates, ms: int) -> None:
    assert time_ms(expression, rates) == ms


@pytest.mark.parametrize("expression", ["", "soon", "1:2:3:4:5", "-1s", "1x", "wallclock(10:00)", "1.s"])
def test_what_is_no_time_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match="not a time"):
        time_ms(expression, Rates())


@given(st.integers(0, 10**9))
def test_clocks_as_we_write_them_are_read(ms: int) -> None:
    assert time_ms(write_clock(ms), Rates()) == ms


@pytest.mark.parametrize(
    ("attributes", "rates"),
    [
        (("", "", ""), Rates(Fraction(30), Fraction(1))),
        (("25", "", ""), Rates(Fraction(25), Fraction(25))),
        (("30", "1000 1001", ""), Rates(Fraction(30000, 1001), Fraction(30000, 1001))),
        (("24", "999:1000", "48"), Rates(Fraction(23976, 1000), Fraction(48))),
    ],
)
def test_rates(attributes: tuple[str, str, str], rates: Rates) -> None:
    assert rates_of(*attributes) == rates


@pytest.mark.parametrize("attributes", [("x", "", ""), ("0", "", ""), ("", "1", "y"), ("", "", "-1")])
def test_rates_that_are_none(attributes: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whoever catches it names the attributes
        rates_of(*attributes)
