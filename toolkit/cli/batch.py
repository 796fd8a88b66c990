"""`zimu run` with workers: many inputs at once, by a plan, with a manifest of what is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Flag
from toolkit.errors import InputError, UsageError

if TYPE_CHECKING:
    from toolkit.batch import Conduct, Event, Manifest, Plan, Setup
    from toolkit.cli.addresses import Desk

    Listener = Callable[[Event], None]

FLAGS = (
    Flag("--workers", "many at once: how many; 0 for one per GPU, or per 4 cores", "N"),
    Flag("--plan", "show what would be done, with lengths; like --dry-run for many inputs"),
    Flag("--retry-failed", "try again what failed in an earlier run of the batch"),
    Flag("--fail-fast", "begin nothing more after the first failure"),
    Flag("--run-dir", "where the batch is written down; else .zimu-batch under -o", "FOLDER"),
    Flag("--executor", "who works: local (the default), or ray (the extra 'ray')", "NAME"),
    Flag("--address", "the Ray cluster: HOST:PORT, ray://HOST:PORT, or auto", "ADDRESS"),
    Flag("--log-format", "jsonl: each event as a line of JSON on standard error", "NAME"),
    Flag("--metrics", "keep sums for Prometheus in a text file", "FILE"),
)
"""Flags that are for many inputs; any of them makes a batch of them."""


def is_batch(call: Call) -> bool:
    """Whether a call is for many inputs at once."""
    return any(call.text(flag.key) for flag in FLAGS)


def do_batch(call: Call, at: Desk) -> int:
    """Plan a batch, show it, have it done, and sum it up; the exit code.

    Raises:
        ToolkitError: something that concerns all inputs, and is known before the first is begun.
    """
    from toolkit.batch import Event, open_manifest, summarise
    from toolkit.batch.manifest import read_manifest
    from toolkit.cli.batch_inputs import gather, make_plan
    from toolkit.cli.batch_report import conclude_batch, show_plan, tell_plan
    from toolkit.cli.inputs import count_suffixes

    began = monotonic()
    _check(call, at)
    gathered = gather(call)
    if call.on("plan") or call.on("dry_run"):
        return show_plan(call, make_plan(call, at, gathered, read_manifest(gathered.folder)), gathered)
    with open_manifest(gathered.folder) as manifest:
        plan = make_plan(call, at, gathered, manifest.entries)
        setup = _setup(call, at, len(plan.todo))
        if not call.on("quiet") and call.text("log_format") != "jsonl":
            tell_plan(plan, setup, gathered)
        with _listening(call, plan) as tell:
            went = _conduct(call, setup, plan, manifest, tell)
            summary = summarise(plan, went, monotonic() - began)
            error = {"failure": went.error.as_dict()} if went.error else {}
            tell(Event("batch.end", facts={"summary": summary.as_dict(), "interrupted": went.interrupted, **error}))
    return conclude_batch(call, plan, went, summary, passed=count_suffixes(gathered.passed))


def _conduct(call: Call, setup: Setup, plan: Plan, manifest: Manifest, tell: Listener) -> Conduct:
    """The plan carried out by the executor that the call names."""
    from toolkit.batch import Conduct, Event, conduct, load_executor

    sums = {"todo": len(plan.todo), "done": len(plan.done), "failed": len(plan.failed) + len(plan.impossible)}
    tell(Event("batch.start", facts={**sums, "length": plan.length, "workers": len(setup.posts)}))
    for outcome in plan.impossible:
        tell(Event("input.failed", outcome.label, outcome=outcome))
    if not plan.todo or (call.on("fail_fast") and plan.impossible):
        return Conduct(left=list(plan.todo))
    with load_executor(call.text("executor") or "local")(setup) as executor:
        return conduct(plan, executor, manifest, tell, fail_fast=call.on("fail_fast"))


@contextmanager
def _listening(call: Call, plan: Plan) -> Iterator[Listener]:
    """What the events of a batch are told to: whoever watches, and the metrics."""
    from toolkit.batch.metrics import Metrics
    from toolkit.cli.batch_views import view

    with view(call, plan) as watching:
        metrics = Metrics(Path(call.text("metrics"))) if call.text("metrics") else None

        def tell(event: Event) -> None:
            watching(event)
            if metrics:
                metrics(event)

        yield tell


def _check(call: Call, at: Desk) -> None:
    """See that the flags make sense, and read the lexicon once, so that its faults are told before the start.

    Raises:
        UsageError: flags that do not go together, or no number of workers.
        InputError: the metrics cannot be written where they are to go.
        LexiconError: a lexicon with faults.
    """
    from toolkit.pipeline import load_terms

    log_format = call.text("log_format")
    if log_format not in ("", "text", "jsonl"):
        raise UsageError(f"no log format '{log_format}'", where="--log-format", fix="known are text, jsonl")
    if call.text("address") and call.text("executor") != "ray":
        raise UsageError("--address is for a cluster", fix="add --executor ray")
    if not (call.text("workers") or "0").isdecimal():
        raise UsageError(f"'{call.text('workers')}' workers", where="--workers", fix="give a number, or 0 to choose it")
    _check_metrics(call.text("metrics"))
    load_terms(at.profile)


def _check_metrics(name: str) -> None:
    folder = Path(name).parent
    if name and not folder.is_dir():
        raise InputError("no such folder for the metrics", where=str(folder), fix="make it first")
    if name and (Path(name).is_dir() or not os.access(folder, os.W_OK)):
        raise InputError("the metrics cannot be written there", where=name, fix="name a file in a folder of your own")


def _setup(call: Call, at: Desk, tasks: int) -> Setup:
    """Who is to work, and with what."""
    from toolkit.batch import Setup, share_out

    workers = int(call.text("workers") or 0)
    posts = share_out(at.profile.transcribe, workers, tasks=tasks)
    return Setup(at.profile, posts, call.text("address"), workers)
