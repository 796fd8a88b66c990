"""Pack a word 3-gram model and the readings of characters into the arrays of this folder.

    python models/zh-3gram/build.py lm_sc.arpa dict_sc.txt [FOLDER]

Both texts come from libime (``lm_sc.arpa-20220810.tar.xz`` and ``dict-20220810.tar.xz``, LGPL-2.1-or-later). A word's
number is the rank of its hash, so that the words of a text are found by array operations and need no dictionary in
memory. Log-probabilities (base 10) become one byte each on a linear scale. Needs numpy and this package.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolkit.language_model import LISTED, hash_words

Entry = tuple[list[str], float, float]
SECTIONS = {"\\1-grams:": 1, "\\2-grams:": 2, "\\3-grams:": 3}
UNKNOWN = "<unk>"

READINGS = 3
"""How many readings of a character are kept, the commonest first."""

RAREST_READING = -2.0
"""Readings rarer than this (log10 of their share of the character) are left out."""


def main() -> None:
    """Read the two texts, write the arrays into the folder named last (default: this one)."""
    model, dictionary = Path(sys.argv[1]), Path(sys.argv[2])
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    orders: dict[int, list[Entry]] = {1: [], 2: [], 3: []}
    for order, entry in read_arpa(model):
        orders[order].append(entry)
    arrays, scales = pack(orders)
    arrays["readings"], syllables = pack_readings(dictionary)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    unknown = next(prob for words, prob, _ in orders[1] if words[0] == UNKNOWN)
    document = {"unknown": round(unknown, 6), "scales": scales, "syllables": syllables}
    (folder / "scales.json").write_text(json.dumps(document) + "\n", encoding="utf-8")


def read_arpa(path: Path) -> Iterator[tuple[int, Entry]]:
    """Every n-gram with its order: words, log10 probability, log10 back-off (0 where none is given)."""
    order = 0
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("\\"):
                order = SECTIONS.get(line, 0)
            elif order and line:
                prob, words, *backoff = line.split("\t")
                yield order, (words.split(" "), float(prob), float(backoff[0]) if backoff else 0.0)


def pack(orders: dict[int, list[Entry]]) -> tuple[dict[str, NDArray[Any]], dict[str, list[float]]]:
    """The arrays of the language model and the scales of their bytes."""
    words = [entry[0][0] for entry in orders[1] if entry[0][0] != UNKNOWN]
    hashes = np.array([hash_words(word)[0] for word in words], dtype=np.uint64)
    ranks = np.argsort(hashes)
    if len(np.unique(hashes)) != len(words):
        raise SystemExit("two words share a hash: change the constants of hash_words")
    numbers = {words[rank]: number for number, rank in enumerate(ranks.tolist())}
    unigrams, bigrams, trigrams = (_sorted(numbers, orders[order], order) for order in (1, 2, 3))
    arrays: dict[str, NDArray[Any]] = {"word_hashes": hashes[ranks]}
    arrays["bigram_starts"] = np.searchsorted(bigrams[0][:, 0], np.arange(len(words) + 1)).astype(np.uint32)
    arrays["bigram_words"] = bigrams[0][:, 1].astype(np.uint32)
    prefixes = _joined(trigrams[0])
    parents, starts = np.unique(prefixes, return_index=True)
    arrays["trigram_parents"] = np.searchsorted(_joined(bigrams[0]), parents).astype(np.uint32)
    arrays["trigram_starts"] = np.append(starts, len(prefixes)).astype(np.uint32)
    arrays["trigram_words"] = trigrams[0][:, 2].astype(np.uint32)
    scales: dict[str, list[float]] = {}
    for name, (_, probs, backoffs) in (("unigram", unigrams), ("bigram", bigrams), ("trigram", trigrams)):
        arrays[f"{name}_probs"], scales[f"{name}_probs"] = quantise(probs)
        if name != "trigram":
            arrays[f"{name}_backoffs"], scales[f"{name}_backoffs"] = quantise(backoffs)
    return {name: arrays[name] for name in LISTED if name in arrays}, scales


def pack_readings(path: Path) -> tuple[NDArray[np.uint16], list[str]]:
    """The toneless syllables of every character up to U+FFFF, as numbers into the list of syllables; 0 for none."""
    shares: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        word, pinyin, *share = line.split()
        if len(word) == 1 and ord(word) <= 0xFFFF:
            shares[word].append((float(share[0]) if share else 0.0, pinyin.replace("ü", "v")))
    syllables = ["", *sorted({pinyin for readings in shares.values() for _, pinyin in readings})]
    numbers = {pinyin: number for number, pinyin in enumerate(syllables)}
    table = np.zeros((READINGS, 0x10000), dtype=np.uint16)
    for char, readings in shares.items():
        ranked = sorted(readings, reverse=True)
        kept = [pinyin for share, pinyin in ranked if share > RAREST_READING] or [ranked[0][1]]
        for rank, pinyin in enumerate(kept[:READINGS]):
            table[rank, ord(char)] = numbers[pinyin]
    return table, syllables


def quantise(values: NDArray[np.float64]) -> tuple[NDArray[np.uint8], list[float]]:
    """Values as bytes and the scale [lowest, step] that leads back: ``lowest + byte * step``."""
    low, high = float(values.min()), float(values.max())
    step = (high - low) / 255
    return np.round((values - low) / step).astype(np.uint8), [round(low, 7), step]


def _sorted(numbers: dict[str, int], entries: list[Entry], order: int) -> tuple[NDArray[Any], ...]:
    kept = [entry for entry in entries if UNKNOWN not in entry[0]]
    keys = np.array([[numbers[word] for word in words] for words, _, _ in kept], dtype=np.int64)
    ranks = np.lexsort([keys[:, column] for column in reversed(range(order))])
    probs = np.array([prob for _, prob, _ in kept])
    backoffs = np.array([backoff for _, _, backoff in kept])
    return keys[ranks], probs[ranks], backoffs[ranks]


def _joined(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    joined: NDArray[np.int64] = (keys[:, 0] << 32) + keys[:, 1]
    return joined


if __name__ == "__main__":
    main()
