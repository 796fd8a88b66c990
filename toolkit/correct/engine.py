"""From cues and a lexicon to edits: read, search, decide, explain."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from toolkit.correct.candidates import Candidate, is_forbidden
from toolkit.correct.context import Context
from toolkit.correct.decide import SUGGEST_BELOW, Decision, decide
from toolkit.correct.document import Document, read_document
from toolkit.correct.evidence import evidence
from toolkit.correct.index import Index, build_index
from toolkit.correct.search import Standing, damaged, find_standing
from toolkit.correct.sounding import find_sounding
from toolkit.correct.spelled import find_aliases, find_latin
from toolkit.correct.syllables import find_language_model
from toolkit.correct.weigh import score, threshold
from toolkit.cues import Cue, Edit
from toolkit.lexicon import Lexicon
from toolkit.profile import CorrectOptions

logger = logging.getLogger(__name__)


def find_edits(cues: Sequence[Cue], lexicon: Lexicon, options: CorrectOptions) -> tuple[Edit, ...]:
    """The edits that repair what was misheard; their offsets run over the heard text of all cues together."""
    if not options.correct or not lexicon.terms:
        return ()
    document = read_document(cues)
    index = build_index(lexicon)
    standing = find_standing(document, index)
    needed = threshold(options.boldness)
    candidates = find_candidates(document, index, standing, least=needed - SUGGEST_BELOW)
    stands = Counter(index.terms[one.term].text for one in standing)
    decisions = decide(candidates, stands, needed=needed, size=len(document.text), suggest_only=options.suggest_only)
    return _spaced(document, [_edit(document, decision, needed) for decision in decisions])


def find_candidates(document: Document, index: Index, standing: Sequence[Standing], *, least: float) -> list[Candidate]:
    """All candidates that could reach the strength ``least``, without those that a word close by forbids."""
    model = find_language_model()
    if model is None:
        logger.warning("the language model is missing: corrections rest on sound and lexicon alone")
    context = None if model is None else Context(document, model, tuple(standing))
    spelled = [*find_aliases(document, index, context), *find_latin(document, index)]
    found = [
        *_harmless(document, spelled, standing),
        *find_sounding(document, index, standing, context, threshold=least),
    ]
    return [one for one in found if not is_forbidden(document, one.start, one.end, one.term.never)]


def _harmless(document: Document, candidates: Sequence[Candidate], standing: Sequence[Standing]) -> list[Candidate]:
    """The candidates that leave every longer term whole that stands right."""
    import numpy as np

    starts, ends = (np.array([getattr(one, side) for one in candidates], dtype=np.int32) for side in ("start", "end"))
    broken = damaged(starts, ends, standing, len(document.text))
    return [one for one, harm in zip(candidates, broken.tolist(), strict=True) if not harm]


def _edit(document: Document, decision: Decision, needed: float) -> Edit:
    candidate = decision.candidate
    start, end = document.offsets[candidate.start], document.offsets[candidate.end - 1] + 1
    before = document.heard[start:end]
    return Edit(
        start,
        end,
        before,
        _with_breaks(before, candidate.term.text),
        rule=candidate.rule,
        score=round(score(decision.strength, needed), 3),
        evidence=evidence(document, decision),
        applied=decision.applied,
    )


def _spaced(document: Document, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits with a space where a Latin term would touch a Latin word before or after it."""
    spaced: list[Edit] = []
    for place, edit in enumerate(edits):
        before = document.heard[max(0, edit.start - 1) : edit.start]
        if spaced and spaced[-1].end == edit.start:
            before = (spaced[-1].after if spaced[-1].applied else spaced[-1].before)[-1:]
        after = document.heard[edit.end : edit.end + 1]
        follows = place + 1 < len(edits) and edits[place + 1].start == edit.end
        left = " " if _both_latin(before, edit.after[:1]) else ""
        right = " " if _both_latin(edit.after[-1:], after) and not follows else ""
        spaced.append(replace(edit, after=f"{left}{edit.after}{right}"))
    return tuple(spaced)


def _both_latin(left: str, right: str) -> bool:
    return bool(left and right) and left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _with_breaks(before: str, after: str) -> str:
    """The term with the line break of the stretch that it replaces, where both are equally long without it."""
    if "\n" not in before or len(before.replace("\n", "")) != len(after):
        return after
    characters = iter(after)
    return "".join("\n" if char == "\n" else next(characters) for char in before)
