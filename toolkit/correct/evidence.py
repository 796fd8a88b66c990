"""Why an edit was made, as facts that a person can check."""

from __future__ import annotations

from toolkit.correct.decide import Decision
from toolkit.correct.document import Document
from toolkit.correct.syllables import load_syllables
from toolkit.cues import Extra, Value


def evidence(document: Document, decision: Decision) -> Extra:
    """The facts behind a decision, in the order in which they are read; those that do not exist are left out."""
    candidate = decision.candidate
    facts: dict[str, Value] = {}
    if candidate.rule == "sound":
        facts["heard"] = _spelt_as_heard(document, candidate.start, candidate.end)
        facts["term"] = _spelt(candidate.sound)
        facts["distance"] = round(candidate.cost / len(candidate.sound), 3)
    if candidate.rule == "alias":
        facts["known"] = "listed as misheard for it"
    if candidate.gain:
        facts["context"] = round(candidate.gain, 1)
    facts["near"] = candidate.near
    facts["document"] = _document(decision)
    facts["runner-up"] = decision.runner_up.text if decision.runner_up else ""
    facts["source"] = candidate.term.source
    return tuple((name, value) for name, value in facts.items() if value != "")


def _spelt_as_heard(document: Document, start: int, end: int) -> str:
    return _spelt(tuple(document.sounds[0, start:end].tolist()))


def _spelt(numbers: tuple[int, ...]) -> str:
    syllables = load_syllables().syllables
    return " ".join(syllables[number].pinyin for number in numbers)


def _document(decision: Decision) -> str:
    """What the rest of the document says, in words."""
    said = []
    if decision.stands:
        said.append(f"stands right {decision.stands} ×")
    if decision.alike:
        said.append(f"misheard {decision.alike} × elsewhere")
    return ", ".join(said)
