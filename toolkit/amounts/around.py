"""What stands around a numeral and lets it mean another number too: 24年 is 2024, 三块五 is 3.5, two decades is 20."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from toolkit.amounts.numeral import DIGIT, numeral_value

HALF = Fraction(1, 2)

_YEAR_BEHIND = re.compile(r"^ ?[年后级届]|^s\b")
_YEAR_BEFORE = re.compile(r"['’]$|\bFY ?$")
_MINOR = re.compile(rf"^(?P<unit>[块元米斤度])(?P<rest>(?:{DIGIT}|\d)[毛角]?(?:{DIGIT}|\d)?)(?![\d十百千万亿个])")

_BEHIND: tuple[tuple[re.Pattern[str], Callable[[Fraction], tuple[Fraction, ...]]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), meant)
    for pattern, meant in (
        ("^(?:开|分[成账])", lambda value: (value * 10,)),
        ("^[成折]", lambda value: (value * 10, 100 - value * 10, 100 - value)),
        (r"^ ?世纪|^(?:st|nd|rd|th)?[\s-]century", lambda value: ((value - 1) * 100,)),
        (r"^[\s-]decades?\b", lambda value: (value * 10,)),
        (r"^[\s-]centuries\b", lambda value: (value * 100,)),
        (r"^[\s-]dozen\b", lambda value: (value * 12,)),
        (r"^ ?[点时]|^ ?[ap]\.?m\b", lambda value: (value + 12,) if value <= 12 else (value - 12,)),
        ("^ ?[毛角]", lambda value: (value / 10, value * 10)),
        ("^ ?[斤里亩](?!面)", lambda value: (value / 2,)),
        (r"^ ?倍|^[\s-]?(?:fold|times|x)\b", lambda value: (value + 1, value - 1, value * 100)),
        ("^(?<=千)[米克瓦赫卡]|^千[米克瓦赫卡]", lambda value: (value / 1000, value * 1000)),
        (
            r"^ ?(?:个半|[年天点岁倍块米斤周]半|个?(?:小时|钟头|学期|月|世纪)半)| ?and a half\b|^[½]",
            lambda value: (value + HALF, (value + HALF) * 60, (value + HALF) * 12),
        ),
    )
)


def also(value: Fraction, before: str, behind: str) -> Iterator[Fraction]:
    """What else a number may stand for, by the text before and behind it.

    >>> [str(value) for value in also(Fraction(3), "要", "块五")]
    ['7/2']
    """
    if value < 100 and (_YEAR_BEHIND.match(behind) or _YEAR_BEFORE.search(before)):
        yield from (value + 1900, value + 2000)
    minor = _MINOR.match(behind)
    if minor:
        digits = re.sub("[毛角]", "", minor["rest"])
        rest = Fraction(digits) if digits.isascii() else numeral_value(digits) or Fraction(0)
        whole = value + rest / 10 ** len(digits)
        yield from (whole, whole * 100) if minor["unit"] == "米" else (whole,)
    for pattern, meant in _BEHIND:
        if pattern.match(behind):
            yield from meant(value)
