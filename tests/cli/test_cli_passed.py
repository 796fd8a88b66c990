"""What lies in a folder and is no recording by its suffix: all that FFmpeg opens is taken, the rest is told once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli.inputs import MEDIA, expand, is_passed_over

Zimu = Callable[..., Any]

HEAR = ("--recogniser", "crowd:load", "--no-builtin-lexicons", "--no-segment")

BY_CONTENT = {
    "ogg": ".oga .ogm .ogv .opus .spx",
    "mov": ".3ga .m4r .qt",
    "mpeg": ".mpe .tod .vob",
    "rm": ".rmvb",
    "mp3": ".mpga",
    "wav": ".rf64 .wave",
    "matroska": ".weba",
    "au": ".snd",
    "avi": ".divx",
    "amr": ".awb",
    "nut": ".nut",
    "qcp": ".qcp",
}
"""Suffixes that FFmpeg's demuxers do not list: they know such files by their content."""


@pytest.fixture(autouse=True)
def talks(room: Path) -> Path:
    folder = room / "talks"
    (folder / "deep").mkdir(parents=True)
    for name in ("a.amr", "b.M2TS", "deep/c.wma"):
        (folder / name).write_text("say 一", encoding="utf-8")
    ours = "a.cues.jsonl a.edits.1.jsonl a.info.json a.report.html .hidden.xyz notes.txt a.lrc terms.toml"
    for name in (*ours.split(), "x.xyz", "y.XYZ", "z.pdf", "deep/none"):
        (folder / name).write_text("", encoding="utf-8")
    return folder


def test_every_suffix_is_one_that_ffmpeg_opens() -> None:
    import av

    inputs = [form for form in map(av.format.ContainerFormat, av.formats_available) if form.is_input]
    listed = {f".{suffix}" for form in inputs for suffix in form.extensions}
    names = {name for form in inputs for name in form.name.split(",")}
    by_content = {suffix for name, suffixes in BY_CONTENT.items() if name in names for suffix in suffixes.split()}
    assert sorted(MEDIA - listed - by_content) == []


def test_the_docs_list_them_all() -> None:
    page = (Path(__file__).parents[2] / "docs" / "transcribe-a-recording.md").read_text(encoding="utf-8")
    listed = page.partition("## Which files")[2].partition("##")[0]
    assert {suffix[1:] for suffix in MEDIA} == set(listed.split("`")[1].split())


def test_recordings_of_all_kinds_are_found() -> None:
    assert {path.name for path in expand(["talks", "talks/deep"])} == {"a.amr", "b.M2TS", "c.wma", "notes.txt"}


def test_nothing_of_our_own_is_missed(talks: Path) -> None:
    assert {path.name for path in talks.iterdir() if is_passed_over(path) and path.is_file()} == {
        "x.xyz",
        "y.XYZ",
        "z.pdf",
    }


def test_a_batch_tells_once_what_it_passed_over(zimu: Zimu) -> None:
    done = zimu("run", "talks", *HEAR, "--workers", "1", "--plan")
    line = (
        "4 files passed over, no recordings by their suffixes: .xyz (2), .pdf (1), none (1); name one to have it tried"
    )
    assert [each for each in done.err.splitlines() if "passed" in each] == [f"zimu: {line}"]
    told = zimu("run", "talks", *HEAR, "--workers", "1", "--plan", "--json", "-q").json["passed_over"]
    assert told == {".xyz": 2, ".pdf": 1, "": 1}


def test_so_does_a_run_without_workers_unless_it_is_quiet(zimu: Zimu) -> None:
    done = zimu("run", "talks", *HEAR, "--dry-run")
    assert done.err == (
        "zimu: 3 files passed over, no recordings by their suffixes: .xyz (2), .pdf (1); name one to have it tried\n"
    )
    assert zimu("run", "talks", *HEAR, "--dry-run", "-q").err == ""


def test_a_folder_of_nothing_but_such_files_says_so(zimu: Zimu, room: Path) -> None:
    (room / "odd").mkdir()
    (room / "odd" / "a.xyz").write_text("", encoding="utf-8")
    for more in ((), ("--workers", "1")):
        done = zimu("run", "odd", *HEAR, *more)
        assert (done.code, "1 file passed over, no recordings by their suffixes: .xyz (1)" in done.err) == (3, True)
