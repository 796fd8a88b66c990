"""All cues of a transcript as one text to search, with the sound of each character and the way back to the cues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.correct.syllables import load_syllables
from toolkit.cues import Cue
from toolkit.language_model import text_codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEIGHBOURHOOD = 40
"""How many characters before and after a stretch are looked through for words that speak for or against a term."""


@dataclass(frozen=True, eq=False)
class Document:
    """What was heard in all cues; N is the length of ``text``.

    ``text`` leaves line breaks out, so that a term over the seam of two cues or lines stands in one piece; ``offsets``
    leads from each of its characters, and its end, to the place among all heard text. ``seams`` are the places in
    ``text`` before which a cue or line begins. ``codes`` (N) are its code points, ``sounds`` (3, N) the syllables of
    its characters, ``runs`` (N) the number of the run of Chinese characters that each belongs to, -1 outside.
    """

    heard: str
    text: str
    offsets: tuple[int, ...]
    seams: tuple[int, ...]
    codes: NDArray[np.uint32]
    sounds: NDArray[np.uint16]
    runs: NDArray[np.int32]

    def around(self, start: int, end: int) -> str:
        """The neighbourhood of a stretch, without the stretch itself."""
        return f"{self.text[max(0, start - NEIGHBOURHOOD) : start]}\n{self.text[end : end + NEIGHBOURHOOD]}"

    def run_bounds(self, start: int, end: int, reach: int) -> tuple[int, int]:
        """A stretch with up to ``reach`` characters more on either side, within its run."""
        run = self.runs[start]
        low, high = start, end
        while low > max(0, start - reach) and self.runs[low - 1] == run:
            low -= 1
        while high < min(len(self.text), end + reach) and self.runs[high] == run:
            high += 1
        return low, high


def read_document(cues: Sequence[Cue]) -> Document:
    """The document that cues make.

    >>> document = read_document([Cue(None, None, "聚生"), Cue(None, None, "智能")])
    >>> document.text, document.seams
    ('聚生智能', (0, 2))
    """
    heard = "".join(cue.heard for cue in cues)
    starts = set(_cue_starts(cues))
    characters: list[str] = []
    offsets: list[int] = []
    seams: list[int] = []
    for offset, char in enumerate(heard):
        if offset in starts or char == "\n":
            seams.append(len(characters))
        if char != "\n":
            characters.append(char)
            offsets.append(offset)
    text = "".join(characters)
    return Document(heard, text, (*offsets, len(heard)), tuple(dict.fromkeys(seams)), *_sounded(text))


def _sounded(text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint16], NDArray[np.int32]]:
    import numpy as np

    codes = text_codes(text)
    sounds = load_syllables().readings[:, np.where(codes < 0x10000, codes, 0)]
    outside = sounds[0] == 0
    runs = np.where(outside, -1, np.cumsum(outside)).astype(np.int32)
    return codes, sounds, runs


def _cue_starts(cues: Sequence[Cue]) -> Iterator[int]:
    offset = 0
    for cue in cues:
        yield offset
        offset += len(cue.heard)
