"""Stretches of a document that sound like a term: found by pairs of syllables, costed syllable by syllable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from toolkit.correct.document import Document
from toolkit.correct.index import Index
from toolkit.correct.sound_index import SoundIndex, expanded
from toolkit.correct.syllables import load_syllables

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COST_LIMITS = {3: 0.8, 4: 1.0, 5: 1.1}
"""The highest cost of a stretch by its term's syllables; for two it is the reach of the index."""

HIGHEST_LIMIT = 1.25

GAP = 0.5
"""What one missing or extra syllable costs."""

UNUSUAL = 0.05
"""What it costs that a character must be read in another way than it commonly is."""

SHORTEST_WITH_EXTRA, SHORTEST_WITH_MISSING = 3, 4
"""The fewest syllables of a term that may be heard with one more, or with one less."""

PAIR_BESIDE_GAP = 0.5
"""How far, as a share of the reach, the pair of syllables may be by which a stretch with a gap is found."""


@dataclass(frozen=True, eq=False)
class Matches:
    """Stretches that sound like a term: M of them, as arrays of entry of the sound index, start, end and cost."""

    entries: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    costs: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.entries)

    def only(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> Matches:
        """The matches that a mask or an array of places chooses."""
        return Matches(self.entries[kept], self.starts[kept], self.ends[kept], self.costs[kept])


@dataclass(frozen=True, eq=False)
class _Seeds:
    """Pairs of heard syllables that are near a pair of an entry: the entry, where it would begin, and how near.

    ``offsets`` says which syllable of the entry is the first of the pair, ``gaps`` how far the second is from it.
    """

    entries: NDArray[np.int32]
    starts: NDArray[np.int32]
    offsets: NDArray[np.int32]
    gaps: NDArray[np.int32]
    costs: NDArray[np.float32]


def find_sounds(document: Document, index: Index) -> Matches:
    """All stretches that sound like a term of the index, those that are the term itself among them."""
    sounds = index.sounds
    if not len(sounds.terms) or len(document.text) < 2:
        return joined([])
    seeds = _seeds(document, sounds)
    return _cheapest(joined([_costed(document, sounds, seeds), *_with_gaps(document, sounds, seeds)]))


def _seeds(document: Document, sounds: SoundIndex) -> _Seeds:
    import numpy as np

    found = [_looked_up(sounds, pairs, gap) for gap in (1, 2) for pairs in _heard_pairs(document, gap)]
    return _Seeds(*(np.concatenate([getattr(part, one.name) for part in found]) for one in fields(_Seeds)))


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Pairs of heard syllables: where the first stands, their numbers, and what it costs to read them so."""

    places: NDArray[np.int64]
    left: NDArray[np.uint16]
    right: NDArray[np.uint16]
    cost: float


def _heard_pairs(document: Document, gap: int) -> Iterator[_Pairs]:
    """Pairs of syllables ``gap`` characters apart, as they are commonly read, then with one of them read otherwise."""
    import numpy as np

    sounds = document.sounds
    left, right = sounds[0, :-gap], sounds[0, gap:]
    both = (left > 0) & (right > 0)
    places = np.flatnonzero(both)
    yield _Pairs(places, left[places], right[places], 0.0)
    for rank in (1, 2):
        places = np.flatnonzero(both & (sounds[rank, :-gap] > 0))
        yield _Pairs(places, sounds[rank, :-gap][places], right[places], UNUSUAL)
        places = np.flatnonzero(both & (sounds[rank, gap:] > 0))
        yield _Pairs(places, left[places], sounds[rank, gap:][places], UNUSUAL)


def _looked_up(sounds: SoundIndex, heard: _Pairs, gap: int) -> _Seeds:
    """The seeds of heard pairs."""
    import numpy as np

    count = len(load_syllables().syllables)
    keys = heard.left.astype(np.int64) * count + heard.right + (gap - 1) * count * count
    counts = sounds.keys[keys + 1] - sounds.keys[keys]
    some = np.flatnonzero(counts)
    near, which = expanded(sounds.keys[keys[some]], counts[some])
    pairs = sounds.pairs[near]
    listed, which_near = expanded(sounds.starts[pairs], sounds.starts[pairs + 1] - sounds.starts[pairs])
    offsets = sounds.offsets[listed]
    starts = heard.places[some][which[which_near]].astype(np.int32) - offsets
    costs = sounds.costs[near[which_near]] + np.float32(heard.cost)
    return _Seeds(sounds.entries[listed], starts, offsets, np.full(len(listed), gap, dtype=np.int32), costs)


def _costed(document: Document, sounds: SoundIndex, seeds: _Seeds) -> Matches:
    """The stretches that have as many characters as the entry has syllables."""
    import numpy as np

    lengths = sounds.lengths[seeds.entries]
    limits = _limits(sounds, lengths)
    at = np.flatnonzero((seeds.costs <= limits) & _inside_runs(document, seeds.starts, lengths))
    entries, starts, firsts = seeds.entries[at], seeds.starts[at], seeds.offsets[at]
    lengths, limits, costs, seconds = lengths[at], limits[at], seeds.costs[at].copy(), firsts + seeds.gaps[at]
    at = np.flatnonzero(lengths > 2)
    for offset in range(int(lengths.max(initial=0))):
        at = at[(lengths[at] > offset) & (costs[at] <= limits[at])]
        rest = at[(firsts[at] != offset) & (seconds[at] != offset)]
        costs[rest] += _syllable_costs(document, starts[rest] + offset, sounds.syllables[entries[rest], offset])
    return Matches(entries, starts, starts + lengths, costs).only(costs <= limits)


def _with_gaps(document: Document, sounds: SoundIndex, seeds: _Seeds) -> Iterator[Matches]:
    """The stretches with one character more or less than the entry has syllables, before or after the seed's pair."""
    lengths = sounds.lengths[seeds.entries]
    near = seeds.costs <= PAIR_BESIDE_GAP * sounds.reach
    for difference, shortest in ((1, SHORTEST_WITH_EXTRA), (-1, SHORTEST_WITH_MISSING)):
        enough = near & (lengths >= shortest)
        for chosen, shift in ((seeds.offsets + 2 < lengths, 0), (seeds.offsets > 0, -difference)):
            some = enough & chosen
            yield _with_gap(document, sounds, seeds.entries[some], seeds.starts[some] + shift, difference)


def _with_gap(
    document: Document, sounds: SoundIndex, entries: NDArray[np.int32], starts: NDArray[np.int32], difference: int
) -> Matches:
    """The stretches with one character more (1) or less (-1) than the entry has syllables, wherever that is."""
    import numpy as np

    inside = _inside_runs(document, starts, sounds.lengths[entries] + difference)
    entries, starts = entries[inside], starts[inside]
    found: list[Matches] = []
    for length in np.unique(sounds.lengths[entries]).tolist():
        chosen = np.flatnonzero(sounds.lengths[entries] == length)
        some, begins = entries[chosen], starts[chosen]
        costs = _gap_costs(document, sounds.syllables[some, :length], begins, difference) + GAP
        matches = Matches(some, begins, begins + length + difference, costs)
        found.append(matches.only(costs <= _limits(sounds, np.array([length]))[0]))
    return joined(found)


def _gap_costs(
    document: Document, syllables: NDArray[np.uint16], starts: NDArray[np.int32], difference: int
) -> NDArray[np.float32]:
    """The cost of each stretch at its best place for the gap; an extra character is never the first or the last."""
    import numpy as np

    count, length = syllables.shape
    last = len(document.text) - 1
    plain = np.zeros((count, length + 1), dtype=np.float32)
    shifted = np.zeros((count, length + 1), dtype=np.float32)
    for offset in range(length):
        here = np.minimum(starts + offset, last)
        there = np.clip(starts + offset + difference, 0, last)
        plain[:, offset + 1] = plain[:, offset] + _syllable_costs(document, here, syllables[:, offset])
        shifted[:, offset] = _syllable_costs(document, there, syllables[:, offset])
    rest = np.cumsum(shifted[:, ::-1], axis=1)[:, ::-1]
    if difference > 0:
        best: NDArray[np.float32] = (plain[:, 1:length] + rest[:, 1:length]).min(axis=1)
    else:
        best = (plain[:, :length] + rest[:, 1:]).min(axis=1)
    return best


def _syllable_costs(
    document: Document, places: NDArray[np.int32], syllables: NDArray[np.uint16]
) -> NDArray[np.float32]:
    """What it costs that the character at each place was heard for the syllable, by its best reading."""
    import numpy as np

    costs = load_syllables().costs
    best: NDArray[np.float32] = costs[document.sounds[0, places], syllables]
    for rank in (1, 2):
        other = document.sounds[rank, places]
        some = np.flatnonzero(other)
        best[some] = np.minimum(best[some], costs[other[some], syllables[some]] + UNUSUAL)
    return best


def _inside_runs(document: Document, starts: NDArray[np.int32], lengths: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether each stretch lies inside one run of Chinese characters."""
    last = len(document.text) - 1
    ends = starts + lengths - 1
    first_run = document.runs[starts.clip(0, last)]
    inside: NDArray[np.bool_] = (starts >= 0) & (ends <= last) & (first_run >= 0)
    inside &= first_run == document.runs[ends.clip(0, last)]
    return inside


def _limits(sounds: SoundIndex, lengths: NDArray[np.int32]) -> NDArray[np.float32]:
    import numpy as np

    longest = int(lengths.max(initial=0))
    table = [sounds.reach if length == 2 else COST_LIMITS.get(length, HIGHEST_LIMIT) for length in range(longest + 1)]
    return np.array(table, dtype=np.float32)[lengths]


def _cheapest(matches: Matches) -> Matches:
    """Of matches of one entry with one stretch the cheapest, in order of place."""
    import numpy as np

    if not len(matches):
        return matches
    keys = (matches.starts.astype(np.int64) << 6 | matches.ends - matches.starts) << 32 | matches.entries
    order = np.argsort(keys, kind="stable")
    ranked, keys = matches.only(order), keys[order]
    begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    return replace(ranked.only(begins), costs=np.minimum.reduceat(ranked.costs, begins))


def joined(found: Sequence[Matches]) -> Matches:
    """Several lists of matches as one."""
    import numpy as np

    if not found:
        empty = np.empty(0, dtype=np.int32)
        return Matches(empty, empty, empty, np.empty(0, dtype=np.float32))
    fields = ("entries", "starts", "ends", "costs")
    return Matches(*(np.concatenate([getattr(part, field) for part in found]) for field in fields))
