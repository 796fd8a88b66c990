"""A person's decisions about edits, carried from an earlier result to cues that were heard, or cut, anew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from toolkit.cues import Cue, Edit, Transcript
from toolkit.edits import changes, lay

CONTEXT = ((12, 12), (6, 6), (3, 3), (6, 0), (0, 6))
"""How many letters before and behind a decision must agree where the text has changed, tried in this order."""


@dataclass(frozen=True)
class Carried:
    """Cues with the decisions laid on them, and those decisions whose place was not found again."""

    cues: tuple[Cue, ...]
    lost: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class _Document:
    """All that was heard as one text; ``letters`` is it without white space, ``places`` where each letter stands."""

    heard: str
    letters: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class _Pair:
    """An old and a new document, and how many letters agree from the beginning and from the end."""

    old: _Document
    new: _Document
    head: int
    tail: int


def carry(cues: Sequence[Cue], earlier: Sequence[Cue]) -> Carried:
    """Lay a person's decisions about ``earlier`` cues on new ones that say the same, however either is cut.

    White space does not count, since joining cues may add it. Decisions that the new cues bring along win; of their
    other edits those stay that no decision overlaps.
    """
    pair = _pair(_document(earlier), _document(cues))
    found: list[Edit] = []
    lost: list[Edit] = []
    for edit in filter(lambda edit: edit.decided, _edits(earlier)):
        span = _span(pair, edit) if cues else None
        before = pair.new.heard[span[0] : span[1]] if span else ""
        if span is None or (found and span[0] < found[-1].end):
            lost.append(edit)
        elif before != edit.after:
            found.append(replace(edit, start=span[0], end=span[1], before=before))
    free = [edit for edit in _edits(cues) if not edit.decided and not any(_meet(edit, each) for each in found)]
    return Carried(lay(cues, (*found, *free)), tuple(lost))


def _edits(cues: Sequence[Cue]) -> Iterator[Edit]:
    """All edits, halves made whole, with offsets that run over all cues' heard text."""
    offsets = (0, *accumulate(len(cue.heard) for cue in cues))
    for change in changes(Transcript("", tuple(cues))):
        edit, offset = change.edit, offsets[change.places[0][0]]
        if edit.before != edit.after:
            start, end = edit.start + offset, edit.end + offset
            yield replace(edit, start=start, end=end, joins_previous=False, joins_next=False)


def _document(cues: Sequence[Cue]) -> _Document:
    heard = "".join(cue.heard for cue in cues)
    places = tuple(index for index, letter in enumerate(heard) if not letter.isspace())
    return _Document(heard, "".join(heard[place] for place in places), places)


def _pair(old: _Document, new: _Document) -> _Pair:
    return _Pair(old, new, _agreeing(old.letters, new.letters), _agreeing(old.letters[::-1], new.letters[::-1]))


def _agreeing(one: str, other: str) -> int:
    differing = (index for index, (left, right) in enumerate(zip(one, other, strict=False)) if left != right)
    return next(differing, min(len(one), len(other)))


def _span(pair: _Pair, edit: Edit) -> tuple[int, int] | None:
    """Where the new document says what the edit changes in the old one."""
    old, new = pair.old, pair.new
    if old.heard == new.heard:
        return edit.start, edit.end
    first, last = bisect_left(old.places, edit.start), bisect_left(old.places, edit.end)
    shift = _shift(pair, first, last)
    if shift is None:
        return None
    first, last = first + shift, last + shift
    if first < last:
        return new.places[first], new.places[last - 1] + 1
    end = new.places[first] if first < len(new.places) else len(new.heard)
    start = new.places[first - 1] + 1 if first else 0
    return (start, end) if edit.before else (start, start) if edit.trails else (end, end)


def _shift(pair: _Pair, first: int, last: int) -> int | None:
    """How much further on the letters from ``first`` to ``last`` stand; None where they are not found again."""
    old, new = pair.old.letters, pair.new.letters
    if last <= pair.head:
        return 0
    if first >= len(old) - pair.tail:
        return len(new) - len(old)
    for before, behind in CONTEXT:
        start = max(first - before, 0)
        hits = list(_occurrences(new, old[start : last + behind]))
        if hits:
            return min(hits, key=lambda hit: abs(hit - start)) - start
    return None


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _meet(one: Edit, other: Edit) -> bool:
    """Whether an edit cannot stay beside a decision; beside what was inserted behind the word before it, it can."""
    if one.before and other.trails and other.start == other.end == one.start:
        return False
    return (one.start < other.end and other.start < one.end) or one.start == other.start
