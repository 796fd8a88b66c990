"""All cues of a transcript as one text to search, with the sound of each character and the way back to the cues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.cues import Cue
from toolkit.sounds import Readings, is_han, readings

NEIGHBOURHOOD = 40
"""How many characters before and after a stretch are looked through for words that speak for or against a term."""


@dataclass(frozen=True)
class Document:
    """What was heard in all cues.

    ``text`` leaves line breaks out, so that a term over the seam of two cues or lines stands in one piece; ``offsets``
    leads from each of its characters, and its end, to the place among all heard text. ``seams`` are the places in
    ``text`` before which a cue or line begins. ``sounds`` has the readings of every character.
    """

    heard: str
    text: str
    offsets: tuple[int, ...]
    seams: tuple[int, ...]
    sounds: tuple[Readings, ...]

    def around(self, start: int, end: int) -> str:
        """The neighbourhood of a stretch, without the stretch itself."""
        return f"{self.text[max(0, start - NEIGHBOURHOOD) : start]}\n{self.text[end : end + NEIGHBOURHOOD]}"


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
        if offset in starts or (char == "\n" and seams[-1:] != [len(characters)]):
            seams.append(len(characters))
        if char != "\n":
            characters.append(char)
            offsets.append(offset)
    text = "".join(characters)
    return Document(heard, text, (*offsets, len(heard)), tuple(dict.fromkeys(seams)), tuple(readings(text)))


def han_runs(document: Document) -> Iterator[tuple[int, int]]:
    """Start and end of every run of Chinese characters."""
    start = None
    for index, char in enumerate(document.text):
        if is_han(char):
            start = index if start is None else start
        elif start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, len(document.text)


def _cue_starts(cues: Sequence[Cue]) -> Iterator[int]:
    offset = 0
    for cue in cues:
        yield offset
        offset += len(cue.heard)
