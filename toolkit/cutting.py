"""Cut a cue in two and join two into one, with their words and edits; cut and join is the identity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from toolkit.cues import Cue, Edit, Word


def seams(cue: Cue) -> tuple[int, ...]:
    """The offsets of ``heard`` at which the cue may be cut: between its words, or anywhere when it has none."""
    if not cue.words:
        return tuple(range(1, len(cue.heard)))
    ends: list[int] = []
    for word in cue.words:
        ends.append((ends[-1] if ends else 0) + len(word.text))
    return tuple(sorted({end for end in ends if 0 < end < len(cue.heard)}))


def cut(cue: Cue, at: int) -> tuple[Cue, Cue]:
    """Cut a cue in two before ``heard[at]``; `join` of the two restores it exactly.

    Times come from the words, or without words from the share of the text. An edit over the cut is split.

    Raises:
        ValueError: ``at`` is inside a word or at an end, or the cue is translated.
    """
    if not 0 < at < len(cue.heard):
        raise ValueError(f"cannot cut {cue.heard!r} at {at}")
    if cue.translation is not None:
        raise ValueError("a translated cue cannot be cut; cut first, then translate")
    left_words, right_words = _cut_words(cue.words, at)
    left_edits, right_edits = cut_edits(cue.edits, at)
    end, start = _times_at(cue, at, left_words, right_words)
    left = replace(cue, end=end, heard=cue.heard[:at], words=left_words, edits=left_edits)
    right = replace(cue, start=start, heard=cue.heard[at:], words=right_words, edits=right_edits)
    return left, right


def join(left: Cue, right: Cue, glue: str = "") -> Cue:
    """Join two cues, with ``glue`` (a space between English cues, say) heard between them.

    The text is that of the two. Words stay only when both sides have them, the translation too. Halves of one edit
    become one again. ``extra`` is the left cue's.

    Raises:
        ValueError: one cue has times and the other has none, or the right one ends before the left one starts.
    """
    return Cue(
        left.start,
        right.end,
        left.heard + glue + right.heard,
        _join_words(left, right, glue),
        join_edits(left, right, glue),
        _join_translations(left, right),
        left.extra,
    )


def cut_edits(edits: Iterable[Edit], at: int) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """Deal edits to the two sides of ``at``, splitting the one that stands across.

    What is inserted there goes right; or left, if it trails what stands there.
    """
    left: list[Edit] = []
    right: list[Edit] = []
    for edit in edits:
        if edit.end <= at and (edit.start < at or (edit.trails and not right)):
            left.append(edit)
        elif edit.start >= at:
            right.append(edit.shifted(-at))
        else:
            first, second = _split_edit(edit, at)
            left.append(first)
            right.append(second)
    return tuple(left), tuple(right)


def join_edits(left: Cue, right: Cue, glue: str = "") -> tuple[Edit, ...]:
    """The edits of two cues as edits of both together; halves of one edit become one again.

    A half whose other half is not there becomes an edit of its own, or goes where alone it changes nothing.
    """
    lefts, rights = left.edits, right.edits
    offset = len(left.heard) + len(glue)
    one = merged(lefts[-1], rights[0], glue) if lefts and rights else None
    if one:
        return (*lefts[:-1], one, *(edit.shifted(offset) for edit in rights[1:]))
    if rights or glue or right.heard:
        lefts = lefts[:-1] + _alone(lefts[-1:], following=False)
    if left.edits or offset:
        rights = _alone(rights[:1], previous=False) + rights[1:]
    return lefts + tuple(edit.shifted(offset) for edit in rights)


def merged(first: Edit, second: Edit, glue: str = "") -> Edit | None:
    """Two edits of neighbouring cues as one where they are halves of one, else None; offsets are the first's."""
    if not (first.joins_next and second.joins_previous and _mark(first) == _mark(second)):
        return None
    before = first.before + glue + second.before
    after = first.after + glue + second.after
    if before == after and not (first.joins_previous or second.joins_next):
        return None
    return replace(first, end=first.start + len(before), before=before, after=after, joins_next=second.joins_next)


def _cut_words(words: tuple[Word, ...], at: int) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    position = index = 0
    while index < len(words) and position < at:
        position += len(words[index].text)
        index += 1
    if words and position != at:
        raise ValueError(f"cannot cut inside the word {words[index - 1].text!r}")
    return words[:index], words[index:]


def _times_at(cue: Cue, at: int, left: tuple[Word, ...], right: tuple[Word, ...]) -> tuple[int | None, int | None]:
    if cue.start is None or cue.end is None:
        return None, None
    if not left or not right:
        middle = cue.start + round(cue.duration * at / len(cue.heard))
        return middle, middle
    end = min(max(left[-1].end, cue.start), cue.end)
    start = min(max(right[0].start, end), cue.end)
    return end, start


def _split_edit(edit: Edit, at: int) -> tuple[Edit, Edit]:
    here = at - edit.start
    share = _share(edit, here)
    first = replace(edit, end=at, before=edit.before[:here], after=edit.after[:share], joins_next=True)
    second = replace(
        edit, start=0, end=edit.end - at, before=edit.before[here:], after=edit.after[share:], joins_previous=True
    )
    return first, second


def _share(edit: Edit, here: int) -> int:
    """How many characters of ``after`` go left: as many as before where lengths agree, else all to the longer side."""
    if len(edit.before) == len(edit.after):
        return here
    return len(edit.after) if here * 2 >= len(edit.before) else 0


def _mark(edit: Edit) -> tuple[object, ...]:
    """What the halves of one edit have in common."""
    return edit.rule, edit.score, edit.evidence, edit.applied, edit.decided


def _alone(edits: tuple[Edit, ...], *, previous: bool = True, following: bool = True) -> tuple[Edit, ...]:
    """The edits with what they join on a side taken away; gone where that leaves nothing changed."""
    kept: list[Edit] = []
    for edit in edits:
        joins_previous, joins_next = edit.joins_previous and previous, edit.joins_next and following
        if edit.before != edit.after or joins_previous or joins_next:
            kept.append(replace(edit, joins_previous=joins_previous, joins_next=joins_next))
    return tuple(kept)


def _join_words(left: Cue, right: Cue, glue: str) -> tuple[Word, ...]:
    if any(cue.heard and not cue.words for cue in (left, right)):
        return ()
    words = list(left.words + right.words)
    if words and right.words:
        seam = len(left.words)
        words[seam] = replace(words[seam], text=glue + words[seam].text)
    elif words:
        words[-1] = replace(words[-1], text=words[-1].text + glue)
    return tuple(words)


def _join_translations(left: Cue, right: Cue) -> str | None:
    if left.translation is None or right.translation is None:
        return None
    return f"{left.translation} {right.translation}".strip()
