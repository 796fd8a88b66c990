"""How likely Chinese text is: a word 3-gram model, packed small and read from disk as it is needed.

Probabilities are log10. The model was made by the libime project from web text; ``models/zh-3gram/`` holds it with its
licence and the recipe that rebuilds it. A word's number is the rank of its hash among all hashes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.catalog import models_folder
from toolkit.errors import ModelNotFound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "zh-3gram"
"""The folder of the model under ``models/``."""

LISTED = (
    "word_hashes", "unigram_probs", "unigram_backoffs",
    "bigram_starts", "bigram_words", "bigram_probs", "bigram_backoffs",
    "trigram_parents", "trigram_starts", "trigram_words", "trigram_probs",
    "readings",
)  # fmt: skip
"""The arrays of the model, a ``.npy`` file each."""

UNKNOWN = -1
"""The number of every word that the model does not know."""

LONGEST = 5
"""Words of more characters are not looked for in text: there are few, and their parts are words themselves."""

_SIEVE_BITS = 20
"""Bits of a hash that tell most stretches of text from words: a megabyte, seven eighths of it empty."""

_MULTIPLIER, _ADDEND, _SHIFT = 0x9E3779B97F4A7C15, 0x632BE59BD9B4E019, 29


@dataclass(frozen=True, eq=False)
class LanguageModel:
    """A word 3-gram model and the readings of characters.

    ``readings`` has shape (3, 65536): the syllable numbers of each character, the commonest first, 0 for none;
    ``syllables`` spells them.
    """

    arrays: dict[str, NDArray[Any]]
    tables: dict[str, list[float]]
    syllables: tuple[str, ...]
    unknown: float
    _cache: dict[tuple[int, int, int], float] = field(default_factory=dict, repr=False)

    @property
    def readings(self) -> NDArray[np.uint16]:
        """Syllable numbers of characters, shape (3, 65536)."""
        return self.arrays["readings"]

    @cached_property
    def unigrams(self) -> NDArray[np.float32]:
        """The log10 probability of every word by itself."""
        import numpy as np

        logprobs: NDArray[np.float32] = np.array(self.tables["unigram_probs"], dtype=np.float32)[
            self.arrays["unigram_probs"]
        ]
        return logprobs

    @cached_property
    def backoffs(self) -> NDArray[np.float32]:
        """What it costs, in log10, that the word after each word is one that was never seen after it."""
        import numpy as np

        table = np.array(self.tables["unigram_backoffs"], dtype=np.float32)
        costs: NDArray[np.float32] = table[self.arrays["unigram_backoffs"]]
        return costs

    @cached_property
    def _may_be(self) -> NDArray[np.bool_]:
        """Whether a hash that begins with these bits may be that of a word."""
        import numpy as np

        found = np.zeros(1 << _SIEVE_BITS, dtype=bool)
        found[self.arrays["word_hashes"] >> np.uint64(64 - _SIEVE_BITS)] = True
        return found

    def ranks(self, hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The number of the word of each hash; `UNKNOWN` where there is none, which most are told at a glance."""
        import numpy as np

        numbers = np.full(len(hashes), UNKNOWN, dtype=np.int32)
        some = np.flatnonzero(self._may_be[hashes >> np.uint64(64 - _SIEVE_BITS)])
        numbers[some] = word_ranks(hashes[some], self.arrays["word_hashes"])
        return numbers

    def numbers(self, codes: NDArray[np.uint32], length: int) -> NDArray[np.int32]:
        """The number of the word of ``length`` characters at each place of a text; `UNKNOWN` where there is none."""
        return self.ranks(hash_stretches(codes, length))

    def number(self, word: str) -> int:
        """The number of a word, `UNKNOWN` for one that the model does not know."""
        return int(word_ranks(hash_words(word), self.arrays["word_hashes"])[0]) if word else UNKNOWN

    def logprob(self, word: int, before: int = UNKNOWN, two_before: int = UNKNOWN) -> float:
        """The log10 probability of a word after one or two others."""
        key = (word, before, two_before)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = _logprob(self, word, before, two_before)
        return found

    def pair_logprobs(self, before: NDArray[np.int32], words: NDArray[np.int32]) -> NDArray[np.float32]:
        """The log10 probability of each known word after a known one, two arrays of numbers of equal length."""
        import numpy as np

        found = find_pairs(self, before, words)
        table = np.array(self.tables["bigram_probs"], dtype=np.float32)
        logprobs: NDArray[np.float32] = self.backoffs[before] + self.unigrams[words]
        seen = found >= 0
        logprobs[seen] = table[self.arrays["bigram_probs"][found[seen]]]
        return logprobs

    def backoff(self, word: int) -> float:
        """What it costs that the word after ``word`` is one that was never seen after it."""
        return 0.0 if word == UNKNOWN else _value(self, "unigram_backoffs", word)

    def sentence(self, words: list[str]) -> float:
        """The log10 probability of words in their order; the first counts by itself.

        The model has no marks for the start and end of a sentence.
        """
        numbers = [UNKNOWN, UNKNOWN, *(self.number(word) for word in words)]
        triples = zip(numbers, numbers[1:], numbers[2:], strict=False)
        return sum(self.logprob(word, before, two_before) for two_before, before, word in triples)


