"""Requests to end: Ctrl-C and its kin are heard at once, but in the middle of an import only when that is done.

A module that is left half imported stays so for the rest of the process, and those that import it take the interruption
for a fault of their own: numpy, ONNX Runtime and CTranslate2, which need a second to load, then tell of a library that
is missing, or of an attribute that does not exist.
"""

from __future__ import annotations

import _thread
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Ctrl-C, a request to end, and a terminal that is gone; Windows has no SIGHUP."""

PAUSE = 0.02
"""Seconds after which a request that came in the middle of an import is made again."""

_IMPORTING = "<frozen importlib"


class Interruption:
    """Whether this process was asked to end; every request raises KeyboardInterrupt in the main thread.

    One that comes in the middle of an import is heard when that is done, unless it is not the first: who presses Ctrl-C
    twice does not want to wait.
    """

    def __init__(self) -> None:
        self.came = False
        self._depth = imports(sys._getframe())
        self._echo = self._over = False

    def hear(self, number: int, frame: FrameType | None) -> None:
        """What a signal calls."""
        echo, self._echo = self._echo, False
        waits = (echo or not self.came) and imports(frame) > self._depth
        self.came = True
        if not waits:
            raise KeyboardInterrupt
        send_again(number, self._rings)

    def end(self) -> None:
        """Forget a request that is still waiting."""
        self._over = True

    def _rings(self) -> bool:
        self._echo = not self._over
        return self._echo


@contextmanager
def interruptible() -> Iterator[Interruption]:
    """Within it all requests to end are the same, so that partial results are kept; what is ignored stays ignored.

    Nothing changes in a thread that is not the main one.
    """
    asked = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}
    heard = [number for number in SIGNALS if before[number] not in (signal.SIG_IGN, None)]
    for number in heard:
        signal.signal(number, asked.hear)
    try:
        yield asked
    finally:
        asked.end()
        for number in heard:
            signal.signal(number, before[number])


def imports(frame: FrameType | None) -> int:
    """How many parts of Python's import are at work in a frame and those that called it.

    >>> imports(sys._getframe())
    0
    """
    found = 0
    while frame is not None:
        found += frame.f_code.co_filename.startswith(_IMPORTING)
        frame = frame.f_back
    return found


def send_again(number: int, rings: Callable[[], bool] = lambda: True) -> None:
    """Send the main thread a signal in a moment, unless ``rings`` then says no."""

    def wait() -> None:
        time.sleep(PAUSE)
        if rings():
            _send(number)

    _thread.start_new_thread(wait, ())  # threading's own lock may be held by what was interrupted


def _send(number: int) -> None:
    if sys.platform == "win32":
        _thread.interrupt_main(number)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, number)
