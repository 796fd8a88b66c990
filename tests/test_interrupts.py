"""Requests to end: heard at once, but after an import; ignored where they were ignored; the same for all three."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.interrupts import SIGNALS, imports, interruptible

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows sends no signals to one process")

SENDS = """
import os, signal, time
os.kill(os.getpid(), signal.{name})
time.sleep({pause})
done = True
{rest}
"""
"""A module that sends its process a signal while it is imported."""


def interrupted(work: Callable[[], object]) -> bool:
    """Whether an interruption comes of some work, or soon after it."""
    try:
        work()
        time.sleep(5)
    except KeyboardInterrupt:
        return True
    return False


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a module ``sends`` that was never imported."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "sends", raising=False)
    return tmp_path / "sends.py"


@pytest.mark.parametrize("number", SIGNALS)
def test_every_request_interrupts_and_what_was_before_returns(number: signal.Signals) -> None:
    def mine(number: int, frame: object) -> None:
        """Another program's handler."""

    before = signal.signal(number, mine)
    try:
        with interruptible() as asked:
            assert interrupted(lambda: os.kill(os.getpid(), number))
        assert signal.getsignal(number) is mine
    finally:
        signal.signal(number, before)
    assert asked.came


@pytest.mark.parametrize("number", SIGNALS)
def test_what_is_ignored_stays_ignored(number: signal.Signals) -> None:
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with interruptible() as asked:
            os.kill(os.getpid(), number)
            assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)
    assert not asked.came


@pytest.mark.parametrize("name", ["SIGINT", "SIGHUP"])
def test_an_import_is_finished_before_it_is_interrupted(name: str, module: Path) -> None:
    module.write_text(SENDS.format(name=name, pause=0.1, rest=""))
    with interruptible() as asked:
        assert interrupted(lambda: __import__("sends"))
    assert sys.modules["sends"].done
    assert asked.came


def test_who_asks_twice_does_not_wait(module: Path) -> None:
    module.write_text(SENDS.format(name="SIGINT", pause=0.1, rest="os.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)"))
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), interruptible():
        __import__("sends")
    assert time.monotonic() - began < 3


def test_a_program_that_is_imported_itself_is_interrupted_at_once(module: Path) -> None:
    sends = SENDS.format(name="SIGINT", pause=5, rest="").strip().splitlines()
    lines = [sends[0], "from toolkit.interrupts import interruptible", "with interruptible():"]
    module.write_text("\n    ".join(["\n".join(lines), *sends[1:]]))
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        __import__("sends")
    assert time.monotonic() - began < 3


def test_a_request_that_waits_is_forgotten_with_the_work(module: Path) -> None:
    module.write_text(SENDS.format(name="SIGTERM", pause=0, rest=""))
    before = signal.signal(signal.SIGTERM, lambda *_: pytest.fail("heard after all was done"))
    try:
        with interruptible() as asked:
            __import__("sends")
        time.sleep(0.1)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert asked.came


def test_imports_are_counted(module: Path) -> None:
    module.write_text("import sys\nfrom toolkit.interrupts import imports\nfound = imports(sys._getframe())\n")
    assert __import__("sends").found > imports(sys._getframe())


def test_other_programs_keep_their_signals() -> None:
    code = "import signal, toolkit, toolkit.pipeline; print(signal.getsignal(signal.SIGTERM) is signal.SIG_DFL)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"True\n"
