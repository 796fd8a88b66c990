"""How a term in Latin letters is said: its words, its acronyms letter by letter, its numbers and signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from toolkit.english.dictionary import Phones, look_up
from toolkit.english.rules import pronounce

MOST = 4
"""So many pronunciations of a term are kept."""

LETTERS = {
    "a": "EY", "b": "B IY", "c": "S IY", "d": "D IY", "e": "IY", "f": "EH F", "g": "JH IY", "h": "EY CH", "i": "AY",
    "j": "JH EY", "k": "K EY", "l": "EH L", "m": "EH M", "n": "EH N", "o": "OW", "p": "P IY", "q": "K Y UW",
    "r": "AA R", "s": "EH S", "t": "T IY", "u": "Y UW", "v": "V IY", "w": "D AH B L Y UW", "x": "EH K S", "y": "W AY",
    "z": "Z IY",
}  # fmt: skip
"""The names of the letters; W as it is said in running speech."""

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
SIGNS = {"+": "plus", "&": "and", "@": "at", "#": "sharp", "%": "percent"}

_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*|[0-9]+|(?<=[0-9])\.(?=[0-9])|[+&@#%]")
_HUMP = re.compile(r"[A-Z]+(?![a-z'])|[A-Z]?[a-z']+|[A-Z]")
_LONG_ACRONYM = 5
"""From so many capitals on a word is likelier than letters."""


@lru_cache(maxsize=4096)
def phones(text: str) -> tuple[Phones, ...]:
    """The plausible pronunciations of a term in Latin letters, the most usual first, `MOST` at the most.

    Capitals are read as letters and, where they hold a vowel, as a word; words in one are taken apart where case or
    digits show the seam. What holds other letters than Latin ones has none.

    >>> [" ".join(sounds) for sounds in phones("GPT4o")]
    ['JH IY - P IY - T IY - F AO R - OW']
    >>> [" ".join(sounds) for sounds in phones("WAIC")]
    ['D AH B L Y UW - EY - AY - S IY', 'W EY K']
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    if any(char.isalpha() and not char.isascii() for char in plain):
        return ()
    return _joined([_readings(word) for word in _WORD.findall(plain)])


def _readings(word: str) -> tuple[Phones, ...]:
    """The pronunciations of one word, number or sign."""
    if word.isdigit():
        return tuple(_said(numeral) for numeral in _numerals(word))
    if word == ".":
        return look_up("point")
    if word in SIGNS:
        return look_up(SIGNS[word])
    humps: list[str] = _HUMP.findall(word)
    if len(humps) == 1:
        return _hump(word)
    apart = _joined([_hump(hump) for hump in humps])
    whole = _hump(word.lower()) if _is_word(word) and min(map(len, humps)) < 3 else ()
    both = (*whole, *apart) if look_up(word.lower()) else (*apart[: MOST - 1], *whole)
    return _distinct(both)[:MOST]


def _hump(word: str) -> tuple[Phones, ...]:
    """The pronunciations of a stretch without seams: letter by letter, as a word, or both."""
    lower = word.lower()
    letters = (_joined([(tuple(LETTERS[char].split()),) for char in lower if char in LETTERS])) if len(word) < 9 else ()
    if len(word) == 1 or not _is_word(word):
        return letters or pronounce(lower)
    if not word.isupper():
        return pronounce(lower)
    if len(word) > 2 and (look_up(lower) or len(word) > _LONG_ACRONYM):
        return (*pronounce(lower)[: MOST - 1], *letters)
    return (*letters, *pronounce(lower)[: MOST - 1])


def _is_word(text: str) -> bool:
    """Whether letters can be said as a word: they hold a vowel."""
    return any(char in "aeiouy" for char in text.lower())


def _joined(parts: Sequence[tuple[Phones, ...]]) -> tuple[Phones, ...]:
    """Pronunciations of words in a row from those of each: the usual ones of all first, then one other."""
    parts = [part[:MOST] for part in parts if part]
    if not parts:
        return ()
    usual = [part[0] for part in parts]
    if len(parts) <= 3:
        ranked = sorted(product(*(range(len(part)) for part in parts)), key=lambda ranks: (sum(ranks), ranks))
        chosen = [[part[rank] for part, rank in zip(parts, ranks, strict=True)] for ranks in ranked[:MOST]]
    else:
        others = [(place, other) for place, part in enumerate(parts) for other in part[1:]]
        chosen = [usual, *([*usual[:place], other, *usual[place + 1 :]] for place, other in others[: MOST - 1])]
    return _distinct([tuple(_hyphenated(words)) for words in chosen])


def _distinct(readings: Sequence[Phones]) -> tuple[Phones, ...]:
    """The readings without those that differ from an earlier one in hyphens alone."""
    kept: dict[Phones, Phones] = {}
    for reading in readings:
        kept.setdefault(tuple(sound for sound in reading if sound != "-"), reading)
    return tuple(kept.values())


def _hyphenated(words: Sequence[Phones]) -> Iterator[str]:
    for place, word in enumerate(words):
        if place:
            yield "-"
        yield from word


def _said(words: Sequence[str]) -> Phones:
    """The sounds of words that the dictionary has."""
    return tuple(_hyphenated([look_up(word)[0] for word in words]))


def _numerals(digits: str) -> list[list[str]]:
    """A number as it is said: up to four digits as a number, then digit by digit."""
    single = [DIGITS[int(digit)] for digit in digits]
    if len(digits) == 1 or len(digits) > 4 or digits.startswith("0"):
        return [single]
    return [_number(int(digits)), single]


def _number(value: int) -> list[str]:
    """The words of a number from 1 to 9999, without ``and``."""
    words: list[str] = []
    for unit, name in ((1000, "thousand"), (100, "hundred")):
        if value >= unit:
            words += [DIGITS[value // unit], name]
            value %= unit
    if value >= 20:
        words.append(TENS[value // 10])
        value %= 10
    if value >= 10:
        return [*words, TEENS[value - 10]]
    return [*words, DIGITS[value]] if value else words