def default_folder() -> Path:
    """Where the model that ships lies."""
    return models_folder() / NAME


@lru_cache(maxsize=2)
def load_language_model(folder: Path | None = None) -> LanguageModel:
    """The model in a folder, memory-mapped.

    Raises:
        ModelNotFound: a file is missing.
    """
    import numpy as np

    folder = folder or default_folder()
    needed = ["scales.json", *(f"{name}.npy" for name in LISTED)]
    missing = [name for name in needed if not (folder / name).is_file()]
    if missing:
        raise ModelNotFound(f"no {missing[0]}", where=str(folder), fix="install zimu-toolkit again, or rebuild it")
    document = json.loads((folder / "scales.json").read_text(encoding="utf-8"))
    # As plain arrays over the mapped memory: numpy's memmap class makes every slice ten times slower.
    arrays = {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in LISTED}
    tables = {name: [low + step * code for code in range(256)] for name, (low, step) in document["scales"].items()}
    return LanguageModel(arrays, tables, tuple(document["syllables"]), document["unknown"])


def text_codes(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def hash_stretches(codes: NDArray[np.uint32], length: int) -> NDArray[np.uint64]:
    """The hash of every stretch of ``length`` characters; empty for a shorter text."""
    count = max(len(codes) - length + 1, 0)
    return hash_columns([codes[offset : offset + count] for offset in range(length)])


def hash_columns(columns: list[NDArray[np.uint32]]) -> NDArray[np.uint64]:
    """The hash of each row of characters, one column a character."""
    import numpy as np

    hashes = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        hashes = (hashes ^ column) * np.uint64(_MULTIPLIER) + np.uint64(_ADDEND)
        hashes ^= hashes >> np.uint64(_SHIFT)
    return hashes


def hash_words(*words: str) -> NDArray[np.uint64]:
    """The hash of each word."""
    import numpy as np

    return np.array([hash_stretches(text_codes(word), len(word))[0] for word in words], dtype=np.uint64)


def word_ranks(hashes: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.int32]:
    """The rank of each hash among the known ones in order; `UNKNOWN` for one that is not among them."""
    import numpy as np

    if not len(known):
        return np.full(len(hashes), UNKNOWN, dtype=np.int32)
    ranks = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    return np.where(known[ranks] == hashes, ranks, UNKNOWN).astype(np.int32)


def find_pairs(model: LanguageModel, before: NDArray[np.int32], words: NDArray[np.int32]) -> NDArray[np.int64]:
    """Where each pair of known words stands among the pairs of the model, -1 for one that it has not seen.

    The words that were seen after one are in order, so all pairs are searched at once, halving their stretches.
    """
    import numpy as np

    starts, listed = model.arrays["bigram_starts"], model.arrays["bigram_words"]
    low, end = starts[before].astype(np.int64), starts[before + 1].astype(np.int64)
    high = end.copy()
    wanted = words.astype(np.uint32)
    some = np.flatnonzero(low < high)
    while len(some):
        middle = (low[some] + high[some]) >> 1
        below = listed[middle] < wanted[some]
        low[some], high[some] = np.where(below, middle + 1, low[some]), np.where(below, high[some], middle)
        some = some[low[some] < high[some]]
    seen = (low < end) & (listed[np.minimum(low, len(listed) - 1)] == wanted)
    return np.where(seen, low, -1)


def _logprob(model: LanguageModel, word: int, before: int, two_before: int) -> float:
    if before == UNKNOWN:
        return _value(model, "unigram_probs", word) if word != UNKNOWN else model.unknown
    pair = _bigram(model, before, word)
    context = None if two_before == UNKNOWN else _bigram(model, two_before, before)
    if context is None:
        return _after_one(model, word, before, pair)
    triple = _trigram(model, context, word)
    if triple is not None:
        return _value(model, "trigram_probs", triple)
    return _value(model, "bigram_backoffs", context) + _after_one(model, word, before, pair)


def _after_one(model: LanguageModel, word: int, before: int, pair: int | None) -> float:
    if pair is not None:
        return _value(model, "bigram_probs", pair)
    own = _value(model, "unigram_probs", word) if word != UNKNOWN else model.unknown
    return _value(model, "unigram_backoffs", before) + own


def _bigram(model: LanguageModel, before: int, word: int) -> int | None:
    starts = model.arrays["bigram_starts"]
    return _find(model.arrays["bigram_words"], word, int(starts[before]), int(starts[before + 1]))


def _trigram(model: LanguageModel, context: int, word: int) -> int | None:
    parents = model.arrays["trigram_parents"]
    parent = _find(parents, context, 0, len(parents))
    if parent is None:
        return None
    starts = model.arrays["trigram_starts"]
    return _find(model.arrays["trigram_words"], word, int(starts[parent]), int(starts[parent + 1]))


def _find(array: NDArray[np.uint32], value: int, start: int, end: int) -> int | None:
    if value == UNKNOWN or start == end:
        return None
    # A plain int would make numpy convert the whole stretch to its type first.
    at = start + int(array[start:end].searchsorted(array.dtype.type(value)))
    return at if at < end and int(array[at]) == value else None


def _value(model: LanguageModel, name: str, at: int) -> float:
    code: int = model.arrays[name][at]
    return model.tables[name][code]
