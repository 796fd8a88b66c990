"""Stretches of a document that sound like a term: found by pairs of sound classes, costed syllable by syllable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.correct.document import Document
from toolkit.correct.index import Index, SoundIndex
from toolkit.correct.syllables import load_syllables
from toolkit.language_model import hash_columns, hash_stretches, word_ranks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COST_LIMITS = {2: 0.15, 3: 0.72, 4: 0.85, 5: 1.0}
"""The highest cost of a stretch by its term's syllables; longer terms may cost `COST_A_SYLLABLE` for each."""

COST_A_SYLLABLE = 0.17
HIGHEST_LIMIT = 1.25

GAP = 0.55
"""What one missing or extra syllable costs."""

UNUSUAL = 0.05
"""What it costs that a character must be read in another way than it commonly is."""

SHORTEST_WITH_EXTRA, SHORTEST_WITH_MISSING = 3, 4
"""The fewest syllables of a term that may be heard with one more, or with one less."""


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


@dataclass(frozen=True)
class Standing:
    """A stretch of the document that is a term already; ``term`` is its place in `Index.terms`."""

    start: int
    end: int
    term: int


def find_sounds(document: Document, index: Index) -> Matches:
    """All stretches that sound like a term of the index without being it already."""
    sounds = index.sounds
    if not len(sounds.terms) or len(document.text) < 2:
        return _matches([])
    entries, starts = _seeds(document, sounds)
    lengths = sounds.lengths[entries]
    found = [_costed(document, sounds, entries, starts)]
    for difference, shortest in ((1, SHORTEST_WITH_EXTRA), (-1, SHORTEST_WITH_MISSING)):
        long_enough = lengths >= shortest
        some, begins = entries[long_enough], starts[long_enough]
        found += [_with_gap(document, sounds, some, begins + shift, difference) for shift in (0, -difference)]
    return _without_right_ones(document, index, _cheapest(_matches(found)))


def find_standing(document: Document, index: Index) -> list[Standing]:
    """Every stretch that is a term already, also those inside others; a Latin one only as whole words."""
    import numpy as np

    heads = word_ranks(hash_stretches(document.codes, 2), index.heads)
    places = np.flatnonzero(heads >= 0)
    found: list[Standing] = []
    for length in index.lengths:
        places = places[places + length <= len(document.text)]
        ranks = word_ranks(_hashes_at(document, places, length), index.hashes)
        for start, rank in zip(places[ranks >= 0].tolist(), ranks[ranks >= 0].tolist(), strict=True):
            if stands_alone(document.text, start, start + length):
                found.append(Standing(start, start + length, int(index.ranked[rank])))
    return sorted(found, key=lambda one: (one.start, -one.end))


def damaged(
    starts: NDArray[np.int32], ends: NDArray[np.int32], standing: Sequence[Standing], size: int
) -> NDArray[np.bool_]:
    """Whether each stretch lies inside a term that stands right, is one itself, or cuts through one."""
    import numpy as np

    spans = np.array([(one.start, one.end) for one in standing], dtype=np.int64).reshape(-1, 2)
    steps = np.zeros(size + 2, dtype=np.int32)
    np.add.at(steps, spans[:, 0] + 1, 1)
    np.add.at(steps, spans[:, 1], -1)
    within = np.cumsum(steps) > 0
    taken = np.unique(spans[:, 0] * (size + 1) + spans[:, 1])
    same = np.isin(starts.astype(np.int64) * (size + 1) + ends, taken)
    broken: NDArray[np.bool_] = within[starts] | within[ends] | same
    return broken


def _hashes_at(document: Document, places: NDArray[np.int64], length: int) -> NDArray[np.uint64]:
    """The hash of the stretch of ``length`` characters at each place."""
    return hash_columns([document.codes[places + offset] for offset in range(length)])


def _seeds(document: Document, sounds: SoundIndex) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Entries and starts of all stretches that share a pair of classes with an entry, each once."""
    import numpy as np

    table = load_syllables()
    count = table.class_count
    classes = table.classes[document.sounds]
    keys: list[NDArray[np.int64]] = []
    for gap in (1, 2):
        skipping = count * count if gap == 2 else 0
        for first, second in ((0, 0), (1, 0), (0, 1), (2, 0), (0, 2)):
            left, right = classes[first, :-gap], classes[second, gap:]
            places = np.flatnonzero((left > 0) & (right > 0))
            pairs = left[places].astype(np.int64) * count + right[places] + skipping
            keys.append(_postings(sounds, pairs, places))
    entries, starts = np.divmod(np.unique(np.concatenate(keys)), _STRIDE)
    return entries.astype(np.int32), (starts - _MARGIN).astype(np.int32)


_STRIDE, _MARGIN = 1 << 40, 64


def _postings(sounds: SoundIndex, pairs: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Entry and start, as one number, for every posting of the pairs that stand at the places."""
    import numpy as np

    begins, counts = sounds.starts[pairs], sounds.starts[pairs + 1] - sounds.starts[pairs]
    repeats = np.repeat(np.arange(len(pairs)), counts)
    postings = np.arange(len(repeats)) - np.repeat(np.cumsum(counts) - counts, counts) + begins[repeats]
    starts = places[repeats] - sounds.offsets[postings]
    numbers: NDArray[np.int64] = sounds.entries[postings].astype(np.int64) * _STRIDE + starts + _MARGIN
    return numbers


