"""What happens in a batch, told as it happens: the one stream behind table, lines, log and metrics.

=============  =========================================================================================
kind           says that; with these fields besides ``event``, ``time``
=============  =========================================================================================
batch.start    the batch begins: ``todo``, ``done``, ``failed`` (inputs), ``length`` (ms), ``workers``
worker.start   a worker is ready: ``worker``
worker.lost    a worker died: ``worker``, ``input`` (empty if it was idle), ``reason``
input.start    an input is begun: ``input``, ``worker``, ``length`` (ms), ``tries``
input.progress where an input is: ``input``, ``worker``, ``stage``, ``done``, ``total`` (ms, or bytes fetched)
input.retry    an input is begun again later: ``input``, ``reason``, ``tries``
input.done     an input is done: ``input``, ``outcome``
input.failed   an input failed: ``input``, ``outcome`` with ``failure`` and ``traceback``
input.stopped  an input was interrupted; what was heard is kept: ``input``, ``outcome``
log            a worker says something: ``worker``, ``level``, ``message``
batch.end      all is over: ``summary``, ``interrupted``, and ``failure`` where something ended it for all inputs
=============  =========================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from toolkit.batch.tasks import Outcome

KINDS = (
    "batch.start",
    "worker.start",
    "worker.lost",
    "input.start",
    "input.progress",
    "input.retry",
    "input.done",
    "input.failed",
    "input.stopped",
    "log",
    "batch.end",
)

ENDS = {"done": "input.done", "failed": "input.failed", "interrupted": "input.stopped"}
"""The event that tells of each state of an outcome."""


@dataclass(frozen=True)
class Event:
    """Something that happened; ``facts`` as the table above says. A log line has the label of its worker's input."""

    kind: str
    label: str = ""
    worker: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    outcome: Outcome | None = None

    def as_dict(self, time: float) -> dict[str, Any]:
        """The event as a line of JSON tells it; ``time`` in seconds since 1970.

        >>> Event("input.start", "a.mp4", "cpu 0", {"length": 1000}).as_dict(0.0)
        {'event': 'input.start', 'time': 0.0, 'input': 'a.mp4', 'worker': 'cpu 0', 'length': 1000}
        """
        named = {"input": self.label, "worker": self.worker}
        told = {name: value for name, value in named.items() if value}
        outcome = {"outcome": self.outcome.as_dict()} if self.outcome else {}
        return {"event": self.kind, "time": round(time, 3), **told, **self.facts, **outcome}


def end_of(outcome: Outcome) -> Event:
    """The event that tells of an outcome."""
    return Event(ENDS[outcome.state], outcome.label, outcome.worker, outcome=outcome)
