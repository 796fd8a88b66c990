"""Where the results of each input go: the tree of the inputs again under another folder, and no name twice."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.jobs import Job
from toolkit.outputs import JOURNAL, RECORD


@dataclass(frozen=True)
class Input:
    """A file of a batch, and the folder that was named to find it: its own where it was named itself."""

    path: Path
    root: Path


def base_of(inputs: Iterable[Input]) -> Path:
    """The folder that all inputs are in; what lies below it is mirrored.

    >>> base_of([Input(Path("/talks/x/a.mp4"), Path("/talks/x")), Input(Path("/talks/y/a.mp4"), Path("/talks/y"))])
    PosixPath('/talks')
    """
    roots = {os.path.abspath(each.root) for each in inputs}  # noqa: PTH100 - links must stay as they were typed
    try:
        return Path(os.path.commonpath(roots)) if roots else Path()
    except ValueError:  # several drives of Windows
        return Path()


def mirrored(path: Path, base: Path, out: Path | None) -> Path:
    """The folder for the results of a file: beside it, or as deep under ``out`` as it is under ``base``.

    >>> mirrored(Path("/talks/x/a.mp4"), Path("/talks"), Path("subs")).as_posix()
    'subs/x'
    """
    if out is None:
        return path.parent
    folder = Path(os.path.abspath(path.parent))  # noqa: PTH100
    try:
        return out / folder.relative_to(base)
    except ValueError:
        return out / folder.relative_to(folder.anchor)


def place_all(jobs: Mapping[str, Job], earlier: Mapping[str, str]) -> dict[str, Job]:
    """The jobs by label, those whose names meet under the recording's whole name: ``a.wav.srt`` beside ``a.srt``.

    ``earlier`` are names given by an earlier run, by label: they are kept, so that an input that is added later takes
    no name from another. Names that differ only in case, or in how Unicode composes them, are one name to macOS.
    """
    owners = {_identity(Path(stem)): label for label, stem in earlier.items() if label in jobs}
    sources = {_identity(job.source) for job in jobs.values()}
    placed: dict[str, Job] = {}
    for label, job in jobs.items():
        names = (job.outputs[0].stem, job.source.name, *(f"{job.source.name}.{number}" for number in range(2, 1000)))
        for name in names:
            stem = job.outputs[0].with_name(name)
            named = job if name == job.outputs[0].stem else _named(job, name)
            meets_input = any(_identity(path) in sources for path in named.outputs)
            if not meets_input and owners.setdefault(_identity(stem), label) == label:
                placed[label] = named
                break
    return placed


def stem_of(job: Job) -> str:
    """What all files of a job are called but for their suffixes, with the folder: what `place_all` keeps apart."""
    return str(job.outputs[0].with_suffix(""))


def _named(job: Job, name: str) -> Job:
    outputs = tuple(path.with_name(f"{name}{path.suffix}") for path in job.outputs)
    return replace(
        job,
        outputs=outputs,
        journal=job.journal and job.journal.with_name(f"{name}{JOURNAL}"),
        record=job.record and job.record.with_name(f"{name}{RECORD}"),
    )


def _identity(path: Path) -> str:
    return unicodedata.normalize("NFC", os.path.abspath(path)).casefold()  # noqa: PTH100
