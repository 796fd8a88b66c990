"""Make recordings of scripts, and what is said in them, with the true times.

    python models/recipes/recording.py SCRIPT.toml NAME
    python models/recipes/recording.py SCRIPT.toml FOLDER --clips

Writes ``NAME.opus``, and ``NAME.zh.srt`` and ``NAME.en.srt``: what is said and what it means. With ``--clips`` a file
for every line, and ``clips.json``: the text of each, its translation, and where each character and word is.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from espeak import Voice
from numpy.typing import NDArray
from utterances import utter

from toolkit import write
from toolkit.cues import Cue, Transcript
from toolkit.toml import parse

RATE = 16_000
BIT_RATE = 32_000
PAUSE = 450
"""Milliseconds between two lines that say nothing else."""

LOUDNESS = 0.5
HISS = 0.0015
"""The noise of a quiet room beside a full scale of 1."""


@dataclass(frozen=True)
class Line:
    """A line of the script: who says it, how it is written, how it is said, what it means, the pause after it."""

    name: str
    by: str
    text: str
    said: str
    english: str
    pause: int


def main() -> None:
    """Write one recording, or a clip for every line."""
    voices, lines = read_script(Path(sys.argv[1]))
    if "--clips" in sys.argv:
        write_clips(voices, lines, Path(sys.argv[2]))
    else:
        write_recording(voices, lines, sys.argv[2])


def write_clips(voices: dict[str, Voice], lines: list[Line], folder: Path) -> None:
    """A file for every line, with half a second of quiet around, and the list of them."""
    folder.mkdir(parents=True, exist_ok=True)
    quiet = RATE // 2
    listed = []
    for line in lines:
        utterance = utter(line.said, voices[line.by], random.Random(line.name))
        encode(
            _in_a_room([np.zeros(quiet, dtype=np.float32), _leveled(utterance.samples)]), folder / f"{line.name}.opus"
        )
        words = [
            [piece.text, round(1000 * piece.start) + 500, round(1000 * piece.end) + 500] for piece in utterance.pieces
        ]
        listed.append({"name": line.name, "text": line.text, "english": line.english, "words": words})
    document = ",\n".join(json.dumps(clip, ensure_ascii=False) for clip in listed)
    (folder / "clips.json").write_text(f"[\n{document}\n]\n", encoding="utf-8")


def write_recording(voices: dict[str, Voice], lines: list[Line], name: str) -> None:
    """One recording of all lines, and what is said in it."""
    samples, spans = perform(voices, lines)
    encode(samples, Path(f"{name}.opus"))
    for language, texts in (("zh", [line.text for line in lines]), ("en", [line.english for line in lines])):
        cues = tuple(Cue(start, end, text) for (start, end), text in zip(spans, texts, strict=True))
        write(Transcript(name, cues, language), f"{name}.{language}.srt")
    print(f"{len(samples) / RATE:.1f} seconds")


def read_script(path: Path) -> tuple[dict[str, Voice], list[Line]]:
    """The voices and the lines of a script."""
    document: Any = parse(path.read_text(encoding="utf-8"))
    voices = {name: Voice(**values) for name, values in document["voices"].items()}
    lines = [
        Line(
            line.get("name", ""),
            line["by"],
            line["text"],
            line.get("said", line["text"]),
            line.get("english", ""),
            line.get("pause", PAUSE),
        )
        for line in document["line"]
    ]
    return voices, lines


def perform(voices: dict[str, Voice], lines: list[Line]) -> tuple[NDArray[np.float32], list[tuple[int, int]]]:
    """The sound, and where each line is in it, in milliseconds."""
    chance = random.Random(1)
    parts: list[NDArray[np.float32]] = [np.zeros(RATE // 2, dtype=np.float32)]
    spans = []
    clock = len(parts[0])
    for line in lines:
        sound = utter(line.said, voices[line.by], chance).samples
        spans.append((clock * 1000 // RATE, (clock + len(sound)) * 1000 // RATE))
        parts += [_leveled(sound), np.zeros(line.pause * RATE // 1000, dtype=np.float32)]
        clock += len(sound) + len(parts[-1])
    return _in_a_room(parts), spans


def _leveled(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    return samples * np.float32(LOUDNESS / np.abs(samples).max())


def _in_a_room(parts: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    samples = np.concatenate([*parts, np.zeros(RATE // 2, dtype=np.float32)])
    return samples + np.random.default_rng(1).normal(0, HISS, len(samples)).astype(np.float32)


def encode(samples: NDArray[np.float32], path: Path) -> None:
    """Write mono Opus."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono", options={"b": str(BIT_RATE)})
        size = stream.codec_context.frame_size or RATE // 50
        for at in range(0, len(samples), size):
            frame = av.AudioFrame.from_ndarray(samples[None, at : at + size], format="flt", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


if __name__ == "__main__":
    main()
