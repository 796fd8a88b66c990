"""Stretches that read as no words and come again: terms that the language model does not know, heard right or wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log2
from statistics import median

from toolkit.glean.clusters import Span, cuts, made_of_words, soft
from toolkit.glean.proposals import Proposal, example
from toolkit.glean.readings import Reading
from toolkit.language_model import LanguageModel

ODD = 2.0
"""How ill a stretch must read at the half of its places."""

OWN = 2
"""So many different characters must stand before it, and behind it, or it is part of a longer stretch."""


FIRST = "请好有会能要为以可"
"""Characters that begin a phrase rather than a term."""


def find_repeats(reading: Reading, model: LanguageModel | None, *, least: int = 2) -> Iterator[Proposal]:
    """Stretches that stand there so often at least, the likeliest first, none over another."""
    places: dict[str, list[Span]] = defaultdict(list)
    for start, end in reading.odd:
        places[reading.text[start:end]].append((start, end))
    scores: dict[str, float] = {}
    for text, spans in places.items():
        odd = median(reading.odd[span] for span in spans) if len(spans) >= least else 0.0
        if odd >= ODD and _whole(reading, text, spans, model):
            scores[text] = odd + 2 * log2(len(spans)) - 6 * cuts(reading, *spans[0], model)
    taken: set[int] = set()
    for text in sorted(scores, key=lambda one: (-scores[one], -len(one))):
        spans = places[text]
        covered = {place for span in spans for place in range(*span)}
        if scores[text] > 0 and 3 * len(covered & taken) <= len(covered):
            taken |= covered
            examples = tuple(example(reading.text, *span) for span in spans[:2])
            yield Proposal(text, ((text, len(spans)),), "repeated", round(scores[text], 2), examples=examples)


def _whole(reading: Reading, text: str, spans: list[Span], model: LanguageModel | None) -> bool:
    """Whether a stretch begins and ends by itself: other characters stand around it at its places."""
    if text[0] in FIRST or soft(text, model) or made_of_words(text, model):
        return False
    before = Counter(reading.text[start - 1 : start] for start, _ in spans)
    behind = Counter(reading.text[end : end + 1] for _, end in spans)
    return len(before) >= OWN and len(behind) >= OWN
