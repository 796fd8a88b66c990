"""What `synthesise.py` made: utterances with their features, read from disk as they are needed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from features import BANDS
from numpy.typing import NDArray
from tokens import Vocabulary

FRAME = 0.02
"""Seconds of a frame that the model hears; two of the features."""

UNKNOWN_PHONEME = 0


@dataclass(frozen=True)
class Clip:
    """An utterance ready for training: ``tokens`` with the ``times`` of each (seconds, shape (tokens, 2)).

    ``phonemes`` and ``tones`` have a number for every frame of 20 ms. ``english`` are the tokens of its translation.
    """

    kind: str
    language: str
    text: str
    mel: NDArray[np.float16]
    tokens: NDArray[np.int32]
    times: NDArray[np.float32]
    english: NDArray[np.int32]
    phonemes: NDArray[np.uint8]
    tones: NDArray[np.uint8]

    @property
    def frames(self) -> int:
        """Frames of 20 ms."""
        return len(self.mel) // 2


def list_phonemes(folders: Sequence[Path]) -> list[str]:
    """All phonemes that are not too rare, the first of them standing for the rest."""
    counts: Counter[str] = Counter()
    for _, document in _documents(folders, every=10):
        counts.update(name for name, _, _ in document["phonemes"])
    return ["", *sorted(name for name, count in counts.items() if count > 20)][:256]


def read_clips(folders: Sequence[Path], vocabulary: Vocabulary, phonemes: Sequence[str]) -> list[Clip]:
    """Every utterance of the folders."""
    numbers = {name: number for number, name in enumerate(phonemes)}
    return [_clip(sound, document, vocabulary, numbers) for sound, document in _documents(folders)]


def _documents(folders: Sequence[Path], *, every: int = 1) -> Any:
    for listed in sorted(path for folder in folders for path in folder.glob("*.jsonl")):
        sound = np.memmap(listed.with_suffix(".f16"), dtype=np.float16, mode="r").reshape(-1, BANDS)
        with listed.open(encoding="utf-8") as lines:
            for index, line in enumerate(lines):
                if index % every == 0:
                    yield sound, json.loads(line)


def _clip(
    sound: NDArray[np.float16], document: dict[str, Any], vocabulary: Vocabulary, numbers: dict[str, int]
) -> Clip:
    frames = document["frames"] // 2
    mel = sound[document["offset"] : document["offset"] + 2 * frames]
    tokens, times = _timed_tokens(document["pieces"], document["language"], vocabulary)
    starts = np.array([start for _, _, start in document["phonemes"]])
    active = np.searchsorted(starts, (np.arange(frames) + 0.5) * FRAME, side="right") - 1
    names = np.array([numbers.get(name, UNKNOWN_PHONEME) for name, _, _ in document["phonemes"]], dtype=np.uint8)
    tones = np.array([tone for _, tone, _ in document["phonemes"]], dtype=np.uint8)
    english = vocabulary.encode(f" {document['english']}") if document.get("english") else []
    return Clip(
        kind=document["kind"],
        language=document["language"],
        text=document["text"],
        mel=mel,
        tokens=tokens,
        times=times,
        english=np.array(english, dtype=np.int32),
        phonemes=names[np.maximum(active, 0)],
        tones=tones[np.maximum(active, 0)],
    )


def _timed_tokens(
    pieces: list[Any], language: str, vocabulary: Vocabulary
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The tokens of an utterance; those of a word share its time."""
    tokens: list[int] = []
    times: list[tuple[float, float]] = []
    for index, (text, start, end) in enumerate(pieces):
        spelled = f" {text}" if language == "en" and index == 0 else text
        parts = vocabulary.encode(spelled)
        edges = np.linspace(start, end, len(parts) + 1)
        tokens += parts
        times += pairwise(edges)
    return np.array(tokens, dtype=np.int32), np.array(times, dtype=np.float32).reshape(-1, 2)
