"""How wide text stands and how long it takes to read; Chinese, English and both mixed."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, east_asian_width

from toolkit.breaks.tokens import TAG, WIDE
from toolkit.profile import SegmentOptions

_WIDE = re.compile(f"[{WIDE}]")
_LATIN = re.compile(rf"[^\W\d_{WIDE}]")
_SPEAKER = re.compile(r"\s*(?:[-–—]|>>)\s*\S")


def display_width(text: str) -> int:
    """Columns that ``text`` takes: 2 for a Han character or a full-width mark, 1 for others, 0 for combining ones.

    >>> display_width("具身 AI")
    7
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def visible(text: str) -> str:
    r"""The text without override tags.

    >>> visible(r"{\i1}你好{\i0}")
    '你好'
    """
    return TAG.sub("", text) if "{" in text or "<" in text else text


def is_chinese(text: str) -> bool:
    """Whether the limits for Chinese hold for ``text``: it has a Han character."""
    return bool(_WIDE.search(text))


def line_width(text: str, options: SegmentOptions) -> int:
    """The columns that a line of ``text`` may take, 0 without limit: twice ``zh_width`` as soon as it has Han in it.

    Nobody has written down how Latin letters count in a Chinese line; here two of them count as one character.
    """
    return 2 * options.zh_width if is_chinese(text) else options.en_width


def reading_time(text: str, options: SegmentOptions) -> int:
    """Milliseconds that a viewer needs to read ``text``; 0 without limit.

    >>> reading_time("你好世界", SegmentOptions(zh_speed=10)), reading_time("Hello", SegmentOptions(en_speed=20))
    (400, 250)
    """
    shown = visible(text)
    units, speed = (display_width(shown) / 2, options.zh_speed) if is_chinese(shown) else (len(shown), options.en_speed)
    return round(1000 * units / speed) if speed else 0


def keeps_lines(text: str) -> bool:
    r"""Whether the lines of ``text`` mean something: two languages, or two speakers.

    >>> [keeps_lines(text) for text in ("你好\nHello", "- 你好\n- 再见", "今天我们\n来讨论AI")]
    [True, True, False]
    """
    lines = [line for line in visible(text).split("\n") if line.strip()]
    if len(lines) < 2:
        return False
    chinese = [is_chinese(line) for line in lines]
    if any(chinese) and not all(chinese):
        return any(_LATIN.search(line) for line, wide in zip(lines, chinese, strict=True) if not wide)
    return any(_SPEAKER.match(line) for line in lines)


@lru_cache(maxsize=1 << 14)
def _columns(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1
