"""Amounts of one text that the other has in no way, compared as values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from toolkit.amounts.reading import amounts_in
from toolkit.amounts.values import Amount

_SHARE_MARK = re.compile(
    r"[%％‰½¼¾成折点半倍翻]|百分|分之|\d/\d|\d ?x\b|per ?cent|\bpct\b|points?\b|half|halv|quarter|doubl|tripl|twice"
    r"|(?:thirds?|fifths?|tenths?|fold|times|bps|majority)\b|\bbasis|\b(?:in|out of) (?:\d+|two|three|four|five|ten)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Possible:
    """All that the numerals of a text may mean: single values, and stretches in which a value may lie."""

    values: frozenset[Fraction]
    reaches: tuple[tuple[Fraction, Fraction], ...]
    in_shares: bool


@lru_cache(maxsize=32768)
def possible(text: str) -> Possible:
    """All that the numerals of a text may mean, in all their readings."""
    amounts = amounts_in(text)
    return Possible(
        frozenset(value for amount in amounts for value in (*amount.values, *amount.parts)),
        tuple(amount.reach for amount in amounts if amount.reach),
        bool(_SHARE_MARK.search(text)),
    )


def lacking(one: str, other: str) -> Iterator[Amount]:
    """What surely is an amount in one text and is in the other in no way, neither in digits nor in words.

    >>> [amount.text for amount in lacking("3万人，20多万元，涨了15%", "30,000 people, 250,000 yuan, up 15")]
    ['15']
    """
    there = possible(other)
    return (amount for amount in amounts_in(one) if amount.sure and not _is_in(amount, there))


def named(amount: Amount, other: str) -> str:
    """What to call an amount that another text lacks: as it is written, with its sign where that alone is lost.

    >>> [named(amount, "up 15 to 20%") for amount in lacking("涨了16%", "up 15 to 20%")]
    ['16']
    >>> [named(amount, "up 15") for amount in lacking("涨了15%", "up 15")]
    ['15%']
    """
    unsigned = amount.percent and amount.value in possible(other).values
    return f"{amount.text}%" if unsigned and amount.text[-1].isdigit() else amount.text


def _is_in(amount: Amount, there: Possible) -> bool:
    if amount.parts and not amount.percent and all(part in there.values for part in amount.parts):
        return True
    values = [value for value in amount.values if there.in_shares or value not in amount.marked]
    if any(value in there.values or any(_lies(value, reach) for reach in there.reaches) for value in values):
        return True
    reach = amount.reach if there.in_shares or not amount.percent else None
    return reach is not None and (
        any(_lies(value, reach) for value in there.values)
        or any(max(reach[0], low) < min(reach[1], high) for low, high in there.reaches)
    )


def _lies(value: Fraction, reach: tuple[Fraction, Fraction]) -> bool:
    return reach[0] <= value < reach[1]
