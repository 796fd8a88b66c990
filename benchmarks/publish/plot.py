"""A plot of correctors as SVG: recall against false alterations, a panel for each track, a mark for each tool."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

Row: TypeAlias = Mapping[str, Any]
"""A tool on a track: ``tool``, ``title``, ``track``, ``split``, ``size``, ``recall`` in percent, ``false_per_10k``."""

COLUMNS = 4
WIDTH, HEIGHT = 200, 170
"""Of the field of a panel, in pixels."""
LEFT, TOP, ACROSS, DOWN = 56, 66, 236, 224
"""Where the first field begins, and how far it is from one to the next."""

LEAST, MOST = 0.1, 2_000.0
"""The ends of the logarithmic scale; what is below stands at 0, left of it."""
ZERO, BREAK = 12, 30
"""Pixels from the left of a field to the 0, and to where the logarithmic scale begins."""
TICKS = (0, 1, 10, 100, 1_000)

SHAPES = (
    "M0 -6.5L1.9 -2.3L6.3 -2L2.9 0.9L4 5.3L0 2.9L-4 5.3L-2.9 0.9L-6.3 -2L-1.9 -2.3Z",
    "M-4 -4H4V4H-4Z",
    "M0 -5L4.6 3.6H-4.6Z",
    "M0 -5.2L4.6 0L0 5.2L-4.6 0Z",
    "M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0 -4.5 0Z",
    "M0 5L4.6 -3.6H-4.6Z",
    "M-1.6 -4.8H1.6V-1.6H4.8V1.6H1.6V4.8H-1.6V1.6H-4.8V-1.6H-1.6Z",
)
"""Star, square, triangle, diamond, circle, triangle upside down, plus."""
COLOURS = ("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#4d4d4d")
"""Told apart by people of any colour vision (Okabe and Ito)."""


@dataclass(frozen=True)
class Panel:
    """A track: its title, and its rows."""

    title: str
    rows: tuple[Row, ...]


def plot(rows: Sequence[Row], day: str) -> str:
    """The picture of rows that were measured on a day; rows without recall are left out."""
    shown = [row for row in rows if row["recall"] is not None]
    tools = dict.fromkeys((row["tool"], row["title"]) for row in shown)
    styles = {tool: number for number, (tool, _) in enumerate(tools)}
    panels = panels_of(shown)
    lines = -(-(len(panels) + 1) // COLUMNS)
    width, height = LEFT + COLUMNS * ACROSS, TOP + lines * DOWN + 26
    parts = [*_head(width, height, day)]
    for number, panel in enumerate(panels):
        parts += _panel(panel, _corner(number), styles)
    parts += _legend(list(tools), _corner(len(panels)), styles)
    parts.append(
        _text(width / 2, height - 14, "false alterations in 10,000 characters, logarithmic: fewer to the left")
    )
    parts.append(f'<g transform="translate(18 {height / 2:.0f}) rotate(-90)">{_text(0, 0, "recall, %")}</g>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def panels_of(rows: Sequence[Row]) -> list[Panel]:
    """A panel for each real track, and for each size of lexicon of the made one, in the order of their first rows."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        title = f"made mistakes, {row['size']:,} terms" if row["size"] else f"{row['track']} ({row['split']})"
        grouped.setdefault(title, []).append(row)
    return [Panel(title, tuple(found)) for title, found in grouped.items()]


def across(false: float) -> float:
    """How far to the right of a field's left edge so many false alterations are, in pixels.

    >>> across(0), across(0.1), across(2000), across(9999)
    (12, 30.0, 192.0, 192.0)
    """
    if false < LEAST:
        return ZERO
    share = math.log(min(false, MOST) / LEAST) / math.log(MOST / LEAST)
    return BREAK + share * (WIDTH - 8 - BREAK)


def upward(recall: float) -> float:
    """How far below a field's upper edge a recall in percent is, in pixels.

    >>> upward(100), upward(0)
    (8.0, 162.0)
    """
    return 8 + (1 - recall / 100) * (HEIGHT - 16)


def _head(width: int, height: int, day: str) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#222">'
    )
    yield "<title>Correctors: recall against false alterations</title>"
    yield f'<rect width="{width}" height="{height}" fill="#fff"/>'
    yield _text(LEFT, 24, "Correctors: how much they repair, and how much they harm", anchor="start", size=17)
    yield _text(LEFT, 44, f"One mark for each tool and track; up and to the left is better. {day}", anchor="start")


def _panel(panel: Panel, corner: tuple[int, int], styles: Mapping[str, int]) -> Iterator[str]:
    left, top = corner
    yield f'<g transform="translate({left} {top})">'
    yield _text(0, -6, panel.title, anchor="start", weight="bold")
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fafafa" stroke="#999"/>'
    for tick in TICKS:
        at = across(tick)
        yield f'<path d="M{at:.1f} 0V{HEIGHT}" stroke="#ddd"/>'
        yield _text(at, HEIGHT + 16, f"{tick:,}")
    for recall in (0, 25, 50, 75, 100):
        at = upward(recall)
        yield f'<path d="M0 {at:.1f}H{WIDTH}" stroke="#ddd"/>'
        yield _text(-5, at + 4.5, str(recall), anchor="end")
    for row in sorted(panel.rows, key=lambda row: -styles[row["tool"]]):
        what = f"{row['title']}: recall {row['recall']:.1f} %, false {row['false_per_10k']:.1f} / 10k"
        yield _mark(styles[row["tool"]], across(row["false_per_10k"]), upward(row["recall"]), what)
    yield "</g>"


def _legend(tools: Sequence[tuple[str, str]], corner: tuple[int, int], styles: Mapping[str, int]) -> Iterator[str]:
    left, top = corner
    yield f'<g transform="translate({left} {top})">'
    for line, (tool, title) in enumerate(tools):
        yield _mark(styles[tool], 4, 12 + 23 * line, title)
        yield _text(18, 16.5 + 23 * line, title, anchor="start", weight="normal" if line else "bold")
    yield "</g>"


def _mark(style: int, x: float, y: float, what: str) -> str:
    shape, colour = SHAPES[style % len(SHAPES)], COLOURS[style % len(COLOURS)]
    scale = "" if style else " scale(1.25)"
    return (
        f'<path transform="translate({x:.1f} {y:.1f}){scale}" d="{shape}" fill="{colour}" stroke="#fff" '
        f'stroke-width="0.8"><title>{escape(what)}</title></path>'
    )


def _text(x: float, y: float, text: str, *, anchor: str = "middle", size: int = 0, weight: str = "normal") -> str:
    more = (f' font-size="{size}"' if size else "") + (f' font-weight="{weight}"' if weight != "normal" else "")
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(text)}</text>'


def _corner(number: int) -> tuple[int, int]:
    """The upper left corner of a field, its axis' labels outside."""
    return LEFT + number % COLUMNS * ACROSS, TOP + 18 + number // COLUMNS * DOWN
