"""`zimu fetch`: sound, subtitles and metadata of a video from its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command, Flag

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.cli.addresses import Desk, Found
    from toolkit.cli.outcomes import Outcome
    from toolkit.errors import ToolkitError
    from toolkit.fetch.items import Item


def fetch(call: Call) -> int:
    """Fetch all addresses, or list what they hold."""
    from toolkit.cli.addresses import desk, find_all
    from toolkit.cli.config import effective_profile

    profile = effective_profile(call)
    names = _addresses(call)
    folder = _folder(call)
    with desk(profile) as at:
        found = find_all(names, at, every=call.on("list"))
        return _list(call, found) if call.on("list") else _fetch(call, found, at, folder)


def _fetch(call: Call, found: Found, at: Desk, folder: Path) -> int:
    from toolkit.cli.addresses import deliver_files
    from toolkit.cli.outcomes import Outcome, conclude, each
    from toolkit.cli.progress import progress_bar
    from toolkit.cli.report import say
    from toolkit.fetch.download import Wish, fetch_item

    wish = Wish(at.profile.fetch, always_sound=True, spoken=at.profile.transcribe.language)

    def one(item: Item | ToolkitError) -> Outcome:
        item = _possible(item)
        with progress_bar(item.label, quiet=call.on("quiet")) as listener:
            fetched = fetch_item(item, wish, cache=at.cache, listener=listener)
        files = deliver_files(fetched, folder, overwrite=at.profile.output.overwrite)
        if not call.on("quiet"):
            say(f"{item.label} → {', '.join(map(str, files))}{', fetched before' if fetched.from_cache else ''}")
        return Outcome(item.label, files, {"from_cache": fetched.from_cache, "title": fetched.metadata.title})

    outcomes: list[Outcome] = []
    try:
        for outcome in each(found, one):
            outcomes.append(outcome)  # noqa: PERF402 - those before an interruption must not be lost
    except KeyboardInterrupt:
        say("interrupted; run the same command again to go on where it was")
        left = list(found)[len(outcomes) :]
        outcomes += [Outcome(name, facts={"ok": False, "complete": False}) for name in left]
        return conclude(call, outcomes, interrupted=True)
    return conclude(call, outcomes)


def _list(call: Call, found: Found) -> int:
    """Print the parts, a line each: address, length, title."""
    from toolkit.cli.outcomes import Outcome, conclude, each
    from toolkit.cli.progress import clock
    from toolkit.cli.report import plain

    def one(item: Item | ToolkitError) -> Outcome:
        item = _possible(item)
        if not call.on("json"):
            length = clock(round(item.duration * 1000)) if item.duration else "-"
            print(f"{plain(item.label)}\t{length}\t{plain(item.title)}")
        return Outcome(item.label, facts={"part": item.part, "title": item.title, "duration": item.duration})

    return conclude(call, list(each(found, one)))


def _possible(item: Item | ToolkitError) -> Item:
    if isinstance(item, Exception):
        raise item
    return item


def _addresses(call: Call) -> list[str]:
    from pathlib import Path

    from toolkit.cli.inputs import expand_all
    from toolkit.errors import UsageError

    names = expand_all(call.inputs)
    file = next((name for name in names if isinstance(name, Path)), None)
    if file is not None:
        raise UsageError("a file, not an address", where=str(file), fix="write https://… or BV… and the part")
    return [str(name) for name in names]


def _folder(call: Call) -> Path:
    from pathlib import Path

    from toolkit.errors import UsageError
    from toolkit.outputs import names_file

    out = call.text("output") or "."
    if names_file(out):
        raise UsageError("-o names a file; 'fetch' writes several", where=out, fix=f"name a folder: -o {out}/")
    return Path(out)


FETCH = Command(
    usage="fetch ADDRESS... [-o FOLDER] [OPTIONS]",
    about="Fetches the sound of a video as it is, subtitles that it has already, and what its site says of it "
    "(NAME.info.json), into the current folder or the one that -o names. 'zimu run' takes the same addresses and does "
    "the whole job. A video of many parts asks for the part: BV1iT421k7Bv:71, BV1iT421k7Bv:70-72, --all-parts. What "
    "broke off goes on where it was; what was fetched before is there at once. Needs the extra 'download'.",
    run=fetch,
    examples=(
        ("zimu fetch 'BV1iT421k7Bv?p=71'", "one part of a video of Bilibili"),
        ("zimu fetch BV1iT421k7Bv --list", "the titles of its parts"),
        ("zimu fetch BV1iT421k7Bv:70-72 -o talks --video", "three parts with their pictures"),
        ("zimu fetch https://example.org/talk --existing only", "its subtitles alone"),
    ),
    flags=(
        Flag("--output", "folder to write into; else the current one", "FOLDER", "-o"),
        Flag("--list", "fetch nothing; list the parts, a line each: address, length, title"),
    ),
    shows=("fetch", "-fetch.metadata_terms", "transcribe.language", "output.overwrite"),
    needs_input="no address to fetch",
)
"""The command ``zimu fetch``."""
