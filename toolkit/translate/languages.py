"""Which of the two languages a text is in, and what the languages are called."""

from __future__ import annotations

import re

from toolkit.sounds import is_han

NAMES = {
    "en": "English",
    "zh": "Chinese (simplified characters)",
    "zh-Hans": "Chinese (simplified characters)",
    "zh-Hant": "Chinese (traditional characters)",
}
"""The languages and how they are called in English."""

_LETTER = re.compile(r"[^\W\d_]")


def is_chinese(language: str) -> bool:
    """Whether a code stands for Chinese: ``zh``, ``zh-Hant``, ``yue`` …"""
    return language.partition("-")[0] in ("zh", "yue", "cmn")


def count_han(text: str) -> int:
    """How many Chinese characters there are."""
    return sum(map(is_han, text))


def needs_none(text: str, target: str) -> bool:
    """Whether a text can pass through: it is in the target language, or in no language at all.

    Chinese with English words in it is Chinese; English has no Chinese character.

    >>> [needs_none(text, "en") for text in ("Thank you", "用 OpenAI 的模型", "2024")]
    [True, False, True]
    >>> [needs_none(text, "zh") for text in ("Thank you", "用 OpenAI 的模型", "♪")]
    [False, True, True]
    """
    letters = len(_LETTER.findall(text))
    han = count_han(text)
    if not letters:
        return True
    return 4 * han >= letters - han if is_chinese(target) else not han


def left_over(source: str, text: str, target: str) -> str:
    """What of a translation is still in the other language, empty where nothing is.

    >>> left_over("展区最长", "The 展区 is the longest", "en"), left_over("Thank you", "Thank you", "zh")
    ('展区', 'Thank you')
    """
    if not is_chinese(target):
        found = re.search(r"[\u3400-\u9fff〇]+", text)
        return found[0] if found else ""
    return text if text and not count_han(text) and re.search(r"\b[a-z]", source) else ""


def one_line(text: str) -> str:
    r"""A text in one line; between Chinese characters nothing comes in place of the break.

    >>> one_line("第一行\n第二行"), one_line("one\ntwo")
    ('第一行第二行', 'one two')
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = lines[0] if lines else ""
    for line in lines[1:]:
        glue = "" if _wide(joined[-1]) or _wide(line[0]) else " "
        joined += glue + line
    return joined


def _wide(char: str) -> bool:
    return is_han(char) or "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef"
