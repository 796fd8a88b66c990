"""From the inputs of a command line to the plan of a batch: what is found, where results go, what is to be done."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.batch import Entry, Input, Plan, place_all, plan_batch
from toolkit.batch.manifest import FOLDER
from toolkit.batch.place import base_of, mirrored
from toolkit.batch.plan import name_of
from toolkit.batch.tasks import Video
from toolkit.cli.addresses import Desk, find_all
from toolkit.cli.command import Call
from toolkit.cli.inputs import require
from toolkit.cli.remote import remote_tree
from toolkit.cli.report import argument
from toolkit.cli.trees import find_inputs
from toolkit.errors import InputError, ToolkitError, UsageError
from toolkit.fetch.filesystems import is_remote
from toolkit.formats import is_transcript
from toolkit.jobs import Job, plan_job
from toolkit.outputs import names_file
from toolkit.profile import Profile

Work = Job | Video | ToolkitError


@dataclass(frozen=True)
class Gathered:
    """The inputs of a batch, the folder of its results (None for beside the inputs), and where it is written down.

    ``passed`` are the files in the folders of the inputs that are none by their suffixes.
    """

    inputs: tuple[Input | str, ...]
    out: Path | None
    folder: Path
    passed: frozenset[Path] = frozenset()


def gather(call: Call) -> Gathered:
    """Find the inputs of a call.

    Raises:
        UsageError: ``-o`` names a file.
        InputError: inputs that stand for nothing.
    """
    asked = call.text("output")
    if asked and (names_file(asked) or Path(asked).is_file()):
        raise UsageError("a batch writes into a folder, and -o names a file", where=asked, fix=f"-o {asked}/")
    out = Path(asked) if asked else None
    passed: set[Path] = set()
    inputs = tuple(find_inputs(call.inputs, out, passed))
    base = base_of(_files(inputs)) if _files(inputs) else Path()
    folder = Path(call.text("run_dir")) if call.text("run_dir") else (out or base) / FOLDER
    return Gathered(inputs, out, folder, frozenset(passed))


def make_plan(call: Call, at: Desk, gathered: Gathered, earlier: Mapping[str, Entry]) -> Plan:
    """What is to be done of what was found.

    Raises:
        UsageError: what is asked for is impossible.
        InputError: a lexicon cannot be read.
    """
    base = base_of(_files(gathered.inputs))
    made = {os.path.realpath(path) for entry in earlier.values() for path in entry.outputs}
    far = [each for each in gathered.inputs if isinstance(each, str) and is_remote(each)]
    work: dict[str, Work] = {**remote_tree(call, far, at, gathered.out or Path())}
    for each in gathered.inputs:
        if each in far:
            continue
        if isinstance(each, str):
            work |= _videos(each, at, gathered)
        elif os.path.realpath(each.path) not in made:
            folder = mirrored(each.path, base, gathered.out)
            work[str(each.path)] = _job(call, at.profile, each.path, folder)
    jobs = {label: job for label, job in work.items() if isinstance(job, Job)}
    placed = place_all(jobs, _names_before(jobs, earlier))
    return plan_batch({**work, **placed}, at.profile, earlier, retry_failed=call.on("retry_failed"))


def _files(inputs: Iterable[Input | str]) -> list[Input]:
    return [each for each in inputs if isinstance(each, Input)]


def _job(call: Call, profile: Profile, source: Path, folder: Path) -> Job | ToolkitError:
    try:
        require(source)
        if call.command == "transcribe" and is_transcript(source):
            fix = f"'zimu run {argument(source)}' repairs and cuts it"
            raise InputError("a transcript, not a recording", where=str(source), fix=fix)
        return plan_job(source, profile, out=f"{folder}{os.sep}")
    except InputError as error:
        return error


def _videos(address: str, at: Desk, gathered: Gathered) -> dict[str, Work]:
    found = find_all([address], at)
    folder = gathered.out or Path()
    return {
        label: item if isinstance(item, ToolkitError) else Video(item, folder, at.cache)
        for label, item in found.items()
    }


def _names_before(jobs: Mapping[str, Job], earlier: Mapping[str, Entry]) -> dict[str, str]:
    """The names, with folders but without suffixes, that an earlier run gave to results that go to the same folder."""
    known = {label: earlier.get(name_of(label, job)) for label, job in jobs.items()}
    firsts = {label: Path(entry.outputs[0]) for label, entry in known.items() if entry and entry.outputs}
    return {
        label: str(first.with_suffix(""))
        for label, first in firsts.items()
        if first.parent == Path(os.path.abspath(jobs[label].outputs[0].parent))  # noqa: PTH100
    }
