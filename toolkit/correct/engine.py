"""From cues and a lexicon to edits: read, search, decide, explain."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.correct.candidates import find_candidates, right_terms
from toolkit.correct.decide import Decision, decide
from toolkit.correct.document import Document, read_document
from toolkit.correct.index import build_index
from toolkit.cues import Cue, Edit, Extra
from toolkit.lexicon import Lexicon
from toolkit.profile import CorrectOptions


def find_edits(cues: Sequence[Cue], lexicon: Lexicon, options: CorrectOptions) -> tuple[Edit, ...]:
    """The edits that repair what was misheard; their offsets run over the heard text of all cues together."""
    if not options.correct or not lexicon.terms:
        return ()
    document = read_document(cues)
    index = build_index(lexicon)
    decisions = decide(
        find_candidates(document, index),
        right_terms(document, index),
        boldness=options.boldness,
        suggest_only=options.suggest_only,
    )
    return tuple(_edit(document, decision) for decision in decisions)


def _edit(document: Document, decision: Decision) -> Edit:
    candidate = decision.candidate
    start, end = document.offsets[candidate.start], document.offsets[candidate.end - 1] + 1
    before = document.heard[start:end]
    return Edit(
        start,
        end,
        before,
        _with_breaks(before, candidate.term.text),
        rule=candidate.rule,
        score=round(decision.score, 3),
        evidence=_evidence(decision),
        applied=decision.applied,
    )


def _with_breaks(before: str, after: str) -> str:
    """The term with the line break of the stretch that it replaces, where both are equally long without it."""
    if "\n" not in before or len(before.replace("\n", "")) != len(after):
        return after
    characters = iter(after)
    return "".join("\n" if char == "\n" else next(characters) for char in before)


def _evidence(decision: Decision) -> Extra:
    """What a person needs to check the decision; facts that do not exist are left out."""
    candidate = decision.candidate
    facts = {
        "heard": candidate.heard,
        "term": candidate.wanted,
        "distance": round(candidate.distance, 3) if candidate.heard else "",
        "known": "listed as misheard for it" if candidate.rule == "alias" else "",
        "near": candidate.near,
        "document": _document(decision),
        "runner-up": decision.runner_up.text if decision.runner_up else "",
        "source": candidate.term.source,
    }
    return tuple((name, value) for name, value in facts.items() if value != "")


def _document(decision: Decision) -> str:
    """What the rest of the document says, in words."""
    said = []
    if decision.stands:
        said.append(f"stands right {decision.stands} ×")
    if decision.alike:
        said.append(f"misheard {decision.alike} × elsewhere")
    return ", ".join(said)
