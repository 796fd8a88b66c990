"""Sums of a batch for Prometheus, as a text file that its node exporter collects."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from toolkit.batch.events import Event
from toolkit.formats.files import write_whole

PERIOD = 5.0
"""Seconds between two writings of the file."""

NAMES = {
    "todo": ("gauge", "inputs that this run is to do"),
    "done_total": ("counter", "inputs done by this run"),
    "failed_total": ("counter", "inputs that failed in this run"),
    "retries_total": ("counter", "inputs begun again because their worker died"),
    "workers_lost_total": ("counter", "workers that died"),
    "audio_seconds_total": ("counter", "seconds of recordings done by this run"),
    "work_seconds_total": ("counter", "seconds that workers spent on finished inputs"),
    "busy": ("gauge", "inputs being worked on"),
    "finished": ("gauge", "1 when the run is over"),
}
"""Each metric behind ``zimu_batch_``: its type and help."""

_COUNTED = {"input.failed": "failed_total", "input.retry": "retries_total", "worker.lost": "workers_lost_total"}


@dataclass
class Metrics:
    """A listener that keeps sums, and writes them to ``path`` every few seconds, whole or not at all."""

    path: Path
    values: dict[str, float] = field(default_factory=lambda: dict.fromkeys(NAMES, 0.0))
    written: float = float("-inf")

    def __call__(self, event: Event) -> None:
        """Count an event.

        Raises:
            InputError: the file cannot be written.
        """
        values = self.values
        if event.kind == "batch.start":
            values["todo"] = event.facts["todo"]
        if event.kind in _COUNTED:
            values[_COUNTED[event.kind]] += 1
        if event.outcome:
            values["work_seconds_total"] += event.outcome.seconds
            if event.kind == "input.done":
                values["done_total"] += 1
                values["audio_seconds_total"] += event.outcome.heard / 1000
            values["busy"] -= bool(event.outcome.key)  # what is impossible was never begun
        values["busy"] += (event.kind == "input.start") - (event.kind == "input.retry")
        values["finished"] = float(event.kind == "batch.end")
        if event.kind in ("batch.start", "batch.end") or monotonic() - self.written >= PERIOD:
            write_whole(self.path, self.text().encode())
            self.written = monotonic()

    def text(self) -> str:
        """The file's content, in Prometheus' exposition format 0.0.4."""
        lines = []
        for name, (kind, about) in NAMES.items():
            whole = f"zimu_batch_{name}"
            lines += [f"# HELP {whole} {about}", f"# TYPE {whole} {kind}", f"{whole} {self.values[name]:g}"]
        return "\n".join(lines) + "\n"
