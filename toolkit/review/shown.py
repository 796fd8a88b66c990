"""A cue as the page gets it: its text in pieces, its edits with their evidence, and whether it asks for attention."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from math import exp, log
from typing import Any

from toolkit.cues import PERSON, Cue, Edit, with_extra
from toolkit.formats.jsonl import cue_to_json
from toolkit.invented import RULE

CHECKED = "review.checked"
"""The name in ``extra`` under which a person notes that a cue is right as it is."""

SURE = 0.9
"""An edit that nobody decided about is doubtful below this score."""

UNSURE = 0.5
"""A cue is doubtful where the geometric mean of its words' probabilities is below this."""


@dataclass(frozen=True)
class Entry:
    """A cue on the desk; ``id`` stays the same while the server runs."""

    id: int
    cue: Cue

    @cached_property
    def line(self) -> str:
        """The cue's line in the record."""
        return json.dumps(cue_to_json(self.cue), ensure_ascii=False) + "\n"

    @cached_property
    def version(self) -> str:
        """A name for the cue's content: who changes it must have seen it so."""
        return sha256(self.line.encode(errors="surrogatepass")).hexdigest()[:12]

    @cached_property
    def shown(self) -> str:
        """The cue as JSON for the page."""
        return json.dumps(_shown(self))


def doubtful(edit: Edit) -> bool:
    """Whether an edit waits for a person: a suggestion, a change that is not sure, a cue that was taken out.

    >>> doubtful(Edit(0, 1, "在", "再", rule="sound", score=0.6))
    True
    """
    if edit.decided or edit.rule == PERSON:
        return False
    return not edit.applied or edit.score < SURE or edit.rule == RULE


def attention(cue: Cue) -> str:
    """Why a cue asks for attention: ``edit``, ``words`` (that the recogniser was unsure of); empty where it does not.

    A person's mark that the cue is right answers the second.
    """
    if any(map(doubtful, cue.edits)):
        return "edit"
    probs = [word.prob for word in cue.words if word.prob is not None]
    if not probs or cue.get(CHECKED) or any(edit.rule == PERSON for edit in cue.edits):
        return ""
    return "words" if exp(sum(log(max(prob, 1e-6)) for prob in probs) / len(probs)) < UNSURE else ""


def checked(cue: Cue, *, on: bool) -> Cue:
    """The cue with or without a person's mark that it is right."""
    from dataclasses import replace

    return replace(cue, extra=with_extra(cue.extra, **{CHECKED: True if on else None}))


def _shown(entry: Entry) -> dict[str, Any]:
    cue = entry.cue
    shown: dict[str, Any] = {"id": entry.id, "v": entry.version, "text": cue.text}
    if cue.timed:
        shown |= {"start": cue.start, "end": cue.end}
    if cue.edits:
        shown["pieces"] = _pieces(cue)
    why = attention(cue)
    return {
        **shown,
        **({"why": why} if why else {}),
        **({"checked": True} if cue.get(CHECKED) else {}),
        **({"translation": cue.translation} if cue.translation else {}),
    }


def _pieces(cue: Cue) -> list[Any]:
    """What was heard, with each edit, applied or not, in its place."""
    found: list[Any] = []
    position = 0
    for number, edit in enumerate(cue.edits):
        if edit.start > position:
            found.append(cue.heard[position : edit.start])
        found.append(_edit(number, edit))
        position = edit.end
    return [*found, cue.heard[position:]] if position < len(cue.heard) else found


def _edit(number: int, edit: Edit) -> dict[str, Any]:
    return {
        "edit": number,
        "before": edit.before,
        "after": edit.after,
        "rule": edit.rule,
        "score": edit.score,
        "on": edit.applied,
        "decided": edit.decided,
        "doubt": doubtful(edit),
        "evidence": [[name, str(value)] for name, value in edit.evidence],
    }
