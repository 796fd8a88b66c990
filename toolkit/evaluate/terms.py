"""How often each term that was said stands in the transcript, and how often it stands there although it was not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from toolkit.evaluate.normal import DEFAULT_RULES, Rules, Tokens, tokens_of
from toolkit.evaluate.rows import Row

Known = Mapping[str, tuple[tuple[Tokens, str], ...]]
"""Terms by their first token, the longest first: the tokens of each and how it is written."""


@dataclass(frozen=True)
class TermScore:
    """How a term fared: times that it was said, that it was found there, that it was written in all."""

    text: str
    said: int = 0
    found: int = 0
    written: int = 0

    @property
    def recall(self) -> float | None:
        """The share of times that it was said at which it is written."""
        return self.found / self.said if self.said else None

    @property
    def precision(self) -> float | None:
        """The share of times that it is written at which it was said."""
        return self.found / self.written if self.written else None


def known_terms(terms: Iterable[str], rules: Rules = DEFAULT_RULES) -> Known:
    """Terms made ready to be looked for; of two that compare alike the first."""
    spelt = {tokens: term for term in reversed(list(terms)) if (tokens := tokens_of(term, rules))}
    by_first: dict[str, list[tuple[Tokens, str]]] = defaultdict(list)
    for tokens, term in spelt.items():
        by_first[tokens[0]].append((tokens, term))
    return {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in by_first.items()}


def occurrences(tokens: Tokens, known: Known) -> Iterator[tuple[int, int, str]]:
    """Where terms stand, the longest at each place, none over another: first token, the one behind the last, the term.

    >>> list(occurrences(tokens_of("用AI和具身智能"), known_terms(["具身智能", "智能", "AI"])))
    [(1, 2, 'AI'), (3, 7, '具身智能')]
    """
    position = 0
    while position < len(tokens):
        for wanted, term in known.get(tokens[position], ()):
            if tokens[position : position + len(wanted)] == wanted:
                yield position, position + len(wanted), term
                position += len(wanted) - 1
                break
        position += 1


def score_row(row: Row, known: Known) -> dict[str, TermScore]:
    """The terms of one line.

    A term is found where the hypothesis has it too, and its tokens are aligned with those that were said.
    """
    from rapidfuzz.distance import Levenshtein

    said = list(occurrences(row.reference, known))
    written = set(occurrences(row.hypothesis, known))
    if not said and not written:
        return {}
    blocks = Levenshtein.opcodes(list(row.reference), list(row.hypothesis))
    moved = [
        (start + shift, end + shift, term)
        for start, end, term in said
        for block in blocks
        for shift in [block.dest_start - block.src_start]
        if block.tag == "equal" and block.src_start <= start and end <= block.src_end
    ]
    found = Counter(term for start, end, term in moved if (start, end, term) in written)
    times = Counter(term for _, _, term in said)
    everywhere = Counter(term for _, _, term in written)
    return {term: TermScore(term, times[term], found[term], everywhere[term]) for term in {**times, **everywhere}}


def score_terms(rows: Iterable[Row], known: Known) -> tuple[TermScore, ...]:
    """Every term that was said or written, those that were missed most often first."""
    totals: dict[str, TermScore] = {}
    for row in rows:
        for term, score in score_row(row, known).items():
            old = totals.get(term, TermScore(term))
            totals[term] = TermScore(term, old.said + score.said, old.found + score.found, old.written + score.written)
    return tuple(sorted(totals.values(), key=lambda score: (score.found - score.said, -score.said, score.text)))
