"""Syllables as numbers: which ones characters have, and what confusing two of them costs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from toolkit.errors import ModelNotFound
from toolkit.language_model import LanguageModel, load_language_model
from toolkit.sounds import FINAL_COSTS, INITIAL_COSTS, OTHER, Syllable, all_readings, parse_syllable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 0.7
"""What one quite different syllable costs at the most: whatever was heard, it was one syllable."""


@dataclass(frozen=True, eq=False)
class SyllableTable:
    """The syllables of Mandarin by number, from 1; 0 stands for no syllable.

    ``costs`` has shape (S, S), ``readings`` has shape (3, 65536): the syllables of each character, the commonest first.
    """

    syllables: tuple[Syllable, ...]
    costs: NDArray[np.float32]
    readings: NDArray[np.uint16]

    @cached_property
    def numbers(self) -> dict[tuple[str, str], int]:
        """The number of each syllable by initial and final."""
        return {(one.initial, one.final): number for number, one in enumerate(self.syllables) if number}

    def number(self, syllable: Syllable) -> int:
        """The number of a syllable, 0 for one that Mandarin does not have."""
        return self.numbers.get((syllable.initial, syllable.final), 0)


@lru_cache(maxsize=1)
def load_syllables() -> SyllableTable:
    """The table, from the readings that come with the language model, or without it from pypinyin's."""
    try:
        model = load_language_model()
    except ModelNotFound:
        return _from_pypinyin()
    return _table(model.syllables, model.readings)


def find_language_model() -> LanguageModel | None:
    """The language model that ships, or None where its files are missing."""
    try:
        return load_language_model()
    except ModelNotFound:
        return None


def _table(spellings: tuple[str, ...], readings: NDArray[np.uint16]) -> SyllableTable:
    import numpy as np

    syllables = tuple(parse_syllable(spelling) if spelling else Syllable("", "") for spelling in spellings)
    initials = _matrix([one.initial for one in syllables], INITIAL_COSTS)
    finals = _matrix([one.final for one in syllables], FINAL_COSTS)
    costs = np.minimum(initials + finals, MOST)
    costs[0, :] = costs[:, 0] = MOST
    return SyllableTable(syllables, costs, readings)


def _matrix(parts: list[str], table: dict[tuple[str, str], float]) -> NDArray[np.float32]:
    """The cost of each pair of parts, from a table of pairs in either order."""
    import numpy as np

    names = sorted(set(parts))
    ranks = {name: rank for rank, name in enumerate(names)}
    small = np.full((len(names), len(names)), OTHER, dtype=np.float32)
    np.fill_diagonal(small, 0)
    for (one, other), cost in table.items():
        if one in ranks and other in ranks:
            small[ranks[one], ranks[other]] = small[ranks[other], ranks[one]] = cost
    places = np.array([ranks[part] for part in parts])
    matrix: NDArray[np.float32] = small[places[:, None], places[None, :]]
    return matrix


def _from_pypinyin() -> SyllableTable:
    import numpy as np

    found = {code: all_readings(chr(code)) for code in range(0x3400, 0xA000)}
    spellings = sorted({one.pinyin for choices in found.values() for one in choices})
    ranks = {spelling: rank for rank, spelling in enumerate(spellings, start=1)}
    readings = np.zeros((3, 0x10000), dtype=np.uint16)
    for code, choices in found.items():
        for rank, one in enumerate(list(dict.fromkeys(choice.pinyin for choice in choices))[:2]):
            readings[rank, code] = ranks[one]
    return _table(("", *spellings), readings)
