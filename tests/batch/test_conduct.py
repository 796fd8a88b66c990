"""The conductor of a batch: what is given out when, what is tried again, what ends it all, and what is noted."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.batch.conduct import Conduct, conduct
from toolkit.batch.events import Event, end_of
from toolkit.batch.manifest import Entry, Manifest, open_manifest
from toolkit.batch.plan import Plan
from toolkit.batch.summary import summarise
from toolkit.batch.tasks import Outcome, Task
from toolkit.errors import InputError, ModelNotFound, NotReady, ToolkitError, UsageError
from toolkit.jobs import Job
from toolkit.profile import Profile

Answer = Callable[[Task], Event]


class Players:
    """An executor of ``size`` workers that answer at once, in the order in which they were given their tasks."""

    def __init__(self, answer: Answer, size: int = 2) -> None:
        self.answer, self.size = answer, size
        self.tasks: list[Task] = []
        self.most = 0
        self.stopped = False

    @property
    def room(self) -> int:
        return 0 if self.stopped else self.size - len(self.tasks)

    def submit(self, task: Task) -> None:
        self.tasks.append(task)
        self.most = max(self.most, len(self.tasks))

    def wait(self, seconds: float) -> Sequence[Event]:  # noqa: ARG002 - they never wait
        if self.stopped:
            left, self.tasks = self.tasks, []
            return [end_of(Outcome(task.label, task.key, "interrupted")) for task in left]
        if not self.tasks:
            return []
        event = self.answer(self.tasks[0])
        del self.tasks[0]
        return [event]

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def manifest(tmp_path: Path) -> Iterator[Manifest]:
    with open_manifest(tmp_path) as opened:
        yield opened


def plan(count: int = 5) -> Plan:
    job = Job(Path("a.mp4"), Profile(), (Path("a.srt"),))
    return Plan(tuple(Task(f"{number}.mp4", str(number), job, length=1000) for number in range(count)))


def good(task: Task) -> Event:
    outcome = Outcome(task.label, task.key, "done", ("a.srt",), heard=1000, seconds=0.5, cues=2, edits=1)
    return end_of(outcome)


def bad(task: Task, error: ToolkitError | None = None) -> Event:
    failure = (error or InputError("no sound in it")).as_dict()
    return end_of(Outcome(task.label, task.key, "failed", failure=failure))


def lost(task: Task) -> Event:
    return Event("worker.lost", task.label, "cpu 0", {"reason": "signal 9"})


def deaf(event: Event) -> None:
    """Listens to nothing."""


def go(answer: Answer, manifest: Manifest, *, fail_fast: bool = False) -> tuple[Conduct, list[Event]]:
    events: list[Event] = []
    return conduct(plan(), Players(answer), manifest, events.append, fail_fast=fail_fast), events


def kinds(events: list[Event], label: str) -> list[str]:
    return [event.kind for event in events if event.label == label]


def test_all_are_done_in_order_and_noted(manifest: Manifest) -> None:
    went, events = go(good, manifest)
    assert [outcome.label for outcome in went.outcomes] == [f"{number}.mp4" for number in range(5)]
    assert set(manifest.entries) == {f"{number}.mp4" for number in range(5)}
    assert kinds(events, "3.mp4") == ["input.start", "input.done"]
    assert (went.left, went.interrupted) == ([], False)


def test_nobody_has_more_than_there_is_room_for(manifest: Manifest) -> None:
    players = Players(good, size=2)
    conduct(plan(9), players, manifest, deaf)
    assert players.most == 2


def test_it_is_noted_before_it_is_told_of(manifest: Manifest) -> None:
    def listen(event: Event) -> None:
        assert event.kind != "input.done" or event.label in manifest.entries

    conduct(plan(), Players(good), manifest, listen)


def test_a_lost_task_is_tried_again_next(manifest: Manifest) -> None:
    deaths = iter([True, True])
    went, events = go(lambda task: lost(task) if task.key == "1" and next(deaths, False) else good(task), manifest)
    told = kinds(events, "1.mp4")
    assert told == [*["input.start", "worker.lost", "input.retry"] * 2, "input.start", "input.done"]
    assert [outcome.tries for outcome in went.outcomes if outcome.key == "1"] == [3]


def test_over_which_three_workers_die_is_given_up(manifest: Manifest) -> None:
    went, _ = go(lambda task: lost(task) if task.key == "1" else good(task), manifest)
    failed = [outcome for outcome in went.outcomes if outcome.state == "failed"]
    assert [outcome.reason for outcome in failed] == ["3 workers died over it, the last by signal 9"]
    assert manifest.entries["1.mp4"].outcome.lasting
    assert len(went.outcomes) == 5


def test_a_failure_leaves_the_others_alone(manifest: Manifest) -> None:
    went, _ = go(lambda task: bad(task) if task.key in "13" else good(task), manifest)
    assert [outcome.state for outcome in went.outcomes] == ["done", "failed", "done", "failed", "done"]


def test_fail_fast_begins_nothing_more(manifest: Manifest) -> None:
    went, events = go(lambda task: bad(task) if task.key == "1" else good(task), manifest, fail_fast=True)
    assert [(outcome.key, outcome.state) for outcome in went.outcomes] == [
        ("0", "done"),
        ("1", "failed"),
        ("2", "interrupted"),
    ]
    assert [task.key for task in went.left] == ["3", "4"]
    assert "2.mp4" not in manifest.entries
    assert not kinds(events, "3.mp4")
    assert not went.interrupted


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ModelNotFound("not on this machine", where="large-v3"), 4),
        (NotReady("the model cannot be loaded", where="small"), 5),
        (UsageError("nobody translates"), 2),
        (ToolkitError("cannot be written: no room", fix="make room on the disk"), 5),
        (InputError(f"cannot be made: {os.strerror(errno.ENOSPC)}", where="out/x", fix="choose another folder"), 5),
    ],
)
def test_what_every_input_would_meet_ends_it_and_is_nobodys_failure(
    manifest: Manifest, error: ToolkitError, code: int
) -> None:
    went, _ = go(lambda task: bad(task, error), manifest)
    assert went.error is not None
    assert (went.error.problem, went.error.exit_code) == (error.problem, code)
    assert manifest.entries == {}
    assert sorted(task.key for task in went.left) + [outcome.key for outcome in went.outcomes] == list("02341")


def test_what_names_the_input_is_its_own_failure(manifest: Manifest) -> None:
    own = UsageError("its name says that it is a translation", where="1.mp4")
    went, _ = go(lambda task: bad(task, own) if task.key == "1" else good(task), manifest)
    assert (went.error, len(went.outcomes)) == (None, 5)


def test_a_manifest_that_cannot_be_written_ends_it(manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(entry: Entry) -> None:
        raise ToolkitError("the manifest cannot be written", fix="make room")

    monkeypatch.setattr(manifest, "note", full)
    went, events = go(good, manifest)
    assert went.error is not None
    assert [outcome.label for outcome in went.outcomes if outcome.state == "done"] == ["0.mp4"]
    assert kinds(events, "0.mp4") == ["input.start", "input.done"]


def test_a_file_that_another_run_works_on_is_not_noted(manifest: Manifest) -> None:
    busy = InputError("another run (process 7) is writing it")
    went, _ = go(lambda task: bad(task, busy) if task.key == "0" else good(task), manifest)
    assert went.outcomes[0].state == "failed"
    assert "0.mp4" not in manifest.entries


def test_ctrl_c_takes_in_what_is_kept(manifest: Manifest) -> None:
    def interrupt(task: Task) -> Event:
        if task.key == "1":
            raise KeyboardInterrupt
        return good(task)

    went, _ = go(interrupt, manifest)
    assert went.interrupted
    states = [(outcome.key, outcome.state) for outcome in went.outcomes]
    assert states == [("0", "done"), ("1", "interrupted"), ("2", "interrupted")]
    assert [task.key for task in went.left] == ["3", "4"]


def test_the_sums_are_right(manifest: Manifest) -> None:
    before = Outcome("old.mp4", "o", "done")
    failed = Outcome("bad.mp4", "b", "failed")
    whole = replace(plan(), done=(before,), failed=(failed,), impossible=(failed,))
    players = Players(lambda task: bad(task) if task.key == "4" else good(task))
    summary = summarise(whole, conduct(whole, players, manifest, deaf), 2.0)
    assert summary.as_dict() == {
        "inputs": 8,
        "done": 4,
        "stood": 1,
        "failed": 3,
        "interrupted": 0,
        "left": 0,
        "cues": 8,
        "edits": 4,
        "heard": 4000,
        "resumed": 0,
        "work": 2.0,
        "seconds": 2.0,
        "speed": 2.0,
    }
