"""Lines that recognisers are known to invent, and how much of a text they are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toolkit.toml import parse

FILE = Path(__file__).parent / "phrases.toml"
"""The phrases, by kind."""

KINDS = ("never_said", "may_be_said")
"""The kinds, the more telling first."""

ANY = 4
"""Characters that a ``*`` may stand for."""


@dataclass(frozen=True)
class Found:
    """The phrases of one kind in a text: what stands there of them, and the part of the text that they are."""

    kind: str
    text: str
    covers: float


def fold(text: str) -> str:
    """The text as phrases are compared: letters and digits alone, in small letters and one width.

    >>> fold("字幕由 Amara.org 社区提供！")
    '字幕由amaraorg社区提供'
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).casefold())


def find_phrases(folded: str) -> Found | None:
    """The phrases in a folded text, of the first kind that it has any of; None where it has none.

    >>> find_phrases(fold("谢谢大家的观看。"))
    Found(kind='may_be_said', text='谢谢大家的观看', covers=1.0)
    """
    for kind in KINDS:
        hits = [match[0] for match in _patterns()[kind].finditer(folded)]
        if hits:
            return Found(kind, "…".join(hits), sum(map(len, hits)) / len(folded))
    return None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    document = parse(FILE.read_text(encoding="utf-8"))
    return {kind: re.compile("|".join(_sources(document[kind]))) for kind in KINDS}


def _sources(phrases: object) -> list[str]:
    """The phrases as regular expressions, the longest first, since the first that fits is taken."""
    listed = sorted(map(str, phrases if isinstance(phrases, list) else []), key=lambda phrase: (-len(phrase), phrase))
    return [f".{{0,{ANY}}}".join(map(fold, phrase.split("*"))) for phrase in listed]
