"""Conducts a batch: gives out tasks as workers have room, notes what becomes of them, tries again what was lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from errno import EDQUOT, ENOSPC
from os import strerror
from time import monotonic

from toolkit.batch.events import Event, end_of
from toolkit.batch.executors import Executor
from toolkit.batch.manifest import Entry, Manifest
from toolkit.batch.plan import Plan, entry_for
from toolkit.batch.tasks import Outcome, Task
from toolkit.errors import BackendError, NotReady, ToolkitError, error_from_dict

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

ROOM, FULL = "make room", (strerror(ENOSPC), strerror(EDQUOT))
"""How advice on a full disk begins, and how a system says that it is full, behind what could not be written."""

Listener = Callable[[Event], None]


@dataclass
class Conduct:
    """How a batch went: outcomes in the order in which they came, and tasks that were not begun or are not to blame.

    ``error`` is what ended it before its time: something that every input would have met.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    left: list[Task] = field(default_factory=list)
    interrupted: bool = False
    error: ToolkitError | None = None


def conduct(plan: Plan, executor: Executor, manifest: Manifest, tell: Listener, *, fail_fast: bool = False) -> Conduct:
    """Have all tasks of a plan done, or all until the first failure; each is in the manifest before it is told of.

    Ctrl-C asks the workers to keep what they have, and ends it. A task whose worker died is begun again, by another
    worker, up to three times; the journal says where. What every input would meet, a missing model or a full disk, ends
    it too, and so do workers that do not stay alive.
    """
    baton = _Baton(plan, executor, manifest, tell)
    try:
        while baton.goes_on:
            baton.give()
            baton.listen()
            failed = fail_fast and any(outcome.state == "failed" for outcome in baton.done.outcomes)
            if failed or baton.done.error:
                baton.end()
    except KeyboardInterrupt:
        baton.done.interrupted = True
        baton.end()
    except ToolkitError as error:
        baton.done.error = error
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
        self.done.left += [*self.given.values(), *self.waiting]
        self.given.clear()
        self.waiting.clear()

    def _note(self, outcome: Outcome) -> None:
        task = self.given.pop(outcome.label, None)
        error = _everybodys(outcome, task)
        if error is not None:
            self.done.error = self.done.error or error
            self.done.left += [task] if task else []
            return
        if outcome.state != "interrupted" and not str(outcome.failure.get("problem", "")).startswith(BUSY):
            try:
                self.manifest.note(entry_for(outcome, self.entries))
            except ToolkitError as unwritten:  # the result is there all the same
                self.done.error = self.done.error or unwritten
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
        failed = Outcome(task.label, task.key, "failed", worker=event.worker, tries=tries, failure=error.as_dict())
        self._note(replace(failed, lasting=True))


def _everybodys(outcome: Outcome, task: Task | None) -> ToolkitError | None:
    """The error of an outcome that every other input would meet too, so that going on makes no sense."""
    told = outcome.failure
    problem, where, fix = (str(told.get(name, "")) for name in ("problem", "where", "fix"))
    if problem.endswith(FULL) or fix.startswith(ROOM):
        return ToolkitError(problem, where=where, fix=fix if fix.startswith(ROOM) else "make room on the disk")
    alike = told.get("exit_code") in EVERYBODYS or told.get("error") == NotReady.__name__
    own = {outcome.label, *map(str, task.outputs if task else ())}
    return error_from_dict(told) if alike and where not in own else None
