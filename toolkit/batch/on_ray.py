"""Workers that are actors of a Ray cluster: one for each GPU, with its model; where they run is Ray's business.

All nodes see results, and recordings that are files, under the same paths; what is behind an address is fetched by the
actor that hears it. An actor that is lost, with its node or alone, is an event as the death of a process is, and
another one is asked for.
"""

from __future__ import annotations

import logging
import os
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from toolkit.batch.crew import CORES, Post
from toolkit.batch.events import Event, end_of
from toolkit.batch.executors import Setup
from toolkit.batch.tasks import Task
from toolkit.batch.worker import Relay, prepare, work_on
from toolkit.errors import BackendError, ToolkitError
from toolkit.plugins import load
from toolkit.profile import Profile
from toolkit.transcribe.engine import models_held

LOOK = 1.0
"""Seconds between two questions to an actor how far it is."""

STILLBORN = 5
"""Actors in a row that die before they are ready: then it is not the nodes that are at fault."""


class Hand:
    """A worker on a node; two methods may run at once, the work and the question how far it is."""

    def __init__(self, profile: Profile, post: Post, folder: str) -> None:
        os.chdir(folder)
        self._told: deque[Event] = deque()
        self._asked = False
        log = logging.getLogger("toolkit")
        log.addHandler(Relay(post.name, self._told.append))
        models_held().__enter__()
        self._bench = prepare(profile, post)

    def ready(self) -> None:
        """Answers as soon as the worker can work."""

    def work(self, task: Task) -> Event:
        """Do a task; the event that tells of its outcome."""
        return end_of(work_on(task, self._bench, self._tell))

    def look(self) -> list[Event]:
        """What has happened since the last question."""
        return [self._told.popleft() for _ in range(len(self._told))]

    def stop(self) -> None:
        """Have the work interrupted at its next step."""
        self._asked = True

    def _tell(self, event: Event) -> None:
        self._told.append(event)
        if self._asked:
            raise KeyboardInterrupt


@dataclass(eq=False)
class _Actor:
    """A handle to a hand, and what it is at."""

    post: Post
    handle: Any
    ready: bool = False
    task: Task | None = None
    looked: float = 0.0


class RayExecutor:
    """The actors of a batch; made by `start`."""

    def __init__(self, ray: Any, setup: Setup) -> None:
        self._ray, self._setup = ray, setup
        self._stopping = False
        self._stillborn = 0
        self._pending: dict[Any, tuple[str, _Actor]] = {}
        self._share = _share(ray.cluster_resources(), setup)
        self._actors = [self._launch(post) for post in _posts(self._share)]

    @property
    def room(self) -> int:
        """How many actors are idle."""
        return 0 if self._stopping else sum(actor.ready and actor.task is None for actor in self._actors)

    def submit(self, task: Task) -> None:
        """Give a task to an idle actor."""
        actor = next(each for each in self._actors if each.ready and each.task is None)
        actor.task, actor.looked = task, monotonic()
        self._pending[actor.handle.work.remote(task)] = ("work", actor)

    def wait(self, seconds: float) -> Sequence[Event]:
        """What the actors tell, and which of them are lost.

        Raises:
            BackendError: actors die as they start.
        """
        self._ask()
        ready, _ = self._ray.wait(list(self._pending), timeout=seconds) if self._pending else ([], [])
        return [event for reference in ready for event in self._taken(reference)]

    def stop(self) -> None:
        """Interrupt those at work."""
        self._stopping = True
        for actor in self._actors:
            actor.handle.stop.remote()

    def close(self) -> None:
        """Give the actors back to the cluster."""
        for actor in self._actors:
            self._ray.kill(actor.handle)

    def _ask(self) -> None:
        """Ask those at work how far they are, now and then."""
        now = monotonic()
        for actor in self._actors:
            if actor.task is not None and now - actor.looked >= LOOK:
                actor.looked = now
                self._pending[actor.handle.look.remote()] = ("look", actor)

    def _taken(self, reference: Any) -> list[Event]:
        kind, actor = self._pending.pop(reference)
        try:
            answer = self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            return self._lost(actor, error) if actor in self._actors else []
        if kind == "look":
            return list(answer)
        if kind == "ready":
            actor.ready, self._stillborn = True, 0
            return [Event("worker.start", worker=actor.post.name)]
        actor.task = None
        return [answer]

    def _lost(self, actor: _Actor, error: Exception) -> list[Event]:
        """What is to be told of an actor that is gone; another one is asked for, wherever there is room."""
        self._actors.remove(actor)
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        if not self._stopping:
            self._stillborn += not actor.ready
            if self._stillborn >= STILLBORN:
                raise BackendError(f"actors end as they start ({reason})", fix="see that all nodes share the paths")
            self._actors.append(self._launch(actor.post))
        label = actor.task.label if actor.task else ""
        return [Event("worker.lost", label, actor.post.name, {"reason": reason})]

    def _launch(self, post: Post) -> _Actor:
        cores, gpus = self._share[1:]
        remote = self._ray.remote(Hand).options(
            num_cpus=cores, num_gpus=gpus, max_restarts=0, max_concurrency=2, scheduling_strategy="SPREAD"
        )
        actor = _Actor(post, remote.remote(self._setup.profile, post, str(Path.cwd())))
        self._pending[actor.handle.ready.remote()] = ("ready", actor)
        return actor


@contextmanager
def start(setup: Setup) -> Iterator[RayExecutor]:
    """Actors on the cluster at ``setup.address``, or on the one that this machine belongs to.

    Raises:
        MissingExtra: Ray is not installed.
        BackendError: there is no such cluster.
    """
    ray = load("ray", kind="executor")
    try:
        environment = {"env_vars": {"PYTHONPATH": os.pathsep.join(_own_paths())}}
        ray.init(address=setup.address or "auto", runtime_env=environment, log_to_driver=False, logging_level="ERROR")
    except (ConnectionError, RuntimeError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise BackendError(f"no Ray cluster ({reason})", where=setup.address, fix="start it with 'ray start'") from None
    try:
        executor = RayExecutor(ray, setup)
        try:
            yield executor
        finally:
            executor.close()
    finally:
        ray.shutdown()


def _share(resources: dict[str, float], setup: Setup) -> tuple[int, int, int]:
    """How many actors there are to be, and the cores and GPUs of each.

    >>> from toolkit.profile import Profile
    >>> _share({"CPU": 64.0, "GPU": 8.0}, Setup(Profile(), ())), _share({"CPU": 64.0}, Setup(Profile(), ()))
    ((8, 8, 1), (16, 4, 0))
    """
    cores = int(resources.get("CPU", 0))
    gpus = 0 if setup.profile.transcribe.device == "cpu" else int(resources.get("GPU", 0))
    actors = setup.workers or gpus or max(1, cores // CORES)
    if not cores:
        raise ToolkitError("the Ray cluster has no CPU to give", where=setup.address, fix="wait, or free some")
    return min(actors, gpus) if gpus else actors, max(1, cores // max(actors, 1)), 1 if gpus else 0


def _posts(share: tuple[int, int, int]) -> list[Post]:
    """The posts of a cluster; Ray shows each actor one GPU, which is the first one there."""
    actors, cores, gpus = share
    own = (("cpu_threads", cores), *((("device_index", (0,)),) if gpus else ()))
    return [Post(f"ray {number}", own) for number in range(actors)]


def _own_paths() -> list[str]:
    """Folders of modules that belong to no installed Python: nodes of one machine, or of a shared disk, find them."""
    inside = (sys.prefix, sys.base_prefix)
    return [path for path in map(os.path.abspath, filter(None, sys.path)) if not path.startswith(inside)]
