r"""Find the blocks of an SRT file, however it was damaged, without losing a character of text.

A block is a number, a line of times, and text up to the next block; a blank line does not end it. Everything unusual
is noted with its line. Text whose times are missing or unreadable becomes a block between its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.formats.repair import Oddity, Span, repair
from toolkit.formats.times import CLOCK, clock_ms, find_clocks

ARROW = re.compile(r"[-–—−－]{1,3}\s*(?:>|&gt;|＞)|={1,3}>")
STRONG_ARROW = re.compile(r"--\s*(?:>|&gt;|＞)")
TIMES = re.compile(rf"\s*{CLOCK.format('start')}\s*(?:{ARROW.pattern})\s*{CLOCK.format('end')}(?P<rest>.*)")
REGULAR = re.compile(r"\d{2,}:\d\d:\d\d,\d{3} --> \d{2,}:\d\d:\d\d,\d{3}(?:\s.*)?")
NUMBER = re.compile(r"\s*(\d{1,9})\s*")
POSITION = re.compile(r"(?:[A-Za-z]\w*:\S+\s*)*")


@dataclass(frozen=True)
class Block:
    """One block: the line of its times (of its text, where it has none), number, times in milliseconds and text.

    ``position`` is what follows the times (``X1:40 X2:600 …``); ``known`` says whether the times are the file's own.
    """

    line: int
    number: int | None
    start: int
    end: int
    text: str
    position: str = ""
    known: bool = True
    oddities: tuple[Oddity, ...] = ()


@dataclass(frozen=True)
class _Head:
    """Where a block begins, which row has its times, and what these say; rows count from 0."""

    first: int
    times: int
    number: int | None = None
    start: int | None = None
    end: int | None = None
    rest: str = ""
    oddities: tuple[Oddity, ...] = ()


@dataclass(frozen=True)
class _Draft:
    """A block whose times are not settled."""

    head: _Head
    text: str
    position: str = ""
    oddities: tuple[Oddity, ...] = ()


def find_blocks(text: str) -> list[Block]:
    r"""The blocks of an SRT file in their order; lines end with ``\n``.

    >>> block, = find_blocks("1\n00:00:01.5 --> 00:00:02,500\n第一句\n\n第二句\n")
    >>> block.start, block.end, block.text
    (1500, 2500, '第一句\n\n第二句')
    >>> [(oddity.line, oddity.problem) for oddity in block.oddities]
    [(2, "times written '00:00:01.5 --> 00:00:02,500'"), (4, 'a blank line inside the text')]
    """
    rows = text.split("\n")
    heads = list(_find_heads(rows))
    drafts = _leading(rows, heads[0].first if heads else len(rows))
    for index, head in enumerate(heads):
        drafts += _bodies(rows, head, heads[index + 1] if index + 1 < len(heads) else None)
    spans = [Span(draft.head.times + 1, draft.head.start, draft.head.end) for draft in drafts]
    return [
        Block(
            span.line,
            draft.head.number,
            times.start,
            times.end,
            draft.text,
            draft.position,
            times.known,
            draft.oddities + times.oddities,
        )
        for draft, span, times in zip(drafts, spans, repair(spans), strict=True)
    ]


def defuse(text: str) -> str:
    """Text in which no reader sees the times of a block: ``-->`` becomes an arrow.

    >>> defuse("A --> B, a -> b")
    'A → B, a -> b'
    """
    return "\n".join(_defuse_line(line) for line in text.split("\n"))


def _find_heads(rows: Sequence[str]) -> Iterator[_Head]:
    previous: _Head | None = None
    for row, line in enumerate(rows):
        if not ARROW.search(line):
            continue
        first, number, oddities = _number_above(rows, row, previous)
        match = TIMES.match(line)
        if match:
            head = _regular_head(first, row, number, match)
        elif _meant_times(line, numbered=number is not None):
            head = _broken_head(first, row, number, line)
        else:
            continue
        previous = replace(head, oddities=oddities + head.oddities)
        yield previous


def _meant_times(line: str, *, numbered: bool) -> bool:
    """Whether a line that is no times was meant to be: below a number, or with nothing but digits left of the arrow."""
    left = STRONG_ARROW.split(line, maxsplit=1)[0]
    if left == line or not re.search(r"\d\s*[:：]", line):
        return False
    return numbered or bool(re.search(r"\d", left) and re.fullmatch(r"[-\d\s:：.,，．]+", left))


def _regular_head(first: int, row: int, number: int | None, match: re.Match[str]) -> _Head:
    line = match.string.strip()
    odd = () if REGULAR.fullmatch(line) else (Oddity(row + 1, f"times written {line!r}"),)
    return _Head(first, row, number, clock_ms(match, "start"), clock_ms(match, "end"), match["rest"].strip(), odd)


def _broken_head(first: int, row: int, number: int | None, line: str) -> _Head:
    left, right = ARROW.split(line, maxsplit=1)
    starts, ends = find_clocks(left), find_clocks(right)
    odd = Oddity(row + 1, f"times that cannot be read, {line.strip()!r}")
    return _Head(first, row, number, starts[-1] if starts else None, ends[0] if ends else None, oddities=(odd,))


def _defuse_line(line: str) -> str:
    line = re.sub(r"(?<!-)-{2,}\s*(?:>|&gt;|＞)", "→", line)
    return ARROW.sub("→", line) if ARROW.search(line) and TIMES.match(line) else line


def _number_above(rows: Sequence[str], row: int, previous: _Head | None) -> tuple[int, int | None, tuple[Oddity, ...]]:
    """The row where a block begins whose times are on ``row``, its number, and what is odd about that.

    A number is the block's own if a blank line stands above it, or if it counts on; else it is the text's last line.
    """
    floor = previous.times if previous else -1
    expected = previous.number + 1 if previous and previous.number is not None else None
    above = row - 1
    if above - 1 > floor and not rows[above].strip() and _number(rows[above - 1]) == (expected or 1):
        above -= 1
    number = _number(rows[above]) if above > floor else None
    alone = above == 0 or (above - 1 > floor and not rows[above - 1].strip())
    if number is None or not (alone or number == expected):
        return row, None, (Oddity(row + 1, "no number above the times"),)
    oddities = []
    if expected is not None and number != expected:
        oddities.append(Oddity(above + 1, f"number {number} where {expected} comes next"))
    if previous and rows[above - 1].strip():
        oddities.append(Oddity(above + 1, "no blank line above the number"))
    if above < row - 1:
        oddities.append(Oddity(above + 2, "a blank line between number and times"))
    return above, number, tuple(oddities)


def _number(line: str) -> int | None:
    match = NUMBER.fullmatch(line)
    return int(match[1]) if match else None


def _leading(rows: Sequence[str], stop: int) -> list[_Draft]:
    """What stands above the first block, as a block without times."""
    first, text, _ = _text(rows, 0, stop)
    odd = Oddity(first + 1, "text above the first block")
    return [_Draft(_Head(first, first), text, oddities=(odd,))] if text else []


def _bodies(rows: Sequence[str], head: _Head, following: _Head | None) -> Iterator[_Draft]:
    """The block of a head; and those below it of which nothing but the times is missing."""
    stop = following.first if following else len(rows)
    breaks = list(_lost_heads(rows, head, stop, following))
    for this, end in zip([head, *breaks], [*(lost.first for lost in breaks), stop], strict=True):
        _, text, oddities = _text(rows, this.times + 1, end)
        position = this.rest if POSITION.fullmatch(this.rest) else ""
        if this.rest != position:
            oddities = (Oddity(this.times + 1, "text behind the times"), *oddities)
            text = "\n".join(part for part in (this.rest, text) if part)
        yield _Draft(this, text, position, this.oddities + oddities)


def _lost_heads(rows: Sequence[str], head: _Head, stop: int, following: _Head | None) -> Iterator[_Head]:
    """Numbers alone between a blank line and text that fill a gap in the numbering: their times are missing."""
    number = head.number
    for row in range(head.times + 2, stop - 1):
        if number is None or (following and following.number is not None and number + 2 > following.number):
            return
        if _number(rows[row]) == number + 1 and not rows[row - 1].strip() and rows[row + 1].strip():
            number += 1
            yield _Head(row, row, number)


def _text(rows: Sequence[str], first: int, stop: int) -> tuple[int, str, tuple[Oddity, ...]]:
    """The text in ``rows[first:stop]`` without blank lines around it, the row where it begins, what is odd about it."""
    top = first
    while first < stop and not rows[first].strip():
        first += 1
    while stop > first and not rows[stop - 1].strip():
        stop -= 1
    oddities = [Oddity(row + 1, "a blank line inside the text") for row in range(first, stop) if not rows[row].strip()]
    if top < first < stop:
        oddities.append(Oddity(top + 1, "a blank line above the text"))
    return first, "\n".join(rows[first:stop]), tuple(oddities)
