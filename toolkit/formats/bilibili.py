"""Bilibili's subtitle JSON: ``{"body": [{"from": 0.5, "to": 2.0, "content": "…"}]}``, also called BCC.

All other fields are kept in ``extra`` as ``bilibili.location``, ``bilibili.font_size`` … and written back.
"""

from __future__ import annotations

import logging
from typing import Any

from toolkit.cues import Cue, Transcript
from toolkit.errors import FormatError
from toolkit.formats.json_values import dump, give_back, keep, line_of_item, load, seconds_ms
from toolkit.formats.writing import Wrap, settle

log = logging.getLogger(__name__)

PREFIX = "bilibili."
STYLE = {
    "font_size": 0.4,
    "font_color": "#FFFFFF",
    "background_alpha": 0.5,
    "background_color": "#9C27B0",
    "Stroke": "none",
}
"""How Bilibili shows subtitles unless it is told otherwise."""

BOTTOM = 2
"""The usual ``location``: centred at the bottom."""


def is_bilibili(document: object) -> bool:
    """Whether a JSON document has the shape of Bilibili's."""
    return isinstance(document, dict) and isinstance(document.get("body"), list)


def parse(text: str, path: str = "") -> Transcript:
    """The cues of Bilibili's subtitle JSON.

    >>> parse('{"body": [{"from": 0.5, "to": 2, "content": "大家好"}]}').cues[0].end
    2000

    Raises:
        FormatError: it is no JSON, has no body, or an entry is faulty.
    """
    document = load(text, path)
    if not is_bilibili(document):
        raise FormatError("no 'body' in this JSON", path=path, line=1, fix="is this really Bilibili's?")
    cues: list[Cue] = []
    for index, entry in enumerate(document["body"]):
        try:
            cues.append(_cue(entry, f"{path}: entry {index + 1}"))
        except ValueError as error:
            line = line_of_item(text, "body", index)
            raise FormatError(f"entry {index + 1}: {error}", path=path, line=line) from None
    language = str(document.get("lang") or "").removeprefix("ai-").partition("-")[0].lower()
    extra = (("json.shape", "bilibili"), *keep(document, but=["body"], prefix=PREFIX))
    return Transcript(path, tuple(cues), language=language or None, extra=extra)


def render(transcript: Transcript, wrap: Wrap | None = None) -> str:
    """The transcript as Bilibili takes it for upload.

    Raises:
        FormatError: a cue has no times.
    """
    body = [_entry(number, cue) for number, cue in enumerate(settle(transcript, wrap=wrap), start=1)]
    return dump({**(give_back(transcript.extra, prefix=PREFIX) or STYLE), "body": body})


def _cue(entry: object, where: str) -> Cue:
    if not isinstance(entry, dict) or not isinstance(entry.get("content"), str):
        raise ValueError("an object with 'content' was expected")
    start, end = seconds_ms(entry.get("from"), "'from'"), seconds_ms(entry.get("to"), "'to'")
    if end < start:
        log.warning("%s: the end is before the start, and is taken for it", where)
    return Cue(
        start, max(start, end), entry["content"], extra=keep(entry, but=("from", "to", "content"), prefix=PREFIX)
    )


def _entry(number: int, cue: Cue) -> dict[str, Any]:
    content = "\n".join(part for part in (cue.heard, cue.translation) if part)
    own = {"from": (cue.start or 0) / 1000, "to": (cue.end or 0) / 1000, "content": content}
    kept = give_back(cue.extra, prefix=PREFIX)
    return {**own, **(kept or {"sid": number, "location": BOTTOM}), **own}
