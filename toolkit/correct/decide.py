"""Which candidates become changes, which suggestions, and which of several overlapping ones wins."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.correct.candidates import Candidate
from toolkit.correct.weigh import score

SUGGEST_BELOW = 1.0
"""A candidate that misses the threshold by no more than this is suggested."""

LONGER = 0.01
"""What each character more is worth where two overlapping candidates are equally strong."""

CLOSE = 0.3
"""Of two terms for one stretch whose strengths are as near as this neither is certain."""


@dataclass(frozen=True)
class Decision:
    """A candidate, and whether it is to be applied or only suggested.

    ``stands`` counts where the document has the term right. ``runner_up`` is the strongest other term for the same
    stretch. ``reason`` says why a suggestion is not a change, empty for a change.
    """

    candidate: Candidate
    applied: bool
    stands: int = 0
    runner_up: Candidate | None = None
    reason: str = ""


def decide(
    candidates: Sequence[Candidate], stands: Counter[str], *, needed: float, suggest_only: bool = False
) -> list[Decision]:
    """The winning candidates in order.

    ``stands`` counts how often the document has a term right. What is strong enough is changed first; what is left, and
    what another term rivals, may be suggested where nothing is changed.
    """
    weighed = [one for one in candidates if one.strength >= needed - SUGGEST_BELOW]
    runners = _runners_up(weighed)
    changes = choose(one for one in weighed if _is_sure(one, runners.get(one), needed))
    suggestions = choose(_clear_of(changes, weighed))
    why = "nothing is changed unasked" if suggest_only else ""
    decided = [(one, why) for one in changes]
    decided += [(one, _reason(one, runners.get(one), needed)) for one in suggestions]
    decisions = [Decision(one, not why, stands[one.term.text], runners.get(one), why) for one, why in decided]
    return sorted(decisions, key=lambda decision: decision.candidate.start)


def _clear_of(changes: Sequence[Candidate], candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that no change overlaps; changes are in order and do not overlap each other."""
    ends = [change.end for change in changes]
    following = ((one, bisect_right(ends, one.start)) for one in candidates)
    return [one for one, at in following if at == len(changes) or changes[at].start >= one.end]


def _is_sure(one: Candidate, rival: Candidate | None, needed: float) -> bool:
    """Whether nothing stands in the way of a change."""
    return one.strength >= needed and not _rivalled(one, rival) and score(one.strength, needed) >= one.term.min_score


def _reason(one: Candidate, rival: Candidate | None, needed: float) -> str:
    if one.strength >= needed and rival and _rivalled(one, rival):
        return f"{rival.term.text} is as likely"
    if one.strength >= needed:
        return f"its term asks for a score of {one.term.min_score:g}"
    return f"strength {one.strength:.1f}, a change needs {needed:.1f}"


def _rivalled(one: Candidate, rival: Candidate | None) -> bool:
    """Whether another term for the same stretch comes too close."""
    return rival is not None and rival.strength > one.strength - CLOSE


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Of overlapping candidates the set with the highest sum of strengths, in order of place."""
    ordered = sorted(candidates, key=lambda one: (one.end, one.start, one.term.text))
    ends = [candidate.end for candidate in ordered]
    best: list[float] = [0.0]
    taken: list[bool] = []
    for position, candidate in enumerate(ordered):
        before = bisect_right(ends, candidate.start, 0, position)
        gain = best[before] + candidate.strength + LONGER * (candidate.end - candidate.start)
        taken.append(gain > best[-1])
        best.append(max(gain, best[-1]))
    return _traced(ordered, ends, taken)


def _traced(ordered: list[Candidate], ends: list[int], taken: list[bool]) -> list[Candidate]:
    chosen = []
    position = len(ordered)
    while position:
        position -= 1
        if taken[position]:
            chosen.append(ordered[position])
            position = bisect_right(ends, ordered[position].start, 0, position)
    return chosen[::-1]


def _runners_up(weighed: Sequence[Candidate]) -> dict[Candidate, Candidate]:
    """For each candidate the strongest one of another term for the same stretch, where there is one."""
    rivals: defaultdict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for one in weighed:
        rivals[one.start, one.end].append(one)
    runners: dict[Candidate, Candidate] = {}
    for ranked in rivals.values():
        ranked.sort(key=lambda one: (-one.strength, one.term.text))
        for one in ranked:
            other = next((rival for rival in ranked if rival.term.text != one.term.text), None)
            if other:
                runners[one] = other
    return runners
