"""The files of a job: how they are called, that nobody else's is replaced, and how they are written."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cues import Transcript
from toolkit.errors import InputError, UsageError
from toolkit.formats import FORMATS, GROUP, SUFFIXES, encode, format_of, is_transcript, names
from toolkit.formats.files import write_whole
from toolkit.profile import OutputOptions, Profile, SegmentOptions
from toolkit.translated import in_one_language, shows_translation, translated_name

if TYPE_CHECKING:
    from toolkit.formats.writing import Wrap

JOURNAL, RECORD = ".cues.jsonl", ".edits.jsonl"
"""What stands behind the name of a job in the names of its journal and its record."""


def plan_outputs(source: Path, options: OutputOptions, out: Path | str | None = None) -> tuple[Path, ...]:
    """What a job on ``source`` writes: a file for each format, beside the source or where ``out`` says.

    ``out`` is a folder if it exists as one, ends with a separator or has no suffix, else the one file to write. Without
    a format asked for, a recording becomes SRT and a transcript keeps its format. Where that would be the source itself
    all names get ``.corrected``.

    >>> options = OutputOptions(output_format=("srt", "vtt"))
    >>> [path.as_posix() for path in plan_outputs(Path("talk.mp4"), options, "out/")]
    ['out/talk.srt', 'out/talk.vtt']

    Raises:
        UsageError: an unknown format, several formats for one file, two that share a suffix, or the source as output.
        FormatError: no format has the suffix of ``out``.
    """
    suffixes = _suffixes(source, options.output_format)
    if names_file(out):
        return (_named(Path(out or ""), source, options),)
    folder = source.parent if out is None else Path(out)
    for stem in (source.stem, f"{source.stem}.corrected"):
        paths = tuple(folder / f"{stem}{suffix}" for suffix in suffixes)
        if not any(same_file(path, source) for path in paths):
            break
    return paths


def plan_translation(
    source: Path, options: OutputOptions, target: str, out: Path | str | None = None
) -> tuple[Path, ...]:
    """What a translation of ``source`` is written to: ``talk.en.srt`` for ``talk.srt`` and for ``talk.zh-Hans.srt``.

    ``out`` is as for `plan_outputs`.

    >>> [path.as_posix() for path in plan_translation(Path("talk.srt"), OutputOptions(), "en")]
    ['talk.en.srt']

    Raises:
        UsageError: as `plan_outputs`, or the result would be the source itself.
        FormatError: no format has the suffix of ``out``.
    """
    if names_file(out):
        return (_named(Path(out or ""), source, options),)
    folder = source.parent if out is None else Path(out)
    paths = tuple(
        translated_name(folder / f"{source.stem}{suffix}", target)
        for suffix in _suffixes(source, options.output_format)
    )
    if any(same_file(path, source) for path in paths):
        fix = "name the file to write with -o, or choose another --to"
        raise UsageError("its name says that it is in that language", where=str(source), fix=fix)
    return paths


def names_file(out: Path | str | None) -> bool:
    """Whether ``out`` is meant as the one file to write, not as a folder.

    >>> [names_file(out) for out in ("talk.srt", "subtitles", "talks.2024/", None)]
    [True, False, False, False]
    """
    if out is None or str(out).endswith(tuple(filter(None, (os.sep, os.altsep)))) or Path(out).is_dir():
        return False
    return bool(Path(out).suffix)


def partial_name(output: Path) -> Path:
    """Where an interrupted job leaves what it has: ``talk.partial.srt``; the final name always means complete."""
    return output.with_name(f"{output.stem}.partial{output.suffix}")


def is_partial(output: Path) -> bool:
    """Whether a file is what an interrupted job left."""
    return Path(output.stem).suffix == ".partial"


def encode_outputs(
    transcript: Transcript, outputs: Iterable[Path], profile: Profile, terms: Iterable[str] = ()
) -> dict[Path, bytes]:
    """The content of each output, lines broken for reading where cues are segmented, never inside ``terms``.

    Where the profile translates, files whose name says so show the translation alone, see `toolkit.translated`.

    Raises:
        FormatError: a format cannot hold the transcript.
    """
    target, terms = profile.translate.translate, frozenset(terms)
    wrap = _layout(profile.segment, terms)
    in_two = _layout(replace(profile.segment, lines=max(2, profile.segment.lines)), terms)
    made: dict[Path, bytes] = {}
    for path in outputs:
        translated = bool(target) and shows_translation(path, target)
        side, lines = (in_one_language(transcript, target), in_two) if translated else (transcript, wrap)
        made[path] = encode(side, format=_format_for(path, profile.output), output=profile.output, wrap=lines)
    return made


def refuse_foreign(outputs: Iterable[Path], written: dict[str, list[str]]) -> None:
    """Refuse to replace files whose content is not in ``written``: hashes, by name, of what an earlier run wrote.

    Raises:
        InputError: a file was not written by an earlier run, or was changed since.
    """
    for path in outputs:
        if path.exists() and not is_ours(path, written):
            problem = "exists and was not written by zimu, or was changed since"
            raise InputError(problem, where=str(path), fix="use --overwrite or another -o")


def is_ours(path: Path, written: dict[str, list[str]]) -> bool:
    """Whether a file is there and as an earlier run wrote it.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return path.is_file() and hash_of(path.read_bytes()) in written.get(path.name, ())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=str(path)) from None


