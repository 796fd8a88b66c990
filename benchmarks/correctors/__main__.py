"""Compare correctors and print tables in Markdown.

    python -m benchmarks.correctors [--quick] [--tools NAMES] [--sizes NUMBERS] [--tracks NAMES] [--json FILE]

Takes an hour for everything. A peer that is not installed is left out, and the way to install it is said. With
``--results FILE`` the figures are kept there, and those of tools that are not measured now are taken from there.
``python -m benchmarks correctors`` puts the tables into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.correctors.cell import run_cell
from benchmarks.correctors.report import report
from benchmarks.correctors.results import Cell, cell_of, plain, read_cells, with_cell, write_cells
from benchmarks.correctors.synthetic import CLEAN, EACH, synthetic_track
from benchmarks.correctors.tools import TOOLS, check
from benchmarks.correctors.tracks import TRACKS
from benchmarks.correctors.values import Skipped, Track

SYNTHETIC = "synthetic"
SIZES = (50, 1_000, 10_000, 100_000)
SECONDS = 60.0

QUICK_EACH, QUICK_CLEAN = 4, 1_000


@dataclass(frozen=True)
class Plan:
    """What to measure: tools by name, and tracks by name and size with what makes each; and what to do with it."""

    tools: tuple[str, ...]
    tracks: tuple[tuple[str, int, Callable[[], Track]], ...]
    seconds: float
    results: Path | None
    json: Path | None


def measure(plan: Plan, skipped: list[str]) -> Iterator[Cell]:
    """Every tool on every track; adds to ``skipped`` what cannot be had here."""
    tools = [name for name in plan.tools if _is_here(name, skipped)]
    for name, size, make in plan.tracks:
        try:
            track = make()
        except Skipped as reason:
            skipped.append(f"{name}{f' with {size:,} terms' if size else ''}: {reason}")
            continue
        for tool in tools:
            cell = _measured(tool, track, size, plan.seconds)
            _tell(cell)
            yield cell


def read_plan(arguments: Sequence[str]) -> Plan:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.correctors", description=__doc__.split("\n")[0])
    names = [SYNTHETIC, *TRACKS]
    parser.add_argument("--tools", type=_chosen(list(TOOLS)), help=f"with commas: {', '.join(TOOLS)}")
    parser.add_argument("--tracks", type=_chosen(names), help=f"with commas: {', '.join(names)}")
    parser.add_argument("--sizes", type=_sizes, help="terms in the lexicon of the synthetic track, with commas")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of the processor for each tool and track")
    parser.add_argument("--quick", action="store_true", help="few sentences, the smallest lexicon, no real track")
    parser.add_argument("--results", type=Path, help="a file that keeps the figures")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures and what was left out there")
    asked = parser.parse_args(arguments)
    tracks = asked.tracks or ([SYNTHETIC] if asked.quick else names)
    sizes = asked.sizes or (SIZES[:1] if asked.quick else SIZES)
    each, clean = (QUICK_EACH, QUICK_CLEAN) if asked.quick else (EACH, CLEAN)
    made = [(SYNTHETIC, size, partial(synthetic_track, size, each=each, clean=clean)) for size in sizes]
    real = [(name, 0, TRACKS[name]) for name in tracks if name != SYNTHETIC]
    planned = (*(made if SYNTHETIC in tracks else ()), *real)
    return Plan(tuple(asked.tools or TOOLS), planned, asked.seconds, asked.results, asked.json)


def main(arguments: Sequence[str]) -> int:
    """Measure, print the tables, write the figures where asked to."""
    plan = read_plan(arguments)
    skipped: list[str] = []
    cells = read_cells(plan.results) if plan.results else []
    for cell in measure(plan, skipped):
        cells = with_cell(cells, cell)
        if plan.results:
            write_cells(cells, plan.results)
    print(report(cells, skipped))
    if plan.json:
        found = {"rows": [plain(cell) for cell in cells], **({"missing": skipped} if skipped else {})}
        plan.json.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return 0 if cells else 1


def _is_here(name: str, skipped: list[str]) -> bool:
    try:
        check(TOOLS[name])
    except Skipped as reason:
        skipped.append(f"{TOOLS[name].title}: {reason}")
        return False
    return True


def _measured(name: str, track: Track, size: int, seconds: float) -> Cell:
    try:
        return cell_of(name, track, size, run_cell(name, track, seconds))
    except Skipped as reason:
        return cell_of(name, track, size, str(reason))


def _tell(cell: Cell) -> None:
    found = cell.reason
    if cell.score:
        recall = "" if cell.score.recall is None else f"recall {cell.score.recall:.1f} %, "
        speed = cell.chars / cell.seconds
        found = (
            f"{recall}false {cell.score.false_rate:.2f} / 10k, {speed:,.0f} chars / s, {100 * cell.share:.3g} % read"
        )
    size = f" {cell.size:,} terms" if cell.size else ""
    print(f"{cell.track}{size}: {TOOLS[cell.tool].title}: {found}", file=sys.stderr, flush=True)


def _chosen(names: list[str]) -> Callable[[str], list[str]]:
    def chosen(text: str) -> list[str]:
        asked = text.split(",")
        unknown = [name for name in asked if name not in names]
        if unknown:
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: choose from {', '.join(names)}")
        return asked

    return chosen


def _sizes(text: str) -> list[int]:
    sizes = [int(part) for part in text.replace("_", "").split(",")]
    if min(sizes) < SIZES[0]:
        raise argparse.ArgumentTypeError(f"a lexicon has at least the {SIZES[0]} terms that were misheard")
    return sizes


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
