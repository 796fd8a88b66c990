"""Training batches: windows with what is to be written for them, as tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from features import scale
from lines import NOWHERE, Step, Writer
from pool import FRAME, Clip
from tokens import Vocabulary, token_sounds
from torch.nn import functional
from windows import IGNORED, Mixer, Plan, Window


@dataclass(frozen=True)
class Batch:
    """What a training step takes: features (batch, bands, 2n),

    the phoneme and the tone of every frame, the sound that it is a part of and the one before that (batch, n), and for
    the text what is read, what is to be written (batch, m) and where that is heard (batch, m, 2), in seconds.
    """

    mel: torch.Tensor
    phonemes: torch.Tensor
    tones: torch.Tensor
    sounds: torch.Tensor
    befores: torch.Tensor
    tokens: torch.Tensor
    targets: torch.Tensor
    times: torch.Tensor


class Batches:
    """Makes batches of clips, the same for the same seed."""

    def __init__(self, clips: Sequence[Clip], vocabulary: Vocabulary, seed: int) -> None:
        self.mixer = Mixer(clips, seed)
        self.chance = self.mixer.chance
        self.writer = Writer(vocabulary, self.chance)
        self.heard = token_sounds(vocabulary).heard

    def batch(self, plan: Plan, size: int) -> Batch:
        """``size`` windows."""
        windows = [self.mixer.window(plan) for _ in range(size)]
        lines = [self.writer.line(window, plan, self.mixer.pick) for window in windows]
        behind = round(plan.padding / FRAME)
        phonemes = torch.from_numpy(np.stack([window.phonemes for window in windows]))
        tones = torch.from_numpy(np.stack([window.tones for window in windows]))
        frames = [functional.pad(each, (0, behind), value=IGNORED) for each in (phonemes, tones)]
        mel = functional.pad(self.features(windows, plan), (0, 2 * behind))
        return Batch(mel, *frames, *self.sounds(lines, frames[0].shape), *_padded(lines))

    def sounds(self, lines: list[list[Step]], shape: torch.Size) -> tuple[torch.Tensor, torch.Tensor]:
        """The sound of every frame of every window, and the one before it; `IGNORED` where nothing is known."""
        sounds, befores = torch.full(shape, IGNORED), torch.full(shape, IGNORED)
        for row, line in enumerate(lines):
            before = 0
            for step in line:
                if step.write == IGNORED or step.start == NOWHERE or not self.heard[step.write]:
                    continue
                part = slice(round(step.start / FRAME), round(step.end / FRAME))
                sounds[row, part], befores[row, part] = self.heard[step.write], before
                before = self.heard[step.write]
        return sounds, befores

    def features(self, windows: list[Window], plan: Plan) -> torch.Tensor:
        """Scaled as faster-whisper does: to the loudest of the file, of which the window may be a part.

        Behind the end of a recording it puts zeros.
        """
        mel = torch.from_numpy(np.stack([window.mel for window in windows]))
        beyond = torch.tensor([max(0.0, self.chance.gauss(0, 0.25)) for _ in windows])
        mel = scale(mel, mel.amax((1, 2), keepdim=True) + beyond[:, None, None])
        for row, window in enumerate(windows):
            if window.end < plan.seconds - 0.2 and self.chance.random() < 0.7:
                mel[row, round((window.end + self.chance.uniform(0, 0.6)) * 100) :] = 0.0
        return mel.transpose(1, 2).contiguous()


def _padded(lines: list[list[Step]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(line) for line in lines)
    tokens = torch.zeros(len(lines), longest, dtype=torch.long)
    targets = torch.full((len(lines), longest), IGNORED)
    times = torch.full((len(lines), longest, 2), NOWHERE)
    for row, line in enumerate(lines):
        tokens[row, : len(line)] = torch.tensor([step.read for step in line])
        targets[row, : len(line)] = torch.tensor([step.write for step in line])
        times[row, : len(line)] = torch.tensor([[step.start, step.end] for step in line])
    return tokens, targets, times
