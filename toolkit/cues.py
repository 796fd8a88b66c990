"""Cues, the words they were heard in, and the edits laid over them.

A cue remembers what was heard for ever. A change is an `Edit` over it, so that every change can be explained and
undone, and the times of words stay true. All times are ``int`` milliseconds; all offsets count characters of what was
heard. Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool | None
"""What a format or a recogniser may keep about a cue."""

Extra: TypeAlias = tuple[tuple[str, Value], ...]
"""Named values in their order; a tuple, so that what holds it stays hashable."""

PERSON = "person"
"""The rule of an edit that a person made."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the recogniser heard it, with the space or punctuation that belongs to it.

    ``prob`` is the recogniser's probability of the word, 0 to 1, or None where none is known.
    """

    text: str
    start: int
    end: int
    prob: float | None = None

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"word {self.text!r} ends at {self.end} ms, before its start at {self.start} ms")


@dataclass(frozen=True, slots=True)
class Edit:
    """A change laid over ``heard[start:end]``.

    ``rule`` names who made it (``alias``, ``sound``, ``latin`` … or ``person``), ``score`` is its confidence from 0 to
    1, ``evidence`` are named facts that a person can check. ``applied=False`` is a suggestion or an undone edit;
    ``decided`` marks a person's decision, which no later run overrides. An edit over the seam of two cues is stored as
    two halves: the left one has ``joins_next``, the right one ``joins_previous``. What is inserted between two
    characters goes with the right one where a cue is cut there, or with the left one if it ``trails``.

    >>> Edit(0, 2, "聚生", "具身", rule="sound").as_text()
    '聚生 → 具身'
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    score: float = 1.0
    evidence: Extra = ()
    applied: bool = True
    decided: bool = False
    joins_previous: bool = False
    joins_next: bool = False
    trails: bool = False

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.before):
            raise ValueError(f"edit of {self.before!r} does not span {self.start}:{self.end}")
        if self.joins_previous and self.start != 0:
            raise ValueError("an edit that joins the previous cue starts at 0")
        if self.before == self.after and not (self.joins_previous or self.joins_next):
            raise ValueError(f"an edit must change something, {self.before!r} stays the same")

    def as_text(self) -> str:
        """The change in one line without spaces around, an empty side shown as ∅."""
        return f"{self.before.strip() or '∅'} → {self.after.strip() or '∅'}"

    def shifted(self, by: int) -> Edit:
        """The same edit ``by`` characters further on."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: when it shows, what was heard, and what has been changed about it.

    ``start`` and ``end`` are both None for text without times (a line of a ``.txt``). ``words`` are empty or spell
    ``heard`` exactly. ``extra`` keeps what a file format or a recogniser knows beyond this.

    >>> cue = Cue(0, 1200, "聚生智能", edits=(Edit(0, 2, "聚生", "具身", rule="sound"),))
    >>> cue.text
    '具身智能'
    """

    start: int | None
    end: int | None
    heard: str
    words: tuple[Word, ...] = ()
    edits: tuple[Edit, ...] = ()
    translation: str | None = None
    extra: Extra = ()

    def __post_init__(self) -> None:
        _check_times(self)
        if self.words and "".join(word.text for word in self.words) != self.heard:
            raise ValueError(f"words do not spell {self.heard!r}")
        _check_edits(self)

    @property
    def timed(self) -> bool:
        """Whether the cue knows when it is spoken."""
        return self.start is not None

    @property
    def duration(self) -> int:
        """How long the cue shows, in milliseconds; 0 without times."""
        return 0 if self.start is None or self.end is None else self.end - self.start

    @property
    def text(self) -> str:
        """What was heard with the applied edits."""
        return "".join(piece.text for piece in pieces(self)) if self.edits else self.heard

    def get(self, name: str, default: Value = None) -> Value:
        """The value kept under ``name`` in ``extra``."""
        return dict(self.extra).get(name, default)


@dataclass(frozen=True)
class Piece:
    """A stretch of a cue's text and the stretch of ``heard`` that it came from."""

    start: int
    end: int
    text: str
    edit: Edit | None = None


