"""Which cues of two files say the same: by their times first, then by length, numbers and names.

Both files are walked through together (after Gale and Church, 1993). At each step so many cues of the one and so many
of the other are taken for one match, or a cue for one that has none; the steps that cost least all in all are the
result. The times of the other file are those of a `Clock`, which is found before and fitted to the matches after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log

from toolkit.bilingual.clock import Clock, find_clock, fit
from toolkit.bilingual.content import MOST_FOR, Content, content_of, disagreement
from toolkit.cues import Cue

STEPS = {
    (1, 1): 0.0, (1, 2): 1.2, (2, 1): 1.2, (1, 3): 2.2, (3, 1): 2.2, (2, 2): 3.0, (1, 4): 3.2, (4, 1): 3.2,
    (2, 3): 4.2, (3, 2): 4.2, (3, 3): 5.5,
}  # fmt: skip
"""How many cues of each file make a match, and what that costs."""

ALONE = 3.0
"""The cost of a cue that has no match."""

APART, WORST = 350, 12.0
"""Milliseconds in which only one side shows for a cost of 1; beyond the second nothing else is looked at."""

FAR, TOO_MUCH = 7000, 1000.0
"""Milliseconds between two beginnings, or ends, beyond which there is no match; and the cost of none."""

WITHIN, COVERED = 4.5, 0.7
"""The most that times say against two cues one of which shows within the other's time, and how much of it must be."""

STRAY = 2.0
"""The cost of one of several cues in a match that shows while none of the other side does."""

LENGTH = 1.2
"""The cost of a text that is e times as long, or as short, as the other one lets expect; squared for more."""

REACH = 15_000
"""Milliseconds beyond which no two cues are compared, by the clock."""

FITS = 3
"""How often the clock is fitted and the files are walked through again."""


@dataclass(frozen=True)
class Match:
    """Cues of the one file and cues of the other that say the same, by their indices; one side empty for none."""

    one: tuple[int, ...]
    other: tuple[int, ...]

    @property
    def paired(self) -> bool:
        """Whether there are cues on both sides."""
        return bool(self.one and self.other)


@dataclass(frozen=True)
class Pairing:
    """The matches of two files, in order, and the clock that leads from the other to the one."""

    matches: tuple[Match, ...]
    clock: Clock


@dataclass(frozen=True)
class _Side:
    """The cues of one file as they are compared: times by the common clock, what is in them, lengths summed up."""

    times: list[tuple[int, int]]
    contents: list[Content]
    lengths: list[int]

    def length(self, first: int, last: int) -> int:
        """Characters of the cues from one index up to another."""
        return self.lengths[last] - self.lengths[first]


def pair(one: Sequence[Cue], other: Sequence[Cue], english: dict[str, str] | None = None) -> Pairing:
    """Which cues of two files say the same; both have times and are in order of them.

    ``english`` are terms and how they are written in the other language, which speaks for a match where both occur.

    >>> zh = [Cue(0, 900, "大家好"), Cue(1000, 2000, "欢迎"), Cue(2100, 3000, "开始吧")]
    >>> en = [Cue(5000, 5900, "Hello"), Cue(6000, 7000, "welcome"), Cue(7100, 8000, "Let us begin")]
    >>> [(match.one, match.other) for match in pair(zh, en).matches]
    [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]
    """
    spans = [[(cue.start or 0, cue.end or 0) for cue in cues] for cues in (one, other)]
    contents = [[content_of(cue.text, english or {}) for cue in cues] for cues in (one, other)]
    clock = find_clock(*spans)
    matches = _walk(spans, contents, clock)
    for _ in range(FITS):
        fitted = fit(list(_common_edges(matches, spans)), clock)
        if fitted == clock:
            break
        clock, before = fitted, matches
        matches = _walk(spans, contents, clock)
        if matches == before:
            break
    return Pairing(matches, clock)


