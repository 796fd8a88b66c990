"""A recogniser for tests of batches: what it hears, and what goes wrong, stands in the file that it is given.

``say TEXT`` is heard as it stands; ``silence`` is nothing; ``junk`` is no recording; ``bug`` is a mistake of the
recogniser's own; ``die`` ends the process, every time; ``die once`` only the first time, after half of the text;
``moody TEXT`` is a mistake the first time.
``slow TEXT`` takes its time, the first time. ``full`` is a disk without room, ``absent`` a model that is not there.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from toolkit.cues import Cue
from toolkit.errors import InputError, MediaError, ModelNotFound
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints, Mark

SECOND = 1000
BLOCK = 2
"""Pieces between two marks."""

loaded: list[Hints] = []
"""What it was told each time that it was loaded."""


def load(options: TranscribeOptions, told: Hints) -> Callable[..., Iterator[Cue | Mark]]:
    loaded.append(told)
    return listen


def listen(media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]:
    how, _, text = media.read_text(encoding="utf-8").partition(" ")
    _meet(how, media)
    pieces = text.split("|") if how in ("say", "slow", "die", "moody") else []
    pause = 0.05 if how == "slow" and _first_time(media) else 0
    for number in range(start // SECOND, len(pieces)):
        time.sleep(pause)
        if how == "die" and number == len(pieces) // 2:
            _die(media, pieces[0])
        yield Cue(number * SECOND, number * SECOND + 900, pieces[number])
        if (number + 1) % BLOCK == 0:
            yield Mark((number + 1) * SECOND, language or "zh")


def _meet(how: str, media: Path) -> None:
    if how == "junk":
        raise MediaError("is no recording", where=str(media))
    if how == "bug" or (how == "moody" and _first_time(media)):
        raise ZeroDivisionError("nobody thought of it")
    if how == "full":
        raise InputError("cannot be written: No space left on device", where=str(media), fix="make room on the disk")
    if how == "absent":
        raise ModelNotFound("no such model", where="large-v9", fix="choose another")


def _die(media: Path, when: str) -> None:
    """End this process as ``kill -9`` does."""
    if when != "once" or _first_time(media):
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def _first_time(media: Path) -> bool:
    """Whether this was never asked about a file; leaves a note that it was."""
    note = media.with_name(f".{media.name}.asked")
    try:
        note.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
