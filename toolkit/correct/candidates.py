"""Places in a document that may be a misheard term, each with all that speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.correct.document import Document
from toolkit.lexicon import Term


@dataclass(frozen=True)
class Candidate:
    """A stretch of the document that may stand for a term.

    ``cost`` is what the differences of sound add up to, ``gain`` what the language model gains in log10, ``fluent`` and
    ``functions`` how the stretch read as it was heard (see `toolkit.correct.context.Gain`). ``known`` is the log10
    probability of the term as an ordinary word. ``near`` is the word close by that speaks for the term; ``gap`` says
    that a syllable is missing or too many, ``foreign`` that the term is not spelt as it sounds.
    """

    start: int
    end: int
    term: Term
    rule: str
    cost: float = 0.0
    gain: float = 0.0
    fluent: bool = False
    functions: int = 0
    known: float = -99.0
    near: str = ""
    gap: bool = False
    foreign: bool = False
    sound: tuple[int, ...] = ()


def near_word(document: Document, start: int, end: int, words: Iterable[str]) -> str:
    """The first of the words that stands close to a stretch, empty for none."""
    around = document.around(start, end)
    return next((word for word in words if word in around), "")


def is_forbidden(document: Document, start: int, end: int, words: Iterable[str]) -> bool:
    """Whether one of the words stands close to the stretch, or over it: 外壳厂 over 外壳."""
    words = tuple(words)
    return bool(near_word(document, start, end, words)) or any(_stands_over(document, start, end, words))


def _stands_over(document: Document, start: int, end: int, words: Iterable[str]) -> Iterator[bool]:
    for word in words:
        reach = len(word) - 1
        at = document.text.find(word, max(0, start - reach), end + reach)
        yield at != -1 and at < end and at + len(word) > start
