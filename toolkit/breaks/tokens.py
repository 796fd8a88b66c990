"""Text as tokens that are never broken inside: Latin words, numbers, dates, addresses, tags, single Han characters."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

WIDE = "\u2e80-\u2fff\u3005-\u3007\u3021-\u30ff\u3100-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters and what is written among them without spaces (kana), as ranges of a regular expression."""

OPENING = "（「『【《〈“‘〔［｛([{"
CLOSING = "，。、；：？！…⋯—–·・）」』】》〉”’〕］｝,.;:?!)]}%％‰°℃~-"

DASHES = "-–—"
"""At the beginning of a line they say that another one speaks."""

_LETTER = rf"[^\W{WIDE}]"
_COUNT = "[〇零一二两兩三四五六七八九十百千万萬亿億几幾]"
_UNIT = (
    "(?:个?小时|分钟|世纪|年代|公里|公斤|平方米|美元|毫秒|个月|人次"
    "|[年月日号號点點时時分秒个個位名家条种项次届度岁人天周倍元块米件台款场套层代])"
)
_PATTERNS = {
    "trail": r"\{\\(?:[a-z]+0|r)[^{}]*\}|</[A-Za-z][^<>\n]*>",
    "lead": r"\{\\[^{}]*\}|<[ibus]>|<(?:font|span|lang|ruby|rt|v|c)(?:[. ][^<>\n]*)?>|<\d\d:[\d:.]+>",
    "address": r"(?:https?://|www\.)[!-~]*[0-9A-Za-z_/#=&]|&(?:[a-z]{2,6}|#\d{2,6});",
    "number": "|".join(
        (
            r"\d{2,4}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号號])?|\d{1,2}\s?月\s?\d{1,2}\s?[日号號]",
            rf"(?:第\s?)?\d[\d.,:]*\s?(?:[十百千万萬亿億]+{_UNIT}?|{_UNIT})",
            rf"{_COUNT}+(?:分之{_COUNT}+(?:点{_COUNT}+)?|点{_COUNT}+{_UNIT}?)",
            rf"第{_COUNT}+{_UNIT}?|{_COUNT}+{_UNIT}|{_COUNT}{{2,}}",
        )
    ),
    "word": (
        rf"[#$€£¥@+±~-]?{_LETTER}(?:[\u0300-\u036f]|{_LETTER}|['’\-‐‑–./:&@+·]+(?={_LETTER})|(?<=\d),(?=\d{{3}}))*"
        "[%％‰°℃℉+#]*"
    ),
    "space": r"\s+",
    "han": f"[{WIDE}]",
    "open": f"[{re.escape(OPENING)}]",
    "close": f"[{re.escape(CLOSING)}]",
    "other": ".",
}
TAG = re.compile(f"{_PATTERNS['trail']}|{_PATTERNS['lead']}")
"""An override tag of ASS, or a tag of SRT or WebVTT."""

_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS.items()), re.DOTALL)


def words(text: str) -> frozenset[str]:
    """The words of a list written with spaces."""
    return frozenset(text.split())


class Token(NamedTuple):
    """A stretch of text that is never broken inside.

    ``kind`` is ``word`` (Latin words and figures), ``number`` (with its Han unit, or spelt in Han), ``han``,
    ``address``, ``open`` and ``close`` (marks), ``lead`` and ``trail`` (tags), ``glue`` (a quote that may be either)
    or ``other``. ``spaced`` says what stands before it: the space, or nothing.
    """

    kind: str
    text: str
    start: int
    spaced: str = ""


def tokens(text: str) -> list[Token]:
    """The text's tokens; spaces are kept as what stands before the next one.

    >>> [token.text for token in tokens("GPT-4o 于2024年7月6日 发布，涨了3.5%")]
    ['GPT-4o', '于', '2024年7月6日', '发', '布', '，', '涨', '了', '3.5%']
    """
    found: list[Token] = []
    space = ""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "space":
            space = match[0]
            continue
        start = match.start()
        if match[0] in "\"'":
            kind = _quote_kind(text, start)
        elif match[0] in DASHES and (not found or "\n" in space):
            kind = "open"
        found.append(Token(kind, match[0], start, space))
        space = ""
    return found


def inside_terms(text: str, terms: Collection[str]) -> set[int]:
    """The offsets of ``text`` that lie inside one of the terms.

    >>> sorted(inside_terms("具身智能大会", ["具身智能"]))
    [1, 2, 3]
    """
    inside: set[int] = set()
    index = _index(terms if isinstance(terms, tuple | frozenset) else tuple(terms))
    if not index:
        return inside
    for start in range(len(text) - 1):
        for term in index.get(text[start : start + 2], ()):
            if text.startswith(term, start) and _stands_alone(text, start, start + len(term)):
                inside.update(range(start + 1, start + len(term)))
                break
    return inside


@lru_cache(maxsize=4)
def _index(terms: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Terms by their first two characters, the longest first."""
    index: dict[str, list[str]] = {}
    for term in sorted({term for term in terms if len(term) > 1}, key=lambda term: (-len(term), term)):
        index.setdefault(term[:2], []).append(term)
    return {key: tuple(found) for key, found in index.items()}


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a Latin term is not a part of a longer word."""
    return not (_is_latin(text[start - 1 : start]) and _is_latin(text[start])) and not (
        _is_latin(text[end : end + 1]) and _is_latin(text[end - 1])
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _quote_kind(text: str, start: int) -> str:
    """A straight quote opens behind a space and closes before one; in between it may be either."""
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    if not before or before.isspace() or before in OPENING:
        return "open"
    if not after or after.isspace() or after in CLOSING:
        return "close"
    return "glue"
