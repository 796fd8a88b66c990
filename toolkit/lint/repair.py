"""Repair what the fixable rules find: times, breaks, spaces, halves of tags; never a word.

One kind of fault after the other is repaired, and looked at again, until nothing that can be repaired is left: so what
is repaired is clean, and repairing it again changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from toolkit.cues import Cue
from toolkit.errors import UsageError
from toolkit.formats.writing import UNPRINTABLE
from toolkit.lint.arrange import halved, with_text
from toolkit.lint.find import look
from toolkit.lint.rules import FIXABLE
from toolkit.lint.sheet import Finding, Sheet
from toolkit.lint.text import balanced, tidy, without_pauses
from toolkit.lint.timing import better_end
from toolkit.profile import SegmentOptions

log = logging.getLogger(__name__)

ROUNDS = 60
"""So often all kinds of faults are looked at; a few times are enough."""


@dataclass(frozen=True)
class Fixed:
    """The repaired cues, and all findings that were repaired, in their order; numbers are those of that moment."""

    cues: tuple[Cue, ...]
    repaired: tuple[Finding, ...]


def fix(
    cues: Iterable[Cue],
    options: SegmentOptions | None = None,
    *,
    terms: Collection[str] = (),
    english: Mapping[str, str] | None = None,
    rules: Collection[str] = FIXABLE,
) -> Fixed:
    """The cues with the findings of fixable rules repaired, all of these unless some are named.

    Nothing but breaks, spaces, halves of tags and times change, and marks of pause where the profile has spaces for
    them. Words that cues are made of would be lost, so cues with words or edits are refused.

    >>> fix([Cue(0, 300, "你好  世界"), Cue(2000, 3000, "再见")]).cues
    (Cue(start=0, end=833, heard='你好 世界'...), Cue(start=2000, end=3000, heard='再见'...))

    Raises:
        UsageError: a cue has words or edits.
    """
    made = tuple(cues)
    if any(cue.words or cue.edits for cue in made):
        raise UsageError("words and edits would be lost", fix="use 'zimu segment', or convert to srt first")
    wanted = [name for name in FIXABLE if name in rules]
    done: list[Finding] = []
    options = options or SegmentOptions()
    for _ in range(ROUNDS):
        sheet = Sheet(made, options, frozenset(terms), dict(english or {}))
        for names, repair in STEPS:
            found = look(sheet, [name for name in names if name in wanted])
            if found:
                made = repair(sheet, found)
                done += found
                break
        else:
            return Fixed(made, tuple(done))
    log.warning("some faults come back when they are repaired, and were left")
    return Fixed(made, tuple(done))


def retimed(cues: Iterable[Cue], options: SegmentOptions | None = None) -> tuple[Cue, ...]:
    """The cues with better ends where the rules of time find fault: overlaps, pauses, what is too short or too fast.

    Also for cues in two languages, of which the slower one counts; words and edits stay.

    >>> [cue.end for cue in retimed([Cue(0, 1000, "你好"), Cue(1000, 2000, "世界")])]
    [917, 2000]
    """
    made = tuple(cues)
    for _ in range(ROUNDS):
        sheet = Sheet(made, options or SegmentOptions())
        found = look(sheet, TIMES)
        if not found:
            break
        made = _end(sheet, found)
    return made


def _mend_texts(sheet: Sheet, found: Collection[Finding]) -> tuple[Cue, ...]:
    made = list(sheet.cues)
    for finding in found:
        mend = _mender(sheet, finding.rule)
        cue = made[finding.number - 1]
        translation = mend(cue.translation) if cue.translation else cue.translation
        made[finding.number - 1] = replace(with_text(cue, mend(cue.text)), translation=translation)
    return tuple(made)


def _mender(sheet: Sheet, rule: str) -> Callable[[str], str]:
    menders: dict[str, Callable[[str], str]] = {
        "invisible": lambda text: UNPRINTABLE.sub("", text),
        "spaces": tidy,
        "tags": balanced,
        "pauses": lambda text: without_pauses(sheet, text),
    }
    return menders[rule]


def _drop(sheet: Sheet, found: Collection[Finding]) -> tuple[Cue, ...]:
    gone = {finding.number - 1 for finding in found}
    return tuple(cue for index, cue in enumerate(sheet.cues) if index not in gone)


def _sort(sheet: Sheet, found: Collection[Finding]) -> tuple[Cue, ...]:  # noqa: ARG001
    return tuple(sorted(sheet.cues, key=lambda cue: cue.start or 0))


def _end(sheet: Sheet, found: Collection[Finding]) -> tuple[Cue, ...]:
    made = list(sheet.cues)
    for index in {finding.number - 1 for finding in found}:
        made[index] = replace(made[index], end=better_end(sheet, index))
    return tuple(made)


def _arrange(sheet: Sheet, found: Collection[Finding]) -> tuple[Cue, ...]:
    changed = {finding.number - 1 for finding in found}
    return tuple(
        part
        for index, cue in enumerate(sheet.cues)
        for part in ((sheet.arranged(index) or (cue,)) if index in changed else (cue,))
    )


def _shorten(sheet: Sheet, found: Collection[Finding]) -> tuple[Cue, ...]:
    """Cues that last too long cut in two where they have the text for it, else ended sooner: they have been read."""
    made: list[Cue] = []
    changed = {finding.number - 1 for finding in found}
    for index, cue in enumerate(sheet.cues):
        if index not in changed:
            made.append(cue)
            continue
        halves = halved(cue, sheet.options, sheet.terms) if sheet.alone(index) else ()
        made += halves or [replace(cue, end=(cue.start or 0) + sheet.options.max_duration)]
    return tuple(made)


TIMES = ("overlap", "short", "fast", "gap", "flicker")
"""Rules that another end of the cue satisfies."""

Repair = Callable[[Sheet, Collection[Finding]], "tuple[Cue, ...]"]

STEPS: tuple[tuple[tuple[str, ...], Repair], ...] = (
    (("invisible", "tags", "spaces", "pauses"), _mend_texts),
    (("empty",), _drop),
    (("order",), _sort),
    (TIMES, _end),
    (("wide", "lines", "broken", "weak-break"), _arrange),
    (("long",), _shorten),
)
"""Kinds of faults in the order in which they are repaired, and how."""
