"""Who carries out a batch: processes of this machine, or a Ray cluster; found by name, like a recogniser.

An executor takes a task when it has room for one, and tells what happens. It decides nothing: what is done next, and
what is tried again, is for `toolkit.batch.conduct`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, cast

from toolkit.batch.crew import Post
from toolkit.batch.events import Event
from toolkit.batch.tasks import Task
from toolkit.plugins import find
from toolkit.profile import Profile

EXECUTORS = {
    "local": "toolkit.batch.local:start",
    "ray": "toolkit.batch.on_ray:start",
}
"""Name → ``module:function``; the function takes a `Setup` and returns an executor as a context."""


@dataclass(frozen=True)
class Setup:
    """What workers need to know: the options, the posts, and for a cluster its address and how many GPUs it has."""

    profile: Profile
    posts: tuple[Post, ...]
    address: str = ""
    workers: int = 0


class Executor(Protocol):
    """Workers that are ready, or become so."""

    @property
    def room(self) -> int:
        """How many tasks it can take now; it queues none, so that what is not begun costs nothing."""

    def submit(self, task: Task) -> None:
        """Give a task to an idle worker."""

    def wait(self, seconds: float) -> Sequence[Event]:
        """What has happened, after at most ``seconds``; the loss of a worker is an event too."""

    def stop(self) -> None:
        """Ask all workers to end what they do and keep what they have; events of that still come."""


class Starter(Protocol):
    """Starts an executor; at the end of the context no worker is left."""

    def __call__(self, setup: Setup) -> AbstractContextManager[Executor]: ...


def load_executor(name: str) -> Starter:
    """The starter of the executor called ``name``.

    Raises:
        UsageError: there is none of that name.
        MissingExtra: it needs an extra that is not installed.
    """
    return cast("Starter", find(name, EXECUTORS, group="zimu.executors", kind="executor"))
