"""What two texts in different languages have in common: numbers, Latin names, terms, questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.bilingual.amounts import said, written
from toolkit.breaks import visible

SHARED, LACKING, QUESTION = 1.5, 1.0, 0.5
"""What a number or name in both speaks for a match, one in digits that is lacking against it, a question mark alone."""

MOST_FOR, MOST_AGAINST = 4.0, 3.0
"""More is never said for a match, nor against it."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]+")


@dataclass(frozen=True)
class Content:
    """What is looked at in a text: its length, names and terms, numbers in digits and in any form."""

    length: int
    names: frozenset[str]
    written: frozenset[float]
    said: frozenset[float]
    asks: bool


def content_of(text: str, english: Mapping[str, str]) -> Content:
    """What is looked at in a text; a term of ``english`` counts by what it is there."""
    shown = visible(text)
    terms = {other.lower() for term, other in english.items() if term in shown and other}
    names = {name.lower() for name in _NAME.findall(shown)}
    lowered = shown.lower()
    terms |= {other.lower() for other in english.values() if other and other.lower() in lowered}
    return Content(
        len(re.sub(r"\s", "", shown)),
        frozenset(names | terms),
        written(shown),
        said(shown),
        "?" in shown or "？" in shown,
    )


def disagreement(one: Sequence[Content], other: Sequence[Content]) -> float:
    """What numbers, names and questions speak against a match; below 0 they speak for it."""
    names = [frozenset().union(*(content.names for content in side)) for side in (one, other)]
    digits = [frozenset().union(*(content.written for content in side)) for side in (one, other)]
    spoken = [frozenset().union(*(content.said for content in side)) for side in (one, other)]
    common = len(names[0] & names[1]) + len((digits[0] & spoken[1]) | (digits[1] & spoken[0]))
    lacking = len(digits[0] - spoken[1]) + len(digits[1] - spoken[0])
    asked = any(content.asks for content in one) != any(content.asks for content in other)
    against = min(LACKING * lacking + QUESTION * asked, MOST_AGAINST)
    return against - min(SHARED * common, MOST_FOR)
