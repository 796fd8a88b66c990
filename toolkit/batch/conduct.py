"""Conducts a batch: gives out tasks as workers have room, notes what becomes of them, tries again what was lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic

from toolkit.batch.events import Event, end_of
from toolkit.batch.executors import Executor
from toolkit.batch.manifest import Entry, Manifest
from toolkit.batch.plan import Plan, entry_for
from toolkit.batch.tasks import Outcome, Task
from toolkit.errors import BackendError, ToolkitError

TRIES = 3
"""How often a task is begun whose workers die over it."""

BEAT = 0.2
"""Seconds after which the conductor looks up although nothing has happened."""

PATIENCE = 90.0
"""Seconds that workers have, after they were asked to stop, to tell what they kept."""

EVERYBODYS = (2, 4)
"""Exit codes of errors that every input would meet: wrong options, a missing model or extra."""

BUSY = "another run"
"""How a lock that somebody else holds is told of: that is over at the next run, so the manifest does not keep it."""

ROOM = "make room"
"""How advice on a full disk begins."""

Listener = Callable[[Event], None]


@dataclass
class Conduct:
    """How a batch went: outcomes in the order in which they came, and tasks that were not begun."""

    outcomes: list[Outcome] = field(default_factory=list)
    left: list[Task] = field(default_factory=list)
    interrupted: bool = False


def conduct(plan: Plan, executor: Executor, manifest: Manifest, tell: Listener, *, fail_fast: bool = False) -> Conduct:
    """Have all tasks of a plan done, or all until the first failure; each is in the manifest before it is told of.

    Ctrl-C asks the workers to keep what they have, and ends it. A task whose worker died is begun again, by another
    worker, up to three times; the journal says where.

    Raises:
        ToolkitError: something that every input would meet: a missing model, a full disk.
        BackendError: no worker stays alive.
    """
    baton = _Baton(plan, executor, manifest, tell)
    try:
        while baton.goes_on:
            baton.give()
            baton.listen()
            if fail_fast and any(outcome.state == "failed" for outcome in baton.done.outcomes):
                baton.end()
    except KeyboardInterrupt:
        baton.done.interrupted = True
        baton.end()
    return baton.done


class _Baton:
    """What is still to be given out, what is given, and what has come back."""

    def __init__(self, plan: Plan, executor: Executor, manifest: Manifest, tell: Listener) -> None:
        self.entries: Mapping[str, Entry] = plan.entries
        self.executor, self.manifest, self.tell = executor, manifest, tell
        self.waiting = deque(plan.todo)
        self.given: dict[str, Task] = {}
        self.tries: dict[str, int] = {}
        self.done = Conduct()

    @property
    def goes_on(self) -> bool:
        return bool(self.waiting or self.given)

    def give(self) -> None:
        while self.waiting and self.executor.room:
            task = self.waiting.popleft()
            self.given[task.label] = task
            self.tries[task.label] = self.tries.get(task.label, 0) + 1
            self.tell(Event("input.start", task.label, facts={"length": task.length, "tries": self.tries[task.label]}))
            self.executor.submit(task)

    def listen(self) -> None:
        for event in self.executor.wait(BEAT):
            if event.outcome is not None:
                self._note(replace(event.outcome, tries=self.tries.get(event.label, 1)))
            else:
                self.tell(event)
                if event.kind == "worker.lost" and event.label in self.given:
                    self._lost(event)

    def end(self) -> None:
        """Begin nothing more, interrupt what is at work, and take in what comes of it."""
        self.executor.stop()
        until = monotonic() + PATIENCE
        with suppress(KeyboardInterrupt):  # who presses it twice does not want to wait
            while self.given and monotonic() < until:
                self.listen()
        self.done.left = [*self.given.values(), *self.waiting]
        self.given.clear()
        self.waiting.clear()

    def _note(self, outcome: Outcome) -> None:
        self.given.pop(outcome.label, None)
        error = _everybodys(outcome)
        if error is not None:
            raise error
        if outcome.state != "interrupted" and not str(outcome.failure.get("problem", "")).startswith(BUSY):
            self.manifest.note(entry_for(outcome, self.entries))
        self.done.outcomes.append(outcome)
        self.tell(end_of(outcome))

    def _lost(self, event: Event) -> None:
        task = self.given.pop(event.label)
        tries = self.tries[task.label]
        reason = str(event.facts.get("reason", ""))
        if tries < TRIES:
            self.waiting.appendleft(task)
            self.tell(Event("input.retry", task.label, event.worker, {"reason": reason, "tries": tries}))
            return
        error = BackendError(f"{tries} workers died over it, the last by {reason}", where=task.label)
        self._note(Outcome(task.label, task.key, "failed", worker=event.worker, tries=tries, failure=error.as_dict()))


def _everybodys(outcome: Outcome) -> ToolkitError | None:
    """The error of an outcome that every other input would meet too, so that going on makes no sense."""
    told = outcome.failure
    alike = told.get("exit_code") in EVERYBODYS or str(told.get("fix", "")).startswith(ROOM)
    if not told or not alike:
        return None
    error = ToolkitError(str(told["problem"]), where=str(told.get("where", "")), fix=str(told.get("fix", "")))
    error.exit_code = int(told.get("exit_code", 5))
    return error
