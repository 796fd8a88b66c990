"""How Chinese text sounds: syllables of characters, which sounds are confused, and how far two syllables are apart.

Costs are shares of a syllable: 0 is the same sound, 1 another syllable altogether. They are graded by why sounds are
confused: a contrast that whole regions of speakers do not make costs least, one that only noise blurs costs most.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

Readings = tuple["Syllable", ...]
"""The syllables that one character may have, the contextual one first; empty for what is not a Chinese character."""

OTHER = 0.5
"""Cost of an initial, or of a final, that is simply another."""

TONE = 0.03
"""Cost of another tone: recognisers write toneless homophones for each other freely."""

POLYPHONE = 0.05
"""Cost of taking a reading of a character that its context does not suggest."""

INITIAL_COSTS = {
    # Flat and retroflex sibilants are one sound for most southern speakers (Mandarin of Wu, Min and Yue areas).
    ("zh", "z"): 0.06, ("ch", "c"): 0.06, ("sh", "s"): 0.06,
    # n and l, f and h, r and l merge in south-western, Min and Hunan Mandarin.
    ("n", "l"): 0.1, ("f", "h"): 0.14, ("r", "l"): 0.14,
    # Palatals beside retroflexes and sibilants: near places of articulation.
    ("zh", "j"): 0.2, ("ch", "q"): 0.2, ("sh", "x"): 0.2, ("z", "j"): 0.22, ("c", "q"): 0.22, ("s", "x"): 0.22,
    # Pairs that differ in aspiration alone.
    ("b", "p"): 0.18, ("d", "t"): 0.18, ("g", "k"): 0.18, ("zh", "ch"): 0.2, ("z", "c"): 0.2, ("j", "q"): 0.18,
    # Affricate and fricative of one place.
    ("ch", "sh"): 0.2, ("c", "s"): 0.22, ("q", "x"): 0.2, ("zh", "sh"): 0.26, ("z", "s"): 0.26, ("j", "x"): 0.26,
    ("zh", "c"): 0.26, ("ch", "z"): 0.26, ("sh", "c"): 0.26, ("ch", "s"): 0.26,
    # Nasals, voiced onsets, and an onset that is easily lost.
    ("m", "n"): 0.25, ("r", "zh"): 0.3, ("", "h"): 0.3, ("", "r"): 0.3, ("", "n"): 0.35, ("", "l"): 0.35,
    ("g", "h"): 0.35, ("k", "h"): 0.3, ("m", "b"): 0.35, ("p", "f"): 0.35, ("d", "n"): 0.35, ("d", "l"): 0.35,
    ("t", "l"): 0.4,
}  # fmt: skip
"""Costs of confusing two initials, in either order; what is not listed costs `OTHER`."""

FINAL_COSTS = {
    # Front and back nasals: the contrast most often lost, everywhere south of the Huai river.
    ("in", "ing"): 0.05, ("en", "eng"): 0.05, ("an", "ang"): 0.08, ("ian", "iang"): 0.1, ("uan", "uang"): 0.08,
    ("uen", "ueng"): 0.06, ("uen", "ong"): 0.14, ("vn", "iong"): 0.14,
    # Spelled apart, sounded alike.
    ("o", "uo"): 0.04, ("e", "o"): 0.14, ("e", "uo"): 0.16, ("eng", "ong"): 0.14,
    # Rounding: i and ü, ie and üe, in and ün.
    ("i", "v"): 0.12, ("ie", "ve"): 0.14, ("in", "vn"): 0.14, ("ian", "van"): 0.14,
    # A medial more or less.
    ("an", "ian"): 0.2, ("an", "uan"): 0.2, ("ang", "iang"): 0.2, ("ang", "uang"): 0.2, ("a", "ia"): 0.2,
    ("a", "ua"): 0.2, ("en", "uen"): 0.18, ("en", "in"): 0.2, ("eng", "ing"): 0.2, ("ou", "iou"): 0.2,
    ("ao", "iao"): 0.2, ("ei", "uei"): 0.2, ("ai", "uai"): 0.2, ("ie", "e"): 0.3, ("uan", "van"): 0.25,
    # Neighbouring vowels.
    ("ai", "ei"): 0.2, ("ao", "ou"): 0.25, ("ou", "uo"): 0.25, ("ie", "ei"): 0.3, ("an", "en"): 0.25,
    ("ang", "eng"): 0.3, ("e", "a"): 0.35, ("u", "v"): 0.3, ("u", "ou"): 0.3, ("u", "uo"): 0.3, ("i", "ei"): 0.3,
    ("i", "e"): 0.3, ("ian", "ie"): 0.3, ("ian", "in"): 0.3, ("iang", "ing"): 0.35,
    # A nasal ending more or less.
    ("i", "in"): 0.25, ("i", "ing"): 0.25, ("e", "en"): 0.25, ("a", "an"): 0.3, ("u", "ong"): 0.35, ("ie", "in"): 0.35,
    ("uo", "ong"): 0.4, ("ai", "an"): 0.35, ("ao", "ang"): 0.35,
}  # fmt: skip
"""Costs of confusing two finals (``v`` is ü), in either order; what is not listed costs `OTHER`."""

_INITIAL = re.compile("zh|ch|sh|[bpmfdtnlgkhjqxrzcs](?=.*[aeiouv])")

_SHORT_FINALS = {"iu": "iou", "ui": "uei", "un": "uen", "ue": "ve"}
"""Finals that pinyin shortens after an initial."""

_BARE_FINALS = {
    "yi": "i", "ya": "ia", "yo": "io", "ye": "ie", "yao": "iao", "you": "iou", "yan": "ian", "yin": "in",
    "yang": "iang", "ying": "ing", "yong": "iong", "yu": "v", "yue": "ve", "yuan": "van", "yun": "vn",
    "wu": "u", "wa": "ua", "wo": "uo", "wai": "uai", "wei": "uei", "wan": "uan", "wen": "uen",
    "wang": "uang", "weng": "ueng",
}  # fmt: skip
"""Finals as pinyin writes them where no initial stands before."""

_TONE_MARKS = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}


@dataclass(frozen=True)
class Syllable:
    """One syllable: initial (empty for none), final with ``v`` for ü, tone 1 to 5 or 0 where unknown, its spelling."""

    initial: str
    final: str
    tone: int = 0
    pinyin: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.pinyin}{self.tone or ''}"


@lru_cache(maxsize=4096)
def parse_syllable(pinyin: str) -> Syllable:
    """A syllable from pinyin with a tone mark, a tone number, or neither; ``v`` or ``ü`` for ü.

    >>> for text in ("shēng", "yuan2", "ke"):
    ...     print(repr(parse_syllable(text)))
    Syllable(initial='sh', final='eng', tone=1)
    Syllable(initial='', final='van', tone=2)
    Syllable(initial='k', final='e', tone=0)
    """
    plain, tone = _split_tone(pinyin.lower())
    found = _INITIAL.match(plain)
    initial = found.group() if found else ""
    rest = plain[len(initial) :]
    if not initial:
        final = _BARE_FINALS.get(rest, rest)
    elif initial in ("j", "q", "x") and rest.startswith("u"):
        final = "v" + rest[1:]
    else:
        final = _SHORT_FINALS.get(rest, rest)
    return Syllable(initial, final, tone, plain)


def parse_syllables(pinyin: str) -> tuple[Syllable, ...]:
    """Syllables from pinyin with spaces between: ``wai ke``."""
    return tuple(parse_syllable(part) for part in pinyin.lower().split())


def is_han(char: str) -> bool:
    """Whether a character is Chinese (CJK unified ideographs with extension A, and 〇)."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇"


