"""The plan of a batch: longest first, and only what is missing, has changed, or may be tried again."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

import toolkit.batch.plan as planning
from toolkit.batch.keys import key_of_address, key_of_file, key_of_options
from toolkit.batch.manifest import Entry
from toolkit.batch.plan import Plan, entry_for, name_of, plan_batch
from toolkit.batch.tasks import Outcome, Task, Video
from toolkit.errors import InputError
from toolkit.fetch.items import Item
from toolkit.jobs import plan_job
from toolkit.profile import Profile, with_values


@pytest.fixture(autouse=True)
def talks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("short", "long", "middle"):
        Path(f"{name}.mp4").write_text(f"say {name}" * len(name), encoding="utf-8")
    Path("out").mkdir()


def plan(earlier: dict[str, Entry] | None = None, *, retry_failed: bool = False, **options: object) -> Plan:
    profile = with_values(Profile(), options)
    work = {name: plan_job(Path(name), profile, out="out/") for name in ("short.mp4", "long.mp4", "middle.mp4")}
    return plan_batch(work, profile, earlier or {}, retry_failed=retry_failed)


def finished(made: Plan, state: str = "done", *, lasting: bool = False) -> dict[str, Entry]:
    """The manifest after all of a plan."""
    entries = {}
    for task in made.todo:
        for path in task.outputs if state == "done" else ():
            path.write_text("1", encoding="utf-8")
        outcome = Outcome(task.label, task.key, state, tuple(map(str, task.outputs)) if state == "done" else ())
        outcome = replace(outcome, lasting=lasting)
        entry = entry_for(outcome, made.entries)
        entries[entry.name] = entry
    return entries


def labels(tasks: tuple[Task, ...] | tuple[Outcome, ...]) -> list[str]:
    return [task.label.removesuffix(".mp4") for task in tasks]


def test_the_longest_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths = {"short.mp4": 1000, "long.mp4": 9000, "middle.mp4": 5000}
    monkeypatch.setattr(planning, "duration", lambda path: lengths[path.name])
    made = plan()
    assert labels(made.todo) == ["long", "middle", "short"]
    assert made.length == 15_000


def test_of_unknown_length_the_largest_come_first() -> None:
    assert labels(plan().todo) == ["middle", "short", "long"]


def test_what_is_done_is_not_done_again() -> None:
    again = plan(finished(plan()))
    assert (labels(again.todo), labels(again.done)) == ([], ["short", "long", "middle"])


def test_a_missing_output_is_made_again() -> None:
    entries = finished(plan())
    Path("out/long.srt").unlink()
    assert labels(plan(entries).todo) == ["long"]


def test_a_changed_recording_is_heard_again() -> None:
    entries = finished(plan())
    Path("long.mp4").write_text("say something else", encoding="utf-8")
    assert labels(plan(entries).todo) == ["long"]


def test_a_recording_that_was_only_touched_is_not() -> None:
    entries = finished(plan())
    os.utime("long.mp4", (1, 1))
    assert plan(entries).todo == ()


def test_a_file_that_was_not_touched_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = finished(plan())
    monkeypatch.setattr(planning, "key_of_file", pytest.fail)
    assert plan(entries).todo == ()


@pytest.mark.parametrize("option", [{"zh_width": 9}, {"beam_size": 1}, {"boldness": 0.9}, {"bom": True}])
def test_other_options_make_all_of_it_again(option: dict[str, object]) -> None:
    assert len(plan(finished(plan()), **option).todo) == 3


@pytest.mark.parametrize("option", [{"cpu_threads": 1}, {"device": "cpu"}, {"overwrite": True}, {"proxy": "http://p"}])
def test_options_that_change_no_result_do_not(option: dict[str, object]) -> None:
    assert plan(finished(plan()), **option).todo == ()


def test_the_content_of_a_lexicon_counts() -> None:
    profile = with_values(Profile(), {"lexicon": ["names.txt"]})
    Path("names.txt").write_text("具身智能", encoding="utf-8")
    before = key_of_options(profile)
    Path("names.txt").write_text("具身智能\n浅山实验室", encoding="utf-8")
    assert key_of_options(profile) != before


def test_metadata_beside_a_recording_counts_unless_it_is_switched_off() -> None:
    off = with_values(Profile(), {"metadata_terms": False})
    before, before_off = key_of_file(Path("long.mp4"), Profile(), "o"), key_of_file(Path("long.mp4"), off, "o")
    Path("long.info.json").write_text("{}", encoding="utf-8")
    assert key_of_file(Path("long.mp4"), Profile(), "o") != before
    assert key_of_file(Path("long.mp4"), off, "o") == before_off


def test_what_failed_stays_failed_until_it_may_be_tried_again() -> None:
    entries = finished(plan(), "failed", lasting=True)
    assert labels(plan(entries).failed) == ["short", "long", "middle"]
    assert plan(entries).todo == ()
    assert len(plan(entries, retry_failed=True).todo) == 3


def test_what_failed_for_a_reason_outside_the_recording_is_tried_again() -> None:
    assert len(plan(finished(plan(), "failed")).todo) == 3


def test_a_failed_recording_that_was_mended_is_tried_again() -> None:
    entries = finished(plan(), "failed", lasting=True)
    Path("short.mp4").write_text("say mended", encoding="utf-8")
    assert labels(plan(entries).todo) == ["short"]


def test_inputs_of_which_nothing_can_be_made_have_their_reason() -> None:
    work = {"gone.mp4": InputError("no such file", where="gone.mp4")}
    (outcome,) = plan_batch(work, Profile(), {}).impossible
    assert (outcome.state, outcome.reason, outcome.failure["error"]) == ("failed", "no such file", "InputError")


def test_a_file_that_is_gone_meanwhile_is_impossible() -> None:
    work = {"long.mp4": plan_job(Path("long.mp4"), Profile(), out="out/")}
    Path("long.mp4").unlink()
    assert labels(plan_batch(work, Profile(), {}).impossible) == ["long"]


def test_a_video_is_known_by_what_it_is_called() -> None:
    item = Item("BV1iT421k7Bv:71", "https://www.bilibili.com/video/BV1iT421k7Bv?p=71", duration=61.5)
    video = Video(item, Path(), Path())
    made = plan_batch({item.label: video}, Profile(), {})
    (task,) = made.todo
    assert (task.length, task.key, task.outputs) == (61_500, key_of_address(task.label, key_of_options(Profile())), ())
    Path("talk.srt").write_text("1", encoding="utf-8")
    entry = entry_for(Outcome(task.label, task.key, "done", ("talk.srt",)), made.entries)
    assert plan_batch({task.label: video}, Profile(), {entry.name: entry}).todo == ()
    Path("talk.srt").unlink()
    assert len(plan_batch({task.label: video}, Profile(), {entry.name: entry}).todo) == 1


def test_an_input_is_known_by_its_whole_path() -> None:
    assert name_of("long.mp4", plan().todo[2].work) == str(Path("long.mp4").absolute())


def test_whoever_waits_is_told_of_every_input_looked_at() -> None:
    told: list[int] = []
    plan_batch({name: InputError("no") for name in "abc"}, Profile(), {}, looked=told.append)
    assert told == [1, 2, 3]
