"""What a person does to cues: type another text, move, cut and join them; every change of text is an edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from toolkit.cues import PERSON, Cue, Edit, pieces, with_edits
from toolkit.cutting import cut, join, seams
from toolkit.edits import edge_edit, other_halves

LONGEST = 2000
"""Characters of a text up to which typed changes are told apart; a longer one is one change."""

NEAR = 2
"""Changes with fewer characters between them are one."""

CLOSING = frozenset(",.!?;:)]}，。！？；：、…）】》」』”’")
"""Marks that belong to what stands before them."""


@dataclass(frozen=True)
class _Typed:
    """What was typed in place of ``text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Stretch:
    """A piece of a cue's text: where it is in the text, where in what was heard."""

    start: int
    end: int
    heard: tuple[int, int]
    edit: Edit | None
    text: str


def amend(cues: Sequence[Cue], index: int, text: str) -> tuple[Cue, ...]:
    """The cues with the text of one typed anew by a person; what was not touched keeps its edits.

    Typing what a suggestion says accepts it, typing what was heard takes an edit back. What is typed into half of an
    edit over a seam, or beside it at the seam, takes the half up; the other one stands alone and shows what it showed.

    >>> (cue,) = amend([Cue(0, 900, "在外壳的舞台上")], 0, "在WAIC的舞台上")
    >>> cue.edits[0].as_text(), cue.edits[0].decided
    ('外壳 → WAIC', True)
    """
    cue = cues[index]
    if text == cue.text:
        return tuple(cues)
    edits = _taken_back(cue.edits) if text == cue.heard else _toggled(cue, text) or _laid(cue, text)
    changed = with_edits(cue, edits)
    if changed.text != text:
        changed = with_edits(cue, [_person(cue, 0, len(cue.heard), text)])
    return _freed(cues, index, changed)


def retime(cues: Sequence[Cue], index: int, start: int, end: int) -> tuple[Cue, ...]:
    """The cues with one shown from ``start`` to ``end`` milliseconds.

    Raises:
        ValueError: it has no times, would not last, or would change places with a neighbour.
    """
    cue = cues[index]
    if not cue.timed:
        raise ValueError("a text without times cannot be moved")
    if not 0 <= start < end:
        raise ValueError("a cue begins before it ends, and not before 0")
    before, behind = cues[index - 1] if index else None, cues[index + 1] if index + 1 < len(cues) else None
    if (before and start < (before.start or 0)) or (behind and start > (behind.start or 0)):
        raise ValueError("a cue cannot change places with its neighbour")
    return (*cues[:index], replace(cue, start=start, end=end), *cues[index + 1 :])


def split(cues: Sequence[Cue], index: int, *, at: int | None = None, time: int | None = None) -> tuple[Cue, ...]:
    """The cues with one cut before the character ``at`` of its text, or what is spoken at ``time``; between words.

    Raises:
        ValueError: it cannot be cut.
    """
    cue = cues[index]
    places = seams(cue)
    if not places:
        raise ValueError("there is no place to cut: the cue is one word")
    wanted = _spoken_at(cue, time or 0) if at is None else _place_of(cue, at)
    return (*cues[:index], *cut(cue, min(places, key=lambda place: abs(place - wanted))), *cues[index + 1 :])


def merge(cues: Sequence[Cue], index: int) -> tuple[Cue, ...]:
    """The cues with one and the next joined, a space between them where neither side is Chinese.

    Raises:
        ValueError: there is no next, or only one of the two has times.
    """
    if index + 1 >= len(cues):
        raise ValueError("there is no cue behind the last")
    left, right = cues[index], cues[index + 1]
    joined = join(left, right, _glue(left.text, right.text))
    return (*cues[:index], joined, *cues[index + 2 :])


def _toggled(cue: Cue, text: str) -> list[Edit]:
    """The edits with one accepted or taken back, where that alone makes the text; else none."""
    for number, edit in enumerate(cue.edits):
        if not (edit.joins_previous or edit.joins_next):
            edits = list(cue.edits)
            edits[number] = replace(edit, applied=not edit.applied, decided=True)
            if with_edits(cue, edits).text == text:
                return edits
    return []


def _laid(cue: Cue, text: str) -> list[Edit]:
    """The edits with a person's for each stretch that was typed."""
    stretches = list(_stretches(cue))
    edits = list(cue.edits)
    for typed in _typed(cue.text, text):
        first, last, after = _covered(typed, stretches)
        before = cue.heard[first:last]
        met = [edit for edit in edits if _meets(edit, first, last) or _parts_halves(edit, first, last, cue)]
        edits = [edit for edit in edits if edit not in met]
        if before == after:
            edits += _taken_back(met)
        else:
            edits.append(_person(cue, first, last, after))
    return edits


def _typed(old: str, new: str) -> list[_Typed]:
    if max(len(old), len(new)) > LONGEST:
        return [_Typed(0, len(old), new)]
    found: list[_Typed] = []
    last = 0
    for kind, start, end, first, behind in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if found and start - found[-1].end < NEAR:
            found[-1] = _Typed(found[-1].start, end, found[-1].text + new[last:behind])
        else:
            found.append(_Typed(start, end, new[first:behind]))
        last = behind
    return found


def _stretches(cue: Cue) -> Iterator[_Stretch]:
    position = 0
    for piece in pieces(cue):
        end = position + len(piece.text)
        yield _Stretch(position, end, (piece.start, piece.end), piece.edit, piece.text)
        position = end


