"""A batch of remote files: planned without fetching, fetched by who hears them, done once for each content."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from far import put

from toolkit.batch.crew import Post
from toolkit.batch.manifest import Entry
from toolkit.batch.on_ray import Hand
from toolkit.batch.plan import Plan, entry_for, plan_batch
from toolkit.batch.tasks import Outcome
from toolkit.batch.worker import prepare, work_on
from toolkit.errors import ToolkitError
from toolkit.fetch.copies import copy_of
from toolkit.fetch.objects import find_remote
from toolkit.formats import read
from toolkit.jobs import Job, plan_job
from toolkit.profile import Profile, with_values

PROFILE = with_values(Profile(), {"recogniser": "crowd:load", "builtin_lexicons": False, "segment": False})
URL = "memory://b/talks/a.mp4"


@pytest.fixture(autouse=True)
def _bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fsspec", reason="fsspec is not installed (extra 'remote')")
    monkeypatch.chdir(tmp_path)
    put({"b/talks/a.mp4": "say 一|二".encode()})


def work(*, keep: bool = True) -> dict[str, Job | ToolkitError]:
    (found,) = find_remote(URL, (), deep=False)
    remote = replace(found, cache=Path("cache").absolute(), keep=keep)
    return {remote.url: plan_job(copy_of(remote), PROFILE, out="out/", remote=remote)}


def plan(earlier: dict[str, Entry] | None = None) -> Plan:
    return plan_batch(work(), PROFILE, earlier or {})


def finished(made: Plan, state: Any = "done") -> dict[str, Entry]:
    (task,) = made.todo
    written = tuple(map(str, task.outputs))
    entry = entry_for(Outcome(task.label, task.key, state, written), made.entries)
    Path("out").mkdir(exist_ok=True)
    task.outputs[0].write_text("1", encoding="utf-8")
    return {entry.name: entry}


def test_a_plan_fetches_nothing_and_knows_size_and_results() -> None:
    (task,) = plan().todo
    assert (task.label, task.size, [path.as_posix() for path in task.outputs]) == (URL, 11, ["out/a.srt"])
    assert not Path("cache").exists()


def test_what_is_done_is_done_once_for_each_content() -> None:
    entries = finished(plan())
    assert list(entries) == [URL]
    assert [outcome.label for outcome in plan(entries).done] == [URL]
    put({"b/talks/a.mp4": "say 一|三".encode()})
    assert [task.label for task in plan(entries).todo] == [URL]


def test_what_fails_by_itself_waits_until_its_content_is_another() -> None:
    entries = finished(plan(), "failed")
    assert [task.label for task in plan(entries).todo] == [URL]
    entries = {name: replace(entry, outcome=replace(entry.outcome, lasting=True)) for name, entry in entries.items()}
    assert [outcome.label for outcome in plan(entries).failed] == [URL]
    put({"b/talks/a.mp4": "say 一|三".encode()})
    assert len(plan(entries).todo) == 1


def test_an_actor_fetches_what_it_hears() -> None:
    (task,) = plan().todo
    hand = Hand(PROFILE, Post("ray 0"), str(Path.cwd()))
    assert hand.work(task).kind == "input.done"
    assert [cue.text for cue in read(Path("out/a.srt")).cues] == ["一", "二"]
    assert next(event.facts for event in hand.look()) == {"stage": "fetch", "done": 11, "total": 11}
    assert task.work.source.is_file()  # type: ignore[union-attr]


def test_a_worker_keeps_no_copy_where_none_is_wanted() -> None:
    (task,) = plan_batch(work(keep=False), PROFILE, {}).todo
    assert work_on(task, prepare(PROFILE, Post("cpu 0")), lambda _: None).state == "done"
    assert not list(Path("cache").rglob("*"))


def test_a_file_that_has_gone_is_a_failure_in_one_line_without_secrets() -> None:
    (task,) = plan().todo
    put({})
    outcome = work_on(task, prepare(PROFILE, Post("cpu 0")), lambda _: None)
    assert (outcome.state, outcome.failure["problem"], outcome.failure["where"]) == ("failed", "is not there", URL)
    assert not Path("out").exists()
