"""One tool on one track in a process of its own: time of the processor, memory, answers.

python -m benchmarks.correctors.cell JOB ANSWER
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from benchmarks.correctors.tools import TOOLS, Correct
from benchmarks.correctors.values import ROOT, Answer, Lines, Run, Skipped, Track

BUILD = 900
"""Seconds of the processor that a tool may take to make itself ready."""


def run_cell(tool: str, track: Track, seconds: float) -> Run:
    """Run a tool on a track; each half, the spoilt lines and the clean ones, may take about ``seconds / 2``.

    Raises:
        Skipped: the tool was not ready in time, or failed.
    """
    job = {
        "tool": tool,
        "terms": track.terms,
        "packs": track.packs,
        "seconds": seconds,
        "halves": [_texts(track.spoilt), _texts(track.clean)],
    }
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder, "job.json"), Path(folder, "answer.json")
        asked.write_text(json.dumps(job), encoding="utf-8")
        command = [sys.executable, "-m", "benchmarks.correctors.cell", str(asked), str(answered)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode == -signal.SIGXCPU:
            raise Skipped(f"gave up after {BUILD + seconds:,.0f} s")
        if done.returncode:
            raise Skipped(f"failed: {done.stderr.strip().splitlines()[-1]}")
        return _read_run(json.loads(answered.read_text(encoding="utf-8")))


def work(job: dict[str, Any]) -> Run:
    """Do a job in this process."""
    tool = TOOLS[job["tool"]]
    began = process_time()
    correct = tool.build(job["terms"], job["packs"])
    built = process_time()
    halves = [_answers(correct, half, None if tool.pooled else job["seconds"] / 2) for half in job["halves"]]
    ended = process_time()
    spoilt, clean = halves
    texts = job["halves"]
    chars = sum(len(texts[half][one.document][one.line]) for half in (0, 1) for one in halves[half])
    return Run(built - began, ended - built, chars, _peak(), tuple(spoilt), tuple(clean))


def _answers(correct: Correct, documents: Sequence[Sequence[str]], seconds: float | None) -> list[Answer]:
    return list(_whole(correct, documents) if seconds is None else _singly(correct, documents, seconds))


def _whole(correct: Correct, documents: Sequence[Sequence[str]]) -> Iterator[Answer]:
    for number, lines in enumerate(documents):
        for line, text in enumerate(correct(lines)):
            yield Answer(number, line, text)


def _singly(correct: Correct, documents: Sequence[Sequence[str]], seconds: float) -> Iterator[Answer]:
    places = [(number, line) for number, lines in enumerate(documents) for line in range(len(lines))]
    Random(0).shuffle(places)
    until = process_time() + seconds
    for number, line in places:
        if process_time() > until:
            return
        (text,) = correct([documents[number][line]])
        yield Answer(number, line, text)


def _texts(documents: tuple[Lines, ...]) -> list[list[str]]:
    return [[line.heard for line in lines] for lines in documents]


def _read_run(found: dict[str, Any]) -> Run:
    halves = {half: tuple(Answer(**answer) for answer in found[half]) for half in ("spoilt", "clean")}
    return Run(**{**found, **halves})


def _peak() -> float:
    """The most memory that this process ever held, in MB."""
    status = Path("/proc/self/status")
    if status.is_file():
        # Linux counts into ru_maxrss what the parent held when it made this process.
        (peak,) = [row.split()[1] for row in status.read_text().splitlines() if row.startswith("VmHWM:")]
        return int(peak) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def main(asked: str, answered: str) -> None:
    """Read a job, do it, write the answer."""
    job = json.loads(Path(asked).read_text(encoding="utf-8"))
    limit = int(BUILD + job["seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 10))
    Path(answered).write_text(json.dumps(asdict(work(job))), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
