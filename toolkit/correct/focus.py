"""Looking again where a text was changed: the terms that could be meant there, and those that were written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.correct.document import Document
from toolkit.correct.index import Index
from toolkit.correct.passes import Stretches
from toolkit.correct.reading import REACH
from toolkit.correct.search import find_sounds
from toolkit.correct.sound_index import LONGEST, only_terms
from toolkit.correct.standing import Standing
from toolkit.correct.syllables import load_syllables

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AROUND = LONGEST + REACH
"""Characters on either side of a change that a stretch may have whose reading it alters."""


def focus(document: Document, index: Index, standing: Standing, changed: Stretches) -> Index:
    """The index with the sounds of those terms alone for which the changes may matter.

    Those are the terms that were written, for their other look-alikes gain by it, and what the neighbourhood of a
    change sounds like.
    """
    import numpy as np

    spans = np.searchsorted(document.offsets, np.array(changed, dtype=np.int64).reshape(-1, 2))
    near, inside = _mask(document, spans, AROUND), _mask(document, spans, 0)
    matches = find_sounds(replace(document, sounds=np.where(near, document.sounds, 0)), index)
    altered = np.concatenate([[0], np.cumsum(_mask(document, spans, REACH))])
    matches = matches.only(altered[matches.ends] > altered[matches.starts])
    wanted = np.zeros(len(index.terms), dtype=bool)
    wanted[index.sounds.terms[matches.entries]] = True
    wanted[standing.terms[inside[standing.starts]]] = True
    return replace(index, sounds=only_terms(index.sounds, wanted, load_syllables()))


def _mask(document: Document, spans: NDArray[np.int64], reach: int) -> NDArray[np.bool_]:
    """Whether each character lies in a stretch or within so many characters of one."""
    import numpy as np

    size = len(document.text)
    starts, ends = (spans[:, 0] - reach).clip(0, size), (spans[:, 1] + reach).clip(0, size)
    steps = np.bincount(starts, minlength=size + 1) - np.bincount(ends, minlength=size + 1)
    inside: NDArray[np.bool_] = np.cumsum(steps[:-1]) > 0
    return inside
