"""All cues of a transcript as one text to search, with the sound of each character and the way back to the cues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.correct.latin import latin_stretches, latin_words, letter_cuts
from toolkit.correct.syllables import load_syllables
from toolkit.cues import Cue
from toolkit.language_model import text_codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEIGHBOURHOOD = 40
"""How many characters before and after a stretch are looked through for words that speak for or against a term."""

CHARACTERS_A_WORD = 1.7
"""Chinese characters that make a word of running text, on average."""


@dataclass(frozen=True, eq=False)
class Document:
    """What was heard in all cues; N is the length of ``text``.

    ``text`` leaves line breaks out, so that a term over the seam of two cues or lines stands in one piece; ``offsets``
    (N + 1) leads from each of its characters, and its end, to the place among all heard text. ``seams`` are the places
    in ``text`` before which a cue or line begins. ``codes`` (N) are its code points, ``sounds`` (3, N) the syllables of
    its characters, ``runs`` (N) the number of the run of Chinese characters that each belongs to, -1 outside.
    ``surety`` (N) is how sure the recogniser was of each character, from 0 to 1, -1 where it did not say.
    """

    heard: str
    text: str
    offsets: NDArray[np.int64]
    seams: tuple[int, ...]
    codes: NDArray[np.uint32]
    sounds: NDArray[np.uint16]
    runs: NDArray[np.int32]
    surety: NDArray[np.float32]

    @property
    def words(self) -> float:
        """About how many words the document has."""
        return len(self.text) / CHARACTERS_A_WORD

    @cached_property
    def latin_words(self) -> tuple[tuple[int, int], ...]:
        """Start and end of every Latin word, as `toolkit.correct.latin.latin_words` finds them."""
        return tuple(latin_words(self.text, self.seams))

    @cached_property
    def cuts(self) -> NDArray[np.bool_]:
        """Whether what begins or ends at each place would cut letters that were spelled out (N + 1)."""
        return letter_cuts(self.text, self.latin_words)

    @cached_property
    def latin_stretches(self) -> tuple[tuple[int, int], ...]:
        """Start and end of what may be a Latin name, as `toolkit.correct.latin.latin_stretches` finds it."""
        return tuple(latin_stretches(self))

    def around(self, start: int, end: int) -> str:
        """The neighbourhood of a stretch, without the stretch itself."""
        return f"{self.text[max(0, start - NEIGHBOURHOOD) : start]}\n{self.text[end : end + NEIGHBOURHOOD]}"


def read_document(cues: Sequence[Cue]) -> Document:
    """The document that cues make.

    >>> document = read_document([Cue(None, None, "聚生"), Cue(None, None, "智能")])
    >>> document.text, document.seams
    ('聚生智能', (0, 2))
    """
    import numpy as np

    heard = "".join(cue.heard for cue in cues)
    marks = text_codes(heard)
    breaks = marks == ord("\n")
    kept = np.append(np.flatnonzero(~breaks), len(heard))
    starts = np.cumsum([0, *(len(cue.heard) for cue in cues)])[:-1]
    begins = np.searchsorted(kept, np.union1d(starts, np.flatnonzero(breaks)))
    codes = marks[kept[:-1]]
    sounds = load_syllables().readings[:, np.where(codes < 0x10000, codes, 0)]
    outside = sounds[0] == 0
    return Document(
        heard,
        heard.replace("\n", ""),
        kept,
        tuple(np.unique(begins[begins < len(codes)]).tolist()),
        codes,
        sounds,
        np.where(outside, -1, np.cumsum(outside)).astype(np.int32),
        _surety(cues, len(heard))[kept[:-1]],
    )


def _surety(cues: Sequence[Cue], size: int) -> NDArray[np.float32]:
    """How sure the recogniser was of each heard character; words spell what was heard."""
    import numpy as np

    surety = np.full(size, -1.0, dtype=np.float32)
    offset = 0
    for cue in cues:
        at = offset
        for word in cue.words:
            if word.prob is not None:
                surety[at : at + len(word.text)] = word.prob
            at += len(word.text)
        offset += len(cue.heard)
    return surety
