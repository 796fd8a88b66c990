"""What Zimu costs beside the recogniser that it stands on: same model, sound and options, in processes of their own.

    python benchmarks/hearing.py [MODEL [RECORDING]] [--random] [--rounds 3] [--threads 2] [--json FILE]

Without a model it takes the one that ships, zimu-tiny, and the ceremony of the examples. With ``--random`` it takes a
model of random weights, made on the spot, and the talk of the tests: what comes out is noise, and what Zimu costs
beside it is the same.

Cases take turns, so that a busy moment hits all of them: bare faster-whisper, `zimu transcribe`, the whole of `zimu
run`, both in batches of 8, and whisper-ctranslate2 where it is installed. Prints a Markdown table: the median of the
rounds, the ratio to bare faster-whisper of the same round, and the peak of memory.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

BARE = """
import sys
from faster_whisper import BatchedInferencePipeline, WhisperModel
model = WhisperModel(sys.argv[1], device="cpu", compute_type="int8", cpu_threads=int(sys.argv[3]))
batch = int(sys.argv[4])
options = dict(beam_size=5, temperature=0.0, word_timestamps=True, vad_filter=True, language="zh")
if batch > 1:
    heard, _ = BatchedInferencePipeline(model).transcribe(
        sys.argv[2], batch_size=batch, without_timestamps=False, **options
    )
else:
    heard, _ = model.transcribe(sys.argv[2], condition_on_previous_text=False, **options)
print("".join(segment.text for segment in heard))
"""

BATCH = 8
ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "models" / "zimu-tiny", ROOT / "examples" / "ceremony.opus"
"""A trained model and a recording that it can hear; both are part of the project."""
TALK = ROOT / "tests" / "data" / "talk.ogg"


@dataclass(frozen=True)
class Cost:
    """What a run took: seconds by the clock, and mebibytes at the peak."""

    seconds: float
    peak: float


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("model", nargs="?", type=Path, default=SHIPPED[0])
    parser.add_argument("recording", nargs="?", type=Path)
    parser.add_argument("--random", action="store_true", help="a model of random weights, made on the spot")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    options = parser.parse_args()
    recording = options.recording or (TALK if options.random else SHIPPED[1])
    with tempfile.TemporaryDirectory() as folder:
        model = random_model(Path(folder)) if options.random else options.model
        named = commands(str(model.resolve()), str(recording.resolve()), options.threads)
        found = {
            "model": "random weights" if options.random else model.name,
            "recording": recording.name,
            "sound_seconds": length(recording),
            "threads": options.threads,
            **figures(measure(named, options.rounds)),
        }
    table(found)
    if options.json:
        options.json.write_text(json.dumps(found), encoding="utf-8")


def random_model(folder: Path) -> Path:
    """A Whisper model of random weights."""
    sys.path.insert(0, str(ROOT / "tests"))
    from whisper_folder import make_whisper_folder

    return make_whisper_folder(folder / "model")


def length(recording: Path) -> float:
    """Seconds of sound."""
    sys.path.insert(0, str(ROOT))
    from toolkit.media import duration

    return duration(recording) / 1000


def measure(named: dict[str, list[str]], rounds: int) -> dict[str, list[Cost]]:
    """Run every case in turn."""
    costs: dict[str, list[Cost]] = {name: [] for name in named}
    for _ in range(rounds):
        for name, command in named.items():
            costs[name].append(cost(command))
    return costs


def figures(costs: dict[str, list[Cost]]) -> dict[str, Any]:
    """What was measured, as plain data: medians of the rounds, ratios to bare faster-whisper of the same round."""
    bare = costs["faster-whisper"]
    cases = [
        {
            "case": name,
            "seconds": median(run.seconds for run in runs),
            "times_bare": median(run.seconds / base.seconds for run, base in zip(runs, bare, strict=True)),
            "peak_mib": max(run.peak for run in runs),
        }
        for name, runs in costs.items()
    ]
    return {"rounds": len(bare), "cases": cases}


def table(found: dict[str, Any]) -> None:
    """Print what every case took."""
    print(f"| | seconds, median of {found['rounds']} | × bare | peak MiB |\n|---|---|---|---|")
    for case in found["cases"]:
        print(f"| {case['case']} | {case['seconds']:.1f} | {case['times_bare']:.2f} | {case['peak_mib']:.0f} |")


def commands(model: str, recording: str, threads: int) -> dict[str, list[str]]:
    """The command of every case."""
    ours = ["--model", model, "--device", "cpu", "--compute-type", "int8", "--cpu-threads", str(threads)]
    ours += ["--language", "zh", "--no-lexicon-hotwords"]
    zimu = [sys.executable, "-m", "toolkit"]
    named = {
        "faster-whisper": [sys.executable, "-c", BARE, model, recording, str(threads), "1"],
        "zimu transcribe": [*zimu, "transcribe", recording, *ours],
        "zimu run": [*zimu, "run", recording, *ours],
        f"faster-whisper, batches of {BATCH}": [sys.executable, "-c", BARE, model, recording, str(threads), str(BATCH)],
        f"zimu run, batches of {BATCH}": [*zimu, "run", recording, *ours, "--batch-size", str(BATCH)],
    }
    peer = shutil.which("whisper-ctranslate2")
    if peer:
        named["whisper-ctranslate2"] = [
            *(peer, recording, "--model_directory", model, "--device", "cpu", "--compute_type", "int8"),
            *("--threads", str(threads), "--language", "zh", "--word_timestamps", "True", "--vad_filter", "True"),
            *(
                "--condition_on_previous_text",
                "False",
                "--temperature",
                "0",
                "--temperature_increment_on_fallback",
                "None",
            ),
        ]
    return named


def cost(command: list[str]) -> Cost:
    """Run a command in an empty folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        if "toolkit" in command:
            command = [*command, "-o", str(Path(folder) / "talk.srt")]
        began = perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_here())
        complaint = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"{command[0]} failed: {complaint.decode(errors='replace')[-500:]}")
        return Cost(perf_counter() - began, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024))


def _here() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}


if __name__ == "__main__":
    main()
