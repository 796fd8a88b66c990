"""What every writer does to cues before they go to a file: order, times, lines.

The rules: cues in order of their start; start at least 0; end after start; no empty line within a cue; no control or
bidirectional characters; times rounded to what the format can hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import zip_longest
from typing import TypeAlias

from toolkit.cues import Cue, Transcript
from toolkit.errors import FormatError
from toolkit.formats.markup import plain_text
from toolkit.formats.times import guess_end

Wrap: TypeAlias = Callable[[str], str]
"""Breaks a cue's text into lines."""

UNPRINTABLE = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x9f"  # controls; tab stays, what ends a line is gone before
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional marks
    "\ufeff\ufffe\uffff\ud800-\udfff]"  # byte-order mark, no characters, halves of pairs
)


def clean(text: str) -> str:
    r"""The text in lines without outer spaces, empty lines or characters that nobody can see.

    >>> clean(" 第一行\u200e\r\n\n  第二行 ")
    '第一行\n第二行'
    """
    lines = (UNPRINTABLE.sub("", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def settle(
    transcript: Transcript, *, wrap: Wrap | None = None, step: int = 1, markup: str = "", ordered: bool = True
) -> list[Cue]:
    """The cues as they go to a file: text and translation cleaned and broken into lines, times as the format has them.

    What is heard in the new cues is the corrected text; words and edits are gone.

    Args:
        transcript: what is to be written.
        wrap: breaks text into lines; text with tags inside is left alone.
        step: times are rounded to multiples of so many milliseconds.
        markup: the name of the format's markup, in which text may stay as it is.
        ordered: whether the cues must be in order of their start.

    Raises:
        FormatError: a cue has no times.
    """
    require_times(transcript)
    cues = [_with_lines(cue, wrap, markup) for cue in transcript.cues]
    rounded = [_at(cue, _to_step(cue.start, step), _to_step(cue.end, step)) for cue in cues]
    if ordered:
        rounded.sort(key=lambda cue: cue.start or 0)
    return [_lengthened(cue, following, step) for cue, following in zip_longest(rounded, rounded[1:])]


def require_times(transcript: Transcript) -> None:
    """Refuse a transcript that a timed format would lose something of.

    Raises:
        FormatError: a cue has no times.
    """
    for number, cue in enumerate(transcript.cues, start=1):
        if not cue.timed:
            problem = f"cue {number} ({cue.text[:16]!r}) has no times, and this format needs them"
            fix = "write txt, md or jsonl instead, or run zimu on the recording to get times"
            raise FormatError(problem, path=transcript.source, fix=fix)


def _with_lines(cue: Cue, wrap: Wrap | None, markup: str) -> Cue:
    inside = bool(markup) and cue.get("tag.inside") == markup
    text = clean(cue.text if inside else plain_text(cue))
    translation = clean(cue.translation) if cue.translation else ""
    if wrap and not inside:
        text = clean(wrap(text))
    if wrap and translation:
        text, translation = text if inside else _one_line(text), _one_line(clean(wrap(translation)))
    return Cue(cue.start, cue.end, text, translation=translation or None, extra=cue.extra)


def _one_line(text: str) -> str:
    """The text on one line, as each language has it in a cue of two."""
    from toolkit.breaks import flatten

    return flatten(text)


def _to_step(ms: int | None, step: int) -> int:
    return (round(ms or 0) + step // 2) // step * step


def _at(cue: Cue, start: int, end: int) -> Cue:
    return Cue(start, end, cue.heard, translation=cue.translation, extra=cue.extra)


def _lengthened(cue: Cue, following: Cue | None, step: int) -> Cue:
    """The cue, shown for a moment where it ends with its start."""
    if cue.start is None or cue.end is None or cue.end > cue.start:
        return cue
    end = guess_end(cue.start, following.start if following else None)
    return _at(cue, cue.start, max(end // step * step, cue.start + step))
