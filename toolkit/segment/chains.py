"""Which cues hang together, so that their text may move between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.breaks import glue, keeps_lines
from toolkit.cues import Cue
from toolkit.segment.timing import in_turn

PAUSE = 700
"""Milliseconds of silence that always part two cues."""

MANNERS = (
    *("tag.open", "tag.close", "tag.inside", "speaker", "srt.position", "vtt.settings", "ttml.attributes"),
    *("ass.style", "ass.name", "ass.layer", "ass.effect", "ass.marginl", "ass.marginr", "ass.marginv"),
)
"""What ``extra`` may know about who speaks, and where and how a cue shows; cues that differ in it are not joined."""

_PLACED = re.compile(r"\{\\(?![ibus][01]?\}|r\})")
"""An override tag that says more than italics and the like: a place, a fade, karaoke, a drawing."""

_APART = re.compile(r"\s*(?:[(\[（【][^)\]）】]*[)\]）】]\s*$|♪)")
"""A sound in brackets, a song."""

_TURN = re.compile(r"\s*(?:[-–—]|>>)")
"""The turn of a speaker."""


@dataclass(frozen=True)
class Chain:
    """Neighbouring cues whose text may move between them, or one cue that is not ``movable``.

    ``text`` is theirs, joined; ``starts`` are the offsets where each begins. ``following`` is when the next cue behind
    them starts, None behind the last and where it does not wait for their end.
    """

    cues: tuple[Cue, ...]
    text: str
    starts: tuple[int, ...]
    following: int | None
    movable: bool


def find_chains(cues: Sequence[Cue]) -> Iterator[Chain]:
    """The cues as chains, in order."""
    turns = in_turn(cues)
    run: list[Cue] = []
    movable = False
    for index, cue in enumerate(cues):
        fits = _is_movable(cue)
        follows = index in turns and turns.get(index - 1) == cue.start
        if run and not (fits and movable and follows and _hang_together(run[-1], cue)):
            yield _chain(run, cue, movable=movable)
            run = []
        run.append(cue)
        movable = fits
    if run:
        yield _chain(run, None, movable=movable)


def silence(left: Cue, right: Cue) -> int:
    """Milliseconds without speech between two cues: between their words where both have them."""
    if left.words and right.words:
        return right.words[0].start - left.words[-1].end
    return (right.start or 0) - (left.end or 0)


def _chain(run: Sequence[Cue], after: Cue | None, *, movable: bool) -> Chain:
    texts: list[str] = []
    starts: list[int] = []
    length = 0
    for cue in run:
        shown = cue.text
        between = glue(texts[-1], shown) if texts else ""
        starts.append(length + len(between))
        texts += [between, shown]
        length = starts[-1] + len(shown)
    return Chain(tuple(run), "".join(texts), tuple(starts), _follows(run[-1], after), movable)


def _follows(last: Cue, after: Cue | None) -> int | None:
    if after is None or after.start is None or last.end is None or after.start < last.end:
        return None
    return after.start


def _is_movable(cue: Cue) -> bool:
    """Whether the text of a cue may be cut or joined at all."""
    text = cue.text
    if not cue.timed or cue.translation is not None or not text.strip() or not cue.heard.strip():
        return False
    return not (keeps_lines(text) or _PLACED.search(text) or _APART.match(text))


def _hang_together(left: Cue, right: Cue) -> bool:
    """Whether two movable cues that follow each other in time are one chain."""
    if bool(left.words) != bool(right.words) or silence(left, right) >= PAUSE:
        return False
    if any(left.get(name) != right.get(name) for name in MANNERS):
        return False
    if _TURN.match(left.heard) or _TURN.match(right.heard):
        return False
    return not (left.edits and left.edits[-1].joins_next and glue(left.text, right.text))
