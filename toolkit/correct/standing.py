"""Terms that a document has right: where they stand, and what would damage them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.correct.document import Document
from toolkit.correct.index import Index
from toolkit.language_model import hash_columns, hash_stretches, word_ranks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Standing:
    """Stretches of a document that are terms already, also those inside others, in order of place.

    ``starts``, ``ends``, ``terms``, places in `Index.terms`, and ``protected`` are as long as there are stretches;
    ``size`` is the length of the document's text.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    terms: NDArray[np.int32]
    protected: NDArray[np.bool_]
    size: int

    @cached_property
    def covered(self) -> NDArray[np.int64]:
        """How many characters before each place belong to a term (size + 1)."""
        import numpy as np

        return self._covered(np.ones(len(self.starts), dtype=bool))

    @cached_property
    def guarded(self) -> NDArray[np.int64]:
        """How many characters before each place belong to a protected word (size + 1)."""
        return self._covered(self.protected)

    @cached_property
    def within(self) -> NDArray[np.bool_]:
        """Whether each place lies inside a term, so that what begins or ends there would cut it (size + 1)."""
        inside: NDArray[np.bool_] = self._steps(self.starts + 1, self.ends)[: self.size + 1] > 0
        return inside

    def damaged(self, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether each stretch lies inside a term that stands right, is one itself, or cuts through one."""
        import numpy as np

        taken = self.starts * (self.size + 1) + self.ends
        same = np.isin(starts.astype(np.int64) * (self.size + 1) + ends, taken)
        broken: NDArray[np.bool_] = self.within[starts] | self.within[ends] | same
        return broken

    def counts(self, terms: int) -> NDArray[np.int64]:
        """How often each of so many terms stands, those inside another term left out."""
        import numpy as np

        # In order of place, the longer first: what lies inside another ends before one that began no later.
        reached = np.maximum.accumulate(self.ends)
        outer = np.ones(len(self.ends), dtype=bool)
        outer[1:] = self.ends[1:] > reached[:-1]
        return np.bincount(self.terms[outer], minlength=terms)

    def _covered(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        import numpy as np

        inside = self._steps(self.starts[chosen], self.ends[chosen])[: self.size] > 0
        return np.concatenate([[0], np.cumsum(inside)])

    def _steps(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many stretches are open at each place."""
        import numpy as np

        steps = np.bincount(starts, minlength=self.size + 2) - np.bincount(ends, minlength=self.size + 2)
        return np.cumsum(steps)


def find_standing(document: Document, index: Index) -> Standing:
    """Every stretch that is a term already, or protected; a Latin one only as whole words."""
    import numpy as np

    heads = word_ranks(hash_stretches(document.codes, 2), index.heads)
    places = np.flatnonzero(heads >= 0)
    found = [np.empty((3, 0), dtype=np.int64)]
    for length in index.lengths:
        places = places[places + length <= len(document.text)]
        hashes = hash_columns([document.codes[places + offset] for offset in range(length)])
        ranks = word_ranks(hashes, index.hashes)
        starts, ranks = places[ranks >= 0], ranks[ranks >= 0]
        found.append(np.stack([starts, starts + length, index.ranked[ranks]]))
    starts, ends, terms = np.concatenate(found, axis=1)
    glued = _glued(document)
    order = np.lexsort((-ends, starts))
    order = order[~(glued[starts[order]] | glued[ends[order]])]
    terms = terms[order].astype(np.int32)
    return Standing(starts[order], ends[order], terms, index.protected[terms], len(document.text))


def _glued(document: Document) -> NDArray[np.bool_]:
    """Whether the characters before and after each place belong to one Latin word (N + 1)."""
    import numpy as np

    codes = document.codes
    latin = ((codes | 32) >= ord("a")) & ((codes | 32) <= ord("z")) | (codes >= ord("0")) & (codes <= ord("9"))
    between = latin[:-1] & latin[1:]
    return np.concatenate([[False], between, [False]])


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a stretch with Latin ends is not the middle of a longer Latin word."""

    def glued(left: str, right: str) -> bool:
        return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()

    before = glued(text[start - 1], text[start]) if start else False
    after = glued(text[end - 1], text[end]) if end < len(text) else False
    return not before and not after
