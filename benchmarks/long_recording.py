"""What the length of a recording costs in memory: ten hours beside ten minutes of the same sound.

    python benchmarks/long_recording.py [--hours 10] [--rounds 3] [--threads 2] [--json FILE]

Repeats the talk of the tests without encoding it anew, and has `zimu run` hear both recordings with a model of random
weights, made on the spot: what it says is noise, and as much to be kept in mind as speech would be. The short one is
heard in several rounds, because the peak of a process also depends on where its heap happens to have holes; the long
one once. Prints the peaks, and the seconds of each.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parent.parent
MINUTES = 10
"""How long the short recording is."""


def main() -> None:
    """Measure, print a line for each recording."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--hours", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3, help="of the short recording")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    options = parser.parse_args()
    sys.path[:0] = [str(ROOT)]
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), options.hours, options.rounds, options.threads)
    for run in (found["short"], found["long"]):
        print(f"{run['minutes']:.0f} minutes: {run['peak_mib']:.0f} MiB at the peak, {run['seconds']:.0f} s")
    if options.json:
        options.json.write_text(json.dumps(found), encoding="utf-8")


def measure(folder: Path, hours: float, rounds: int, threads: int) -> dict[str, Any]:
    """Both recordings heard, each run in a process of its own."""
    from benchmarks.hearing import TALK, commands, cost, random_model

    model = str(random_model(folder))
    found: dict[str, Any] = {"model": "random weights", "rounds": rounds, "threads": threads}
    for name, minutes, times in (("short", MINUTES, rounds), ("long", round(hours * 60), 1)):
        recording = repeat(TALK, folder / f"{name}.mka", minutes)
        runs = [cost(commands(model, str(recording), threads)["zimu run"]) for _ in range(times)]
        peak, seconds = median(run.peak for run in runs), median(run.seconds for run in runs)
        found[name] = {"minutes": minutes, "peak_mib": peak, "seconds": seconds}
    return found


def repeat(recording: Path, path: Path, minutes: float) -> Path:
    """A recording as often one after the other as makes so many minutes, at ``path``."""
    import av

    with av.open(str(path), "w") as longer:
        track, begin = None, 0.0
        while begin < minutes * 60:
            with av.open(str(recording)) as once:
                sound = once.streams.audio[0]
                track = track or longer.add_stream_from_template(sound)
                end = begin
                for packet in once.demux(sound):
                    if packet.pts is None:
                        continue
                    packet.pts = packet.dts = packet.pts + round(begin / packet.time_base)
                    end = float((packet.pts + packet.duration) * packet.time_base)
                    packet.stream = track
                    longer.mux(packet)
            begin = end
    return path


if __name__ == "__main__":
    main()
