"""One video fetched: sound, or picture and sound, subtitles that exist, and what the site says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.errors import FetchError
from toolkit.fetch.failures import LOGIN
from toolkit.fetch.items import GENERIC, Item
from toolkit.fetch.join import join
from toolkit.fetch.metadata import SUFFIX, Metadata, metadata_of, with_part
from toolkit.fetch.names import file_name, short_sum
from toolkit.fetch.site import Site, site
from toolkit.fetch.store import HALF_DONE, entry_of, keep, make_folder, read_entry
from toolkit.fetch.subtitles import choose, content, how_looked_for
from toolkit.formats.files import write_whole
from toolkit.jobs import Listener, Progress
from toolkit.locks import locked
from toolkit.profile import FetchOptions

SOUND, PICTURE_AND_SOUND = "ba/b", "bv*,ba/b"


@dataclass(frozen=True)
class Wish:
    """What is wanted of a video: ``always_sound`` although subtitles exist; ``spoken`` is the language, if known."""

    options: FetchOptions
    always_sound: bool = False
    spoken: str = ""


@dataclass(frozen=True)
class Fetched:
    """What is there of a video: the ``source`` to work on (a recording or subtitles), its metadata, all its files."""

    item: Item
    source: Path
    metadata: Metadata
    files: tuple[Path, ...]
    from_cache: bool = False


def fetch_item(item: Item, wish: Wish, *, cache: Path, listener: Listener | None = None) -> Fetched:
    """Fetch one video into the cache, or find it there; a download that was cut off goes on where it was.

    Raises:
        FetchError: it cannot be had; says why and what to do.
        MissingExtra: yt-dlp is not installed.
        InputError: another run is fetching it.
    """
    if item.id:
        kept = _kept(item, wish, entry_of(cache, item.site, item.id))
        if kept:
            return kept
    with site(wish.options, item.label, cache=cache, hook=_teller(listener)) as found:
        info, metadata = _described(found, item)
        folder = entry_of(cache, metadata.site, _ident(metadata))
        kept = _kept(item, wish, folder)
        if kept:
            return kept
        with locked(make_folder(folder) / "fetch"):
            return _fetch(found, info, metadata, _Place(item, wish, folder))


def describe_item(item: Item, wish: Wish, *, cache: Path) -> tuple[str, bool]:
    """The name that the files of a video would have, and whether subtitles would be its source; fetches nothing.

    Raises:
        FetchError: it cannot be found.
    """
    kept = _kept(item, wish, entry_of(cache, item.site, item.id)) if item.id else None
    if kept:
        return kept.source.stem, kept.source.name == kept.metadata.subtitles
    with site(wish.options, item.label, cache=cache) as found:
        info, metadata = _described(found, item)
    wanted = wish.options.existing != "ignore" and not wish.always_sound
    return _name(metadata), wanted and choose(info, wish.spoken) is not None


@dataclass(frozen=True)
class _Place:
    """What is fetched, why, and into which folder."""

    item: Item
    wish: Wish
    folder: Path


def _described(found: Site, item: Item) -> tuple[dict[str, Any], Metadata]:
    info = found.describe(item.url) if item.info is None else found.recall(item.info)
    if info.get("_type") in ("playlist", "multi_video"):
        raise FetchError("is a list itself", where=item.label, fix="give its own address and the parts")
    return info, with_part(metadata_of(info), item.part, item.parts, item.title)


def _kept(item: Item, wish: Wish, folder: Path) -> Fetched | None:
    """What is in the cache, if that is all that is wanted."""
    entry = read_entry(folder)
    if entry is None:
        return None
    metadata, path = entry
    options = wish.options
    looked = metadata.searched >= how_looked_for(options)
    use_subtitles = bool(metadata.subtitles) and options.existing != "ignore"
    need_media = wish.always_sound or not use_subtitles
    has_media = metadata.picture if options.video else metadata.sound or metadata.picture
    if not (looked or use_subtitles) or (options.existing == "only" and not use_subtitles):
        return None
    if need_media and options.existing != "only" and not has_media:
        return None
    return replace(_result(item, wish, metadata, path), from_cache=True)


def _fetch(found: Site, info: dict[str, Any], metadata: Metadata, place: _Place) -> Fetched:
    options, name = place.wish.options, _name(metadata)
    before = read_entry(place.folder)
    if before:
        name = before[1].name.removesuffix(SUFFIX)  # one name for all, though the title may be another by now
        metadata = replace(metadata, sound=before[0].sound, picture=before[0].picture, subtitles=before[0].subtitles)
    metadata = replace(metadata, searched=how_looked_for(options))
    subtitles = choose(info, place.wish.spoken) if options.existing != "ignore" else None
    if subtitles:
        path = place.folder / f"{name}.{'json' if subtitles.format == 'bcc' else subtitles.format}"
        write_whole(path, content(subtitles, found, info.get("http_headers")))
        metadata = replace(metadata, subtitles=path.name, subtitles_language=subtitles.language)
    elif options.existing == "only":
        wanted = f"in '{place.wish.spoken}'" if place.wish.spoken else "in Chinese or English"
        fix = f"give --language, or, where only members see them: {LOGIN}"
        raise FetchError(f"has no subtitles {wanted}", where=place.item.label, fix=fix)
    if options.existing != "only" and (place.wish.always_sound or not subtitles):
        media = _media(found, info, place.folder / name, video=options.video)
        metadata = replace(metadata, picture=media.name) if options.video else replace(metadata, sound=media.name)
    return _result(place.item, place.wish, metadata, keep(place.folder, name, metadata))


def _media(found: Site, info: dict[str, Any], stem: Path, *, video: bool) -> Path:
    """Fetch sound, or picture and sound; the file takes its name when it is whole."""
    pattern = str(stem.with_name(HALF_DONE)).replace("%", "%%") + ".%(format_id)s.%(ext)s"
    done = found.download(info, PICTURE_AND_SOUND if video else SOUND, pattern)
    paths = list(dict.fromkeys(Path(str(entry["filepath"])) for entry in done if entry.get("filepath")))
    if not paths:
        raise FetchError("nothing came", where=found.label, fix="run it again")
    whole = paths[0]
    if len(paths) > 1:
        whole = stem.with_name(f"{HALF_DONE}.{'mp4' if {path.suffix for path in paths} <= {'.mp4', '.m4a'} else 'mkv'}")
        join(paths[0], paths[1], whole)
    target = stem.with_name(f"{stem.name}{whole.suffix}")
    whole.replace(target)
    for path in paths:
        path.unlink(missing_ok=True)
    return target


def _result(item: Item, wish: Wish, metadata: Metadata, path: Path) -> Fetched:
    options, folder = wish.options, path.parent
    media = metadata.picture if options.video or not metadata.sound else metadata.sound
    use = [media] if options.existing == "ignore" else [metadata.subtitles, media]
    wanted = [name for name in use if name and (wish.always_sound or name == next(filter(None, use)))]
    if options.existing == "only":
        wanted = [metadata.subtitles]
    return Fetched(item, folder / wanted[0], metadata, (*(folder / name for name in wanted), path))


def _name(metadata: Metadata) -> str:
    return file_name(metadata.title, metadata.part_title, ident=_shown_ident(metadata))


def _ident(metadata: Metadata) -> str:
    """What tells a video from all others of its site; for plain files the whole address."""
    return metadata.webpage_url if metadata.site == GENERIC else metadata.id


def _shown_ident(metadata: Metadata) -> str:
    return short_sum(metadata.webpage_url) if metadata.site == GENERIC else metadata.id


def _teller(listener: Listener | None) -> Callable[[Mapping[str, Any]], None] | None:
    """Tells of bytes that came."""
    if listener is None:
        return None

    def tell(event: Mapping[str, Any]) -> None:
        total = event.get("total_bytes") or event.get("total_bytes_estimate") or 0
        listener(Progress("fetch", int(event.get("downloaded_bytes") or 0), int(total)))

    return tell
