"""Text with its pinyin above, a pair for each character."""

from __future__ import annotations

import unicodedata

from toolkit.sounds import Syllable, readings

_MARKS = {1: "\u0304", 2: "\u0301", 3: "\u030c", 4: "\u0300"}


def pairs(text: str) -> list[tuple[str, str]]:
    """Each character with its pinyin, tone mark included; empty for what is not Chinese.

    >>> pairs("银行A")
    [('银', 'yín'), ('行', 'háng'), ('A', '')]
    """
    return [(char, _marked(found[0]) if found else "") for char, found in zip(text, readings(text), strict=True)]


def _marked(syllable: Syllable) -> str:
    """Pinyin with its tone mark, on the vowel that Hanyu Pinyin's rules name: a or e, the o of ou, else the last."""
    plain = syllable.pinyin.replace("v", "ü")
    vowels = [place for place, letter in enumerate(plain) if letter in "aeiouü"]
    if syllable.tone not in _MARKS or not vowels:
        return plain
    chosen = next((place for place in vowels if plain[place] in "ae"), -1)
    if chosen < 0:
        chosen = plain.index("o") if "ou" in plain else vowels[-1]
    return unicodedata.normalize("NFC", plain[: chosen + 1] + _MARKS[syllable.tone] + plain[chosen + 1 :])
