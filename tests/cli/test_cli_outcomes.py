"""What becomes of many inputs: one exit code, one document, and no file written twice."""

from __future__ import annotations

import io
import json
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from toolkit.cli import guard, targets
from toolkit.cli.command import Call
from toolkit.cli.outcomes import Outcome, conclude, each, exit_code
from toolkit.cli.report import argument, count
from toolkit.cli.streams import settle_streams
from toolkit.cli.targets import need_folder, refuse_collisions, refuse_loss
from toolkit.errors import BackendError, InputError, ModelNotFound, UsageError

GOOD = Outcome(Path("a.mp4"))
NO_FILE = Outcome(Path("b.mp4"), error=InputError("no such file", where="b.mp4"))
NO_MODEL = Outcome(Path("c.mp4"), error=ModelNotFound("not here"))
FAILED = Outcome(Path("d.mp4"), error=BackendError("out of memory"))


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([], 0),
        ([GOOD], 0),
        ([GOOD, GOOD], 0),
        ([NO_FILE], 3),
        ([NO_MODEL], 4),
        ([FAILED], 5),
        ([GOOD, NO_FILE], 6),
        ([NO_FILE, NO_MODEL], 6),
    ],
)
def test_the_exit_code_of_many(outcomes: list[Outcome], code: int) -> None:
    assert exit_code(outcomes) == code


def test_a_failure_is_said_and_the_next_one_begun(capsys: pytest.CaptureFixture[str]) -> None:
    def work(name: str) -> Outcome:
        if name == "b":
            raise InputError("no such file", where=name)
        if name == "c":
            raise PermissionError(13, "Permission denied", "c.srt")
        return Outcome(Path(name))

    found = list(each({Path(name): name for name in "abcd"}, work))
    assert [outcome.error is None for outcome in found] == [True, False, False, True]
    assert capsys.readouterr().err == "zimu: b: no such file\nzimu: c.srt: permission denied\n"


def test_a_bug_or_a_reader_that_is_gone_stops_the_rest() -> None:
    def work(error: Exception) -> Outcome:
        raise error

    for error in (ZeroDivisionError(), BrokenPipeError(32, "Broken pipe")):
        with pytest.raises(type(error)):
            list(each({Path("a"): error}, work))


def test_an_input_that_fails_after_ctrl_c_was_interrupted(capsys: pytest.CaptureFixture[str]) -> None:
    def work(name: str) -> Outcome:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        raise BackendError("no onnxruntime", where=name)

    def command() -> int:
        return conclude(Call("run"), list(each({Path("a"): "a", Path("b"): "b"}, work)))

    assert guard.guarded(command) == 130
    assert capsys.readouterr().err == "zimu: interrupted\n"


def test_the_document_of_many(capsys: pytest.CaptureFixture[str]) -> None:
    call = Call("run", flags=(("json", True),))
    assert conclude(call, [Outcome(Path("a.mp4"), (Path("a.srt"),), {"cues": 3}), NO_FILE]) == 6
    assert json.loads(capsys.readouterr().out) == {
        "command": "run",
        "ok": False,
        "exit_code": 6,
        "results": [
            {"input": "a.mp4", "ok": True, "written": ["a.srt"], "cues": 3},
            {"input": "b.mp4", "ok": False, "written": [], "failure": NO_FILE.error.as_dict() if NO_FILE.error else {}},
        ],
    }
    assert conclude(call, [GOOD], interrupted=True) == 130
    assert json.loads(capsys.readouterr().out)["ok"] is False


def test_no_document_unless_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert conclude(Call("run"), [GOOD]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        ({"x/a.mp4": ["o/a.srt"], "y/a.mp4": ["o/a.srt"]}, "x/a.mp4 and y/a.mp4 would both write o/a.srt"),
        ({"a.mp4": ["a.srt"], "a.wav": ["./a.srt"]}, "a.mp4 and a.wav would both write"),
        ({"a.srt": ["b.srt"], "b.srt": ["c.srt"]}, "a.srt would replace b.srt, which is an input too"),
    ],
)
def test_collisions_are_refused(plan: dict[str, list[str]], problem: str) -> None:
    paths = {Path(source): [Path(file) for file in files] for source, files in plan.items()}
    with pytest.raises(UsageError) as caught:
        refuse_collisions(paths)
    assert str(caught.value).replace("\\", "/").startswith(problem)


@pytest.mark.parametrize("plan", [{"a.srt": ["a.srt"]}, {"a.mp4": ["a.srt", "a.vtt"], "b.mp4": ["b.srt"]}])
def test_what_does_not_collide_is_let_pass(plan: dict[str, list[str]]) -> None:
    refuse_collisions({Path(source): [Path(file) for file in files] for source, files in plan.items()})


@pytest.mark.parametrize(("system", "collide"), [("linux", False), ("darwin", True), ("win32", True)])
def test_capitals_tell_files_apart_where_the_system_does(
    system: str, collide: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    same = targets._identity(Path("Talk.srt")) == targets._identity(Path("talk.srt"))
    assert same is collide


def test_one_file_cannot_take_several(tmp_path: Path) -> None:
    need_folder("all.srt", [Path("a.srt")])
    need_folder("", [Path("a.srt"), Path("b.srt")])
    need_folder("out", [Path("a.srt"), Path("b.srt")])
    with pytest.raises(UsageError, match=r"name a folder: --edits all\.jsonl/"):
        need_folder("all.jsonl", [Path("a.srt"), Path("b.srt")], "--edits")
    (tmp_path / "out").write_text("a file without a suffix")
    with pytest.raises(UsageError, match="-o names one file"):
        need_folder(str(tmp_path / "out"), [Path("a.srt"), Path("b.srt")])


def test_other_content_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_bytes(b"mine")
    refuse_loss({tmp_path / "a.srt": b"mine", tmp_path / "b.srt": b"new"})
    with pytest.raises(InputError, match="exists and is something else"):
        refuse_loss({tmp_path / "a.srt": b"new"})


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("kind", "encoding", "settled"),
    [
        (io.TextIOWrapper, "ascii", "utf-8"),
        (io.TextIOWrapper, "gb18030", "utf-8"),
        (Terminal, "latin-1", "utf-8"),
        (Terminal, "gb18030", "gb18030"),
        (Terminal, "utf-8", "utf-8"),
    ],
)
def test_streams_can_write_chinese(
    kind: type[io.TextIOWrapper], encoding: str, settled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = kind(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    settle_streams()
    stream.write("字幕 \udcff")
    stream.flush()
    written = stream.buffer.getvalue()  # type: ignore[attr-defined]
    assert written.decode(settled) == "字幕 \\udcff"


def test_a_stream_of_another_kind_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    settle_streams()


@pytest.mark.parametrize(
    ("path", "typed"),
    [("talk.srt", "talk.srt"), ("闭幕式.srt", "闭幕式.srt"), ("a b.srt", "'a b.srt'"), ("$x", "'$x'")],
)
def test_paths_as_they_can_be_typed(path: str, typed: str) -> None:
    assert argument(Path(path)) == typed


def test_nouns_are_counted() -> None:
    assert [count(number, "cue") for number in (0, 1, 2)] == ["0 cues", "1 cue", "2 cues"]
