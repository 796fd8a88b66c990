"""Lists of edits for people: number, place, change, who made it and how sure, in its sentence; 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.cli.progress import clock
from toolkit.cli.width import clip, clip_left, pad, width, wrap
from toolkit.cues import Edit, Transcript
from toolkit.edits import Change, changes
from toolkit.invented import RULE, apart

COLUMNS = 80
"""No line of a list is wider."""

WIDEST_CHANGE = 32
"""Columns that the change itself may take before it is cut."""


CHANGED, OUT, SUGGESTED, UNDONE = GROUPS = "changed", "kept out as invented", "suggested, not changed", "undone"
"""What can have become of an edit, in the order of the list."""


@dataclass(frozen=True)
class Row:
    """One change as the columns of a list."""

    number: str
    place: str
    change: str
    rule: str
    score: str
    sides: tuple[str, str, str]
    """What was heard before it, in it, and behind it."""
    sounds: tuple[str, ...]
    """Both spellings and what their syllables cost, in columns."""
    evidence: str


def list_changes(transcript: Transcript, *, explain: bool = False) -> list[str]:
    """All changes of a transcript in lines, by what became of them: changed, kept out, suggested, undone."""
    places = _places(transcript)
    rows: dict[str, list[Row]] = {group: [] for group in GROUPS}
    for change in changes(transcript):
        rows[_group(change.edit)].append(_row(transcript, change, places))
    widths = _widths([row for listed in rows.values() for row in listed])
    lines: list[str] = []
    for heading, listed in rows.items():
        if listed:
            lines += [*([""] if lines else []), f"{len(listed)} {heading}:"]
            lines += [line for row in listed for line in _lines(row, widths, explain)]
    return lines or ["nothing changed"]


def as_records(transcript: Transcript) -> list[dict[str, object]]:
    """The changes for JSON; ``time`` is the start of the cue in milliseconds, a text has ``line`` instead."""
    lines = () if transcript.timed else line_numbers(transcript)
    return [_record(transcript, change, lines) for change in changes(transcript)]


def tally(transcript: Transcript) -> tuple[int, int]:
    """How many edits are applied, and how many are suggestions that nobody has decided about.

    Cues that are kept out because nobody said them count for neither.
    """
    groups = [_group(change.edit) for change in changes(transcript)]
    return groups.count(CHANGED), groups.count(SUGGESTED)


def count_invented(transcript: Transcript) -> int:
    """How many cues are kept out because nobody said them."""
    return len(apart(transcript.cues)[1])


def line_numbers(transcript: Transcript) -> tuple[int, ...]:
    r"""The line of a text file on which each cue stands, from 1.

    >>> from toolkit.formats import parse
    >>> line_numbers(parse("# 题目\n\n你好。\n\n大家好。\n", format="txt"))
    (3, 5)
    """
    from toolkit.formats import render

    heard = replace(transcript, cues=tuple(replace(cue, edits=()) for cue in transcript.cues))
    markdown = transcript.source.lower().endswith((".md", ".markdown"))
    text = render(heard, format="md" if markdown else "txt")
    numbers, position = [], 0
    for cue in transcript.cues:
        position = max(text.find(cue.heard, position), position)
        numbers.append(text.count("\n", 0, position) + 1)
        position += len(cue.heard)
    return tuple(numbers)


def _group(edit: Edit) -> str:
    if edit.applied:
        return OUT if edit.rule == RULE else CHANGED
    return UNDONE if edit.decided else SUGGESTED


def _places(transcript: Transcript) -> list[str]:
    """When each cue is spoken, or, in a text without times, its line."""
    if transcript.timed:
        return [clock(cue.start or 0) for cue in transcript.cues]
    return [f"line {number}" for number in line_numbers(transcript)]


def _record(transcript: Transcript, change: Change, lines: Sequence[int]) -> dict[str, object]:
    index = change.places[0][0]
    edit, cue = change.edit, transcript.cues[index]
    return {
        "number": change.number,
        "cue": index + 1,
        **({"line": lines[index]} if lines else {"time": cue.start}),
        "before": edit.before,
        "after": edit.after,
        "rule": edit.rule,
        "score": edit.score,
        "applied": edit.applied,
        "decided": edit.decided,
        "evidence": dict(edit.evidence),
    }


def _row(transcript: Transcript, change: Change, places: Sequence[str]) -> Row:
    edit, cues = change.edit, transcript.cues
    first, (last, position) = change.places[0][0], change.places[-1]
    before = "".join(f"{cue.heard}/" for cue in cues[max(first - 1, 0) : first]) + cues[first].heard[: edit.start]
    behind = cues[last].heard[cues[last].edits[position].end :]
    behind += "".join(f"/{cue.heard}" for cue in cues[last + 1 : last + 2])
    shown = _one_line(edit.as_text())
    return Row(
        str(change.number),
        places[first],
        shown,
        edit.rule,
        f"{edit.score:.2f}",
        (_one_line(before), _one_line(edit.before), _one_line(behind)),
        *_evidence(edit, shown),
    )


ALIGNED = ("heard", "term", "apart")
"""Facts that are lists of equal length, shown one below the other."""


def _evidence(edit: Edit, shown: str) -> tuple[tuple[str, ...], str]:
    """The evidence of an edit: both spellings syllable by syllable in columns, and all other facts in a row."""
    known = dict(edit.evidence)
    columns = [str(known.get(name, "")).split() for name in ALIGNED]
    together = bool(columns[0]) and len(set(map(len, columns))) == 1
    facts = [shown] if width(shown) > WIDEST_CHANGE else []
    facts += [f"{name}: {value}" for name, value in edit.evidence if not together or name not in ALIGNED]
    return _aligned(columns) if together else (), "; ".join(facts)


def _aligned(columns: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The lists with their names, equal places below each other; a pair that does not differ has nothing below it."""
    *spellings, costs = columns
    shown = [*spellings, ["" if cost == "0" else cost for cost in costs]]
    widths = [max(map(width, cells)) for cells in zip(*shown, strict=True)]
    named = zip(ALIGNED, shown, strict=True)
    lines = [f"{name:<5}  {'  '.join(map(pad, cells, widths))}".rstrip() for name, cells in named]
    return tuple(line for line in lines if line != ALIGNED[-1])


