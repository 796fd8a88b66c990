"""Standard output and error of a command: they can write Chinese, may be closed, and say so when they are full."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class _Output(io.FileIO):
    """Standard output, which tells in words when it cannot be written, once; the rest then goes nowhere."""

    def write(self, data: WriteableBuffer, /) -> int | None:  # type: ignore[override]
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            _lead_nowhere(self.fileno())
            fix = "make room, or send it elsewhere"
            raise ToolkitError(f"standard output cannot be written: {error.strerror or error}", fix=fix) from error


class _Messages(io.FileIO):
    """Standard error: where messages cannot be written, there is nobody to tell."""

    def write(self, data: WriteableBuffer, /) -> int | None:  # type: ignore[override]
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError:
            return memoryview(data).nbytes


def settle_streams() -> None:
    """Make both streams fit for what a command writes.

    They write any text: UTF-8, unless a terminal says that it takes Chinese in another encoding. One that the caller
    has closed leads nowhere, and so do messages that cannot be written. Streams that a program put in their place are
    given the encoding only.
    """
    _open_closed()
    if sys.stdout is sys.__stdout__:
        sys.stdout = _through(_Output, sys.stdout)
    if sys.stderr is sys.__stderr__:
        sys.stderr = _through(_Messages, sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty() and _writes_chinese(stream):
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def close_quietly() -> None:
    """Send what is still in the buffer of standard output nowhere, or Python complains when it ends."""
    with suppress(OSError, ValueError):
        _lead_nowhere(sys.stdout.fileno())


def _open_closed() -> None:
    """Let streams that the caller has closed lead nowhere.

    Else Python has None in their place, and the next file that is opened gets their number and what libraries print.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            if _is_closed(number):
                _lead_nowhere(number)
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115


def _through(kind: type[io.FileIO], stream: TextIO | None) -> Any:
    """The stream, with what it writes passing through ``kind``; a console of Windows has a way of its own."""
    if not isinstance(stream, io.TextIOWrapper) or (os.name == "nt" and stream.isatty()):
        return stream
    stream.flush()
    raw = kind(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def _is_closed(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return True
    return False


def _lead_nowhere(number: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)
    os.set_inheritable(number, True)


def _writes_chinese(stream: TextIO) -> bool:
    try:
        "字幕".encode(stream.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
