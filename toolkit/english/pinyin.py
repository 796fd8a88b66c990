"""English sounds as a Chinese speaker or recogniser writes them: syllables of Mandarin in pinyin without tones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from toolkit.english.dictionary import Phones
from toolkit.english.mandarin import mandarin_syllables

MOST = 4
"""So many ways to write a pronunciation are kept."""

BEAM = 16
"""So many beginnings of a word are followed up."""

STEP = 0.3
"""Cost of each place further down a list of choices."""

Option = tuple[float, tuple[str, ...]]
"""Syllables for a stretch of sounds, and how far they are from the likeliest."""

# Mandarin has stops with and without breath where English has voice, l alone for l and r, w or f for v, s for th; its
# k, g, h, s never stand before i, where j, q and x do.
INITIALS = {
    "P": "p", "B": "b", "T": "t", "D": "d", "K": "k", "G": "g", "F": "f", "V": "w f", "TH": "s", "DH": "z d",
    "S": "s", "Z": "z s", "SH": "sh x", "ZH": "r zh j", "HH": "h", "CH": "ch q", "JH": "j zh q", "M": "m",
    "N": "n", "NG": "n", "L": "l", "R": "l r", "W": "w", "Y": "y", "": "",
    "T S": "s c", "D Z": "z",
}  # fmt: skip
"""Initials for each consonant, the likeliest first."""

BEFORE_I = {
    "K": "j q", "G": "j", "TH": "x s", "DH": "d j", "S": "x s", "Z": "z j", "SH": "x sh", "ZH": "j r", "HH": "x",
    "CH": "q ch", "JH": "j zh q", "K Y": "q", "T S": "q x", "D Z": "j z",
}  # fmt: skip
"""The same before finals that begin with i."""

FINALS = {
    "AA": "a uo", "AE": "a ai", "AH": "a e", "AX": "e a u", "AO": "ao uo a", "AW": "ao", "AY": "ai", "OY": "uo ao",
    "EH": "e ai ei", "ER": "e er", "EY": "ai ei", "IH": "i", "IY": "i", "OW": "uo ou e u", "UH": "u", "UW": "u",
}  # fmt: skip
"""Finals for each vowel, the likeliest first."""

BARE = {"AX": "a e", "EH": "ai ei", "EY": "ei ai", "ER": "er e", "OW": "ou uo ao", "AO": "ao uo"}
"""The same where no consonant stands before, as far as it differs."""

NASALS = {
    "AA": "an ang", "AE": "an", "AH": "an en ang", "AX": "en un an", "AO": "ang ong", "AW": "ang",
    "EH": "en eng ian an", "ER": "en", "IH": "in en ing", "IY": "in ing", "OW": "ong", "UH": "un", "UW": "un ong",
    "AY": "an", "EY": "an en",
}  # fmt: skip
"""Finals for each vowel with an n or m that closes its syllable."""

VELARS = {"AA": "ang", "AE": "ang", "AH": "ang", "AO": "ang ong", "IH": "ing", "IY": "ing"}
"""Finals for each vowel with ng; ``eng`` for others."""

BEFORE_EI = ("P", "B", "M", "F", "V", "W", "N", "L", "R")
"""After these e sounds as ei (贝, 梅, 内, 雷), elsewhere as e or ai (特, 戴, 克)."""

_ROUND = {"uo": "o", "e": "o", "un": "en", "ong": "eng", "er": "o"}
_PALATAL = {
    "a": "ia", "an": "ian", "ang": "iang", "ao": "iao", "e": "ie", "ei": "ie", "ai": "ie", "er": "ie", "en": "in",
    "eng": "ing", "ong": "iong", "ou": "iu", "uo": "ue",
}  # fmt: skip

FITTED = {
    # Rounding is in the lips already, bo and not buo; what begins in the middle of the mouth goes on with an i.
    "b": _ROUND, "p": _ROUND, "m": _ROUND, "j": _PALATAL, "q": _PALATAL, "x": _PALATAL,
    "f": {"uo": "o", "e": "u", "un": "en", "ong": "eng", "i": "ei", "in": "en", "ing": "eng", "ai": "ei", "er": "u"},
    "w": {"i": "ei", "in": "en", "ing": "eng", "uo": "o", "ou": "o", "ao": "o", "e": "o", "un": "en", "ong": "eng"},
    "y": {"uo": "ue", "u": "ou", "ei": "e", "ai": "a", "en": "in", "iu": "ou"},
    "": {"i": "yi", "in": "yin", "ing": "ying", "u": "wu", "uo": "wo", "un": "wen", "ong": "weng"},
}  # fmt: skip
"""Finals as they change after some initials."""

ROUNDED = {
    "a": "ua", "ai": "uai", "ei": "ui", "i": "ui", "an": "uan", "ang": "uang", "en": "un", "in": "un", "e": "uo",
}  # fmt: skip
"""Finals after k, g and h with w: kw-, gw-, hw-."""

ALONE = {
    "P": "pu", "B": "bu", "T": "te", "D": "de", "K": "ke", "G": "ge", "F": "fu", "V": "fu", "TH": "si", "DH": "si de",
    "S": "si", "Z": "si zi", "SH": "shi", "ZH": "ri", "HH": "he", "CH": "qi chi", "JH": "qi zhi", "M": "mu", "N": "en",
    "NG": "en", "L": "er le", "R": "er", "W": "wu", "Y": "yi", "T S": "ci", "D Z": "zi",
}  # fmt: skip
"""Syllables for consonants without a vowel."""

DROPPED = {"T": 0.45, "D": 0.45, "K": 0.6, "G": 0.6, "P": 0.6, "B": 0.6}
"""Cost of leaving out a stop after a vowel: Chinese has none there."""

AFTER_GLIDE = {"AY": 0.0, "EY": STEP, "OW": STEP, "AW": STEP, "OY": STEP}
"""Cost of giving the n after a vowel that moves a syllable of its own, which keeps the vowel whole; else two steps."""


@lru_cache(maxsize=4096)
def in_pinyin(phones: Phones) -> tuple[tuple[str, ...], ...]:
    """The ways to write a pronunciation in toneless pinyin, the likeliest first, `MOST` at the most.

    Clusters are broken up by vowels; consonants at the end of a syllable become one of their own or are left out.

    >>> from toolkit.english import phones
    >>> [" ".join(in_pinyin(phones(name)[0])[0]) for name in ("Claude", "OpenAI", "Anna", "Llama")]
    ['ke lao de', 'ou pen ei ai', 'an na', 'la ma']
    """
    words = "".join(f"{sound} " for sound in phones).split("- ")
    parts = [options for word in words for options in _units(word)]
    return tuple(syllables for _, syllables in _chains(parts) if syllables)[:MOST]


def _chains(parts: Iterable[Sequence[Option]]) -> list[Option]:
    """The cheapest rows of one option from each part, cheapest first."""
    chains: dict[tuple[str, ...], float] = {(): 0.0}
    for options in parts:
        longer: dict[tuple[str, ...], float] = {}
        for done, cost in chains.items():
            for extra, syllables in options:
                row = (*done, *syllables)
                longer[row] = min(cost + extra, longer.get(row, 99.0))
        chains = dict(sorted(longer.items(), key=lambda item: (round(item[1], 6), item[0]))[:BEAM])
    return [(cost, row) for row, cost in chains.items()]


def _units(word: str) -> Iterator[list[Option]]:
    """The options of each syllable, and of each consonant that has no vowel, of a word; a space follows each sound."""
    begun = False
    for unit in _unit().finditer(word):
        if unit["vowel"]:
            begun = True
            yield _syllable(unit)
        else:
            sounds = unit["alone"].strip()
            yield _alone(sounds, DROPPED.get(sounds) if begun else None)


@lru_cache(maxsize=1)
def _unit() -> re.Pattern[str]:
    """A syllable, or consonants alone. Lax vowels share the n between them and the next: Anna is 安娜."""
    # In ARPAbet the vowels, and they alone, begin with the letter of a vowel.
    vowel, consonant = "[AEIOU][A-Z] ", "[B-DF-HJ-NP-TV-Z][A-Z]? "
    return re.compile(
        rf"(?P<hiatus>(?<=IY ))?(?:(?P<onset>T S |D Z |{consonant})(?P<glide>[WY] )?)?(?P<vowel>{vowel})(?P<r>(?=R ))?"
        rf"(?:(?P<coda>(?:NG|N|M|R|L) )(?!{vowel}|Y {vowel})|(?P<shared>(?<=(?:AE|EH|AH) )(?=N {vowel})))?"
        rf"(?P<last>(?<={vowel})$)?(?P<lips>(?=[PBF] ))?"
        rf"|(?P<alone>T S |D Z |{consonant})"
    )


def _alone(sounds: str, dropped: float | None) -> list[Option]:
    options: list[Option] = [(STEP * rank, (syllable,)) for rank, syllable in enumerate(ALONE[sounds].split())]
    return options if dropped is None else [*options, (dropped, ())]


def _syllable(unit: re.Match[str]) -> list[Option]:
    """The options of a vowel with the consonant before it and what closes it."""
    onset, glide, vowel, coda = ((unit[name] or "").strip() for name in ("onset", "glide", "vowel", "coda"))
    if not onset and unit["hiatus"] is not None and vowel != "OW":
        onset = "Y"
    opened = _onset(onset, glide, _open(unit, onset, vowel))
    if vowel == "OY":
        opened = _after(opened, [(0.0, ("yi",))])
    if unit["shared"] is not None:
        return [*_onset(onset, glide, NASALS[vowel]), *_after(opened, [(STEP, ())])]
    if coda in ("N", "NG"):
        closed = _onset(onset, glide, VELARS.get(vowel, "eng") if coda == "NG" else NASALS.get(vowel, ""))
        return [*closed, *_after(opened, [(AFTER_GLIDE.get(vowel, 2 * STEP), ("en",))])]
    if coda == "M":
        # 姆 of its own, but for a p, b or f after it: 汤姆, 坎贝尔.
        own, joined = (6 * STEP, 0.0) if unit["lips"] is not None else (0.0, STEP)
        return [*_after(opened, [(own, ("mu",))]), *_after(_onset(onset, glide, NASALS.get(vowel, "")), [(joined, ())])]
    return _after(opened, _liquid(vowel, coda))


def _liquid(vowel: str, coda: str) -> list[Option]:
    """What becomes of an r or l that closes a syllable: 尔, or nothing after vowels that it colours."""
    if not coda:
        return [(0.0, ())]
    silent = vowel in (("AA", "AO") if coda == "R" else ("OW", "AO", "UW", "UH"))
    return [(0.0, ()), (1.2 * STEP, ("er",))] if silent else [(0.0, ("er",)), (1.2 * STEP, ())]


def _open(unit: re.Match[str], onset: str, vowel: str) -> str:
    """Finals for a vowel that no nasal closes, as its neighbours colour it."""
    if vowel == "AX" and unit["last"] is not None and unit.start():
        return "a"
    if vowel == "OW" and unit["hiatus"] is not None:
        return "ao ou"
    if not onset:
        return BARE.get(vowel, FINALS[vowel])
    if vowel == "AO" and unit["r"] is not None:
        return "uo ao"
    if vowel == "AA" and unit["coda"] == "R ":
        return "a ai"
    if vowel == "OW" and unit["coda"] == "L ":
        return "uo ou u"
    if vowel == "UW" and onset == "N":
        return "u iu"
    return "ei ai" if vowel in ("EH", "EY") and onset in BEFORE_EI else FINALS[vowel]


def _onset(onset: str, glide: str, finals: str) -> list[Option]:
    """The syllables of a consonant with each of the finals; with a glide between them as one syllable, or as two."""
    if not glide:
        return _legal(onset, finals) or [
            (cost, (*_alone(onset, None)[0][1], *bare)) for cost, bare in _legal("", finals)
        ]
    rounded = glide == "W" and onset in ("K", "G", "HH")
    if rounded:
        whole = _legal(onset, " ".join(ROUNDED[final] for final in finals.split() if final in ROUNDED))
    else:
        whole = _legal(f"{onset} Y", "iu iao u") if glide == "Y" and finals.startswith("u") else []
    head = _legal(onset, "u") if rounded else _legal(onset, "i") if glide == "Y" else _alone(onset, None)
    return [*whole, *_after([(STEP if whole else 0.0, head[0][1])], _onset(glide, "", finals))]


def _legal(onset: str, finals: str) -> list[Option]:
    """The syllables that Mandarin has of those that a consonant and some finals may make."""
    found: dict[str, float] = {}
    consonant = onset.removesuffix(" Y")
    for rank, final in enumerate(finals.split()):
        choices = BEFORE_I.get(onset, BEFORE_I.get(consonant)) if final.startswith("i") else None
        for place, initial in enumerate((choices or INITIALS[consonant]).split() or [""]):
            syllable = initial + FITTED.get(initial, {}).get(final, final)
            if syllable in mandarin_syllables():
                found.setdefault(syllable, STEP * (rank + place))
    return [(cost, (syllable,)) for syllable, cost in found.items()]


def _after(heads: Sequence[Option], tails: Sequence[Option]) -> list[Option]:
    return [(one + other, (*head, *tail)) for one, head in heads for other, tail in tails]