def _one_line(text: str) -> str:
    return text.replace("\n", "⏎")


def _widths(rows: Sequence[Row]) -> tuple[int, int, int, int]:
    """The widths of the first four columns."""
    cells = [(row.number, row.place, row.change, row.rule) for row in rows] or [("", "", "", "")]
    number, place, change, rule = (max(map(width, column)) for column in zip(*cells, strict=True))
    return number, place, min(change, WIDEST_CHANGE), rule


def _lines(row: Row, widths: tuple[int, int, int, int], explain: bool) -> list[str]:
    """A row of the list, and below it its evidence where that is wanted."""
    number, place, change, rule = widths
    left = f"  {row.number:>{number}}  {row.place:>{place}}  {pad(row.change, change)}  {pad(row.rule, rule)}"
    left += f"  {row.score}  "
    room = COLUMNS - number - 4
    evidence = [*(clip(line, room) for line in row.sounds), *(wrap(row.evidence, room) if row.evidence else [])]
    first = left + _in_context(row.sides, COLUMNS - width(left))
    return [first.rstrip(), *(" " * (number + 4) + line for line in evidence if explain)]


def _in_context(sides: tuple[str, str, str], columns: int) -> str:
    """The change in its sentence, marked with brackets, with as much around it as there is room for."""
    before, heard, behind = sides
    marked = f"[{heard}]" if width(heard) <= columns // 2 else "[…]"
    room = columns - width(marked)
    if room < 4:
        return ""
    left = clip_left(before, max(room // 2, room - width(behind)))
    return left + marked + clip(behind, room - width(left))
