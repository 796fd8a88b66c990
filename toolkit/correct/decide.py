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

CLOSE = 0.3
"""Of two terms for one stretch whose strengths are as near as this neither is certain."""

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

    ``stands`` counts how often the document, of ``size`` characters, has a term right. What is strong enough is changed
    first; what is left, and what another term rivals, may be suggested where nothing is changed.
    """
    strengths, alike = _settled(candidates, stands, needed, size)
    weighed = [pair for pair in zip(candidates, strengths, strict=True) if pair[1] >= needed - SUGGEST_BELOW]
    runners = _runners_up(weighed)
    others = dict(zip(candidates, alike, strict=True))
    changes = choose(_firm(weighed, needed))
    rest = [pair for pair in weighed if not any(_overlap(pair[0], one) for one, _ in changes)]
    decisions = [
        Decision(
            one,
            value,
            applied and not suggest_only,
            stands[one.term.text],
            others[one],
            runners.get((one.start, one.end, one.term.text)),
        )
        for chosen, applied in ((changes, True), (choose(rest), False))
        for one, value in chosen
    ]
    return sorted(decisions, key=lambda decision: decision.candidate.start)


def _settled(
    candidates: Sequence[Candidate], stands: Counter[str], needed: float, size: int
) -> tuple[list[float], list[int]]:
    """The strength of each candidate and how many others of its term are certain.

    A term that was changed to with certainty stands right from then on, and makes its other look-alikes likelier. That
    is repeated until nothing new follows, so that a corrected text is not corrected any further.
    """
    bases = [base_strength(one) for one in candidates]
    certain: set[Candidate] = set()
    for _ in range(ROUNDS):
        alike = _alike(candidates, certain)
        strengths = [
            base + document_strength(one, stands[one.term.text] + others, size)
            for one, base, others in zip(candidates, bases, alike, strict=True)
        ]
        new = {one for one, _ in choose(_firm(list(zip(candidates, strengths, strict=True)), needed))} - certain
        certain |= new
        if not new:
            break
    return strengths, alike


def _alike(candidates: Sequence[Candidate], certain: set[Candidate]) -> list[int]:
    """For each candidate how many certain ones of its term stand elsewhere."""
    places: defaultdict[str, list[Candidate]] = defaultdict(list)
    for one in certain:
        places[one.term.text].append(one)
    return [sum(not _overlap(one, other) for other in places[one.term.text]) for one in candidates]


def _firm(weighed: Sequence[tuple[Candidate, float]], needed: float) -> list[tuple[Candidate, float]]:
    """The candidates that are strong enough and that no other term for the same stretch comes close to."""
    strongest: defaultdict[tuple[int, int], list[tuple[float, str]]] = defaultdict(list)
    for one, value in weighed:
        strongest[one.start, one.end].append((value, one.term.text))
    return [
        (one, value)
        for one, value in weighed
        if value >= needed
        and not any(other != one.term.text and rival > value - CLOSE for rival, other in strongest[one.start, one.end])
    ]


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end


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