def _costed(document: Document, sounds: SoundIndex, entries: NDArray[np.int32], starts: NDArray[np.int32]) -> Matches:
    """The stretches that have as many characters as the entry has syllables."""
    import numpy as np

    inside = _inside_runs(document, starts, sounds.lengths[entries])
    entries, starts = entries[inside], starts[inside]
    lengths = sounds.lengths[entries]
    costs = np.zeros(len(entries), dtype=np.float32)
    for offset in range(int(lengths.max(initial=0))):
        longer = np.flatnonzero(lengths > offset)
        costs[longer] += _syllable_costs(document, starts[longer] + offset, sounds.syllables[entries[longer], offset])
    return Matches(entries, starts, starts + lengths, costs).only(costs <= _limits(lengths))


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
        found.append(matches.only(costs <= _limits(np.array([length]))[0]))
    return _matches(found)


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
    best = costs[document.sounds[0, places], syllables]
    for rank in (1, 2):
        other = document.sounds[rank, places]
        best = np.minimum(best, np.where(other > 0, costs[other, syllables] + UNUSUAL, best))
    lowest: NDArray[np.float32] = best
    return lowest


def _inside_runs(document: Document, starts: NDArray[np.int32], lengths: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether each stretch lies inside one run of Chinese characters."""
    last = len(document.text) - 1
    ends = starts + lengths - 1
    first_run = document.runs[starts.clip(0, last)]
    inside: NDArray[np.bool_] = (starts >= 0) & (ends <= last) & (first_run >= 0)
    inside &= first_run == document.runs[ends.clip(0, last)]
    return inside


def _limits(lengths: NDArray[np.int32]) -> NDArray[np.float32]:
    import numpy as np

    longest = int(lengths.max(initial=0))
    table = [COST_LIMITS.get(length, min(COST_A_SYLLABLE * length, HIGHEST_LIMIT)) for length in range(longest + 1)]
    return np.array(table, dtype=np.float32)[lengths]


def _cheapest(matches: Matches) -> Matches:
    """Of matches of one entry with one stretch the cheapest, in order of place."""
    import numpy as np

    order = np.lexsort((matches.costs, matches.entries, matches.ends, matches.starts))
    ranked = matches.only(order)
    keys = np.stack([ranked.entries, ranked.starts, ranked.ends])
    first = np.ones(len(ranked), dtype=bool)
    first[1:] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    return ranked.only(first)


def _without_right_ones(document: Document, index: Index, matches: Matches) -> Matches:
    """Matches without those whose stretch is the term itself."""
    import numpy as np

    same = np.zeros(len(matches), dtype=bool)
    places = np.empty(len(index.ranked), dtype=np.int64)
    places[index.ranked] = np.arange(len(index.ranked))
    wanted = index.hashes[places[index.sounds.terms[matches.entries]]]
    lengths = matches.ends - matches.starts
    for length in np.unique(lengths).tolist():
        chosen = np.flatnonzero(lengths == length)
        same[chosen] = _hashes_at(document, matches.starts[chosen].astype(np.int64), length) == wanted[chosen]
    return matches.only(~same)


def _matches(found: Sequence[Matches]) -> Matches:
    import numpy as np

    if not found:
        empty = np.empty(0, dtype=np.int32)
        return Matches(empty, empty, empty, np.empty(0, dtype=np.float32))
    return Matches(
        np.concatenate([part.entries for part in found]),
        np.concatenate([part.starts for part in found]),
        np.concatenate([part.ends for part in found]),
        np.concatenate([part.costs for part in found]),
    )


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a stretch with Latin ends is not the middle of a longer Latin word."""

    def glued(left: str, right: str) -> bool:
        return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()

    before = glued(text[start - 1], text[start]) if start else False
    after = glued(text[end - 1], text[end]) if end < len(text) else False
    return not before and not after
