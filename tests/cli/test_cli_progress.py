"""The bar while speech is heard, nothing where nobody watches; and what is said beside it."""

from __future__ import annotations

import io
import logging
import os
import sys

import pytest

from toolkit.cli import progress
from toolkit.cli.log import show_log
from toolkit.cli.progress import clock, progress_bar, speed
from toolkit.cli.report import print_json
from toolkit.jobs import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_nothing_is_drawn_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("talk.mp4") as listener:
        assert listener is None
    assert capsys.readouterr().err == ""


def test_a_bar_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    times = iter([100.0, 100.0, 110.0, 110.0])
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "monotonic", lambda: next(times))
    monkeypatch.setenv("COLUMNS", "80")
    with progress_bar("[1/2] 很长很长很长很长很长的名字.mp4") as listener:
        assert listener is not None
        listener(Progress("transcribe", 60_000, 600_000))
        listener(Progress("transcribe", 180_000, 600_000, "[bold]说了什么"))
    drawn = terminal.getvalue()
    assert "hearing  3:00 / 10:00  12.0×  0:35 left" in drawn
    assert "[1/2] 很长很长很长很长… " in drawn


@pytest.mark.parametrize(
    ("event", "first", "seconds", "state"),
    [
        (Progress("transcribe", 0, 60_000), 0, 0.0, "0:00 / 1:00"),
        (Progress("transcribe", 30_000, 60_000), 0, 10.0, "0:30 / 1:00  3.0×  0:10 left"),
        (Progress("transcribe", 50_000, 60_000), 30_000, 10.0, "0:50 / 1:00  2.0×  0:05 left"),
        (Progress("transcribe", 30_000, 0), 0, 10.0, "0:30"),
        (Progress("write"), 0, 3.0, ""),
    ],
)
def test_what_stands_behind_the_bar(event: Progress, first: int, seconds: float, state: str) -> None:
    assert progress._state(event, first, seconds) == state


@pytest.mark.parametrize(
    ("milliseconds", "text"), [(0, "0:00"), (59_999, "0:59"), (60_000, "1:00"), (36_000_000, "10:00:00")]
)
def test_clock(milliseconds: int, text: str) -> None:
    assert clock(milliseconds) == text


def test_speed_is_empty_where_it_means_nothing() -> None:
    assert [speed(10_000, 2.0), speed(-1, 2.0), speed(10_000, 0.0)] == ["5.0×", "", ""]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "zimu: warning: careful\nzimu: error: bad\n"),
        ({"quiet": True}, "zimu: error: bad\n"),
        ({"verbose": True}, "zimu: reading\nzimu: warning: careful\nzimu: error: bad\n"),
    ],
)
def test_what_the_library_logs_is_said(how: dict[str, bool], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    log = logging.getLogger("toolkit.somewhere")
    with show_log(**how):
        log.info("reading")
        log.warning("careful")
        log.error("bad")
    assert capsys.readouterr().err == said
    log.warning("nobody listens any more")
    assert "zimu:" not in capsys.readouterr().err


def test_json_keeps_chinese_and_survives_names_that_are_not_utf8(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"input": "闭幕式.mp4"})
    assert capsys.readouterr().out == '{\n  "input": "闭幕式.mp4"\n}\n'
    print_json({"input": os.fsdecode(b"\xff.mp4")})
    assert capsys.readouterr().out == '{\n  "input": "\\udcff.mp4"\n}\n'
