"""Places in a document that may be a misheard term, each with all that speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.correct.document import Document
from toolkit.lexicon import Term


@dataclass(frozen=True)
class Candidate:
    """A stretch of the document that may stand for a term; ``place`` is that of the term in `Index.terms`.

    ``rule`` says by what it was found. ``strength`` is how much speaks for it altogether, in log10: of that, ``gain``
    is the language model's, ``loss`` was taken away by the difference in sound of ``cost`` syllables, and the rest is
    what the document says of the term; ``alike`` counts the other places that it was misheard at. ``near`` is the word
    close by that speaks for the term, ``sound`` the syllables of the term, by number, that it was heard for.
    """

    start: int
    end: int
    term: Term
    rule: str
    place: int = -1
    strength: float = 0.0
    cost: float = 0.0
    gain: float = 0.0
    loss: float = 0.0
    alike: float = 0.0
    near: str = ""
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
