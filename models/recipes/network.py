"""Whisper's network in a small size, with heads for phonemes and tones that are used in training only."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
from tokens import Sounds
from torch import Tensor, nn
from torch.nn import functional

FRAMES, POSITIONS = 1_500, 448
"""Frames that the encoder gives for 30 seconds, and the longest text with its prompt."""

ASIDE = ((-9, -4, -2, 2, 4, 9), (-14, -6, -3, 3, 6, 14), (-10, -5, 5, 10), (-12, 12))
"""How many frames aside the heads of the encoder's layers begin by looking; the rest begin anywhere."""


@dataclass(frozen=True)
class Shape:
    """The size of a network.

    ``guided`` are the (layer, head) of the decoder that are taught where the token is that is written next,
    ``trailing`` is the one that is taught where the last one was.
    """

    width: int = 192
    heads: int = 6
    encoder_layers: int = 4
    decoder_layers: int = 3
    bands: int = 80
    guided: tuple[tuple[int, int], ...] = ((0, 0), (1, 0), (2, 0))
    trailing: tuple[int, int] = (0, 1)


def read_shape(document: dict[str, Any]) -> Shape:
    """The shape that a checkpoint holds."""
    heads = {"guided": tuple(map(tuple, document["guided"])), "trailing": tuple(document["trailing"])}
    return Shape(**document | heads)


class Attention(nn.Module):
    """Attention of several heads; keys have no bias, as in Whisper."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.out = nn.Linear(width, width), nn.Linear(width, width)
        self.key, self.value = nn.Linear(width, width, bias=False), nn.Linear(width, width)

    def forward(self, states: Tensor, memory: Tensor, *, causal: bool = False) -> Tensor:
        """Look from (batch, n, width) at (batch, m, width)."""
        query, key, value = (self.split(part) for part in (self.query(states), self.key(memory), self.value(memory)))
        found = functional.scaled_dot_product_attention(query, key, value, is_causal=causal)
        mixed: Tensor = self.out(found.transpose(1, 2).flatten(2))
        return mixed

    @torch.no_grad()
    def look_aside(self, head: int, steps: int, *, sharpness: float = 2.0) -> None:
        """Let a head begin by looking this many places away, by Whisper's sinusoids; it can still learn otherwise.

        Without it, that what is near matters is the first thing a small network has to find out, and it takes long.
        """
        width = self.query.weight.shape[0]
        size = width // self.heads
        waves_used = torch.arange(size // 2) * 3
        turns = torch.exp(-math.log(10_000) / (width // 2 - 1) * waves_used) * steps
        rows = head * size + torch.arange(size // 2)
        query, key = self.query.weight, self.key.weight
        query[head * size : (head + 1) * size] *= 0.1
        key[head * size : (head + 1) * size] *= 0.1
        sines, cosines = waves_used, width // 2 + waves_used
        for at, column in ((rows, sines), (rows + size // 2, cosines)):
            key[at, column] += sharpness
            query[at, column] += sharpness * turns.cos()
        query[rows, cosines] += sharpness * turns.sin()
        query[rows + size // 2, sines] -= sharpness * turns.sin()

    def split(self, states: Tensor) -> Tensor:
        """(batch, n, width) to (batch, heads, n, width of a head)."""
        return states.unflatten(2, (self.heads, -1)).transpose(1, 2)

    def weights(self, states: Tensor, memory: Tensor, head: int) -> Tensor:
        """The logarithm of what one head looks at, (batch, n, m)."""
        size = self.query.weight.shape[0] // self.heads
        part = slice(head * size, (head + 1) * size)
        query = functional.linear(states, self.query.weight[part], self.query.bias[part])
        key = functional.linear(memory, self.key.weight[part])
        return functional.log_softmax(query @ key.transpose(1, 2) / math.sqrt(size), dim=-1)


class Layer(nn.Module):
    """Self-attention, cross-attention where there is a memory, feed-forward; each after a layer norm."""

    def __init__(self, width: int, heads: int, *, cross: bool) -> None:
        super().__init__()
        self.self_norm, self.self_attention = nn.LayerNorm(width), Attention(width, heads)
        self.cross_norm = nn.LayerNorm(width) if cross else None
        self.cross_attention = Attention(width, heads) if cross else None
        self.norm = nn.LayerNorm(width)
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def attend(self, states: Tensor, *, causal: bool = False) -> Tensor:
        """The part before cross-attention."""
        normed = self.self_norm(states)
        return states + self.self_attention(normed, normed, causal=causal)

    def feed(self, states: Tensor) -> Tensor:
        """The part after it."""
        return states + self.narrow(functional.gelu(self.wide(self.norm(states))))


class Encoder(nn.Module):
    """Log-mel features to frames of 20 ms."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.first = nn.Conv1d(shape.bands, shape.width, 3, padding=1)
        self.second = nn.Conv1d(shape.width, shape.width, 3, stride=2, padding=1)
        self.register_buffer("places", waves(FRAMES, shape.width))
        self.layers = nn.ModuleList(Layer(shape.width, shape.heads, cross=False) for _ in range(shape.encoder_layers))
        self.norm = nn.LayerNorm(shape.width)
        for layer, places in zip(self.layers, ASIDE, strict=False):
            for head, steps in enumerate(places[: shape.heads]):
                layer.self_attention.look_aside(head, steps)

    def forward(self, mel: Tensor) -> Tensor:
        """(batch, bands, 2n) to (batch, n, width)."""
        states = functional.gelu(self.second(functional.gelu(self.first(mel)))).transpose(1, 2)
        states = states + self.places[: states.shape[1]]
        for layer in self.layers:
            states = layer.feed(layer.attend(states))
        normed: Tensor = self.norm(states)
        return normed


