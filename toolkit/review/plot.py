"""How many changes there are in each stretch of a recording, as a picture in SVG that stands in a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM = 760, 150, 34, 22
"""The size of the picture, and the room for its axes, in its own units."""

MOST_BARS = 120
STEPS = (10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)
"""How many seconds a bar may stand for; longer recordings have bars of hours."""


def density(times: Sequence[int], doubts: Sequence[int], length: int, *, title: str) -> str:
    """Bars over time: ``times`` (milliseconds) of what was changed, and above them ``doubts`` of what was not.

    ``length`` is that of the recording; empty where there is none.
    """
    if length <= 0:
        return ""
    step = width_of_bar(length)
    count = -(-length // step)
    changed, doubted = _counted(times, step, count), _counted(doubts, step, count)
    top = max([1, *map(sum, zip(changed, doubted, strict=True))])
    bars = "".join(_bar(place, count, changed[place], doubted[place], top) for place in range(count))
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'
        f"{_axes(top, length, step)}{bars}</svg>"
    )


def width_of_bar(length: int) -> int:
    """How many milliseconds a bar stands for.

    >>> width_of_bar(60_000), width_of_bar(3_600_000)
    (10000, 30000)
    """
    fitting = (1000 * step for step in STEPS if length <= 1000 * step * MOST_BARS)
    return next(fitting, 3_600_000 * -(-length // (3_600_000 * MOST_BARS)))


def clock(time: int) -> str:
    """A time of the recording.

    >>> clock(3_661_000)
    '1:01:01'
    """
    minutes, seconds = divmod(time // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _counted(times: Sequence[int], step: int, count: int) -> list[int]:
    found = [0] * count
    for time in times:
        found[min(time // step, count - 1)] += 1
    return found


def _bar(place: int, count: int, changed: int, doubted: int, top: int) -> str:
    room, height = (WIDTH - LEFT) / count, HEIGHT - BOTTOM - 8
    left, wide = LEFT + place * room, max(room - 1, 0.5)
    tall, more = height * changed / top, height * doubted / top
    base = HEIGHT - BOTTOM
    parts = ""
    if changed:
        parts += f'<rect class="c" x="{left:.1f}" y="{base - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>'
    if doubted:
        low = base - tall - more
        parts += f'<rect class="d" x="{left:.1f}" y="{low:.1f}" width="{wide:.1f}" height="{more:.1f}"/>'
    return parts


def _axes(top: int, length: int, step: int) -> str:
    base = HEIGHT - BOTTOM
    end = -(-length // step) * step
    marks = "".join(
        f'<text x="{LEFT + (WIDTH - LEFT) * part / 4:.0f}" y="{HEIGHT - 6}" '
        f'text-anchor="{"end" if part == 4 else "middle" if part else "start"}">{clock(end * part // 4)}</text>'
        for part in range(5)
    )
    return (
        f'<line x1="{LEFT}" y1="{base}" x2="{WIDTH}" y2="{base}"/>'
        f'<text x="{LEFT - 6}" y="16" text-anchor="end">{top}</text>'
        f'<text x="{LEFT - 6}" y="{base}" text-anchor="end">0</text>{marks}'
    )
