"""Where the results of a command on text go, and how they get there: standard output, files, or in place."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.cli.command import Call
from toolkit.cli.inputs import STDIN
from toolkit.cli.reports import check_place
from toolkit.cli.sources import Source
from toolkit.cli.targets import need_folder, refuse_collisions, refuse_loss
from toolkit.cues import Transcript
from toolkit.errors import UsageError
from toolkit.formats.files import write_whole
from toolkit.outputs import JOURNAL, RECORD, encode_outputs, names_file, plan_outputs
from toolkit.profile import Profile
from toolkit.records import deliver


@dataclass(frozen=True)
class Delivery:
    """Where one result goes: to ``files``, or where there are none to standard output in the format of ``pattern``.

    ``record`` is where its edits are kept, if anywhere; ``replace`` lets files be replaced.
    """

    files: tuple[Path, ...]
    pattern: Path
    record: Path | None = None
    replace: bool = False

    @property
    def place(self) -> str:
        """Where it goes, in words."""
        return ", ".join(map(str, self.files)) or "standard output"


def plan_deliveries(call: Call, sources: Sequence[Source], profile: Profile) -> dict[Path, Delivery]:
    """Where the result of each source goes.

    Raises:
        UsageError: there is no place for several results, or two would go to one file.
    """
    _check_places(call, [source.path for source in sources], profile)
    planned = {source.path: _plan(call, source, profile) for source in sources}
    refuse_collisions({path: (*plan.files, *_existing(plan.record)) for path, plan in planned.items()})
    return planned


def as_text(transcript: Transcript, delivery: Delivery, profile: Profile, terms: Iterable[str] = ()) -> str:
    """A result as standard output would show it.

    Raises:
        FormatError: the format cannot hold it.
    """
    return encode_outputs(transcript, (delivery.pattern,), profile, terms)[delivery.pattern].decode("utf-8-sig")


def send(
    transcript: Transcript, delivery: Delivery, profile: Profile, *, terms: Iterable[str] = (), to_stdout: bool = True
) -> tuple[Path, ...]:
    """Write a result, and the record of its edits; returns the files.

    Raises:
        FormatError: a format cannot hold it.
        InputError: a file cannot be written, or is there and may not be replaced.
    """
    files = encode_outputs(transcript, delivery.files, profile, terms)
    if not delivery.replace:
        refuse_loss(files)
    for path in (*files, *_existing(delivery.record)):
        path.parent.mkdir(parents=True, exist_ok=True)
    if delivery.record:
        beside = {path: data for path, data in files.items() if path.parent == delivery.record.parent}
        deliver(transcript, beside, delivery.record, profile=profile)
    for path, data in files.items():
        write_whole(path, data)
    if to_stdout and not delivery.files:
        shown = encode_outputs(transcript, (delivery.pattern,), profile, terms)
        sys.stdout.flush()
        sys.stdout.buffer.write(shown[delivery.pattern])
    return (*files, *_existing(delivery.record))


def _plan(call: Call, source: Source, profile: Profile) -> Delivery:
    out, in_place = call.text("output") or None, call.on("in_place")
    if in_place and source.path.name.endswith(JOURNAL):
        raise UsageError("a journal keeps what was heard as it is", where=source.label, fix="write elsewhere with -o")
    paths = plan_outputs(source.named, profile.output, out)
    if not out and not in_place and len(paths) > 1:
        raise UsageError("several formats need a place for the results", fix="add -o FOLDER")
    files = (source.path,) if in_place else paths if out else ()
    replace = in_place or profile.output.overwrite or names_file(out)
    return Delivery(files, paths[0], _record(call.text("edits"), source), replace)


def _check_places(call: Call, paths: Sequence[Path], profile: Profile) -> None:
    out = call.text("output")
    if call.on("in_place") and (out or profile.output.output_format or STDIN in paths):
        raise UsageError("--in-place writes files where and as they are", fix="leave out -o, -f and -")
    if len(paths) > 1 and not (out or call.on("in_place") or call.on("dry_run")):
        raise UsageError("several inputs need a place for the results", fix="add -o FOLDER, or --in-place")
    need_folder(out, paths)
    need_folder(call.text("edits"), paths, "--edits")
    check_place(call, paths)


def _record(given: str, source: Source) -> Path | None:
    """The file for the edits: the one that is named, or one in the folder that is named."""
    if not given:
        return None
    return Path(given) if names_file(given) else Path(given) / f"{source.named.stem}{RECORD}"


def _existing(path: Path | None) -> tuple[Path, ...]:
    return (path,) if path else ()
