"""How long a batch takes that nobody has hours for: its queue, simulated file by file, and what holds it up.

    python benchmarks/queue_of_files.py [--hours 24 1000 1000000] [--speed GPU=60] [--json FILE]

The queue is that of `toolkit.batch`: the longest file goes to the next free worker. What a file costs is its length
divided by the speed of a worker, and a constant; a worker that is lost begins the file again where its journal ends.
Beside that stand what no number of workers makes shorter: the look at every file before the start, the conductor's work
on each, and what storage can deliver. Prints a Markdown table, with what holds each up. Figures that were measured and
those that are assumed are told apart in `FIGURES` and in docs/scale.md.
"""

from __future__ import annotations

import argparse
import heapq
import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

HOUR = 3600.0


@dataclass(frozen=True)
class Machines:
    """Workers that are alike: how many, how fast (× real time), and what one costs an hour in dollars."""

    name: str
    workers: int
    speed: float
    price: float


@dataclass(frozen=True)
class Figures:
    """What the simulation stands on, in seconds unless said otherwise."""

    file: float = 0.05
    """A file beyond its recognition; the limit that `batch.py accident` measures against."""
    look: float = 0.01
    """The look at a file before the start: its length, and the sum of 4 MiB of it."""
    conduct: float = 0.002
    """The conductor's work on a file: two messages and a line of the manifest on disk."""
    load: float = 5.0
    """The start of a worker and the loading of its model."""
    megabytes: float = 30.0
    """What storage has to deliver for an hour of sound, in MB; sound alone, not picture."""
    storage: float = 1000.0
    """What storage can deliver in a second, in MB."""
    lifetime: float = 100 * HOUR
    """How long a worker lives on average before its machine is lost."""
    again: float = 60.0 + 120.0
    """What a lost worker costs: a new one, and at most two minutes of sound that are heard again."""


FIGURES = Figures()
MACHINES = (
    Machines("1 CPU, 2 cores", 1, 1 / 0.29, 0.08),
    Machines("1 GPU", 1, 60.0, 2.0),
    Machines("8 GPUs", 8, 60.0, 2.0),
    Machines("100 nodes of 8 GPUs", 800, 60.0, 2.0),
)


@dataclass(frozen=True)
class Spell:
    """What a batch came to: seconds by the clock, the share of them that workers were at work, what held it up."""

    seconds: float
    busy: float
    held_up_by: str


def main() -> None:
    """Simulate, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--hours", type=float, nargs="+", default=[24, 1000, 1_000_000])
    parser.add_argument("--speed", action="append", default=[], metavar="CPU=3.4", help="× real time of one worker")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    options = parser.parse_args()
    rows = []
    speeds = {name: float(value) for name, _, value in (text.partition("=") for text in options.speed)}
    print("| hours of sound | machines | takes | workers busy | dollars | held up by |\n|---|---|---|---|---|---|")
    for hours in options.hours:
        files = make_files(hours * HOUR)
        for each in MACHINES:
            kind = "CPU" if "CPU" in each.name else "GPU"
            machines = replace(each, speed=speeds.get(kind, each.speed))
            spell = simulate(files, machines)
            price = machines.workers * machines.price * spell.seconds / HOUR
            cells = (f"{hours:,.0f}", each.name, in_words(spell.seconds), f"{spell.busy:.0%}", f"{price:,.0f}")
            print(f"| {' | '.join(cells)} | {spell.held_up_by} |")
            rows.append({"hours": hours, "machines": each.name, **asdict(spell), "dollars": price})
    if options.json:
        options.json.write_text(json.dumps({"rows": rows}), encoding="utf-8")


def make_files(seconds: float) -> list[float]:
    """Lengths of recordings: mostly half an hour or so, a few of many hours, as archives of talks and lessons have."""
    chance, lengths, total = random.Random(1), [], 0.0
    while total < seconds:
        lengths.append(min(chance.lognormvariate(7.2, 0.9), 10 * HOUR, seconds - total))
        total += lengths[-1]
    return lengths


def simulate(
    files: Sequence[float], machines: Machines, figures: Figures = FIGURES, *, longest_first: bool = True
) -> Spell:
    """What a batch of files of these lengths, in seconds, comes to on these machines."""
    chance = random.Random(2)
    order = sorted(files, reverse=True) if longest_first else list(files)
    free = [figures.load] * machines.workers
    work = 0.0
    for length in order:
        cost = figures.file + length / machines.speed
        if chance.random() < cost / figures.lifetime:
            cost += figures.again
        work += cost
        heapq.heappush(free, heapq.heappop(free) + cost)
    spans = {
        "recognition": work / machines.workers + figures.load,
        "the conductor": len(files) * figures.conduct,
        "storage": sum(files) / HOUR * figures.megabytes / figures.storage,
    }
    look = len(files) * figures.look
    queue = max(*free, *spans.values())
    spans |= {"the look before the start": look, "the longest file": max(order) / machines.speed + figures.load}
    return Spell(look + queue, work / machines.workers / (look + queue), max(spans, key=lambda name: spans[name]))


def in_words(seconds: float) -> str:
    """A time as people say it.

    >>> in_words(90), in_words(5400), in_words(400_000)
    ('1.5 min', '1.5 h', '4.6 days')
    """
    if seconds < HOUR:
        return f"{seconds / 60:.1f} min"
    return f"{seconds / HOUR:.1f} h" if seconds < 48 * HOUR else f"{seconds / HOUR / 24:,.1f} days"


if __name__ == "__main__":
    main()
