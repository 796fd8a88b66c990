"""Plain text and note files: a line is a cue without times; blank lines, images and headings stay as they are.

What stands between the cues is kept in ``txt.gaps`` of the transcript's ``extra``, so that an unchanged file is written
back as it was. Cues with times lose them here, nothing else: a line each, the translation on a line below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.cues import Cue, Transcript, with_extra
from toolkit.formats.asides import pack, unpack
from toolkit.formats.markup import plain_text
from toolkit.formats.writing import Wrap

HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t].*)?")
IMAGE = re.compile(r"\s*(?:\[?!\[[^\]]*\]\((?:[^()]|\([^()]*\))*\)(?:\]\([^()]*\))?\s*)+")


def parse(text: str, path: str = "") -> Transcript:
    r"""A cue for each line that is text.

    >>> [cue.text for cue in parse("# 题目\n\n聚生智能的崛起\n\n![](img/1.png)\n\n元宇宙\n").cues]
    ['聚生智能的崛起', '元宇宙']
    """
    rows = text.split("\n")
    return from_rows(((row, is_verbatim(row)) for row in rows), path)


def render(transcript: Transcript, wrap: Wrap | None = None) -> str:  # noqa: ARG001
    """The transcript as text, a line for each cue; lines are not wrapped."""
    cues = transcript.cues
    gaps = unpack(transcript.get("txt.gaps"), cues, glue="")
    parts: list[str] = []
    for index, cue in enumerate(cues):
        parts.append(gaps.get(index, "\n" if index else ""))
        parts.append("\n".join(filter(None, map(_line, (plain_text(cue), cue.translation or "")))))
    parts.append(gaps.get(len(cues), "\n" if cues else ""))
    return "".join(parts).lstrip("\ufeff")  # which would be taken for a byte-order mark


def is_verbatim(row: str) -> bool:
    """Whether a line is not spoken: blank, a heading, or images alone.

    >>> [is_verbatim(row) for row in ("", "# 题目", "![图](a.png)", "#话题", "一句话")]
    [True, True, True, False, False]
    """
    return not row.strip() or bool(HEADING.fullmatch(row) or IMAGE.fullmatch(row))


def from_rows(rows: Iterable[tuple[str, bool]], path: str) -> Transcript:
    """A cue for each row that is not verbatim, and the gaps between them where they are more than a line end."""
    cues: list[Cue] = []
    gaps: dict[int, str] = {}
    gap = ""
    for number, (row, verbatim) in enumerate(rows):
        gap += "\n" if number else ""
        text = "" if verbatim else row.strip()
        if not text:
            gap += row
            continue
        before, _, after = row.partition(text)
        _note(gaps, len(cues), gap + before, "\n" if cues else "")
        cues.append(Cue(None, None, text))
        gap = after
    _note(gaps, len(cues), gap, "\n" if cues else "")
    return Transcript(path, tuple(cues), extra=with_extra((), **{"txt.gaps": pack(gaps, cues)}))


def _note(gaps: dict[int, str], index: int, gap: str, usual: str) -> None:
    if gap != usual:
        gaps[index] = gap


def _line(text: str) -> str:
    """The text on one line, without what no text file may hold."""
    lines = (re.sub("[\0\ud800-\udfff]", "", line).strip() for line in re.split(r"[\r\n]", text))
    return " ".join(line for line in lines if line)
