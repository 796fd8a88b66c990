"""Speak a corpus: features and the places of words and phonemes, in a folder that training reads.

    python models/recipes/synthesise.py CORPUS.jsonl FOLDER [--workers 2] [--held-out] [--seed 1]

Every worker writes a shard: ``N.f16`` (log10 mel power, frames of 10 ms by 80 bands) and ``N.jsonl`` (an utterance a
line). The voice of a sentence depends on the seed and its line only.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import torch
from features import log_mel
from utterances import utter
from voices import HELD_OUT, TRAINED, choose_voice


def main() -> None:
    """Divide the lines of the corpus among the workers."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true", help="speak with the voices that are never trained")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    tasks = [(options, number) for number in range(options.workers)]
    with get_context("spawn").Pool(options.workers) as workers:
        for number, seconds in workers.imap_unordered(speak_shard, tasks):
            print(f"shard {number}: {seconds / 3600:.2f} hours", flush=True)


def speak_shard(task: tuple[argparse.Namespace, int]) -> tuple[int, float]:
    """Speak every n-th line; returns the seconds of sound."""
    options, number = task
    torch.set_num_threads(1)
    frames = 0
    with (
        options.corpus.open(encoding="utf-8") as corpus,
        (options.folder / f"{number}.f16").open("wb") as sound,
        (options.folder / f"{number}.jsonl").open("w", encoding="utf-8") as listed,
    ):
        for index, line in enumerate(corpus):
            if index % options.workers == number:
                mel, document = speak_line(json.loads(line), random.Random(f"{options.seed}:{index}"), options.held_out)
                mel.tofile(sound)
                listed.write(json.dumps({**document, "offset": frames}, ensure_ascii=False) + "\n")
                frames += len(mel)
    return number, frames / 100


def speak_line(sentence: dict[str, Any], chance: random.Random, held_out: bool) -> tuple[Any, dict[str, Any]]:
    """The features of a sentence and all that is known of them."""
    voice = choose_voice(chance, HELD_OUT if held_out else TRAINED)
    utterance = utter(sentence.get("said", sentence["text"]), voice, chance)
    mel = log_mel(utterance.samples)
    pieces = [[piece.text, round(piece.start, 3), round(piece.end, 3)] for piece in utterance.pieces]
    phonemes = [[name, tone, round(start, 3)] for name, tone, start in utterance.phonemes]
    return mel, {**sentence, "voice": asdict(voice), "frames": len(mel), "pieces": pieces, "phonemes": phonemes}


if __name__ == "__main__":
    main()
