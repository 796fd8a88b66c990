"""Where a cue can be cut without harm to its words and edits, and when speech stops and goes on there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from toolkit.breaks import is_chinese
from toolkit.cues import Cue, pieces


class Moment(NamedTuple):
    """A cut before ``heard[at]``: speech ends at ``end`` and goes on at ``start``, both in milliseconds.

    ``solid`` says that a word of several Han characters stands beside it, so that it is the end of a word indeed.
    """

    at: int
    end: int
    start: int
    solid: bool = False


@dataclass(frozen=True)
class Cuts:
    """The places where one cue can be cut.

    ``seams`` are those between its words by offset in what was heard, None without words; ``heard`` leads from offsets
    of the text to offsets of what was heard, None where they are the same.
    """

    cue: Cue
    seams: Mapping[int, Moment] | None
    heard: Mapping[int, int] | None

    def at(self, offset: int) -> Moment | None:
        """The cut before ``cue.text[offset]``, None where there can be none."""
        place = offset if self.heard is None else self.heard.get(offset, 0)
        if not 0 < place < len(self.cue.heard):
            return None
        if self.seams is not None:
            return self.seams.get(place)
        middle = (self.cue.start or 0) + round(self.cue.duration * place / len(self.cue.heard))
        return Moment(place, middle, middle)


def cuts(cue: Cue) -> Cuts:
    """The places where a cue can be cut: between its words, never inside an edit."""
    seams = _seams(cue) if cue.words else None
    return Cuts(cue, seams, _heard_offsets(cue, seams) if cue.edits else None)


def _seams(cue: Cue) -> dict[int, Moment]:
    """As `toolkit.cutting.cut` cuts: the first seam at an offset, times within the cue.

    No seam is where a word behind it starts before one in front of it.
    """
    seams: dict[int, Moment] = {}
    first, last, offset = cue.start or 0, cue.end or 0, 0
    latest = accumulate((word.start for word in cue.words), max)
    earliest = reversed([*accumulate((word.start for word in reversed(cue.words)), min)][:-1])
    for (left, right), before, behind in zip(pairwise(cue.words), latest, earliest, strict=False):
        offset += len(left.text)
        end = min(max(left.end, first), last)
        moment = Moment(offset, end, min(max(right.start, end), last), _is_solid(left.text) or _is_solid(right.text))
        if before <= behind:
            seams.setdefault(offset, moment)
    return seams


def _is_solid(word: str) -> bool:
    return len(word) > 1 and is_chinese(word[0]) and is_chinese(word[1])


def _heard_offsets(cue: Cue, seams: Mapping[int, Moment] | None) -> dict[int, int]:
    """Offsets of the text and of what was heard that are the same place, but for those inside edits.

    What an edit inserts goes to the right side of a cut, so that of several offsets the first counts; what trails goes
    to the left side.
    """
    inside = {offset for edit in cue.edits for offset in range(edit.start + 1, edit.end)}
    found: dict[int, int] = {}
    passed = 0
    for piece in pieces(cue):
        trails = piece.edit is not None and piece.edit.trails and piece.start == piece.end
        steps = range(piece.end - piece.start) if piece.edit is None else () if trails else (0,)
        for heard, shown in [(piece.start + step, passed + step) for step in steps]:
            if heard not in inside and (seams is None or heard in seams):
                found.setdefault(shown, heard)
                inside.add(heard)
        passed += len(piece.text)
    return found
