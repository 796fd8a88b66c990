"""A batch put to the test: hundreds of files of all kinds, workers killed at random; and what a batch costs.

    python benchmarks/batch.py accident [--files 500] [--workers 2] [--kills 20]
    python benchmarks/batch.py calm [--files 500] [--workers 2]
    python benchmarks/batch.py workers [MODEL RECORDING] [--random] [--copies 8]

`accident` makes short files that are good, junk, silent, unreadable, or deadly, with names that repeat and Chinese and
emoji names; while they are done it kills workers, and once the whole run. It fails unless every good file has its right
text, every bad one its reason, the sums are right, and a second run does nothing.

`calm` does the same files without those over which workers die. It prints what a file costs beyond its recognition (a
stand-in that takes no time), by the clock of the worker and in seconds of the CPU, and how much the memory of a worker
grows.

`workers` hears copies of a recording with one worker and with two, on as many threads together, and prints the ratio.
Without a model it takes the one that ships, zimu-tiny, and the ceremony of the examples; with ``--random`` one of
random weights, made on the spot, and the talk of the tests. Each writes its figures where ``--json FILE`` says.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parent.parent
KINDS = ("say", "say", "say", "say", "say", "say", "say", "silence", "junk", "bug")
DEADLY = 25
"""One file in so many ends the worker that meets it, the first time."""
NAMES = ("talk", "闭幕式", "大会🎉", "naïve", "a b")


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=("accident", "calm", "workers"))
    parser.add_argument("inputs", nargs="*")
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--copies", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--random", action="store_true", help="a model of random weights, made on the spot")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    options = parser.parse_args()
    if options.inputs and len(options.inputs) != 2:
        parser.error("name a model and a recording, or neither")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.what == "accident":
            found = accident(folder, options.files, options.workers, options.kills)
        elif options.what == "calm":
            found = calm(folder, options.files, options.workers)
        else:
            model, recording = map(Path, options.inputs) if options.inputs else pick(folder, shipped=not options.random)
            found = compare_workers(folder, model, recording, options.copies, options.rounds)
    if options.json:
        options.json.write_text(json.dumps(found), encoding="utf-8")


def accident(folder: Path, files: int, workers: int, kills: int) -> dict[str, Any]:
    """Make the files, have them done by runs with accidents, and check what came of them."""
    made = make_files(folder, files, DEADLY)
    killed = not run(folder, workers, kills, whole=files // 3)[0]
    run(folder, workers, kills)
    document, _ = run(folder, workers, 0, retry=True)  # who kills at random may have met one file three times
    check(document, made, folder)
    print(f"{len(made)} files: the first run was {'killed' if killed else 'finished'}, and in the end all is right")
    again, _ = run(folder, workers, 0)
    if again["summary"]["done"] or again["exit_code"] != 6:
        raise SystemExit(f"the second run did something: {again['summary']}")
    print(f"one more run does nothing, in {again['summary']['seconds']:.2f} s")
    told = {"workers": workers, "kills": kills, "run_killed": killed, "again_seconds": again["summary"]["seconds"]}
    return {"files": len(made), **told}


def calm(folder: Path, files: int, workers: int) -> dict[str, Any]:
    """Have files done over which nobody dies, and tell what they cost."""
    made = make_files(folder, files, 0)
    began, used = time.perf_counter(), cpu()
    document, memory = run(folder, workers, 0)
    seconds, used = time.perf_counter() - began, cpu() - used
    check(document, made, folder)
    told = [each["seconds"] for each in document["results"] if each["ok"]]
    each, clock, sizes = used / len(made) * 1000, median(told) * 1000, growth(memory)
    print(f"{len(made)} files in {seconds:.1f} s, {each:.0f} ms of the CPU a file, all counted")
    print(f"a file with the stand-in, by the worker's clock: {clock:.0f} ms, median of {len(told)}")
    parts = [f"{early:.0f} → {late:.0f} MiB ({late / early - 1:+.1%})" for early, late in sizes]
    print(f"memory of workers: {'; '.join(parts) or 'not seen'}")
    costs = {"cpu_milliseconds_a_file": each, "worker_milliseconds_a_file": clock, "worker_mib": sizes}
    return {"files": len(made), "workers": workers, "seconds": seconds, **costs}


def cpu() -> float:
    """Seconds of the CPU that ended children, and theirs, have used."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def make_files(folder: Path, count: int, deadly: int) -> dict[Path, str]:
    """Files in three folders, the same every time; each says its own text, and is of one kind."""
    chance, made = random.Random(7), {}
    for number in range(count):
        suffix = chance.choice((".mp4", ".wav", ".m4a"))
        path = folder / f"day{number % 3}" / f"{NAMES[number % len(NAMES)]}{number // 15}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        kind = "die once" if deadly and number % deadly == 1 else KINDS[number % len(KINDS)]
        path.write_text(f"{kind}|第{number}个文件|结束了" if kind == "die once" else f"{kind} 第{number}个文件|结束了")
        made[path] = kind
    unreadable = folder / "day0" / "unreadable.mp4"
    unreadable.symlink_to("nowhere")
    made[unreadable] = "unreadable"
    return made


