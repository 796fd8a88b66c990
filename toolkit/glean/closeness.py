"""How far two spellings are apart in sound, of unequal length and in both scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from toolkit.sounds import Syllable, distance, parse_syllable, readings

GAP = 0.7
"""What a syllable costs that only one of them has, and the most that two quite different ones cost."""


@lru_cache(maxsize=8192)
def sound_distance(one: str, other: str) -> float:
    """The mean distance of a syllable, from 0 for the same sound to `GAP`; Latin by its English sound and its letters.

    >>> [round(sound_distance("具身智能", text), 2) for text in ("聚身智能", "聚生智能", "大模型")]
    [0.0, 0.01, 0.7]
    """
    from rapidfuzz.distance import Levenshtein

    least = GAP
    if one.isascii() and other.isascii():
        least = GAP * Levenshtein.normalized_distance(_letters(one), _letters(other))
    ways = [list(_spoken(text)) for text in (one, other)]
    return min([least, *(_mean(first, second) for first in ways[0] for second in ways[1])])


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _spoken(text: str) -> Iterator[tuple[Syllable, ...]]:
    """The ways to say a text in syllables of Mandarin."""
    from toolkit.english import transliterations

    if text.isascii():
        for way in transliterations(text):
            yield tuple(map(parse_syllable, way))
        return
    parts: list[Syllable] = []
    latin = ""
    for char, found in [*zip(text, readings(text), strict=True), ("", ())]:
        if char and not found:
            latin += char
            continue
        if latin.strip():
            ways = transliterations(latin.strip(), most=1)
            parts += map(parse_syllable, ways[0] if ways else ())
        latin = ""
        parts += found[:1]
    yield tuple(parts)


def _mean(one: Sequence[Syllable], other: Sequence[Syllable]) -> float:
    """The cheapest way from one to the other, for each syllable of the longer."""
    if not one or not other:
        return GAP
    row = [GAP * place for place in range(len(other) + 1)]
    for syllable in one:
        last, row[0] = row[0], row[0] + GAP
        for place, wanted in enumerate(other, start=1):
            cost = min(last + min(distance(syllable, wanted), GAP), row[place] + GAP, row[place - 1] + GAP)
            last, row[place] = row[place], cost
    return row[-1] / max(len(one), len(other))