@lru_cache(maxsize=32768)
def all_readings(char: str) -> Readings:
    """Every reading of one character, the commonest first; empty for what is not a Chinese character."""
    from pypinyin.constants import PINYIN_DICT

    spellings = PINYIN_DICT.get(ord(char), "") if is_han(char) else ""
    return tuple(dict.fromkeys(parse_syllable(spelling) for spelling in spellings.split(",") if spelling))


def readings(text: str) -> list[Readings]:
    """The readings of each character: the one that its context suggests, then its commonest.

    Rarer readings are left out: a recogniser that needs a homophone takes a character by its usual sound.

    >>> [str(syllables[0]) for syllables in readings("银行行长")]
    ['yin2', 'hang2', 'hang2', 'zhang3']
    """
    from pypinyin import Style, lazy_pinyin

    found: list[Readings] = [all_readings(char)[:1] for char in text]
    if not any(len(all_readings(char)) > 1 for char in text):
        return found
    # pypinyin annotates ``errors`` as returning text; its code also takes a list, one item a character.
    split: Any = list
    spelt = lazy_pinyin(text, style=Style.TONE3, errors=split, neutral_tone_with_five=True)
    for index, spelling in enumerate(spelt):
        if found[index]:
            found[index] = tuple(dict.fromkeys((parse_syllable(spelling), *found[index])))
    return found


def distance(one: Syllable, other: Syllable) -> float:
    """How far two syllables are apart: 0 the same, up to 1.

    >>> [round(distance(parse_syllable("sheng1"), parse_syllable(text)), 2) for text in ("sheng4", "shen1", "ceng2")]
    [0.03, 0.05, 0.29]
    """
    cost = _cost(INITIAL_COSTS, one.initial, other.initial) + _cost(FINAL_COSTS, one.final, other.final)
    if one.tone and other.tone and one.tone != other.tone:
        cost += TONE
    return min(cost, 1.0)


def nearest_reading(choices: Readings, wanted: Syllable) -> tuple[float, Syllable]:
    """The reading closest to ``wanted`` and its distance; one that context does not suggest pays `POLYPHONE`."""
    costs = [
        (distance(choice, wanted) + (POLYPHONE if index else 0.0), index, choice)
        for index, choice in enumerate(choices)
    ]
    cost, _, choice = min(costs, key=lambda entry: entry[:2])
    return cost, choice


def spell(syllables: Iterable[Syllable]) -> str:
    """Syllables as pinyin with spaces between and tone numbers."""
    return " ".join(str(syllable) for syllable in syllables)


def mean_distance(heard: Sequence[Readings], term: Sequence[Syllable]) -> float:
    """The mean distance, syllable by syllable, of two stretches of equal length."""
    return sum(nearest_reading(choices, wanted)[0] for choices, wanted in zip(heard, term, strict=True)) / len(term)


def _split_tone(pinyin: str) -> tuple[str, int]:
    """Plain letters, with ``v`` for ü, and the tone; 0 where none is marked."""
    tone = int(pinyin[-1]) if pinyin[-1:].isdigit() else 0
    letters: list[str] = []
    for mark in unicodedata.normalize("NFD", pinyin.rstrip("0123456789")):
        if mark == "\u0308":
            letters[-1:] = ["v"]
        elif mark in _TONE_MARKS:
            tone = _TONE_MARKS[mark]
        else:
            letters.append(mark)
    return "".join(letters).replace("\u0302", ""), tone


def _cost(table: dict[tuple[str, str], float], one: str, other: str) -> float:
    if one == other:
        return 0.0
    return table.get((one, other), table.get((other, one), OTHER))
