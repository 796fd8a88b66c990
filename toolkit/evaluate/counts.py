"""Counts of a comparison line by line, what they add up to, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toolkit.evaluate.normal import Tokens

RESAMPLES = 1000
"""So often the lines are drawn anew to see how far a figure could have been another."""


@dataclass(frozen=True)
class Counts:
    """Operations that lead from a reference to a hypothesis."""

    hits: int = 0
    substitutions: int = 0
    deletions: int = 0
    insertions: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.hits + other.hits,
            self.substitutions + other.substitutions,
            self.deletions + other.deletions,
            self.insertions + other.insertions,
        )

    @property
    def errors(self) -> int:
        """How many operations change something."""
        return self.substitutions + self.deletions + self.insertions

    @property
    def length(self) -> int:
        """The length of the reference."""
        return self.hits + self.substitutions + self.deletions


def count(reference: Sequence[str] | str, hypothesis: Sequence[str] | str) -> Counts:
    """The fewest operations from one sequence to another.

    >>> count("具身智能", "聚身智能呢")
    Counts(hits=3, substitutions=1, deletions=0, insertions=1)
    """
    from rapidfuzz.distance import Levenshtein

    if reference == hypothesis:
        return Counts(hits=len(reference))
    steps = {"replace": 0, "delete": 0, "insert": 0}
    for operation in Levenshtein.editops(reference, hypothesis):
        steps[operation.tag] += 1
    hits = len(reference) - steps["replace"] - steps["delete"]
    return Counts(hits, steps["replace"], steps["delete"], steps["insert"])


def blocks(reference: Sequence[str], hypothesis: Sequence[str]) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """What is equal, replaced, deleted or inserted, in order, with what stands there on both sides.

    >>> [tag for tag, _, _ in blocks("具身智能", "聚身智能呢")]
    ['replace', 'equal', 'insert']
    """
    from rapidfuzz.distance import Levenshtein

    for block in Levenshtein.opcodes(list(reference), list(hypothesis)):
        right = reference[block.src_start : block.src_end]
        yield block.tag, right, hypothesis[block.dest_start : block.dest_end]


def characters(tokens: Tokens) -> str:
    """Tokens as the characters that a character error rate counts: no spaces between them."""
    return "".join(tokens)


def ratio(parts: Iterable[tuple[int, int]]) -> float | None:
    """The sum of the first of all pairs as a share of that of the second; None where this is nothing."""
    pairs = list(parts)
    whole = sum(second for _, second in pairs)
    return sum(first for first, _ in pairs) / whole if whole else None


def interval(parts: Sequence[tuple[int, int]], *, resamples: int = RESAMPLES) -> tuple[float, float] | None:
    """Between which values the ratio lies in 95 of 100 sets of lines drawn from these with repetition.

    The percentile bootstrap over lines (Bisani and Ney 2004), always with the same random numbers. None for fewer than
    two lines.

    >>> low, high = interval([(1, 10), (0, 10), (2, 10)] * 20)
    >>> 0.05 < low < 0.1 < high < 0.15
    True
    """
    if len(parts) < 2 or not any(whole for _, whole in parts):
        return None
    import numpy as np

    counts = np.array(parts, dtype=np.float64)
    random = np.random.default_rng(20240706)
    found = []
    for _ in range(resamples):
        errors, whole = counts[random.integers(0, len(counts), len(counts))].sum(axis=0)
        if whole:
            found.append(errors / whole)
    low, high = np.percentile(found, (2.5, 97.5))
    return float(low), float(high)
