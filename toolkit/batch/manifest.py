"""The manifest of a batch: a line for each input that was done or failed, on disk before the next is begun.

::

    {"zimu": 1, "batch": {"version": "0.1.0"}}
    {"label": "x/a.mp4", "key": "…", "state": "done", "source": "/…/x/a.mp4", "outputs": ["/…/out/x/a.srt"], …}

The last line of an input counts; paths are whole, so that it does not matter from which folder a run is started. A
line that a power cut tore off is passed over, and what it told is done again, which the journal of the recording makes
short.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit import __version__
from toolkit.batch.tasks import Outcome, outcome_from_dict
from toolkit.errors import InputError, ToolkitError
from toolkit.formats.files import write_whole
from toolkit.locks import locked

NAME = "manifest.jsonl"
FOLDER = ".zimu-batch"
"""How the folder of a batch is called that nobody named."""

FULL = "make room and run again; what was done is kept"


@dataclass(frozen=True)
class Entry:
    """What the manifest knows of an input: its outcome, whole paths, and size and time (ns) of the file looked at.

    ``source`` is a whole path, or the address of a file that fsspec reaches, empty for a video; ``options`` is the key
    of the options.
    """

    outcome: Outcome
    source: str = ""
    outputs: tuple[str, ...] = ()
    stat: tuple[int, int] = (0, 0)
    options: str = ""

    @property
    def name(self) -> str:
        """By what the input is known from run to run."""
        return self.source or self.outcome.label

    @property
    def stands(self) -> bool:
        """Whether it was done, and all that was written is there."""
        return self.outcome.state == "done" and bool(self.outputs) and all(map(os.path.exists, self.outputs))


class Manifest:
    """The entries by name, and an open file behind them; made by `open_manifest`."""

    def __init__(self, path: Path, entries: dict[str, Entry], handle: int) -> None:
        self.path = path
        self.entries = entries
        self._handle = handle

    def note(self, entry: Entry) -> None:
        """Write down what became of an input; it is on disk when this returns.

        Raises:
            ToolkitError: the disk is full, or gone.
        """
        line = _line(entry)
        try:
            while line:
                line = line[os.write(self._handle, line) :]
            os.fsync(self._handle)
        except OSError as error:
            problem = f"the manifest cannot be written: {error.strerror or error}"
            raise ToolkitError(problem, where=str(self.path), fix=FULL) from None
        self.entries[entry.name] = entry


@contextmanager
def open_manifest(folder: Path) -> Iterator[Manifest]:
    """The manifest in the folder of a batch, nobody else's while the block runs; begun where there is none.

    Raises:
        InputError: another run works on this batch, the folder cannot be written to, or the file is none of ours.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fix = "choose another with --run-dir"
        raise InputError(f"cannot be made: {error.strerror or error}", where=str(folder), fix=fix) from None
    with locked(path):
        entries = read_manifest(folder)
        write_whole(path, b"".join([_header(), *map(_line, entries.values())]))
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        try:
            yield Manifest(path, entries, handle)
        finally:
            os.close(handle)


def read_manifest(folder: Path) -> dict[str, Entry]:
    """The entries of a batch by name; none where it has not begun. Reading takes no lock.

    Raises:
        InputError: the file cannot be read, or is none of ours.
    """
    path = folder / NAME
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=str(path)) from None
    if "batch" not in (_parsed(lines[0]) or {}):
        raise InputError("is no manifest of a batch", where=str(path), fix="choose another folder with --run-dir")
    entries = map(_entry, lines[1:])
    return {entry.name: entry for entry in entries if entry is not None}


def _header() -> bytes:
    return json.dumps({"zimu": 1, "batch": {"version": __version__}}).encode() + b"\n"


def _line(entry: Entry) -> bytes:
    own = {"source": entry.source, "outputs": entry.outputs, "stat": entry.stat, "options": entry.options}
    return json.dumps({**entry.outcome.as_dict(), **own}).encode() + b"\n"


def _entry(line: bytes) -> Entry | None:
    told = _parsed(line)
    try:
        if not told:
            return None
        size, time = told["stat"]
        where = str(told["source"]), tuple(map(str, told["outputs"]))
        return Entry(outcome_from_dict(told), *where, (int(size), int(time)), str(told["options"]))
    except (KeyError, TypeError, ValueError):
        return None


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