def hash_of(data: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    return sha256(data).hexdigest()


def set_aside(path: Path) -> Path | None:
    """Rename a file to the first free ``NAME.1.suffix``, ``NAME.2.suffix`` …; None where there is nothing to keep."""
    return path.rename(_free_name(path)) if path.exists() and path.stat().st_size else None


def keep_copy(path: Path) -> Path:
    """Copy a file to the first free ``NAME.1.suffix``, ``NAME.2.suffix`` …"""
    kept = _free_name(path)
    write_whole(kept, path.read_bytes())
    return kept


def same_file(one: Path, other: Path) -> bool:
    """Whether two names lead to one file, through links or the case of letters too; it need not exist."""
    try:
        return one.samefile(other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)


def is_numbered(other: Path, path: Path) -> bool:
    """Whether ``other`` is what `set_aside` makes of the name of ``path``.

    >>> is_numbered(Path("talk.cues.12.jsonl"), Path("talk.cues.jsonl"))
    True
    """
    return (
        Path(other.stem).stem == path.stem and other.suffix == path.suffix and Path(other.stem).suffix[1:].isdecimal()
    )


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.stem}.{number}{path.suffix}") for number in count(1))
    return next(name for name in names if not name.exists())


def _suffixes(source: Path, formats: tuple[str, ...]) -> tuple[str, ...]:
    if not formats:
        return (source.suffix if is_transcript(source) else ".srt",)
    suffixes = tuple(dict.fromkeys(map(_suffix_of, formats)))
    if len(suffixes) < len(set(formats)):
        problem = f"{', '.join(formats)}: two of these formats have the same suffix"
        raise UsageError(problem, fix="ask for one of them at a time")
    return suffixes


def _suffix_of(name: str) -> str:
    """The suffix of a format's files, the first of several."""
    if name not in names():
        from toolkit.plugins import find

        find(name, FORMATS, group=GROUP, kind="format")
    return next((suffix for suffix in (*SUFFIXES, ".json") if _may_have(name, suffix)), f".{name}")


def _may_have(name: str, suffix: str) -> bool:
    """Whether files of a format may have a suffix; the formats of JSON share one."""
    return SUFFIXES.get(suffix) == name or (suffix == ".json" and name in ("whisper", "bilibili")) or suffix[1:] == name


def _named(path: Path, source: Path, options: OutputOptions) -> Path:
    name, asked = format_of(path), options.output_format
    if len(asked) > 1:
        raise UsageError("-o names one file, and several formats are asked for", where=str(path), fix="name a folder")
    if asked and not _may_have(asked[0], path.suffix.lower()):
        raise UsageError(f"-o says {name} and --output-format {asked[0]}", where=str(path), fix="leave out one of them")
    if same_file(path, source):
        raise UsageError("the output is the input itself", where=str(path), fix="choose another name with -o")
    return path


def _format_for(path: Path, options: OutputOptions) -> str:
    """The format of an output: the one asked for that may have its suffix, else what the suffix stands for."""
    asked = (name for name in options.output_format if _may_have(name, path.suffix.lower()))
    return next(asked, "") or format_of(path)


def _layout(options: SegmentOptions, terms: frozenset[str]) -> Wrap | None:
    """How the text of a cue is shown: its punctuation, and its lines; None where cues stay as they are."""
    if not options.segment:
        return None
    from toolkit.breaks import lay_out

    return partial(lay_out, options=options, terms=terms)
