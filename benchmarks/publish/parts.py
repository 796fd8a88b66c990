"""The parts of a run: which program each is, how much it measures, and how it is run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.correctors.tools import TOOLS
from benchmarks.publish.history import PEERS, ROOT, Result

COMPARED = ",".join(name for name in TOOLS if name != "ours-alone")
"""The correctors of the page: Zimu as it reads a document, and its peers."""

HEARING = ("zimu-toolkit", "faster-whisper", "ctranslate2", "whisper-ctranslate2")


@dataclass(frozen=True)
class Part:
    """A benchmark: its program, what it is given for a whole run and for a quick one, and the versions that matter."""

    name: str
    program: tuple[str, ...]
    whole: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()
    versions: tuple[str, ...] = ("zimu-toolkit",)


PARTS = (
    Part("startup", ("benchmarks/startup.py",), quick=("2",)),
    Part("hearing", ("benchmarks/hearing.py",), quick=("--rounds", "1"), versions=HEARING),
    Part(
        "length",
        ("benchmarks/long_recording.py",),
        whole=("--hours", "10"),
        quick=("--hours", "0.5", "--rounds", "1"),
        versions=HEARING[:3],
    ),
    Part(
        "bilingual",
        ("-m", "benchmarks.bilingual"),
        whole=("--sentences", "60"),
        quick=("--sentences", "60", "--pairs", "4"),
    ),
    Part(
        "workers",
        ("benchmarks/batch.py", "workers"),
        whole=("--copies", "4"),
        quick=("--copies", "2", "--rounds", "1"),
        versions=HEARING[:3],
    ),
    Part("calm", ("benchmarks/batch.py", "calm"), whole=("--files", "500"), quick=("--files", "40")),
    Part(
        "accident",
        ("benchmarks/batch.py", "accident"),
        whole=("--files", "200", "--workers", "5", "--kills", "10"),
        quick=("--files", "60", "--kills", "3"),
    ),
    Part("queue", ("benchmarks/queue_of_files.py",), whole=("--hours", "24", "1000"), quick=("--hours", "24")),
    Part(
        "correctors",
        ("-m", "benchmarks.correctors"),
        whole=("--tools", COMPARED),
        quick=("--quick", "--tools", COMPARED),
        versions=("zimu-toolkit", "rapidfuzz", *PEERS[:4]),
    ),
    Part("gleaning", ("-m", "benchmarks.gleaning")),
)
"""Every benchmark, in the order of a run."""


def run_part(part: Part, folder: Path, *, quick: bool = False) -> Result:
    """Run a benchmark in a process of its own, which prints what it will; its figures pass through ``folder``."""
    path = folder / f"{part.name}.json"
    command = [sys.executable, *part.program, *(part.quick if quick else part.whole), "--json", str(path)]
    began = perf_counter()
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False).returncode
    figures = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    return Result(round(perf_counter() - began, 1), code, figures)
