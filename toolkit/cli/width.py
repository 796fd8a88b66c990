"""How wide text stands in a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining, east_asian_width


def width(text: str) -> int:
    """Columns that ``text`` takes.

    >>> width("具身 AI")
    7
    """
    return sum(_columns(character) for character in text)


def pad(text: str, columns: int) -> str:
    """``text`` with spaces behind it up to ``columns``, cut with ``…`` where it is wider.

    >>> pad("具身", 6) + "|", pad("具身智能", 6) + "|"
    ('具身  |', '具身… |')
    """
    text = clip(text, columns)
    return text + " " * (columns - width(text))


def clip(text: str, columns: int) -> str:
    """The beginning of ``text`` that fits, with ``…`` where something is left out."""
    return text if width(text) <= columns else _beginning(text, columns - 1) + "…"


def clip_left(text: str, columns: int) -> str:
    """The end of ``text`` that fits, with ``…`` where something is left out.

    >>> clip_left("标志着聚生智能", 9)
    '…聚生智能'
    """
    return text if width(text) <= columns else "…" + _beginning(text[::-1], columns - 1)[::-1]


def wrap(text: str, columns: int) -> list[str]:
    """``text`` in lines no wider than ``columns``, broken at spaces, or anywhere inside what is wider than a line.

    A non-breaking space holds its neighbours together.

    >>> wrap("--in-place  写回原文件", 12)
    ['--in-place', '写回原文件']
    """
    lines = [""]
    for word in _words(text, columns):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width(joined) <= columns:
            lines[-1] = joined
        else:
            lines.append(word)
    return [line.replace("\u00a0", " ") for line in lines]


def _columns(character: str) -> int:
    if combining(character) or character in "\u200b\u200d\ufe0f":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _beginning(text: str, columns: int) -> str:
    taken = 0
    for index, character in enumerate(text):
        taken += _columns(character)
        if taken > columns:
            return text[:index]
    return text


def _words(text: str, columns: int) -> Iterator[str]:
    for word in text.split(" "):
        while width(word) > columns:
            first = _beginning(word, columns) or word[0]
            yield first
            word = word[len(first) :]
        if word:
            yield word
