"""How much of a stretch of sound is speech: Silero's voice activity detector, which ships inside faster-whisper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.transcribe.telemetry import switch_off

if TYPE_CHECKING:
    from toolkit.media import Sound

STEP = 512
"""Samples that Silero judges at once: 32 ms at 16 kHz."""

SPEECH = 0.5
"""The probability from which a step counts as speech; Silero's own, and faster-whisper's."""

_PER_MS = 16
_STEP_MS = STEP // _PER_MS


@dataclass(frozen=True, eq=False)
class Activity:
    """Which steps of a block are speech; ``start`` is when the block begins, in milliseconds of the recording."""

    start: int
    speaking: Sound

    def share(self, start: int, end: int) -> float:
        """The part of the time from ``start`` to ``end`` (milliseconds) that is speech, from 0 to 1.

        What is shorter than a step has the value of the step that it lies in.
        """
        first = max(start - self.start, 0) * _PER_MS // STEP
        last = max(-(-(end - self.start) * _PER_MS // STEP), first + 1)
        steps = self.speaking[first:last]
        return round(float(steps.mean()), 3) if len(steps) else 0.0

    def bounds(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the first speech between ``start`` and ``end`` begins and the last ends; None where there is none."""
        first = max(start - self.start, 0) * _PER_MS // STEP
        last = -(-(end - self.start) * _PER_MS // STEP)
        steps = self.speaking[first : max(last, first + 1)].nonzero()[0]
        if not len(steps):
            return None
        begin, stop = (self.start + (first + int(step)) * _STEP_MS for step in (steps[0], steps[-1] + 1))
        return min(max(begin, start), end), max(min(stop, end), start)


def measure(samples: Sound, start: int) -> Activity:
    """Where there is speech in a block of 16 kHz sound that begins at ``start`` milliseconds.

    Measured on one core: 13 seconds for an hour of sound.
    """
    import numpy as np

    model = _load()
    padded = np.pad(samples, (0, -len(samples) % STEP))
    return Activity(start, (model(padded).ravel() >= SPEECH).astype(np.float32))


def _load() -> Callable[[Sound], Sound]:
    switch_off()
    from faster_whisper.vad import get_vad_model

    model: Callable[[Sound], Sound] = get_vad_model()
    return model
