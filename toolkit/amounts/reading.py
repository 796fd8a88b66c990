"""All numerals of a text, Chinese and English, with the values that each may have where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from toolkit.amounts.around import also
from toolkit.amounts.chinese import in_shares, mixed, said
from toolkit.amounts.english import in_words
from toolkit.amounts.figures import figures
from toolkit.amounts.numeral import simplified
from toolkit.amounts.values import CLOCK, FIGURE, NEAR, Amount

_PERCENT = re.compile(r"^ ?(?:%|percent|per ?cent\b|pct\b|(?:个)?百分点)|^[\s-]percentage\b", re.IGNORECASE)
_PER_MILLE = re.compile("^ ?‰")
_TO = re.compile(r"[%％]?\s*(?:to|through|or|and|[-–—~～至到或、])\s*(?:[$¥€£]|US\$|RMB |about )?", re.IGNORECASE)
_IMPLIED: tuple[tuple[re.Pattern[str], tuple[Fraction, ...]], ...] = tuple(
    (re.compile(pattern), tuple(Fraction(value) for value in values))
    for pattern, values in (
        ("半", (Fraction(1, 2), 30, 50)),
        ("半个?(?:年|学年|财年)", (6,)),
        ("一刻", (15,)),
        ("三刻", (45,)),
        ("[双俩对翻两另]", (2, 100)),
        ("仨", (3,)),
        ("打(?=[鸡啤]|装)", (12,)),
        ("世纪", (100,)),
        ("(?:一个?|每个?|整个?|全)(?:小时|钟头|分钟)", (60,)),
        ("[一整全每](?:天|日)|昼夜|日夜|昼|不间断", (24,)),
        ("[一整每]个?(?:周|星期|礼拜)", (7,)),
        ("[一整每]个?月", (30,)),
        ("[一整每全]年", (12, 365)),
        ("[正中]午|零点|半夜|午夜", (12, 24)),
        ("百分百", (100,)),
    )
)


@lru_cache(maxsize=32768)
def amounts_in(text: str) -> tuple[Amount, ...]:
    """The numerals of a text by their place, doubtful ones and words that imply a number among them.

    >>> text = "壹佰万元，1亿2千万，十五五，a third of 5 bn"
    >>> [(found.text, f"{float(found.value):g}") for found in amounts_in(text) if found.sure]
    [('壹佰万', '1e+06'), ('1亿2千万', '1.2e+08'), ('十五五', '15'), ('5 bn', '5e+09')]
    """
    if not text or text.isspace():
        return ()
    plain = simplified(text)
    found: list[Amount] = []
    rest = plain
    readers: tuple[Callable[[str], Iterable[Amount]], ...] = (in_shares, mixed, figures, said)
    for read in readers if not plain.isascii() else (figures,):
        amounts = list(read(rest))
        found += amounts
        rest = _blanked(rest, amounts)
    found += in_words(rest)
    found += _implied(plain)
    placed = sorted((_placed(amount, plain) for amount in found), key=lambda amount: (amount.start, amount.end))
    return tuple(replace(amount, text=text[amount.start : amount.end]) for amount in _spread(placed, plain))


def _blanked(text: str, amounts: Iterable[Amount]) -> str:
    signs = list(text)
    for amount in amounts:
        signs[amount.start : amount.end] = "#" * (amount.end - amount.start)
    return "".join(signs)


def _implied(text: str) -> Iterator[Amount]:
    for pattern, values in _IMPLIED:
        for found in pattern.finditer(text):
            yield Amount(*found.span(), found[0], values, sure=False)


def _placed(amount: Amount, text: str) -> Amount:
    """The amount with what it may mean where it stands."""
    if amount.kind == CLOCK:
        return amount
    end = amount.end - 1 if amount.text.endswith("年") else amount.end
    before, behind = text[max(amount.start - NEAR, 0) : amount.start], text[end : end + NEAR]
    others = [other for value in (*amount.values[:2], *amount.parts) for other in also(value, before, behind)]
    values = amount.values
    marked = amount.marked
    if _PER_MILLE.match(behind):
        values = (values[0] / 10, values[0], values[0] / 1000)
        marked = frozenset(values[:2])
    elif _PERCENT.match(behind):
        values, marked = (*values, values[0] / 100), frozenset(values[:1])
    percent = values[0] in marked
    sure = (amount.sure or (amount.kind == FIGURE and percent)) and not (percent and values[0] == 100)
    sure = sure and not behind.startswith("后")
    return replace(amount, values=tuple(dict.fromkeys((*values, *others))), marked=marked, sure=sure)


def _spread(amounts: list[Amount], text: str) -> Iterator[Amount]:
    """Gives the first number of a range the unit that stands behind the second: 3 to 5 million."""
    for index, amount in enumerate(amounts):
        behind = [other for other in amounts[index + 1 : index + 4] if other.start >= amount.end]
        to = next((each for each in behind if _TO.fullmatch(text[amount.end : each.start][:NEAR])), None)
        if to and to.scale > amount.scale:
            amount = replace(amount, values=(*amount.values, amount.value * to.scale))
        yield amount
