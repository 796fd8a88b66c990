"""Train the small speech model, on the CPU or on one GPU, for a given time.

    python models/recipes/train.py POOL... --out FOLDER [--minutes 90] [--device cpu|cuda] [--resume] [--ear]

POOL are folders that `synthesise.py` wrote. The folder gets the vocabulary and the phonemes, a
checkpoint every few minutes, and ``log.jsonl``, a line every 25 steps, which `plot.py` draws. ``--resume`` goes on
from the checkpoint: after an interruption where it was, or, with more ``--minutes``, for that much longer.
``--ear`` trains the encoder alone, which comes first: a decoder learns nothing of an encoder that hears nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from multiprocessing import Value
from pathlib import Path
from typing import Any

import torch
from batches import Batch, Batches
from losses import Weights, listened, losses, total
from network import Network, Shape
from pool import Clip, list_phonemes, read_clips
from tokenizers import Tokenizer
from tokens import Vocabulary, make_vocabulary, token_sounds
from torch import nn
from torch.utils.data import DataLoader, IterableDataset
from windows import WINDOW, Plan

PADDED_FROM = 0.7
"""From which share of the training on there are windows that the recogniser's silence follows, up to 30 seconds."""

PADDED = 0.5
"""The share of such windows."""

EAR = Weights(phonemes=1.0, tones=1.0, sounds=0.5, befores=0.5)
"""What counts when the ear is trained alone."""

EAR_PLAN = Plan(WINDOW, augment=0.1, translate=0.0, mixed=0.15, english=0.25, prompt=0.0, short=0.1)

WARM = 0.05
"""The share of the training after which the learning rate is at its highest."""

HELD = 0.3
"""The share after which it falls."""

CHECKPOINT = 240.0
"""Seconds between two checkpoints."""


@dataclass
class State:
    """All that a checkpoint holds."""

    network: Network
    optimizer: torch.optim.Optimizer
    step: int = 0
    elapsed: float = 0.0


class Stream(IterableDataset[Batch]):
    """Batches without end; the progress, from 0 to 1, decides whether windows are padded."""

    def __init__(self, clips: list[Clip], vocabulary: Vocabulary, seconds: float, seed: int, *, ear: bool) -> None:
        self.clips, self.vocabulary = clips, vocabulary
        self.seconds, self.seed = seconds, seed
        self.ear = ear
        self.progress: Any = Value("d", 0.0)

    def __iter__(self) -> Iterator[Batch]:
        torch.set_num_threads(1)
        worker = torch.utils.data.get_worker_info()
        batches = Batches(self.clips, self.vocabulary, self.seed + (worker.id if worker else 0))
        while self.ear:
            yield batches.batch(EAR_PLAN, round(self.seconds / WINDOW))
        while True:
            padded = self.progress.value > PADDED_FROM and batches.chance.random() < PADDED
            plan = Plan(WINDOW, 30 - WINDOW if padded else 0.0, augment=0.2)
            yield batches.batch(plan, round(self.seconds / WINDOW))


def main() -> None:
    """Train."""
    options = parse()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    vocabulary, phonemes = prepare(options)
    clips = read_clips(options.pools, vocabulary, phonemes)
    numbers = {number: index for index, number in enumerate(vocabulary.used)}
    hours = sum(clip.frames for clip in clips) / 180_000
    print(f"{len(clips)} utterances, {hours:.1f} hours; {len(numbers)} tokens, {len(phonemes)} phonemes", flush=True)
    shape = Shape(width=options.width, decoder_layers=options.decoder_layers)
    network = Network(shape, token_sounds(vocabulary), phonemes=len(phonemes)).to(options.device)
    state = State(network, make_optimizer(network, options.rate))
    if options.resume:
        load(state, options.out / "checkpoint.pt", options.device)
    stream = Stream(clips, vocabulary, options.seconds, options.seed + state.step, ear=options.ear)
    run(state, stream, numbers[vocabulary.stamp], options)


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pools", type=Path, nargs="+", metavar="POOL")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=90.0, help="of the whole training")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--seconds", type=float, default=50.0, help="of sound in a step")
    parser.add_argument("--rate", type=float, default=1e-3, help="the learning rate at its highest")
    parser.add_argument("--width", type=int, default=Shape.width)
    parser.add_argument("--decoder-layers", type=int, default=Shape.decoder_layers)
    parser.add_argument("--workers", type=int, default=1, help="processes that mix batches")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--ear", action="store_true", help="train the encoder alone")
    return parser.parse_args()


