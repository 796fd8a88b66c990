"""What a job is: the files it reads and writes, how it tells of its progress, and what becomes of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cues import Transcript
from toolkit.errors import InputError
from toolkit.formats import is_transcript
from toolkit.locks import lock_of
from toolkit.outputs import JOURNAL, RECORD, names_file, plan_outputs, same_file
from toolkit.profile import Profile

if TYPE_CHECKING:
    from toolkit.fetch.objects import Remote
    from toolkit.translate.values import Translation


LONGEST = 255
"""The longest name of a file that common file systems take, in bytes."""


@dataclass(frozen=True)
class Progress:
    """How far a job is: its stage (``fetch``, ``transcribe``, ``correct``, ``segment``, ``write``, ``translate``).

    ``done`` of ``total`` milliseconds of the recording are heard, or bytes of it fetched, or lines translated;
    ``total`` 0 is unknown. ``note`` is what it just heard.
    """

    stage: str
    done: int = 0
    total: int = 0
    note: str = ""


Listener = Callable[[Progress], None]
"""Is told of every step; what it raises ends the job."""


@dataclass(frozen=True)
class Job:
    """What is to be done: a recording or transcript, the options, and the files to write.

    ``journal`` is None for a transcript, ``record`` where none is to be kept. ``named`` says that a person named the
    output file, which may then be replaced whoever wrote it. ``remote`` is where the source has to be fetched from
    first; until then there need be no file.
    """

    source: Path
    profile: Profile
    outputs: tuple[Path, ...]
    journal: Path | None = None
    record: Path | None = None
    named: bool = False
    remote: Remote | None = None

    @property
    def label(self) -> str:
        """What the input is called in messages: the path of a file, or its address."""
        return self.remote.url if self.remote else str(self.source)


@dataclass(frozen=True)
class Result:
    """What became of a job.

    ``written`` are the files for the reader, ``resumed_from`` is how many milliseconds an earlier run had heard,
    ``seconds`` the time it took, ``warnings`` what a person should know, ``translation`` is there if one was asked
    for: its texts and flags, one for each cue that is shown. Without ``complete``, this is what there was
    when Ctrl-C came.
    """

    job: Job
    transcript: Transcript
    written: tuple[Path, ...]
    resumed_from: int = 0
    complete: bool = True
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    translation: Translation | None = None


class Interrupted(KeyboardInterrupt):
    """Ctrl-C while a recording was heard; ``result`` tells what is kept of it and where."""

    def __init__(self, result: Result) -> None:
        super().__init__(f"interrupted; {', '.join(map(str, result.written)) or 'nothing'} written")
        self.result = result


def plan_job(source: Path, profile: Profile, *, out: Path | str | None = None, remote: Remote | None = None) -> Job:
    """The job on a recording or transcript.

    Journal and record stand beside what it writes. The journal is called after the recording, so that it is heard once
    whatever is made of it, or after the file written where that name would be too long; the record is called after the
    file that it belongs to. ``out`` is a file or a folder, see
    `toolkit.outputs.plan_outputs`. With ``remote`` the source is what will be fetched from there.

    Raises:
        InputError: there is no such file.
        UsageError: what is asked for is impossible: formats that do not go together, the source as output.
        FormatError: no format has the suffix of ``out``.
    """
    if remote is None and (not source.exists() or source.is_dir()):
        raise InputError("is a folder" if source.is_dir() else "no such file", where=str(source))
    outputs = plan_outputs(source, profile.output, out)
    record = outputs[0].with_name(f"{outputs[0].stem}{RECORD}")
    return Job(
        source,
        profile,
        outputs,
        journal=None if is_transcript(source) else _journal(source, outputs[0]),
        record=None if same_file(record, source) else record,
        named=names_file(out),
        remote=remote,
    )


def _journal(source: Path, output: Path) -> Path:
    """The journal of a recording beside what is written."""
    name = f"{source.stem}{JOURNAL}"
    too_long = len(os.fsencode(lock_of(Path(name)).name)) > LONGEST
    return output.with_name(f"{output.stem}{JOURNAL}" if too_long else name)
