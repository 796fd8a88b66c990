"""Numbers in Chinese and English text, written in digits or in words, by their value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

_DIGITS = {
    char: value
    for value, chars in enumerate(("零〇", "一幺", "二两兩", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN = f"[{''.join(_DIGITS)}{''.join(_UNITS)}]"
_SAID = re.compile(rf"{_HAN}+(?:点{_HAN}+)?|半")

_CLOCK = re.compile(r"\d{1,2}[:：]\d\d(?:[:：]\d\d)?")
_FIGURE = re.compile(
    r"(?<![A-Za-z0-9.])(?P<figure>\d+(?:,\d{3})*(?:\.\d+)?)(?:st|nd|rd|th|s)?(?![A-Za-z\d]|[.,]\d)"
    r"\s?(?P<times>[十百千万萬亿億]+|(?:thousand|million|billion|trillion|hundred)\b)?"
    r"|(?<![A-Za-z0-9.])(?P<short>\d+(?:\.\d+)?)(?P<suffix>[kKM]|bn|m)\b"
)
_SHORT = {"k": 10**3, "m": 10**6, "bn": 10**9}

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_WORDS = {
    **{word: value for value, word in enumerate(_SMALL)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
    **{word: value for value, word in enumerate(_ORDINALS, start=1)},
    "half": 0.5,
    "once": 1,
    "twice": 2,
    "double": 2,
    "triple": 3,
    "dozen": 12,
    "couple": 2,
    "both": 2,
    "single": 1,
    "decade": 10,
    "decades": 10,
    "century": 100,
    "dozens": 12,
}
_TIMES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_WORD = re.compile(r"[A-Za-z]+")


def written(text: str) -> frozenset[float]:
    """The numbers that stand in the text in digits; those within names (GPT-4, 5G) and clock times are left out.

    >>> sorted(written("2024年有3.5万人，GPT-4 于 8:30 发布")), sorted(written("35,000 people, 2 million more"))
    ([2024.0, 35000.0], [35000.0, 2000000.0])
    """
    text = _CLOCK.sub(" ", re.sub(r"[A-Za-z]+[-‑ ]?\d[\w.-]*", _named, text))
    return frozenset(_value(found) for found in _FIGURE.finditer(text))


def said(text: str) -> frozenset[float]:
    """The numbers in the text, whether in digits or in words.

    >>> sorted(said("一百二十个国家的三千五百人")), sorted(said("one hundred and twenty countries"))
    ([120.0, 3500.0], [1.0, 20.0, 100.0, 120.0])
    """
    spelled = {value for found in _SAID.finditer(text) for value in _han_values(found[0])}
    figures = {float(match.replace(",", "")) for match in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}
    return written(text) | spelled | figures | frozenset(_english(text))


def missing(one: str, other: str) -> frozenset[float]:
    """The numbers that one text has in digits and the other in no way; the 90 of 90年代 is that of the 1990s.

    >>> missing("来了300人", "three hundred came"), missing("来了300人", "30 came")
    (frozenset(), frozenset({300.0}))
    """
    there = said(other)
    return frozenset(value for value in written(one) if not any(_same(value, given) for given in there))


def _same(one: float, other: float) -> bool:
    small, large = sorted((one, other))
    return abs(one - other) <= 1e-6 * max(large, 1) or (1000 <= large < 2100 and small == large % 100)


def _named(match: re.Match[str]) -> str:
    """A name with a digit as nothing; a word before a number of its own (``about 300``, ``in 2024``) stays."""
    text = match[0]
    return text if " " in text and not text[: text.index(" ")].isupper() else " "


def _value(found: re.Match[str]) -> float:
    if found["short"]:
        return float(found["short"]) * _SHORT[found["suffix"].lower()]
    value = float(found["figure"].replace(",", ""))
    times = found["times"] or ""
    if times in _TIMES:
        return value * _TIMES[times]
    for unit in times:
        value *= _UNITS[unit]
    return value


def _han_values(text: str) -> Iterator[float]:
    """What a numeral may mean: 二十 is 20, 二零二四 is 2024, 点 stands before decimals."""
    if text == "半":
        yield 0.5
        return
    whole, _, rest = text.partition("点")
    value = _han_whole(whole)
    yield float(value)
    decimals = "".join(str(_DIGITS[char]) for char in rest if char in _DIGITS)
    if decimals:
        share = float(f"{value}.{decimals}")
        yield share
        for unit in rest[len(decimals) :]:
            share *= _UNITS.get(unit, 1)
        yield share


def _han_whole(text: str) -> int:
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif _UNITS[char] < 10**4:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            unit, counted = _UNITS[char], section + digit
            total = (total + counted or 1) * unit if total < unit else total + (counted or 1) * unit
            section = digit = 0
    return total + section + digit


def _english(text: str) -> Iterator[float]:
    """Values of numbers in words, each run of them and each word of it alone."""
    words = [word.lower() for word in _WORD.findall(text)]
    for number, run in groupby(words, key=lambda word: word in _WORDS or word in _TIMES or word == "and"):
        if number:
            yield from _run_values([word for word in run if word != "and"])


def _run_values(run: list[str]) -> Iterator[float]:
    total: float = 0
    section: float = 0
    for word in run:
        if word in _TIMES and _TIMES[word] > 100:
            total, section = total + (section or 1) * _TIMES[word], 0
        elif word in _TIMES:
            section = (section or 1) * 100
        else:
            section += _WORDS[word]
        yield float(_WORDS.get(word, _TIMES.get(word, 0)))
    if run:
        yield float(total + section)
