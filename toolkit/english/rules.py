"""From letters to sounds for words that no dictionary has: names of people, companies and models."""

from __future__ import annotations

import re
from functools import lru_cache

from toolkit.english.dictionary import Phones, look_up

SHORTEST_PART = 3
"""Fewer letters are no part of a compound: too many words begin or end in them by chance."""

PLAIN_VOWELS = {"a": "AA", "e": "EH", "i": "IY", "o": "OW", "u": "UW", "y": "IY"}
"""The vowels as most languages but English read them, and Chinese speakers in a name that is new to them."""

_RULES = """
bb? B | tch CH | sch SH | chr K R | ch CH | ck K | cc(?=[eiy]) K S | c(?=[eiy_]) S | cc? K | dge? JH | dd? D | ff? F
gh(?=t) - | ^gh G | gh - | gu(?=[eiy]) G | g(?=[eiy_]) JH | gg? G | ^kn N | kh K | kk? K | h(?=[aeiouy_]) HH
h - | j JH | (?<=[^aeiouy])l_ AX L | ll? L | mb$ M | mm? M | ng(?=[eiy_]) N JH | ng(?=[aoulr]) NG G | ng NG
n(?=[kxq]) NG | nn? N | ph F | ^ps S | pp? P | qu K W | q K | rr? R | sh SH | sion ZH AX N | ss? S | tion SH AX N
ture$ CH ER | th TH | tz T S | tt? T | vv? V | wh W | ^wr R | w(?=[aeiouy]) W | w - | ^x Z | x K S
^y(?=[aeiou]) Y | (?<=[aeiou])y(?=[aeiou]) Y | zh JH | zz? Z | _ -
air EH R | ai$ AY | ai EY | ay EY | aur AO R | au AO | aw AO | arr?(?![aeiouy]) AA R | ar_ EH R | a(?=[^aeiouyrwxh]_) EY
a$ AX | a AE | ear(?![aeiou]) IH R | ea IY | eer IH R | ee IY | eigh EY | ei AY | eu UW | ew UW | ey EY | eo IY OW
e(?=r[aeiouy]) EH | err? ER | e$ EH | e EH | ia IY AX | igh AY | ie IY | io IY OW | iu IY UW | irr?(?![aeiouy]) ER
i(?=[^aeiouywxh]_) AY | i(?=[^aeiouywxh][aeiouy]) IY | i$ IY | i IH | oor AO R | our AO R | oa OW | oe OW | oi OY
oo UW | ou UW | ow$ OW | ow AW | oy OY | orr? AO R | o$ OW | o(?=[^aeiouy]ic) AA
o(?=[^aeiouywxh][aeiouy_]|l[dtk]) OW | o AA | ua W AA
ue$ UW | ue UW EH | ui UW IH | uo W OW | uy AY | urr?(?![aeiouy]) ER | u$ UW | u(?=[^aeiouywxh][aeiouy_]) UW | u AH
y(?=[^aeiouy]+_) AY | y$ AY | y(?=[^aeiou]) IH | y IY
"""
"""Letters, as patterns of which the first that fits is taken, with their sounds; ``_`` is a silent final e.

Written for names: one reading a spelling, the commonest in English surnames, brands and transcribed foreign names.
"""

_VOWEL_LETTERS = re.compile("[aeiouy]+")


@lru_cache(maxsize=4096)
def pronounce(word: str) -> tuple[Phones, ...]:
    """Pronunciations of any word in lower case: from the dictionary, from its parts, or by rule.

    A reading with full vowels for the unstressed ones follows: speakers of Chinese stress every syllable.

    >>> pronounce("mistral")
    (('M', 'IH', 'S', 'T', 'R', 'AX', 'L'), ('M', 'IH', 'S', 'T', 'R', 'AA', 'L'))
    >>> pronounce("deepmind")[0], pronounce("berrt")[0]
    (('D', 'IY', 'P', 'M', 'AY', 'N', 'D'), ('B', 'ER', 'T'))
    """
    known = look_up(word) or _compound(word)
    if known:
        return tuple(dict.fromkeys((*known, *(full_vowels(word, phones, ("AX",)) for phones in known))))
    ruled = by_rule(word)
    return tuple(dict.fromkeys((ruled, full_vowels(word, ruled, ("AX", "AE", "AH")))))


def by_rule(word: str) -> Phones:
    """The sounds of a word from its letters alone.

    >>> " ".join(by_rule("karpathy"))
    'K AA R P AE TH IY'
    """
    if len(_VOWEL_LETTERS.findall(word)) > 1:
        word = re.sub("(?<=[^aeiouy])e$", "_", word)
        word = re.sub("(?<=[^aeiou])y$", "i", word)
    pattern, sounds = _rules()
    return tuple(sound for found in pattern.finditer(word) for sound in sounds[(found.lastindex or 1) - 1])


@lru_cache(maxsize=1)
def _rules() -> tuple[re.Pattern[str], tuple[Phones, ...]]:
    """The rules as one pattern with a group for each, and the sounds of the groups."""
    pairs = [entry.split(" ", 1) for line in _RULES.strip().splitlines() for entry in line.split(" | ")]
    pattern = re.compile("|".join(f"({letters})" for letters, _ in pairs))
    return pattern, tuple(tuple(sounds.replace("-", "").split()) for _, sounds in pairs)


def full_vowels(word: str, phones: Phones, weak: tuple[str, ...]) -> Phones:
    """The same sounds with each ``weak`` vowel as the word spells it, where letters and vowels can be matched.

    The o of *logic*, an ``AA`` in America, is rounded too: 逻辑.
    """
    spelled = _VOWEL_LETTERS.findall(re.sub("(?<=[^aeiouy])e$", "", word))
    places = [place for place, sound in enumerate(phones) if sound[0] in "AEIOU"]
    if len(spelled) != len(places):
        return phones
    full = list(phones)
    for letters, place in zip(spelled, places, strict=True):
        if full[place] in weak:
            full[place] = PLAIN_VOWELS.get(letters, full[place])
        elif (letters, full[place]) == ("o", "AA"):
            full[place] = PLAIN_VOWELS["o"]
    return tuple(full)


def _compound(word: str) -> tuple[Phones, ...]:
    """The pronunciations of two words written as one, or of a word with an s."""
    if word.endswith("s") and len(word) > SHORTEST_PART and not word.endswith("ss"):
        plural = tuple(
            (*phones, "S" if phones[-1] in ("P", "T", "K", "F", "TH") else "Z") for phones in look_up(word[:-1])
        )
        if plural:
            return plural
    middle = len(word) / 2
    for cut in sorted(range(SHORTEST_PART, len(word) - SHORTEST_PART + 1), key=lambda cut: (abs(cut - middle), cut)):
        head = look_up(word[:cut])
        tail = look_up(word[cut:]) if head else ()
        if tail:
            return (*head[0], *tail[0]), by_rule(word)
    return ()
