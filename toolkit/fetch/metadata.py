"""What a site says about a video: kept as JSON beside what was fetched, ``NAME.info.json``, and read again from there.

The keys are those that yt-dlp uses in its own files of this name, so that one which yt-dlp wrote is evidence too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

SUFFIX = ".info.json"


@dataclass(frozen=True)
class Metadata:
    """What is known of a video; empty or 0 where it is not.

    ``part`` of ``parts`` counts from 1; ``duration`` is in seconds. ``sound``, ``picture`` and ``subtitles`` name the
    files that were fetched, ``searched`` says how subtitles were looked for (see `toolkit.fetch.subtitles`).
    """

    id: str = ""
    site: str = ""
    webpage_url: str = ""
    title: str = ""
    part: int = 0
    parts: int = 0
    part_title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    uploader: str = ""
    duration: float = 0.0
    language: str = ""
    sound: str = ""
    picture: str = ""
    subtitles: str = ""
    subtitles_language: str = ""
    searched: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        """Titles of all kinds."""
        return tuple(filter(None, (self.title, self.part_title, *self.chapters)))


def metadata_of(info: Mapping[str, Any]) -> Metadata:
    """What yt-dlp found out about a video, in our words.

    >>> metadata_of({"id": "x", "title": "闭幕式", "tags": ["WAIC"], "chapters": [{"title": "致辞"}]}).texts
    ('闭幕式', '致辞')
    """
    return Metadata(
        id=_text(info.get("id")),
        site=_text(info.get("extractor_key") or info.get("site")),
        webpage_url=_text(info.get("webpage_url")),
        title=_text(info.get("title")),
        part=_whole(info.get("part")),
        parts=_whole(info.get("parts")),
        part_title=_text(info.get("part_title")),
        description=_text(info.get("description")),
        tags=_texts(info.get("tags")),
        chapters=_texts(_titles(info.get("chapters"))),
        uploader=_text(info.get("uploader")),
        duration=_number(info.get("duration")),
        language=_text(info.get("language")),
        sound=_text(info.get("sound")),
        picture=_text(info.get("picture")),
        subtitles=_text(info.get("subtitles")),
        subtitles_language=_text(info.get("subtitles_language")),
        searched=_whole(info.get("searched")),
    )


def with_part(metadata: Metadata, part: int, parts: int, part_title: str) -> Metadata:
    """The metadata of one part of several: the title without what yt-dlp puts behind it, ``p71`` and the part's."""
    if parts < 2:
        return replace(metadata, part=part, parts=parts)
    title = metadata.title.removesuffix(f" p{part:02d} {part_title}").removesuffix(f" p{part:02d} ")
    return replace(metadata, title=title.strip(), part=part, parts=parts, part_title=part_title)


def to_json(metadata: Metadata) -> bytes:
    """The content of the file."""
    document = {"zimu": 1, **asdict(metadata), "chapters": [{"title": title} for title in metadata.chapters]}
    kept = {key: value for key, value in document.items() if value not in ("", 0, (), [])}
    return json.dumps(kept, ensure_ascii=False, indent=2).encode(errors="replace") + b"\n"


def read_metadata(path: Path) -> Metadata | None:
    """What a file of metadata says; None where there is none, or none that can be read: it is evidence, not an input.

    Of other people's files in our place nothing is believed but what `metadata_of` knows, in its types.
    """
    try:
        document = json.loads(content_of(path) or b"")
    except ValueError:
        return None
    return metadata_of(document) if isinstance(document, dict) else None


def content_of(path: Path) -> bytes | None:
    """The content of a file of metadata; None where there is none: its name may be longer than names can be."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def beside(source: Path) -> Path:
    """Where the metadata of a recording or of subtitles is.

    >>> beside(Path("talk.m4a")).name
    'talk.info.json'
    """
    return source.with_name(source.stem + SUFFIX)


def _titles(chapters: object) -> Iterable[object]:
    listed = chapters if isinstance(chapters, list) else []
    return [chapter.get("title") for chapter in listed if isinstance(chapter, dict)]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(values: object) -> tuple[str, ...]:
    return tuple(filter(None, map(_text, values))) if isinstance(values, list | tuple) else ()


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
