"""When cues begin and end: long enough to be read, with a gap between them, never over the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.breaks import display_width, is_chinese, keeps_lines, punctuate, reading_time, visible
from toolkit.cues import Cue
from toolkit.profile import SegmentOptions

CLOSED = 500
"""Gaps below these milliseconds (12 frames at 24 a second) are closed to the least one: they would only flicker."""

SLOWEST = 250
"""Milliseconds a column: nobody speaks slower, so that a cue without words that stays longer is only slow to go."""

FAR = 10**12
"""Later than every end."""


def retime(cues: Sequence[Cue], options: SegmentOptions, *, shorten: bool = True) -> tuple[Cue, ...]:
    """The cues with new ends; starts and words stay.

    A cue that is too short or too fast stays longer where there is room, and small gaps are closed. With ``shorten`` a
    cue that lasts too long ends sooner, but not before its last word, and one that leaves no gap to the next ends
    before it. Cues that overlap others, translated ones, and those without times stay as they are.
    """
    made = list(cues)
    for index, following in in_turn(cues).items():
        if cues[index].translation is None:
            made[index] = _with_end(cues[index], _new_end(cues[index], following, options, shorten=shorten))
    return tuple(made)


def within(cues: Sequence[Cue], length: int) -> tuple[Cue, ...]:
    """The cues with ends inside a recording of so many milliseconds; words stay, and 0 is a length that is not known.

    >>> [cue.end for cue in within([Cue(0, 900, "一"), Cue(1000, 2000, "二")], 1600)]
    [900, 1600]
    """

    def ended(cue: Cue) -> Cue:
        spoken = cue.words[-1].end if cue.words else cue.start or 0
        end = min(cue.end or 0, max(length, spoken))
        return cue if not length or cue.end is None or end == cue.end else replace(cue, end=end)

    return tuple(map(ended, cues))


def in_turn(cues: Sequence[Cue]) -> dict[int, int | None]:
    """The indices of cues that overlap no other, and when the next cue starts, None behind the last; in order of time.

    >>> in_turn([Cue(0, 900, "一"), Cue(1000, 2000, "二"), Cue(1500, 1800, "叠"), Cue(None, None, "无")])
    {0: 1000}
    """
    order = sorted((cue.start, index) for index, cue in enumerate(cues) if cue.start is not None)
    starts = [*(start for start, _ in order[1:]), None]
    found: dict[int, int | None] = {}
    reached = 0
    for (start, index), following in zip(order, starts, strict=False):
        end = start + cues[index].duration
        if reached <= start and (following is None or following >= end):
            found[index] = following
        reached = max(reached, end)
    return found


def _new_end(cue: Cue, following: int | None, options: SegmentOptions, *, shorten: bool) -> int:
    start, end = cue.start or 0, cue.end or 0
    most = start + options.max_duration if options.max_duration else FAR
    spoken = cue.words[-1].end if cue.words else start
    least = start + max(options.min_duration, _reading_time(cue.text, options))
    if shorten:
        end = min(end, max(most, spoken if cue.words else start + SLOWEST * display_width(visible(cue.text))))
    wanted = max(end, min(max(least, spoken), most))
    if following is None:
        return wanted
    latest = following - options.gap
    if wanted > latest:
        return _at_most(latest, start, end) if shorten else max(latest, end)
    closes = following - wanted < CLOSED and latest <= most
    return latest if closes else wanted


def _at_most(latest: int, start: int, end: int) -> int:
    """``latest``, unless that takes more than half of what the cue has: then the gap cannot be kept."""
    return latest if end <= latest or 2 * (latest - start) >= end - start else end


def _reading_time(text: str, options: SegmentOptions) -> int:
    """Milliseconds to read a cue; of two languages the slower one, as nobody reads both."""
    shown = punctuate(text, options)
    if keeps_lines(shown):
        lines = visible(shown).split("\n")
        if len({is_chinese(line) for line in lines}) > 1:
            return max(reading_time(line, options) for line in lines)
    return reading_time(shown, options)


def _with_end(cue: Cue, end: int) -> Cue:
    return cue if cue.end == end else replace(cue, end=end)
