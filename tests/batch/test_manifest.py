"""The manifest of a batch: on disk at once, whole after any accident, and one run's at a time."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from toolkit.batch.manifest import NAME, Entry, open_manifest, read_manifest
from toolkit.batch.tasks import Outcome, outcome_from_dict
from toolkit.errors import InputError, ToolkitError

GOOD = Outcome("闭幕式🎉.mp4", "1f", "done", ("out/闭幕式🎉.srt",), heard=6000, warnings=("quiet",))
BAD = Outcome("b.mp4", "2e", "failed", failure={"problem": "no sound in it", "fix": ""}, traceback="Traceback …")


def entry(outcome: Outcome) -> Entry:
    return Entry(outcome, f"/talks/{outcome.label}", tuple(f"/{path}" for path in outcome.written), (3, 9), "0a")


def write(folder: Path, *outcomes: Outcome) -> None:
    with open_manifest(folder) as manifest:
        for outcome in outcomes:
            manifest.note(entry(outcome))


def test_what_is_noted_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, GOOD, BAD)
    assert read_manifest(tmp_path) == {f"/talks/{each.label}": entry(each) for each in (GOOD, BAD)}


def test_it_is_on_disk_while_the_run_goes_on(tmp_path: Path) -> None:
    with open_manifest(tmp_path) as manifest:
        manifest.note(entry(GOOD))
        assert read_manifest(tmp_path) == manifest.entries


def test_the_last_word_counts_and_the_file_does_not_grow_for_ever(tmp_path: Path) -> None:
    for number in range(5):
        write(tmp_path, Outcome("a.mp4", str(number), "failed"))
    assert read_manifest(tmp_path)["/talks/a.mp4"].outcome.key == "4"
    write(tmp_path)
    assert len((tmp_path / NAME).read_bytes().splitlines()) == 2


@pytest.mark.parametrize(("cut", "left"), [(1, [GOOD, BAD]), (2, [GOOD]), (150, [GOOD])])
def test_a_torn_line_is_passed_over(tmp_path: Path, cut: int, left: list[Outcome]) -> None:
    write(tmp_path, GOOD, BAD)
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes()[:-cut])
    assert [each.outcome for each in read_manifest(tmp_path).values()] == left
    write(tmp_path, BAD)
    assert len(read_manifest(tmp_path)) == 2


def test_lines_of_another_version_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    with (tmp_path / NAME).open("ab") as file:
        file.write(b'{"label": "x", "state": "done"}\n[]\nnull\n')
    assert len(read_manifest(tmp_path)) == 1


def test_another_file_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("my notes\n", encoding="utf-8")
    with pytest.raises(InputError, match="is no manifest of a batch"), open_manifest(tmp_path):
        pass
    assert (tmp_path / NAME).read_text(encoding="utf-8") == "my notes\n"


def test_a_second_run_is_refused_while_the_first_works(tmp_path: Path) -> None:
    refused = []

    def second() -> None:
        try:
            write(tmp_path, GOOD)
        except InputError as error:
            refused.append(error.problem)

    with open_manifest(tmp_path):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert refused[0].startswith("another run")
    write(tmp_path, GOOD)


def test_a_full_disk_is_one_clear_error_and_what_was_noted_stays(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits are those of POSIX systems")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with open_manifest(tmp_path) as manifest:
        manifest.note(entry(GOOD))
        resource.setrlimit(resource.RLIMIT_FSIZE, ((tmp_path / NAME).stat().st_size + 10, before[1]))
        try:
            with pytest.raises(ToolkitError, match=r"the manifest cannot be written: .*make room"):
                manifest.note(entry(BAD))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(read_manifest(tmp_path)) == [f"/talks/{GOOD.label}"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=r"cannot be made: .*--run-dir"), open_manifest(tmp_path / "file" / "run"):
        pass


def test_an_outcome_survives_json() -> None:
    assert outcome_from_dict({**GOOD.as_dict(), "younger": 1}) == GOOD
    assert outcome_from_dict(BAD.as_dict()) == BAD


def test_it_stands_only_while_all_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.srt").touch()
    paths = (str(tmp_path / "a.srt"), str(tmp_path / "a.vtt"))
    assert Entry(GOOD, "a.mp4", paths[:1]).stands
    assert not Entry(GOOD, "a.mp4", paths).stands
    assert not Entry(BAD, "b.mp4", paths[:1]).stands
    assert not Entry(GOOD, "a.mp4").stands
