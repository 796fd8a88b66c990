"""What is told of a translation: how many lines, what was flagged, what it cost; in words and for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from toolkit.cli.progress import clock, progress_bar
from toolkit.cli.report import count
from toolkit.cli.width import clip
from toolkit.cues import Cue, Transcript
from toolkit.invented import is_kept_out
from toolkit.jobs import Progress
from toolkit.translate import Flag, Translation
from toolkit.translate.service import Budget
from toolkit.translate.values import Told

SHOWN = 30
"""Flagged lines that are listed; JSON has all."""


def facts_of(transcript: Transcript, made: Translation, budget: Budget) -> dict[str, object]:
    """The facts for JSON; ``flagged`` lists every cue with flags, its number from 1 and its start in milliseconds.

    What the ``budget`` counts is what all inputs together have cost so far.
    """
    cues = _shown(transcript)
    listed = [
        {
            "cue": number,
            "start": cue.start,
            "text": cue.text,
            "translation": text,
            "flags": [{"kind": flag.kind, "detail": flag.detail, "mended": flag.mended} for flag in flags],
        }
        for number, cue, text, flags in _rows(cues, made)
    ]
    return {
        "to": made.target,
        "cues": len(cues),
        "translated": sum(map(bool, made.texts)) - sum(made.passed),
        "passed": sum(made.passed),
        "missing": len(made.missing),
        "flagged": listed,
        "requests": budget.requests,
        "tokens": budget.tokens,
    }


def in_words(transcript: Transcript, made: Translation, budget: Budget) -> list[str]:
    """What is told on the screen: a line of counts, then the lines that a person should look at."""
    done = len(made.texts) - sum(made.passed) - len(made.missing)
    counted = [f"{count(done, 'cue')} translated"]
    if sum(made.passed):
        counted.append(f"{sum(made.passed)} as they were")
    mended = sum(flag.mended for flags in made.flags for flag in flags)
    counted += [f"{mended} mended"] if mended else []
    counted += [f"{len(made.flagged)} flagged"] if made.flagged else []
    if budget.requests:
        counted.append(f"{count(budget.requests, 'request')}, {budget.tokens} tokens")
    rows = [row for row in _rows(_shown(transcript), made) if any(not flag.mended for flag in row[3])]
    lines = [_row(number, cue, flags) for number, cue, _, flags in rows[:SHOWN]]
    more = [f"      and {len(rows) - SHOWN} more; --json lists them"] if rows[SHOWN:] else []
    return ["; ".join(counted), *lines, *more]


@contextmanager
def telling(title: str, *, quiet: bool = False) -> Iterator[Told | None]:
    """A bar of translated lines, or None where nobody watches."""
    with progress_bar(title, quiet=quiet) as listener:
        yield (lambda done, total: listener(Progress("translate", done, total))) if listener else None


def _rows(cues: list[Cue], made: Translation) -> Iterator[tuple[int, Cue, str, tuple[Flag, ...]]]:
    for number, (cue, text, flags) in enumerate(zip(cues, made.texts, made.flags, strict=True), start=1):
        if flags:
            yield number, cue, text, flags


def _row(number: int, cue: Cue, flags: tuple[Flag, ...]) -> str:
    place = clock(cue.start) if cue.start is not None else ""
    said = "; ".join(str(flag) for flag in flags if not flag.mended)
    return f"{number:4}  {place:>7}  {clip(said, 64)}"


def _shown(transcript: Transcript) -> list[Cue]:
    return [cue for cue in transcript.cues if not is_kept_out(cue)]
