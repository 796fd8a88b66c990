"""Amounts in Chinese text: numerals in characters, and figures with Chinese units (1亿2千万, 5个亿, 20多万)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from toolkit.amounts.numeral import DIGIT, LONGEST, UNIT, last_scale, numeral_value, numeral_values
from toolkit.amounts.values import FIGURE, NEAR, WORDS, Amount, hour_and_minute, reach_above, reach_below, shares
from toolkit.spoken import numerals

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"

_TIMES = "(?: ?[多余几来]?(?:个多?(?=亿))?(?:[百千](?![分米克瓦赫])[万亿]?|万亿|[万亿]))"
_LEFT = r"(?<![A-Za-z\d.])"
_MIXED = re.compile(
    rf"{_LEFT}{ARABIC}{_TIMES}(?:零?(?:{ARABIC}|{DIGIT}(?!{DIGIT})){_TIMES}?)*"
    rf"|{_LEFT}\d{{1,2}}点\d{{1,2}}(?!\d)|{_LEFT}{ARABIC}点{DIGIT}+"
)
_SAID = re.compile(
    rf"(?:{DIGIT}|{UNIT}|几|(?<![差有])点(?={DIGIT})|(?<=[十百千万亿])[多余来](?=[百千万亿])|(?<=[一-龥])个多?(?=亿))+"
)
_FILLING = re.compile("[多余几来个 ,]")
_MORE = re.compile("^ ?(?:[多余](?!少)|来[个万]|几[个万亿]|[+＋])")
_NEARLY = re.compile("(?:近|接近|将近|快|差不多|几乎) ?$")
_SHARE = re.compile(
    rf"(?P<whole>[百千万]|(?:{DIGIT}|{UNIT})*(?:{DIGIT}|十)|\d+)分之"
    rf" ?(?P<part>{ARABIC}|(?:{DIGIT}|{UNIT}|点(?={DIGIT}))+)"
)
_SOME_YEAR = re.compile(f"{DIGIT}{{3}}几")
_FEW = re.compile("[几数]$")

_MEASURE = re.compile("[个年月天次人位名种样起条点家岁倍块]")
_TAIL = re.compile(r"^(.*[百千万亿])([一二两三四五六七八九]|\d)$")

NO_AMOUNT = (
    "三百六十行", "五十步笑百步", "三十而立", "四十而?不惑", "五十而?知天命", "十八般武艺", "女?大?十八变",
    "十万八千里", "七十二变", "三十六计", "十万火急", "十万个为什么", "百分之百", "一百二十分", "点[一三]刻",
    "双十[一二]", "十一(?=黄金周|长假|假期|期间|国庆|放假|小长假)", "九一八", "一二[八九]", "三一五", "八一五",
    "六一八", "五二[零〇]", "[零一二三四五六七八九]{2}后", "一二三四?五?",
    "十二(?=生肖|星座|时辰)", "一千零一夜", "百八十", "(?<=千儿)八百",
    "一百(?:二十)?个(?=不?(?:放心|愿意|乐意))",
)  # fmt: skip
"""Patterns of numerals that are a word, a day or a saying, and translated as such."""

_NO_AMOUNT = re.compile("|".join(NO_AMOUNT))


def mixed(text: str) -> Iterator[Amount]:
    """Figures with Chinese units, in a simplified text.

    >>> [(found.text, int(found.value)) for found in mixed("1亿2千万人，5个亿，20多万，3千米")]
    [('1亿2千万', 120000000), ('5个亿', 500000000), ('20多万', 200000)]
    """
    for found in _MIXED.finditer(text):
        yield from _numeral(text, found.start(), found.end(), sure=True)


def in_shares(text: str) -> Iterator[Amount]:
    """Parts of a whole, in a simplified text; those of a hundred as percent.

    >>> [(found.text, str(found.value)) for found in in_shares("三分之一，百分之十五")]
    [('三分之一', '1/3'), ('百分之十五', '15')]
    """
    for found in _SHARE.finditer(text):
        whole, part = _one(found["whole"]), _one(found["part"])
        if not whole or part is None:
            continue
        if whole == 100:
            sure = part != 100 and not _NO_AMOUNT.match(found[0])
            yield Amount(*found.span(), found[0], (part, part / 100), marked=frozenset({part}), sure=sure)
        else:
            values = shares(part, whole)
            yield Amount(*found.span(), found[0], values, parts=(part, whole), marked=frozenset(values[1:]))


def said(text: str) -> Iterator[Amount]:
    """Numerals in Chinese characters in a simplified text, doubtful ones too.

    >>> [(found.text, int(found.value), found.sure) for found in said("三百五一斤，万一不行，第一次要一万二")]
    [('三百五', 350, True), ('一', 1, False), ('万一', 11000, False), ('第一', 1, False), ('一万二', 12000, True)]
    """
    certain = list(numerals(text))
    never = [found.span() for found in _NO_AMOUNT.finditer(text)]
    for start, end in _stretches(text, certain):
        within = [(low, high) for low, high in certain if max(low, start) < min(high, end)]
        excepted = any(low < end and start < high for low, high in never)
        sure = bool(within) and not excepted and end - start > 1
        yield from _numeral(text, start, end, sure, within[0] if len(within) == 1 else None)


def _stretches(text: str, certain: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where numerals may be; what is no numeral as a whole is cut where one is certain."""
    for found in _SAID.finditer(text):
        start, end = found.span()
        if not numeral_values(_FILLING.sub("", found[0])):
            for low, high in certain:
                if start <= low and high <= end and high - low > 1:
                    yield from ((start, low), (low, high)) if start < low else ((low, high),)
                    start = high
        if start < end:
            yield start, end


