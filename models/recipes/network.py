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


@dataclass(frozen=True)
class Shape:
    """The size of a network; ``guided`` are the (layer, head) of the decoder that are taught where a word is."""

    width: int = 192
    heads: int = 6
    encoder_layers: int = 4
    decoder_layers: int = 3
    bands: int = 80
    guided: tuple[tuple[int, int], ...] = ((0, 0), (1, 0), (2, 0))


def read_shape(document: dict[str, Any]) -> Shape:
    """The shape that a checkpoint holds."""
    return Shape(**{**document, "guided": tuple(map(tuple, document["guided"]))})


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

    def forward(self, mel: Tensor, offsets: Tensor) -> Tensor:
        """(batch, bands, 2n) to (batch, n, width); ``offsets`` say at which frame of 30 seconds each begins."""
        states = functional.gelu(self.second(functional.gelu(self.first(mel)))).transpose(1, 2)
        places = offsets[:, None] + torch.arange(states.shape[1], device=mel.device)
        states = states + self.places[places]
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
        self.guided = shape.guided
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

    def forward(self, tokens: Tensor, memory: Tensor) -> tuple[Tensor, list[Tensor]]:
        """States (batch, n, width), and where each guided head looks, as logarithms (batch, n, frames)."""
        states = functional.embedding(tokens, self.table()) + self.places[: tokens.shape[1]]
        looks = []
        for number, layer in enumerate(self.layers):
            states = layer.attend(states, causal=True)
            normed = layer.cross_norm(states)
            looks += [layer.cross_attention.weights(normed, memory, head) for at, head in self.guided if at == number]
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
    """Encoder and decoder, and the two heads that teach the ear: which phoneme, and which tone, a frame is."""

    def __init__(self, shape: Shape, sounds: Sounds, *, phonemes: int) -> None:
        super().__init__()
        self.shape = shape
        self.encoder, self.decoder = Encoder(shape), Decoder(shape, sounds)
        self.phoneme, self.tone = nn.Linear(shape.width, phonemes), nn.Linear(shape.width, 6)


def waves(count: int, width: int) -> Tensor:
    """Whisper's sinusoids, (count, width)."""
    steps = torch.exp(-math.log(10_000) / (width // 2 - 1) * torch.arange(width // 2))
    angles = torch.arange(count)[:, None] * steps
    return torch.cat([angles.sin(), angles.cos()], dim=1)
