"""A recogniser for tests of batches: what it hears, and what goes wrong, stands in the file that it is given.

``say TEXT`` is heard as it stands; ``silence`` is nothing; ``junk`` is no recording; ``bug`` is a mistake of the
recogniser's own; ``die`` ends the process, every time; ``die once`` only the first time, after half of the text;
``slow TEXT`` takes its time. ``full`` is a disk without room, ``absent`` a model that is not there.
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
loaded: list[Hints] = []
"""What it was told each time that it was loaded."""


def load(options: TranscribeOptions, told: Hints) -> Callable[..., Iterator[Cue | Mark]]:
    loaded.append(told)
    return listen


def listen(media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]:
    how, _, text = media.read_text(encoding="utf-8").partition(" ")
    _meet(how, media)
    pieces = text.split("|") if how in ("say", "slow", "die") else []
    for number in range(start // SECOND, len(pieces)):
        if how == "slow":
            time.sleep(0.02)
        if how == "die" and number == len(pieces) // 2:
            _die(media, pieces[0])
        yield Cue(number * SECOND, number * SECOND + 900, pieces[number])
        yield Mark((number + 1) * SECOND, language or "zh")


def _meet(how: str, media: Path) -> None:
    if how == "junk":
        raise MediaError("is no recording", where=str(media))
    if how == "bug":
        raise ZeroDivisionError("nobody thought of it")
    if how == "full":
        raise InputError("cannot be written: No space left on device", where=str(media), fix="make room on the disk")
    if how == "absent":
        raise ModelNotFound("no such model", where="large-v9", fix="choose another")


def _die(media: Path, when: str) -> None:
    """End this process as ``kill -9`` does; ``once`` leaves a note that it has been done."""
    note = media.with_name(f".{media.name}.died")
    if when != "once" or not note.exists():
        note.touch()
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
