"""From a segment of faster-whisper to a cue: whole milliseconds, no space around, words that spell the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from toolkit.cues import Cue, Extra, Word, with_extra
from toolkit.transcribe.activity import Activity


@dataclass(frozen=True)
class Stretch:
    """Where a segment may lie, in milliseconds of the recording; ``offset`` is where its own clock begins."""

    offset: int
    start: int
    end: int

    def place(self, seconds: float) -> int:
        """The millisecond of the recording that is meant by seconds since ``offset``."""
        return min(max(self.offset + round(seconds * 1000), self.start), self.end)


def make_cue(segment: Any, stretch: Stretch) -> Cue | None:
    """The cue of a segment, None for one that says nothing.

    Where there are words they are believed before the text: faster-whisper gives a character or a Chinese word that
    stands across the border of two segments to the words of the first, and to the text of both by halves. The second
    may be left without words; all it says has then been said.
    """
    timed = segment.words is not None
    words = _words(segment.words or (), stretch)
    heard = "".join(word.text for word in words) if timed else segment.text.strip()
    if not heard.strip("\ufffd"):
        return None
    start = words[0].start if words else stretch.place(segment.start)
    end = max(start, words[-1].end if words else stretch.place(segment.end))
    return Cue(start, end, heard, words, extra=_extra(segment))


def with_speech(cue: Cue, activity: Activity) -> Cue:
    """The cue with ``speech``, the part of its time in which somebody speaks: a cue over silence was made up.

    The time is what the recogniser gave it, see `toolkit.transcribe.reach` for what is left of that.
    """
    return replace(cue, extra=with_extra(cue.extra, speech=activity.share(cue.start or 0, cue.end or 0)))


def _words(heard: Iterable[Any], stretch: Stretch) -> tuple[Word, ...]:
    """Words in order of time: each begins no earlier than the one before and ends before the next begins."""
    words: list[Word] = []
    for word in heard:
        start = max(stretch.place(word.start), words[-1].start if words else 0)
        end = max(start, stretch.place(word.end))
        words[-1:] = (replace(last, end=min(last.end, start)) for last in words[-1:])
        words.append(Word(word.word, start, end, _figure(word.probability)))
    return _trimmed(words)


def _trimmed(words: list[Word]) -> tuple[Word, ...]:
    """Without space before the first word and after the last."""
    while words and not words[0].text.strip():
        words = words[1:]
    while words and not words[-1].text.strip():
        words = words[:-1]
    if words:
        words = [replace(words[0], text=words[0].text.lstrip()), *words[1:]]
        words = [*words[:-1], replace(words[-1], text=words[-1].text.rstrip())]
    return tuple(words)


def _extra(segment: Any) -> Extra:
    """What tells a good cue from a bad one; ``retries`` counts decodings that were thrown away as repetitive."""
    names = ("avg_logprob", "no_speech_prob", "compression_ratio")
    figures = {name: _figure(getattr(segment, name)) for name in names}
    return with_extra((), **figures, retries=int(segment.temperature or 0))


def _figure(value: Any) -> float | None:
    """A figure to four places; None for what is no number, which JSON cannot hold."""
    return round(float(value), 4) if isfinite(value) else None
