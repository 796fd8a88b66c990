"""Text laid out in lines: wrapped for the screen, joined from parts, with or without Chinese punctuation."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from toolkit.breaks.measure import display_width, is_chinese, keeps_lines, line_width, visible
from toolkit.breaks.places import Break, break_places
from toolkit.breaks.tokens import CLOSING, OPENING, TAG, WIDE
from toolkit.profile import SegmentOptions

TOO_WIDE = 10_000
"""What a line over the width costs, beside 100 for each column."""

BALANCE = 150
"""What a line costs that is empty or twice as long as its share, where that is a whole width."""

_PAUSE = re.compile(
    rf"(?P<tag>{TAG.pattern})"
    rf"|\s*(?:[。、；]|，(?!(?<=\d，)\d{{3}})|(?<=[{WIDE}])[,;](?![,;.])|(?<=[{WIDE}])\.(?=[{WIDE}\s]|$))+\s*"
)


def wrap(text: str, *, width: int, lines: int, terms: Collection[str] = ()) -> str:
    r"""``text`` in at most ``lines`` lines of about equal length, where it is wider than ``width`` columns.

    Lines that it has already stay when they fit, or when they mean something (see `keeps_lines`). What does not fit
    even so comes as near to it as its places allow; nothing is ever cut off. ``width`` 0 is no limit.

    >>> wrap("我们今天来讨论大模型，但是先说一件事", width=32, lines=2)
    '我们今天来讨论大模型，\n但是先说一件事'
    """
    given = [line.strip() for line in text.split("\n")]
    if width <= 0 or keeps_lines(text):
        return text
    if len(given) <= lines and max(map(_width, given)) <= width:
        return "\n".join(given)
    flat = flatten(text)
    if lines < 2 or _width(flat) <= width:
        return flat
    places = break_places(flat, terms, last_resorts=True)
    for count in range(2, lines + 1):
        cost, offsets = _best(flat, places, count, width)
        if cost < TOO_WIDE or count == lines:
            return "\n".join(part.strip() for part in _parts(flat, offsets))
    return flat


def lay_out(text: str, options: SegmentOptions, *, terms: Collection[str] = ()) -> str:
    r"""The text as it is shown: with ``options.punctuation``, in lines of the width for its language.

    >>> print(lay_out("我们今天来讨论大模型，但是先说一件事。", SegmentOptions(lines=2, punctuation="space")))
    我们今天来讨论大模型
    但是先说一件事
    """
    shown = punctuate(text, options)
    return wrap(shown, width=line_width(shown, options), lines=options.lines, terms=terms)


def flatten(text: str) -> str:
    r"""The text on one line.

    >>> flatten("今天我们\n讨论 AI\nand law")
    '今天我们讨论 AI and law'
    """
    flat = ""
    for line in filter(None, map(str.strip, text.split("\n"))):
        flat += glue(flat, line) + line
    return flat


def glue(left: str, right: str) -> str:
    """What stands between two texts when they are joined: a space beside Latin on both sides, nothing beside Han.

    >>> [glue("Hello", "world"), glue("使用", "GPT"), glue("GPT", "模型"), glue("Yes.", "好")]
    [' ', '', '', ' ']
    """
    left, right = visible(left), visible(right)
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return ""
    if left[-1] in OPENING or right[0] in CLOSING or is_chinese(left[-1]) or display_width(left[-1]) == 2:
        return ""
    return "" if is_chinese(right[0]) and left[-1].isalnum() else " "


def punctuate(text: str, options: SegmentOptions) -> str:
    """The text as ``options.punctuation`` wants it shown.

    ``space`` turns ，。、； into spaces and drops them at the ends.
    Question and exclamation marks, decimals, times and lines without Han stay as they are.

    >>> punctuate("好的，涨了3.5%。对吗？", SegmentOptions(punctuation="space"))
    '好的 涨了3.5% 对吗？'
    """
    if options.punctuation != "space":
        return text
    return "\n".join(_spaced(line) if is_chinese(visible(line)) else line for line in text.split("\n"))


def _spaced(line: str) -> str:
    def shown(match: re.Match[str]) -> str:
        if match["tag"]:
            return match[0]
        before, after = visible(line[: match.start()]).strip(), visible(line[match.end() :]).strip()
        return " " if before and after and after[0] not in CLOSING else ""

    return _PAUSE.sub(shown, line).strip()


def _best(text: str, places: Sequence[Break], count: int, width: int) -> tuple[int, list[int]]:
    """The cheapest way to lay ``text`` out in ``count`` lines: its cost, and the offsets where lines begin."""
    share = _width(text) / count
    ways: dict[int, tuple[int, list[int]]] = {0: (0, [])}
    for line in range(1, count + 1):
        reached: dict[int, tuple[int, list[int]]] = {}
        for end in places if line < count else [Break(len(text), 0)]:
            for start, (cost, offsets) in ways.items():
                total = cost + end.cost + _line_cost(_width(text[start : end.offset].strip()), share, width)
                if start < end.offset and (end.offset not in reached or total < reached[end.offset][0]):
                    reached[end.offset] = total, [*offsets, start]
        ways = reached
    return ways.get(len(text), (TOO_WIDE, [0]))


def _line_cost(taken: int, share: float, width: int) -> int:
    over = max(0, taken - width)
    return round(BALANCE * ((taken - share) / width) ** 2) + (TOO_WIDE + 100 * over if over else 0)


def _parts(text: str, offsets: Sequence[int]) -> list[str]:
    return [text[start:end] for start, end in zip(offsets, [*offsets[1:], len(text)], strict=True)]


def _width(text: str) -> int:
    return display_width(visible(text))
