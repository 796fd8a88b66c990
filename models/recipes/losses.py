"""What a step is judged by: the text, its sounds, its time stamps, where each word is, phonemes and tones."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from batches import Batch
from network import Network
from pool import FRAME
from torch import Tensor
from torch.nn import functional
from windows import IGNORED

SPREAD, WIDTH = 6, 2.0
"""A time stamp that is a few steps of 20 ms off is nearly right: targets are spread over this many, this widely."""

LEEWAY = 0.04
"""Seconds around a token in which the attention may lie."""

WORST = 12.0

SOME = 0.1
"""The share of frames whose sound is asked: neighbours are alike, and there are thousands of sounds."""


@dataclass(frozen=True)
class Weights:
    """How much each part counts beside the text."""

    stamps: float = 0.5
    guide: float = 0.4
    trail: float = 0.2
    phonemes: float = 0.6
    tones: float = 0.3
    syllables: float = 0.2
    sounds: float = 0.2
    befores: float = 0.1


def losses(network: Network, batch: Batch, first_stamp: int) -> dict[str, Tensor]:
    """Each part by its name, all as nats for a token or a frame, and ``right``, the share of right tokens."""
    memory = network.encoder(batch.mel)
    found = written(network, memory, Text(batch.tokens, batch.targets, batch.times), first_stamp)
    return found | listened(network, memory, batch)


def listened(network: Network, memory: Tensor, batch: Batch) -> dict[str, Tensor]:
    """The parts that the encoder answers for."""
    found = {}
    heard = batch.phonemes != IGNORED
    if heard.any():
        found["phonemes"] = functional.cross_entropy(network.phoneme(memory[heard]), batch.phonemes[heard])
        found["tones"] = functional.cross_entropy(network.tone(memory[heard]), batch.tones[heard])
    known = (batch.sounds != IGNORED) & (torch.rand(batch.sounds.shape, device=memory.device) < SOME)
    if known.any():
        found["sounds"] = functional.cross_entropy(network.sound(memory[known]), batch.sounds[known])
        found["befores"] = functional.cross_entropy(network.before(memory[known]), batch.befores[known])
    return found


@dataclass(frozen=True)
class Text:
    """The part of a `Batch` that is written."""

    tokens: Tensor
    targets: Tensor
    times: Tensor


def written(network: Network, memory: Tensor, text: Text, first_stamp: int) -> dict[str, Tensor]:
    """The parts that the decoder answers for."""
    states, looks = network.decoder(text.tokens, memory)
    wanted = text.targets != IGNORED
    states, targets = states[wanted], text.targets[wanted]
    logits = network.decoder.logits(states)
    stamps, syllables = targets >= first_stamp, network.decoder.syllable_of[targets]
    found = {"text": functional.cross_entropy(logits[~stamps], targets[~stamps])}
    found["right"] = (logits[~stamps].argmax(-1) == targets[~stamps]).float().mean().detach()
    if syllables.any():
        spoken = syllables > 0
        sounds = network.decoder.syllable_logits(states[spoken])
        found["syllables"] = functional.cross_entropy(sounds, syllables[spoken])
    if stamps.any():
        found["stamps"] = _spread(functional.log_softmax(logits[stamps], -1), targets[stamps], first_stamp)
    placed = (text.times[..., 0] >= 0) & wanted
    if placed.any():
        guided = [looks[place] for place in network.shape.guided]
        found["guide"] = torch.stack([_missed(look[placed], text.times[placed]) for look in guided]).mean()
    last = text.times.roll(1, 1)
    after = placed & (last[..., 0] >= 0)
    after[:, 0] = False
    if after.any():
        found["trail"] = _missed(looks[network.shape.trailing][after], last[after])
    return found


def total(parts: dict[str, Tensor], weights: Weights) -> Tensor:
    """The sum that is made small."""
    scales = {"text": 1.0, "stamps": weights.stamps, "guide": weights.guide, "trail": weights.trail}
    scales |= {"phonemes": weights.phonemes, "tones": weights.tones, "syllables": weights.syllables}
    scales |= {"sounds": weights.sounds, "befores": weights.befores}
    return torch.stack([parts[name] * scale for name, scale in scales.items() if name in parts]).sum()


def _spread(logprobs: Tensor, targets: Tensor, first_stamp: int) -> Tensor:
    steps = torch.arange(-SPREAD, SPREAD + 1, device=logprobs.device)
    shares = torch.exp(-0.5 * (steps / WIDTH) ** 2)
    near = (targets[:, None] + steps).clamp(first_stamp, logprobs.shape[1] - 1)
    return -(logprobs.gather(1, near) * (shares / shares.sum())).sum(1).mean()


def _missed(look: Tensor, times: Tensor) -> Tensor:
    """How little of the attention lies where the token is; ``look`` has shape (tokens, frames)."""
    frames = (torch.arange(look.shape[1], device=look.device) + 0.5) * FRAME
    inside = (frames >= times[:, :1] - LEEWAY) & (frames <= times[:, 1:] + LEEWAY)
    mass = torch.logsumexp(look.masked_fill(~inside, -1e4), -1)
    return (-mass).clamp(max=WORST).mean()
