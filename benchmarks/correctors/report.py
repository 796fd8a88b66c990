"""What was measured as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain

from benchmarks.correctors.errors import KINDS
from benchmarks.correctors.results import Cell
from benchmarks.correctors.scoring import group_of
from benchmarks.correctors.tools import TOOLS

LENGTHS = (2, 3, 4, 5, 6)

ALL = 0.9999
"""A share of a text from which on it was read to the end."""


def report(cells: Sequence[Cell], skipped: Sequence[str]) -> str:
    """All tables of the cells, tools in the order of `TOOLS`."""
    names = list(TOOLS)
    ordered = sorted(cells, key=lambda cell: (cell.size, names.index(cell.tool)))
    parts = [conditions(ordered)]
    for title, tables, chosen in (
        ("Made mistakes", (synthetic_table, groups_table), [cell for cell in ordered if cell.size]),
        ("Real mistakes", (spoken_table,), [cell for cell in ordered if not cell.size and cell.spoilt]),
        ("Clean text", (clean_table,), [cell for cell in ordered if not cell.size and not cell.spoilt]),
    ):
        if chosen:
            parts += [f"### {title}", *(table(chosen) for table in tables)]
    if skipped:
        parts.append("Left out:\n\n" + "\n".join(f"* {reason}" for reason in dict.fromkeys(skipped)))
    return "\n\n".join(parts)


def conditions(cells: Sequence[Cell]) -> str:
    """Where it was measured, with which versions and when; each figure is of one run."""
    machines = "; ".join(dict.fromkeys(cell.machine for cell in cells))
    days: dict[str, set[str]] = {}
    for cell in cells:
        days.setdefault(f"{TOOLS[cell.tool].distribution} {cell.release}", set()).add(cell.day)
    releases = [f"{name} ({_days(found)})" for name, found in days.items()]
    return f"{machines}. One run each: {', '.join(releases)}."


def synthetic_table(cells: Sequence[Cell]) -> str:
    """Quality and cost by size of the lexicon."""
    head = ["terms", "tool", "recall %", "sentences right %", "false / 10k", "chars / s", "ready in s", "MB", "read %"]
    rows = [[f"{cell.size:,}", TOOLS[cell.tool].title, *_quality_and_cost(cell)] for cell in cells]
    return _table(head, rows, left=2)


def groups_table(cells: Sequence[Cell]) -> str:
    """Recall by kind of mistake and by length of term."""
    names = [*KINDS, *map(group_of, LENGTHS)]
    rows = [
        [f"{cell.size:,}", TOOLS[cell.tool].title, *(_share(cell.score.groups.get(name)) for name in names)]
        for cell in cells
        if cell.score
    ]
    return _table(["terms", "tool", *names], rows, left=2)


def spoken_table(cells: Sequence[Cell]) -> str:
    """Recall and harm on each real track, a tool a row."""
    return _by_track(cells, ["recall %", "false / 10k"], _spoken)


def clean_table(cells: Sequence[Cell]) -> str:
    """False alterations in each clean text and the speed over all of them, a tool a row."""
    return _by_track(cells, ["false / 10k"], _clean)


def _by_track(cells: Sequence[Cell], figures: Sequence[str], show: Callable[[Cell], list[str]]) -> str:
    """A table with the figures of every track in columns, and each tool's speed over all of them."""
    tracks = list(dict.fromkeys((cell.track, cell.split) for cell in cells))
    head = ["tool", *(f"{name} ({split}): {figure}" for name, split in tracks for figure in figures), "chars / s"]
    rows = []
    for tool in dict.fromkeys(cell.tool for cell in cells):
        own = {cell.track: cell for cell in cells if cell.tool == tool}
        shown = [show(own[name]) if name in own and own[name].score else ["–"] * len(figures) for name, _ in tracks]
        chars, seconds = sum(cell.chars for cell in own.values()), sum(cell.seconds for cell in own.values())
        rows.append([TOOLS[tool].title, *chain.from_iterable(shown), _speed(chars, seconds)])
    return _table(head, rows, left=1)


def _quality_and_cost(cell: Cell) -> list[str]:
    score = cell.score
    if score is None:
        return [cell.reason, *["–"] * 6]
    costs = [_speed(cell.chars, cell.seconds), f"{cell.build:.2g}", f"{cell.memory:.0f}", _part(cell)]
    return [_number(score.recall), _number(score.sentences), f"{score.false_rate:.1f}", *costs]


def _spoken(cell: Cell) -> list[str]:
    assert cell.score is not None
    score = cell.score
    part = f", {_part(cell)} % read" if _part(cell) else ""
    return [f"{_number(score.recall)} ({score.repaired}/{score.mistakes}{part})", f"{score.false_rate:.1f}"]


def _clean(cell: Cell) -> list[str]:
    assert cell.score is not None
    part = f" ({_part(cell)} % read)" if _part(cell) else ""
    return [f"{cell.score.false_rate:.2f}{part}"]


def _part(cell: Cell) -> str:
    """How much was read, in percent; empty for all."""
    return "" if cell.share > ALL else f"{100 * cell.share:.2g}"


def _days(found: set[str]) -> str:
    first, last = (f"{date.fromisoformat(day):%d %B %Y}".lstrip("0") for day in (min(found), max(found)))
    return first if first == last else f"{first} to {last}"


def _share(counts: tuple[int, int] | None) -> str:
    return f"{100 * counts[0] / counts[1]:.0f}" if counts else "–"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _speed(chars: int, seconds: float) -> str:
    """Characters a second with two figures.

    >>> [_speed(chars, 1.0) for chars in (93, 4321, 45_678, 1_234_567)], _speed(0, 0.0)
    (['93', '4.3k', '46k', '1.2M'], '–')
    """
    if not seconds:
        return "–"
    value = chars / seconds
    for limit, unit in ((1e6, "M"), (1e3, "k")):
        if value >= limit:
            scaled = value / limit
            return f"{scaled:.1f}{unit}" if scaled < 10 else f"{scaled:.0f}{unit}"
    return f"{value:.2g}" if value < 10 else f"{value:.0f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, left: int) -> str:
    lines = [head, ["---" if column < left else "--:" for column in range(len(head))], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