def _numeral(text: str, start: int, end: int, sure: bool, whole: tuple[int, int] | None = None) -> Iterator[Amount]:
    """The amount, or where a stretch is none the amounts in it, which are all doubtful."""
    written = text[start:end]
    plain = _FILLING.sub("", written) + ("零" if _SOME_YEAR.fullmatch(written) else "")
    if len(plain) > LONGEST:
        return
    values = numeral_values(plain)
    if not values and "点" in plain:
        cut = start + written.index("点")
        hour, minute = _one(text[start:cut]), _one(text[cut + 1 : end])
        if hour is not None and minute is not None and hour <= 24 and minute < 60:
            yield from hour_and_minute((start, cut + 1), (text[start:cut], text[cut + 1 : end]), hour, minute)
            return
        yield from _numeral(text, start, cut, sure, whole)
        yield from _numeral(text, cut + 1, end, sure, whole)
        return
    if not values:
        yield from _pieces(text, start, plain)
        return
    low, high = (min(start, whole[0]), max(end, whole[1])) if whole else (start, end)
    few = written[0] == "几" or bool(_FEW.search(text[max(start - 1, 0) : start]))
    yield Amount(
        low,
        high,
        text[low:high],
        values,
        parts=_parts(plain, text[end : end + NEAR]),
        reach=_reach(values, written, text[max(start - NEAR, 0) : start], text[end : end + NEAR], few=few),
        scale=last_scale(plain),
        sure=sure and not few,
        kind=FIGURE if re.search(r"\d", written) else WORDS,
    )


def _one(numeral: str) -> Fraction | None:
    return Fraction(numeral.replace(",", "")) if re.fullmatch(ARABIC, numeral) else numeral_value(numeral)


def _pieces(text: str, start: int, plain: str) -> Iterator[Amount]:
    found: dict[Fraction, None] = {}
    for low in range(len(plain)):
        for high in range(low + 1, len(plain) + 1):
            found.update(dict.fromkeys(numeral_values(plain[low:high])))
    if found:
        yield Amount(start, start + len(plain), text[start : start + len(plain)], tuple(found), sure=False)


def _parts(plain: str, behind: str) -> tuple[Fraction, ...]:
    """What else the numeral may be: its digits one by one, hours and minutes, a number and one behind it."""
    halves: tuple[str, ...] = ()
    tail = _TAIL.match(plain)
    if re.fullmatch(f"{DIGIT}{{2,3}}|一二三四五?", plain):
        halves = tuple(plain)
    elif "点" in plain:
        halves = tuple(plain.split("点"))
    elif tail and _MEASURE.match(behind):
        halves = (tail[1], tail[2])
    found = [_one(half) for half in halves if half]
    return tuple(value for value in found if value is not None)


def _reach(
    values: tuple[Fraction, ...], written: str, before: str, behind: str, *, few: bool
) -> tuple[Fraction, Fraction] | None:
    if few:
        return values[0], values[0] * 10
    if re.search("[多余几来]", written) or _MORE.match(behind):
        return reach_above(values[0])
    return reach_below(values[0]) if _NEARLY.search(before) else None
