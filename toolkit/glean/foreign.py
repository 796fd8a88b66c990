"""Latin names of a text that stand in it in Chinese characters too: mark nesburger and 马克尼斯伯格."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.glean.proposals import Proposal, example, tally
from toolkit.glean.readings import LONGEST, SHORTEST, Reading, costs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){0,2}")
"""One to three Latin words."""

FEWEST_LETTERS = 4

CLOSE = 0.22
"""The mean distance of a syllable at which a Chinese stretch is taken for a way to write a name."""

ODD = 2.0
"""How ill the Chinese must read."""


@dataclass(frozen=True)
class Match:
    """A Chinese stretch that sounds like a name."""

    name: str
    distance: float
    start: int
    end: int


def find_foreign_names(reading: Reading) -> Iterator[Proposal]:
    """Names with the Chinese spellings that sound like them, the closest first."""
    from toolkit.english.dictionary import look_up

    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, word in _words(reading.text):
        if len(word) >= FEWEST_LETTERS and not all(look_up(part.lower()) for part in word.split()):
            places[word].append((place, place + len(word)))
    matches = {word: found for word in places if (found := list(_matches(reading, word)))}
    whole = [word for word in matches if not any(word != other and word in other for other in matches)]
    for word in sorted(whole, key=lambda one: min(match.distance for match in matches[one])):
        found = matches[word]
        near = min(one.distance for one in found)
        chinese = [one for one in found if one.distance <= near + 0.05]
        spellings = [word] * len(places[word]) + [reading.text[one.start : one.end] for one in chinese]
        shown = [places[word][0], (chinese[0].start, chinese[0].end)]
        examples = tuple(example(reading.text, *span) for span in shown)
        score = round(10 + len(spellings) - 40 * near, 2)
        yield Proposal(word, tally(spellings), "latin", score, round(near, 3), examples)


def _words(text: str) -> Iterator[tuple[int, str]]:
    """Every Latin word, and every two or three of them in a row."""
    for found in re.finditer(r"[A-Za-z]+(?: [A-Za-z]+)*", text):
        words = [(found.start() + word.start(), word[0]) for word in re.finditer("[A-Za-z]+", found[0])]
        for first in range(len(words)):
            for last in range(first, min(first + 3, len(words))):
                begin, end = words[first][0], words[last][0] + len(words[last][1])
                yield begin, text[begin:end]


def _matches(reading: Reading, word: str) -> Iterator[Match]:
    """The closest Chinese stretches, none over another."""
    from toolkit.correct.syllables import load_syllables
    from toolkit.english import transliterations
    from toolkit.sounds import parse_syllable

    table = load_syllables()
    found: list[Match] = []
    for way in transliterations(word):
        numbers = [table.number(parse_syllable(syllable)) for syllable in way]
        if SHORTEST < len(numbers) <= LONGEST and all(numbers):
            found += _close(reading, word, numbers)
    taken: set[int] = set()
    for match in sorted(found, key=lambda one: one.distance):
        if not taken.intersection(range(match.start, match.end)):
            taken.update(range(match.start, match.end))
            yield match


def _close(reading: Reading, word: str, numbers: list[int]) -> Iterator[Match]:
    import numpy as np

    size = len(reading.text) - len(numbers) + 1
    if size < 1:
        return
    table: NDArray[np.float32] = costs()
    total = np.zeros(size, dtype=np.float32)
    for offset, number in enumerate(numbers):
        total += np.minimum(table[reading.sounds[offset : offset + size], number], 0.7)
    for start in np.flatnonzero(total <= CLOSE * len(numbers)).tolist():
        end = start + len(numbers)
        if reading.odd.get((start, end), 0.0) >= ODD:
            yield Match(word, float(total[start]) / len(numbers), start, end)
