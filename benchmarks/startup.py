"""What it costs to start Zimu, beside an empty Python: the median of many runs, taken in turns.

    python benchmarks/startup.py [runs]

Exits with 1 where ``zimu --help`` costs more than four times an empty Python.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

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


def main(runs: int = 21) -> int:
    """Measure, print a Markdown table, and judge."""
    times = measure(runs)
    shares = ratios(times)
    print(f"| command | median of {runs} | × an empty Python |\n|---|---|---|")
    for name, case in times.items():
        print(f"| `{name}` | {median(case):.0f} ms | {shares[name]:.1f} |")
    return 1 if shares["zimu --help"] > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
