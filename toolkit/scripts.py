"""Which Chinese script a text is in, told by characters that only one of the two has; its tag; and the other script.

GB 2312 holds the characters of simplified Chinese, Big5 those of traditional Chinese: what one has and the other has
not is written in one script alone. Of Big5 only the common half counts, because the other one holds rare characters
that simplified names have too (喆, 堃).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from toolkit.errors import MissingExtra

IN_NAMES = "昇邨甦迺氾"
"""Characters that GB 2312 has not and that mainland China allows in names, since 2013: 昇腾 is simplified."""

CONFIGS = {"simplified": "t2s", "traditional": "s2t", "traditional-tw": "s2tw", "traditional-hk": "s2hk"}
"""What OpenCC calls each script. Characters are converted, not vocabulary: 软件 becomes 軟件, not 軟體, as was said."""

Convert = Callable[[str], str]

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


def main_script(text: str) -> str:
    """The tag of the script that most of those characters are of which only one has; empty where neither has more.

    >>> [main_script(text) for text in ("这台电脑", "這臺電腦，电", "人工智能")]
    ['zh-Hans', 'zh-Hant', '']
    """
    balance = len(simplified(text)) - len(traditional(text))
    return "zh-Hans" if balance > 0 else "zh-Hant" if balance else ""


def only_scripts(text: str) -> frozenset[str]:
    """The tags of the scripts that the text has characters of which the other one does not have.

    >>> sorted(only_scripts("这台電脑")), only_scripts("人工智能")
    (['zh-Hans', 'zh-Hant'], frozenset())
    """
    return frozenset(map(_script, set(text))) - {""}


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


@cache
def converter(script: str) -> Convert:
    """The function that writes text in a script; text that is in it already stays.

    Raises:
        MissingExtra: OpenCC is not installed.
    """
    try:
        from opencc import OpenCC
    except ModuleNotFoundError:
        raise MissingExtra("script", needed_for=f"--script {script}") from None
    convert: Convert = OpenCC(CONFIGS[script]).convert
    return convert


def find_converter(script: str) -> Convert | None:
    """The same, or None where OpenCC is not installed."""
    try:
        return converter(script)
    except MissingExtra:
        return None


@lru_cache(maxsize=1 << 14)
def _script(char: str) -> str:
    """The tag of the only script that has the character; empty where both have it, or none."""
    if char.isascii() or char in IN_NAMES:
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
