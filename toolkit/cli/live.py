"""`zimu run --review`: the page that shows what is being heard, and becomes its review."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.addresses import Desk
from toolkit.cli.command import Call
from toolkit.cli.guard import INTERRUPTED, in_words
from toolkit.cli.jobs import Planned, do_jobs
from toolkit.cli.report import argument, say
from toolkit.cli.review import open_browser, port_of
from toolkit.errors import ToolkitError, UsageError
from toolkit.jobs import Job, Listener

if TYPE_CHECKING:
    from toolkit.review.live import Live


def check_live(call: Call, *, batch: bool) -> None:
    """Refuse flags that do not go together.

    Raises:
        UsageError: several at once with a page, or flags of a page that nobody wants.
    """
    if call.on("review") and batch:
        raise UsageError("--review shows one recording", fix="leave out --workers and the other flags for many inputs")
    if not call.on("review") and (call.on("no_open") or call.text("port")):
        raise UsageError("--port and --no-open are for a page", fix="add --review")


def do_live(call: Call, planned: Planned, at: Desk) -> int:
    """Do the one job with a page that shows it, then review it until Ctrl-C; the exit code is that of the job.

    Raises:
        UsageError: several inputs, or one that has no record.
        MissingExtra: the extra ``web`` is not installed.
    """
    from toolkit.review.serve import need_web

    if len(planned) > 1:
        raise UsageError(f"--review shows one input, not {len(planned)}", fix="name one of them")
    for job in planned.values():
        if isinstance(job, Job):
            _record(job)
    need_web()
    port_of(call)
    pages: list[Live] = []
    with ExitStack() as stack:

        @contextmanager
        def watched(job: Job) -> Iterator[Listener]:
            pages.append(_opened(call, job, stack, at))
            try:
                yield pages[0].listen
            except (ToolkitError, OSError) as error:
                pages[0].fail(str(in_words(error) or error))
                raise

        code = do_jobs(call, planned, at, watched)
        if pages and code != INTERRUPTED:
            if not call.on("quiet"):
                what = "what was heard before is on the page" if pages[0].failed else "the page can be edited now"
                say(f"{what}; Ctrl-C ends it")
            sys.stdout.flush()
            pages[0].review()
        return code


def _opened(call: Call, job: Job, stack: ExitStack, at: Desk) -> Live:
    """The page of a job, open as long as ``stack`` is."""
    from toolkit.review.learn import lexicon_file
    from toolkit.review.live import live
    from toolkit.review.serve import Setting

    record = _record(job)

    def opened(address: str, record: Path) -> None:
        print(address, file=sys.stderr if call.on("json") else sys.stdout, flush=True)
        if not call.on("quiet"):
            say(f"what is heard is shown there; decisions will be kept in {record}; Ctrl-C ends both")
        open_browser(call, address)

    media = job.source.resolve() if job.journal else None
    lexicon = lexicon_file(at.profile.correct.lexicon, record)
    return stack.enter_context(live(job, Setting(record, media, lexicon, port_of(call)), opened))


def _record(job: Job) -> Path:
    if job.record is None:
        raise UsageError("a record already", where=str(job.source), fix=f"zimu review {argument(job.source)}")
    return job.record
