"""Workers that are processes of this machine: one that dies takes nobody with it, and another takes its place."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from multiprocessing.context import SpawnProcess
from time import monotonic
from types import FrameType
from typing import Any

from toolkit.batch.crew import Post
from toolkit.batch.events import Event, end_of
from toolkit.batch.executors import Setup
from toolkit.batch.tasks import Task
from toolkit.batch.worker import Relay, prepare, work_on
from toolkit.errors import BackendError
from toolkit.interrupts import SIGNALS, imports, send_again
from toolkit.profile import Profile
from toolkit.transcribe.engine import models_held

PATIENCE = 60.0
"""Seconds that a worker has for keeping what it heard, after it was asked to stop."""

STILLBORN = 5
"""Workers in a row that die before they are ready: then it is not the inputs that are at fault."""


TERMINALS = tuple(number for number in SIGNALS if number != signal.SIGTERM)
"""What reaches every process of a terminal, Ctrl-C and its end; the one who conducts decides about the workers."""


@dataclass
class _Worker:
    """A process at its post, the pipe to it, and the task that it has."""

    post: Post
    process: SpawnProcess
    pipe: Any
    ready: bool = False
    task: Task | None = None
    stopped: bool = False


class LocalExecutor:
    """The processes of a batch; made by `start`."""

    def __init__(self, setup: Setup) -> None:
        self._profile = setup.profile
        self._stopping = False
        self._stillborn = 0
        self._workers = [_launch(post, setup.profile) for post in setup.posts]

    @property
    def room(self) -> int:
        """How many workers are idle."""
        return 0 if self._stopping else sum(worker.ready and worker.task is None for worker in self._workers)

    def submit(self, task: Task) -> None:
        """Give a task to an idle worker; one that has just died is noticed by `wait`."""
        worker = next(each for each in self._workers if each.ready and each.task is None)
        worker.task = task
        with suppress(OSError):
            worker.pipe.send(task)

    def wait(self, seconds: float) -> Sequence[Event]:
        """What the workers tell, and which of them have died.

        Raises:
            BackendError: workers die as they start.
        """
        heard: list[Event] = []
        by_pipe = {worker.pipe: worker for worker in self._workers}
        for pipe in connection.wait(list(by_pipe), seconds):
            heard += self._read(by_pipe[pipe])
        return heard

    def stop(self) -> None:
        """Interrupt those at work, send the others home."""
        self._stopping = True
        for worker in self._workers:
            if not worker.stopped:
                worker.stopped = True
                worker.process.terminate()

    def close(self) -> None:
        """See that no process is left."""
        self.stop()
        until = monotonic() + PATIENCE
        for worker in self._workers:
            worker.pipe.close()
            worker.process.join(max(0.1, until - monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()

    def _read(self, worker: _Worker) -> list[Event]:
        heard = []
        try:
            while worker.pipe.poll():
                event = worker.pipe.recv()
                if isinstance(event, Event):
                    heard.append(self._taken(worker, event))
        except (EOFError, OSError):
            heard.append(self._replace(worker))
        return heard

    def _taken(self, worker: _Worker, event: Event) -> Event:
        if event.kind == "worker.start":
            worker.ready, self._stillborn = True, 0
        if event.outcome is not None:
            worker.task = None
        return event

    def _replace(self, worker: _Worker) -> Event:
        """What is to be told of a worker that has died; another one takes its post."""
        worker.process.join()
        code = worker.process.exitcode or 0
        reason = f"signal {-code}" if code < 0 else f"exit code {code}"
        worker.pipe.close()
        self._workers.remove(worker)
        if not self._stopping:
            self._stillborn += not worker.ready
            if self._stillborn >= STILLBORN:
                raise BackendError(f"workers end as they start ({reason})", fix="'zimu doctor' may tell why")
            self._workers.append(_launch(worker.post, self._profile))
        facts = {"reason": reason}
        return Event("worker.lost", worker.task.label if worker.task else "", worker.post.name, facts)


@contextmanager
def start(setup: Setup) -> Iterator[LocalExecutor]:
    """Processes for the posts of this machine."""
    executor = LocalExecutor(setup)
    try:
        yield executor
    finally:
        executor.close()


def _launch(post: Post, profile: Profile) -> _Worker:
    context = get_context("spawn")  # a forked process would share the state of libraries with threads
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, profile, post), name=f"zimu {post.name}", daemon=True)
    with _deaf():
        process.start()
    theirs.close()
    return _Worker(post, process, ours)


@contextmanager
def _deaf() -> Iterator[None]:
    """Within it what a terminal sends is not heard, nor by a process that is started, even while that is loading."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in TERMINALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Line:
    """The way back from a worker: several threads may tell, and a request to stop tears no message apart."""

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self._sending = self._asked = False

    def tell(self, event: Event) -> None:
        """Send an event; a request to stop that came meanwhile is heard afterwards."""
        with self._lock:
            self._sending = True
            try:
                self._pipe.send(event)
            finally:
                self._sending = False
        if self._asked and threading.current_thread() is threading.main_thread():
            self._asked = False
            raise KeyboardInterrupt

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Be interrupted once, not within an import; a second request must not disturb the writing of what there is."""
        if imports(frame):
            send_again(number)
            return
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        self._asked = self._sending
        if not self._asked:
            raise KeyboardInterrupt


def serve(pipe: Any, profile: Profile, post: Post) -> None:
    """The life of a worker: tasks from the pipe, events back, until the pipe is closed or it is asked to stop."""
    line = _Line(pipe)
    for number in TERMINALS:
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, line.stop)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    log = logging.getLogger("toolkit")
    log.propagate = False
    log.addHandler(Relay(post.name, line.tell))
    with suppress(KeyboardInterrupt, EOFError, OSError), models_held():
        bench = prepare(profile, post)
        line.tell(Event("worker.start", worker=post.name))
        while True:
            outcome = work_on(pipe.recv(), bench, line.tell)
            line.tell(end_of(outcome))
            if outcome.state == "interrupted":
                return


def _die_with_parent() -> None:
    """End at once when the process that started this one is gone; the journal is whole at any time."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
