"""From an address to the videos that are meant: parts are chosen here, and never silently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from toolkit.errors import FetchError, UsageError
from toolkit.fetch.addresses import Address, parse_address, parse_parts, part_url
from toolkit.fetch.site import Site, site
from toolkit.fetch.store import entry_of, read_entry
from toolkit.profile import FetchOptions

BILIBILI = "BiliBili"
"""yt-dlp's name for the site, where its ids are ours."""

GENERIC = "Generic"
"""Its name for plain files and pages of sites that it does not know; its ids there are names of files."""


@dataclass(frozen=True)
class Item:
    """One video to fetch, or one part: how a person calls it, its address, and what is known of it beforehand.

    ``info`` is what yt-dlp has just found out, where it had to be asked.
    """

    label: str
    url: str
    site: str = ""
    id: str = ""
    part: int = 0
    parts: int = 0
    title: str = ""
    duration: float = 0.0
    info: Mapping[str, Any] | None = field(default=None, compare=False, repr=False)


def find_items(address: str, options: FetchOptions, *, cache: Path, every: bool = False) -> tuple[Item, ...]:
    """The videos that an address and the options ask for.

    What was fetched before is found without the network. ``every`` gives all parts, whatever is asked for: to list
    them.

    Raises:
        UsageError: it can be no address.
        FetchError: there is no such video or part, or it has several and none of them is asked for.
        MissingExtra: yt-dlp is not installed.
    """
    asked = parse_address(address)
    if options.parts and not asked.parts:
        asked = Address(asked.text, asked.url, asked.video, parse_parts(options.parts, where="--parts"))
    known = () if every else _fetched_before(asked, options, cache)
    if known:
        return known
    with site(options, address, cache=cache) as found:
        if asked.is_short:
            led = parse_address(found.target(asked))
            asked = Address(asked.text, led.url, led.video, led.parts or asked.parts)
        return _items(found, asked, options, every=every)


def _fetched_before(asked: Address, options: FetchOptions, cache: Path) -> tuple[Item, ...]:
    """The parts asked for where all of them are in the cache; a bare id, where it was the only part; a plain file."""
    if not asked.video:
        plain = Item(asked.text, asked.url, GENERIC, asked.url)
        return (plain,) if not asked.parts and read_entry(entry_of(cache, GENERIC, asked.url)) else ()
    if not asked.parts and options.all_parts:
        return ()
    items: list[Item] = []
    for part in asked.parts or (0,):
        item = _part(asked.video, part, 0)
        kept = read_entry(entry_of(cache, item.site, item.id))
        if kept is None:
            return ()
        items.append(replace(item, parts=kept[0].parts, title=kept[0].part_title))
    return tuple(items)


def _items(found: Site, asked: Address, options: FetchOptions, *, every: bool) -> tuple[Item, ...]:
    if asked.video:
        return _parts(found.pages(asked.video), asked, options, every=every)
    info = found.describe(asked.url)
    if info.get("extractor_key") == BILIBILI:  # by a way of its own, and yt-dlp would take part 1 of many
        led = parse_address(str(info.get("webpage_url") or info.get("original_url")))
        if led.video:
            asked = Address(asked.text, led.url, led.video, led.parts or asked.parts)
            return _parts(found.pages(asked.video), asked, options, every=every)
    if info.get("_type") == "multi_video":
        fix = "fetch and join them with yt-dlp and FFmpeg, then give the file"
        raise FetchError("comes in pieces that belong together", where=asked.text, fix=fix)
    if info.get("_type") != "playlist":
        return _only(info, asked)
    entries = [entry for entry in info.get("entries") or () if isinstance(entry, dict)]
    chosen = _chosen(len(entries), asked, options, every=every)
    return tuple(_entry(entries[number - 1], number, asked) for number in chosen)


def _parts(pages: list[dict[str, Any]], asked: Address, options: FetchOptions, *, every: bool) -> tuple[Item, ...]:
    count = len(pages)
    chosen = _chosen(count, asked, options, every=every)
    return tuple(_part(asked.video, part if count > 1 else 0, count, pages[part - 1]) for part in chosen)


def _chosen(count: int, asked: Address, options: FetchOptions, *, every: bool) -> tuple[int, ...]:
    """Which parts of so many are asked for.

    Raises:
        FetchError: one that there is not, or none where there are several.
    """
    missing = [part for part in asked.parts if part > count]
    if every or (options.all_parts and not asked.parts):
        return tuple(range(1, count + 1))
    if missing:
        there = f"its parts are 1 to {count}" if count > 1 else "it has one part" if count else "it is empty"
        raise FetchError(f"has no part {missing[0]}: {there}", where=asked.text)
    if not asked.parts and count != 1:
        one = f"{asked.video}:{count}" if asked.video else f"--parts {count}"
        several = f"{asked.video}:1-{count}" if asked.video else f"--parts 1-{count}"
        fix = f"say which: {one} or {several}, or --all-parts; 'zimu fetch --list' shows their titles"
        raise FetchError(
            f"has {count} parts" if count else "is an empty list", where=asked.text, fix=fix if count else ""
        )
    return asked.parts or (1,)


def _only(info: dict[str, Any], asked: Address) -> tuple[Item, ...]:
    _chosen(1, asked, FetchOptions(), every=False)
    title, duration = str(info.get("title") or ""), float(info.get("duration") or 0)
    return (Item(asked.text, asked.url, parts=1, title=title, duration=duration, info=info),)


def _part(video: str, part: int, count: int, page: dict[str, Any] | None = None) -> Item:
    page = page or {}
    name = f"{video}?p={part}" if part else video
    ident = f"{video}_p{part}" if part else video
    title, duration = str(page.get("part") or ""), float(page.get("duration") or 0)
    return Item(name, part_url(video, part), BILIBILI, ident, part, count, title, duration)


def _entry(entry: dict[str, Any], number: int, asked: Address) -> Item:
    url = str(entry.get("webpage_url") or entry.get("url") or "")
    if not url:
        raise UsageError(f"part {number} has no address of its own", where=asked.text, fix="give its own address")
    title = str(entry.get("title") or "")
    return Item(url, url, part=number, parts=0, title=title, duration=float(entry.get("duration") or 0))
