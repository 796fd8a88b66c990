"""A recogniser that plays recorded cues: for tests, demonstrations, and transcripts that others made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path

from toolkit.cues import Cue, Transcript
from toolkit.errors import FormatError
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints, Mark, Recogniser


def load(options: TranscribeOptions, hints: Hints) -> Recogniser:  # noqa: ARG001 - what is recorded needs no hints
    """A recogniser that plays the file ``options.model``, or, where no model is chosen, the recording's own file.

    The file may have any format that has times: our JSON lines, Whisper's JSON, SRT …

    Raises:
        FormatError: the file cannot be read, or has no times.
    """
    chosen = options.model not in ("", TranscribeOptions().model)
    recorded = _read(Path(options.model)) if chosen else None
    return partial(play, recorded, options.language)


def play(
    recorded: Transcript | None, spoken: str, media: Path, *, start: int = 0, language: str = ""
) -> Iterator[Cue | Mark]:
    """The recorded cues that begin at ``start`` or later, as they are, with a mark after each.

    Where a later cue begins before an earlier one has ended there is no mark between them until both have been played:
    from there one would be lost or heard twice.
    """
    transcript = recorded or _read(media)
    language = language or spoken or transcript.language or ""
    for cue, until in zip(transcript.cues, _marks(transcript.cues), strict=True):
        if (cue.start or 0) >= start:
            yield cue
            if until is not None:
                yield Mark(until, language)


def _marks(cues: Sequence[Cue]) -> list[int | None]:
    """After each cue, where the rest can begin: past every start so far, and past none to come."""
    starts, ends = [cue.start or 0 for cue in cues], [cue.end or 0 for cue in cues]
    begun, ended = list(accumulate(starts, max)), list(accumulate(ends, max))
    to_come = list(accumulate(reversed(starts), min))[::-1][1:]
    marks: list[int | None] = []
    for index, latest in enumerate(begun):
        until = max(latest + 1, ended[index])
        if index < len(to_come):
            until = min(until, to_come[index])
        marks.append(until if until > latest else None)
    return marks


def _read(path: Path) -> Transcript:
    from toolkit.formats import read

    transcript = read(path)
    if not transcript.timed:
        fix = "give a subtitle file or a JSON transcript with times"
        raise FormatError("has no times, so it cannot be played", path=str(path), fix=fix)
    return transcript
