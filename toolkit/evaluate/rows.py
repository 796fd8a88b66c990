"""A transcript laid beside its reference: for each line of the reference what stands there in the other text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

from toolkit.breaks import visible
from toolkit.cues import Cue, Transcript
from toolkit.evaluate.normal import DEFAULT_RULES, Rules, Tokens, tokens_of

NEAR = 500
"""Milliseconds by which the cues of two files may be apart and still be the same cues."""


@dataclass(frozen=True)
class Row:
    """One line of the reference, what the hypothesis has there, and what was heard before it was corrected, if known.

    ``cue`` is the cue of the reference, ``first`` the number of the first token within the whole hypothesis.
    """

    reference: Tokens
    hypothesis: Tokens
    heard: Tokens | None = None
    cue: Cue | None = None
    first: int = 0


@dataclass(frozen=True)
class Document:
    """Two texts laid beside each other; ``cues`` are those of the hypothesis, ``rules`` what they were compared by."""

    name: str
    rows: tuple[Row, ...]
    cues: tuple[Cue, ...] = ()
    rules: Rules = DEFAULT_RULES


def cue_tokens(cue: Cue, rules: Rules = DEFAULT_RULES) -> Tokens:
    """The tokens of what a cue shows, without tags of its format."""
    return tokens_of(visible(cue.text), rules)


def document_of(
    reference: Transcript,
    hypothesis: Transcript,
    *,
    before: Transcript | None = None,
    rules: Rules = DEFAULT_RULES,
) -> Document:
    """Two transcripts laid beside each other, in lines of the reference.

    Cues are paired one by one where both have the same; else both texts are aligned as a whole, and the hypothesis is
    cut where the lines of the reference end. Without ``before``, edits in the hypothesis tell what was heard.

    >>> texts = (Transcript("", (Cue(None, None, text),)) for text in ("具身智能", "聚身智能"))
    >>> document_of(*texts).rows[0].hypothesis
    ('聚', '身', '智', '能')
    """
    lines = [cue_tokens(cue, rules) for cue in reference.cues]
    found = _beside(reference, lines, hypothesis, rules)
    edited = any(cue.edits for cue in hypothesis.cues)
    heard = before or (_as_heard(hypothesis) if edited else None)
    earlier = _beside(reference, lines, heard, rules) if heard else [None] * len(lines)
    firsts = accumulate(map(len, found), initial=0)
    columns = zip(lines, found, earlier, reference.cues, firsts, strict=False)
    return Document(hypothesis.source, tuple(Row(*values) for values in columns), hypothesis.cues, rules)


def cut_alike(lines: Sequence[Tokens], tokens: Tokens) -> list[Tokens]:
    """``tokens`` cut where the lines end that they are aligned with; what is inserted at a seam stays on its left.

    >>> cut_alike([("a", "b"), ("c",)], ("a", "x", "c", "d"))
    [('a', 'x'), ('c', 'd')]
    """
    from rapidfuzz.distance import Levenshtein

    flat = list(chain.from_iterable(lines))
    places = [0] * (len(flat) + 1)
    for block in Levenshtein.opcodes(flat, list(tokens)):
        if block.tag == "insert":
            places[block.src_start] = block.dest_end
        for step in range(block.src_start, block.src_end):
            places[step + 1] = (
                block.dest_start if block.tag == "delete" else block.dest_start + step + 1 - block.src_start
            )
    bounds = [0, *(places[end] for end in list(accumulate(map(len, lines)))[:-1]), len(tokens)]
    return [tuple(tokens[first:last]) for first, last in pairwise(bounds)]


def _beside(reference: Transcript, lines: Sequence[Tokens], other: Transcript, rules: Rules) -> list[Tokens]:
    found = [cue_tokens(cue, rules) for cue in other.cues]
    if _same_cues(reference.cues, other.cues) or not lines:
        return found if lines else []
    return cut_alike(lines, tuple(chain.from_iterable(found)))


def _same_cues(cues: Sequence[Cue], others: Sequence[Cue]) -> bool:
    """Whether both have the same cues: as many, and beginning within `NEAR` of each other where they are timed."""
    if len(cues) != len(others):
        return False
    pairs = zip(cues, others, strict=True)
    return all(abs((cue.start or 0) - (other.start or 0)) <= NEAR for cue, other in pairs if cue.timed and other.timed)


def _as_heard(transcript: Transcript) -> Transcript:
    return Transcript(transcript.source, tuple(Cue(cue.start, cue.end, cue.heard) for cue in transcript.cues))
