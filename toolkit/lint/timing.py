"""Rules about time: order, overlaps, gaps, durations, reading speed; and when a cue should end instead.

A rule that can be repaired comes with one that cannot: a cue that is too fast may stay longer as far as the next one
leaves room, and no further. Times that are off by less than what formats round (`SLACK`) are let pass.
"""

from __future__ import annotations

from toolkit.breaks import punctuate, reading_time
from toolkit.cues import Cue
from toolkit.lint.sheet import Sheet
from toolkit.lint.sides import languages
from toolkit.profile import SegmentOptions

SLACK = 10
"""Milliseconds that ASS may round away."""

FLICKER = 480
"""Gaps below these milliseconds flicker: 11 frames at 24 a second are 458 ms. They are closed to the least gap."""

FAR = 10**12
"""Later than every end."""


def order(sheet: Sheet, index: int) -> str:
    """A cue stands below one that begins later."""
    before, start = sheet.cues[index - 1].start if index else None, sheet.cues[index].start
    return "begins before the cue above it" if before is not None and start is not None and start < before else ""


def overlap(sheet: Sheet, index: int) -> str:
    """The next cue begins before this one has ended."""
    over = _over(sheet, index)
    return f"shows {over} ms into the next cue" if over > 0 and not _deep(sheet, index) else ""


def overlap_deep(sheet: Sheet, index: int) -> str:
    """The next cue begins before half the time of this one is over: both are meant at one time, or one is wrong."""
    return "shows at one time with the next cue" if _over(sheet, index) > 0 and _deep(sheet, index) else ""


def gap(sheet: Sheet, index: int) -> str:
    """The pause before the next cue is shorter than the least gap, and the cue has time to give."""
    space = -_over(sheet, index)
    if not 0 <= space < sheet.options.gap - SLACK or not _can_give(sheet, index):
        return ""
    return f"leaves {space} ms to the next cue, not {sheet.options.gap}"


def flicker(sheet: Sheet, index: int) -> str:
    """The pause before the next cue is so short that it flickers, and not the least gap."""
    space, options = -_over(sheet, index), sheet.options
    if not options.gap or not options.gap + SLACK < space < FLICKER:
        return ""
    cue = sheet.cues[index]
    lasts = cue.duration + space - options.gap
    fits = not options.max_duration or lasts <= options.max_duration
    return f"a pause of {space} ms flickers; {options.gap} or half a second" if fits else ""


def long(sheet: Sheet, index: int) -> str:
    """A cue shows longer than the longest duration."""
    lasts, most = sheet.cues[index].duration, sheet.options.max_duration
    return f"shows for {lasts / 1000:.1f} s, more than {most / 1000:g}" if most and lasts > most + SLACK else ""


def short(sheet: Sheet, index: int) -> str:
    """A cue shows shorter than the shortest duration, though there is time after it."""
    return _short(sheet, index) if _has_room(sheet, index) else ""


def short_no_room(sheet: Sheet, index: int) -> str:
    """A cue shows shorter than the shortest duration, and the next one leaves no time."""
    return "" if _has_room(sheet, index) else _short(sheet, index)


def fast(sheet: Sheet, index: int) -> str:
    """A cue cannot be read in its time, in one of its languages, though there is time after it."""
    return _fast(sheet, index) if _has_room(sheet, index) else ""


def fast_no_room(sheet: Sheet, index: int) -> str:
    """A cue cannot be read in its time, and the next one leaves no more: it needs fewer words."""
    return "" if _has_room(sheet, index) else _fast(sheet, index)


def better_end(sheet: Sheet, index: int) -> int:
    """When the cue should end; when it does, where no rule of time says otherwise."""
    cue, following, options = sheet.cues[index], sheet.following[index], sheet.options
    start, end = cue.start or 0, cue.end or 0
    latest = FAR if following is None else following - options.gap
    if overlap(sheet, index):
        end = following or end
    if short(sheet, index) or fast(sheet, index):
        least = start + max(options.min_duration, reading(cue, options))
        end = max(end, min(least, latest, _last(start, options)))
    if following is None:
        return end
    if 0 <= following - end < options.gap - SLACK and 2 * (latest - start) >= end - start:
        end = latest
    if options.gap and options.gap + SLACK < following - end < FLICKER and latest <= _last(start, options):
        end = latest
    return end


def reading(cue: Cue, options: SegmentOptions) -> int:
    """Milliseconds to read a cue; of two languages the slower one, as nobody reads both."""
    return max((reading_time(punctuate(text, options), options) for text in languages(cue)), default=0)


def _short(sheet: Sheet, index: int) -> str:
    cue, least = sheet.cues[index], sheet.options.min_duration
    if not cue.timed or cue.duration >= least - SLACK:
        return ""
    return f"shows for {cue.duration} ms, less than {least}"


def _fast(sheet: Sheet, index: int) -> str:
    cue = sheet.cues[index]
    needed = reading(cue, sheet.options)
    if not cue.timed or cue.duration >= needed - SLACK:
        return ""
    return f"shows for {cue.duration / 1000:.1f} s, and takes {needed / 1000:.1f} s to read"


def _has_room(sheet: Sheet, index: int) -> bool:
    """Whether the cue can show longer."""
    cue, following = sheet.cues[index], sheet.following[index]
    start, end = cue.start or 0, cue.end or 0
    latest = FAR if following is None else following - sheet.options.gap
    return min(latest, _last(start, sheet.options)) > end + SLACK


def _last(start: int, options: SegmentOptions) -> int:
    return start + options.max_duration if options.max_duration else FAR


def _over(sheet: Sheet, index: int) -> int:
    """Milliseconds that the cue shows after the next one has begun; below 0 for the pause between them."""
    following = sheet.following[index]
    return -FAR if following is None else (sheet.cues[index].end or 0) - following


def _deep(sheet: Sheet, index: int) -> bool:
    cue = sheet.cues[index]
    return 2 * ((sheet.following[index] or 0) - (cue.start or 0)) < cue.duration


def _can_give(sheet: Sheet, index: int) -> bool:
    cue = sheet.cues[index]
    latest = (sheet.following[index] or 0) - sheet.options.gap
    return 2 * (latest - (cue.start or 0)) >= cue.duration and cue.duration > 0
