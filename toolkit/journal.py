"""The journal of a recording: each cue as it was heard, one a line, so that a run that was cut off can go on.

::

    {"zimu": 1, "journal": {"recording": "…", "options": {…}, "hotwords": […], "version": "0.1.0"}}
    {"start": 0, "end": 1200, "heard": "…", …}
    {"mark": {"until": 30000, "language": "zh"}}
    {"done": true, "duration": 60000}

Every line is handed to the system at once and is on disk at each mark. Lines behind the last mark are not trusted: what
they tell is heard again, with the same result.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any

from toolkit import __version__
from toolkit.cues import Cue, Value
from toolkit.errors import InputError, ToolkitError
from toolkit.formats.files import write_whole
from toolkit.formats.jsonl import cue_from_json, cue_to_json
from toolkit.outputs import is_numbered, set_aside
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints, Mark, spells

INDIFFERENT = ("allow_download", "device", "device_index", "cpu_threads")
"""Options that say where and how fast, not what is heard."""

SAMPLES, SAMPLE = 64, 1 << 16
"""How many stretches of a recording are looked at to know it again, and their size in bytes."""

NO_HINTS = Hints()

FIX = "choose another folder with -o"
FULL = "make room and run again; what was heard is kept"


@dataclass(frozen=True)
class Key:
    """What a journal is of: two runs with one key hear the same."""

    recording: str
    options: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Past:
    """What a journal knows: the cues before ``until`` (milliseconds), and how to go on from there.

    ``hints`` are those that the recogniser had when the journal began; going on with them hears the same.
    ``complete`` says that the recording was heard to its end, ``duration`` its length in milliseconds, 0 unknown.
    ``size`` is how many bytes of the journal are good, 0 where it has yet to begin. ``heard_on`` tells by which device
    what was heard, see `toolkit.transcribe.spells`; ``told`` are the hotwords for which there was room at some time,
    ``warnings`` say what is wrong with the recording. ``tail`` was heard behind ``until``, and is heard again.
    """

    key: Key
    hints: Hints = NO_HINTS
    cues: tuple[Cue, ...] = ()
    until: int = 0
    language: str = ""
    complete: bool = False
    duration: int = 0
    size: int = 0
    heard_on: tuple[Mark, ...] = ()
    told: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    tail: tuple[Cue, ...] = ()


def key_of(media: Path, options: TranscribeOptions) -> Key:
    """The key of hearing a recording with these options; reads at most 4 MiB of it.

    Raises:
        InputError: the recording cannot be read.
    """
    files = [media, *filter(Path.is_file, [Path(options.model)])]  # recorded cues are a model in one file
    return Key(" ".join(map(_fingerprint, files)), _telling(options))


def fetch_back(path: Path, key: Key) -> None:
    """Where another journal stands at ``path``, and one of this key was set aside before, let them change places.

    Who compares two models, or hears two recordings of one name, hears each of them once.

    Raises:
        InputError: they cannot be read or renamed.
    """
    try:
        if _key_matches(path, key):
            return
        numbered = (other for other in path.parent.iterdir() if is_numbered(other, path))
        ours = next((other for other in sorted(numbered) if _key_matches(other, key)), None)
        if ours:
            set_aside(path)
            ours.replace(path)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=str(path)) from None


def read_journal(path: Path, key: Key, hints: Hints = NO_HINTS) -> Past:
    """What is already heard; nothing, with these hints, where there is no journal of this key at ``path``.

    Raises:
        InputError: the journal cannot be read.
    """
    try:
        data = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=str(path)) from None
    return _read(data, key) or Past(key, hints)


def read_on(path: Path, size: int) -> tuple[tuple[Cue, ...], int]:
    """The cues that are written behind the first ``size`` bytes of a journal, and how many bytes are read then.

    Nothing is waited for, and what cannot be read is not there yet.
    """
    try:
        with path.open("rb") as handle:
            handle.seek(size)
            data = handle.read()
    except OSError:
        return (), size
    cues: list[Cue] = []
    read = size
    for event, end in _events((entry, end) for entry, end in _whole_lines(data) if "journal" not in entry):
        cues += [event] if isinstance(event, Cue) else []
        read = size + end
    return tuple(cues), read


def keep(path: Path, past: Past, heard: Iterable[Cue | Mark], *, duration: int = 0) -> Iterator[Cue | Mark]:
    """Pass on what is heard after ``past``, each written down before; at the end note that this is all.

    The journal is first cut back to what is good of it, or begun; a file that is not this job's journal is kept beside
    it under a number. ``duration`` is the recording's length in milliseconds, 0 where it is unknown.

    Where this ends before its time, what an earlier run heard beyond stays in the journal.

    Raises:
        InputError: the folder cannot be written to.
        ToolkitError: the disk is full, or gone; what was written stays good.
    """
    stream = iter(heard)
    first = list(islice(stream, 1))  # a recording that cannot be heard at all leaves no journal
    latest: tuple[Cue, ...] = ()
    with _opened(path, past) as handle:
        try:
            for event in chain(first, stream):
                if isinstance(event, Mark):
                    _append(path, handle, {"mark": _mark_to_json(event)}, sync=True)
                    yield event
                else:
                    entry = cue_to_json(event)
                    _append(path, handle, entry)
                    latest = (event,)
                    yield cue_from_json(entry)
        except BaseException:
            with suppress(ToolkitError):
                for cue in behind(past.tail, latest):
                    _append(path, handle, cue_to_json(cue))
            raise
        _append(path, handle, {"done": True, "duration": duration}, sync=True)


def behind(tail: Iterable[Cue], cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """What of a tail begins where the cues have ended."""
    end = (cues[-1].end or 0) if cues else 0
    return tuple(cue for cue in tail if (cue.start or 0) >= end)


def pack(cue: Cue) -> bytes:
    """The cue as the line of a journal, a quarter of what it takes in memory; `unpack` is the reverse."""
    return _line(cue_to_json(cue))


def unpack(line: bytes) -> Cue:
    """The cue of such a line."""
    return cue_from_json(json.loads(line))


def _fingerprint(media: Path) -> str:
    """A name for a recording's content: its size and stretches from head to tail, all of a small one."""
    try:
        size = media.stat().st_size
        digest = sha256(str(size).encode())
        with media.open("rb") as handle:
            for start in _sampled(size):
                handle.seek(start)
                digest.update(handle.read(SAMPLE))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=str(media)) from None
    return digest.hexdigest()


