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

    Words stay only when both sides have them. Halves of one edit become one again. ``extra`` is the left cue's.
    """
    glue_words = bool(left.words and right.words)
    words = left.words + _glued(right.words, glue) if glue_words else ()
    return Cue(
        left.start,
        right.end,
        left.heard + glue + right.heard,
        words,
        join_edits(left, right, glue),
        _join_translations(left, right),
        left.extra,
    )


def cut_edits(edits: Iterable[Edit], at: int) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """Deal edits to the two sides of ``at``, splitting the one that stands across."""
    left: list[Edit] = []
    right: list[Edit] = []
    for edit in edits:
        if edit.end <= at and not (edit.start == edit.end == at):
            left.append(edit)
        elif edit.start >= at:
            right.append(edit.shifted(-at))
        else:
            first, second = _split_edit(edit, at)
            left.append(first)
            right.append(second)
    return tuple(left), tuple(right)


def join_edits(left: Cue, right: Cue, glue: str = "") -> tuple[Edit, ...]:
    """The edits of two cues as edits of both together; halves of one edit become one again."""
    offset = len(left.heard) + len(glue)
    first = left.edits[-1] if left.edits else None
    second = right.edits[0] if right.edits else None
    if first and second and _are_halves(first, second):
        middle = [_merged(first, second, glue, offset)]
        return (*left.edits[:-1], *middle, *(edit.shifted(offset) for edit in right.edits[1:]))
    lefts = left.edits if first is None else (*left.edits[:-1], *_kept(first, joins_next=False))
    if second is None:
        return lefts
    rights = (*_kept(second, joins_previous=offset == 0 and second.joins_previous), *right.edits[1:])
    return lefts + tuple(edit.shifted(offset) for edit in rights)


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


def _are_halves(first: Edit, second: Edit) -> bool:
    return (
        first.joins_next
        and second.joins_previous
        and (first.rule, first.score, first.evidence) == (second.rule, second.score, second.evidence)
        and (first.applied, first.decided) == (second.applied, second.decided)
    )


def _merged(first: Edit, second: Edit, glue: str, offset: int) -> Edit:
    return replace(
        first,
        end=offset + second.end,
        before=first.before + glue + second.before,
        after=first.after + glue + second.after,
        joins_next=second.joins_next,
    )


def _kept(edit: Edit, **joins: bool) -> tuple[Edit, ...]:
    """An edit whose other half is gone: still an edit, or nothing where alone it changes nothing."""
    halves = {"joins_previous": edit.joins_previous, "joins_next": edit.joins_next, **joins}
    if edit.before == edit.after and not any(halves.values()):
        return ()
    return (replace(edit, joins_previous=halves["joins_previous"], joins_next=halves["joins_next"]),)


def _glued(words: tuple[Word, ...], glue: str) -> tuple[Word, ...]:
    return (replace(words[0], text=glue + words[0].text), *words[1:]) if glue else words


def _join_translations(left: Cue, right: Cue) -> str | None:
    if left.translation is None or right.translation is None:
        return None
    return f"{left.translation} {right.translation}".strip()
