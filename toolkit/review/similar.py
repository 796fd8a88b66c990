"""The other places that a decision may be meant for: the same edit, the same text, and what sounds the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from toolkit.cues import Cue, pieces
from toolkit.review.shown import Entry
from toolkit.sounds import all_readings

LEAST_SOUNDS = 2
"""Syllables that a text must have to be looked for by its sound."""


def similar(entries: Sequence[Entry], before: str, after: str) -> list[dict[str, Any]]:
    """Cues in which ``after`` may be meant where ``before`` was heard: each with its text now and then, and why.

    With ``edit`` there is the number of an edit to accept, else the text is to be typed. Nothing that a person decided
    is among them.

    >>> (place,) = similar([Entry(0, Cue(0, 900, "请聚声智能上台"))], "聚生智能", "具身智能")
    >>> place["then"], place["why"]
    ('请具身智能上台', 'sound')
    """
    before, after = before.strip(), after.strip()
    if not before or not after or before == after:
        return []
    wanted = _sounds(before)
    places = (_place(entry, before, after, wanted) for entry in entries)
    return [place for place in places if place]


def _place(entry: Entry, before: str, after: str, wanted: tuple[str, ...]) -> dict[str, Any] | None:
    cue = entry.cue
    known = {"id": entry.id, "v": entry.version, "text": cue.text, "start": cue.start}
    for number, edit in enumerate(cue.edits):
        if not edit.applied and not edit.decided and (edit.before.strip(), edit.after.strip()) == (before, after):
            return {**known, "why": "edit", "edit": number, "then": after}
    plain = [piece.text for piece in pieces(cue) if not piece.edit]
    if any(before in text for text in plain):
        return {**known, "why": "text", "found": before, "then": _replaced(cue, before, after)}
    found = next((stretch for text in plain for stretch in _sounding(text, wanted) if stretch != after), "")
    return {**known, "why": "sound", "found": found, "then": _replaced(cue, found, after)} if found else None


def _replaced(cue: Cue, found: str, after: str) -> str:
    """The cue's text with ``after`` in place of what was found, outside edits."""
    return "".join(piece.text if piece.edit else piece.text.replace(found, after) for piece in pieces(cue))


def _sounding(text: str, wanted: tuple[str, ...]) -> Iterator[str]:
    """The stretches of a text whose characters are commonly read as ``wanted``, tones aside."""
    if len(wanted) < LEAST_SOUNDS or "" in wanted:
        return
    sounds = _sounds(text)
    for at in range(len(sounds) - len(wanted) + 1):
        if sounds[at] == wanted[0] and sounds[at : at + len(wanted)] == wanted:
            yield text[at : at + len(wanted)]


def _sounds(text: str) -> tuple[str, ...]:
    """The commonest reading of each character, without its tone; empty for what is not Chinese."""
    return tuple(found[0].pinyin if (found := all_readings(char)) else "" for char in text)
