"""The cheapest partition of a chain into cues, by dynamic programming over its places.

A partition costs what its cues cost, ``take`` for each place where a cue begins, and ``leave`` for each old beginning
that is given up. Why segmenting again changes nothing: where the first result begins its cues has become free, and what
it gave up costs again, so that every other partition has lost at least as much as the first result has.
"""

from __future__ import annotations

from itertools import pairwise

from toolkit.breaks import LAST_RESORT
from toolkit.profile import SegmentOptions
from toolkit.segment.costs import FAR, Table, fits, tabulate, totals
from toolkit.segment.places import Line, Place


def partition(line: Line, options: SegmentOptions) -> list[Place]:
    """The places at which the cues of a chain are to begin, its own beginning first."""
    forced = [index for index, place in enumerate(line.places) if place.forced]
    bounds = [0, *forced, len(line.places) - 1]
    return [line.places[index] for first, last in pairwise(bounds) for index in _cheapest(line, first, last, options)]


def _cheapest(line: Line, first: int, last: int, options: SegmentOptions) -> list[int]:
    """Where cues begin from one place to another; last resorts are tried only where a cue is too wide without them."""
    every = range(first, last + 1)
    good = [index for index in every if index in (first, last) or line.places[index].take < LAST_RESORT]
    table = tabulate(line, good, options)
    begins = _solve(table)
    if len(good) < len(every) and not all(fits(table, *ends) for ends in pairwise([*begins, len(good) - 1])):
        return [first + index for index in _solve(tabulate(line, every, options))]
    return [good[index] for index in begins]


def _solve(table: Table) -> list[int]:
    """The beginnings of the cheapest partition; of equal ones that with the longest last cue, and so on backwards."""
    last = len(table.before) - 1
    best, origin = [0] + [FAR] * last, [0] * (last + 1)
    for first in range(last):
        for end, total in totals(table, first, best):
            if total < best[end]:
                best[end], origin[end] = total, first
    begins = [origin[last]]
    while begins[-1]:
        begins.append(origin[begins[-1]])
    return begins[::-1]
