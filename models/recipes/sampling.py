"""Sentences drawn from libime's word 3-gram model: they mean nothing, but have the words of real text in its order."""

from __future__ import annotations

import random
import tarfile
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

Choice = tuple[list[str], list[float]]
"""Words and their cumulated probabilities; what is missing to 1 is left to a shorter context."""

_SECTIONS = {"\\1-grams:": 1, "\\2-grams:": 2, "\\3-grams:": 3}
_FLATTER = 0.4
"""The power that brings the frequencies of words nearer to each other for strings of random words."""


@dataclass(frozen=True)
class Sampler:
    """What may follow one word, and two; every word by itself, as it is and flattened."""

    after_two: dict[tuple[str, str], Choice]
    after_one: dict[str, Choice]
    alone: Choice
    flat: Choice

    def phrase(self, chance: random.Random, length: int) -> str:
        """About ``length`` words, each drawn after the two before it."""
        words = [_draw(self.alone, chance) or self.alone[0][0]]
        while len(words) < length:
            words.append(self._next(words, chance))
        return "".join(words)

    def jumble(self, chance: random.Random, length: int) -> str:
        """``length`` words that have nothing to do with each other, rare ones among them: they train the ear alone."""
        return "".join(_draw(self.flat, chance) or "" for _ in range(length))

    def _next(self, words: list[str], chance: random.Random) -> str:
        """Two tries at each context before a shorter one is asked, so that more of the text hangs together."""
        pair = self.after_two.get((words[-2], words[-1])) if len(words) > 1 else None
        one = self.after_one.get(words[-1])
        for choice in (pair, pair, one, one, self.alone):
            word = _draw(choice, chance) if choice else None
            if word is not None:
                return word
        return self.alone[0][0]


def load_sampler(archive: Path, *, without: Iterable[str] = ()) -> Sampler:
    """Read ``lm_sc.arpa-20220810.tar.xz``; words that hold one of ``without``, or a rare character, are left out."""
    banned = tuple(without)
    grouped: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    for words, probability in _read_arpa(archive):
        if all(_is_wanted(word, banned) for word in words):
            grouped.setdefault(words[:-1], []).append((words[-1], probability))
    choices = {context: _cumulated(entries) for context, entries in grouped.items() if context}
    alone = grouped[()]
    whole = sum(probability for _, probability in alone)
    alone = [(word, probability / whole) for word, probability in alone]
    flat = [(word, probability**_FLATTER) for word, probability in alone if len(word) < 5]
    whole = sum(probability for _, probability in flat)
    return Sampler(
        {context: choice for context, choice in choices.items() if len(context) == 2},
        {context[0]: choice for context, choice in choices.items() if len(context) == 1},
        _cumulated(alone),
        _cumulated((word, probability / whole) for word, probability in flat),
    )


def _read_arpa(archive: Path) -> Iterator[tuple[tuple[str, ...], float]]:
    order = 0
    with tarfile.open(archive) as files:
        file = next(files.extractfile(member) for member in files if member.isfile())
        for line in file or ():
            text = line.decode().rstrip("\n")
            if text.startswith("\\"):
                order = _SECTIONS.get(text, 0)
            elif order and text:
                logprob, words = text.split("\t")[:2]
                yield tuple(words.split(" ")), 10.0 ** float(logprob)


def _is_wanted(word: str, banned: tuple[str, ...]) -> bool:
    return all(map(is_common, word)) and not any(term in word for term in banned)


@cache
def is_common(letter: str) -> bool:
    """Whether it is one of the 3,755 simplified characters of GB 2312's first level."""
    code = letter.encode("gb2312", "ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def _cumulated(entries: Iterable[tuple[str, float]]) -> Choice:
    words, probabilities = zip(*entries, strict=True)
    return list(words), list(accumulate(probabilities))


def _draw(choice: Choice, chance: random.Random) -> str | None:
    words, cumulated = choice
    place = bisect(cumulated, chance.random())
    return words[place] if place < len(words) else None
