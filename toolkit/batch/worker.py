"""What a worker does, whoever started it: one task after another, with models that stay loaded."""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from toolkit.batch.crew import Post
from toolkit.batch.events import Event
from toolkit.batch.tasks import Outcome, Task, Video, failure_of
from toolkit.errors import FormatError, MediaError
from toolkit.fetch.copies import at_hand
from toolkit.fetch.download import Wish, fetch_item
from toolkit.invented import apart
from toolkit.jobs import Interrupted, Job, Listener, Progress, Result, plan_job
from toolkit.lexicon import Lexicon
from toolkit.pipeline import load_terms, run_job
from toolkit.profile import Profile
from toolkit.records import devices_of

PACE = 0.25
"""Seconds between two reports on one stage."""

Tell = Callable[[Event], None]


@dataclass(frozen=True)
class Bench:
    """What a worker keeps from task to task: its post, its options, the lexicon."""

    post: Post
    profile: Profile
    lexicon: Lexicon


def prepare(profile: Profile, post: Post) -> Bench:
    """Make a worker ready; the model is loaded with the first task that needs it.

    Raises:
        LexiconError: a lexicon with faults.
    """
    own = post.own(profile)
    return Bench(post, own, load_terms(own))


def work_on(task: Task, bench: Bench, tell: Tell) -> Outcome:
    """Do a task and say what became of it; an error ends in its outcome, with its traceback."""
    began, listener = monotonic(), _paced(task, bench, tell)
    try:
        with at_hand(_job(task, bench, listener), listener) as job:
            return _outcome(task, bench, run_job(job, listener=listener, lexicon=bench.lexicon))
    except Interrupted as stopped:
        return replace(_outcome(task, bench, stopped.result), state="interrupted")
    except KeyboardInterrupt:
        return Outcome(task.label, task.key, "interrupted", worker=bench.post.name)
    except Exception as error:
        failed = Outcome(task.label, task.key, "failed", worker=bench.post.name, failure=failure_of(error))
        seconds, lasting = round(monotonic() - began, 3), is_of_input(error, task)
        return replace(failed, seconds=seconds, traceback=traceback.format_exc(), lasting=lasting)


def is_of_input(error: BaseException, task: Task) -> bool:
    """Whether a failure belongs to the input itself, and not to what is around it: a disk, a network, other files.

    A bug counts among the former: what met it will meet it again.
    """
    job = task.work if isinstance(task.work, Job) else None
    if isinstance(error, MediaError):
        return job is None or job.remote is not None or (job.source.is_file() and os.access(job.source, os.R_OK))
    if isinstance(error, FormatError):
        return job is not None and error.path == str(job.source)
    return failure_of(error)["error"] == "Bug"


class Relay(logging.Handler):
    """Passes on what the library logs in a worker."""

    def __init__(self, worker: str, tell: Tell) -> None:
        super().__init__(logging.WARNING)
        self.worker, self.tell = worker, tell

    def emit(self, record: logging.LogRecord) -> None:
        facts = {"level": record.levelno, "message": record.getMessage()}
        self.tell(Event("log", worker=self.worker, facts=facts))


def _job(task: Task, bench: Bench, listener: Listener) -> Job:
    """The job of a task with the options of this worker; a video is fetched first."""
    if isinstance(task.work, Job):
        return replace(task.work, profile=bench.profile)
    video: Video = task.work
    wish = Wish(bench.profile.fetch, spoken=bench.profile.transcribe.language)
    fetched = fetch_item(video.item, wish, cache=video.cache, listener=listener)
    return plan_job(fetched.source, bench.profile, out=f"{video.folder}/")


def _paced(task: Task, bench: Bench, tell: Tell) -> Listener:
    """A listener that passes on the first report of each stage, and then one in a while."""
    stage, latest = "", 0.0

    def listen(progress: Progress) -> None:
        nonlocal stage, latest
        now = monotonic()
        if progress.stage == stage and now - latest < PACE:
            return
        stage, latest = progress.stage, now
        facts = {"stage": stage, "done": progress.done, "total": progress.total}
        tell(Event("input.progress", task.label, bench.post.name, facts))

    return listen


def _outcome(task: Task, bench: Bench, result: Result) -> Outcome:
    shown = apart(result.transcript.cues)[0]
    heard = max((cue.end or 0 for cue in result.transcript.cues), default=0)
    devices = dict.fromkeys(str(each.get("device")) for each in devices_of(result.transcript))
    return Outcome(
        task.label,
        task.key,
        "done",
        tuple(map(str, result.written)),
        heard=max(heard, task.length) if result.complete else heard,
        resumed=result.resumed_from,
        seconds=round(result.seconds, 3),
        cues=len(shown),
        edits=sum(edit.applied for cue in shown for edit in cue.edits),
        language=result.transcript.language or "",
        device=", ".join(devices),
        worker=bench.post.name,
        warnings=result.warnings,
    )
