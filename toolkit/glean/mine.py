"""Terms worth having, found in one transcript without a lexicon, and in documents whose spelling is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.correct.syllables import find_language_model
from toolkit.cues import Cue
from toolkit.glean.clusters import find_clusters
from toolkit.glean.foreign import find_foreign_names
from toolkit.glean.proposals import Proposal, example, tally
from toolkit.glean.readings import Reading, costs, read
from toolkit.glean.repeats import find_repeats
from toolkit.lexicon import Lexicon

CLOSE = 0.1
"""The mean distance of a syllable at which a spelling in a document is that of a cluster."""

QUOTED = re.compile(r"《([^《》\n]{2,20})》|「([^「」\n]{2,20})」|“([^“”\n]{2,20})”")
"""What a document sets in quotes: titles and terms."""

LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-+.&][A-Za-z0-9+]+)*\+?(?: [A-Z][A-Za-z0-9]+){0,3}")
"""A Latin name: a word with its digits and signs, and the capitalised words behind it."""


def mine(cues: Sequence[Cue], *, right: Sequence[Cue] = (), known: Lexicon | None = None) -> list[Proposal]:
    """The terms that a transcript proposes, the likeliest first.

    ``right`` are texts whose spelling is right: an agenda, slides, a description. Their terms are proposed too, and
    lend their spelling to what sounds like them. What is in ``known`` already is left out.
    """
    model = find_language_model()
    heard = read(cues)
    clusters = [*find_clusters(heard, model), *find_foreign_names(heard)]
    inside = [spelling for one in clusters for spelling, _ in one.variants]
    repeats = [one for one in find_repeats(heard, model) if not any(one.text in spelling for spelling in inside)]
    found = [*clusters, *repeats]
    for text in (right, [Cue(None, None, "，".join(term.text for term in known.terms))] if known else ()):
        if text:
            document = read(text)
            found = [_spelled(one, document) for one in found]
    found += find_in_document(read(right), known) if right else ()
    merged: dict[str, Proposal] = {}
    for one in sorted(found, key=lambda one: -one.score):
        if known is None or one.text not in known or any(spelling != one.text for spelling, _ in one.variants):
            merged.setdefault(one.text.casefold(), one)
    return list(merged.values())


def find_in_document(document: Reading, known: Lexicon | None = None) -> Iterator[Proposal]:
    """The names and terms of a text that is spelled right: quoted, Latin, or read as no words of the language."""
    from toolkit.english import is_english

    spellings: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    for pattern in (QUOTED, LATIN):
        for found in pattern.finditer(document.text):
            text = next(filter(None, found.groups()), found[0])
            if pattern is LATIN and (len(text) < 2 or (text.islower() and is_english(text))):
                continue
            spellings.append(text)
            places.setdefault(text, found.span())
    for text, times in tally(spellings):
        if known is None or text not in known:
            examples = (example(document.text, *places[text]),)
            yield Proposal(text, ((text, times),), "document", 8.0 + times, examples=examples)
    for one in find_repeats(document, find_language_model()):
        yield replace(one, kind="document")


def _spelled(proposal: Proposal, document: Reading) -> Proposal:
    """The proposal in the spelling of a document, where that has a stretch of the same sound."""
    import numpy as np

    spelling = proposal.text
    if spelling in document.text or not len(document.text):
        return proposal
    sounds = read([Cue(None, None, spelling)]).sounds
    size = len(document.text) - len(sounds) + 1
    if size < 1 or not sounds.all():
        return proposal
    table = costs()
    total = np.zeros(size, dtype=np.float32)
    for offset, number in enumerate(sounds.tolist()):
        there = document.sounds[offset : offset + size]
        total += np.where(there == 0, 1, table[there, number])
    start = int(total.argmin())
    if total[start] > CLOSE * len(sounds):
        return proposal
    end = start + len(sounds)
    distance = round(float(total[start]) / len(sounds), 3)
    more = example(document.text, start, end)
    return replace(proposal, text=document.text[start:end], distance=distance, examples=(more, *proposal.examples))
