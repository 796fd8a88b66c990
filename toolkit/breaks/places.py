"""Where a text may be broken, and how good each place is: marks first, then words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from unicodedata import category

from toolkit.breaks import chinese, english
from toolkit.breaks.tokens import Token, inside_terms, tokens, words

LAST_RESORT = 900
"""The cost of a place where no break should be, though nothing is broken by it: taken when all else is too wide."""

SENTENCE = dict.fromkeys("。！？!?…⋯", 0)
MARKS = {
    **SENTENCE,
    **dict.fromkeys("；;", 8),
    "：": 12,
    **dict.fromkeys("，,—", 15),
    **dict.fromkeys(":–", 20),
    "-": 30,
    "、": 32,
}
"""Costs of a break behind a mark."""

CLOSERS = {**dict.fromkeys("”’」』\"'", 45), **dict.fromkeys("）】》〉〕］｝)]}", 50)}
LINE_END, CLAUSE_SPACE, OPENER, SCRIPTS, OTHER = 6, 12, 40, 60, 60

_ABBREVIATIONS = words("mr mrs ms dr prof st vs no fig e.g i.e gen col approx")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")


@dataclass(frozen=True)
class Break:
    """A place where a text may be broken: before the character at ``offset``, spaces belong to the left side.

    ``cost`` goes from 0, the end of a sentence, to 100; `LAST_RESORT` marks a place to be taken only in need.
    """

    offset: int
    cost: int


def break_places(text: str, terms: Collection[str] = (), *, last_resorts: bool = False) -> list[Break]:
    """The places where ``text`` may be broken, in order.

    Never inside one of the ``terms``, a Latin word, a number with its unit, a date, an address or a tag; never before a
    closing mark or behind an opening one. Places where a reader stumbles (before 的, behind an article, inside a common
    word, between first and last name) are left out, or with ``last_resorts`` given the cost `LAST_RESORT`.

    >>> break_places("大家好，欢迎来到WAIC。", ["WAIC"])
    [Break(offset=2, cost=82), Break(offset=4, cost=15), Break(offset=6, cost=76), Break(offset=8, cost=60)]
    """
    found = tokens(text)
    inside = inside_terms(text, terms)
    places = []
    for index in range(1, len(found)):
        after = found[index]
        if after.start in inside or (after.spaced and after.start - 1 in inside) or not _may_part(found, index):
            continue
        cost = _cost(text, found, index)
        if cost is not None or last_resorts:
            places.append(Break(after.start, LAST_RESORT if cost is None else cost))
    return places


def _may_part(found: Sequence[Token], index: int) -> bool:
    """Whether two tokens may stand on two lines at all."""
    before, after = found[index - 1], found[index]
    if after.kind in ("close", "trail", "glue") or before.kind in ("open", "lead", "glue"):
        return False
    if before.text in "·・\u200d" or category(after.text[0]) in ("Mn", "Mc", "Me", "Cf", "Sk"):
        return False
    latin = ("word", "address")
    return bool(after.spaced) or before.kind not in latin or after.kind not in latin


def _cost(text: str, found: Sequence[Token], index: int) -> int | None:
    before, after = found[index - 1], found[index]
    if "\n" in after.spaced:
        return LINE_END
    if before.kind in ("close", "trail"):
        return _cost_behind_mark(text, found, index)
    if before.kind == after.kind == "word" and after.spaced:
        return english.cost_between(found, index)
    end = after.start - len(after.spaced)
    left, right = _is_wide(before, -1), _is_wide(after, 0)
    if left and right:
        if after.spaced:
            return None if after.text in chinese.PARTICLES else CLAUSE_SPACE
        return chinese.cost_between(text, after.start)
    if right and chinese.leans_back(text, after.start):
        return None
    if left and chinese.leans_on(text, end):
        return chinese.BAD
    if after.kind in ("open", "lead"):
        return OPENER
    if right:
        return min(SCRIPTS, chinese.beginning(text, after.start))
    return OTHER if left or after.spaced or after.kind != "other" else None


def _cost_behind_mark(text: str, found: Sequence[Token], index: int) -> int | None:
    """The cost of a break behind the marks before ``found[index]``: that of the best of them."""
    closed, last = OTHER, index - 1
    while last > 0 and (found[last].kind == "trail" or found[last].text in CLOSERS):
        closed = min(closed, CLOSERS.get(found[last].text, OTHER))
        last -= 1
    mark, after = found[last].text, found[index]
    if mark == "." and found[last].kind == "close":
        return _cost_behind_dot(found, last, after)
    if mark in MARKS:
        return MARKS[mark]
    return None if _is_wide(after, 0) and chinese.leans_back(text, after.start) else closed


def _cost_behind_dot(found: Sequence[Token], last: int, after: Token) -> int | None:
    """The end of a sentence, unless the dot belongs to an abbreviation, initials, or three dots."""
    before = found[last - 1].text if last else ""
    if before.lower() in _ABBREVIATIONS or (_INITIALS.fullmatch(before) and before != "I"):
        return None if len(before) == 1 or before.lower() in _ABBREVIATIONS else 70
    return 0 if before != "." and not after.text[0].islower() else 10


def _is_wide(token: Token, position: int) -> bool:
    return token.kind in ("han", "number") and not token.text[position].isascii()
