"""Stretches that may stand for a term, as arrays: what is known of each before it is weighed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from toolkit.correct.search import Matches, joined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Soundings:
    """Stretches that may stand for a term by their sound, M of them, each array with an item for each.

    * ``terms`` are places in `Index.terms`, ``costs`` how far the sounds are apart, in syllables.
    * ``gaps`` is 1 where a syllable is too many, -1 where one is missing, else 0.
    * ``foreign`` says that the term is not spelt as it sounds.
    * ``spellings`` number what was heard: two stretches share one when they were written alike.
    * ``surety`` is how sure the recogniser was, from 0 to 1, below 0 where it did not say.
    * ``near`` is 1 where a word close by speaks for the term, -1 where one is wanted and missing, else 0;
      ``words`` are those words by start and term.
    * ``breaks`` says that another term, which stands right, would be changed.
    * ``beside`` is how much likelier the term is beside the same characters elsewhere in the document.
    * ``slots`` is what the language model gains when the stretch is one word that costs nothing.
    * ``shared`` is how much of that comes from words that stretch and term have in common, at the beginning or the end.
    * ``fluent`` says that what would be changed reads well as it is; ``functions`` and ``numerals`` count the function
      words and numerals in it.

    Probabilities and gains are log10.
    """

    matches: Matches
    terms: NDArray[np.int32]
    gaps: NDArray[np.int8]
    foreign: NDArray[np.bool_]
    spellings: NDArray[np.uint64]
    surety: NDArray[np.float32]
    near: NDArray[np.int8]
    breaks: NDArray[np.bool_]
    beside: NDArray[np.float32]
    slots: NDArray[np.float32]
    shared: NDArray[np.float32]
    fluent: NDArray[np.bool_]
    functions: NDArray[np.int64]
    numerals: NDArray[np.int64]
    words: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.matches)

    @property
    def costs(self) -> NDArray[np.float32]:
        """How far the sounds are apart, in syllables."""
        return self.matches.costs

    def only(self, kept: NDArray[np.bool_]) -> Soundings:
        """The stretches that a mask chooses."""
        arrays = {
            one.name: getattr(self, one.name)[kept] for one in fields(self) if one.name not in ("matches", "words")
        }
        return Soundings(self.matches.only(kept), words=self.words, **arrays)


def blank(matches: Matches, terms: NDArray[np.int32]) -> Soundings:
    """Stretches of which nothing is known but where they stand and for which term."""
    import numpy as np

    none = np.zeros(len(matches), dtype=np.int64)
    return Soundings(
        matches,
        terms=terms,
        gaps=none.astype(np.int8),
        foreign=none.astype(bool),
        spellings=none.astype(np.uint64),
        surety=none.astype(np.float32) - 1,
        near=none.astype(np.int8),
        breaks=none.astype(bool),
        beside=none.astype(np.float32),
        slots=none.astype(np.float32),
        shared=none.astype(np.float32),
        fluent=none.astype(bool),
        functions=none,
        numerals=none,
    )


def all_soundings(parts: Sequence[Soundings]) -> Soundings:
    """Several lists of stretches as one."""
    import numpy as np

    names = [one.name for one in fields(Soundings) if one.name not in ("matches", "words")]
    arrays = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    words = {key: word for part in parts for key, word in part.words.items()}
    return Soundings(joined([part.matches for part in parts]), words=words, **arrays)
