"""What a batch consists of: a task for each input, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from toolkit.errors import ToolkitError
from toolkit.fetch.items import Item
from toolkit.jobs import Job

State = Literal["done", "failed", "interrupted"]


@dataclass(frozen=True)
class Video:
    """A video to be fetched by whoever works on it: into the cache, and what is made of it into ``folder``."""

    item: Item
    folder: Path
    cache: Path


@dataclass(frozen=True)
class Task:
    """One input of a batch and what is to be done with it.

    ``label`` is what it is called in messages and known by in the manifest, ``key`` stands for its content and the
    options, ``length`` is that of the recording in milliseconds, 0 unknown, ``size`` that of the file in bytes.
    """

    label: str
    key: str
    work: Job | Video
    length: int = 0
    size: int = 0

    @property
    def outputs(self) -> tuple[Path, ...]:
        """The files that it writes; none is known of a video that is yet to be fetched."""
        return self.work.outputs if isinstance(self.work, Job) else ()


@dataclass(frozen=True)
class Outcome:
    """What became of a task: the files written, what was found, and where it failed the reason and the traceback.

    ``heard`` are the milliseconds of the recording, ``resumed`` those of them that an earlier run had heard,
    ``seconds`` is the time that it took, ``worker`` who did it, ``tries`` how often it was begun. A failure is
    ``lasting`` if it belongs to the recording, so that trying again with the same options would end the same.
    """

    label: str
    key: str
    state: State
    written: tuple[str, ...] = ()
    heard: int = 0
    resumed: int = 0
    seconds: float = 0.0
    cues: int = 0
    edits: int = 0
    language: str = ""
    device: str = ""
    worker: str = ""
    tries: int = 1
    warnings: tuple[str, ...] = ()
    failure: Mapping[str, Any] = field(default_factory=dict)
    traceback: str = ""
    lasting: bool = False

    @property
    def reason(self) -> str:
        """Why it failed, in one line, with the file that it is about where that is another; empty where it did not.

        >>> failure = {"problem": "exists", "where": "out/a.srt", "fix": "use --overwrite"}
        >>> Outcome("a.mp4", "1f", "failed", failure=failure).reason
        'out/a.srt: exists; use --overwrite'
        """
        if not self.failure:
            return ""
        problem, fix, where = (str(self.failure.get(name, "")) for name in ("problem", "fix", "where"))
        line = f"{where}: {problem}" if where not in ("", self.label) else problem
        return f"{line}; {fix}" if fix else line

    def as_dict(self) -> dict[str, Any]:
        """The outcome as JSON holds it, without what is empty."""
        told = {name: value for name, value in asdict(self).items() if value not in ((), "", {}, None)}
        return told if self.lasting else {name: value for name, value in told.items() if name != "lasting"}


def outcome_from_dict(entry: Mapping[str, Any]) -> Outcome:
    """The outcome that `Outcome.as_dict` gave; what is unknown to it is passed over.

    >>> outcome_from_dict(Outcome("a.mp4", "1f", "done", ("a.srt",)).as_dict())  # doctest: +ELLIPSIS
    Outcome(label='a.mp4', key='1f', state='done', written=('a.srt',), ...)
    """
    known = {each.name: entry[each.name] for each in fields(Outcome) if each.name in entry}
    for name in ("written", "warnings"):
        known[name] = tuple(known.get(name, ()))
    return Outcome(**known)


def failure_of(error: BaseException) -> dict[str, object]:
    """An error as a record tells it; one that nobody foresaw is a bug, exit code 70.

    >>> failure_of(ZeroDivisionError("division by zero"))["problem"]
    'ZeroDivisionError: division by zero'
    """
    if isinstance(error, ToolkitError):
        return error.as_dict()
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return ToolkitError(error.strerror.lower(), where=str(error.filename)).as_dict()
    return {"error": "Bug", "problem": f"{type(error).__name__}: {error}".rstrip(": "), "exit_code": 70}