def _sampled(size: int) -> Iterable[int]:
    if size <= SAMPLES * SAMPLE:
        return range(0, size, SAMPLE)
    return ((size - SAMPLE) * number // (SAMPLES - 1) for number in range(SAMPLES))


def _read(data: bytes, key: Key) -> Past | None:
    """What the content of a journal tells; None where it is not one of this key."""
    lines = _whole_lines(data)
    header, size = next(lines, ({}, 0))
    journal = header.get("journal")
    if header.get("zimu") != 1 or not isinstance(journal, dict):
        return None
    try:
        if not _is_of(journal, key):
            return None
        past = Past(key, _hints_from_json(journal), size=size)
    except (ValueError, TypeError, KeyError):
        return None
    cues: list[Cue] = []
    for event, end in _events(lines):
        if isinstance(event, Cue):
            cues.append(event)
        elif isinstance(event, Mark):
            until, heard_on = event.until, spells((*past.heard_on, event))
            past = replace(past, cues=tuple(cues), until=until, language=event.language, size=end, heard_on=heard_on)
            told, warnings = (*past.told, *event.told), (*past.warnings, *event.warnings)
            past = replace(past, told=tuple(dict.fromkeys(told)), warnings=tuple(dict.fromkeys(warnings)))
        else:
            return replace(past, cues=tuple(cues), complete=True, duration=event, size=end)
    return replace(past, tail=tuple(cues[len(past.cues) :]))


def _events(lines: Iterator[tuple[dict[str, Any], int]]) -> Iterator[tuple[Cue | Mark | int, int]]:
    """Cues, marks and at the end the duration, each with where its line ends, up to the first that is spoilt."""
    for entry, end in lines:
        try:
            if "mark" in entry:
                yield _mark_from_json(entry["mark"]), end
            elif "done" in entry:
                yield int(entry["duration"]), end
            else:
                yield cue_from_json(entry), end
        except (ValueError, TypeError, KeyError, AttributeError, ToolkitError):
            return


def _hints_to_json(hints: Hints) -> dict[str, Any]:
    more = {"fixed": hints.fixed, "signs": hints.signs}
    return {"hotwords": hints.hotwords, **{name: value for name, value in more.items() if value}}


def _hints_from_json(entry: dict[str, Any]) -> Hints:
    signs = {str(word): tuple(map(str, signs)) for word, signs in dict(entry.get("signs", {})).items()}
    return Hints(tuple(map(str, entry.get("hotwords", ()))), int(entry.get("fixed", 0)), signs)


def _mark_to_json(mark: Mark) -> dict[str, Any]:
    besides = {"device": mark.device, "why": mark.why, "told": mark.told, "warnings": mark.warnings}
    known = {name: value for name, value in besides.items() if value}
    return {"until": mark.until, "language": mark.language, **known}


def _mark_from_json(entry: dict[str, Any]) -> Mark:
    told, warnings = (tuple(map(str, entry.get(name, ()))) for name in ("told", "warnings"))
    where = str(entry.get("device", "")), str(entry.get("why", ""))
    return Mark(int(entry["until"]), str(entry["language"]), *where, told, warnings)


def _whole_lines(data: bytes) -> Iterator[tuple[dict[str, Any], int]]:
    """The JSON objects of a file and where the line of each ends, up to the first line that is torn or spoilt."""
    end = 0
    for line in data.split(b"\n")[:-1]:
        end += len(line) + 1
        try:
            entry = json.loads(line)
        except ValueError:
            return
        if not isinstance(entry, dict):
            return
        yield entry, end


def _key_matches(path: Path, key: Key) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as handle:
        return _read(handle.readline(), key) is not None


def _is_of(journal: dict[str, Any], key: Key) -> bool:
    """Whether a journal has this key; an option that is younger than the journal had its default."""
    options = {**dict(_telling(TranscribeOptions())), **journal.get("options", {})}
    return journal.get("recording") == key.recording and all(options[name] == value for name, value in key.options)


def _telling(options: TranscribeOptions) -> tuple[tuple[str, Value], ...]:
    names = (entry.name for entry in fields(options) if entry.name not in INDIFFERENT)
    return tuple((name, getattr(options, name)) for name in names)


@contextmanager
def _opened(path: Path, past: Past) -> Iterator[int]:
    """A handle that appends to the journal behind what is good of it."""
    try:
        if past.size:
            os.truncate(path, past.size)
        else:
            set_aside(path)
            of = {"recording": past.key.recording, "options": dict(past.key.options)}
            write_whole(
                path, _line({"zimu": 1, "journal": {**of, **_hints_to_json(past.hints), "version": __version__}})
            )
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", where=str(path), fix=FIX) from None
    try:
        yield handle
    finally:
        os.close(handle)


def _append(path: Path, handle: int, entry: dict[str, Any], *, sync: bool = False) -> None:
    line = _line(entry)
    try:
        while line:
            line = line[os.write(handle, line) :]
        if sync:
            os.fsync(handle)
    except OSError as error:
        problem = f"the journal cannot be written: {error.strerror or error}"
        raise ToolkitError(problem, where=str(path), fix=FULL) from None


def _line(entry: dict[str, Any]) -> bytes:
    try:
        return json.dumps(entry, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half of a character, which UTF-8 cannot hold
        return json.dumps(entry).encode() + b"\n"
