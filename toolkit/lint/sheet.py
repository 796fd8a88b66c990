"""What the rules look at: all cues of a file with their neighbours, the limits, the terms; and what they find."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from toolkit.breaks import is_chinese
from toolkit.cues import Cue
from toolkit.invented import RULE
from toolkit.lint.arrange import Faults, arranged, faults, sum_of
from toolkit.lint.sides import languages
from toolkit.profile import SegmentOptions
from toolkit.scripts import simplified, traditional

PLACES = (
    *("srt.position", "vtt.settings", "ttml.attributes", "ass.style", "ass.layer"),
    *("ass.marginl", "ass.marginr", "ass.marginv"),
)
"""What ``extra`` may know about where a cue shows; cues that differ in it may show at one time."""

_PLACED = re.compile(r"\\(?:an?\d+|pos\([^()]*\)|move\([^()]*\))")


@dataclass(frozen=True)
class Finding:
    """What is wrong with a cue: its number from 1, the rule, the problem in words, whether it can be repaired."""

    number: int
    rule: str
    problem: str
    fixable: bool
    start: int | None
    text: str


@dataclass(frozen=True, eq=False)
class Sheet:
    """All cues of a file as rules see them.

    ``terms`` are spellings that must not be broken, ``english`` how terms are written in the other language.
    """

    cues: tuple[Cue, ...]
    options: SegmentOptions = field(default_factory=SegmentOptions)
    terms: frozenset[str] = frozenset()
    english: Mapping[str, str] = field(default_factory=dict)
    _arranged: dict[int, tuple[Cue, ...] | None] = field(default_factory=dict, init=False, repr=False)
    _faults: dict[int, Faults] = field(default_factory=dict, init=False, repr=False)

    def arranged(self, index: int) -> tuple[Cue, ...] | None:
        """The cue in a better layout, see `toolkit.lint.arrange`; None where there is none."""
        if index not in self._arranged:
            parts = arranged(self.cues[index], self.options, self.terms)
            self._arranged[index] = parts if parts is None or len(parts) == 1 or self.alone(index) else None
        return self._arranged[index]

    def alone(self, index: int) -> bool:
        """Whether no other cue begins while this one shows: only then it may be cut, and the order stays."""
        cue = self.cues[index]
        if cue.start is None or cue.end is None:
            return False
        return bisect_left(self._starts, cue.end) - bisect_left(self._starts, cue.start) <= 1

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(cue.start for cue in self.cues if cue.start is not None)

    def faults(self, index: int) -> Faults:
        """What is wrong with the layout of a cue."""
        if index not in self._faults:
            self._faults[index] = faults(self.cues[index], self.options, self.terms)
        return self._faults[index]

    def better(self, index: int) -> Faults:
        """What would be wrong with the best layout of it."""
        if not any(self.faults(index)):
            return self.faults(index)
        parts = self.arranged(index)
        if parts is None:
            return self.faults(index)
        return sum_of([faults(part, self.options, self.terms) for part in parts])

    @cached_property
    def following(self) -> tuple[int | None, ...]:
        """When the next cue in the same place starts, for each cue; None behind the last and without times."""
        found: list[int | None] = [None] * len(self.cues)
        latest: dict[object, int] = {}
        order = sorted((cue.start, index) for index, cue in enumerate(self.cues) if cue.start is not None)
        for start, index in reversed(order):
            lane = _lane(self.cues[index])
            found[index] = latest.get(lane)
            latest[lane] = start
        return tuple(found)

    @cached_property
    def bilingual(self) -> bool:
        """Whether most cues have two languages."""
        return 2 * sum(len(languages(cue)) == 2 for cue in self.cues) > len(self.cues)

    @cached_property
    def traditional(self) -> bool:
        """Whether most of the text that tells is in traditional characters."""
        text = "".join(cue.text for cue in self.cues)
        return len(traditional(text)) > len(simplified(text))

    @cached_property
    def chinese(self) -> bool:
        """Whether most cues have Chinese in them."""
        return 2 * sum(is_chinese(cue.text) for cue in self.cues) > len(self.cues)

    @cached_property
    def invented(self) -> frozenset[int]:
        """The indices of cues that nobody seems to have said."""
        from toolkit.quarantine import quarantine

        judged = quarantine(self.cues)
        return frozenset(index for index, cue in enumerate(judged) if any(edit.rule == RULE for edit in cue.edits))


def numbered(cues: Sequence[Cue], index: int, rule: str, problem: str, *, fixable: bool) -> Finding:
    """A finding about the cue at an index."""
    cue = cues[index]
    return Finding(index + 1, rule, problem, fixable, cue.start, " ".join(cue.text.split()))


def _lane(cue: Cue) -> object:
    """Where a cue shows, as far as that is known."""
    tags = _PLACED.findall(f"{cue.get('tag.open') or ''}{cue.text}")
    return "".join(tags), *(cue.get(name) for name in PLACES)
