"""Give an untrained decoder what the ear has learnt: what a sound looks like, and what comes after it."""

from __future__ import annotations

import torch
from network import Network
from tokens import Sounds
from torch import Tensor

SYLLABLE = 10
"""Frames of 20 ms that a syllable lasts."""

VAGUE = 0.5
"""How sharply the second guided head begins: where the last token was is not known well yet."""

QUIET = 0.3
"""How loud the parts of the decoder that know nothing yet begin."""


@torch.no_grad()
def stitch(network: Network, sounds: Sounds) -> None:
    """Let the decoder begin with the vectors of the ear.

    A token's vector becomes that of its sound, so that a frame looked at is a token written, and each guided head
    passes on what it sees. The first of them looks for the frames before which the last token was heard. Beside it the
    trailing head looks for the last token itself and passes on where it is, and the second guided head looks a
    syllable further.
    """
    decoder = network.decoder
    vectors = _centered(network.sound.weight)
    _spell(network, sounds, vectors)
    size = network.shape.width // network.shape.heads
    seen = torch.linalg.svd(vectors, full_matrices=False).Vh[:size]
    for layer in decoder.layers:
        for part in (layer.self_attention.out, layer.cross_attention.out, layer.narrow):
            part.weight *= QUIET
    for at, head in network.shape.guided:
        attention, rows = decoder.layers[at].cross_attention, slice(head * size, (head + 1) * size)
        attention.value.weight[rows], attention.out.weight[:, rows] = seen, seen.T
    at, head = network.shape.guided[0]
    attention, rows = decoder.layers[at].cross_attention, slice(head * size, (head + 1) * size)
    found = torch.linalg.lstsq(vectors, _centered(network.before.weight)).solution
    left, strength, right = torch.linalg.svd(found, full_matrices=False)
    root = strength[:size].sqrt()
    attention.query.weight[rows] = (left[:, :size] * root).T * vectors.std() * size**0.5
    attention.key.weight[rows] = root[:, None] * right[:size]
    _trail(network, seen, vectors.std())


def _trail(network: Network, seen: Tensor, scale: Tensor) -> None:
    size, width = len(seen), network.shape.width
    at, head = network.shape.trailing
    attention, rows = network.decoder.layers[at].cross_attention, slice(head * size, (head + 1) * size)
    attention.query.weight[rows], attention.key.weight[rows] = seen * scale * size**0.5, seen
    slow = torch.arange(size // 2) * 3
    places = torch.cat([slow, width // 2 + slow])
    attention.value.weight[rows], attention.out.weight[:, rows] = 0.0, 0.0
    attention.value.weight[torch.arange(size) + rows.start, places] = 1.0
    attention.out.weight[places, torch.arange(size) + rows.start] = 1.0
    at, head = network.shape.guided[1]
    network.decoder.layers[at].cross_attention.look_aside(head, SYLLABLE, sharpness=VAGUE)


def _centered(weight: Tensor) -> Tensor:
    return weight - weight.mean(0)


def _spell(network: Network, sounds: Sounds, vectors: Tensor) -> None:
    """Split the vector of each sound between its syllable and its tone; parts of words have theirs whole."""
    decoder = network.decoder
    of_token = vectors[torch.tensor(sounds.heard)]
    spoken = decoder.syllable_of > 0
    decoder.embedding.weight.normal_(std=0.02)
    parts = (torch.tensor(sounds.heard) > 0) & ~spoken
    decoder.embedding.weight[parts] += of_token[parts]
    decoder.syllables.copy_(_means(decoder.syllable_of[spoken], of_token[spoken], len(decoder.syllables)))
    rest = of_token - decoder.syllables[decoder.syllable_of]
    decoder.toned.copy_(_means(decoder.toned_of[spoken], rest[spoken], len(decoder.toned)))


def _means(groups: Tensor, vectors: Tensor, count: int) -> Tensor:
    """The mean vector of each group; zero for those without any."""
    sums = torch.zeros(count, vectors.shape[1]).index_add_(0, groups, vectors)
    return sums / torch.bincount(groups, minlength=count).clamp(min=1)[:, None]
