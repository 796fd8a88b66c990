"""Subtitles that a site has already: which of them to take, and as which file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.fetch.site import Site
from toolkit.profile import FetchOptions

NOT, AS_GUEST, LOGGED_IN = 0, 1, 2
"""How subtitles were looked for: a site may show more to those who are logged in."""

FORMATS = ("srt", "vtt", "ass", "ttml", "json", "bcc")
"""Those that we read, best first."""

OF_MACHINES = ("srt", "ttml")
"""The same for what a machine heard: YouTube's .vtt of it says each line twice, rolling up."""

UNSAID = ("zh", "en")
"""Languages that are looked for where nobody says what is spoken."""

NO_TEXT = ("danmaku", "live_chat", "rechat", "comments")
"""What yt-dlp lists among subtitles and is what viewers wrote."""


@dataclass(frozen=True)
class Found:
    """Subtitles that can be had: language as the site calls it, format, and its content or where that is."""

    language: str
    format: str
    data: str = ""
    url: str = ""


def how_looked_for(options: FetchOptions) -> int:
    """`NOT`, `AS_GUEST` or `LOGGED_IN`."""
    if options.existing == "ignore":
        return NOT
    return LOGGED_IN if options.cookies or options.cookies_from_browser else AS_GUEST


def choose(info: Mapping[str, Any], spoken: str = "") -> Found | None:
    """The subtitles in the language that is spoken, by a person before those by a machine; None where there are none.

    Where neither the caller nor the site says what is spoken, Chinese comes first, then English; of what machines made
    only what is in the language of the video itself, or that Bilibili heard (``ai-zh``).

    >>> srt = [{"ext": "srt", "data": "1"}]
    >>> choose({"subtitles": {"danmaku": [{"ext": "xml"}], "ai-zh": srt, "en": srt, "zh-Hans": srt}}).language
    'zh-Hans'
    """
    spoken = _base(spoken or str(info.get("language") or ""))
    wanted = (spoken,) if spoken else UNSAID
    fitting = [(wanted.index(base), *pair) for pair in _all(info) if (base := _base(pair[1].language)) in wanted]
    return min(fitting, key=lambda ranked: ranked[:2])[2] if fitting else None


def content(found: Found, where: Site, headers: Mapping[str, str] | None = None) -> bytes:
    """The file of these subtitles.

    Raises:
        FetchError: it cannot be read.
    """
    return found.data.encode(errors="replace") if found.data else where.read(found.url, headers)


def _all(info: Mapping[str, Any]) -> Iterator[tuple[bool, Found]]:
    """All that could be taken, with whether a machine made it."""
    for language, forms in _listed(info, "subtitles"):
        machine = language.startswith("ai-")
        yield from ((machine, found) for found in _best(language, forms, FORMATS))
    for language, forms in _listed(info, "automatic_captions"):
        own = language.endswith("-orig") or language == info.get("language")
        yield from ((True, found) for found in _best(language, forms, OF_MACHINES) if own)


def _listed(info: Mapping[str, Any], key: str) -> Iterator[tuple[str, list[Any]]]:
    listed = info.get(key)
    for language, forms in (listed if isinstance(listed, dict) else {}).items():
        if language not in NO_TEXT and isinstance(forms, list):
            yield str(language), forms


def _best(language: str, forms: list[Any], formats: tuple[str, ...]) -> Iterator[Found]:
    """One form of what is there in several: the one that we read best."""
    usable = {
        form.get("ext"): form for form in forms if isinstance(form, dict) and "m3u8" not in str(form.get("protocol"))
    }
    name = next((name for name in formats if name in usable), "")
    if name:
        form = usable[name]
        yield Found(language, name, str(form.get("data") or ""), str(form.get("url") or ""))


def _base(language: str) -> str:
    """The language without country, script and what a site puts around it.

    >>> [_base(name) for name in ("ai-zh", "zh-Hans", "en-orig", "")]
    ['zh', 'zh', 'en', '']
    """
    return language.lower().removeprefix("ai-").partition("-")[0].partition("_")[0]