@dataclass(frozen=True)
class Transcript:
    """A finished result: where it came from, its language (``zh``, ``en`` … or None) and its cues.

    ``extra`` keeps what a file format needs to write itself again: a header, styles, trailing lines.
    """

    source: str
    cues: tuple[Cue, ...] = ()
    language: str | None = None
    extra: Extra = ()

    @property
    def timed(self) -> bool:
        """Whether every cue knows its times."""
        return all(cue.timed for cue in self.cues)

    @property
    def text(self) -> str:
        """The text of all cues, a line each."""
        return "\n".join(cue.text for cue in self.cues)

    def get(self, name: str, default: Value = None) -> Value:
        """The value kept under ``name`` in ``extra``."""
        return dict(self.extra).get(name, default)


def with_extra(extra: Extra, **values: Value) -> Extra:
    """``extra`` with values set; a value of None takes the name away.

    >>> with_extra((("style", "Default"), ("layer", 0)), layer=None, name="host")
    (('style', 'Default'), ('name', 'host'))
    """
    merged = {**dict(extra), **values}
    return tuple((name, value) for name, value in merged.items() if value is not None)


def pieces(cue: Cue) -> Iterator[Piece]:
    """The cue's text as stretches, in order: unchanged ones and applied edits."""
    position = 0
    for edit in cue.edits:
        if not edit.applied:
            continue
        if edit.start > position:
            yield Piece(position, edit.start, cue.heard[position : edit.start])
        yield Piece(edit.start, edit.end, edit.after, edit)
        position = edit.end
    if position < len(cue.heard):
        yield Piece(position, len(cue.heard), cue.heard[position:])


def heard_offset(cue: Cue, offset: int) -> int:
    """The offset in ``heard`` that stands at ``offset`` of ``cue.text``; the start of an edit for one inside it.

    >>> cue = Cue(None, None, "在外壳上", edits=(Edit(1, 3, "外壳", "WAIC", rule="alias"),))
    >>> [heard_offset(cue, offset) for offset in (0, 1, 3, 5, 6)]
    [0, 1, 1, 3, 4]
    """
    passed = 0
    for piece in pieces(cue):
        if offset < passed + len(piece.text):
            return piece.start if piece.edit else piece.start + offset - passed
        passed += len(piece.text)
    return len(cue.heard)


def with_edits(cue: Cue, edits: Iterable[Edit]) -> Cue:
    """The cue with ``edits`` in place of its own; its translation goes when its text changes."""
    changed = replace(cue, edits=tuple(sorted(edits, key=lambda edit: (edit.start, edit.end))))
    stays = cue.translation is None or changed.text == cue.text
    return changed if stays else replace(changed, translation=None)


def swapped(cue: Cue) -> Cue:
    """The cue with its translation as what was heard, and its text as the translation; words and edits are gone.

    >>> swapped(Cue(0, 900, "大家好", translation="Hello")).text
    'Hello'
    """
    return Cue(cue.start, cue.end, cue.translation or "", translation=cue.text, extra=cue.extra)


def _check_times(cue: Cue) -> None:
    if (cue.start is None) != (cue.end is None):
        raise ValueError("a cue has both times or none")
    if cue.start is not None and cue.end is not None and not 0 <= cue.start <= cue.end:
        raise ValueError(f"cue runs from {cue.start} to {cue.end} ms")
    if cue.words and cue.start is None:
        raise ValueError("a cue with words has times")


def _check_edits(cue: Cue) -> None:
    position, last = 0, len(cue.edits) - 1
    for index, edit in enumerate(cue.edits):
        if edit.start < position:
            raise ValueError(f"edits overlap at {edit.start}")
        if edit.end > len(cue.heard) or cue.heard[edit.start : edit.end] != edit.before:
            raise ValueError(f"edit expects {edit.before!r} at {edit.start}, heard {cue.heard!r}")
        if edit.joins_previous and index != 0:
            raise ValueError("an edit that joins the previous cue is the first of its own")
        if edit.joins_next and (index != last or edit.end != len(cue.heard)):
            raise ValueError("an edit that joins the next cue is the last of its own and ends with it")
        position = edit.end
