"""Results that are kept in a file, so that one tool can be measured anew beside the others."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.correctors.scoring import Score, score
from benchmarks.correctors.tools import TOOLS
from benchmarks.correctors.values import Run, Track


@dataclass(frozen=True)
class Cell:
    """One tool on one track: what it was worth and what it cost; ``reason`` says why there is no score.

    ``size`` is the number of terms on the synthetic track and 0 on others. ``build`` and ``seconds`` are seconds of one
    processor, ``memory`` is in MB, ``share`` says how much of the track was read.
    """

    tool: str
    release: str
    machine: str
    day: str
    track: str
    split: str
    size: int = 0
    spoilt: bool = True
    build: float = 0.0
    seconds: float = 0.0
    chars: int = 0
    memory: float = 0.0
    share: float = 0.0
    score: Score | None = None
    reason: str = ""

    @property
    def place(self) -> tuple[str, int, str]:
        """Where the cell stands in tables."""
        return self.track, self.size, self.tool


def cell_of(tool: str, track: Track, size: int, outcome: Run | str) -> Cell:
    """The cell of a run, or of the reason why there is none."""
    made = {
        "tool": tool,
        "release": TOOLS[tool].release,
        "machine": describe_machine(),
        "day": date.today().isoformat(),
        "track": track.name,
        "split": track.split,
        "size": size,
        "spoilt": bool(track.spoilt),
    }
    if isinstance(outcome, str):
        return _cell(made | {"reason": outcome})
    costs = {name: getattr(outcome, name) for name in ("build", "seconds", "chars", "memory")}
    share = outcome.chars / max(track_chars(track), 1)
    return _cell(made | costs | {"share": share, "score": asdict(score(outcome, track))})


def track_chars(track: Track) -> int:
    """The characters of all documents of a track."""
    return sum(len(line.heard) for lines in (*track.spoilt, *track.clean) for line in lines)


def describe_machine() -> str:
    """The processor, its cores, the system and Python."""
    info = Path("/proc/cpuinfo")
    rows = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [row.partition(":")[2].strip() for row in rows if row.startswith("model name")]
    processor = names[0] if names else platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def read_cells(path: Path) -> list[Cell]:
    """The cells kept in a file; none where there is no file yet."""
    return [_cell(found) for found in json.loads(path.read_text(encoding="utf-8"))] if path.is_file() else []


def write_cells(cells: Iterable[Cell], path: Path) -> None:
    """Keep cells in a file, one a line."""
    rows = ",\n".join(json.dumps(asdict(cell), ensure_ascii=False) for cell in cells)
    path.write_text(f"[\n{rows}\n]\n", encoding="utf-8")


def plain(cell: Cell) -> dict[str, Any]:
    """A cell as plain data, with the tool's title and the rates that follow from the counts."""
    score = cell.score
    rates = {
        "title": TOOLS[cell.tool].title,
        "recall": score.recall if score else None,
        "sentences_right": score.sentences if score else None,
        "false_per_10k": score.false_rate if score else None,
        "chars_per_second": cell.chars / cell.seconds if cell.seconds else None,
    }
    return {**asdict(cell), **rates}


def cell_from(row: dict[str, Any]) -> Cell:
    """The cell that `plain` made a row of."""
    names = {one.name for one in fields(Cell)}
    return _cell({name: value for name, value in row.items() if name in names})


def with_cell(cells: Iterable[Cell], new: Cell) -> list[Cell]:
    """The cells with one in its old place, or at the end."""
    kept = {cell.place: cell for cell in cells}
    kept[new.place] = new
    return list(kept.values())


def _cell(found: dict[str, object]) -> Cell:
    counts = found.get("score")
    if isinstance(counts, dict):
        groups = {name: (right, whole) for name, (right, whole) in counts["groups"].items()}
        found = found | {"score": Score(**(counts | {"groups": groups}))}
    return Cell(**found)  # type: ignore[arg-type]
