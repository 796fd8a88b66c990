"""Candidates by sound: matches that survive the sieve, with what their context says."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.correct.candidates import Candidate, near_word
from toolkit.correct.context import Context, changed_part
from toolkit.correct.document import Document
from toolkit.correct.index import Index
from toolkit.correct.search import Matches, Standing, damaged, find_sounds
from toolkit.correct.sieve import frequency_gains, term_word_logprobs
from toolkit.correct.weigh import COST, COST_SQUARED, DOCUMENT_FADES, GAP, NEAR, document_gain, known_loss
from toolkit.language_model import LanguageModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ORDER_GAIN = 0.5
"""What knowing the order of words may add to what their frequencies say, in most cases."""

UNKNOWN_GAINS = {2: 1.0, 3: 3.0, 4: 5.0}
"""What stands for the gain of context where the language model is missing, by the syllables matched; 5.5 for more."""


def find_sounding(
    document: Document, index: Index, standing: Sequence[Standing], context: Context | None, *, threshold: float
) -> Iterator[Candidate]:
    """All stretches that sound like a term and could reach the threshold with all evidence that may come.

    Without a language model (``context`` None) the length of the match takes the place of what context says.
    """
    matches = find_sounds(document, index)
    matches = matches.only(~damaged(matches.starts, matches.ends, standing, len(document.text)))
    if context is not None:
        matches = matches.only(_hopes(document, index, matches, context.model, standing) > threshold)
    inside = _Inside(standing)
    for row in range(len(matches)):
        candidate = _candidate(document, index, matches, row)
        if _may_be_meant(document, index, candidate, inside):
            yield _weighed(context, candidate)


def _candidate(document: Document, index: Index, matches: Matches, row: int) -> Candidate:
    entry, start, end = int(matches.entries[row]), int(matches.starts[row]), int(matches.ends[row])
    term = index.terms[int(index.sounds.terms[entry])]
    length = int(index.sounds.lengths[entry])
    return Candidate(
        start,
        end,
        term,
        "sound",
        cost=float(matches.costs[row]),
        near=near_word(document, start, end, term.near),
        gap=end - start != length,
        foreign=bool(index.sounds.foreign[entry]),
        sound=tuple(index.sounds.syllables[entry, :length].tolist()),
    )


def _may_be_meant(document: Document, index: Index, candidate: Candidate, inside: _Inside) -> bool:
    """Whether nothing rules the candidate out.

    Short terms and foreign sounds need one of the term's words near; a spelling that the lexicon lists as a mistake is
    left to the conditions that the lexicon sets for it; a term that stands right inside the stretch stays.
    """
    start, end, term = candidate.start, candidate.end, candidate.term
    heard = document.text[start:end]
    if not candidate.near and (candidate.foreign or (term.near and len(term.text) == 2)):
        return False
    if any(other.text == term.text for other, _ in index.aliases.get(heard, ())):
        return False
    return candidate.foreign or not inside.changed(document, start, end, term.text)


class _Inside:
    """Terms that stand right, to be found by their start."""

    def __init__(self, standing: Sequence[Standing]) -> None:
        self.starts = [one.start for one in standing]
        self.standing = standing

    def changed(self, document: Document, start: int, end: int, term: str) -> bool:
        """Whether writing ``term`` for the stretch would change a term that stands right inside it."""
        first, last = changed_part(document.text[start:end], term)
        at = bisect_left(self.starts, start)
        while at < len(self.starts) and self.starts[at] < end:
            one = self.standing[at]
            if one.start < start + max(last, first + 1) and one.end > start + first:
                return True
            at += 1
        return False


def _weighed(context: Context | None, candidate: Candidate) -> Candidate:
    """The candidate with what its context says."""
    if context is None:
        return replace(candidate, gain=UNKNOWN_GAINS.get(candidate.end - candidate.start, 5.5))
    found = context.gain(candidate.start, candidate.end, candidate.term.text)
    known = context.word_logprob(candidate.term.text)
    if candidate.foreign:
        return replace(candidate, gain=found.gain, known=known)
    return replace(candidate, gain=found.gain, known=known, fluent=found.fluent, functions=found.functions)


def _hopes(
    document: Document, index: Index, matches: Matches, model: LanguageModel, standing: Sequence[Standing]
) -> NDArray[np.float32]:
    """The strength that each match could reach at the most, by word frequencies."""
    import numpy as np

    stands = Counter(one.term for one in standing)
    known = term_word_logprobs(index, model)
    evidence = [
        document_gain(len(term.text), stands[place] + 1, len(document.text)) for place, term in enumerate(index.terms)
    ]
    bonus = [NEAR * bool(term.near) - known_loss(float(known[place])) for place, term in enumerate(index.terms)]
    terms = index.sounds.terms[matches.entries]
    fading = np.clip(1.0 - matches.costs / DOCUMENT_FADES, 0.0, None)
    gaps = (matches.ends - matches.starts) != index.sounds.lengths[matches.entries]
    hopes: NDArray[np.float32] = frequency_gains(document, index, matches, model) + ORDER_GAIN
    hopes += np.array(evidence, dtype=np.float32)[terms] * fading + np.array(bonus, dtype=np.float32)[terms]
    hopes -= COST * matches.costs + COST_SQUARED * matches.costs**2 + GAP * gaps
    return hopes