def _common_edges(matches: Sequence[Match], spans: Sequence[Sequence[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Where matches begin in both files, and where they end."""
    found = []
    for match in matches:
        if match.paired:
            found.append((spans[0][match.one[0]][0], spans[1][match.other[0]][0]))
            found.append((spans[0][match.one[-1]][1], spans[1][match.other[-1]][1]))
    return found


def _walk(
    spans: Sequence[Sequence[tuple[int, int]]], contents: Sequence[list[Content]], clock: Clock
) -> tuple[Match, ...]:
    """The cheapest way through both files."""
    one = _side(list(spans[0]), contents[0])
    other = _side([(clock.at(start), clock.at(end)) for start, end in spans[1]], contents[1])
    windows = _windows(one.times, other.times)
    ratio = log((other.lengths[-1] + 1) / (one.lengths[-1] + 1))
    costs: list[dict[int, tuple[float, int, int]]] = [{} for _ in range(len(one.times) + 1)]
    costs[0][0] = (0.0, 0, 0)
    for here, (low, high) in enumerate(windows):
        for there in range(low, high + 1):
            known = costs[here].get(there)
            if known is not None:
                _go_on(costs, (here, there), (one, other), windows, ratio)
    return _way_back(costs, len(one.times), len(other.times))


def _go_on(
    costs: list[dict[int, tuple[float, int, int]]],
    place: tuple[int, int],
    sides: tuple[_Side, _Side],
    windows: Sequence[tuple[int, int]],
    ratio: float,
) -> None:
    """Take every step from a place of both files, where it leads on more cheaply than what was known."""
    here, there = place
    so_far = costs[here][there][0]
    for (ones, others), price in _ALL_STEPS:
        up, down = here + ones, there + others
        if up >= len(costs) or not windows[up][0] <= down <= windows[up][1]:
            continue
        known = costs[up].get(down)
        cost = so_far + price
        if known is not None and known[0] <= cost - MOST_FOR:
            continue
        if ones and others:
            cost += _difference(sides, (here, up), (there, down), ratio)
        if known is None or cost < known[0]:
            costs[up][down] = (cost, ones, others)


def _difference(sides: tuple[_Side, _Side], ones: tuple[int, int], others: tuple[int, int], ratio: float) -> float:
    """What speaks against these cues of the one file and those of the other being a match."""
    one, other = sides
    mine, theirs = one.times[slice(*ones)], other.times[slice(*others)]
    if abs(mine[0][0] - theirs[0][0]) > FAR or abs(mine[-1][1] - theirs[-1][1]) > FAR:
        return TOO_MUCH
    cost = _alone(mine, theirs) / APART + STRAY * (_strays(mine, theirs) + _strays(theirs, mine))
    if len(mine) == len(theirs) == 1 and _within(mine[0], theirs[0]):
        cost = min(cost, WITHIN)
    if cost >= WORST:
        return TOO_MUCH
    stretched = log((other.length(*others) + 4) / (one.length(*ones) + 4)) - ratio
    cost += min(LENGTH * stretched * stretched, 3.0)
    return cost + disagreement(one.contents[slice(*ones)], other.contents[slice(*others)])


def _alone(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    """Milliseconds in which cues of one side show and none of the other."""
    both = 0
    for start, end in one:
        for begin, until in other:
            both += max(0, min(end, until) - max(start, begin))
    mine, theirs = (sum(end - start for start, end in side) for side in (one, other))
    both = min(both, mine, theirs)
    apart = max(0, max(one[0][0], other[0][0]) - min(one[-1][1], other[-1][1]))
    return mine + theirs - 2 * both + apart


def _strays(side: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    """How many of several cues show while none of the other side does."""
    if len(side) == 1:
        return 0
    return sum(all(end <= begin or until <= start for begin, until in other) for start, end in side)


def _within(one: tuple[int, int], other: tuple[int, int]) -> bool:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both > COVERED * min(one[1] - one[0], other[1] - other[0])


def _way_back(costs: Sequence[dict[int, tuple[float, int, int]]], here: int, there: int) -> tuple[Match, ...]:
    matches: list[Match] = []
    while here or there:
        _, ones, others = costs[here][there]
        matches.append(Match(tuple(range(here - ones, here)), tuple(range(there - others, there))))
        here, there = here - ones, there - others
    return tuple(reversed(matches))


def _windows(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each number of cues taken of one file, how many of the other may have been taken; there is always a way."""
    lows, highs = [0], []
    low = high = 0
    for start, end in one:
        while low < len(other) and other[low][1] < start - REACH:
            low += 1
        while high < len(other) and other[high][0] < end + REACH:
            high += 1
        lows.append(low)
        highs.append(high)
    highs.append(len(other))
    return [
        (low, max(high, lows[min(index + 1, len(one))]))
        for index, (low, high) in enumerate(zip(lows, highs, strict=True))
    ]


def _side(times: list[tuple[int, int]], contents: list[Content]) -> _Side:
    return _Side(times, contents, [0, *accumulate(content.length for content in contents)])


_ALL_STEPS = (*STEPS.items(), ((1, 0), ALONE), ((0, 1), ALONE))
