"""A recogniser of your own: it hears that somebody speaks, and leaves it to you to write down what.

PYTHONPATH=examples zimu run talk.wav --recogniser own_recogniser:load
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from toolkit.cues import Cue
from toolkit.media import RATE, blocks
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints, Mark, Recogniser

STEP = 500  # milliseconds
SILENCE = 0.02  # of full scale


def load(options: TranscribeOptions, hints: Hints) -> Recogniser:  # noqa: ARG001
    """Make the recogniser ready; one with a model would load ``options.model`` here."""
    return listen


def listen(media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]:
    """A cue for each stretch that is louder than silence, and a mark behind each block of sound."""
    for block in blocks(media, start=start):
        size = RATE * STEP // 1000
        steps = np.pad(block.samples, (0, -len(block.samples) % size)).reshape(-1, size)
        loud = np.pad(np.abs(steps).max(axis=1) > SILENCE, 1)
        for first, last in np.flatnonzero(np.diff(loud)).reshape(-1, 2).tolist():
            yield Cue(block.start + first * STEP, min(block.start + last * STEP, block.end), "……")
        yield Mark(block.end, language)
