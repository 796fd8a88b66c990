"""What surrounds every command: streams that can write Chinese, signals, and errors as one line and an exit code.

=====  ==================================================================
exit   meaning
=====  ==================================================================
0      good
1      findings
2      the command line or an option is wrong
3      an input cannot be used
4      a dependency or a model is missing
5      a failure at run time
6      some of several inputs failed
70     a bug in Zimu: its traceback is shown
130    interrupted by Ctrl-C or a request to end
141    whoever read the output stopped reading
=====  ==================================================================
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from toolkit.errors import ToolkitError

BUG = 70
INTERRUPTED = 130
BROKEN_PIPE = 141


def guarded(work: Callable[[], int], *, command: str = "", as_json: bool = False) -> int:
    """The exit code of ``work``, with every way that it can end put into words on standard error."""
    try:
        with _end_like_interrupt():
            code = work()
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        document = {"command": command, "ok": False, "error": "Interrupted", "exit_code": INTERRUPTED}
        return _failed("interrupted", document, as_json, INTERRUPTED)
    except BrokenPipeError:
        _close_quietly()
        return BROKEN_PIPE
    except Exception as caught:
        error = in_words(caught)
        if error is None:
            return _bug(caught, command, as_json)
        return _failed(str(error), {"command": command, "ok": False, **error.as_dict()}, as_json, error.exit_code)


def in_words(error: Exception) -> ToolkitError | None:
    """The error as one that a person can mend: itself, or what the system says about a file; None for a bug."""
    if isinstance(error, ToolkitError):
        return error
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return ToolkitError(error.strerror.lower(), where=str(error.filename))
    return None


def settle_streams() -> None:
    """Let both streams write any text: UTF-8, unless a terminal says that it takes Chinese in another encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty() and _writes_chinese(stream):
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _writes_chinese(stream: TextIO) -> bool:
    try:
        "字幕".encode(stream.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _failed(message: str, document: dict[str, object], as_json: bool, code: int) -> int:
    from toolkit.cli.report import print_json, say

    try:
        say(message)
        if as_json:
            print_json(document)
            sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
    return code


def _bug(error: Exception, command: str, as_json: bool) -> int:
    import traceback

    traceback.print_exc()
    document = {"command": command, "ok": False, "error": "Bug", "problem": repr(error), "exit_code": BUG}
    return _failed("this is a bug in Zimu; please report it with the lines above", document, as_json, BUG)


def _close_quietly() -> None:
    """Send what is still in the buffer nowhere, or Python complains about the pipe when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


@contextmanager
def _end_like_interrupt() -> Iterator[None]:
    """Within it a request to end (SIGTERM) is the same as Ctrl-C, so that partial results are kept."""
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