def prepare(options: argparse.Namespace) -> tuple[Vocabulary, list[str]]:
    """The vocabulary and the phonemes: made of the pools once, then read back."""
    saved, listed = options.out / "tokenizer.json", options.out / "phonemes.json"
    if not saved.exists():
        texts = [text for pool in options.pools for text in _texts(pool)]
        vocabulary = make_vocabulary(texts)
        vocabulary.tokenizer.save(str(saved), pretty=False)
        listed.write_text(
            json.dumps({"text": vocabulary.text, "phonemes": list_phonemes(options.pools)}), encoding="utf-8"
        )
    document = json.loads(listed.read_text(encoding="utf-8"))
    return Vocabulary(Tokenizer.from_file(str(saved)), document["text"]), document["phonemes"]


def _texts(pool: Path) -> Iterator[str]:
    for shard in sorted(pool.glob("*.jsonl")):
        for line in shard.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            yield document["text"] if document["language"] == "zh" else f" {document['text']}"
            if document.get("english"):
                yield f" {document['english']}"


def make_optimizer(network: nn.Module, rate: float) -> torch.optim.Optimizer:
    """AdamW, with weight decay for matrices alone."""
    matrices = [value for value in network.parameters() if value.ndim > 1]
    others = [value for value in network.parameters() if value.ndim <= 1]
    groups = [{"params": matrices, "weight_decay": 0.02}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True)


def run(state: State, stream: Stream, first_stamp: int, options: argparse.Namespace) -> None:
    """Step until the time is over."""
    loader = iter(DataLoader(stream, batch_size=None, num_workers=options.workers, prefetch_factor=4))
    whole, begun, saved = options.minutes * 60, time.monotonic() - state.elapsed, time.monotonic()
    smooth: dict[str, float] = {}
    while state.elapsed < whole:
        stream.progress.value = state.elapsed / whole
        rate = options.rate * schedule(stream.progress.value)
        batch = to_device(next(loader), options.device)
        parts = step(state, batch, rate, None if options.ear else first_stamp)
        for name, value in parts.items():
            smooth[name] = 0.95 * smooth.get(name, value) + 0.05 * value
        state.step += 1
        state.elapsed = time.monotonic() - begun
        if state.step % 25 == 0:
            report(options.out / "log.jsonl", state, rate, batch, smooth)
        if time.monotonic() - saved > CHECKPOINT:
            save(state, options.out / "checkpoint.pt")
            saved = time.monotonic()
    if options.ear:
        state.elapsed = 0.0
    save(state, options.out / "checkpoint.pt")


def schedule(progress: float) -> float:
    """The learning rate as a share of its highest: warm up, hold, fall along a cosine."""
    if progress < HELD:
        return min(1.0, 0.02 + progress / WARM)
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - HELD) / (1 - HELD))))


def step(state: State, batch: Batch, rate: float, first_stamp: int | None) -> dict[str, float]:
    """One step, of the encoder alone without the number of the first time stamp; returns the parts of the loss."""
    network = state.network
    with torch.autocast(batch.mel.device.type, dtype=torch.bfloat16, enabled=batch.mel.is_cuda):
        if first_stamp is None:
            parts = listened(network, network.encoder(batch.mel), batch)
        else:
            parts = losses(network, batch, first_stamp)
    total(parts, EAR if first_stamp is None else Weights()).backward()
    norm = torch.nn.utils.clip_grad_norm_(state.network.parameters(), 1.0)
    for group in state.optimizer.param_groups:
        group["lr"] = rate
    if torch.isfinite(norm):
        state.optimizer.step()
    state.optimizer.zero_grad(set_to_none=True)
    return {name: float(value.detach()) for name, value in parts.items()} | {"norm": min(float(norm), 100.0)}


def to_device(batch: Batch, device: str) -> Batch:
    """The batch on a device."""
    return replace(batch, **{each.name: getattr(batch, each.name).to(device) for each in fields(batch)})


def report(log: Path, state: State, rate: float, batch: Batch, smooth: dict[str, float]) -> None:
    """A line to the log and to the screen."""
    entry = {"step": state.step, "seconds": round(state.elapsed), "rate": rate, "window": batch.mel.shape[2] / 100}
    entry |= {name: round(value, 4) for name, value in smooth.items()}
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")
    print(" ".join(f"{name} {value:.4g}" for name, value in entry.items()), flush=True)


def save(state: State, path: Path) -> None:
    """Write a checkpoint beside the old one and put it in its place."""
    document: dict[str, Any] = {"network": state.network.state_dict(), "optimizer": state.optimizer.state_dict()}
    document |= {"step": state.step, "elapsed": state.elapsed}
    document |= {"shape": asdict(state.network.shape)}
    torch.save(document, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)


def load(state: State, path: Path, device: str) -> None:
    """Go on from a checkpoint."""
    document = torch.load(path, map_location=device, weights_only=True)
    state.network.load_state_dict(document["network"])
    state.optimizer.load_state_dict(document["optimizer"])
    state.step, state.elapsed = document["step"], document["elapsed"]


if __name__ == "__main__":
    main()
