"""How far two English pronunciations are apart, for an ear: sounds by where and how the mouth makes them."""

from __future__ import annotations

from functools import lru_cache

from toolkit.english.dictionary import Phones

VOWELS = {
    "IY": (0.0, 0.0, 0.0, 0.0), "IH": (0.2, 0.15, 0.2, 0.15), "EH": (0.55, 0.1, 0.55, 0.1), "AE": (0.8, 0.1, 0.8, 0.1),
    "AA": (1.0, 0.8, 1.0, 0.8), "AO": (0.7, 1.0, 0.7, 1.0), "UH": (0.2, 0.85, 0.2, 0.85), "UW": (0.0, 1.0, 0.0, 1.0),
    "AH": (0.7, 0.6, 0.7, 0.6), "AX": (0.5, 0.5, 0.5, 0.5), "ER": (0.45, 0.45, 0.45, 0.65),
    "EY": (0.4, 0.0, 0.1, 0.1), "AY": (1.0, 0.5, 0.15, 0.1), "OY": (0.65, 1.0, 0.15, 0.1),
    "OW": (0.45, 0.9, 0.2, 0.9), "AW": (1.0, 0.5, 0.2, 0.85),
}  # fmt: skip
"""Openness and backness of the vowels, at their beginning and their end: places on the IPA's vowel chart, 0 to 1."""

CONSONANTS = {
    "P": ("stop", 0.0, 0), "B": ("stop", 0.0, 1), "T": ("stop", 0.4, 0), "D": ("stop", 0.4, 1),
    "K": ("stop", 1.0, 0), "G": ("stop", 1.0, 1), "CH": ("affricate", 0.6, 0), "JH": ("affricate", 0.6, 1),
    "F": ("fricative", 0.1, 0), "V": ("fricative", 0.1, 1), "TH": ("fricative", 0.3, 0), "DH": ("fricative", 0.3, 1),
    "S": ("fricative", 0.4, 0), "Z": ("fricative", 0.4, 1), "SH": ("fricative", 0.6, 0), "ZH": ("fricative", 0.6, 1),
    "HH": ("fricative", 1.2, 0), "M": ("nasal", 0.0, 1), "N": ("nasal", 0.4, 1), "NG": ("nasal", 1.0, 1),
    "L": ("glide", 0.4, 1), "R": ("glide", 0.6, 1), "W": ("glide", 0.0, 1), "Y": ("glide", 0.8, 1),
}  # fmt: skip
"""Manner, place from the lips (0) to the throat (1.2), and voice of the consonants: the columns of the IPA's table."""

MANNERS = {
    ("stop", "affricate"): 0.3, ("affricate", "fricative"): 0.2, ("stop", "fricative"): 0.5,
    ("nasal", "glide"): 0.4,
}  # fmt: skip
"""Costs of another manner, the affricate being a stop and a fricative; what is not listed costs `OTHER_MANNER`."""

OTHER_MANNER = 0.75
VOICE = 0.12
"""English stops differ in voice, Chinese ones in breath: B and P, D and T, G and K are taken for each other."""

PLACE = 0.8
"""Cost of a place as far off as the lips are from the back of the tongue."""

VOWEL = 0.8
"""Cost of two vowels at opposite ends of the chart; none costs less than a tenth."""

CHINESE_EARS = {
    # Chinese has no TH, DH, V or Z, and takes the nearest it has; l and r, l and n merge in many dialects.
    ("TH", "S"): 0.12, ("DH", "Z"): 0.12, ("DH", "D"): 0.2, ("TH", "F"): 0.2, ("V", "W"): 0.12, ("ZH", "JH"): 0.12,
    ("ZH", "R"): 0.2, ("L", "R"): 0.25, ("L", "N"): 0.3, ("N", "NG"): 0.15, ("M", "N"): 0.2, ("HH", "F"): 0.35,
    ("S", "SH"): 0.2, ("Z", "JH"): 0.25, ("Z", "S"): 0.08,
}  # fmt: skip
"""Pairs that Chinese speakers confuse more than their places in the mouth tell."""

WEAK = {
    # What is swallowed or slipped in: schwa, h, glides, an r after a vowel, a stop or an l before another consonant.
    "AX": 0.35, "HH": 0.5, "Y": 0.5, "W": 0.6, "R": 0.6, "T": 0.65, "D": 0.65, "L": 0.7, "IH": 0.7, "AH": 0.7,
    "K": 0.8, "P": 0.8, "B": 0.8, "G": 0.8,
}  # fmt: skip
"""Costs of a sound too many or missing; what is not listed costs `EXTRA`."""

EXTRA = 0.9
VOWEL_FOR_CONSONANT = 1.0
CLOSE_VOWELS = {("Y", "IY"): 0.3, ("Y", "IH"): 0.4, ("W", "UW"): 0.3, ("R", "ER"): 0.3}
"""Glides and the vowels they are short forms of."""


def phone_distance(one: Phones, other: Phones) -> float:
    """The share of the longer pronunciation that is different, graded: 0 the same, 1 nothing in common.

    Hyphens between words do not count, and it is the same in either direction.

    >>> from toolkit.english import phones
    >>> for heard, term in (("open eye", "OpenAI"), ("airtime", "AI TIME"), ("banana", "OpenAI")):
    ...     print(round(phone_distance(phones(heard)[0], phones(term)[0]), 2))
    0.15
    0.28
    0.49
    """
    rows = [sound for sound in one if sound != "-"]
    columns = [sound for sound in other if sound != "-"]
    if not rows or not columns:
        return float(bool(rows or columns))
    above = [0.0]
    for sound in columns:
        above.append(above[-1] + WEAK.get(sound, EXTRA))
    extras = [WEAK.get(sound, EXTRA) for sound in columns]
    for sound in rows:
        missing = WEAK.get(sound, EXTRA)
        costs = _costs()[sound]
        row = [last := above[0] + missing]
        for wanted, extra, diagonal, up in zip(columns, extras, above, above[1:], strict=False):
            row.append(last := min(diagonal + costs[wanted], up + missing, last + extra))
        above = row
    return min(1.0, above[-1] / max(len(rows), len(columns)))


@lru_cache(maxsize=1)
def _costs() -> dict[str, dict[str, float]]:
    sounds = (*VOWELS, *CONSONANTS)
    return {one: {other: _cost(one, other) for other in sounds} for one in sounds}


def _cost(one: str, other: str) -> float:
    """The cost of taking one sound for another, the same either way round."""
    if one == other:
        return 0.0
    for table in (CHINESE_EARS, CLOSE_VOWELS):
        listed = table.get((one, other), table.get((other, one)))
        if listed is not None:
            return listed
    if one in VOWELS and other in VOWELS:
        return _vowel_cost(VOWELS[one], VOWELS[other])
    if one in CONSONANTS and other in CONSONANTS:
        return _consonant_cost(CONSONANTS[one], CONSONANTS[other])
    return VOWEL_FOR_CONSONANT


def _vowel_cost(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    apart = sum(abs(here - there) for here, there in zip(one, other, strict=True)) / 2
    return min(1.0, 0.1 + VOWEL * apart)


def _consonant_cost(one: tuple[str, float, int], other: tuple[str, float, int]) -> float:
    manners = (one[0], other[0])
    manner = 0.0 if one[0] == other[0] else MANNERS.get(manners, MANNERS.get(manners[::-1], OTHER_MANNER))
    return min(1.0, manner + PLACE * abs(one[1] - other[1]) + VOICE * (one[2] != other[2]))
