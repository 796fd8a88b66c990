"""What Zimu costs beside the recogniser that it stands on: same model, sound and options, in processes of their own.

    python benchmarks/hearing.py [MODEL RECORDING] [--rounds 3] [--threads 2]

Without a model it takes one of random weights, made on the spot, and the talk of the tests: what comes out is noise,
and what Zimu costs beside it is the same.

Cases take turns, so that a busy moment hits all of them: bare faster-whisper, `zimu transcribe`, the whole of `zimu
run`, both in batches of 8, and whisper-ctranslate2 where it is installed. Prints a Markdown table: the median of the
rounds, the ratio to bare faster-whisper of the same round, and the peak of memory.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

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


@dataclass(frozen=True)
class Cost:
    """What a run took: seconds by the clock, and mebibytes at the peak."""

    seconds: float
    peak: float


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("model", nargs="?")
    parser.add_argument("recording", nargs="?", default=str(ROOT / "tests" / "data" / "talk.ogg"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        model = options.model or str(random_model(Path(folder)))
        table(
            commands(str(Path(model).resolve()), str(Path(options.recording).resolve()), options.threads),
            options.rounds,
        )


def random_model(folder: Path) -> Path:
    """A Whisper model of random weights."""
    sys.path.insert(0, str(ROOT / "tests"))
    from whisper_folder import make_whisper_folder

    return make_whisper_folder(folder / "model")


def table(named: dict[str, list[str]], rounds: int) -> None:
    """Run every case in turn and print what each took."""
    costs: dict[str, list[Cost]] = {name: [] for name in named}
    for _ in range(rounds):
        for name, command in named.items():
            costs[name].append(cost(command))
    print(f"| | seconds, median of {rounds} | × bare | peak MiB |\n|---|---|---|---|")
    bare = costs["faster-whisper"]
    for name, runs in costs.items():
        ratio = median(run.seconds / base.seconds for run, base in zip(runs, bare, strict=True))
        seconds, peak = median(run.seconds for run in runs), max(run.peak for run in runs)
        print(f"| {name} | {seconds:.1f} | {ratio:.2f} | {peak:.0f} |")


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
