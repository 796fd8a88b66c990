"""Which candidates become changes, which suggestions, and which of several overlapping ones wins."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.correct.candidates import Candidate
from toolkit.lexicon import Term
from toolkit.sounds import TONE

PRIORS = {2: 0.35, 3: 0.62, 4: 0.86, 5: 0.92}
"""How sure a match of sounds is by its syllables alone; longer ones count as the longest listed."""

RULE_SCORES = {"alias": 0.95, "latin": 0.9}
"""How sure a rule is that does not compare sounds."""

NEAR_GAIN = 0.4
DOCUMENT_GAIN = 0.25
DISTANCE_LOSS = 2.0
SUGGEST_BELOW = 0.2
"""A candidate that misses the threshold by no more than this is suggested."""


@dataclass(frozen=True)
class Decision:
    """A candidate with its score from 0 to 1, and whether it is to be applied or only suggested.

    ``stands`` counts where the document has the term right, ``alike`` where else it was misheard.
    """

    candidate: Candidate
    score: float
    applied: bool
    stands: int = 0
    alike: int = 0
    runner_up: Term | None = None


def decide(
    candidates: Iterable[Candidate], right: Sequence[tuple[int, int, Term]], *, boldness: float, suggest_only: bool
) -> list[Decision]:
    """The winning candidates in order.

    A term that stands right in the document, or was changed to with certainty, makes its look-alikes likelier. That is
    repeated until nothing new follows, so that a corrected text is not corrected any further.
    """
    threshold = 0.95 - 0.5 * boldness
    free = [candidate for candidate in candidates if not _damages(candidate, right)]
    stands = Counter(term.text for _, _, term in right)
    certain: set[Candidate] = set()
    while True:
        alike = _alike(free, certain)
        scored = [(one, score(one, stands[one.term.text] + alike[one])) for one in free]
        chosen = choose((one, value) for one, value in scored if value >= threshold - SUGGEST_BELOW)
        new = {one for one, value in chosen if value >= threshold} - certain
        if not new:
            break
        certain |= new
    runners = _runners_up(scored)
    return [
        Decision(
            one, value, value >= threshold and not suggest_only, stands[one.term.text], alike[one], runners.get(one)
        )
        for one, value in chosen
    ]


def score(candidate: Candidate, elsewhere: int) -> float:
    """How sure it is that the stretch is the term; ``elsewhere`` counts where else the document means the term."""
    if candidate.rule in RULE_SCORES:
        return RULE_SCORES[candidate.rule]
    value = PRIORS[min(candidate.end - candidate.start, max(PRIORS))]
    value -= DISTANCE_LOSS * max(0.0, candidate.distance - TONE)
    if candidate.near:
        value += NEAR_GAIN
    elif candidate.needs_near or candidate.term.near:
        value -= NEAR_GAIN
    if elsewhere:
        value += DOCUMENT_GAIN
    return min(max(value, 0.0), 0.99) * min(candidate.term.weight, 1.0)


def choose(scored: Iterable[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """Of overlapping candidates the set with the highest sum of score times length, in order of place."""
    ordered = sorted(scored, key=lambda pair: (pair[0].end, pair[0].start, pair[0].term.text))
    ends = [candidate.end for candidate, _ in ordered]
    best: list[float] = [0.0]
    taken: list[bool] = []
    for position, (candidate, value) in enumerate(ordered):
        before = bisect_right(ends, candidate.start, 0, position)
        gain = best[before] + value * (candidate.end - candidate.start)
        taken.append(gain > best[-1])
        best.append(max(gain, best[-1]))
    return _traced(ordered, ends, taken)


def _traced(
    ordered: list[tuple[Candidate, float]], ends: list[int], taken: list[bool]
) -> list[tuple[Candidate, float]]:
    chosen = []
    position = len(ordered)
    while position:
        position -= 1
        if taken[position]:
            chosen.append(ordered[position])
            position = bisect_right(ends, ordered[position][0].start, 0, position)
    return chosen[::-1]


def _damages(candidate: Candidate, right: Sequence[tuple[int, int, Term]]) -> bool:
    """Whether a candidate would change a term that is right already, unless it is the whole of a longer term."""
    at = bisect_right(right, candidate.start, key=lambda entry: entry[1])
    for start, end, _ in right[at:]:
        if start >= candidate.end:
            return False
        inside = candidate.start <= start and end <= candidate.end
        if not inside or end - start == candidate.end - candidate.start:
            return True
    return False


def _alike(candidates: Iterable[Candidate], certain: set[Candidate]) -> dict[Candidate, int]:
    """For each candidate how many others are certainly the same term."""
    counts = Counter(one.term.text for one in certain)
    return {one: counts[one.term.text] - (one in certain) for one in candidates}


def _runners_up(scored: Sequence[tuple[Candidate, float]]) -> dict[Candidate, Term]:
    """For each candidate the best other term for the same stretch."""
    by_place: dict[tuple[int, int], list[tuple[float, Candidate]]] = {}
    for candidate, value in scored:
        by_place.setdefault((candidate.start, candidate.end), []).append((value, candidate))
    runners: dict[Candidate, Term] = {}
    for rivals in by_place.values():
        ranked = sorted(rivals, key=lambda pair: -pair[0])
        for _, candidate in ranked:
            other = next((one for _, one in ranked if one.term.text != candidate.term.text), None)
            if other:
                runners[candidate] = other.term
    return runners
