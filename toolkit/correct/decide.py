"""Which candidates become changes, which suggestions, and which of several overlapping ones wins."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.correct.candidates import Candidate
from toolkit.correct.weigh import base_strength, document_strength
from toolkit.lexicon import Term

SUGGEST_BELOW = 1.0
"""A candidate that misses the threshold by no more than this is suggested."""

LONGER = 0.01
"""What each character more is worth where two overlapping candidates are equally strong."""

ROUNDS = 5
"""How often decisions may make others likelier; a chain longer than this has not been seen."""


@dataclass(frozen=True)
class Decision:
    """A candidate with its strength, and whether it is to be applied or only suggested.

    ``stands`` counts where the document has the term right, ``alike`` where else it was misheard.
    """

    candidate: Candidate
    strength: float
    applied: bool
    stands: int = 0
    alike: int = 0
    runner_up: Term | None = None


def decide(
    candidates: Sequence[Candidate], stands: Counter[str], *, needed: float, size: int, suggest_only: bool = False
) -> list[Decision]:
    """The winning candidates in order.

    ``stands`` counts how often the document, of ``size`` characters, has a term right.
    """
    strengths, alike = _settled(candidates, stands, needed, size)
    least = needed - SUGGEST_BELOW
    able = [(one, value) for one, value in zip(candidates, strengths, strict=True) if value >= least]
    runners = _runners_up(able)
    others = dict(zip(candidates, alike, strict=True))
    return [
        Decision(
            one,
            value,
            value >= needed and not suggest_only,
            stands[one.term.text],
            others[one],
            runners.get((one.start, one.end, one.term.text)),
        )
        for one, value in choose(able)
    ]


def _settled(
    candidates: Sequence[Candidate], stands: Counter[str], needed: float, size: int
) -> tuple[list[float], list[int]]:
    """The strength of each candidate and how many others of its term are certain.

    A term that was changed to with certainty makes its other look-alikes likelier. That is repeated until nothing new
    follows, so that a corrected text is not corrected any further.
    """
    bases = [base_strength(one) for one in candidates]
    certain: set[Candidate] = set()
    for _ in range(ROUNDS):
        counts = Counter(one.term.text for one in certain)
        alike = [counts[one.term.text] - (one in certain) for one in candidates]
        strengths = [
            base + document_strength(one, stands[one.term.text], others, size)
            for one, base, others in zip(candidates, bases, alike, strict=True)
        ]
        chosen = choose((one, value) for one, value in zip(candidates, strengths, strict=True) if value >= needed)
        new = {one for one, _ in chosen} - certain
        certain |= new
        if not new:
            break
    return strengths, alike


def choose(weighed: Iterable[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """Of overlapping candidates the set with the highest sum of strengths, in order of place."""
    ordered = sorted(weighed, key=lambda pair: (pair[0].end, pair[0].start, pair[0].term.text))
    ends = [candidate.end for candidate, _ in ordered]
    best: list[float] = [0.0]
    taken: list[bool] = []
    for position, (candidate, value) in enumerate(ordered):
        before = bisect_right(ends, candidate.start, 0, position)
        gain = best[before] + value + LONGER * (candidate.end - candidate.start)
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


def _runners_up(weighed: Sequence[tuple[Candidate, float]]) -> dict[tuple[int, int, str], Term]:
    """For each stretch and term the strongest other term for the same stretch."""
    rivals: defaultdict[tuple[int, int], list[tuple[float, Term]]] = defaultdict(list)
    for candidate, value in weighed:
        rivals[candidate.start, candidate.end].append((value, candidate.term))
    runners: dict[tuple[int, int, str], Term] = {}
    for (start, end), ranked in rivals.items():
        ranked.sort(key=lambda pair: (-pair[0], pair[1].text))
        for _, term in ranked:
            other = next((one for _, one in ranked if one.text != term.text), None)
            if other:
                runners[start, end, term.text] = other
    return runners