class Decoder(nn.Module):
    """Tokens so far, and the frames, to the next token.

    A character's vector is the sum of its own, that of its syllable and that of its syllable with tone: what is learnt
    of one is learnt of all that sound so. The sum is what is exported.
    """

    def __init__(self, shape: Shape, sounds: Sounds) -> None:
        super().__init__()
        self.taught = {*shape.guided, shape.trailing}
        tokens = len(sounds.syllables)
        self.embedding = nn.Embedding(tokens, shape.width)
        self.syllables = nn.Parameter(torch.randn(max(sounds.syllables) + 1, shape.width) * 0.05)
        self.toned = nn.Parameter(torch.zeros(max(sounds.toned) + 1, shape.width))
        self.register_buffer("syllable_of", torch.tensor(sounds.syllables))
        self.register_buffer("toned_of", torch.tensor(sounds.toned))
        self.places = nn.Parameter(waves(POSITIONS, shape.width) * 0.1)
        self.layers = nn.ModuleList(Layer(shape.width, shape.heads, cross=True) for _ in range(shape.decoder_layers))
        self.norm = nn.LayerNorm(shape.width)
        self.bias = nn.Parameter(torch.zeros(tokens))
        nn.init.normal_(self.embedding.weight, std=0.05)
        for head in (1, 2, 3):
            self.layers[0].self_attention.look_aside(head, -head)

    def forward(self, tokens: Tensor, memory: Tensor) -> tuple[Tensor, dict[tuple[int, int], Tensor]]:
        """States (batch, n, width), and where each head that is taught looks, as logarithms (batch, n, frames)."""
        states = functional.embedding(tokens, self.table()) + self.places[: tokens.shape[1]]
        looks = {}
        for number, layer in enumerate(self.layers):
            states = layer.attend(states, causal=True)
            normed = layer.cross_norm(states)
            for at, head in self.taught:
                if at == number:
                    looks[at, head] = layer.cross_attention.weights(normed, memory, head)
            states = layer.feed(states + layer.cross_attention(normed, memory))
        return self.norm(states), looks

    def table(self) -> Tensor:
        """The vector of every token; those without a syllable have their own alone."""
        spoken = (self.syllable_of > 0)[:, None]
        return self.embedding.weight + spoken * (self.syllables[self.syllable_of] + self.toned[self.toned_of])

    def logits(self, states: Tensor) -> Tensor:
        """How likely each token is next; the table serves for both."""
        return functional.linear(states, self.table(), self.bias)

    def syllable_logits(self, states: Tensor) -> Tensor:
        """How likely each syllable is next."""
        return functional.linear(states, self.syllables)


class Network(nn.Module):
    """Encoder and decoder, and the heads that teach the ear: the phoneme and the tone of a frame, its sound, the last.

    The sound is what the decoder spells, the one before it what the decoder finds its place by.
    """

    def __init__(self, shape: Shape, sounds: Sounds, *, phonemes: int) -> None:
        super().__init__()
        self.shape = shape
        self.encoder, self.decoder = Encoder(shape), Decoder(shape, sounds)
        self.phoneme, self.tone = nn.Linear(shape.width, phonemes), nn.Linear(shape.width, 6)
        kinds = max(sounds.heard) + 1
        self.sound, self.before = nn.Linear(shape.width, kinds), nn.Linear(shape.width, kinds)


def waves(count: int, width: int) -> Tensor:
    """Whisper's sinusoids, (count, width)."""
    steps = torch.exp(-math.log(10_000) / (width // 2 - 1) * torch.arange(width // 2))
    angles = torch.arange(count)[:, None] * steps
    return torch.cat([angles.sin(), angles.cos()], dim=1)
