"""Which files a command writes for which input, and that no two of them are one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from toolkit.errors import InputError, UsageError

S = TypeVar("S", Path, str, Path | str)


def need_folder(out: str, sources: Iterable[Path | str], flag: str = "-o") -> None:
    """See that ``out`` can take what comes of all sources: one file cannot take several.

    Raises:
        UsageError: it names a file.
    """
    from toolkit.outputs import names_file

    if out and len(tuple(sources)) > 1 and (names_file(out) or Path(out).is_file()):
        raise UsageError(f"several inputs, and {flag} names one file", where=out, fix=f"name a folder: {flag} {out}/")


def refuse_collisions(targets: Mapping[S, Iterable[Path]]) -> None:
    """See that no two sources write one file, and that none writes what another reads.

    Raises:
        UsageError: two do; names them and the file.
    """
    readers = {_identity(source): source for source in targets}
    writers: dict[str, S] = {}
    for source, paths in targets.items():
        for path in paths:
            key = _identity(path)
            other = writers.setdefault(key, source)
            if other != source:
                problem = f"{other} and {source} would both write {path}"
                raise UsageError(problem, fix="give them different folders with -o, one run each, or rename one")
            if key in readers and readers[key] != source:
                problem = f"{source} would replace {readers[key]}, which is an input too"
                raise UsageError(problem, fix="choose another place with -o")


def refuse_loss(files: Mapping[Path, bytes]) -> None:
    """See that no file with other content is replaced.

    Raises:
        InputError: one would be.
    """
    for path, data in files.items():
        if path.is_file() and path.read_bytes() != data:
            raise InputError(
                "exists and is something else", where=str(path), fix="use --overwrite, or another place with -o"
            )


def _identity(path: Path | str) -> str:
    """What two names of one file have in common; on Windows and macOS the case of letters does not tell files apart."""
    real = os.path.realpath(path)
    return real.casefold() if sys.platform in ("win32", "darwin") else real
