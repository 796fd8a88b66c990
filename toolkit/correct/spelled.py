"""Candidates by spelling: known mistakes, and Latin names that lost their case or their spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.correct.candidates import Candidate, is_forbidden, near_word
from toolkit.correct.document import Document
from toolkit.correct.index import Index
from toolkit.correct.latin import fold
from toolkit.correct.reading import build_lattice, slots, with_context
from toolkit.correct.standing import Standing, stands_alone
from toolkit.correct.weigh import spelled_strength
from toolkit.language_model import LanguageModel
from toolkit.lexicon import Alias, Term
from toolkit.sounds import is_han

ANY_TERM = -5.5
"""log10 probability of some term where the document is not asked."""


def find_spelled(document: Document, index: Index, standing: Standing, model: LanguageModel | None) -> list[Candidate]:
    """Candidates by aliases and by Latin spelling, with their strength, that leave what stands right whole."""
    import numpy as np

    aliases = list(find_aliases(document, index))
    gains = _gains(document, aliases, model) if model else [0.0] * len(aliases)
    found = [replace(one, gain=gain) for one, gain in zip(aliases, gains, strict=True)]
    found += find_latin(document, index)
    starts, ends = (np.array([getattr(one, side) for one in found], dtype=np.int32) for side in ("start", "end"))
    broken = standing.damaged(starts, ends) | (standing.guarded[ends] > standing.guarded[starts])
    broken |= document.cuts[starts] | document.cuts[ends]
    return [
        replace(one, strength=spelled_strength(one), place=index.place(one.term))
        for one, harm in zip(found, broken.tolist(), strict=True)
        if not harm and not is_forbidden(document, one.start, one.end, one.term.never)
    ]


def _gains(document: Document, candidates: Sequence[Candidate], model: LanguageModel) -> list[float]:
    """What the context of each gains, 0 for those that are not all Chinese."""
    import numpy as np

    starts, ends = (np.array([getattr(one, side) for one in candidates], dtype=np.int32) for side in ("start", "end"))
    chinese = [all(map(is_han, document.text[one.start : one.end])) for one in candidates]
    gains = np.zeros(len(candidates))
    some = np.flatnonzero(chinese)
    if len(some):
        spans = with_context(document, starts[some], ends[some])
        gains[some] = slots(build_lattice(document, model, spans), spans) + ANY_TERM
    return [float(gain) for gain in gains]


def find_aliases(document: Document, index: Index) -> Iterator[Candidate]:
    """Every stretch that is listed as a mistake for a term, where the words around permit it."""
    if not index.aliases:
        return
    folded = fold(document.text)
    heads = {alias[:2] for alias in index.aliases}
    for first in re.finditer(f"[{re.escape(''.join({alias[0] for alias in index.aliases}))}]", folded):
        start = first.start()
        if folded[start : start + 2] not in heads and folded[start] not in heads:
            continue
        for length in index.alias_lengths:
            end = start + length
            for term, alias in index.aliases.get(folded[start:end], ()) if end <= len(folded) else ():
                if stands_alone(folded, start, end) and document.text[start:end] != term.text:
                    yield from _alias(document, (start, end), term, alias)


def find_latin(document: Document, index: Index) -> Iterator[Candidate]:
    """Latin names whose case or spacing was lost, in lines that are not plain English."""
    if not (index.latin or index.exact):
        return
    for start, end in document.latin_stretches:
        heard = document.text[start:end]
        if term := index.named(heard):
            yield Candidate(start, end, term, "latin", near=near_word(document, start, end, term.near))


def _alias(document: Document, stretch: tuple[int, int], term: Term, alias: Alias) -> Iterator[Candidate]:
    start, end = stretch
    near = near_word(document, start, end, alias.near)
    if (not alias.near or near) and not is_forbidden(document, start, end, alias.never):
        yield Candidate(start, end, term, "alias", near=near)
