"""Standard output and error that are closed, full, or read by nobody: the work counts, one line says what is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="needs a shell, and a device that is always full"
)

FULL = "zimu: standard output cannot be written: No space left on device; make room, or send it elsewhere\n"
PLAY = "--recogniser replay --model heard.jsonl --no-builtin-lexicons"
MISSING = "zimu: gone.srt: no such file\n"


@pytest.fixture(autouse=True)
def recording(room: Path) -> None:
    """A recording, and what is said in it."""
    from toolkit.formats import read, write

    write(read(room / "talk.srt"), room / "heard.jsonl")
    (room / "talk.mp4").write_bytes(b"sound")
    (room / "talk.srt").rename(room / "said.srt")


def zimu(arguments: str, start: str = "-m toolkit") -> tuple[int, str, str]:
    """Exit code, output and messages of a command line as a shell runs it, redirections and all."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    line = ["sh", "-c", f"'{sys.executable}' {start} {arguments}"]
    done = subprocess.run(line, env=environment, capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("profile >&-", 0, ""),
        ("profile >&- 2>&-", 0, ""),
        ("convert gone.srt -f vtt >&-", 3, MISSING),
        ("convert gone.srt -f vtt 2>&-", 3, ""),
        ("convert gone.srt -f vtt 2>/dev/full", 3, ""),
        ("convert gone.srt -f vtt --json >&-", 3, MISSING),
    ],
)
def test_where_nothing_can_be_said_the_exit_code_is_that_of_the_work(arguments: str, code: int, said: str) -> None:
    assert zimu(arguments) == (code, "", said)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "2>/dev/full"])
def test_a_run_that_is_heard_by_nobody_writes_its_files(closed: str, room: Path) -> None:
    code, out, err = zimu(f"run talk.mp4 {PLAY} --json {closed}")
    assert code == 0
    assert (room / "talk.srt").exists()
    assert out == "" if closed.startswith(">") else json.loads(out)["ok"]
    assert err == "" if "2>" in closed else err.startswith("zimu: talk.mp4 → talk.srt")


@pytest.mark.parametrize(
    "arguments",
    [
        "profile",
        "--help",
        "models --json",
        "correct said.srt -q",
        f"run talk.mp4 {PLAY} -q --json",
    ],
)
def test_a_full_device_is_one_line(arguments: str) -> None:
    assert zimu(f"{arguments} >/dev/full") == (5, "", FULL)


def test_a_failure_whose_document_cannot_be_written_is_told_first() -> None:
    assert zimu("bogus --json >/dev/full") == (2, "", zimu("bogus")[2] + FULL)


@pytest.mark.parametrize("arguments", ["profile", "help run", "correct said.srt -q"])
def test_who_reads_one_line_is_no_error(arguments: str) -> None:
    code, out, err = zimu(f"{arguments} | head -1")
    assert (code, len(out.splitlines()), err) == (0, 1, "")


def test_what_libraries_print_comes_into_no_file(room: Path) -> None:
    opens = "import os, toolkit.cli as c; c.main(['--version']); os.open('new.txt', os.O_CREAT | os.O_WRONLY)"
    assert zimu(f"\"{opens}; os.write(1, b'noise')\" >&-", start="-c")[0] == 0
    assert (room / "new.txt").read_bytes() == b""
