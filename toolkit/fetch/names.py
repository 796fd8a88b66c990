"""File names that every system takes, made of titles; what tells two videos apart is never cut off."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

LONGEST = 140
"""Bytes of a name: with the longest of our suffixes it stays below the 255 of Linux and the 143 of encrypted homes."""

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff<>:"/\\|?*%]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
"""Names that Windows keeps for devices, with any suffix."""


def file_name(title: str, part_title: str = "", *, ident: str) -> str:
    """The name without suffix of what was fetched: title, title of the part, and the id, which is always whole.

    >>> file_name("WAIC 2024: 闭幕式", "上/下", ident="BV1iT421k7Bv_p71")
    'WAIC 2024 闭幕式 上 下 BV1iT421k7Bv_p71'
    """
    ident = safe_id(ident)
    part = "" if part_title in title else _clipped(safe(part_title), LONGEST // 2)
    room = LONGEST - len(f" {part} {ident}".encode())
    words = (_clipped(safe(title), room), part, ident)
    return _RESERVED.sub(r"_\1", " ".join(filter(None, words)).lstrip(".-~ "))


def safe(text: str) -> str:
    """Text without what a system forbids in names, or takes amiss at their ends.

    >>> safe("a<b>: c?  ...")
    'a b c'
    """
    text = unicodedata.normalize("NFC", text.encode(errors="replace").decode())
    return " ".join(_FORBIDDEN.sub(" ", text).split()).strip(". ")


def safe_id(ident: str) -> str:
    """An id as a name, different for each id: where something has to go, a sum of the id stands behind it.

    >>> safe_id("BV1iT421k7Bv_p71"), safe_id("a/b") == safe_id("a:b")
    ('BV1iT421k7Bv_p71', False)
    """
    kept = re.sub(r"[^\w-]+", "_", ident)[:60]
    return kept if kept == ident and ident.isascii() else f"{_clipped(safe(kept), 40)}-{short_sum(ident)}"


def short_sum(text: str) -> str:
    """Eight hexadecimal digits that stand for a text, whatever a file system makes of its letters."""
    return sha256(text.encode(errors="replace")).hexdigest()[:8]


def _clipped(text: str, room: int) -> str:
    """As much of the text as fits into so many bytes, no character cut in two."""
    data = text.encode()
    if len(data) <= room:
        return text
    kept = data[: max(room - 3, 0)].decode(errors="ignore").rstrip()
    while kept and unicodedata.combining(text[len(kept)]):
        kept = kept[:-1]
    return f"{kept}…".strip(". ")
