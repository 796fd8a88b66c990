"""How far the cues of a transcript begin and end from those of the reference, and whether they can be read in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from toolkit.breaks import reading_time
from toolkit.cues import Cue
from toolkit.evaluate.rows import Document, cue_tokens
from toolkit.profile import SegmentOptions


def time_errors(document: Document) -> Iterator[int]:
    """Milliseconds between the borders of cues that begin, or end, with the same token of the text.

    A border of the reference at which the other file has none is passed over: how to cut is a matter of taste.
    """
    starts, ends = _borders(document)
    for row in document.rows:
        if row.cue is None or row.cue.start is None or row.cue.end is None or not (row.reference and row.hypothesis):
            continue
        last = row.first + len(row.hypothesis) - 1
        if row.hypothesis[0] == row.reference[0] and row.first in starts:
            yield abs(starts[row.first] - row.cue.start)
        if row.hypothesis[-1] == row.reference[-1] and last in ends:
            yield abs(ends[last] - row.cue.end)


def readable(cues: Iterable[Cue], options: SegmentOptions) -> list[tuple[int, int]]:
    """For every timed cue with text whether it shows as long as one needs to read it, and 1."""
    return [(int(reading_time(cue.text, options) <= cue.duration), 1) for cue in cues if cue.timed and cue.text.strip()]


def _borders(document: Document) -> tuple[dict[int, int], dict[int, int]]:
    """When the cue begins whose first token this is, and when that ends whose last it is, by the token's number."""
    cues = [cue for cue in document.cues if cue.start is not None]
    lengths = [len(cue_tokens(cue, document.rules)) for cue in cues]
    befores = accumulate(lengths, initial=0)
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for cue, before, length in zip(cues, befores, lengths, strict=False):
        if length and cue.start is not None and cue.end is not None:
            starts[before] = cue.start
            ends[before + length - 1] = cue.end
    return starts, ends
