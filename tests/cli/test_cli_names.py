"""Names that are no ordinary files: links, pipes, lists on standard input, and what a terminal would obey."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli.inputs import expand, expand_all, require
from toolkit.cli.report import plain
from toolkit.errors import InputError

Zimu = Callable[..., Any]

HEAR = ("--recogniser", "crowd:load", "--no-builtin-lexicons", "--no-segment")


def test_a_link_to_nothing_says_where_it_leads(room: Path) -> None:
    (room / "talk.mp4").symlink_to("gone.mp4")
    with pytest.raises(InputError, match=r"^talk\.mp4: a link to a file that is not there; it leads to gone\.mp4$"):
        require(Path("talk.mp4"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_is_no_regular_file(room: Path) -> None:
    os.mkfifo(room / "pipe.mp4")
    with pytest.raises(InputError, match="a pipe or device, no regular file"):
        require(Path("pipe.mp4"))


def test_a_name_longer_than_names_can_be_is_a_missing_file(zimu: Zimu) -> None:
    long = "长" * 100
    assert expand([long]) == (Path(long),)
    for more in ((), ("--workers", "1")):
        done = zimu("run", long, *HEAR, *more)
        assert f"{long}: no such file" in done.err
    address = f"https://example.org/{'a' * 300}"
    assert expand_all([address]) == (address,)


@pytest.mark.parametrize("more", [(), ("--workers", "1")])
def test_a_list_comes_from_standard_input(more: tuple[str, ...], zimu: Zimu, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.mp4", "b c.mp4"):
        Path(name).write_text("say 一", encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"# today\na.mp4\nb c.mp4\n")))
    done = zimu("run", "@-", *HEAR, *more, "--dry-run")
    assert (done.code, len(done.out.splitlines())) == (0, 2)


def test_an_empty_list_from_standard_input_says_so(zimu: Zimu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    done = zimu("run", "@-", *HEAR)
    assert (done.code, done.err) == (3, "zimu: standard input: the list names no file\n")


@pytest.mark.parametrize(
    ("arguments", "fix"),
    [
        (("run", "talk.srt"), "name a file or folder"),
        (("run", "talk.srt", "--workers", "1"), "name a file or folder"),
        (("correct", "talk.srt"), "leave it out, and the result goes there"),
    ],
)
def test_a_dash_is_no_folder_to_write_into(arguments: tuple[str, ...], fix: str, zimu: Zimu, room: Path) -> None:
    done = zimu(*arguments, "-o", "-")
    assert done.code == 2
    assert "standard output is for one transcript" in done.err
    assert fix in done.err
    assert not (room / "-").exists()


@pytest.mark.parametrize("place", ["none/zimu.prom", "talks"])
def test_metrics_that_cannot_be_written_are_refused_first(place: str, zimu: Zimu, room: Path) -> None:
    (room / "talks").mkdir()
    (room / "talks" / "a.mp4").write_text("say 一", encoding="utf-8")
    done = zimu("run", "talks", *HEAR, "-o", "out", "--metrics", place)
    assert (done.code, len(done.err.splitlines())) == (3, 1)
    assert "metrics" in done.err
    assert not (room / "out").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_what_a_terminal_would_obey_is_shown_and_each_event_is_a_line(zimu: Zimu) -> None:
    name = "a\x1b[2J\nzimu: all done\x07.mp4"
    Path(name).write_text("say 一", encoding="utf-8")
    shown = "a\\x1b[2J\\nzimu: all done\\x07"
    for more in ((), ("--workers", "1")):
        plan = zimu("run", name, *HEAR, *more, "-o", "out", "--dry-run")
        assert plan.out.splitlines()[0].startswith(f"{shown}.mp4 → out/{shown}.srt")
        done = zimu("run", name, *HEAR, *more, "-o", f"out{len(more)}", "--json")
        assert f"{shown}.mp4 → out{len(more)}/{shown}.srt" in done.err
        assert "\x1b" not in done.err
        assert done.json["results"][0]["input"] == name


def test_chinese_and_emoji_are_no_controls() -> None:
    assert plain("闭幕式🎉 é.mp4") == "闭幕式🎉 é.mp4"
    assert plain("a\u202egpj.mp4") == "a\\u202egpj.mp4"
