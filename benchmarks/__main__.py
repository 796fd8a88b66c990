"""Run the benchmarks one after another, keep what they measured, and write it into docs/benchmarks.md.

    python -m benchmarks [PART ...] [--quick] [--draw]

Each part runs in a process of its own. After each, the figures of this run are kept in benchmarks/history/ and its
block of the page is written anew. A part that cannot be measured whole here (no peers, no real transcripts) leaves its
block as it was. An interrupted run keeps the parts that it had finished. Exits with 1 where a part failed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.publish.history import Result, begin_record, write_record
from benchmarks.publish.page import Place, check_page, draw
from benchmarks.publish.parts import PARTS, Part, run_part
from benchmarks.publish.tables import RENDERERS
from toolkit.errors import ToolkitError


def main(arguments: Sequence[str], place: Place | None = None) -> int:
    """Do what the command line says; returns the exit code."""
    options = read_options(arguments)
    place = place or Place()
    chosen = [part for part in PARTS if not options.parts or part.name in options.parts]
    try:
        if options.draw:
            draw(place)
            return 0
        check_page(place)
        return run(chosen, place, quick=options.quick)
    except ToolkitError as error:
        print(f"python -m benchmarks: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ninterrupted; what was measured before is kept", file=sys.stderr)
        return 130


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").partition("\n")[0])
    names = [part.name for part in PARTS]
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which to run: {', '.join(names)}; all by default")
    parser.add_argument("--quick", action="store_true", help="little of each, to see that it works; nothing is written")
    parser.add_argument("--draw", action="store_true", help="measure nothing: page and plot anew from the history")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.parts if name not in names]
    if unknown:
        parser.error(f"no part '{unknown[0]}': choose from {', '.join(names)}")
    return options


def run(parts: Sequence[Part], place: Place, *, quick: bool) -> int:
    """Measure parts one after another, keep and publish each, and tell what came of all; returns the exit code."""
    record, told = begin_record(), []
    with tempfile.TemporaryDirectory() as folder:
        for part in parts:
            print(f"\n## {part.name}\n", flush=True)
            result = run_part(part, Path(folder), quick=quick)
            record = record.with_part(part.name, result)
            if result.figures and not quick:
                write_record(record, place.history)
                draw(place)
            told.append(f"{part.name}: {result.seconds:.0f} s, {outcome(part, result, quick=quick)}")
    print("\n## What came of it\n", *told, sep="\n")
    if not quick:
        print(f"\nkept: {(place.history / record.name).name if any_figures(record.parts.values()) else 'nothing'}")
    return 1 if any(result.exit_code for result in record.parts.values()) else 0


def outcome(part: Part, result: Result, *, quick: bool) -> str:
    """What came of a part, in a line."""
    failed = f"failed with exit code {result.exit_code}; " if result.exit_code and result.figures else ""
    if quick:
        return failed + ("; ".join(result.missing) or "works")
    if result.missing:
        kept = "its block is left as it was" if part.name in RENDERERS else "nothing is shown"
        return f"{failed}{kept}: {'; '.join(dict.fromkeys(result.missing))}"
    return failed + ("its block is written" if part.name in RENDERERS else "kept in the history")


def any_figures(results: Iterable[Result]) -> bool:
    """Whether any of the results has figures."""
    return any(result.figures for result in results)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
