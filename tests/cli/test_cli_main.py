"""The program as a whole: its front page, its exit codes, its streams."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

import pytest

import toolkit
from toolkit.cli import main
from toolkit.cli.guard import guarded
from toolkit.errors import (
    BackendError,
    FetchError,
    FormatError,
    LexiconError,
    MissingExtra,
    ModelNotFound,
    ProfileError,
    ToolkitError,
)


def zimu(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "toolkit", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_the_front_page(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("zimu 字幕: from a recording to corrected subtitles\n")


@pytest.mark.parametrize("arguments", [["run", "--help"], ["help", "run"], ["run", "a.mp4", "-h"]])
def test_the_page_of_a_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("usage: zimu run ")


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"zimu {toolkit.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["corect", "a.srt"], "no command 'corect'; did you mean 'correct'?"),
        (["frobnicate"], "no command 'frobnicate'; 'zimu --help' lists them"),
        ([__file__], f"no command '{__file__}'; did you mean 'zimu run {__file__}'?"),
        (["--json", "run"], "no option '--json' before the command; options stand behind it: zimu run --json FILE"),
        (["run"], "no recording or transcript to work on; for example: zimu run talk.mp4"),
    ],
)
def test_a_command_line_that_is_wrong_exits_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err == f"zimu: {message}\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ProfileError("no option"), 2),
        (FormatError("broken", path="a.srt", line=3), 3),
        (LexiconError(["empty"]), 3),
        (MissingExtra("ray", needed_for="that"), 4),
        (ModelNotFound("no model"), 4),
        (BackendError("out of memory"), 5),
        (FetchError("404"), 5),
        (ToolkitError("disk full"), 5),
        (PermissionError(13, "Permission denied", "talk.srt"), 5),
        (OSError("without a file it is our fault"), 70),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 141),
        (ZeroDivisionError(), 70),
    ],
)
def test_every_end_has_its_exit_code(error: BaseException, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> int:
        raise error

    assert guarded(work) == code
    said = capsys.readouterr().err
    assert ("Traceback" in said) == (code == 70)
    assert (said == "") == (code == 141)


def test_failure_in_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "gone.srt", "-f", "vtt", "--bogus", "--json"]) == 2
    document = json.loads(capsys.readouterr().out)
    assert (document["ok"], document["command"], document["error"]) == (False, "convert", "UsageError")


def test_a_bug_shows_its_traceback_and_asks_for_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> int:
        raise ZeroDivisionError("by zero")

    assert guarded(work, command="run", as_json=True) == 70
    out, err = capsys.readouterr()
    assert "ZeroDivisionError: by zero" in err
    assert err.endswith("zimu: this is a bug in Zimu; please report it with the lines above\n")
    assert json.loads(out)["error"] == "Bug"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
def test_a_request_to_end_is_an_interrupt() -> None:
    def work() -> int:
        os.kill(os.getpid(), signal.SIGTERM)
        return 0

    before = signal.getsignal(signal.SIGTERM)
    assert guarded(work) == 130
    assert signal.getsignal(signal.SIGTERM) is before


def interrupted(error: Exception) -> Callable[[], int]:
    """Work that goes wrong because it was interrupted: Ctrl-C is swallowed by whatever is at work."""

    def work() -> int:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        raise error

    return work


@pytest.mark.parametrize(
    "error", [AttributeError("numpy"), BackendError("needs onnxruntime"), OSError("no file named")]
)
def test_what_goes_wrong_after_ctrl_c_is_an_interruption(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(interrupted(error), command="run", as_json=True) == 130
    out, err = capsys.readouterr()
    assert err == "zimu: interrupted\n"
    assert json.loads(out) == {"command": "run", "ok": False, "error": "Interrupted", "exit_code": 130}


def test_what_is_the_matter_with_a_file_is_said_after_ctrl_c(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(interrupted(OSError(28, "No space left on device", "talk.srt"))) == 130
    assert capsys.readouterr().err == "zimu: talk.srt: no space left on device\nzimu: interrupted\n"


def test_an_interruption_of_one_command_is_none_of_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(interrupted(ZeroDivisionError())) == 130
    assert main(["convert", "gone.srt", "-f", "vtt"]) == 3
    assert "interrupted" in capsys.readouterr().err.splitlines()[0]


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "gbk"}])
def test_output_is_utf8_in_any_locale(locale: dict[str, str]) -> None:
    done = zimu("--help", env={**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", **locale})
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").startswith("zimu 字幕")


@pytest.mark.skipif(os.name == "nt", reason="a shell pipe")
def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"'{sys.executable}' -m toolkit profile | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=60, check=False)
    assert done.stderr == b""


HEAVY = ("faster_whisper", "ctranslate2", "numpy", "av", "pypinyin", "rapidfuzz", "pysrt", "pysubs2", "rich", "logging")


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["correct", "--help"], ["doctor", "--help"]])
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    loaded = f"' '.join(set({HEAVY}) & set(sys.modules))"
    script = f"import sys, toolkit.cli; toolkit.cli.main({arguments}); sys.exit({loaded} or 0)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
