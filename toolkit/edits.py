"""The edits of a whole transcript: laid across cues, numbered for a person, undone and accepted by number."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from toolkit.cues import Cue, Edit, Transcript, with_edits
from toolkit.cutting import cut_edits, merged


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

    An edit that a person decided about stays, and a new edit that would overlap it is dropped whole. All other old
    edits go. What is inserted exactly at a seam goes to the right cue, or to the left one if it trails.

    Raises:
        ValueError: two new edits overlap, or one does not fit what was heard.
    """
    begins = [0, *accumulate(len(cue.heard) for cue in cues)]
    taken = [
        (begin + edit.start, begin + edit.end, edit.joins_next, edit.trails)
        for cue, begin in zip(cues, begins, strict=False)
        for edit in cue.edits
        if edit.decided
    ]
    free = [edit for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)) if _is_free(edit, taken)]
    dealt = _deal(free, cues, begins[:-1])
    return tuple(
        with_edits(cue, [edit for edit in cue.edits if edit.decided] + new) if cue.edits or new else cue
        for cue, new in zip(cues, dealt, strict=True)
    )


def changes(transcript: Transcript) -> tuple[Change, ...]:
    """All edits of a transcript, numbered from 1 in reading order; the halves of one edit count once."""
    found: list[Change] = []
    reaches = False
    for index, cue in enumerate(transcript.cues):
        for position, edit in enumerate(cue.edits):
            whole = merged(found[-1].edit, edit) if reaches else None
            if whole:
                found[-1] = replace(found[-1], places=(*found[-1].places, (index, position)), edit=whole)
            else:
                found.append(Change(len(found) + 1, ((index, position),), edit))
            reaches = edit.joins_next
        reaches = reaches and bool(cue.edits or not cue.heard)
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


def other_halves(cues: Sequence[Cue], index: int, *, following: bool) -> tuple[int, ...]:
    """The cues behind a cue, or before it, in which the edit over that seam goes on, nearest first.

    In each of them it is the first edit, or the last where they stand before. A cue in which nothing was heard and
    nothing is edited parts no halves: an edit may go on over it.

    >>> cues = lay([Cue(0, 1, "在外"), Cue(1, 2, "壳上")], [Edit(1, 3, "外壳", "WAIC", "alias")])
    >>> other_halves(cues, 0, following=True), other_halves(cues, 0, following=False)
    ((1,), ())
    """
    found: list[int] = []
    half = edge_edit(cues[index], last=following)
    if cues[index].heard and half is None:
        return ()
    for place in range(index + 1, len(cues)) if following else range(index - 1, -1, -1):
        if half and not (half.joins_next if following else half.joins_previous):
            break
        if cues[place].edits or cues[place].heard:
            half = edge_edit(cues[place], last=not following)
            if half is None or not (half.joins_previous if following else half.joins_next):
                break
            found.append(place)
    return tuple(found)


def edge_edit(cue: Cue, *, last: bool) -> Edit | None:
    """The first edit of a cue, or its last; None where it has none."""
    return cue.edits[-1 if last else 0] if cue.edits else None


def _decided(cue: Cue, index: int, chosen: set[tuple[int, int]], applied: bool) -> Cue:
    edits = [
        replace(edit, applied=applied, decided=True) if (index, position) in chosen else edit
        for position, edit in enumerate(cue.edits)
    ]
    return with_edits(cue, edits)


def _is_free(edit: Edit, taken: Sequence[tuple[int, int, bool, bool]]) -> bool:
    """Whether an edit stands clear of all stretches ``(start, end, joins_next, trails)``, which are in order.

    What was inserted behind a word leaves room for a change of what follows.
    """
    index = bisect_left(taken, (edit.start,))
    while edit.before and index < len(taken) and taken[index][:2] == (edit.start, edit.start) and taken[index][3]:
        index += 1
    if index < len(taken) and (taken[index][0] == edit.start or taken[index][0] < edit.end):
        return False
    if index == 0:
        return True
    _, end, goes_on, _ = taken[index - 1]
    return end < edit.start or (end == edit.start and not (goes_on and edit.start == edit.end))


def _deal(edits: Iterable[Edit], cues: Sequence[Cue], begins: Sequence[int]) -> list[list[Edit]]:
    """Edits over all text, dealt to the cues that begin at ``begins``; in each cue's own offsets."""
    dealt: list[list[Edit]] = [[] for _ in cues]
    for edit in edits:
        index = bisect_right(begins, edit.start) - 1
        if index < 0:
            raise ValueError(f"no cue for the edit {edit.as_text()}")
        if edit.trails and edit.start == edit.end == begins[index] and not dealt[index]:
            index = max(bisect_left(begins, edit.start) - 1, 0)
        rest = edit.shifted(-begins[index])
        while index + 1 < len(cues) and rest.end > len(cues[index].heard):
            left, (rest,) = cut_edits((rest,), len(cues[index].heard))
            dealt[index].extend(left)
            index += 1
        dealt[index].append(rest)
    return dealt
