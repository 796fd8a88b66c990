"""What each cue costs that could be made of a chain: what is too wide, too long, too short, tiny, too fast, uneven.

All costs are whole numbers, so that equal is equal. A break costs up to 100, which gives these their meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from toolkit.profile import SegmentOptions
from toolkit.segment.places import Line
from toolkit.segment.timing import SLOWEST

TOO_WIDE, COLUMN = 2000, 20
"""A cue that does not fit its lines, and each column over."""

TINY, TINY_COLUMNS = 450, 4
"""A cue of one or two characters that could be joined with another."""

TOO_LONG, STEP = 150, 50
"""A cue that lasts too long, with 1 for every so many milliseconds over."""

FOREVER = 4
"""Times the longest duration beyond which no cue is looked at."""

TOO_SHORT, NO_TIME = 150, 200
"""A cue that cannot stay long enough before the next one comes, and so much more for one without any time."""

HURRY = 20
"""Milliseconds that lack for reading, for a cost of 1."""

UNEVEN = 14
"""An empty cue, a full one costs nothing; twice of it is less than to give up a beginning (`places.JOIN`)."""

RUNS_ON = 20
"""A cue that ends in the middle of a sentence and has the end of another one in it: more than cutting it there."""

FAR = 10**9
"""Beyond every time and width."""

ENDLESS = 400
"""Columns beyond which nothing is joined where width has no limit."""


@dataclass(frozen=True)
class Measure:
    """The limits for Chinese, or for Latin text: columns of a line, of a whole cue (0 without limit), ms a column.

    ``tails`` has for each place the one where the last line of a cue that begins there may begin at the latest.
    """

    line: int
    room: int
    pace: float
    tails: list[int]


@dataclass(frozen=True)
class Table:
    """Some places of a line in columns, and the limits; names as in `Line` and `Place`.

    ``given_up`` sums ``leave`` over the places before each and ``stops`` counts the ends of sentences there, the end of
    all included; ``until`` is when a cue that ends there must have gone.
    ``widest`` is the width beyond which no cue is looked at, ``longest`` the longest that one may last.
    """

    before: list[int]
    upto: list[int]
    letters: list[int]
    han: list[int]
    start: list[int]
    end: list[int]
    until: list[int]
    take: list[int]
    given_up: list[int]
    stops: list[int]
    chinese: Measure
    latin: Measure
    widest: int
    slowest: int
    longest: int
    options: SegmentOptions


def tabulate(line: Line, indices: Sequence[int], options: SegmentOptions) -> Table:
    """The table of some places, their first and last being where cues begin and end anyhow."""
    places = [line.places[index] for index in indices]
    before, upto = [line.before[index] for index in indices], [line.upto[index] for index in indices]
    chinese = _measure(before, upto, options, 2 * options.zh_width, 2 * options.zh_speed)
    latin = _measure(before, upto, options, options.en_width, options.en_speed)
    following = line.following if indices[-1] == len(line.places) - 1 else places[-1].start
    limited = chinese.room and latin.room
    seams = [index for index, place in enumerate(places) if place.leave or index in (0, len(places) - 1)]
    longest = max(upto[right] - before[left] for left, right in pairwise(seams))
    return Table(
        before,
        upto,
        letters=[line.letters[index] for index in indices],
        han=[line.han[index] for index in indices],
        start=[place.start for place in places],
        end=[place.end for place in places],
        until=[
            *(place.start - options.gap for place in places[:-1]),
            FAR if following is None else following - options.gap,
        ],
        take=[*(place.take for place in places[:-1]), 0],
        given_up=[0, *accumulate(place.leave for place in places)],
        stops=[0, *accumulate([*(place.ends for place in places[:-1]), True])],
        chinese=chinese,
        latin=latin,
        widest=max(chinese.room, latin.room) if limited else max(longest, ENDLESS),
        slowest=FAR if line.spelled else SLOWEST,
        longest=options.max_duration or FAR,
        options=options,
    )


def totals(table: Table, first: int, best: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ends of cues that begin at one place, and what all costs up to there; only what could be less than ``best``.

    ``best`` has the least cost known up to each place.
    """
    before, upto, taken, given_up = table.before, table.upto, table.take, table.given_up
    widest, last, shortest, longest = table.widest, len(before) - 1, table.options.min_duration, table.longest
    begin, start, tiny = before[first], table.start[first], table.letters[first] + TINY_COLUMNS
    so_far, kept, stopped = best[first], given_up[first + 1], table.stops[first + 1]
    for end in range(first + 1, last + 1):
        width, lasts = upto[end] - begin, table.end[end] - start
        if end > first + 1 and (width > widest or min(lasts, width * table.slowest) > FOREVER * longest):
            return
        joined = given_up[end] - kept
        cost = so_far + taken[end] + joined
        if cost >= best[end]:
            continue
        measure = table.chinese if table.han[end] > table.han[first] else table.latin
        cost += _width_cost(width, upto[end] - before[measure.tails[first]], measure)
        if table.letters[end] <= tiny and (first or end < last):
            cost += TINY
        if table.stops[end] > stopped and table.stops[end] == table.stops[end + 1]:
            cost += RUNS_ON
        if lasts > longest and (joined or width * table.slowest > longest):
            cost += TOO_LONG + (lasts - longest) // STEP
        stays = table.until[end] - start if table.until[end] > start else 0
        if stays < shortest:
            cost += TOO_SHORT + NO_TIME * (shortest - stays) // shortest
        if stays < width * measure.pace:
            cost += int(width * measure.pace - stays) // HURRY
        yield end, cost


def fits(table: Table, first: int, end: int) -> bool:
    """Whether the cue from one place to another fits its lines."""
    measure = table.chinese if table.han[end] > table.han[first] else table.latin
    return table.upto[end] - table.before[measure.tails[first]] <= measure.line


def _width_cost(width: int, tail: int, measure: Measure) -> int:
    """The cost of a cue for its width, ``tail`` being that of its last line."""
    if tail > measure.line:
        return TOO_WIDE + COLUMN * (tail - measure.line)
    spare = measure.room - width
    return UNEVEN * spare * spare // (measure.room * measure.room) if spare > 0 else 0


def _measure(before: Sequence[int], upto: Sequence[int], options: SegmentOptions, width: int, speed: float) -> Measure:
    line = width or FAR
    tails = list(range(len(before)))
    if options.lines > 1:
        reach, far = [], 0
        for first in range(len(before)):
            far = max(far, first)
            while far + 1 < len(before) and upto[far + 1] - before[first] <= line:
                far += 1
            reach.append(far)
        for _ in range(options.lines - 1):
            tails = [reach[tail] for tail in tails]
    return Measure(line, width * options.lines, 1000 / speed if speed else 0.0, tails)
