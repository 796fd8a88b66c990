"""A sentence mark in the middle of a number is a decimal point that was misheard: 5。2万 is 5.2万."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from toolkit.cues import Cue, Edit, Extra, with_edits

RULE = "decimal"
"""The rule of such an edit."""

SCORE = 0.95

PAUSE = 500
"""Milliseconds between the figures from which they are two sentences."""

_UNIT = (
    r"[万萬亿億千百十倍元块塊米吨噸克度岁歲级級版寸升瓦秒折成分%％‰℃A-Za-z]"
    r"|个百分点|個百分點|公[里斤顷分]|美元|小时|小時|毫|厘|平方|立方"
)
_SPLIT = re.compile(
    r"(?<![\d.。．])(?P<whole>\d{1,3}|(?!19|20)\d{4})(?P<mark>[ \t]*。[ \t]*)(?P<rest>\d{1,4})"
    rf"(?![\d.]|\s*。\s*\d)(?=\s*(?:$|[\n，、；？！。,;?!）)」』”]|{_UNIT}))"
)
"""Figures, 。, figures, and then a unit, a mark or the end; not a year, not a list like 1。2。3。"""


def repair_decimals(cues: Iterable[Cue], *, applied: bool = True) -> tuple[Cue, ...]:
    """The cues with an edit laid over each sentence mark that splits a number; edits that are there stay.

    >>> [cue.text for cue in repair_decimals([Cue(None, None, "涨到5。2万，圆周率是3 。 14")])]
    ['涨到5.2万，圆周率是3.14']
    """
    return tuple([_repaired(cue, applied) for cue in cues])


def _repaired(cue: Cue, applied: bool) -> Cue:
    found = [edit for edit in _splits(cue, applied) if not any(_meet(edit, other) for other in cue.edits)]
    return with_edits(cue, (*cue.edits, *found)) if found else cue


def _splits(cue: Cue, applied: bool) -> Iterator[Edit]:
    for match in _SPLIT.finditer(cue.heard) if "。" in cue.heard else ():
        start, end = match.span("mark")
        pause = _pause(cue, start, end)
        if pause is None or pause < PAUSE:
            evidence: Extra = (("number", f"{match['whole']}.{match['rest']}"),)
            evidence += () if pause is None else (("pause", f"{pause} ms"),)
            yield Edit(start, end, match["mark"], ".", RULE, SCORE, evidence, applied)


def _pause(cue: Cue, start: int, end: int) -> int | None:
    """The silence between the words that stand before and behind a stretch, in milliseconds; None without words."""
    position, last = 0, 0
    for word in cue.words:
        if position <= start:
            last = word.end
        position += len(word.text)
        if position > end:
            return max(word.start - last, 0)
    return None


def _meet(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end
