"""Recordings behind addresses such as ``s3://``: found before work begins, each with a job; fetched in their turn."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from toolkit.batch.place import Input, base_of, mirrored
from toolkit.cli.addresses import Desk
from toolkit.cli.command import Call
from toolkit.cli.inputs import MEDIA
from toolkit.cli.report import argument
from toolkit.errors import InputError, ToolkitError, UsageError
from toolkit.fetch.copies import copy_of
from toolkit.fetch.objects import Remote, find_remote, place_of
from toolkit.formats import is_transcript
from toolkit.jobs import Job, plan_job

PLACES = ("output", "run_dir", "report", "metrics")
"""Flags that name a place to write to."""

Found = dict[str, Remote | ToolkitError]


def refuse_remote_places(call: Call) -> None:
    """See that results go to a place that the system can write to.

    Raises:
        UsageError: a flag names an address instead.
    """
    for key in PLACES:
        place = call.text(key)
        if "://" in place:
            flag = "-o" if key == "output" else f"--{key.replace('_', '-')}"
            fix = "name a folder, and copy what is in it to there afterwards"
            raise UsageError(f"{flag} cannot be an address", where=place.partition("://")[0] + "://…", fix=fix)


def remote_jobs(call: Call, address: str, at: Desk) -> dict[str, Job | ToolkitError]:
    """The jobs on what an address stands for, by address; folders within a folder are not searched.

    Raises:
        UsageError: an address that makes no sense, or an impossible output.
    """
    found = _find([address], at, keep=at.profile.fetch.cache or call.on("review"), deep=False)
    return {label: _job(call, at, each, call.text("output") or ".") for label, each in found.items()}


def remote_tree(call: Call, addresses: Iterable[str], at: Desk, out: Path) -> dict[str, Job | ToolkitError]:
    """The jobs on what addresses stand for, with all folders within; their tree stands again under ``out``.

    Raises:
        UsageError: an address that makes no sense.
    """
    found = _find(addresses, at, keep=at.profile.fetch.cache, deep=True)
    there = [each for each in found.values() if isinstance(each, Remote)]
    base = base_of([Input(each.place, place_of(each.root)) for each in there])
    return {label: _job(call, at, each, _folder(each, base, out)) for label, each in found.items()}


def _find(addresses: Iterable[str], at: Desk, *, keep: bool, deep: bool) -> Found:
    """What addresses stand for, each file once; the reason where one stands for nothing."""
    found: Found = {}
    for address in addresses:
        try:
            files = find_remote(address, MEDIA, deep=deep)
        except UsageError:
            raise
        except ToolkitError as error:
            found.setdefault(address, error)
        else:
            found |= {each.url: replace(each, cache=at.cache, keep=keep) for each in files if each.url not in found}
    return found


def _folder(found: Remote | ToolkitError, base: Path, out: Path) -> str:
    return f"{mirrored(found.place, base, out)}{os.sep}" if isinstance(found, Remote) else ""


def _job(call: Call, at: Desk, found: Remote | ToolkitError, out: str) -> Job | ToolkitError:
    if isinstance(found, ToolkitError):
        return found
    source = copy_of(found)
    if call.command == "transcribe" and is_transcript(source):
        fix = f"'zimu run {argument(found.url)}' repairs and cuts it"
        return InputError("a transcript, not a recording", where=found.url, fix=fix)
    return plan_job(source, at.profile, out=out, remote=found)
