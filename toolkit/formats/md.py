"""Markdown notes: as plain text, and code, front matter, rules and comments are not spoken either."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.cues import Transcript
from toolkit.formats import txt

FENCE = re.compile(r" {0,3}(```+|~~~+)")
ASIDE = re.compile(r" {0,3}(?:([-*_])[ \t]*(?:\1[ \t]*){2,}|<!--.*-->\s*|\[[^\]]+\]:\s.*)")

render = txt.render


def parse(text: str, path: str = "") -> Transcript:
    r"""A cue for each line that is text.

    >>> [cue.text for cue in parse("---\ntitle: 闭幕式\n---\n```\ncode\n```\n大家好\n").cues]
    ['大家好']
    """
    return txt.from_rows(_rows(text.split("\n")), path)


def _rows(rows: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each row, and whether it is to stay as it is."""
    fence = ""
    for number, row in enumerate(rows):
        if number == 0 and row.rstrip() == "---" and "---" in map(str.rstrip, rows[1:]):
            fence = "---"
            yield row, True
        elif fence:
            yield row, True
            fence = "" if row.strip().startswith(fence) else fence
        else:
            match = FENCE.match(row)
            fence = match[1] if match else ""
            yield row, bool(match or ASIDE.fullmatch(row)) or txt.is_verbatim(row)
