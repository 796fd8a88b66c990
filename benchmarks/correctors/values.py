"""What the benchmark deals with: lines with their mistakes, tracks of documents, and what a run of one tool gave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).parents[2]
"""The project."""

DATA = ROOT.parent / "shared" / "data"
"""Real transcripts and texts that cannot be part of the project; without them the tracks that need them are skipped."""


class Skipped(Exception):
    """A tool or track cannot be had here; says why."""


@dataclass(frozen=True)
class Mistake:
    """A stretch of a heard line and what was said there; ``kind`` says how the two differ."""

    start: int
    end: int
    right: str
    kind: str = ""


@dataclass(frozen=True)
class Line:
    """One sentence as it was heard and as it is right."""

    heard: str
    right: str
    mistakes: tuple[Mistake, ...] = ()


Lines: TypeAlias = tuple[Line, ...]
"""A document: lines that were spoken together."""


@dataclass(frozen=True)
class Track:
    """Documents with mistakes and documents without, and the terms to correct them with.

    ``packs`` are lexicon packs that come on top of ``terms``. ``split`` says whether the engine was tuned on it.
    """

    name: str
    split: str
    terms: tuple[str, ...]
    spoilt: tuple[Lines, ...] = ()
    clean: tuple[Lines, ...] = ()
    packs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a tool made of one line; ``document`` and ``line`` say which."""

    document: int
    line: int
    text: str


@dataclass(frozen=True)
class Run:
    """One tool on one track: its answers and what they cost.

    Times are seconds of one processor, ``memory`` is the highest of the process in MB. Where time was up before the
    end there are answers to a part of the lines only, drawn at random.
    """

    build: float
    seconds: float
    chars: int
    memory: float
    spoilt: tuple[Answer, ...]
    clean: tuple[Answer, ...]
