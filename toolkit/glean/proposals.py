"""A term proposed for a lexicon: how it is written, how else it was heard, and what speaks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.lexicon import Alias, Term

AROUND = 8
"""Characters shown on either side of an example."""


@dataclass(frozen=True)
class Proposal:
    """A term, the spellings that it was heard as with how often each stands there, and where, as examples.

    ``kind`` is ``sound`` for spellings that sound alike, ``latin`` for a Latin name and how it was written in Chinese,
    ``repeated`` for what reads as no word and comes again, ``edited`` for what an editor changed,
    ``document`` for what a document tells. ``distance`` is the mean distance of a
    syllable between the spellings, from 0 to 1; ``score`` ranks.
    ``false_hits`` counts places of a background text at which an alias would fire although the term is not meant.
    """

    text: str
    variants: tuple[tuple[str, int], ...]
    kind: str
    score: float
    distance: float = 0.0
    examples: tuple[str, ...] = ()
    false_hits: int = 0

    @property
    def count(self) -> int:
        """How often it stands there, in all spellings."""
        return sum(times for _, times in self.variants)

    def as_term(self) -> Term:
        """The term as a lexicon has it, with its other spellings as aliases."""
        aliases = tuple(Alias(spelling) for spelling, _ in self.variants if spelling != self.text)
        return Term(self.text, aliases=aliases)


def tally(spellings: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Spellings with how often each stands there, the commonest first.

    >>> tally(["聚生智能", "聚身智能", "聚生智能"])
    (('聚生智能', 2), ('聚身智能', 1))
    """
    return tuple(Counter(spellings).most_common())


def example(text: str, start: int, end: int) -> str:
    """A stretch with what stands around it, in one line.

    >>> example("标志着聚生智能的崛起", 3, 7)
    '标志着[聚生智能]的崛起'
    """
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return f"{before}[{text[start:end]}]{after}".replace("\n", "/")
