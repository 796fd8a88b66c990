"""Terms by their sound: their pronunciations, and which pairs of heard syllables lead to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.correct.syllables import SyllableTable
from toolkit.english import transliterations
from toolkit.lexicon import Term
from toolkit.sounds import is_han, parse_syllables, readings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 16
"""Terms of more syllables are found by their spelling and aliases alone."""


MOST_WRITTEN = 4
"""Ways in which a Latin term is written in Chinese that are looked for."""

SHORTEST_WRITTEN = 3
"""The fewest syllables of such a way that the lexicon does not list: two syllables may be anything."""

REACHES = ((300, 0.5), (3_000, 0.4), (30_000, 0.3))
"""Up to so many pronunciations, how far apart two heard syllables and two of a term may be to be looked at at all."""

REACH_BEYOND = 0.2


@dataclass(frozen=True, eq=False)
class SoundIndex:
    """Pronunciations of terms, E of them, and where pairs of syllables that sound alike are to be found in them.

    ``terms`` (E) are places in `Index.terms`, ``lengths`` (E) count syllables, ``syllables`` (E, L) are padded with 0,
    ``foreign`` (E) marks those that are not the sound of the term's own characters.

    Two syllables that are heard, a and b of S, are looked up at ``keys[a * S + b]``: from there on up to the next key
    ``pairs`` has the pairs of syllables within ``reach`` of them and ``costs`` how far those are. With one syllable
    between, the key is S² higher. The terms that have a pair follow ``starts[pair]`` in ``entries``, and in ``offsets``
    at which syllable.
    """

    terms: NDArray[np.int32]
    lengths: NDArray[np.int32]
    syllables: NDArray[np.uint16]
    foreign: NDArray[np.bool_]
    reach: float
    keys: NDArray[np.int32]
    pairs: NDArray[np.int32]
    costs: NDArray[np.float32]
    starts: NDArray[np.int32]
    entries: NDArray[np.int32]
    offsets: NDArray[np.int32]


def is_latin(text: str) -> bool:
    """Whether a term is written in Latin letters, digits and signs, with at least two letters."""
    return text.isascii() and sum(char.isalpha() for char in text) >= 2


def build_sounds(terms: tuple[Term, ...], table: SyllableTable) -> SoundIndex:
    """The pronunciations of terms and where to look for them."""
    import numpy as np

    found = [
        (place, numbers, foreign)
        for place, term in enumerate(terms)
        for numbers, foreign in _pronunciations(term, table)
        if 2 <= len(numbers) <= LONGEST
    ]
    lengths = np.array([len(numbers) for _, numbers, _ in found], dtype=np.int32)
    syllables = np.zeros((len(found), int(lengths.max(initial=0)) + 1), dtype=np.uint16)
    for entry, (_, numbers, _) in enumerate(found):
        syllables[entry, : len(numbers)] = numbers
    places = np.array([place for place, _, _ in found], dtype=np.int32)
    foreign = np.array([foreign for _, _, foreign in found], dtype=bool)
    reach = next((reach for most, reach in REACHES if len(found) <= most), REACH_BEYOND)
    return _indexed((places, lengths, syllables, foreign), reach, table)


def only_terms(sounds: SoundIndex, wanted: NDArray[np.bool_], table: SyllableTable) -> SoundIndex:
    """The index of those terms alone that a mask over all chooses, with the reach that it has for all."""
    kept = wanted[sounds.terms]
    parts = sounds.terms[kept], sounds.lengths[kept], sounds.syllables[kept], sounds.foreign[kept]
    return _indexed(parts, sounds.reach, table)


def _indexed(
    parts: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint16], NDArray[np.bool_]],
    reach: float,
    table: SyllableTable,
) -> SoundIndex:
    """The index of pronunciations: their terms, lengths, syllables, and whether they are foreign."""
    _, lengths, syllables, _ = parts
    pairs, starts, entries, offsets = _listed_pairs(syllables, lengths, table)
    return SoundIndex(*parts, reach, *_near_pairs(pairs, table, reach), starts, entries, offsets)


def _listed_pairs(
    syllables: NDArray[np.uint16], lengths: NDArray[np.int32], table: SyllableTable
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """The pairs of syllables that terms are listed under, by key and in order; then where the terms of each begin.

    Terms of two and three syllables are listed under every pair, longer ones under pairs that do not overlap: one
    syllable quite different, missing or too many leaves one of them whole.
    """
    import numpy as np

    count = len(table.syllables)
    keys, entries, offsets = [np.empty(0, dtype=np.int64)], [], []
    for length in np.unique(lengths).tolist():
        chosen = np.flatnonzero(lengths == length)
        for first, second in _pairs(length):
            skipping = count * count if second - first == 2 else 0
            keys.append(syllables[chosen, first].astype(np.int64) * count + syllables[chosen, second] + skipping)
            entries.append(chosen)
            offsets.append(np.full(len(chosen), first))
    flat = np.concatenate(keys)
    order = np.argsort(flat, kind="stable")
    pairs, starts = np.unique(flat[order], return_index=True)
    listed = [
        np.concatenate([*parts, np.empty(0, dtype=np.int64)])[order].astype(np.int32) for parts in (entries, offsets)
    ]
    return pairs, np.append(starts, len(flat)).astype(np.int32), listed[0], listed[1]


def _near_pairs(
    pairs: NDArray[np.int64], table: SyllableTable, reach: float
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    """For every pair of syllables that may be heard the pairs within reach: where they begin, which, and how far."""
    import numpy as np

    count = len(table.syllables)
    one, near = np.nonzero(table.costs <= reach)
    begins, costs = np.searchsorted(one, np.arange(count + 1)), table.costs[one, near]
    first, second = np.divmod(pairs % (count * count), count)
    sizes, others = begins[first + 1] - begins[first], begins[second + 1] - begins[second]
    both, which = expanded(np.zeros(len(pairs), dtype=np.int64), sizes * others)
    left, right = begins[first][which] + both // others[which], begins[second][which] + both % others[which]
    cost = costs[left] + costs[right]
    kept = np.flatnonzero(cost <= reach)
    left, right, which = left[kept], right[kept], which[kept]
    keys = near[left].astype(np.int64) * count + near[right] + pairs[which] // (count * count) * (count * count)
    order = np.argsort(keys, kind="stable")
    starts = np.searchsorted(keys[order], np.arange(2 * count * count + 1)).astype(np.int32)
    return starts, which[order].astype(np.int32), cost[kept][order]


def expanded(begins: NDArray[np.integer], counts: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of stretches one after another, and which stretch each place belongs to."""
    import numpy as np

    which = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts)
    return np.arange(len(which)) + (begins - ends + counts)[which], which


def _pairs(length: int) -> Iterator[tuple[int, int]]:
    if length <= 3:
        yield from [(0, 1)] if length == 2 else [(0, 1), (1, 2), (0, 2)]
        return
    yield from ((first, first + 1) for first in range(0, length - 1, 2))
    if length % 2:
        yield length - 2, length - 1


def _pronunciations(term: Term, table: SyllableTable) -> Iterator[tuple[list[int], bool]]:
    if term.exact:
        return
    if all(is_han(char) for char in term.text):
        own = [table.number(choices[0]) if choices else 0 for choices in readings(term.text)]
        if all(own):
            yield own, False
    heard = [parse_syllables(pinyin) for pinyin in term.sounds]
    if is_latin(term.text):
        written = transliterations(term.text, most=MOST_WRITTEN)
        heard += [parse_syllables(" ".join(one)) for one in written if len(one) >= SHORTEST_WRITTEN]
    for syllables in dict.fromkeys(heard):
        spoken = [table.number(syllable) for syllable in syllables]
        if all(spoken):
            yield spoken, True
