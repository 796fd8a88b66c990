"""The edits of a whole transcript: laid across cues, numbered for a person, undone and accepted by number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from toolkit.cues import Cue, Edit, Transcript, with_edits
from toolkit.cutting import cut_edits


@dataclass(frozen=True)
class Change:
    """One numbered change as a person sees it: over a seam its halves stand in several cues.

    ``places`` are pairs of cue index and index of the edit within that cue, in order.
    """

    number: int
    places: tuple[tuple[int, int], ...]
    edit: Edit
    """The change as one: both halves' text, offsets of the first half's cue."""


def lay(cues: Sequence[Cue], edits: Iterable[Edit]) -> tuple[Cue, ...]:
    """Lay edits whose offsets run over all cues' heard text, splitting those that stand across a seam.

    An edit that a person decided about stays, and a new edit that would overlap it is dropped. All other old edits go.
    """
    waiting = tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))
    laid: list[Cue] = []
    for cue in cues:
        mine, waiting = cut_edits(waiting, len(cue.heard))
        kept = [edit for edit in cue.edits if edit.decided]
        new = [edit for edit in mine if not any(_overlap(edit, old) for old in kept)]
        laid.append(with_edits(cue, kept + new))
    return _without_widows(laid)


def changes(transcript: Transcript) -> tuple[Change, ...]:
    """All edits of a transcript, numbered from 1 in reading order; the halves of one edit count once."""
    found: list[Change] = []
    for index, cue in enumerate(transcript.cues):
        for position, edit in enumerate(cue.edits):
            place = (index, position)
            if edit.joins_previous and found and found[-1].edit.joins_next:
                found[-1] = _extended(found[-1], place, edit)
            else:
                found.append(Change(len(found) + 1, (place,), edit))
    return tuple(found)


def decide(transcript: Transcript, numbers: Iterable[int], *, applied: bool) -> Transcript:
    """Accept (``applied=True``) or undo numbered edits, as a person's decision that later runs respect.

    Raises:
        KeyError: a number that no edit has.
    """
    known = {change.number: change for change in changes(transcript)}
    chosen = {place for number in numbers for place in known[number].places}
    cues = tuple(_decided(cue, index, chosen, applied) for index, cue in enumerate(transcript.cues))
    return replace(transcript, cues=cues)


def _extended(change: Change, place: tuple[int, int], edit: Edit) -> Change:
    whole = replace(
        change.edit,
        end=change.edit.end + len(edit.before),
        before=change.edit.before + edit.before,
        after=change.edit.after + edit.after,
        joins_next=edit.joins_next,
    )
    return replace(change, places=(*change.places, place), edit=whole)


def _decided(cue: Cue, index: int, chosen: set[tuple[int, int]], applied: bool) -> Cue:
    edits = [
        replace(edit, applied=applied, decided=True) if (index, position) in chosen else edit
        for position, edit in enumerate(cue.edits)
    ]
    return with_edits(cue, edits)


def _overlap(one: Edit, other: Edit) -> bool:
    return (one.start < other.end and other.start < one.end) or one.start == other.start


def _without_widows(cues: list[Cue]) -> tuple[Cue, ...]:
    """Drop halves whose other half gave way to a person's decision."""
    kept: list[Cue] = []
    for index, cue in enumerate(cues):
        before = cues[index - 1].edits[-1:] if index else ()
        after = cues[index + 1].edits[:1] if index + 1 < len(cues) else ()
        has_left = bool(before and before[0].joins_next)
        has_right = bool(after and after[0].joins_previous)
        edits = [
            edit
            for edit in cue.edits
            if edit.decided or ((has_left or not edit.joins_previous) and (has_right or not edit.joins_next))
        ]
        kept.append(with_edits(cue, edits))
    return tuple(kept)
