"""Rules about lines: how wide, how many, broken where."""

from __future__ import annotations

from toolkit.breaks import flatten, visible
from toolkit.breaks.tokens import inside_terms
from toolkit.lint.sheet import Sheet

LONGEST = 20
"""Characters on either side of a border between cues in which a term is looked for."""


def wide(sheet: Sheet, index: int) -> str:
    """A line is wider than its language allows, and can be broken or the cue be cut."""
    over, better = _over_now_and_then(sheet, index)
    return _too_wide(over) if better < over else ""


def wide_no_break(sheet: Sheet, index: int) -> str:
    """A line is wider than its language allows, and there is no place, or no time, to part it."""
    over, better = _over_now_and_then(sheet, index)
    return _too_wide(over) if over and better >= over else ""


def lines(sheet: Sheet, index: int) -> str:
    """A cue has more lines than it may, or a language more than one in a cue of two, and can be laid out anew."""
    now, better = sheet.faults(index).lines, sheet.better(index).lines
    return _too_many(now) if better < now else ""


def lines_no_break(sheet: Sheet, index: int) -> str:
    """A cue has more lines than it may, and cannot be laid out with fewer."""
    now, better = sheet.faults(index).lines, sheet.better(index).lines
    return _too_many(now) if now and better >= now else ""


def broken(sheet: Sheet, index: int) -> str:
    """A line breaks inside a term, a word or a number, or before a closing mark."""
    now, better = sheet.faults(index).broken, sheet.better(index).broken
    return "a line breaks inside a term, a word or a number, or before a mark" if better < now else ""


def weak_break(sheet: Sheet, index: int) -> str:
    """A line breaks where a reader stumbles (before 的, behind an article), and there is a better place."""
    now, better = sheet.faults(index).weak, sheet.better(index).weak
    return "a line breaks where a reader stumbles, before 的 or behind an article" if better < now else ""


def term_across_cues(sheet: Sheet, index: int) -> str:
    """A term begins in one cue and ends in the next."""
    if index + 1 == len(sheet.cues) or not sheet.terms:
        return ""
    left, right = flatten(visible(sheet.cues[index].text)), flatten(visible(sheet.cues[index + 1].text))
    near = left[-LONGEST:]
    parted = len(near) in inside_terms(near + right[:LONGEST], sheet.terms)
    return "a term is parted between this cue and the next" if parted else ""


def _over_now_and_then(sheet: Sheet, index: int) -> tuple[int, int]:
    return sheet.faults(index).over, sheet.better(index).over


def _too_wide(over: int) -> str:
    return f"{over} column{'s' if over > 1 else ''} too wide"


def _too_many(lines: int) -> str:
    return f"{lines} line{'s' if lines > 1 else ''} too many"