def _covered(typed: _Typed, stretches: Sequence[_Stretch]) -> tuple[int, int, str]:
    """The stretch of what was heard that was typed over, whole edits included, and what it becomes."""
    met = [each for each in stretches if _touches(typed, each)]
    if not met:
        here = next((each for each in stretches if each.start <= typed.start <= each.end), None)
        place = 0 if here is None else here.heard[0] if typed.start == here.start else here.heard[1]
        return place, place, typed.text
    first, last = met[0], met[-1]
    before, behind = typed.start - first.start, typed.end - last.start
    start = first.heard[0] if first.edit else first.heard[0] + before
    end = last.heard[1] if last.edit else last.heard[0] + behind
    head = first.text[:before] if first.edit else ""
    tail = last.text[behind:] if last.edit else ""
    return start, end, head + typed.text + tail


def _touches(typed: _Typed, stretch: _Stretch) -> bool:
    """Whether what was typed reaches into a stretch, or stands beside an edit that could not stay beside it.

    An insertion keeps a later run from laying an edit that begins where it stands, so that it takes up what does.
    """
    edit = stretch.edit
    if edit is not None:
        inserted = edit.start == edit.end
        if typed.start == stretch.end and (inserted or edit.joins_next):
            return True
        if typed.end == stretch.start and (inserted or edit.joins_previous):
            return True
        if typed.start == typed.end == stretch.start and not edit.decided:
            return True
    return stretch.start < typed.end and stretch.end > typed.start


def _meets(edit: Edit, start: int, end: int) -> bool:
    return (edit.start < end and edit.end > start) or (edit.start == edit.end and start <= edit.start <= end)


def _parts_halves(edit: Edit, start: int, end: int, cue: Cue) -> bool:
    """Whether an edit of ``heard[start:end]`` would stand between a half and the seam that it reaches over."""
    return (edit.joins_next and start == len(cue.heard)) or (edit.joins_previous and end == 0)


def _person(cue: Cue, start: int, end: int, after: str) -> Edit:
    """The edit of a person; what is inserted at the end of a cue belongs there, and so do closing marks anywhere."""
    trails = 0 < start == end and (end == len(cue.heard) or after.lstrip()[:1] in CLOSING)
    return Edit(start, end, cue.heard[start:end], after, PERSON, decided=True, trails=trails)


def _taken_back(edits: Iterable[Edit]) -> list[Edit]:
    """The edits as a person takes them back; halves that are not applied have nothing to be taken back."""
    kept: list[Edit] = []
    for edit in edits:
        if not edit.applied and (edit.joins_previous or edit.joins_next):
            kept.append(edit)
        elif edit.before != edit.after:
            kept.append(replace(edit, applied=False, decided=True, joins_previous=False, joins_next=False))
    return kept


def _freed(cues: Sequence[Cue], index: int, changed: Cue) -> tuple[Cue, ...]:
    """The cues with a changed one; the other halves of edits that no longer reach over its seams stand alone.

    Where the person took the half up, the others are decided as well: they belong to what was seen while it was typed.
    """
    made = list(cues)
    made[index] = changed
    for following in (False, True):
        edge = edge_edit(changed, last=following)
        if edge and (edge.joins_next if following else edge.joins_previous):
            continue
        seam = len(changed.heard) if following else 0
        taken_up = edge is not None and edge.applied and (edge.end if following else edge.start) == seam
        for number, place in enumerate(other_halves(cues, index, following=following)):
            made[place] = _alone(made[place], following=following, nearest=not number, decided=taken_up)
    return tuple(made)


def _alone(cue: Cue, *, following: bool, nearest: bool, decided: bool) -> Cue:
    """The cue with its half of an edit freed of the changed cue; a half that does not show goes."""
    half = edge_edit(cue, last=not following)
    if half is None:
        return cue
    edits = cue.edits[1:] if following else cue.edits[:-1]
    if half.applied:
        joins_previous = half.joins_previous and not (following and nearest)
        joins_next = half.joins_next and (following or not nearest)
        if half.before != half.after or joins_previous or joins_next:
            half = replace(half, joins_previous=joins_previous, joins_next=joins_next)
            edits = (*edits, replace(half, decided=half.decided or decided))
    return with_edits(cue, edits)


def _place_of(cue: Cue, at: int) -> int:
    """The offset in ``heard`` of a caret in the text; in an edit as far in if lengths agree, else its nearer end."""
    for each in _stretches(cue):
        if each.start <= at < each.end:
            here = at - each.start
            if not each.edit or len(each.edit.before) == len(each.edit.after):
                return each.heard[0] + here
            return each.heard[0] if 2 * here <= len(each.text) else each.heard[1]
    return len(cue.heard)


def _spoken_at(cue: Cue, time: int) -> int:
    """The offset in ``heard`` of what is spoken at ``time``, by its words or by its share of the cue."""
    position = 0
    for word in cue.words:
        if (word.start + word.end) / 2 >= time:
            return position
        position += len(word.text)
    if cue.words or not cue.duration:
        return len(cue.heard)
    return round(len(cue.heard) * (time - (cue.start or 0)) / cue.duration)


def _glue(left: str, right: str) -> str:
    """A space where both sides are written with spaces; none beside Chinese.

    >>> _glue("so", "we"), _glue("你", "好")
    (' ', '')
    """
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return ""
    return " " if max(left[-1], right[0]) < "\u2e80" else ""
