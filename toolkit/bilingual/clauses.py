"""Where a text and its translation may be cut, so that what belongs together stays together."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from math import inf

from toolkit.bilingual.amounts import missing
from toolkit.breaks import Break, break_places, display_width, visible

CLAUSE = 32
"""A place that costs no more than this is the end of a clause, or stands before a conjunction."""

SHIFT = 250
"""What it costs that one half of the text is the whole of it longer than that of the translation."""

TORN = 150
"""What it costs that a number or a name stands in one half of the text and in the other half of the translation."""

UNCLEAR = 40
"""What it costs that the place is the end of a clause in one language only, or in none."""

UNEVEN = 40
"""What it costs to cut off nothing at all; half as much to cut off a quarter."""

MOST = 260
"""A pair of places that costs more is none."""

SURE = 120
"""A pair of places that costs no more is surely the same in both languages."""


@dataclass(frozen=True)
class Seam:
    """A place in the text and the place in its translation that belongs to it."""

    one: int
    other: int
    cost: float


def common_seam(
    text: str,
    translation: str,
    terms: Collection[str] = (),
    *,
    burden: Callable[[Seam], float] | None = None,
    most: float = MOST,
) -> Seam | None:
    """The best pair of places to cut a text and its translation at the same clause; None where there is none.

    ``burden`` says what speaks against a pair of places besides, infinity where it cannot be; ``most`` is without that.

    >>> seam = common_seam("今天很冷，但是我们还是出门了", "It was cold today, but we went out all the same")
    >>> "今天很冷，但是我们还是出门了"[:seam.one], "It was cold today, but we went out all the same"[:seam.other]
    ('今天很冷，', 'It was cold today, ')
    """
    others = break_places(translation, terms)
    seams = [_seam(text, translation, one, other) for one in break_places(text, terms) for other in others]
    best, least = None, inf
    for seam in sorted(seams, key=lambda seam: (seam.cost, seam.one, seam.other)):
        if seam.cost > most or seam.cost >= least:
            break
        torn = seam.cost + _torn(text, translation, seam)
        total = torn + (burden(seam) if burden else 0)
        if torn <= most and total < least:
            best, least = Seam(seam.one, seam.other, torn), total
    return best


def _seam(text: str, translation: str, one: Break, other: Break) -> Seam:
    left, right = _share(text, one.offset), _share(translation, other.offset)
    clauses = (one.cost <= CLAUSE) + (other.cost <= CLAUSE)
    middle = abs(left - 0.5) + abs(right - 0.5)
    cost = one.cost + other.cost + SHIFT * abs(left - right) + UNEVEN * middle + UNCLEAR * (2 - clauses)
    return Seam(one.offset, other.offset, cost)


def _torn(text: str, translation: str, seam: Seam) -> float:
    """What it costs that numbers and names are parted from what they are in the other language."""
    halves = [(text[: seam.one], translation[: seam.other]), (text[seam.one :], translation[seam.other :])]
    torn = 0
    for (one, other), (_, far) in zip(halves, reversed(halves), strict=True):
        torn += len(missing(one, other) - missing(one, far)) + len(_names(one) & (_names(far) - _names(other)))
    return TORN * torn


def _names(text: str) -> set[str]:
    return {name.lower() for name in re.findall(r"[A-Za-z][A-Za-z0-9]+", text)}


def _share(text: str, offset: int) -> float:
    return display_width(visible(text[:offset])) / max(display_width(visible(text)), 1)
