"""The plain baseline: every window of a term's length, compared with every term of that length by its pinyin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

CUTOFF = 90.0
"""How alike the pinyin of a window and of a term must be, of 100."""


@dataclass(frozen=True)
class Shelf:
    """The terms of one length and their pinyin."""

    terms: tuple[str, ...]
    pinyin: tuple[str, ...]


@dataclass(frozen=True)
class Windows:
    """Terms by length, the longest first."""

    shelves: tuple[tuple[int, Shelf], ...]
    terms: frozenset[str]


@dataclass(frozen=True)
class Found:
    """A window and the term that it is most like."""

    score: float
    start: int
    term: str


def build_windows(terms: Iterable[str]) -> Windows:
    """The terms made ready.

    >>> correct_windows("我们谈谈聚生智能。", build_windows(["具身智能"]))
    '我们谈谈具身智能。'
    """
    by_length: defaultdict[int, list[str]] = defaultdict(list)
    for term in terms:
        by_length[len(term)].append(term)
    shelves = [
        (length, Shelf(tuple(found), tuple("".join(lazy_pinyin(term)) for term in found)))
        for length, found in sorted(by_length.items(), reverse=True)
    ]
    return Windows(tuple(shelves), frozenset(term for found in by_length.values() for term in found))


def correct_windows(text: str, windows: Windows) -> str:
    """The text with the likest windows replaced by their terms, none over another."""
    # pypinyin annotates ``errors`` as returning text; its code also takes a list, one item a character.
    split: Any = list
    syllables = lazy_pinyin(text, errors=split)
    if len(syllables) != len(text):
        return text
    taken = [False] * len(text)
    found = sorted(_found(text, syllables, windows), key=lambda one: (-one.score, -len(one.term), one.start))
    written = list(text)
    for one in found:
        end = one.start + len(one.term)
        if not any(taken[one.start : end]):
            taken[one.start : end] = [True] * len(one.term)
            written[one.start : end] = one.term
    return "".join(written)


def _found(text: str, syllables: Sequence[str], windows: Windows) -> Iterable[Found]:
    for length, shelf in windows.shelves:
        for start in range(len(text) - length + 1):
            window = text[start : start + length]
            if window in windows.terms or not window.isalpha():
                continue
            key = "".join(syllables[start : start + length])
            best = process.extractOne(key, shelf.pinyin, scorer=fuzz.ratio, score_cutoff=CUTOFF)
            if best is not None:
                yield Found(best[1], start, shelf.terms[best[2]])
