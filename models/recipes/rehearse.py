"""Train the decoder alone, on windows that the encoder hears once: four times the steps in the same time.

    python models/recipes/rehearse.py POOL... --out FOLDER [--minutes 40] [--hours 24]

When the encoder knows its phonemes, what is left to learn is where to look and how it is spelt, and most of a step of
`train.py` is spent on the encoder. Goes on from the checkpoint in FOLDER and writes it back; train on with `train.py
--resume` afterwards, so that both fit each other again.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from batches import Batches
from losses import Text, Weights, total, written
from network import Network, read_shape
from pool import read_clips
from stitch import stitch
from tokens import token_sounds
from torch import Tensor
from train import State, load, make_optimizer, prepare, save
from windows import WINDOW, Plan

WEIGHTS = Weights(stamps=0.3, guide=0.7, trail=0.5, syllables=0.5)
PADDINGS = (0.0, 5.0)
"""Seconds of the recogniser's silence behind the windows."""

WARM = 200


@dataclass(frozen=True)
class Heard:
    """A batch of windows as the encoder heard them, in 16-bit floats, and what is to be written."""

    memory: Tensor
    text: Text


def main() -> None:
    """Hear, then rehearse."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pools", type=Path, nargs="+", metavar="POOL")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=40.0, help="of training, after the hearing")
    parser.add_argument("--hours", type=float, default=24.0, help="of sound that is heard")
    parser.add_argument("--seconds", type=float, default=60.0, help="of sound in a step")
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--stitch", action="store_true", help="begin with what the ear knows; for an untrained decoder")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    vocabulary, phonemes = prepare(options)
    shape = read_shape(torch.load(options.out / "checkpoint.pt", weights_only=True)["shape"])
    sounds = token_sounds(vocabulary)
    network = Network(shape, sounds, phonemes=len(phonemes))
    state = State(network, make_optimizer(network, options.rate))
    load(state, options.out / "checkpoint.pt", "cpu")
    if options.stitch:
        stitch(network, sounds)
    state.optimizer = make_optimizer(network.decoder, options.rate)
    batches = Batches(read_clips(options.pools, vocabulary, phonemes), vocabulary, options.seed + state.step)
    heard = hear(network, batches, options)
    rehearse(state, heard, vocabulary.used.index(vocabulary.stamp), options)
    state.optimizer = make_optimizer(network, options.rate)
    save(state, options.out / "checkpoint.pt")


def hear(network: Network, batches: Batches, options: argparse.Namespace) -> list[Heard]:
    """Some hours of sound."""
    size = round(options.seconds / WINDOW)
    heard = []
    with torch.no_grad():
        for number in range(round(options.hours * 3600 / (size * WINDOW))):
            batch = batches.batch(Plan(WINDOW, PADDINGS[number % len(PADDINGS)], augment=0.4), size)
            memory = network.encoder(batch.mel).half()
            heard.append(Heard(memory, Text(batch.tokens, batch.targets, batch.times)))
    print(f"heard {len(heard)} batches of {size} windows", flush=True)
    return heard


def rehearse(state: State, heard: list[Heard], first_stamp: int, options: argparse.Namespace) -> None:
    """Step through what was heard, in random order, until the time is over."""
    chance = random.Random(options.seed)
    begun, whole = time.monotonic(), options.minutes * 60
    smooth: dict[str, float] = {}
    done = 0
    while (progress := (time.monotonic() - begun) / whole) < 1:
        rate = options.rate * min(1.0, (done + 1) / WARM, 0.02 + 0.98 * math.cos(math.pi / 2 * progress))
        each = chance.choice(heard)
        parts = written(state.network, each.memory.float(), each.text, first_stamp)
        total(parts, WEIGHTS).backward()
        torch.nn.utils.clip_grad_norm_(state.network.decoder.parameters(), 1.0)
        for group in state.optimizer.param_groups:
            group["lr"] = rate
        state.optimizer.step()
        state.optimizer.zero_grad(set_to_none=True)
        for name, value in parts.items():
            smooth[name] = 0.97 * smooth.get(name, float(value.detach())) + 0.03 * float(value.detach())
        done += 1
        if done % 100 == 0:
            print(
                done,
                round(time.monotonic() - begun),
                *(f"{name} {value:.4g}" for name, value in smooth.items()),
                flush=True,
            )
        if done % 2000 == 0:
            save(state, options.out / "rehearsed.pt")


if __name__ == "__main__":
    main()
