"""Amounts in Arabic digits without Chinese units: 1,500, 1.2 bn, 15 %, 1/3, 8:30, and the 4 of GPT-4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from toolkit.amounts.chinese import ARABIC
from toolkit.amounts.numeral import LONGEST
from toolkit.amounts.values import CLOCK, FIGURE, NAME, NEAR, Amount, hour_and_minute, reach_above, reach_below, shares

SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12, "t": 10**12, "w": 10**4}

_CLOCK = re.compile(r"(?<![\d:])(\d{1,2})[:：](\d\d)(?:[:：](\d\d))?(?!\d)")
_SHARE = re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,3})(?![\d/])")
_FIGURE = re.compile(
    rf"(?P<number>{ARABIC})"
    r"(?:[\s-]?(?P<scale>(?:hundred )?(?:thousand|[mbtr]+illion)|hundred)s?\b"
    r"|(?P<short>k|m|b|t|w| ?(?:bn|mn|tn))(?![A-Za-z\d]))?",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:[A-Za-z][-‑]?|\b(?!(?:RMB|USD|CNY|EUR|HKD|GBP|JPY|NT) )[A-Z]{2,} |[A-Za-z][\w.-]*[\d.-])$")
_LETTER_BEHIND = re.compile(r"(?!(?:st|nd|rd|th|s)(?![A-Za-z\d]))[A-Za-z]|[.,]\d")
_ONE_LETTER = re.compile(r"[A-Z](?![A-Za-z])")
_MORE = re.compile(r"^ ?(?:[多余](?!少)|来[个万]|几个?|[+＋]|-odd\b|-something\b| or more\b)")
_NEARLY = re.compile(
    r"(?:近|接近|将近|快|差不多|几乎|\b(?:nearly|almost|close to|just under|approaching)) ?[$¥€£]?$", re.IGNORECASE
)


def figures(text: str) -> Iterator[Amount]:
    """Amounts in digits, from left to right.

    >>> [(found.text, found.kind) for found in figures("In 2024 1.5 million left at 8:30, with GPT-4")]
    [('2024', 'figure'), ('1.5 million', 'figure'), ('8', 'clock'), ('30', 'clock'), ('4', 'name')]
    """
    place = 0
    while found := _FIGURE.search(text, place):
        clock, share = _CLOCK.match(text, found.start()), _SHARE.match(text, found.start())
        if clock:
            yield from _clock(clock)
        elif share:
            yield _share(share)
        elif len(found["number"]) <= LONGEST:
            yield _figure(found, text)
        place = (clock or share or found).end()


def _clock(found: re.Match[str]) -> Iterator[Amount]:
    places, texts = (found.start(1), found.start(2)), (found[1], found[2])
    yield from hour_and_minute(places, texts, Fraction(found[1]), Fraction(found[2]))
    if found[3]:
        yield Amount(found.start(3), found.end(3), found[3], (Fraction(found[3]),), kind=CLOCK, sure=int(found[3]) > 0)


def _share(found: re.Match[str]) -> Amount:
    part, whole = Fraction(found[1]), Fraction(found[2])
    values = shares(part, whole) or (part,)
    both = Fraction(found[1] + found[2])
    sure, marked = part < whole and whole > 1, frozenset(values[1:])
    return Amount(*found.span(), found[0], (*values, both), (part, whole), marked=marked, sure=sure, kind=FIGURE)


def _figure(found: re.Match[str], text: str) -> Amount:
    number = Fraction(found["number"].replace(",", ""))
    scale = _SHORT.get((found["short"] or "").strip().lower(), 1)
    for word in (found["scale"] or "").lower().split():
        scale *= SCALES[word]
    values = (number * scale, number) if found["short"] else (number * scale,)
    before, behind = text[max(found.start() - NEAR, 0) : found.start()], text[found.end() : found.end() + NEAR]
    named = _NAMED.search(before) or (not found["scale"] and not found["short"] and _LETTER_BEHIND.match(behind))
    doubtful = (values[0] in (0, 1) and scale == 1) or _ONE_LETTER.match(behind)
    return Amount(
        *found.span(),
        found[0],
        values,
        reach=reach_above(values[0])
        if _MORE.match(behind)
        else reach_below(values[0])
        if _NEARLY.search(before)
        else None,
        scale=scale,
        sure=not doubtful,
        kind=NAME if named else FIGURE,
    )
