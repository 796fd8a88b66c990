"""The plan of a batch: what is to be done, longest first, what is done already, and what failed before and stays so."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.batch.keys import key_of_address, key_of_file, key_of_options, key_of_remote
from toolkit.batch.manifest import Entry
from toolkit.batch.tasks import Outcome, Task, Video, failure_of
from toolkit.errors import ToolkitError
from toolkit.formats import is_transcript
from toolkit.jobs import Job
from toolkit.media import duration
from toolkit.profile import Profile


@dataclass(frozen=True)
class Plan:
    """What a batch comes to before it starts.

    ``todo`` are tasks in the order in which they are begun, ``done`` what stands from earlier runs, ``failed`` what
    failed in them and is not tried again, ``impossible`` inputs of which nothing can be made, each with its reason.
    ``entries`` are what the manifest will know of each task besides its outcome.
    """

    todo: tuple[Task, ...] = ()
    done: tuple[Outcome, ...] = ()
    failed: tuple[Outcome, ...] = ()
    impossible: tuple[Outcome, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """How long all that is to be done is, in milliseconds, as far as it is known."""
        return sum(task.length for task in self.todo)


Work = Job | Video | ToolkitError


def plan_batch(
    work: Mapping[str, Work],
    profile: Profile,
    earlier: Mapping[str, Entry],
    *,
    retry_failed: bool = False,
    looked: Callable[[int], None] | None = None,
) -> Plan:
    """What is to be done of ``work``, inputs by label, after what the manifest says of earlier runs (see `name_of`).

    An input is done when content and options are as they were and all that was written is there; a file whose size and
    time are as they were is not read again. One whose failure is its own stays failed as long, unless ``retry_failed``;
    what failed for another reason is tried again. ``looked`` is told of every input looked at.

    Raises:
        InputError: a lexicon cannot be read.
    """
    options = key_of_options(profile)
    plan = _Sorter(profile, options, earlier, retry_failed)
    for number, (label, each) in enumerate(work.items(), start=1):
        plan.add(label, each)
        if looked:
            looked(number)
    todo = sorted(plan.todo, key=lambda task: (task.length, task.size), reverse=True)
    return Plan(tuple(todo), tuple(plan.done), tuple(plan.failed), tuple(plan.impossible), plan.entries)


class _Sorter:
    """Sorts inputs into what is to be done and what is not."""

    def __init__(self, profile: Profile, options: str, earlier: Mapping[str, Entry], retry_failed: bool) -> None:
        self.profile, self.options, self.earlier, self.retry_failed = profile, options, earlier, retry_failed
        self.todo: list[Task] = []
        self.done: list[Outcome] = []
        self.failed: list[Outcome] = []
        self.impossible: list[Outcome] = []
        self.entries: dict[str, Entry] = {}

    def add(self, label: str, work: Work) -> None:
        known = self.earlier.get(name_of(label, work))
        try:
            if isinstance(work, ToolkitError):
                raise work
            stat = _stat(work)
            key = self._key(label, work, stat, known)
        except (ToolkitError, OSError) as error:
            self.impossible.append(failed_outcome(label, error))
            return
        entry = Entry(Outcome(label, key, "failed"), *_paths(work), stat, self.options)
        if known and known.outcome.key == key and (known.outputs == entry.outputs or not entry.source):
            if known.stands:
                self.done.append(replace(known.outcome, label=label))
                return
            if known.outcome.lasting and not self.retry_failed:
                self.failed.append(replace(known.outcome, label=label))
                return
        self.todo.append(Task(label, key, work, _length(work), stat[0]))
        self.entries[label] = entry

    def _key(self, label: str, work: Job | Video, stat: tuple[int, int], known: Entry | None) -> str:
        if isinstance(work, Video):
            return key_of_address(label, self.options)
        if work.remote:
            return key_of_remote(work.remote, self.options)
        if known and known.stat == stat and known.options == self.options and known.outcome.key:
            return known.outcome.key
        return key_of_file(work.source, self.profile, self.options)


def failed_outcome(label: str, error: Exception) -> Outcome:
    """The outcome of an input that an error ended before it was begun."""
    return Outcome(label, "", "failed", failure=failure_of(error))


def entry_for(outcome: Outcome, entries: Mapping[str, Entry]) -> Entry:
    """What the manifest is to say of an outcome; where a video went is known only now."""
    entry = replace(entries.get(outcome.label, Entry(outcome)), outcome=outcome)
    return entry if entry.outputs else replace(entry, outputs=tuple(map(_whole, outcome.written)))


def name_of(label: str, work: Work) -> str:
    """By what an input is known in the manifest: the whole path of a file, its address, the label of a video."""
    if isinstance(work, Job):
        return _source(work)
    return label if isinstance(work, Video) else _whole(label)


def _paths(work: Job | Video) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if isinstance(work, Video) else (_source(work), tuple(map(_whole, work.outputs)))


def _source(job: Job) -> str:
    return job.remote.url if job.remote else _whole(job.source)


def _whole(path: Path | str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links stay as they were typed


def _stat(work: Job | Video) -> tuple[int, int]:
    if isinstance(work, Video):
        return 0, 0
    if work.remote:
        return max(work.remote.size, 0), 0
    try:
        found = work.source.stat()
    except OSError:  # key_of_file says it better
        return 0, 0
    return found.st_size, found.st_mtime_ns


def _length(work: Job | Video) -> int:
    """The length of a recording in milliseconds, 0 where it cannot be told: hearing it will say why."""
    if isinstance(work, Video):
        return round(work.item.duration * 1000)
    if is_transcript(work.source) or (work.remote and not work.source.is_file()):
        return 0
    try:
        return duration(work.source)
    except ToolkitError:
        return 0
