"""What was measured as Markdown, on the screen and between two marks of a page."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.correctors.errors import KINDS
from benchmarks.correctors.scoring import Score, group_of
from benchmarks.correctors.tools import Tool
from benchmarks.correctors.values import ROOT, Run, Track

PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- correctors: written by benchmarks/correctors -->", "<!-- correctors: end -->"

LENGTHS = (2, 3, 4, 5, 6)


@dataclass(frozen=True)
class Cell:
    """One tool on one track, with its score; without a run where there is none, and why."""

    tool: Tool
    track: Track
    size: int = 0
    run: Run | None = None
    score: Score | None = None
    reason: str = ""

    @property
    def share(self) -> float:
        """How much of the track was read in time, from 0 to 1."""
        return self.run.chars / max(track_chars(self.track), 1) if self.run else 0.0


def track_chars(track: Track) -> int:
    """The characters of all documents of a track."""
    return sum(len(line.heard) for lines in (*track.spoilt, *track.clean) for line in lines)


def report(cells: Sequence[Cell], skipped: Sequence[str]) -> str:
    """All tables of a run."""
    synthetic = [cell for cell in cells if cell.size]
    spoken = [cell for cell in cells if not cell.size and cell.track.spoilt]
    clean = [cell for cell in cells if not cell.size and not cell.track.spoilt]
    parts = [conditions(cells)]
    if synthetic:
        parts += ["### Made mistakes", synthetic_table(synthetic), groups_table(synthetic)]
    if spoken:
        parts += ["### Real mistakes", spoken_table(spoken)]
    if clean:
        parts += ["### Clean text", clean_table(clean)]
    if skipped:
        parts.append("Left out:\n\n" + "\n".join(f"* {reason}" for reason in dict.fromkeys(skipped)))
    return "\n\n".join(parts)


def conditions(cells: Sequence[Cell]) -> str:
    """Where and when it was measured, and with which versions."""
    releases = dict.fromkeys(f"{cell.tool.distribution} {cell.tool.release}" for cell in cells)
    return (
        f"One run on {date.today():%d %B %Y}: {_processor()}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}; {', '.join(releases)}."
    )


def synthetic_table(cells: Sequence[Cell]) -> str:
    """Quality and cost by size of the lexicon."""
    head = ["terms", "tool", "recall %", "sentences right %", "false / 10k", "chars / s", "ready in s", "MB", "read %"]
    rows = [
        [f"{cell.size:,}", cell.tool.title, *([*_quality(cell), *_cost(cell)] if cell.run else _gap(cell, 7))]
        for cell in cells
    ]
    return _table(head, rows, left=2)


def groups_table(cells: Sequence[Cell]) -> str:
    """Recall by kind of mistake and by length of term."""
    names = [*KINDS, *map(group_of, LENGTHS)]
    rows = [
        [f"{cell.size:,}", cell.tool.title, *(_share(cell.score.groups.get(name)) for name in names)]
        for cell in cells
        if cell.score
    ]
    return _table(["terms", "tool", *names], rows, left=2)


def spoken_table(cells: Sequence[Cell]) -> str:
    """Recall and harm on each real track, a tool a row."""
    tracks = list(dict.fromkeys((cell.track.name, cell.track.split) for cell in cells))
    head = ["tool", *(f"{name} ({split}): {what}" for name, split in tracks for what in ("recall %", "false / 10k"))]
    rows = []
    for tool, found in _by_tool(cells).items():
        row = [tool]
        for name, _ in tracks:
            cell = found.get(name)
            score = cell.score if cell else None
            row += (
                [_of(score.recall, score.repaired, score.mistakes), f"{score.false_rate:.1f}"] if score else ["–", "–"]
            )
        rows.append(row)
    return _table(head, rows, left=1)


def clean_table(cells: Sequence[Cell]) -> str:
    """False alterations in each clean text, a tool a row; how much of it was read where time was up."""
    tracks = list(dict.fromkeys((cell.track.name, cell.track.split) for cell in cells))
    head = ["tool", *(f"{name} ({split})" for name, split in tracks), "chars / s"]
    rows = []
    for tool, found in _by_tool(cells).items():
        texts = [_harm(found.get(name)) for name, _ in tracks]
        runs = [cell.run for cell in found.values() if cell.run]
        chars, seconds = sum(run.chars for run in runs), sum(run.seconds for run in runs)
        rows.append([tool, *texts, _count(chars / seconds) if seconds else "–"])
    return _table(head, rows, left=1)


def write_page(text: str, page: Path = PAGE) -> None:
    """Put a report between the marks of a page, which has both."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def _quality(cell: Cell) -> list[str]:
    assert cell.score is not None
    score = cell.score
    return [_number(score.recall), _number(score.sentences), f"{score.false_rate:.1f}"]


def _cost(cell: Cell) -> list[str]:
    assert cell.run is not None
    run = cell.run
    share = "" if cell.share > 0.9999 else f"{100 * cell.share:.2g}"
    return [_count(run.chars / run.seconds), f"{run.build:.2g}", f"{run.memory:.0f}", share]


def _gap(cell: Cell, columns: int) -> list[str]:
    return [cell.reason or "–", *["–"] * (columns - 1)]


def _harm(cell: Cell | None) -> str:
    if cell is None or cell.score is None:
        return "–"
    part = "" if cell.share > 0.9999 else f" ({100 * cell.share:.2g} % read)"
    return f"{cell.score.false_rate:.2f}{part}"


def _by_tool(cells: Iterable[Cell]) -> dict[str, dict[str, Cell]]:
    found: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        found.setdefault(cell.tool.title, {})[cell.track.name] = cell
    return found


def _share(counts: tuple[int, int] | None) -> str:
    return f"{100 * counts[0] / counts[1]:.0f}" if counts else "–"


def _of(percent: float | None, part: int, whole: int) -> str:
    return "–" if percent is None else f"{percent:.0f} ({part}/{whole})"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _count(value: float) -> str:
    """A speed with two figures.

    >>> [_count(value) for value in (93.4, 4321, 1_234_567)]
    ['93', '4.3k', '1.2M']
    """
    for limit, unit in ((1e6, "M"), (1e3, "k")):
        if value >= limit:
            scaled = value / limit
            return f"{scaled:.1f}{unit}" if scaled < 10 else f"{scaled:.0f}{unit}"
    return f"{value:.2g}" if value < 10 else f"{value:.0f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, left: int) -> str:
    lines = [head, ["---" if column < left else "--:" for column in range(len(head))], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    rows = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [row.partition(":")[2].strip() for row in rows if row.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