def run(
    folder: Path, workers: int, kills: int, *, whole: int = 0, retry: bool = False
) -> tuple[dict[str, Any], list[list[int]]]:
    """A run over a folder; ``kills`` workers are killed meanwhile, and after ``whole`` results the run itself."""
    command = [sys.executable, "-m", "toolkit", "run", ".", "-o", "out", "--workers", str(workers), "--json", "--quiet"]
    command += ["--no-config", "--recogniser", "crowd:load", "--no-builtin-lexicons", "--no-segment", "--boldness", "0"]
    command += ["--retry-failed"] if retry else []
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    stop = threading.Event()
    memory: list[list[int]] = []
    watcher = threading.Thread(target=watch, args=(process, (kills, whole, folder), memory, stop))
    watcher.start()
    out = process.communicate()[0]
    stop.set()
    watcher.join()
    return (json.loads(out) if out else {}), memory


def watch(
    process: subprocess.Popen[bytes], plan: tuple[int, int, Path], memory: list[list[int]], stop: threading.Event
) -> None:
    """Look at the workers ten times a second: note their memory, kill one now and then."""
    kills, whole, folder = plan
    chance, seen = random.Random(3), {}
    while not stop.wait(0.1):
        for pid in children(process.pid):
            seen.setdefault(pid, []).append(resident(pid))
        workers = [pid for pid in children(process.pid) if len(seen.get(pid, ())) > 3]
        if kills and workers and chance.random() < 0.02:
            kills -= 1
            end(chance.choice(workers))
        if whole and len(list(folder.glob("out/**/*.srt"))) > whole:
            end(process.pid)
            break
    memory += [sizes for sizes in seen.values() if len(sizes) > 40]


def end(pid: int) -> None:
    """Kill one process; it may be gone."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def children(pid: int) -> list[int]:
    """The worker processes of a run; Linux only."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(each) for each in found if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]
    except OSError:
        return []


def resident(pid: int) -> int:
    """Memory of a process in KiB, 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def growth(memory: list[list[int]]) -> list[tuple[float, float]]:
    """MiB of each worker in the second quarter of its life and in the last, by the medians of those parts."""
    parts = []
    for sizes in memory:
        quarter = max(1, len(sizes) // 4)
        early, late = median(sizes[quarter : 2 * quarter]), median([size for size in sizes[-quarter:] if size])
        parts.append((early / 1024, late / 1024))
    return parts


def check(document: dict[str, Any], made: dict[Path, str], folder: Path) -> None:
    """See that every file has its result or its reason, and that the sums are right."""
    if "results" not in document:
        raise SystemExit(f"the run ended: {document}")
    sys.path.insert(0, str(ROOT))
    from toolkit.formats import read

    results = {each["input"]: each for each in document["results"]}
    wrong = []
    for path, kind in made.items():
        each = results.pop(str(path.relative_to(folder)), {})
        good = kind in ("say", "silence", "die once")
        if each.get("ok") != good or (not good and not each["failure"]["problem"]):
            wrong.append(f"{path}: {kind}: {each}")
        elif good:
            text = "" if kind == "silence" else path.read_text().partition("|" if kind == "die once" else " ")[2]
            heard = [cue.text for cue in read(folder / each["written"][0]).cues if cue.text != "once"]
            wrong += [f"{path}: {heard}"] if "|".join(heard) != text else []
    outputs = [name for each in document["results"] for name in each.get("written", ())]
    sums = document["summary"]
    counted = sums["done"] + sums["stood"], sums["failed"], sums["inputs"]
    expected = sum(kind in ("say", "silence", "die once") for kind in made.values())
    if counted != (expected, len(made) - expected, len(made)) or len(set(outputs)) != expected or results:
        wrong.append(f"sums: {sums}, {len(set(outputs))} outputs, {len(results)} besides")
    if wrong or document["exit_code"] != 6:
        raise SystemExit("\n".join([f"{len(wrong)} wrong, exit code {document['exit_code']}", *wrong[:10]]))


def pick(folder: Path, *, shipped: bool) -> tuple[Path, Path]:
    """A model and a recording of the project: those that ship, or random weights and the talk of the tests."""
    if shipped:
        return ROOT / "models" / "zimu-tiny", ROOT / "examples" / "ceremony.opus"
    sys.path.insert(0, str(ROOT / "tests"))
    from whisper_folder import make_whisper_folder

    return make_whisper_folder(folder / "model"), ROOT / "tests" / "data" / "talk.ogg"


def compare_workers(folder: Path, model: Path, recording: Path, copies: int, rounds: int) -> dict[str, Any]:
    """Hear copies of a recording with one worker of one thread, and with two; they take turns."""
    for number in range(copies):
        path = folder / "talks" / f"{number}{recording.suffix}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(recording.read_bytes() + bytes([number]))
    times: dict[int, list[float]] = {1: [], 2: []}
    for round_, workers in ((round_, workers) for round_ in range(rounds) for workers in (1, 2)):
        out = folder / f"out{round_}{workers}"
        times[workers].append(hear(folder / "talks", out, model.resolve(), workers))
    print(f"| workers, a thread each | seconds, median of {rounds} |\n|---|---|")
    for workers, seconds in times.items():
        print(f"| {workers} | {median(seconds):.1f} |")
    print(f"\ntwo against one: {median(times[1]) / median(times[2]):.2f} ×")
    named = {"model": model.name, "recording": recording.name, "copies": copies, "rounds": rounds}
    return {**named, "one_seconds": median(times[1]), "two_seconds": median(times[2])}


def hear(talks: Path, out: Path, model: Path, workers: int) -> float:
    """Seconds for all recordings, the start of workers and the loading of the model among them."""
    command = [sys.executable, "-m", "toolkit", "run", str(talks), "-o", f"{out}/", "--workers", str(workers), "-q"]
    command += ["--model", str(model), "--device", "cpu", "--cpu-threads", "1", "--language", "zh", "--no-config"]
    command += ["--no-lexicon-hotwords"]
    began = time.perf_counter()
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
