"""Amounts in English words: twenty-one, two and a half million, two thirds, and words that imply one (May, both)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from toolkit.amounts.figures import SCALES
from toolkit.amounts.numeral import LONGEST
from toolkit.amounts.values import Amount, shares

_CARDINALS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_STEMS = {stem: 10 * value for value, stem in enumerate(
    ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"), start=2
)}  # fmt: skip
_ONES = {word: value for value, word in enumerate(_CARDINALS)}
_TENS = {f"{stem}y": value for stem, value in _STEMS.items()}
_ORDER = {word: value for value, word in enumerate(_ORDINALS)} | {
    f"{stem}ieth": value for stem, value in _STEMS.items()
}
_NUMBER = _ONES | _TENS | _ORDER
_WORD = re.compile(r"and a half\b|half an? (?=(?:thousand|[mbtr]+illion|dozen)\b)|[A-Za-z]+", re.IGNORECASE)
_KNOWN = frozenset((*_NUMBER, *SCALES, "and", "point", "and a half", "half a", "half an"))

_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
          "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100}  # fmt: skip
_COUNTS = "|".join((*_CARDINALS, *_TENS))
_SHARE = re.compile(rf"\b(?P<part>an?|\d+|{_COUNTS})[\s-](?P<whole>{'|'.join(_PARTS)})(?P<many>s?)\b", re.IGNORECASE)
_AMONG = re.compile(
    rf"\b(?P<part>\d+|{_COUNTS}) (?:in|out of|of every|in every) (?P<whole>\d+|{_COUNTS})\b", re.IGNORECASE
)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)
_A = "(?:an?|one|per|every|each|all|whole|full)"
IMPLIED: tuple[tuple[str, tuple[Fraction | int, ...]], ...] = (
    ("once|single|an?|sole|every|each", (1,)),
    ("twice|both|couple|pair|double[ds]?|doubling|twins?|another|twofold|bi(?:lateral|weekly|annual)", (2, 100)),
    ("thrice|triple[ds]?|tripling|threefold|trio", (3, 200)),
    ("quadruple[ds]?|fourfold", (4, 300)),
    ("dozens?", (12,)),
    ("half|halve[ds]?", (Fraction(1, 2), 30, 50)),
    ("half(?:[ -]an?)?[ -]year(?:ly)?", (6,)),
    ("quarters?", (Fraction(1, 4), 15, 45, 25)),
    ("quarterly", (3,)),
    ("decades?", (10,)),
    ("centur(?:y|ies)|centenn?ial|centenary", (100,)),
    (r"hour[\s-]and[\s-]a[\s-]half", (90, Fraction(3, 2))),
    (r"(?:year|month|week|day|time)[\s-]and[\s-]a[\s-]half", (Fraction(3, 2), 18)),
    ("fortnight", (14, 2)),
    (f"{_A} (?:hour|minute)", (60,)),
    (f"{_A} day|around the clock|day and night|overnight", (24,)),
    (f"{_A} week", (7,)),
    (f"{_A} month", (30,)),
    (f"{_A} year|yearly|annual(?:ly)?", (12, 365)),
    ("noon|midday|midnight", (12, 24)),
    ("hundred(?:s|th)?", (100,)), ("thousand(?:s|th)?", (1000,)),
    ("million(?:s|th)?|millionaires?", (10**6,)), ("billions?|billionaires?", (10**9,)), ("trillions?", (10**12,)),
    ("tens of thousands", (10_000,)),
    ("hundreds of thousands", (100_000,)),
    ("tens of millions", (10**7,)),
    ("hundreds of millions", (10**8,)),
)  # fmt: skip
"""Words that say a number without naming it, and which."""

_IMPLIED = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), tuple(Fraction(value) for value in values))
    for words, values in IMPLIED
)
_DECADE = re.compile(rf"\b({'|'.join(_STEMS)})ies\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Said:
    """A number of one run of words: where it stands, its value, and what its last words multiply by."""

    start: int
    end: int
    value: Fraction
    scale: int
    words: tuple[str, ...]


def in_words(text: str) -> Iterator[Amount]:
    """Amounts in English words; those up to twelve, ordinals in shares and implied ones are doubtful.

    >>> [(found.text, str(found.value)) for found in in_words("twenty-one of two and a half million, two thirds in May")
    ...  if found.sure]
    [('two thirds', '2/3'), ('twenty-one', '21'), ('two and a half million', '2500000')]
    """
    yield from _shares(text)
    for run in _runs(text):
        numbers = _numbers(run)
        joined = _joined(numbers)
        if joined is not None:
            start, end = numbers[0].start, numbers[-1].end
            parts = tuple(number.value for number in numbers)
            yield Amount(start, end, text[start:end], (joined,), parts=parts, sure=len(numbers) == 2 and joined > 1000)
        else:
            yield from (_amount(number, text) for number in numbers)
    yield from implied(text)


def implied(text: str) -> Iterator[Amount]:
    """Numbers that English words say without naming them; all are doubtful."""
    for pattern, values in _IMPLIED:
        for found in pattern.finditer(text):
            yield Amount(*found.span(), found[0], values, sure=False)
    for found in _MONTH.finditer(text):
        month = Fraction(_MONTHS.index(found[0][:3].lower()) + 1)
        yield Amount(*found.span(), found[0], (month,), sure=False)
    for found in _DECADE.finditer(text):
        tens = Fraction(_STEMS[found[1].lower()])
        yield Amount(*found.span(), found[0], (tens, 1900 + tens, 2000 + tens), sure=False)


def _shares(text: str) -> Iterator[Amount]:
    for found in _SHARE.finditer(text):
        part, whole = _count(found["part"]), Fraction(_PARTS[found["whole"].lower()])
        sure = bool(found["many"]) and part > 1 and whole > 2
        values = shares(part, whole)
        yield Amount(*found.span(), found[0], values, (part, whole), marked=frozenset(values[1:]), sure=sure)
    for found in _AMONG.finditer(text):
        part, whole = _count(found["part"]), _count(found["whole"])
        if 0 < part < whole:
            yield Amount(*found.span(), found[0], shares(part, whole), sure=False)


def _count(word: str) -> Fraction:
    word = word.lower()
    return Fraction(1) if word in ("a", "an") else Fraction(_NUMBER.get(word, word))


def _amount(number: _Said, text: str) -> Amount:
    sure = number.value > 12 and number.words != ("hundred",) and number.words != ("thousand",)
    others = []
    if len(number.words) > 1 and number.words[-1] == "second":  # thirty second clips
        others.append(number.value - 2)
    values = (number.value, *others)
    return Amount(number.start, number.end, text[number.start : number.end], values, scale=number.scale, sure=sure)


def _joined(numbers: list[_Said]) -> Fraction | None:
    """A year read in two halves, or digits one by one."""
    values = [number.value for number in numbers]
    if len(values) == 2 and 10 < values[0] < 100 and 10 <= values[1] < 100:
        return values[0] * 100 + values[1]
    if 1 < len(values) <= LONGEST and all(value < 10 for value in values):
        return Fraction("".join(str(value) for value in values))
    return None


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Words for numbers that stand side by side."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        known = word[0].lower().strip() in _KNOWN
        if run and not (known and re.fullmatch(r"[\s-]*", text[run[-1].end() : word.start()])):
            yield run
            run = []
        if known:
            run.append(word)
    if run:
        yield run


def _numbers(run: list[re.Match[str]]) -> list[_Said]:
    """The numbers of a run of words, each as long as it goes on."""
    found: list[_Said] = []
    words: list[re.Match[str]] = []
    for word in run:
        if words and not _goes_on([each[0].lower().strip() for each in words], word[0].lower().strip()):
            found += _said(words)
            words = []
        words.append(word)
    return found + _said(words)


def _goes_on(words: list[str], word: str) -> bool:
    last = words[-1]
    if last in _ORDER:
        return False
    if word in SCALES or word in ("point", "and a half"):
        return last not in ("and", "point")
    if word == "and":
        return last in SCALES
    if "point" in words:
        return word in _ONES and _ONES[word] < 10
    if last in ("and", "half a", "half an") or last in SCALES:
        return True
    return last in _TENS and 0 < _NUMBER.get(word, 0) < 10


def _said(words: list[re.Match[str]]) -> list[_Said]:
    while words and words[0][0].lower() in ("and", "point", "and a half"):
        words = words[1:]
    while words and words[-1][0].lower() in ("and", "point"):
        words = words[:-1]
    plain = tuple(word[0].lower().strip() for word in words if word[0].lower() != "and")
    if not 0 < len(plain) <= LONGEST // 2 or (len(plain) == 1 and plain[0] in SCALES and plain[0] != "hundred"):
        return []
    scale = 1
    for word in reversed(plain):
        if word not in SCALES:
            break
        scale *= SCALES[word]
    return [_Said(words[0].start(), words[-1].end(), _value(plain), scale, plain)]


def _value(words: tuple[str, ...]) -> Fraction:
    total, section, last = Fraction(0), Fraction(0), 1
    decimals = ""
    for index, word in enumerate(words):
        if word == "point":
            decimals = "".join(str(_ONES[each]) for each in words[index + 1 :] if _ONES.get(each, 10) < 10)
            section += Fraction(f"0.{decimals or 0}")
        elif word == "and a half":
            section += Fraction(last if not section and total else 1, 2)
        elif word in ("half a", "half an"):
            section += Fraction(1, 2)
        elif word == "hundred":
            section = (section or Fraction(1)) * 100
        elif word in SCALES:
            total, section, last = total + (section or Fraction(1)) * SCALES[word], Fraction(0), SCALES[word]
        elif not decimals:
            section += _NUMBER[word]
    return total + section
