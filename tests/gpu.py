"""A GPU that is none: the model runs on the CPU, under another name, and fails as CUDA does when a test wants it to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import faster_whisper
import pytest

from toolkit.transcribe import cuda

REAL = faster_whisper.WhisperModel
KINDS = frozenset({"float32", "float16", "int8", "int8_float16", "int8_float32"})
MEMORY = "CUDA failed with error out of memory"
LIBRARY = "Library libcublas.so.12 is not found or cannot be loaded"


@dataclass
class Trouble:
    """What is to go wrong: decoding the Nth sound ``at``, more windows than ``room`` at once, or loading the model."""

    message: str
    at: int = 0
    room: int = 0
    loading: bool = False
    sounds: int = 0


class _Model:
    """CTranslate2's model with trouble ahead."""

    def __init__(self, model: Any, trouble: Trouble) -> None:
        self._model, self._trouble = model, trouble

    def encode(self, *of: Any, **options: Any) -> Any:
        self._trouble.sounds += 1
        return self._model.encode(*of, **options)

    def generate(self, sound: Any, prompts: Sequence[Any], **options: Any) -> Any:
        if self._trouble.sounds == self._trouble.at or len(prompts) > (self._trouble.room or len(prompts)):
            raise RuntimeError(self._trouble.message)
        return self._model.generate(sound, prompts, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


def pretend_gpus(patch: pytest.MonkeyPatch, *troubles: Trouble) -> None:
    """Let there be GPUs, one for each trouble, with the arithmetic of the CPU, so that they hear the same."""

    def load(folder: str, *, device: str, device_index: int, compute_type: str, **options: Any) -> Any:
        trouble = troubles[device_index] if device == "cuda" else None
        if trouble and trouble.loading:
            raise RuntimeError(trouble.message)
        model = REAL(folder, device="cpu", compute_type="int8", **options)
        if trouble:
            model.model = _Model(model.model, trouble)
        return model

    patch.setattr(faster_whisper, "WhisperModel", load)
    patch.setattr(cuda, "find_cuda", lambda: cuda.Cuda((KINDS,) * len(troubles)))
    patch.setattr(cuda, "load_cublas", lambda: "")
    patch.setattr(cuda, "_gone", {})
