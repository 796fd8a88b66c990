"""What a numeral in a text is: where it stands, which values it may have, and whether it surely is an amount."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

WORDS, FIGURE, NAME, CLOCK = "words", "figure", "name", "clock"
"""How an amount is written: in words, in Arabic digits, in digits that belong to a name (GPT-4), as a time (8:30)."""


NEAR = 24
"""So many characters before and behind a numeral say what it means."""


@dataclass(frozen=True)
class Amount:
    """A numeral as it is written, from character ``start`` to before ``end``, and what it may mean.

    ``values`` are what it may stand for, the likeliest first; those ``marked`` hold only where the other side has a
    sign of shares (%, 成, half). Where all of ``parts`` are on the other side it is there too: 两三百 is 200 and 300.
    ``reach`` is from where to where it may lie (20多万: from 200,000 to below 300,000), ``scale`` what its last unit
    multiplies by. What is not ``sure`` may be no amount at all.
    """

    start: int
    end: int
    text: str
    values: tuple[Fraction, ...]
    parts: tuple[Fraction, ...] = ()
    reach: tuple[Fraction, Fraction] | None = None
    scale: int = 1
    marked: frozenset[Fraction] = frozenset()
    sure: bool = True
    kind: str = WORDS
    """One of `WORDS`, `FIGURE`, `NAME`, `CLOCK`."""

    @property
    def percent(self) -> bool:
        """Whether it counts in the hundred: 15 is then no more than what stands before the sign."""
        return self.value in self.marked

    @property
    def value(self) -> Fraction:
        """The likeliest of its values."""
        return self.values[0]


def reach_above(value: Fraction) -> tuple[Fraction, Fraction]:
    """Where lies what is a little more than a round number: up to the next that is as round.

    >>> [int(value) for value in reach_above(Fraction(200_000))]
    [200000, 300000]
    """
    step = Fraction(1)
    while value and value % (step * 10) == 0:
        step *= 10
    while value % step:
        step /= 10
    return value, value + step


def reach_below(value: Fraction) -> tuple[Fraction, Fraction]:
    """Where lies what is nearly a number: at most a twentieth less."""
    return value * Fraction(19, 20), value


def shares(part: Fraction, whole: Fraction) -> tuple[Fraction, ...]:
    """The values that a part of a whole may be given in: as it is, in percent, and in percent rounded.

    >>> [str(value) for value in shares(Fraction(1), Fraction(3))]
    ['1/3', '100/3', '33', '333/10', '34']
    """
    if not whole:
        return ()
    share = part / whole
    percent = share * 100
    down = Fraction(percent.numerator // percent.denominator)
    up = down + (percent > down)
    return tuple(dict.fromkeys((share, percent, down, Fraction(round(percent * 10), 10), up)))


def hour_and_minute(places: tuple[int, int], texts: tuple[str, str], hour: Fraction, minute: Fraction) -> list[Amount]:
    """The two amounts of a time, from where each stands; 15:55 may be said as five to four.

    >>> amounts = hour_and_minute((0, 3), ("15", "55"), Fraction(15), Fraction(55))
    >>> [[int(value) for value in amount.values] for amount in amounts]
    [[15, 27, 3, 16, 4], [55, 5]]
    """
    hours = (hour, hour + 12, hour - 12, hour + 1, hour - 11)
    values = (hours, (minute, 60 - minute))
    return [
        Amount(start, start + len(text), text, means, kind=CLOCK, sure=means[0] > 0)
        for start, text, means in zip(places, texts, values, strict=True)
    ]
