"""The syllables that Mandarin has, without tones, as a small table."""

from __future__ import annotations

from functools import lru_cache

_TABLE = """
: a ai an ang ao e ei en er o ou | y: a ao an ang e i in ing ong ou u ue un uan | w: a ai an ang ei en eng o u
b: a ai an ang ao ei en eng i ian iao ie in ing o u | p: a ai an ang ao ei en eng i ian iao ie in ing o ou u
m: a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u | f: a an ang ei en eng o ou u
d: a ai an ang ao e ei eng i ian iao ie ing iu ong ou u uan ui un uo
t: a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo
n: a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v
l: a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v
g: a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
k: a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo
h: a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j: i ia ian iang iao ie in ing iong iu u uan ue un | q: i ia ian iang iao ie in ing iong iu u uan ue un
x: i ia ian iang iao ie in ing iong iu u uan ue un
zh: a ai an ang ao e en eng i ong ou u ua uan uang ui un uo
ch: a ai an ang ao e en eng i ong ou u uan uang ui un uo
sh: a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo | r: an ang ao e en eng i ong ou u uan ui un uo
z: a ai an ang ao e en eng i ong ou u uan ui un uo | c: a ai an ang ao e en eng i ong ou u uan ui un uo
s: a ai an ang ao e en eng i ong ou u uan ui un uo
"""
"""Initials with their finals. Syllables of one or two rare characters (den, nun, rua …) are left out."""


@lru_cache(maxsize=1)
def mandarin_syllables() -> frozenset[str]:
    """The toneless syllables of common characters in pinyin, ``v`` for ü.

    >>> "ke" in mandarin_syllables(), "ki" in mandarin_syllables()
    (True, False)
    """
    rows = [row.partition(":") for row in _TABLE.replace("\n", "|").split("|")]
    return frozenset(initial.strip() + final for initial, _, finals in rows for final in finals.split())


def as_pinyin(word: str) -> tuple[str, ...]:
    """The syllables of a word in lower case that is pinyin throughout, two at least; empty for others.

    A syllable of one letter is none here: it would make pinyin of ``openai``.

    >>> as_pinyin("huawei"), as_pinyin("kimi")
    (('hua', 'wei'), ())
    """
    found = _split(word)
    return found if found and len(found) > 1 else ()


def _split(letters: str) -> tuple[str, ...] | None:
    """Letters cut into syllables, long ones first; None where they cannot be."""
    if not letters:
        return ()
    for end in range(min(6, len(letters)), 1, -1):
        if letters[:end] in mandarin_syllables():
            rest = _split(letters[end:])
            if rest is not None:
                return (letters[:end], *rest)
    return None
