"""A text as the miner sees it: the sound of each of its signs, and how ill each stretch of it reads as words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.correct.document import Document, read_document
from toolkit.correct.syllables import find_language_model, load_syllables
from toolkit.cues import Cue
from toolkit.sounds import parse_syllable, readings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHORTEST, LONGEST = 2, 8
"""Characters that a stretch may have."""

USUAL = -1.9, 1.84
"""What a stretch of running text gains when it is taken for one word: so much, and so much more for each character."""

DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, eq=False)
class Reading:
    """A text of N characters: ``sounds`` (N) are their syllables by number, 0 for none; digits and capitals have one.

    ``odd`` says of every stretch of Chinese how much more than usual, in log10, is gained when it is taken for one word
    that costs nothing: ordinary text is near 0, a name or a misheard term above 2. ``places`` are its start and end.
    """

    document: Document
    sounds: NDArray[np.uint16]
    odd: dict[tuple[int, int], float]

    @property
    def text(self) -> str:
        """The text, without line breaks."""
        return self.document.text

    @cached_property
    def signs(self) -> Counter[str]:
        """How often each character stands in the text."""
        return Counter(self.text)

    @cached_property
    def pairs(self) -> Counter[str]:
        """How often each two characters stand together."""
        return Counter(map("".join, pairwise(self.text)))

    def oddness(self, start: int, end: int) -> float:
        """How ill a stretch reads; of one with digits or letters in it, its Chinese parts."""
        found = self.odd.get((start, end))
        if found is not None:
            return found
        parts = _chinese_parts(self.document, start, end)
        return max((self.odd.get(part, 0.0) for part in parts), default=0.0)


def read(cues: Sequence[Cue]) -> Reading:
    """The reading of all cues together."""
    document = read_document(cues)
    return Reading(document, _sounds(document), dict(_oddness(document)))


def costs() -> NDArray[np.float32]:
    """What it costs to confuse two syllables, by their numbers."""
    return load_syllables().costs


def _sounds(document: Document) -> NDArray[np.uint16]:
    """The syllable of each character as its context suggests, of digits and capitals as they are said in Chinese."""
    import numpy as np

    table = load_syllables()
    sounds: NDArray[np.uint16] = document.sounds[0].copy()
    for place, found in enumerate(readings(document.text)):
        if found:
            sounds[place] = table.number(found[0]) or sounds[place]
    for place in np.flatnonzero((document.codes < 128) & (sounds == 0)).tolist():
        sounds[place] = _said(document.text[place]) if _alone(document.text, place) else 0
    return sounds


@lru_cache(maxsize=128)
def _said(char: str) -> int:
    """The number of the one syllable that a digit or a capital is said with, 0 for what takes more than one."""
    from toolkit.english import transliterations

    if char.isdigit():
        return load_syllables().number(readings(DIGITS[int(char)])[0][0])
    ways = transliterations(char, most=1) if char.isupper() else ()
    return load_syllables().number(parse_syllable(ways[0][0])) if ways and len(ways[0]) == 1 else 0


def _alone(text: str, place: int) -> bool:
    """Whether a digit or capital stands in no longer Latin word or number."""
    around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    return not any(char.islower() and char.isascii() for char in around) and not (
        text[place].isdigit() and any(char.isdigit() for char in around)
    )


def _oddness(document: Document) -> Iterator[tuple[tuple[int, int], float]]:
    import numpy as np

    from toolkit.correct.reading import build_lattice, slots, with_context

    model = find_language_model()
    if model is None or not len(document.text):
        return
    starts, ends = [], []
    for length in range(SHORTEST, LONGEST + 1):
        first = np.arange(max(len(document.text) - length + 1, 0))
        within = (document.runs[first] >= 0) & (document.runs[first] == document.runs[first + length - 1])
        starts.append(first[within])
        ends.append(first[within] + length)
    starts_, ends_ = np.concatenate(starts).astype(np.int32), np.concatenate(ends).astype(np.int32)
    if not len(starts_):
        return
    spans = with_context(document, starts_, ends_)
    gains = slots(build_lattice(document, model, spans), spans)
    usual = USUAL[0] + USUAL[1] * (ends_ - starts_)
    yield from zip(zip(starts_.tolist(), ends_.tolist(), strict=True), (gains - usual).tolist(), strict=True)


def _chinese_parts(document: Document, start: int, end: int) -> Iterable[tuple[int, int]]:
    runs = document.runs[start:end].tolist()
    first = 0
    for place in range(1, len(runs) + 1):
        if place == len(runs) or runs[place] != runs[first]:
            if runs[first] >= 0:
                yield start + first, start + place
            first = place
