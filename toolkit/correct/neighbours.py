"""What stands beside a term where a document has it right, and beside a stretch that may be the term misheard.

People repeat themselves: after 确认 a signalman says 道岔 nine times out of ten, and what sounds like it there is it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.correct.document import Document
from toolkit.correct.standing import Standing
from toolkit.language_model import hash_columns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDTH = 2
"""Characters that are looked at on either side."""

SMOOTHING = 3.0
"""How many places beside the same characters count as much as what is known of the term anywhere."""

LEAST, MOST = -0.3, 2.0
"""How much the characters on one side may say, in log10."""


def beside(
    document: Document, standing: Standing, starts: NDArray[np.int32], ends: NDArray[np.int32], terms: NDArray[np.int32]
) -> NDArray[np.float32]:
    """How many times likelier, in log10, each term is between the characters around its stretch than anywhere.

    0 for terms that do not stand in the document.
    """
    import numpy as np

    counts = np.bincount(standing.terms, minlength=int(terms.max(initial=-1)) + 1)[terms]
    anywhere = counts / max(len(document.text), 1)
    before = _lift(document, (standing.starts - WIDTH, standing.terms), (starts - WIDTH, terms), anywhere)
    after = _lift(document, (standing.ends, standing.terms), (ends, terms), anywhere)
    return np.where(counts > 0, before + after, 0).astype(np.float32)


def _lift(
    document: Document,
    standing: tuple[NDArray[np.int64], NDArray[np.int32]],
    found: tuple[NDArray[np.int32], NDArray[np.int32]],
    anywhere: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The same for one side, given the places of the neighbouring characters and the terms."""
    import numpy as np

    places, terms = found
    near, all_near = _characters(document, places), _characters(document, np.arange(len(document.text)))
    together = _counted(_with_terms(near, terms), _with_terms(_characters(document, standing[0]), standing[1]))
    shares = (together + SMOOTHING * anywhere) / (_counted(near, all_near) + SMOOTHING)
    lift = np.log10(np.maximum(shares, 1e-12) / np.maximum(anywhere, 1e-12))
    outside = (places < 0) | (places + WIDTH > len(document.text))
    return np.where(outside, 0, lift).clip(LEAST, MOST)


def _characters(document: Document, places: NDArray[np.int64] | NDArray[np.int32]) -> NDArray[np.uint64]:
    """A number for the characters from each place on; beyond the text there is a character that no text has."""
    import numpy as np

    size = len(document.codes)
    at = [places + offset for offset in range(WIDTH)]
    nothing = np.uint32(0xFFFFFFFF)
    return hash_columns(
        [np.where((one >= 0) & (one < size), document.codes[one.clip(0, size - 1)], nothing) for one in at]
    )


def _with_terms(hashes: NDArray[np.uint64], terms: NDArray[np.int32]) -> NDArray[np.uint64]:
    import numpy as np

    mixed: NDArray[np.uint64] = hashes ^ (terms.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    return mixed


def _counted(wanted: NDArray[np.uint64], listed: NDArray[np.uint64]) -> NDArray[np.int64]:
    """How often each number is listed."""
    import numpy as np

    ordered = np.sort(listed)
    return np.searchsorted(ordered, wanted, side="right") - np.searchsorted(ordered, wanted, side="left")
