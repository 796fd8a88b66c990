"""What a translator is given, what it answers, and what becomes of a translation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

MISSING, LANGUAGE, TERM, NUMBER, NAME = "missing", "language", "term", "number", "name"
"""Kinds of flags: no translation was had, other language left in it, a term, a number, a name spelled two ways."""


Told = Callable[[int, int], None]
"""Is told after each line how many of how many are translated."""


@dataclass(frozen=True)
class Demand:
    """A term in a line, as it stands there, and the ways in which it may be translated, the first preferred."""

    text: str
    wanted: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A cue as a translator sees it: one line of text, its times in milliseconds, the terms in it.

    ``wrong`` says what was wrong with an earlier answer, where a better one is wanted.
    """

    text: str
    start: int | None = None
    end: int | None = None
    terms: tuple[Demand, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """All lines of a transcript, so that a translator sees what stands around those that it is asked for.

    ``source`` and ``target`` are languages: ``zh-Hans``, ``zh-Hant``, ``zh`` or ``en``.
    """

    lines: tuple[Line, ...]
    source: str
    target: str


@dataclass(frozen=True)
class Answer:
    """The translation of one line; without text, ``refused`` says why there is none."""

    text: str
    refused: str = ""


class Translator(Protocol):
    """Translates the lines of a page at the places ``wanted``, in their order, and yields each with its place.

    Lines whose ``wrong`` is not empty were translated before; a translator that has no other answer leaves them out.

    Raises:
        BackendError: it failed, and no more is to be had from it now.
    """

    def __call__(self, page: Page, wanted: Sequence[int]) -> Iterator[tuple[int, Answer]]: ...


@dataclass(frozen=True)
class Flag:
    """Something about a translated line that a person should know; ``mended`` where it was put right.

    >>> str(Flag("term", "具身智能 is to be 'embodied AI'"))
    "term: 具身智能 is to be 'embodied AI'"
    """

    kind: str
    detail: str
    mended: bool = False

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}{', mended' if self.mended else ''}"


@dataclass(frozen=True)
class Translation:
    """One text for each cue, in order, and flags for each.

    A text is empty where there is none: the cue has none either, or is flagged as ``missing``. What was in the
    target language already is ``passed`` through as it was.
    """

    texts: tuple[str, ...]
    flags: tuple[tuple[Flag, ...], ...]
    passed: tuple[bool, ...]
    target: str = "en"

    def __post_init__(self) -> None:
        if not len(self.texts) == len(self.flags) == len(self.passed):
            raise ValueError("a translation has a text, flags and a mark for each cue")

    @property
    def flagged(self) -> tuple[int, ...]:
        """The places of cues with a flag that was not mended."""
        return tuple(place for place, flags in enumerate(self.flags) if any(not flag.mended for flag in flags))

    @property
    def missing(self) -> tuple[int, ...]:
        """The places of cues for which no translation was had."""
        return tuple(place for place, flags in enumerate(self.flags) if any(flag.kind == MISSING for flag in flags))
