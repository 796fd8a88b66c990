"""From cues and a lexicon to edits: read, search, decide, explain."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.correct.candidates import Candidate
from toolkit.correct.compiled import load_index
from toolkit.correct.decide import SUGGEST_BELOW, Decision, decide
from toolkit.correct.document import Document, read_document
from toolkit.correct.evidence import evidence
from toolkit.correct.focus import focus
from toolkit.correct.foreign import find_foreign
from toolkit.correct.index import Index
from toolkit.correct.passes import Stretches, repeat
from toolkit.correct.presence import Settled, read_presence, settle, with_certain
from toolkit.correct.script import Scripts, in_its_script, read_scripts, with_own_spelling
from toolkit.correct.sounding import find_soundings
from toolkit.correct.soundings import Soundings, all_soundings
from toolkit.correct.spelled import find_spelled
from toolkit.correct.standing import Standing, find_standing
from toolkit.correct.syllables import find_language_model
from toolkit.correct.weigh import score, threshold
from toolkit.cues import Cue, Edit
from toolkit.lexicon import Lexicon
from toolkit.profile import CorrectOptions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

logger = logging.getLogger(__name__)


def find_edits(cues: Sequence[Cue], lexicon: Lexicon, options: CorrectOptions) -> tuple[Edit, ...]:
    """The edits that repair what was misheard; their offsets run over the heard text of all cues together."""
    if not options.correct or not lexicon.terms:
        return ()
    index = load_index(lexicon)
    return repeat(cues, lambda current, changed: find_pass(current, index, options, changed))


def find_pass(
    cues: Sequence[Cue], index: Index, options: CorrectOptions, changed: Stretches | None = None
) -> tuple[Edit, ...]:
    """The edits that cues need when they are read once, or again where a pass before has ``changed`` them."""
    document = read_document(cues)
    scripts = read_scripts(document, index, options.script)
    if scripts:
        document = with_own_spelling(document, index)
    standing = find_standing(document, index)
    needed = threshold(options.boldness)
    if changed is not None:
        index = focus(document, index, standing, changed)
    candidates = find_candidates(document, index, standing, needed=needed)
    stands = Counter(
        {index.terms[term].text: int(count) for term, count in enumerate(standing.counts(len(index.terms))) if count}
    )
    decisions = decide(candidates, stands, needed=needed, suggest_only=options.suggest_only)
    written = in_its_script(decisions, scripts or Scripts())
    made = (_edit(document, decision, text, needed) for decision, text in written)
    return _spaced(document, [edit for edit in made if edit])


def find_candidates(document: Document, index: Index, standing: Standing, *, needed: float) -> list[Candidate]:
    """All candidates that could be suggested, without those that a word close by forbids."""
    import numpy as np

    model = find_language_model()
    if model is None:
        logger.warning("the language model is missing: corrections rest on sound and lexicon alone")
    spelled = find_spelled(document, index, standing, model)
    certain = [one.place for one in spelled if one.strength >= needed]
    presence = with_certain(read_presence(document, index, standing, model), np.array(certain, dtype=np.int32))
    by_sound = find_soundings(document, index, standing, model, presence)
    found = all_soundings([by_sound, find_foreign(document, index, standing)])
    settled = settle(found, presence)
    strong = settled.strengths >= needed - SUGGEST_BELOW
    return [*spelled, *_candidates(index, found, settled, np.flatnonzero(strong))]


def _candidates(index: Index, found: Soundings, settled: Settled, rows: NDArray[np.int64]) -> Iterator[Candidate]:
    """The stretches in these rows as candidates."""
    arrays = (
        found.matches.starts, found.matches.ends, found.terms, found.matches.entries, settled.strengths,
        found.costs, found.slots, settled.plain, settled.alike,
    )  # fmt: skip
    for values in zip(*(array[rows].tolist() for array in arrays), strict=True):
        start, end, place, entry, strength, cost, slot, plain, alike = values
        sound = index.sounds.syllables[entry, : index.sounds.lengths[entry]].tolist() if entry >= 0 else ()
        yield Candidate(
            start, end, index.terms[place], "sound" if sound else "latin", place, strength, cost, slot,
            loss=slot - plain, alike=alike, near=found.words.get((start, place), ""), sound=tuple(sound),
        )  # fmt: skip


def _edit(document: Document, decision: Decision, text: str, needed: float) -> Edit | None:
    """The edit that writes a text for what was heard; None where the text stands there already."""
    candidate = decision.candidate
    start, end = int(document.offsets[candidate.start]), int(document.offsets[candidate.end - 1]) + 1
    before = document.heard[start:end]
    after = _with_breaks(before, text)
    if after == before:
        return None
    return Edit(
        start,
        end,
        before,
        after,
        rule=candidate.rule,
        score=round(score(candidate.strength, needed), 3),
        evidence=evidence(document, decision, needed),
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
        spaced.append(replace(edit, after=f"{left}{edit.after}{right}") if left or right else edit)
    return tuple(spaced)


def _both_latin(left: str, right: str) -> bool:
    return bool(left and right) and left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _with_breaks(before: str, after: str) -> str:
    """The term with the line break of the stretch that it replaces, where both are equally long without it."""
    if "\n" not in before or len(before.replace("\n", "")) != len(after):
        return after
    characters = iter(after)
    return "".join("\n" if char == "\n" else next(characters) for char in before)
