"""What it costs to start Zimu, beside an empty Python: the median of many runs, taken in turns.

    python benchmarks/startup.py [runs] [--json FILE]

Exits with 1 where ``zimu --help`` costs more than four times an empty Python.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

LIMIT = 4.0
"""How many times an empty Python ``zimu --help`` may cost."""

EMPTY = ("-c", "pass")

CASES = {
    "python -c pass": EMPTY,
    "zimu --help": ("-m", "toolkit", "--help"),
    "zimu run --help": ("-m", "toolkit", "run", "--help"),
    "zimu profile": ("-m", "toolkit", "profile"),
}


def measure(runs: int) -> dict[str, list[float]]:
    """Milliseconds of each run of each case; the cases take turns, so that a busy moment hits all of them."""
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(runs):
        for name, arguments in CASES.items():
            began = perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
            times[name].append((perf_counter() - began) * 1000)
    return times


def ratios(times: dict[str, list[float]]) -> dict[str, float]:
    """The median over the rounds of each case's time to that of the empty Python in the same round."""
    empty = times["python -c pass"]
    return {name: median(own / base for own, base in zip(case, empty, strict=True)) for name, case in times.items()}


def figures(times: dict[str, list[float]]) -> dict[str, Any]:
    """What was measured, as plain data."""
    shares = ratios(times)
    cases = [
        {"command": name, "milliseconds": median(case), "times_empty": shares[name]} for name, case in times.items()
    ]
    return {"runs": len(times["python -c pass"]), "cases": cases}


def main() -> int:
    """Measure, print a Markdown table, and judge."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("runs", type=int, nargs="?", default=21)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    options = parser.parse_args()
    found = figures(measure(options.runs))
    print(f"| command | median of {options.runs} | × an empty Python |\n|---|---|---|")
    for case in found["cases"]:
        print(f"| `{case['command']}` | {case['milliseconds']:.0f} ms | {case['times_empty']:.1f} |")
    if options.json:
        options.json.write_text(json.dumps(found), encoding="utf-8")
    return 1 if any(case["command"] == "zimu --help" and case["times_empty"] > LIMIT for case in found["cases"]) else 0


if __name__ == "__main__":
    sys.exit(main())
