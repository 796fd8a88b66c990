"""The record behind the page, written whole at every action, and beside it the history by which actions are undone.

The record is the truth. The history, a hidden file, is one line an action; a line counts only while the record is as
that action left it, so that a kill between the two, or another program's change, costs at most the undoing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from toolkit.cues import Transcript
from toolkit.errors import InputError
from toolkit.formats import is_transcript, parse, read
from toolkit.formats.files import write_whole
from toolkit.formats.jsonl import render
from toolkit.outputs import JOURNAL, RECORD, is_ours, same_file
from toolkit.records import note_source, other_source, read_record, rewrite, written_by

MOST = 2000
"""Actions of earlier sessions that can be undone."""


@dataclass(frozen=True)
class Table:
    """What is reviewed: the transcript, and the record in which it is kept."""

    transcript: Transcript
    record: Path


def open_table(path: Path) -> Table:
    """The record of a transcript or a recording; one is begun for a transcript that has none.

    Raises:
        InputError: there is nothing to review, or the file was changed by hand since its record was written.
    """
    if path.name.endswith(JOURNAL):
        fix = "'zimu run' on the recording makes a record of it"
        raise InputError("a journal keeps what was heard as it is", where=str(path), fix=fix)
    if path.suffix.lower() == ".jsonl":
        return Table(read(path), path)
    record = path.with_name(f"{path.stem}{RECORD}")
    kept = read_record(record)
    if kept is not None:
        _check(path, kept, record)
        return Table(kept, record)
    if not is_transcript(path):
        raise InputError("it has no record yet", where=str(path), fix=f"'zimu run {path}' makes {record.name}")
    return Table(note_source(read(path), path, record), record)


def keep(record: Path, header: Transcript, lines: Sequence[str], entry: dict[str, Any]) -> None:
    """Write the record from the lines of its cues, and the action that led there into the history.

    Raises:
        InputError: the record cannot be written; the old one stays, and the history with it.
    """
    size = _noted(record, {"name": name_of(lines), **entry})
    data = render(replace(header, cues=())) + "".join(lines)
    try:
        write_whole(record, data.encode(errors="surrogatepass"))
    except BaseException:
        with suppress(OSError):
            os.truncate(history_file(record), size)
        raise


def publish(record: Path, transcript: Transcript) -> Transcript:
    """Write the subtitles that belong to a record again, those that nobody changed; returns the record as it is then.

    Raises:
        ToolkitError: a file cannot be written, or a format cannot hold the transcript.
    """
    terms = [edit.after for cue in transcript.cues for edit in cue.edits if edit.applied and edit.after]
    rewrite(record, transcript, terms)
    with record.open("rb") as handle:
        head = parse(handle.readline(), format="jsonl", path=str(record))
    return replace(transcript, extra=head.extra)


def stamp_of(record: Path) -> tuple[int, int] | None:
    """What tells whether a record is as it was written last: time and size; None where there is none."""
    try:
        state = record.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def name_of(lines: Iterable[str]) -> str:
    """A name for the content of cues."""
    digest = sha256()
    for line in lines:
        digest.update(line.encode(errors="surrogatepass"))
    return digest.hexdigest()[:24]


def history_file(record: Path) -> Path:
    """Where the actions on a record are kept."""
    return record.with_name(f".{record.name}.history")


def read_history(record: Path, name: str) -> list[dict[str, Any]]:
    """The actions that led to the cues called ``name``, oldest first; what came after them is dropped from the file."""
    path = history_file(record)
    try:
        rows = path.read_bytes().split(b"\n")[:-1][-MOST:]
    except OSError:
        return []
    entries: list[dict[str, Any]] = []
    good = 0
    for row in rows:
        try:
            entries.append(dict(json.loads(row)))
        except (ValueError, TypeError):
            break
        good = len(entries) if entries[-1].get("name") == name else good
    with suppress(OSError):
        write_whole(path, b"".join(row + b"\n" for row in rows[:good]))
    return entries[:good]


def _noted(record: Path, entry: dict[str, Any]) -> int:
    """Write an action down, return how long the history was; without it nothing but undoing after a restart is lost."""
    size = 0
    with suppress(OSError), history_file(record).open("ab") as handle:
        size = handle.tell()
        handle.write(json.dumps(entry).encode() + b"\n")
        handle.flush()
        os.fsync(handle.fileno())
    return size


def _check(path: Path, kept: Transcript, record: Path) -> None:
    """Refuse what would lose somebody's work: a file changed by hand, a record of something else."""
    known = written_by(kept)
    if path.name in known:
        if path.exists() and not is_ours(path, known):
            fix = f"review the record, 'zimu review {record}', or rename the file"
            raise InputError("was changed by hand since it was written", where=str(path), fix=fix)
        return
    other = other_source(kept, path, record)
    if other and not (is_transcript(path) and same_file(Path(other).with_suffix(path.suffix), path)):
        raise InputError(f"{record.name} was made from {other}", where=str(path), fix="rename one of the two")
