"""Times that a file gives wrongly or not at all are repaired; what was odd is noted with its line, and reported."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.formats.times import guess_end

SHOWN = 20
"""How many oddities of one file are reported one by one."""


@dataclass(frozen=True)
class Oddity:
    """Something unusual in a file, and on which line."""

    line: int
    problem: str


@dataclass(frozen=True)
class Span:
    """The times that a file gives for a text, in milliseconds, None where they cannot be read, and on which line."""

    line: int
    start: int | None
    end: int | None


@dataclass(frozen=True)
class Repaired:
    """Times that a cue can have, whether they are the file's own, and what was odd about those of the file."""

    start: int
    end: int
    known: bool
    oddities: tuple[Oddity, ...] = ()


def repair(spans: Sequence[Span]) -> list[Repaired]:
    """Times for all spans: none below 0, no end before its start, missing ones between those of the neighbours.

    >>> [(one.start, one.end) for one in repair([Span(2, -500, 1000), Span(6, None, None), Span(9, 3000, 2000)])]
    [(0, 1000), (1000, 3000), (3000, 5000)]
    """
    following: list[int | None] = [None] * len(spans)
    coming: int | None = None
    for index in range(len(spans) - 1, -1, -1):
        following[index] = coming
        start = spans[index].start
        coming = coming if start is None else max(start, 0)
    repaired: list[Repaired] = []
    for span, upcoming in zip(spans, following, strict=True):
        repaired.append(_repair(span, repaired[-1] if repaired else None, upcoming))
    return repaired


def report(oddities: Iterable[Oddity], *, path: str, log: logging.Logger) -> None:
    """Log what was odd, ``path:line: problem`` each; of very many the first, and how many there are."""
    listed = sorted(oddities, key=lambda oddity: oddity.line)
    for oddity in listed[:SHOWN]:
        log.warning("%s:%d: %s", path, oddity.line, oddity.problem)
    if len(listed) > SHOWN:
        log.warning("%s: and %d more like these", path, len(listed) - SHOWN)


def _repair(span: Span, previous: Repaired | None, following: int | None) -> Repaired:
    before = previous.end if previous else 0
    known = span.start is not None and span.end is not None
    start = max(span.start, 0) if span.start is not None else min(before, max(span.end or before, 0))
    end = max(span.end, 0) if span.end is not None else guess_end(start, following)
    oddities = list(_oddities(span, previous))
    if end < start:
        end = guess_end(start, following)
        oddities.append(Oddity(span.line, "the end is before the start; shown until the next cue, 2 s at most"))
    return Repaired(start, end, known, tuple(oddities))


def _oddities(span: Span, previous: Repaired | None) -> Iterable[Oddity]:
    if span.start is None or span.end is None:
        yield Oddity(span.line, "no times; shown between its neighbours")
    elif span.start < 0 or span.end < 0:
        yield Oddity(span.line, "a time before 0, taken as 0")
    elif previous and previous.known and span.start < previous.start:
        yield Oddity(span.line, "starts before the cue above it")
