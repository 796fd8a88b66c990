"""Why an edit was made or only suggested, as facts that a person can check."""

from __future__ import annotations

from toolkit.correct.candidates import Candidate
from toolkit.correct.decide import Decision
from toolkit.correct.document import Document
from toolkit.correct.search import UNUSUAL
from toolkit.correct.syllables import load_syllables
from toolkit.cues import Extra, Value

NOTHING = "–"
"""Stands for the syllable that is missing on one side."""


def evidence(document: Document, decision: Decision, needed: float) -> Extra:
    """The facts behind a decision, in the order in which they are read; those that do not exist are left out.

    ``context``, ``change`` and ``likely`` add up to ``strength``, all in log10: what the language model gains, what the
    difference in sound and the loss of what was heard take away, and how likely the term is here.
    """
    candidate = decision.candidate
    rival = decision.runner_up
    facts: dict[str, Value] = {**_sounds(document, candidate), **_sum(candidate, needed)}
    if candidate.rule == "alias":
        facts["known"] = "listed as misheard for it"
    facts["near"] = candidate.near
    facts["document"] = _document(decision)
    facts["runner-up"] = f"{rival.term.text} {rival.strength:.1f}" if rival else ""
    facts["source"] = candidate.term.source
    facts["reason"] = decision.reason
    return tuple((name, value) for name, value in facts.items() if value != "")


def align(document: Document, candidate: Candidate) -> list[tuple[str, str, float]]:
    """What was heard and what was meant, syllable by syllable, and what each pair costs; `NOTHING` faces a gap.

    The characters are read as they come nearest to the term.
    """
    heard: list[int | None] = list(range(candidate.start, candidate.end))
    meant: list[int | None] = list(candidate.sound)
    shorter, longer = sorted((heard, meant), key=len)
    ways = [(heard, meant)] if len(heard) == len(meant) else []
    for gap in range(len(longer) if not ways else 0):
        filled = [*shorter[:gap], None, *shorter[gap:]]
        ways.append((heard, filled) if shorter is meant else (filled, meant))
    rows = [[_pair(document, *pair) for pair in zip(*way, strict=True)] for way in ways]
    return min(rows, key=lambda way: sum(cost for _, _, cost in way))


def _pair(document: Document, place: int | None, wanted: int | None) -> tuple[str, str, float]:
    """A heard and a meant syllable with their distance, either of which may be missing."""
    table = load_syllables()
    if place is None:
        return NOTHING, table.syllables[wanted or 0].pinyin, 0.0
    readings = [int(number) for number in document.sounds[:, place] if number]
    if wanted is None:
        return table.syllables[readings[0]].pinyin, NOTHING, 0.0
    costs = [float(table.costs[number, wanted]) + UNUSUAL * (rank > 0) for rank, number in enumerate(readings)]
    nearest = costs.index(min(costs))
    return table.syllables[readings[nearest]].pinyin, table.syllables[wanted].pinyin, costs[nearest]


def _sounds(document: Document, candidate: Candidate) -> dict[str, Value]:
    if not candidate.sound:
        return {"distance": round(candidate.cost, 3)} if candidate.cost else {}
    heard, meant, costs = zip(*align(document, candidate), strict=True)
    return {
        "heard": " ".join(heard),
        "term": " ".join(meant),
        "apart": " ".join("0" if cost < 0.005 else f"{cost:.2f}" for cost in costs),
        "distance": round(candidate.cost / len(candidate.sound), 3),
    }


def _sum(candidate: Candidate, needed: float) -> dict[str, Value]:
    if candidate.rule not in ("sound", "latin") or (not candidate.loss and not candidate.gain):
        return {"context": round(candidate.gain, 1)} if candidate.gain else {}
    context, change, strength = round(candidate.gain, 1), round(0.0 - candidate.loss, 1), round(candidate.strength, 1)
    likely = round(strength - context - change, 1)
    return {"context": context, "change": change, "likely": likely, "strength": strength, "needed": round(needed, 1)}


def _document(decision: Decision) -> str:
    """What the rest of the document says, in words."""
    said = []
    if decision.stands:
        said.append(f"stands right {decision.stands} ×")
    if decision.candidate.alike >= 0.5:
        said.append(f"misheard {decision.candidate.alike:.0f} × elsewhere")
    return ", ".join(said)
