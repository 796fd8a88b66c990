"""The record of a job, ``NAME.edits.jsonl``: its result with words and edits, and what was written from it.

It is a transcript file like any other. Its ``extra`` holds the hashes of the files written (``record.written``), by
which a later run knows its own, the options that they were written with (``record.profile``), and where the source
is (``record.source``). What was heard on which device is noted too (``record.heard_on``), and which hotwords the
recogniser was told, which not (``record.hotwords``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

from toolkit.cues import Transcript, with_extra
from toolkit.errors import ToolkitError
from toolkit.formats import read, write
from toolkit.formats.files import write_whole
from toolkit.outputs import encode_outputs, hash_of, is_ours, is_partial, same_file
from toolkit.profile import OutputOptions, Profile, SegmentOptions, with_values
from toolkit.translated import shows_both, shows_translation, without_translation

WRITTEN, PROFILE, PARTIAL, SOURCE, HEARD_ON, HOTWORDS = NOTES = (
    "record.written",
    "record.profile",
    "record.partial",
    "record.source",
    "record.heard_on",
    "record.hotwords",
)

MOST_LEFT_OUT = 100
"""Hotwords left out that are noted by name; a lexicon may have 100,000 terms."""


def read_record(path: Path | None) -> Transcript | None:
    """The record of an earlier run, None where there is none.

    Raises:
        InputError: it cannot be read.
        FormatError: it is no record.
    """
    return read(path) if path is not None and path.exists() else None


def read_decided(path: Path | None) -> Transcript | None:
    """The same with no more of its cues than a later run needs: none where a person decided nothing, never words.

    Raises:
        InputError: it cannot be read.
        FormatError: it is no record.
    """
    record = read_record(path)
    if record is None:
        return None
    decided = any(edit.decided for cue in record.cues for edit in cue.edits)
    return replace(record, cues=tuple(replace(cue, words=()) for cue in record.cues) if decided else ())


def written_by(record: Transcript | None) -> dict[str, list[str]]:
    """For each file that a record knows of, the hashes of its last contents, newest first."""
    noted = record.get(WRITTEN) if record else None
    try:
        known = json.loads(str(noted or "{}"))
        return {str(name): [str(each) for each in hashes] for name, hashes in known.items()}
    except (ValueError, TypeError, AttributeError):  # edited by hand: then nothing is ours
        return {}


def note_source(transcript: Transcript, source: Path, record: Path) -> Transcript:
    """The transcript with a note of where the file that it was made from is, as seen from its record."""
    try:
        path = os.path.relpath(source, record.parent)
    except ValueError:  # on another drive of Windows
        path = str(source.absolute())
    return replace(transcript, extra=with_extra(transcript.extra, **{SOURCE: _utf8(Path(path).as_posix())}))


def note_devices(transcript: Transcript, heard_on: Iterable[tuple[int, str, str]]) -> Transcript:
    """The transcript with a note of what heard it: until when (milliseconds), on which device, why on no other."""
    told = [dict(zip(("until", "device", "why"), each, strict=True)) for each in heard_on]
    noted = json.dumps(told, ensure_ascii=False) if told else None
    return replace(transcript, extra=with_extra(transcript.extra, **{HEARD_ON: noted}))


def devices_of(transcript: Transcript) -> list[dict[str, object]]:
    """What `note_devices` noted: ``until``, ``device`` and ``why`` of each stretch, in order; empty where unknown."""
    try:
        return [dict(each) for each in json.loads(str(transcript.get(HEARD_ON) or "[]"))]
    except (ValueError, TypeError):  # edited by hand
        return []


def note_hotwords(transcript: Transcript, told: Sequence[str], left_out: Sequence[str]) -> Transcript:
    """The transcript with a note of the hotwords that its recogniser was told, and of those left out.

    Without a note it stays where the recogniser does not say what it was told.
    """
    noted = {"told": list(told), "left_out": list(left_out[:MOST_LEFT_OUT]), "count_left_out": len(left_out)}
    text = json.dumps(noted, ensure_ascii=False) if told else None
    return replace(transcript, extra=with_extra(transcript.extra, **{HOTWORDS: text}))


def hotwords_of(transcript: Transcript) -> dict[str, object] | None:
    """What `note_hotwords` noted: ``told`` and ``left_out``, the first 100, in order, and ``count_left_out``."""
    try:
        return dict(json.loads(str(transcript.get(HOTWORDS)))) if transcript.get(HOTWORDS) else None
    except (ValueError, TypeError):  # edited by hand
        return None


def other_source(transcript: Transcript | None, source: Path, record: Path) -> str:
    """The file that a record was made from, where that is not ``source``; empty where it is, or is not known.

    A file of the same name counts as the same where the old one is gone: files are moved.
    """
    noted = str(transcript.get(SOURCE) or "") if transcript else ""
    old = record.parent / noted
    if not noted or same_file(old, source) or (old.name == _utf8(source.name) and not old.exists()):
        return ""
    return os.path.normpath(old)


def without_notes(transcript: Transcript) -> Transcript:
    """The transcript without what its record noted about files and options."""
    return replace(transcript, extra=with_extra(transcript.extra, **dict.fromkeys(NOTES)))


def deliver(
    transcript: Transcript, files: Mapping[Path, bytes], record: Path, *, profile: Profile, partial: bool = False
) -> None:
    """Write a result: first the record with the hashes of all files, then the files, each whole or not at all.

    A run that is killed in between knows its files again: the hashes of their last contents stay noted. A ``partial``
    result is noted in the record of a complete one and does not replace it.

    Raises:
        InputError: a file cannot be written.
    """
    earlier = read_record(record)
    known = written_by(earlier)
    if partial and earlier and not earlier.get(PARTIAL):
        transcript, partial = earlier, False
    hashes = {name: each for name, each in known.items() if record.with_name(name).exists()}
    hashes |= {path.name: _newest_first(hash_of(data), known.get(path.name, [])) for path, data in files.items()}
    notes = {WRITTEN: json.dumps(hashes), PROFILE: json.dumps(_differing(profile)), PARTIAL: partial or None}
    write(replace(transcript, source=_utf8(transcript.source), extra=with_extra(transcript.extra, **notes)), record)
    for path, data in files.items():
        write_whole(path, data)


def rewrite(record: Path, transcript: Transcript, terms: Iterable[str] = ()) -> tuple[Path, ...]:
    """Put ``transcript`` (with other decisions, say) in place of a record, and write its files again.

    Files that somebody has changed since, or removed, are left alone; the others are returned.

    Raises:
        InputError: a file cannot be read or written.
    """
    known = written_by(transcript)
    profile = noted_profile(transcript)
    ours = [path for path in map(record.with_name, known) if is_ours(path, known) and not is_partial(path)]
    alone = without_notes(transcript)
    target = profile.translate.translate
    sides = [path for path in ours if target and (shows_translation(path, target) or shows_both(path))]
    files = encode_outputs(alone, sides, profile, terms)
    own = without_translation(alone) if target else alone
    files |= encode_outputs(own, [path for path in ours if path not in sides], profile, terms)
    deliver(transcript, files, record, profile=profile, partial=bool(transcript.get(PARTIAL)))
    return tuple(ours)


def _utf8(name: str) -> str:
    """A file name as a record can hold it, which is UTF-8 and the name need not be."""
    return name.encode(errors="replace").decode()


def _newest_first(newest: str, before: list[str]) -> list[str]:
    return list(dict.fromkeys([newest, *before]))[:2]


def _differing(profile: Profile) -> dict[str, object]:
    """The options for writing that are not the defaults, by name."""
    parts = ((profile.segment, SegmentOptions()), (profile.output, OutputOptions()))
    target = profile.translate.translate
    return ({"translate": target} if target else {}) | {
        entry.name: getattr(part, entry.name)
        for part, usual in parts
        for entry in fields(part)
        if getattr(part, entry.name) != getattr(usual, entry.name)
    }


def noted_profile(transcript: Transcript) -> Profile:
    """The options that the files of a record were written with; the defaults for what is not noted."""
    try:
        return with_values(Profile(), json.loads(str(transcript.get(PROFILE) or "{}")))
    except (ValueError, TypeError, AttributeError, ToolkitError):  # edited by hand, or by another version
        return Profile()
