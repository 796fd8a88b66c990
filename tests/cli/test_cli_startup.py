"""The benchmark of the start counts what it says it counts."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "startup.py"


def test_ratios_are_taken_round_by_round() -> None:
    spec = spec_from_file_location("startup", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    startup = module_from_spec(spec)
    spec.loader.exec_module(startup)
    times = {"python -c pass": [10.0, 20.0, 10.0], "zimu --help": [30.0, 60.0, 90.0]}
    assert startup.ratios(times) == {"python -c pass": 1.0, "zimu --help": 3.0}


def test_it_prints_a_table() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "1"], capture_output=True, text=True, cwd=SCRIPT.parents[1])
    assert done.stdout.startswith("| command | median of 1 | × an empty Python |\n|---|---|---|\n| `python -c pass` |")
