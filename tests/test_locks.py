"""Locks: one holder at a time, dead ones do not count, no trace is left."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.locks import locked

HOLD = (
    "import os, sys, time; from pathlib import Path; from toolkit.locks import locked\nwith locked(Path(sys.argv[1])):"
)
ROOT = Path(__file__).parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talk.jsonl"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """Where the lock of `path` stands."""
    return tmp_path / ".talk.jsonl.lock"


def test_the_file_names_its_process_and_goes_with_the_lock(path: Path, lock: Path) -> None:
    with locked(path):
        assert lock.read_text() == str(os.getpid())
    assert not lock.exists()


def test_a_second_holder_is_refused_and_told_who_holds_it(path: Path) -> None:
    with locked(path), pytest.raises(InputError) as raised, locked(path):
        pass
    assert str(raised.value) == (
        f"{path}: another run (process {os.getpid()}) is writing it; wait for it, or choose another folder with -o"
    )


def test_of_several_files_all_are_locked_or_none(path: Path, tmp_path: Path) -> None:
    first = tmp_path / "first"
    with locked(path):
        with pytest.raises(InputError, match=r"talk\.jsonl: another run"), locked(first, path):
            pass
        with locked(first), locked():
            pass
    with locked(first, path), pytest.raises(InputError, match="first: another run"), locked(first):
        pass


def test_it_is_free_again_after_an_error(path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), locked(path):
            raise ZeroDivisionError


def test_the_file_of_a_dead_process_is_taken_over(path: Path, lock: Path) -> None:
    code = f"{HOLD}\n    os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, check=False)
    assert lock.exists()
    with locked(path):
        assert lock.read_text() == str(os.getpid())


def test_another_process_that_lives_is_respected(path: Path) -> None:
    code = f"{HOLD}\n    print(flush=True); sys.stdin.readline()"
    with subprocess.Popen(
        [sys.executable, "-c", code, path], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        process.stdout.readline()
        with pytest.raises(InputError, match=f"process {process.pid}"), locked(path):
            pass
        process.communicate("\n")
    with locked(path):
        pass


def test_many_threads_take_turns(path: Path) -> None:
    """Holders come and go while others open the file that is just being removed."""
    held, highest, turns = 0, 0, []

    def work() -> None:
        nonlocal held, highest
        while len(turns) < 100:
            try:
                with locked(path):
                    held += 1
                    highest = max(highest, held)
                    turns.append(time.sleep(0.0005))
                    held -= 1
            except InputError:
                continue

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert highest == 1


def test_a_folder_that_cannot_be_written_to_is_a_clear_error(tmp_path: Path) -> None:
    with (
        pytest.raises(InputError, match=r"missing: cannot be written to: No such file"),
        locked(tmp_path / "missing" / "x"),
    ):
        pass


def test_file_systems_without_locks_are_used_with_a_warning(
    path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*anything: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with locked(path):
        assert lock.exists()
    assert "this file system knows no locks (No locks available)" in caplog.text
