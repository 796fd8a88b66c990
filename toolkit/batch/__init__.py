"""Many recordings at once: a batch is planned, shared out among workers, and written down as it is done.

::

    inputs ──► place ──► plan ──► conduct ──► executor ──► worker   one process per GPU, a few on a CPU, or Ray
                           ▲         │
                           └ manifest┘   what is done, failed, and with which content and options

The manifest is to a batch what the journal is to a recording: what it says is on disk, so that a run that was killed
goes on where it was, and a second one does only what is missing or has changed.
"""

from __future__ import annotations

from toolkit.batch.conduct import Conduct, conduct
from toolkit.batch.crew import Post, share_out
from toolkit.batch.events import Event
from toolkit.batch.executors import EXECUTORS, Executor, Setup, load_executor
from toolkit.batch.manifest import Entry, Manifest, open_manifest
from toolkit.batch.place import Input, place_all
from toolkit.batch.plan import Plan, plan_batch
from toolkit.batch.summary import Summary, summarise
from toolkit.batch.tasks import Outcome, Task

__all__ = [
    "EXECUTORS",
    "Conduct",
    "Entry",
    "Event",
    "Executor",
    "Input",
    "Manifest",
    "Outcome",
    "Plan",
    "Post",
    "Setup",
    "Summary",
    "Task",
    "conduct",
    "load_executor",
    "open_manifest",
    "place_all",
    "plan_batch",
    "share_out",
    "summarise",
]
