"""The inputs of a batch: as for other commands, with what lies in folders within folders, and where it was found."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.batch.place import Input
from toolkit.cli.inputs import (
    MEDIA,
    RECORD,
    RESULTS,
    STDIN,
    holds,
    is_passed_over,
    read_list,
    say_passed,
    without_scheme,
)
from toolkit.errors import InputError, UsageError
from toolkit.fetch.addresses import is_address
from toolkit.formats import is_transcript


def find_inputs(names: Iterable[str], out: Path | None, passed: set[Path] | None = None) -> list[Input | str]:
    """The files and addresses that ``names`` stand for, each once, in order; what lies under ``out`` is no input.

    A file that is missing stays, for its own error later. Files of folders that are no input go to ``passed``.

    Raises:
        UsageError: standard input, or an empty name.
        InputError: a folder without recordings, a pattern that matches nothing, or a list that cannot be read.
    """
    found: dict[Path | str, Input | str] = {}
    for name in names:
        for each in _expand(name, out, set() if passed is None else passed):
            found.setdefault(each if isinstance(each, str) else each.path.resolve(), each)
    return list(found.values())


def _expand(name: str, out: Path | None, passed: set[Path]) -> Iterator[Input | str]:
    name = without_scheme(name)
    path = Path(name)
    if not name:
        raise UsageError("an empty name is no input", fix="write . for the current folder")
    if path == STDIN:
        fix = "name files, folders, or @list.txt; @- reads a list there"
        raise UsageError("a batch does not read standard input", fix=fix)
    if holds(path.is_dir):
        yield from _below(path, out, passed)
    elif name.startswith("@"):
        for line in read_list(Path(name[1:])):
            yield from _expand(line, out, passed)
    elif holds(path.exists) or holds(path.is_symlink):
        yield Input(path, path.parent)
    elif is_address(name):
        yield name
    elif re.search(r"[*?\[]", name):
        yield from _matching(name, out, passed)
    else:
        yield Input(path, path.parent)


def _below(folder: Path, out: Path | None, passed: set[Path]) -> Iterator[Input]:
    """What is in a folder and all within it, by name; hidden files and folders are passed over."""
    apart = None if out is None or _same(out, folder) else out
    other: set[Path] = set()
    found = [Input(path, folder) for path in _walk(folder, apart, other)]
    if not found:
        problem = "no recording or transcript in this folder or in those within it"
        raise InputError(problem, where=str(folder), fix=say_passed(other))
    passed |= other
    yield from found


def _walk(folder: Path, apart: Path | None, passed: set[Path]) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not (apart and _same(here / name, apart))
        )
        paths = [here / name for name in sorted(files) if not name.startswith(".")]
        passed.update(filter(is_passed_over, paths))
        recordings = [path for path in paths if path.suffix.lower() in MEDIA]
        stems = {path.stem for path in recordings}
        yield from (path for path in paths if path.suffix.lower() in MEDIA or _is_source(path, stems))


def _is_source(path: Path, stems: set[str]) -> bool:
    """Whether a file is a transcript to work on, not something that was made of a recording beside it."""
    if RECORD.search(path.name) or not is_transcript(path) or path.stem.endswith(RESULTS):
        return False
    parts = path.name.split(".")
    return not any(".".join(parts[:count]) in stems for count in range(1, len(parts)))


def _matching(pattern: str, out: Path | None, passed: set[Path]) -> Iterator[Input]:
    from glob import glob

    matches = sorted(map(Path, glob(pattern, recursive=True)))  # noqa: PTH207 - Path.glob takes no absolute ones
    if not matches:
        raise InputError("nothing matches this pattern", where=pattern)
    fixed = Path(re.split(r"[*?\[]", pattern)[0] + "x").parent
    for match in matches:
        if match.is_dir():
            yield from _below(match, out, passed)
        else:
            yield Input(match, fixed)


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
