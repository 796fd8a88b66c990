"""Sentences written for this benchmark: terms, sentences to put them in, and sentences about ordinary things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.correctors.values import Line, Lines, Mistake

FOLDER = Path(__file__).parent / "data"
SLOT = re.compile(r"\{(\w+)\}")


def read_terms() -> dict[str, str]:
    """The terms and what each is: ``firm``, ``thing`` or ``field``."""
    return {term: sort for sort, term in read_rows("terms.txt")}


def read_carriers() -> dict[str, list[str]]:
    """Sentences with a place ``{}`` for a term, by what the term is."""
    carriers: dict[str, list[str]] = {}
    for sort, sentence in read_rows("carriers.txt"):
        carriers.setdefault(sort, []).append(sentence)
    return carriers


def carried(carrier: str, term: str, wrong: str, kind: str) -> Line:
    """A line that speaks of a term, written wrong.

    >>> carried("我们谈谈{}。", "具身智能", "聚生智能", "same sound").mistakes
    (Mistake(start=4, end=8, right='具身智能', kind='same sound'),)
    """
    start = carrier.index("{}")
    mistake = Mistake(start, start + len(wrong), term, kind)
    return Line(carrier.format(wrong), carrier.format(term), (mistake,))


def clean_lines(chars: int, seed: int) -> Lines:
    """Lines of together at least ``chars`` characters about ordinary things, none twice."""
    found: dict[str, None] = {}
    random = Random(seed)
    length = 0
    for sentence in _filled(random):
        if sentence not in found:
            found[sentence] = None
            length += len(sentence)
        if length >= chars:
            break
    return tuple(Line(sentence, sentence) for sentence in found)


def _filled(random: Random) -> Iterator[str]:
    clauses = (FOLDER / "clauses.txt").read_text(encoding="utf-8").splitlines()
    words = {name: choices.split() for name, choices in read_rows("words.txt")}
    while True:
        for clause in random.sample(clauses, len(clauses)):
            yield SLOT.sub(lambda slot: random.choice(words[slot[1]]), clause)


def read_rows(name: str) -> Iterator[tuple[str, str]]:
    """The rows of a file that has a tab in each."""
    for row in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        key, _, value = row.partition("\t")
        yield key, value
