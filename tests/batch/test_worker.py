"""A worker knows which failures belong to the input itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.batch.tasks import Task, Video
from toolkit.batch.worker import is_of_input
from toolkit.errors import BackendError, FetchError, FormatError, InputError, MediaError
from toolkit.fetch.items import Item
from toolkit.jobs import plan_job
from toolkit.profile import Profile


@pytest.fixture
def task(tmp_path: Path) -> Task:
    talk = tmp_path / "talk.srt"
    talk.write_text("junk", encoding="utf-8")
    return Task("talk.srt", "1", plan_job(talk, Profile()))


def source(task: Task) -> str:
    return str(task.work.source)  # type: ignore[union-attr]


def test_what_cannot_be_decoded_or_read_is_the_recordings_own(task: Task) -> None:
    assert is_of_input(MediaError("has no sound", where=source(task)), task)
    assert is_of_input(FormatError("end before start", path=source(task), line=7), task)
    assert is_of_input(MediaError("has no sound"), Task("v", "1", Video(Item("v", "https://v"), Path(), Path())))


def test_a_bug_will_be_met_again(task: Task) -> None:
    assert is_of_input(ZeroDivisionError(), task)


@pytest.mark.parametrize(
    "error",
    [
        InputError("exists and was not written by zimu", where="talk.corrected.srt"),
        FormatError("not JSON", path="talk.edits.jsonl", line=1),
        FetchError("cannot be reached", where="https://v"),
        BackendError("the service stays busy"),
        PermissionError(13, "Permission denied", "talk.edits.jsonl"),
    ],
)
def test_what_lies_around_the_recording_is_not(error: Exception, task: Task) -> None:
    assert not is_of_input(error, task)


def test_nor_is_that_it_is_gone(task: Task) -> None:
    Path(source(task)).unlink()
    assert not is_of_input(MediaError("no such file", where=source(task)), task)
