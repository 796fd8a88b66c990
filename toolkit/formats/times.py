"""Clock times of subtitle files: read leniently, written in each format's way."""

from __future__ import annotations

import re

CLOCK = (
    r"(?<![\d:：])(?:(?P<{0}_sign>[-−－])\s*)?"
    r"(?:(?P<{0}_hours>\d{{1,6}})\s*[:：]\s*)?(?P<{0}_minutes>\d{{1,2}})\s*[:：]\s*(?P<{0}_seconds>\d{{1,2}})"
    r"(?:\s*(?:[,.，．。､、]|[:：](?=\d{{3}}(?!\d)))\s*(?P<{0}_fraction>\d{{1,9}}))?(?![\d:：A-Za-z])"
)
"""A clock time as people and tools write it: hours may be missing, separators be full-width or surrounded by spaces."""

ONE = re.compile(CLOCK.format("at"))

GUESS = 2000
"""How long a cue is shown whose end is unknown or wrong, in milliseconds, unless the next one starts before."""


def clock_ms(match: re.Match[str], name: str) -> int:
    """Milliseconds of the clock time that `CLOCK` found under ``name``; below 0 with a minus sign."""
    hours, minutes, seconds = (int(match[f"{name}_{unit}"] or 0) for unit in ("hours", "minutes", "seconds"))
    fraction = match[f"{name}_fraction"] or "0"
    ms = round(int(fraction) / 10.0 ** len(fraction) * 1000)
    total = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
    return -total if match[f"{name}_sign"] else total


def find_clocks(text: str) -> list[int]:
    """All clock times in a text, in milliseconds.

    >>> find_clocks("1:02,5 und 00:01:00")
    [62500, 60000]
    """
    return [clock_ms(match, "at") for match in ONE.finditer(text)]


def write_clock(ms: int, *, mark: str = ".") -> str:
    """Milliseconds as hours, minutes and seconds.

    >>> write_clock(3_723_004), write_clock(62_500, mark=",")
    ('01:02:03.004', '00:01:02,500')
    """
    minutes, rest = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    seconds, rest = divmod(rest, 1000)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{mark}{rest:03d}"


def guess_end(start: int, following: int | None) -> int:
    """When a cue ends of which only the start is known: at the next one's start, after `GUESS` at the latest.

    >>> guess_end(1000, 1500), guess_end(1000, 9000), guess_end(1000, 1000)
    (1500, 3000, 3000)
    """
    latest = start + GUESS
    return latest if following is None or following <= start else min(latest, following)
