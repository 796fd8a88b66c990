"""Numbers as values, so that those of a text and of its translation can be compared: 1.2亿 is 120 million."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from toolkit.spoken import numerals

_HAN_DIGITS = dict(zip("零〇一二两三四五六七八九幺", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 1), strict=True))
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_BIG = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}
_ONES = {
    word: value
    for value, words in enumerate(
        ("zero", "one first once", "two second twice", "three third", "four fourth", "five fifth", "six sixth",
         "seven seventh", "eight eighth", "nine ninth", "ten tenth", "eleven eleventh", "twelve twelfth dozen",
         "thirteen thirteenth", "fourteen fourteenth", "fifteen fifteenth", "sixteen sixteenth",
         "seventeen seventeenth", "eighteen eighteenth", "nineteen nineteenth")
    )
    for word in words.split()
}  # fmt: skip
_TENS = {
    word: 10 * value
    for value, words in enumerate(
        ("twenty twentieth", "thirty thirtieth", "forty fortieth", "fifty fiftieth", "sixty sixtieth",
         "seventy seventieth", "eighty eightieth", "ninety ninetieth"), start=2
    )
    for word in words.split()
}  # fmt: skip
_KNOWN = frozenset((*_ONES, *_TENS, *_BIG, "hundred", "and", "point"))
_DIGITS = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[多余几来]?(?P<han>万亿|[百千]?[万亿]|[百千](?![分]))"
    r"|\s?(?P<big>(?:hundred )?(?:thousand|[mbtr]+illion)|hundred)\b"
    r"|(?P<short>k|mn?|bn?|tn)\b)?",
    re.IGNORECASE,
)
_HAN = re.compile("[零〇一二两三四五六七八九幺十百千万亿点]+")
_RANGE = re.compile("([一二两三四五六七八九]{2})([十百千万亿]+)")
_WORDS = re.compile(r"[A-Za-z]+")
_YEARS = re.compile("^ ?[年后级届]")


@dataclass(frozen=True)
class Amount:
    """A number as it is written, and the values that it may have."""

    text: str
    values: frozenset[Fraction]


def changed_numbers(source: str, text: str) -> list[str]:
    """Numbers of a text that its translation lacks, then numbers that came in; empty where all is well.

    Single numbers in words (一个, one) may go and come; shares other than of a hundred are not looked at.

    >>> changed_numbers("投资1.2亿，占百分之十五", "120 million invested, 15 %")
    []
    >>> changed_numbers("二〇二四年有三百家", "In 2023, 300 of them")
    ['二〇二四年', '2023']
    """
    return [amount.text for one, other in ((source, text), (text, source)) for amount in _lost(one, other)]


def _lost(one: str, other: str) -> Iterator[Amount]:
    possible = _all_possible(other)
    for amount in _certain(one):
        if amount.values and not amount.values & possible:
            yield amount


@lru_cache(maxsize=32768)
def _certain(text: str) -> tuple[Amount, ...]:
    """The numbers that surely are some: digits, Chinese numerals of two characters and more, long ones in words."""
    found = [Amount(each[0], _digit_values(each, text)) for each in _DIGITS.finditer(text)]
    bare = _DIGITS.sub(lambda each: "#" * len(each[0]), text)
    for start, end in numerals(bare):
        spelled = bare[start:end]
        if "#" not in spelled and not re.search("(?<!百)分之|[几多]", spelled):
            found.append(Amount(spelled, _han_values(spelled, bare[end:])))
    found += [Amount(words, values) for words, values, _ in _english(bare) if max(values) > 12]
    return tuple(found)


@lru_cache(maxsize=32768)
def _all_possible(text: str) -> frozenset[Fraction]:
    return frozenset(_possible(text))


def _possible(text: str) -> Iterator[Fraction]:
    """Every value that a number in the text may stand for, the doubtful ones too."""
    for each in _DIGITS.finditer(text):
        yield from _digit_values(each, text)
        yield Fraction(each["number"].replace(",", ""))
        yield from _tenths(Fraction(each["number"].replace(",", "")), text[each.end() :])
    for run in _HAN.finditer(text):
        ranges = {f"{digit}{found[2]}" for found in _RANGE.finditer(run[0]) for digit in found[1]}
        for spelled in {run[0], *run[0].split("点"), *run[0], *ranges}:
            for value in _han_values(spelled, text[run.end() :]):
                yield value
                yield from _tenths(value, text[run.end() :])
    for _, values, parts in _english(text):
        yield from values | parts
    if re.search("半|half", text):
        yield from (Fraction(1, 2), Fraction(30), Fraction(50))
    if re.search("刻|quarter", text):
        yield from (Fraction(15), Fraction(45), Fraction(25))


def _digit_values(each: re.Match[str], text: str) -> frozenset[Fraction]:
    number = Fraction(each["number"].replace(",", ""))
    unit = 1
    for sign in each["han"] or "":
        unit *= _HAN_UNITS[sign]
    for word in (each["big"] or "").lower().split():
        unit *= _BIG.get(word, 100)
    values = {number * unit}
    if each["short"]:
        values.add(number * _SHORT[each["short"].lower()])
    return frozenset(values | _as_year(number, text[each.end() :]))


def _han_values(spelled: str, behind: str) -> frozenset[Fraction]:
    inner = re.sub("^(?:第|百分之?)|年$", "", spelled)
    year = "年" if spelled.endswith("年") else behind
    value = _han_value(inner)
    return frozenset({value} | _as_year(value, year)) if value is not None else frozenset()


def _as_year(value: Fraction, behind: str) -> set[Fraction]:
    """The years that two digits before 年 or 后 may mean."""
    return {value + 1900, value + 2000} if value < 100 and _YEARS.match(behind) else set()


def _tenths(value: Fraction, behind: str) -> Iterator[Fraction]:
    """三成 is 30 %, 八折 is 20 % off."""
    if behind.startswith(("成", "折")):
        yield from (value * 10, 100 - value * 10)


def _han_value(text: str) -> Fraction | None:
    """The value of a Chinese numeral; None for what is not one, a range such as 七八十 among them."""
    whole, point, decimals = text.partition("点")
    if point:
        unit = re.search("[万亿]+$", decimals)
        digits = decimals[: unit.start()] if unit else decimals
        head = _han_value(whole) if whole else Fraction(0)
        if head is None or not digits or any(digit not in _HAN_DIGITS for digit in digits):
            return None
        tail = Fraction("0." + "".join(str(_HAN_DIGITS[digit]) for digit in digits))
        factor = 1
        for sign in unit[0] if unit else "":
            factor *= _HAN_UNITS[sign]
        return (head + tail) * factor
    if text and all(char in _HAN_DIGITS for char in text):
        return Fraction(int("".join(str(_HAN_DIGITS[char]) for char in text)))
    return _han_whole(text)


def _han_whole(text: str) -> Fraction | None:
    total, section, digit, last, zero = 0, 0, None, 10, False
    for char in text:
        if char in _HAN_DIGITS:
            if digit:
                return None
            digit, zero = _HAN_DIGITS[char], zero or char in "零〇"
        elif char in "万亿":
            whole = total if char == "亿" else 0  # 万亿 multiplies 万, 亿…万 does not multiply 亿
            total += (whole + section + (digit or 0)) * _HAN_UNITS[char] - whole
            section, digit, last, zero = 0, None, _HAN_UNITS[char], False
        elif char in _HAN_UNITS:
            section += (1 if digit is None else digit or 1) * _HAN_UNITS[char]
            digit, last, zero = None, _HAN_UNITS[char], False
        else:
            return None
    short = last // 10 if digit and last > 10 and not zero else 1  # 三百五 is 350
    return Fraction(total + section + (digit or 0) * short) if text else None


def _english(text: str) -> Iterator[tuple[str, frozenset[Fraction], frozenset[Fraction]]]:
    """Runs of English words for numbers, the values that each may have, and those of its words."""
    run: list[re.Match[str]] = []
    for word in [*_WORDS.finditer(text), None]:
        known = word is not None and word[0].lower() in _KNOWN
        near = not run or (word is not None and re.fullmatch(r"[\s-]*", text[run[-1].end() : word.start()]))
        if word is not None and known and near:
            run.append(word)
            continue
        yield from _run_values(run, text)
        run = [word] if word is not None and known else []


def _run_values(run: list[re.Match[str]], text: str) -> Iterator[tuple[str, frozenset[Fraction], frozenset[Fraction]]]:
    while run and run[0][0].lower() in ("and", "point"):
        run = run[1:]
    while run and run[-1][0].lower() in ("and", "point"):
        run = run[:-1]
    words = [word[0].lower() for word in run if word[0].lower() != "and"]
    if not words or (len(words) == 1 and words[0] in _BIG):
        return
    parts = frozenset(Fraction(_ONES.get(word, _TENS.get(word, 0))) for word in words)
    values = {_english_value(words)}
    if len(words) in (2, 3) and words[0] in _TENS | _ONES and "hundred" not in words:
        century, rest = _english_value(words[:1]), _english_value(words[1:])  # twenty twenty-four
        values.add(100 * century + rest)
    yield text[run[0].start() : run[-1].end()], frozenset(values), parts


def _english_value(words: list[str]) -> Fraction:
    total, section = Fraction(0), Fraction(0)
    decimals = ""
    for index, word in enumerate(words):
        if word == "point":
            decimals = "".join(str(_ONES[each]) for each in words[index + 1 :] if _ONES.get(each, 10) < 10)
            section += Fraction(f"0.{decimals or 0}")
        elif word == "hundred":
            section = (section or Fraction(1)) * 100
        elif word in _BIG:
            total, section = total + (section or Fraction(1)) * _BIG[word], Fraction(0)
        elif not decimals:
            section += _ONES.get(word, _TENS.get(word, 0))
    return total + section
