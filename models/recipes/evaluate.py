"""Judge a model as a user has it: real faster-whisper, 8-bit integers, CPU, on sentences and voices it never heard.

    python models/recipes/evaluate.py MODEL CORPUS.held-out.jsonl [--each 60] [--out TABLE.json]

Prints a row for every set: CER (English: WER too), how many of the wrong characters sound like the right ones, how
often the language was told right, and the time for a second of sound.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from utterances import utter
from voices import HELD_OUT, TRAINED, choose_voice

from toolkit.sounds import all_readings, distance
from toolkit.toml import parse

JUDGED = Path(__file__).parent / "sentences" / "judged.toml"
NEAR = 0.35
"""Up to this distance of `toolkit.sounds` two syllables are near homophones (shi and si, jing and jin)."""


@dataclass(frozen=True)
class Sample:
    """A sentence to be spoken and heard."""

    text: str
    language: str


@dataclass
class Score:
    """What was counted over a set."""

    samples: int = 0
    letters: int = 0
    wrong: int = 0
    words: int = 0
    wrong_words: int = 0
    substituted: int = 0
    near: int = 0
    told: int = 0
    sound: float = 0.0
    spent: float = 0.0
    examples: list[tuple[str, str]] = field(default_factory=list)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("held_out", type=Path)
    parser.add_argument("--each", type=int, default=60, help="sentences of a set")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    model = WhisperModel(str(options.model), device="cpu", compute_type="int8", cpu_threads=options.threads)
    scores = {}
    for name, samples, variants in sets(options.held_out, options.each):
        scores[name] = score = judge(model, samples, variants)
        print(row(name, score), flush=True)
        for said, heard in score.examples[:3]:
            print(f"    {said}\n    {heard}")
    if options.out:
        document = {name: asdict(score) for name, score in scores.items()}
        options.out.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def sets(held_out: Path, each: int) -> Iterator[tuple[str, list[Sample], tuple[str, ...]]]:
    """Every set with its sentences and who speaks them."""
    lines = [json.loads(line) for line in held_out.read_text(encoding="utf-8").splitlines()]
    made = {
        kind: [Sample(line["text"], line["language"]) for line in lines if line["kind"] == kind]
        for kind in ("field", "mixed", "english")
    }
    written = {
        kind: [Sample(text, "en" if kind == "english" else "zh") for text in texts]
        for kind, texts in parse(JUDGED.read_text(encoding="utf-8")).items()
    }
    yield "field, made", made["field"][:each], TRAINED
    yield "field, written", written["field"], TRAINED
    yield "field, made, unseen voices", made["field"][:each], HELD_OUT
    yield "field, written, unseen voices", written["field"], HELD_OUT
    yield "everyday, written", written["everyday"], TRAINED
    yield "everyday, written, unseen voices", written["everyday"], HELD_OUT
    yield "mixed, made", made["mixed"][:each], TRAINED
    yield "mixed, written", written["mixed"], TRAINED
    yield "English, made", made["english"][:each], TRAINED
    yield "English, written", written["english"], TRAINED
    yield "English, made, unseen voices", made["english"][:each], HELD_OUT


def judge(model: Any, samples: list[Sample], variants: tuple[str, ...]) -> Score:
    """Speak and hear every sentence."""
    score = Score()
    for index, sample in enumerate(samples):
        chance = random.Random(f"judge:{index}")
        sound = utter(sample.text, choose_voice(chance, variants, fastest=240), chance).samples
        begun = time.perf_counter()
        heard, language = hear(model, sound)
        score.spent += time.perf_counter() - begun
        score.sound += len(sound) / 16_000
        score.told += language == sample.language
        count(score, sample, heard)
    return score


def hear(model: Any, sound: NDArray[np.float32]) -> tuple[str, str]:
    """The text and the language."""
    segments, info = model.transcribe(sound, beam_size=5, temperature=0.0, condition_on_previous_text=False)
    return "".join(segment.text for segment in segments), info.language


def count(score: Score, sample: Sample, heard: str) -> None:
    """Add the errors of one sentence."""
    right, found = letters(sample.text), letters(heard)
    score.samples += 1
    score.letters += len(right)
    score.wrong += Levenshtein.distance(right, found)
    if right != found:
        score.examples.append((sample.text, heard))
    for tag, left, left_end, start, _ in Levenshtein.opcodes(right, found):
        if tag == "replace":
            pairs = [(right[left + step], found[start + step]) for step in range(left_end - left)]
            chinese = [(one, other) for one, other in pairs if one > "\u4e00" and other > "\u4e00"]
            score.substituted += len(chinese)
            score.near += sum(sounds_near(one, other) for one, other in chinese)
    if sample.language == "en":
        said, understood = (re.findall(r"[a-z']+", text.lower()) for text in (sample.text, heard))
        score.words += len(said)
        score.wrong_words += Levenshtein.distance(said, understood)


def letters(text: str) -> str:
    """What is compared: letters and digits, in lower case, without spaces and punctuation."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


def sounds_near(one: str, other: str) -> bool:
    """Whether two characters are homophones or near ones."""
    return any(distance(left, right) <= NEAR for left in all_readings(one) for right in all_readings(other))


def row(name: str, score: Score) -> str:
    """A line of the table."""
    cells = [f"{name:34}", f"{score.samples:4} ", f"CER {100 * score.wrong / max(score.letters, 1):5.1f} %"]
    cells += [f"near {100 * score.near / max(score.substituted, 1):3.0f} % of {score.substituted:3}"]
    cells += [
        f"language {100 * score.told / max(score.samples, 1):3.0f} %",
        f"RTF {score.spent / max(score.sound, 1e-9):.2f}",
    ]
    if score.words:
        cells.append(f"WER {100 * score.wrong_words / score.words:5.1f} %")
    return "  ".join(cells)


if __name__ == "__main__":
    main()
