"""The clock of a long recording: what is said late in it is found as exactly as what is said first.

The engine that hears here knows beeps and no words, so that the truth is known. All around it is what hears speech:
decoding, resampling, blocks, their offsets, cues.
"""

from __future__ import annotations

import wave
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import toolkit.media as media
import toolkit.transcribe.whisper as whisper
from toolkit.cues import Cue
from toolkit.media import RATE, blocks
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints, Mark
from toolkit.transcribe.activity import STEP, Activity
from toolkit.transcribe.prompt import wish
from toolkit.transcribe.whisper import Listener, listen

MINUTES = 40
BEEP = 100
"""How long a beep is, in milliseconds."""
ODD = 7_919
"""A beep begins every so many milliseconds: a prime, so that it meets minutes, blocks and steps everywhere."""
NEAR = 5
"""Milliseconds by which a cue may be wrong: what a resampler's filter rings. No reader sees 300."""


class Ear:
    """Takes every beep for a segment of one word."""

    def transcribe(self, samples: np.ndarray, **_: object) -> tuple[Iterator[Any], object]:
        return self._segments(np.flatnonzero(np.abs(samples) > 0.2)), SimpleNamespace(language="zh")

    def _segments(self, loud: np.ndarray) -> Iterator[Any]:
        facts = {"avg_logprob": 0.0, "no_speech_prob": 0.0, "compression_ratio": 1.0, "temperature": 0.0}
        for beep in np.split(loud, np.flatnonzero(np.diff(loud) > RATE // 10) + 1) if len(loud) else ():
            start, end = float(beep[0]) / RATE, float(beep[-1] + 1) / RATE
            word = SimpleNamespace(word="哔", start=start, end=end, probability=1.0)
            yield SimpleNamespace(text="哔", words=[word], start=start, end=end, **facts)


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    def deaf(samples: np.ndarray, start: int) -> Activity:
        return Activity(start, np.zeros(-(-len(samples) // STEP), np.float32))

    monkeypatch.setattr(whisper, "measure", deaf)
    engine: Any = SimpleNamespace(model=Ear(), device="cpu", why="", batch=1, batched=False)
    return Listener(engine, TranscribeOptions(), Path(), wish(TranscribeOptions(), Hints(), len))


def beeps(total: int) -> range:
    """When beeps begin in ``total`` milliseconds."""
    return range(ODD, total - BEEP, ODD)


def write_beeps(path: Path, rate: int) -> Path:
    """40 minutes of silence and beeps, a byte a sample."""
    tone = np.where(np.arange(rate * BEEP // 1000) // 20 % 2, 255, 0).astype(np.uint8).tobytes()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(rate)
        for start in beeps(MINUTES * 60_000):
            file.writeframes(b"\x80" * (round(start * rate / 1000) - file.tell()))
            file.writeframes(tone)
        file.writeframes(b"\x80" * (MINUTES * 60 * rate - file.tell()))
    return path


def test_forty_minutes_do_not_drift(listener: Listener, tmp_path: Path) -> None:
    events = list(listen(listener, write_beeps(tmp_path / "long.wav", 44_100)))
    cues = [event for event in events if isinstance(event, Cue)]
    for cue, start in zip(cues, beeps(MINUTES * 60_000), strict=True):
        assert abs((cue.start or 0) - start) <= NEAR
        assert abs((cue.end or 0) - start - BEEP) <= NEAR
    marks = [event for event in events if isinstance(event, Mark)]
    assert len(marks) >= MINUTES // 2
    assert abs(marks[-1].until - MINUTES * 60_000) <= NEAR
    middle = marks[len(marks) // 2]
    rest = list(listen(listener, tmp_path / "long.wav", start=middle.until, language="zh"))
    assert rest == events[events.index(middle) + 1 :]


def test_ten_hours_of_blocks_are_right_to_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample is loud every 99,991; they come in parts of a size that fits nothing."""
    part = np.zeros(99_991, np.float32)
    part[0] = 1.0
    total = 10 * 3600 * RATE

    def sound(*_: object) -> Iterator[np.ndarray]:
        yield from (part for _ in range(total // len(part)))

    monkeypatch.setattr(media, "_sound", sound)
    expected, until = 0, 0
    for block in blocks(Path("ten hours")):
        assert block.start == until
        until = block.end
        found = block.start * RATE // 1000 + np.flatnonzero(block.samples)
        assert np.array_equal(found, expected + len(part) * np.arange(len(found)))
        expected += len(part) * len(found)
    assert expected == total // len(part) * len(part)
    assert 0 <= until * RATE // 1000 - expected < RATE // 1000


@pytest.mark.parametrize("jitter", [0, 1, 40], ids=["exact", "of milliseconds", "as in bad containers"])
def test_ten_hours_of_time_stamps_add_no_silence_but_what_is_missing(
    jitter: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Frames of 16,384 samples at 44,100 a second, stamps rounded and shaken; a second is missing every 12,500."""
    size, rate, count = 16_384, 44_100, 10 * 3600 * 44_100 // 16_384
    lost = [(number + 1) // 12_500 for number in range(count)]
    shaken = np.random.default_rng(jitter).integers(-jitter, jitter + 1, count)

    def frames(*_: object) -> Iterator[object]:
        for number in range(count):
            exact = number * size / rate + lost[number]
            time = round(exact * 1000 + shaken[number]) / 1000 if jitter else exact
            yield SimpleNamespace(time=time, samples=size, sample_rate=rate)

    length = int((count * size / rate + lost[-1]) * 1e6)
    form = SimpleNamespace(flags=0, name="matroska")
    container = SimpleNamespace(start_time=0, duration=length, format=form)
    monkeypatch.setattr(media, "_opened", lambda _: nullcontext(container))
    monkeypatch.setattr(media, "_decoded", frames)
    clock = 0.0
    for number, (frame, gap) in enumerate(media._frames(Path("ten hours"), 1)):
        clock += gap
        assert abs(clock - number * size / rate - lost[number]) < 0.1 + jitter / 1000
        clock += frame.samples / frame.sample_rate
