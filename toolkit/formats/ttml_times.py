"""Time expressions of TTML: clock times, also with frames, and offsets such as ``12.5s`` or ``300f``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

CLOCK = re.compile(r"(\d{1,6}):(\d{2}):(\d{2})(?:\.(\d{1,9})|:(\d{2,5})(?:\.\d+)?)?")
SHORT = re.compile(r"(?:(\d{1,6}):)?(\d{1,6})(?:\.(\d{1,9}))?")
OFFSET = re.compile(r"(\d{1,12})(?:\.(\d{1,9}))?(h|ms|m|s|f|t)")


@dataclass(frozen=True)
class Rates:
    """How many frames and ticks make a second in this document."""

    frames: Fraction = Fraction(30)
    ticks: Fraction = Fraction(1)


def rates_of(frame_rate: str, multiplier: str, tick_rate: str) -> Rates:
    """The rates from the attributes of a document's root; empty ones have the standard's defaults.

    >>> rates_of("24", "1000 1001", "").frames
    Fraction(24000, 1001)

    Raises:
        ValueError: a rate that is no number, or 0.
    """
    numbers = [int(part) for part in re.split(r"[\s:]+", multiplier.strip())] if multiplier.strip() else [1, 1]
    frames = Fraction(int(frame_rate or 30)) * Fraction(*numbers)
    ticks = Fraction(int(tick_rate)) if tick_rate else (frames if frame_rate else Fraction(1))
    if frames <= 0 or ticks <= 0:
        raise ValueError("a rate must be above 0")
    return Rates(frames, ticks)


def time_ms(expression: str, rates: Rates) -> int:
    """Milliseconds of a time expression.

    >>> [time_ms(text, Rates()) for text in ("00:00:01.500", "00:00:01:15", "1.5s", "45f", "90")]
    [1500, 1500, 1500, 1500, 90000]

    Raises:
        ValueError: it is none.
    """
    expression = expression.strip()
    if match := CLOCK.fullmatch(expression):
        hours, minutes, seconds = (int(part) for part in match.groups()[:3])
        whole = Fraction((hours * 60 + minutes) * 60 + seconds)
        return round((whole + _fraction(match[4]) + int(match[5] or 0) / rates.frames) * 1000)
    if match := OFFSET.fullmatch(expression):
        units: dict[str, Fraction] = {
            "h": Fraction(3600),
            "m": Fraction(60),
            "s": Fraction(1),
            "ms": Fraction(1, 1000),
            "f": 1 / rates.frames,
            "t": 1 / rates.ticks,
        }
        return round((int(match[1]) + _fraction(match[2])) * units[match[3]] * 1000)
    if match := SHORT.fullmatch(expression):  # not in the standard, and written all the same
        return round((int(match[1] or 0) * 60 + int(match[2]) + _fraction(match[3])) * 1000)
    raise ValueError(f"not a time, {expression!r}")


def _fraction(digits: str | None) -> Fraction:
    return Fraction(int(digits), 10 ** len(digits)) if digits else Fraction(0)
