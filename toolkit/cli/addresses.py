"""Addresses on the command line: which videos they mean, those fetched when their turn comes, their jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from toolkit.cli.command import Call
from toolkit.cli.config import cache_folder
from toolkit.cli.report import say
from toolkit.errors import InputError, ToolkitError, UsageError
from toolkit.fetch.download import Fetched, Wish, describe_item, fetch_item
from toolkit.fetch.items import Item, find_items
from toolkit.fetch.metadata import SUFFIX, Metadata, beside, read_metadata
from toolkit.formats.files import write_whole
from toolkit.jobs import Job, Listener, plan_job
from toolkit.outputs import plan_outputs, same_file
from toolkit.profile import Profile


@dataclass(frozen=True)
class Desk:
    """What fetching needs to know of a call: its options, and where fetched things are kept."""

    profile: Profile
    cache: Path

    @property
    def wish(self) -> Wish:
        """What is wanted of a video that is to become subtitles."""
        return Wish(self.profile.fetch, spoken=self.profile.transcribe.language)


@contextmanager
def desk(profile: Profile) -> Iterator[Desk]:
    """A desk with the cache of this person, or with one that is gone afterwards where none is wanted."""
    if profile.fetch.cache:
        yield Desk(profile, cache_folder())
        return
    with TemporaryDirectory(prefix="zimu-", ignore_cleanup_errors=True) as folder:
        yield Desk(profile, Path(folder))


def find_all(addresses: Iterable[str], at: Desk, *, every: bool = False) -> dict[str, Item | ToolkitError]:
    """The videos that addresses mean, each once, by what they are called; the reason where one means none.

    Raises:
        UsageError: one of them can be no address.
    """
    found: dict[str, Item | ToolkitError] = {}
    for address in addresses:
        try:
            items = find_items(address, at.profile.fetch, cache=at.cache, every=every)
        except UsageError:
            raise
        except ToolkitError as error:
            found.setdefault(address, error)
        else:
            found |= {item.label: item for item in items if item.label not in found}
    return found


def fetch_job(call: Call, item: Item, at: Desk, listener: Listener | None) -> Job:
    """Fetch a video; the job that makes subtitles of it, in the current folder or where ``-o`` says."""
    fetched = fetch_item(item, at.wish, cache=at.cache, listener=listener)
    if fetched.source.name == fetched.metadata.subtitles and not call.on("quiet"):
        say(f"{item.label}: its own subtitles ({fetched.metadata.subtitles_language}); --existing ignore hears it")
    return plan_job(fetched.source, at.profile, out=_place(call))


def planned_outputs(call: Call, item: Item, at: Desk) -> tuple[Path, ...]:
    """What the job on a video would write; fetches no more than its page."""
    name, has_subtitles = describe_item(item, at.wish, cache=at.cache)
    source = Path(f"{name}.srt" if has_subtitles else f"{name}.m4a")
    return plan_outputs(at.cache / source, at.profile.output, _place(call))


def keep_metadata(job: Job) -> Path | None:
    """Put what a site says of a video beside the result; somebody else's file in that place stays."""
    origin, target = beside(job.source), beside(job.outputs[0])
    metadata = read_metadata(origin)
    if metadata is None or same_file(origin, target):
        return None
    if target.exists() and not _is_of(target, metadata):
        say(f"warning: {target} is of something else and stays; what the site says is in {origin}")
        return None
    write_whole(target, origin.read_bytes())
    return target


def deliver_files(fetched: Fetched, folder: Path, *, overwrite: bool) -> tuple[Path, ...]:
    """Put the files of a video into a folder: sound and picture as links where the system can, to take no room twice.

    Raises:
        InputError: one cannot be put there, or is there and is something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    targets = {folder / path.name: path for path in fetched.files}
    for target, path in targets.items():
        if target.exists() and not (overwrite or _alike(target, path) or _is_of(target, fetched.metadata)):
            raise InputError("exists and is something else", where=str(target), fix="use --overwrite or another -o")
    for target, path in targets.items():
        if path.name in (fetched.metadata.sound, fetched.metadata.picture):
            _link(path, target)
        else:
            write_whole(target, path.read_bytes())
    return tuple(targets)


def _place(call: Call) -> str:
    """Where results go: beside what was fetched would be in the cache."""
    return call.text("output") or "."


def _alike(one: Path, other: Path) -> bool:
    from filecmp import cmp

    return same_file(one, other) or cmp(one, other, shallow=False)


def _is_of(target: Path, metadata: Metadata) -> bool:
    """Whether a file is metadata of this very video, which may be brought up to date."""
    there = read_metadata(target) if target.name.endswith(SUFFIX) else None
    return there is not None and (there.site, there.id) == (metadata.site, metadata.id)


def _link(path: Path, target: Path) -> None:
    from secrets import token_hex
    from shutil import copyfile

    if target.exists() and same_file(path, target):
        return
    temporary = target.with_name(f".zimu-{token_hex(6)}.tmp")
    try:
        try:
            temporary.hardlink_to(path)
        except OSError:  # another disk, or a file system without links
            copyfile(path, temporary)
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise InputError(f"cannot be written: {error.strerror or error}", where=str(target)) from None


Found = Mapping[str, Item | ToolkitError]
"""What `find_all` gives."""
