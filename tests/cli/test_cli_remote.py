"""Addresses of fsspec on the command line: folders, patterns, lists, batches in processes, and what cannot be had."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from far import put

from toolkit.cli.inputs import expand_all
from toolkit.formats import read

Zimu = Callable[..., Any]

HEAR = ("--recogniser", "crowd:load", "--no-builtin-lexicons", "--no-segment")


@pytest.fixture(autouse=True)
def _place(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fsspec", reason="fsspec is not installed (extra 'remote')")
    for name in ("talk.srt", "terms.toml"):
        (room / name).unlink()
    monkeypatch.setattr("toolkit.cli.addresses.cache_folder", lambda: room / "cache")
    say = {"b/talks/a.mp4": "一", "b/talks/b.mp4": "二|三", "b/talks/x/a.mp4": "四"}
    put({name: f"say {text}".encode() for name, text in say.items()})


def texts(path: str) -> list[str]:
    return [cue.text for cue in read(Path(path)).cues]


def made(folder: str) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*.srt"))


def bucket(room: Path) -> str:
    """A folder by an address that processes share, unlike memory."""
    for name, text in {"talks/x/a.mp4": "say 一|二", "talks/y/a.mp4": "say 三", "talks/y/junk.mp4": "junk"}.items():
        (room / "bucket" / name).parent.mkdir(parents=True, exist_ok=True)
        (room / "bucket" / name).write_text(text, encoding="utf-8")
    return f"local://{(room / 'bucket').as_posix()}"


def test_a_file_becomes_subtitles_in_the_current_folder(zimu: Zimu, room: Path) -> None:
    done = zimu("run", "memory://b/talks/b.mp4", *HEAR)
    assert done.code == 0, done.err
    assert texts("b.srt") == ["二", "三"]
    assert done.err.startswith("zimu: memory://b/talks/b.mp4 → b.srt\n")
    assert {path.name for path in room.iterdir()} == {"b.srt", "b.cues.jsonl", "b.edits.jsonl", "cache"}


def test_a_folder_a_pattern_and_a_list(zimu: Zimu) -> None:
    Path("list.txt").write_text("memory://b/talks/a.mp4\n\nmemory://b/talks/*/a.mp4\n", encoding="utf-8")
    assert zimu("run", "memory://b/talks/", *HEAR, "-o", "one").code == 0
    assert made("one") == ["a.srt", "b.srt"]
    done = zimu("run", "@list.txt", *HEAR, "-o", "two")
    assert (done.code, "would both write two/a.srt" in done.err.replace("\\", "/")) == (2, True)
    assert "memory://b/talks/a.mp4 and memory://b/talks/x/a.mp4" in done.err


def test_one_file_can_be_named_and_shown_beforehand(zimu: Zimu) -> None:
    done = zimu("run", "memory://b/talks/a.mp4", *HEAR, "-o", "mine.vtt", "--dry-run")
    assert (done.code, done.out) == (0, "memory://b/talks/a.mp4 → mine.vtt\n")
    assert not Path("cache").exists()
    assert zimu("run", "memory://b/talks/a.mp4", *HEAR, "-o", "mine.vtt").code == 0
    assert texts("mine.vtt") == ["一"]


def test_one_that_cannot_be_had_does_not_stop_the_others(zimu: Zimu) -> None:
    done = zimu("run", "memory://b/gone.mp4", "memory://b/talks/a.mp4", *HEAR, "--json")
    assert done.code == 6
    assert [(each["input"], each["ok"]) for each in done.json["results"]] == [
        ("memory://b/gone.mp4", False),
        ("memory://b/talks/a.mp4", True),
    ]
    assert "zimu: memory://b/gone.mp4: is not there; check its spelling" in done.err


def test_what_is_no_recording_is_told_of_by_its_address(zimu: Zimu) -> None:
    put({"b/junk.mp4": b"junk"})
    done = zimu("run", "memory://b/junk.mp4", *HEAR)
    assert (done.code, done.err) == (3, "zimu: memory://b/junk.mp4: is no recording\n")


def test_a_package_that_is_missing_is_said_and_the_rest_is_done(zimu: Zimu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    done = zimu("run", "s3://bucket/a.mp4", "memory://b/talks/a.mp4", *HEAR)
    assert done.code == 6
    assert "pip install 'zimu-toolkit[remote]' s3fs" in done.err
    assert texts("a.srt") == ["一"]


def test_a_copy_is_kept_or_not(zimu: Zimu) -> None:
    assert zimu("run", "memory://b/talks/a.mp4", *HEAR, "--no-cache").code == 0
    assert not Path("cache").exists()
    assert zimu("run", "memory://b/talks/b.mp4", *HEAR).code == 0
    assert [path.name for path in Path("cache").rglob("*.mp4")] == ["b.mp4"]


@pytest.mark.parametrize(
    ("arguments", "flag"),
    [(("-o", "s3://out/"), "-o"), (("--run-dir", "gs://x/y"), "--run-dir"), (("--report", "s3://a/b"), "--report")],
)
def test_results_do_not_go_to_an_address(zimu: Zimu, room: Path, arguments: tuple[str, ...], flag: str) -> None:
    done = zimu("run", "memory://b/talks/a.mp4", *HEAR, *arguments)
    assert (done.code, f"{flag} cannot be an address" in done.err) == (2, True)
    assert list(room.iterdir()) == []


def test_a_password_is_refused_and_not_shown(zimu: Zimu) -> None:
    for more in ((), ("--workers", "1")):
        done = zimu("run", "sftp://me:pw1@host/a.mp4", *HEAR, *more)
        assert (done.code, "pw1" in done.err + done.out) == (2, False)


def test_a_file_address_is_a_path(room: Path, zimu: Zimu) -> None:
    (room / "say it.mp4").write_text("say 一", encoding="utf-8")
    address = (room / "say it.mp4").as_uri()
    assert expand_all([address]) == (room / "say it.mp4",)
    assert zimu("run", address, *HEAR, "--workers", "1", "--plan").out.startswith(str(room / "say it.mp4"))


def test_zimu_transcribe_refuses_a_transcript(zimu: Zimu) -> None:
    put({"b/a.srt": b"1\n"})
    done = zimu("transcribe", "memory://b/a.srt", *HEAR[:3])
    assert (done.code, "'zimu run memory://b/a.srt' repairs and cuts it" in done.err) == (3, True)


def test_a_batch_mirrors_the_tree_and_does_each_once(zimu: Zimu, room: Path) -> None:
    address = bucket(room)
    many = ("run", f"{address}/talks/", *HEAR, "-o", "out", "--workers", "2", "--json")
    first = zimu(*many)
    assert first.code == 6
    assert made("out") == ["x/a.srt", "y/a.srt"]
    assert texts("out/x/a.srt") == ["一", "二"]
    inputs = {each["input"]: each["state"] for each in first.json["results"]}
    assert inputs == {
        f"{address}/talks/x/a.mp4": "done",
        f"{address}/talks/y/a.mp4": "done",
        f"{address}/talks/y/junk.mp4": "failed",
    }
    (room / "bucket/talks/y/a.mp4").write_text("say 五", encoding="utf-8")
    plan = zimu(*many, "--plan").json["results"]
    assert sorted(each["state"] for each in plan) == ["done", "failed", "todo"]
    assert zimu(*many).code == 6
    assert texts("out/y/a.srt") == ["五"]


def test_folders_named_apart_meet_under_the_one_they_share(zimu: Zimu, room: Path) -> None:
    address = bucket(room)
    done = zimu(
        "run", f"{address}/talks/x", f"{address}/talks/y", *HEAR, "-o", "out", "--workers", "1", "--plan", "--json"
    )
    outputs = sorted(path for each in done.json["results"] for path in each["outputs"])
    assert outputs == [str(Path("out", *name)) for name in (("x", "a.srt"), ("y", "a.srt"), ("y", "junk.srt"))]


def test_the_manifest_knows_remote_files_by_address(zimu: Zimu, room: Path) -> None:
    address = f"{bucket(room)}/talks/x/a.mp4"
    assert zimu("run", address, *HEAR, "-o", "out", "--workers", "1", "--no-cache").code == 0
    assert not Path("cache").exists()
    lines = Path("out/.zimu-batch/manifest.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(lines[-1])
    assert (told["label"], told["source"], told["state"]) == (address, address, "done")
