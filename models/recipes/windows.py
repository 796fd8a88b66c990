"""The sound of a training window: clips laid one after the other with pauses, in a room, with noise."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from features import BANDS, SILENCE
from numpy.typing import NDArray
from pool import FRAME, Clip
from scipy.signal import lfilter

WINDOW = 10
"""Seconds of sound that the model takes at once. A small decoder loses its place in Whisper's 30."""

IGNORED = -100
"""The target of what is not to be learnt."""

FREE = ("free", "jumble")
FREELY = 0.5
"""The share of Chinese clips that mean nothing: they train the ear, the others the memory."""


@dataclass(frozen=True)
class Plan:
    """How a stage of the training is mixed: seconds of a window, those of nothing behind it, and shares of all."""

    seconds: float
    padding: float = 0.0
    augment: float = 0.6
    silent: float = 0.03
    translate: float = 0.08
    mixed: float = 0.12
    english: float = 0.27
    prompt: float = 0.12
    stamped: float = 0.6
    short: float = 0.25


@dataclass
class Window:
    """A window while it is filled; ``task`` is ``zh``, ``en``, ``mixed``, ``translate`` or ``silent``."""

    task: str
    mel: NDArray[np.float32]
    phonemes: NDArray[np.int64]
    tones: NDArray[np.int64]
    clips: list[tuple[float, Clip]] = field(default_factory=list)
    cut: float | None = None
    """Where a clip begins that goes beyond the end."""

    end: float = 0.0


class Mixer:
    """Makes windows of clips, at random."""

    def __init__(self, clips: Sequence[Clip], seed: int) -> None:
        self.chance, self.noise = random.Random(seed), np.random.default_rng(seed)
        chinese = [clip for clip in clips if clip.language == "zh"]
        self.free = [clip for clip in chinese if clip.kind in FREE]
        self.made = [clip for clip in chinese if clip.kind not in FREE]
        self.english = [clip for clip in clips if clip.language == "en"]
        self.translated = [clip for clip in clips if len(clip.english)]

    def window(self, plan: Plan) -> Window:
        """A window with its sound."""
        frames = round(plan.seconds / FRAME)
        window = Window(
            self.task(plan),
            np.full((2 * frames, BANDS), SILENCE, dtype=np.float32),
            np.full(frames, IGNORED, dtype=np.int64),
            np.full(frames, IGNORED, dtype=np.int64),
        )
        if window.task == "silent":
            window.end = plan.seconds * self.chance.choice((1.0, self.chance.random()))
        else:
            self.fill(window, plan)
        if window.task == "silent" or self.chance.random() < plan.augment:
            self.spoil(window)
        return window

    def task(self, plan: Plan) -> str:
        """What a window is for, drawn in the shares of the plan."""
        shares = (plan.silent, plan.translate, plan.mixed, plan.english)
        tasks = ("silent", "translate", "mixed", "en", "zh")
        return self.chance.choices(tasks, (*shares, 1.0 - sum(shares)))[0]

    def fill(self, window: Window, plan: Plan) -> None:
        """Lay clips into the window until it, or a part of it, is full."""
        chance = self.chance
        clock = chance.uniform(0, 0.4) if chance.random() < 0.7 else chance.uniform(0, 1.5)
        limit = plan.seconds if chance.random() > plan.short else chance.uniform(2.0, plan.seconds)
        while True:
            clip = self.pick(window.task)
            length = clip.frames * FRAME
            if clock + length > limit and window.clips:
                break
            if length <= plan.seconds:
                clock = min(clock, plan.seconds - length)
                self.lay(window, clip, clock)
                window.clips.append((clock, clip))
                window.end = clock + length
                clock += length + (chance.uniform(0.02, 0.4) if chance.random() < 0.8 else chance.uniform(0.3, 1.5))
        if limit == plan.seconds and limit - clock > 0.6 and chance.random() < 0.6:
            self.lay(window, clip, clock)
            window.cut, window.end = clock, plan.seconds

    def pick(self, task: str) -> Clip:
        """A clip for a task."""
        if task == "translate":
            return self.chance.choice(self.translated)
        if task == "en" or (task == "mixed" and self.chance.random() < 0.4):
            return self.chance.choice(self.english)
        return self.chance.choice(self.free if self.chance.random() < FREELY else self.made)

    def lay(self, window: Window, clip: Clip, clock: float) -> None:
        """Put a clip at a time; what goes beyond the end is lost."""
        at = round(clock / FRAME)
        room = min(clip.frames, len(window.phonemes) - at)
        louder = self.chance.uniform(-0.6, 0.2)
        window.mel[2 * at : 2 * (at + room)] = np.maximum(clip.mel[: 2 * room].astype(np.float32) + louder, SILENCE)
        window.phonemes[at : at + room] = clip.phonemes[:room]
        window.tones[at : at + room] = clip.tones[:room]

    def spoil(self, window: Window) -> None:
        """A room, an equaliser, noise: from 22 to 50 dB below the loudest, or alone in a silent window."""
        chance, silent = self.chance, window.task == "silent"
        power = 10.0**window.mel
        if chance.random() < 0.3:
            fading = chance.uniform(0.3, 0.8)
            power = power + lfilter([0.0, chance.uniform(0.02, 0.2)], [1.0, -fading], power, axis=0)
        power = power * 10.0 ** self.curve(BANDS, 6, -0.6, 0.6)
        if silent or chance.random() < 0.7:
            loudest = np.log10(power.max() + 10.0**SILENCE)
            power = power + self.hiss(
                len(power), chance.uniform(-3.5, -1.0) if silent else loudest - chance.uniform(2.2, 5.0)
            )
        window.mel = np.log10(np.maximum(power, 10.0**SILENCE)).astype(np.float32)

    def hiss(self, frames: int, level: float) -> NDArray[np.float64]:
        """The power of noise of some colour, about 10 ** ``level``, with the grain that short windows give it."""
        grain = self.noise.gamma(2.0, 0.5, (frames, BANDS))
        color, swell = self.curve(BANDS, 4, -1.0, 0.0), self.curve(frames, 8, -0.4, 0.0)
        power: NDArray[np.float64] = 10.0 ** (level + color + swell[:, None]) * grain
        return power

    def curve(self, size: int, points: int, low: float, high: float) -> NDArray[np.float64]:
        """A smooth line through random points."""
        line: NDArray[np.float64] = np.interp(
            np.linspace(0, 1, size), np.linspace(0, 1, points), self.noise.uniform(low, high, points)
        )
        return line
