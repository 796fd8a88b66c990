"""Which Chinese script a text is in, told by characters that only one of the two has; and the tag of its language.

GB 2312 holds the characters of simplified Chinese, Big5 those of traditional Chinese: what one has and the other has
not is written in one script alone. Of Big5 only the common half counts, because the other one holds rare characters
that simplified names have too (喆, 堃).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

COMMON = b"\xc6\x7e"
"""The last of the common characters in Big5."""


def simplified(text: str) -> str:
    """The characters of the text that only simplified Chinese has.

    >>> simplified("这台電脑")
    '这脑'
    """
    return "".join(char for char in text if _script(char) == "zh-Hans")


def traditional(text: str) -> str:
    """The characters of the text that only traditional Chinese has.

    >>> traditional("这台電脑")
    '電'
    """
    return "".join(char for char in text if _script(char) == "zh-Hant")


def language_tag(texts: Iterable[str]) -> str:
    """The tag by which players know the language: ``zh-Hans``, ``zh-Hant``, or ``en`` where there is hardly any Han.

    >>> [language_tag([text]) for text in ("这台电脑", "這臺電腦", "this computer", "我的 computer")]
    ['zh-Hans', 'zh-Hant', 'en', 'zh-Hans']
    """
    from toolkit.breaks import is_chinese

    whole = "".join(texts)
    letters = [char for char in whole if char.isalpha()]
    if 10 * sum(map(is_chinese, letters)) < len(letters) or not letters:
        return "en"
    return "zh-Hant" if len(traditional(whole)) > len(simplified(whole)) else "zh-Hans"


@lru_cache(maxsize=1 << 14)
def _script(char: str) -> str:
    """The tag of the only script that has the character; empty where both have it, or none."""
    if char.isascii():
        return ""
    here, there = _encoded(char, "gb2312"), _encoded(char, "big5")
    if here and not there:
        return "zh-Hans" if here >= b"\xb0\xa1" else ""
    return "zh-Hant" if there and not here and b"\xa4\x40" <= there <= COMMON else ""


def _encoded(char: str, name: str) -> bytes:
    try:
        return char.encode(name)
    except UnicodeEncodeError:
        return b""
