"""SRT (SubRip): read through our own block finder, held and written by pysrt's items.

Kept in ``extra`` of a cue: ``srt.position``, and the tags around its text (see `toolkit.formats.markup`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from pysrt import SubRipItem, SubRipTime

from toolkit.cues import Cue, Transcript, with_extra
from toolkit.errors import FormatError
from toolkit.formats.blocks import Block, defuse, find_blocks
from toolkit.formats.markup import SRT, give, take
from toolkit.formats.repair import report
from toolkit.formats.writing import Wrap, settle

log = logging.getLogger(__name__)


def parse(text: str, path: str = "") -> Transcript:
    r"""The cues of an SRT file; whatever is odd in it is logged with its line.

    >>> parse("1\n00:00:01,000 --> 00:00:02,000\na<b 且 c>d\n").cues[0].text
    'a<b 且 c>d'

    Raises:
        FormatError: there is text, and no times at all.
    """
    blocks = find_blocks(text)
    if blocks and not any(block.known for block in blocks):
        problem = "no times like '00:00:01,000 --> 00:00:02,500' found"
        raise FormatError(problem, path=path, line=blocks[0].line, fix="is this really SRT?")
    report((oddity for block in blocks for oddity in block.oddities), path=path, log=log)
    return Transcript(path, from_items(map(_item, blocks)))


def render(transcript: Transcript, wrap: Wrap | None = None) -> str:
    """The transcript as an SRT file.

    Raises:
        FormatError: a cue has no times.
    """
    return "\n".join(map(str, to_items(transcript, wrap)))


def from_items(items: Iterable[SubRipItem]) -> tuple[Cue, ...]:
    """Items of pysrt as cues; an end before its start becomes the start."""
    return tuple(map(_cue, items))


def to_items(transcript: Transcript, wrap: Wrap | None = None) -> list[SubRipItem]:
    """The cues as pysrt's items: in order, numbered, with text that reads back the same.

    Raises:
        FormatError: a cue has no times.
    """
    cues = settle(transcript, wrap=wrap, markup=SRT.name)
    return [
        SubRipItem(
            number,
            SubRipTime.from_ordinal(cue.start),
            SubRipTime.from_ordinal(cue.end),
            defuse(give(cue, SRT)),
            str(cue.get("srt.position", "")),
        )
        for number, cue in enumerate(cues, start=1)
    ]


def _item(block: Block) -> SubRipItem:
    start, end = SubRipTime.from_ordinal(block.start), SubRipTime.from_ordinal(block.end)
    return SubRipItem(block.number or 0, start, end, block.text, block.position)


def _cue(item: SubRipItem) -> Cue:
    heard, tags = take(item.text, SRT)
    start = max(item.start.ordinal, 0)
    extra = with_extra(tags, **{"srt.position": item.position or None})
    return Cue(start, max(item.end.ordinal, start), heard, extra=extra)
