"""How much speaks for a candidate, in log10: a noisy channel with what is known of recognisers and of the document.

The measure is how many times likelier the change is than the text as it was heard. The constants here and in
`toolkit.correct.presence` were fitted together to development data: synthetic errors of every kind, mistakes put into
news with names and into a textbook, the sentences of one talk, and clean text of two domains.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.correct.candidates import Candidate
from toolkit.correct.search import GAP
from toolkit.correct.soundings import Soundings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COST = 5.5
"""What a whole syllable's difference takes away."""

COST_SQUARED = 3.8
"""What the square of the cost takes away besides: few mistakes change much."""

FLUENT_COST, FLUENT_FREE = 6.4, 0.15
"""A stretch that reads well and sounds otherwise is rather meant so: each syllable's difference beyond the free one."""

FLUENT_EXTRA = 2.0
"""What it takes away that a syllable would be left out that reads well."""

FUNCTION = 2.0
"""What each function word that would be changed takes away."""

FUNCTION_EXTRA = 4.0
"""What it takes away besides that it would be left out: 序列到序列的学习 is as good as 序列到序列学习."""

BESIDE, BESIDE_MOST = 0.5, 2.0
"""The share of what the characters beside a term elsewhere say that counts, and the most that it adds."""

BREAKS = 4.0
"""What it takes away that another term, which stands right, would be changed."""

FOREIGN = 0.7
"""What it takes away that a term is not spelt as it sounds."""

NUMERAL = 2.0
"""What each numeral that would be changed takes away: recognisers write numerals for nothing else."""

NEAR = 5.0
"""What a word close by adds that the lexicon says makes the term likely."""

NEAR_MISSING = 1.0
"""What it takes away that none of those words is close."""

SURE, DOUBTED, DOUBT_MOST = 0.75, 1.5, 0.75
"""A word of which the recogniser was surer than `SURE` is dearer to change, a doubtful one cheaper, up to so much."""

CAREFUL, BOLD = 4.0, 1.2
"""The strengths that a change needs at boldness 0 and at boldness 1."""

ALIAS = 4.5
"""What it is worth that the lexicon lists the stretch as a mistake for the term, before the context is asked."""

ALIAS_NEAR = 7.0
"""The same where the lexicon's condition for the mistake is met: then the context can only add to it."""

LATIN = 4.0
"""What it is worth that a Latin name is spelt with the term's letters."""


def spelled_strength(candidate: Candidate) -> float:
    """What speaks for a candidate by its spelling."""
    if candidate.rule == "alias":
        return ALIAS_NEAR + max(candidate.gain, 0.0) if candidate.near else ALIAS + candidate.gain
    return LATIN


def best_case(found: Soundings, choosy: NDArray[np.bool_], stands: NDArray[np.bool_]) -> NDArray[np.float32]:
    """What `plain_strengths` would be if all spoke for each stretch that is not known yet.

    ``choosy`` says whose term may gain by words close by, ``stands`` whose term stands elsewhere in the document.
    """
    strengths: NDArray[np.float32] = found.slots - sound_loss(found) + doubt(found.surety)
    strengths += NEAR * choosy + BESIDE_MOST * stands
    return strengths


def plain_strengths(found: Soundings) -> NDArray[np.float32]:
    """What speaks for each stretch before it is asked how likely its term is."""
    import numpy as np

    reads_well = fluent_loss(found) + FOREIGN * found.foreign
    near = np.where(found.near > 0, np.float32(NEAR), np.float32(NEAR_MISSING) * found.near)
    strengths: NDArray[np.float32] = found.slots - sound_loss(found) - reads_well + near
    strengths += doubt(found.surety) + BESIDE * found.beside - BREAKS * found.breaks
    return strengths


def sound_loss(found: Soundings) -> NDArray[np.float32]:
    """What differences of sound take away."""
    loss: NDArray[np.float32] = COST * found.costs + COST_SQUARED * found.costs**2
    return loss


def fluent_loss(found: Soundings) -> NDArray[np.float32]:
    """What it takes away that what would be changed reads well as it was heard, or has function words or numerals."""
    beyond = (found.costs - GAP * (found.gaps != 0) - FLUENT_FREE).clip(min=0)
    loss: NDArray[np.float32] = found.fluent * (FLUENT_COST * beyond + FLUENT_EXTRA * (found.gaps > 0))
    loss += (FUNCTION + FUNCTION_EXTRA * (found.gaps > 0)) * found.functions + NUMERAL * found.numerals
    return loss


def doubt(surety: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the recogniser's own doubt adds, given how sure it was from 0 to 1, below 0 where it did not say."""
    worth: NDArray[np.float32] = ((SURE - surety) * DOUBTED).clip(-DOUBT_MOST, DOUBT_MOST)
    worth[surety < 0] = 0
    return worth


def threshold(boldness: float) -> float:
    """The strength that a change needs: 4 at boldness 0 (ten thousand times likelier), 1.9 at 0.5, 1.2 at 1."""
    return CAREFUL - (CAREFUL - BOLD) * (1.0 - (1.0 - boldness) ** 2)


def score(strength: float, needed: float) -> float:
    """Strength as a confidence from 0 to 1, 0.5 at the threshold."""
    return float(1.0 / (1.0 + 10.0 ** min(max(needed - strength, -20.0), 20.0)))
