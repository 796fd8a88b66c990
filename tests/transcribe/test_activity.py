"""How much of a stretch is speech, measured on the talk and on sounds that are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from toolkit.media import RATE, blocks
from toolkit.transcribe.activity import STEP, Activity, measure

STEPS = Activity(10_000, np.array([0, 1, 1, 0], np.float32))
"""Four steps of 32 ms from 10 seconds on, the two in the middle speech."""


@pytest.mark.parametrize(
    ("start", "end", "share"),
    [
        (10_000, 10_128, 0.5),
        (10_032, 10_096, 1.0),
        (10_000, 10_032, 0.0),
        (10_040, 10_040, 1.0),  # no time at all: the step that it lies in
        (10_000, 10_096, 0.667),
        (9_000, 10_064, 0.5),  # from before the block
        (10_096, 20_000, 0.0),  # to behind it
        (20_000, 20_500, 0.0),  # behind it altogether
    ],
)
def test_the_share_of_a_stretch(start: int, end: int, share: float) -> None:
    assert STEPS.share(start, end) == share


@pytest.mark.parametrize(
    ("start", "end", "bounds"),
    [
        (10_000, 10_128, (10_032, 10_096)),
        (10_040, 10_090, (10_040, 10_090)),
        (10_070, 20_000, (10_070, 10_096)),
        (10_096, 10_128, None),
        (10_050, 10_050, (10_050, 10_050)),
        (9_000, 10_050, (10_032, 10_050)),
        (20_000, 20_500, None),
    ],
)
def test_the_speech_within_a_stretch(start: int, end: int, bounds: tuple[int, int] | None) -> None:
    assert STEPS.bounds(start, end) == bounds


def test_a_talk_is_speech_where_somebody_speaks(talk: Path) -> None:
    activity = measure(next(iter(blocks(talk))).samples, 0)
    assert activity.share(6_000, 12_000) > 0.7
    assert activity.share(48_600, 50_900) < 0.1  # the three seconds of silence
    assert activity.share(0, 56_000) == pytest.approx(0.7, abs=0.1)


@pytest.mark.parametrize("kind", ["silence", "noise", "chord"])
def test_silence_noise_and_a_chord_are_none(kind: str) -> None:
    seconds = np.arange(3 * RATE) / RATE
    chord = sum(np.sin(2 * np.pi * pitch * seconds) for pitch in (261.6, 329.6, 392.0)) / 8
    noise = np.random.default_rng(0).normal(size=3 * RATE) / 20
    sound = {"silence": np.zeros(3 * RATE), "noise": noise, "chord": chord}[kind].astype(np.float32)
    assert measure(sound, 500).share(500, 3_500) == 0.0


@pytest.mark.parametrize("size", [1, STEP - 1, STEP, STEP + 1, 10 * STEP])
def test_sound_of_any_length_has_a_step_for_every_part(size: int) -> None:
    assert len(measure(np.zeros(size, np.float32), 0).speaking) == -(-size // STEP)
