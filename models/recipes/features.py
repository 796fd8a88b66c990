"""Log-mel features as faster-whisper computes them, before they are scaled to the loudest of a file."""

from __future__ import annotations

from functools import cache

import numpy as np
import torch
from faster_whisper.feature_extractor import FeatureExtractor
from numpy.typing import NDArray

RATE = 16_000
HOP = 160
"""Samples between two frames: 10 ms. The model hears every second one."""

BANDS = 80
SILENCE = -10.0
"""The log10 power of digital silence."""


def log_mel(samples: NDArray[np.float32]) -> NDArray[np.float16]:
    """The log10 power in mel bands, shape (frames, `BANDS`), of mono sound at `RATE`."""
    sound = torch.nn.functional.pad(torch.from_numpy(samples), (0, HOP))
    spectrum = torch.stft(sound, 400, HOP, window=torch.hann_window(400), return_complex=True)[..., :-1].abs() ** 2
    power = _filters() @ spectrum
    mel: NDArray[np.float16] = power.clamp(min=10.0**SILENCE).log10().T.numpy().astype(np.float16)
    return mel


def scale(mel: torch.Tensor, loudest: torch.Tensor) -> torch.Tensor:
    """What the model is fed: at most 8 below the loudest, around zero."""
    return (torch.maximum(mel, loudest - 8.0) + 4.0) / 4.0


@cache
def _filters() -> torch.Tensor:
    return torch.from_numpy(FeatureExtractor(feature_size=BANDS).mel_filters.astype(np.float32))
