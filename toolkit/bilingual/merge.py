"""Two files with one language each become cues of two languages; what has no counterpart stays, and is named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from toolkit.bilingual.beside import beside, fits_beside
from toolkit.bilingual.clock import Clock
from toolkit.bilingual.match import pair
from toolkit.breaks import flatten, glue
from toolkit.cues import Cue
from toolkit.cutting import join
from toolkit.formats.markup import plain_text
from toolkit.profile import SegmentOptions


@dataclass(frozen=True)
class Merged:
    """Cues in two languages, in order of time.

    ``alone`` are the cues of the first file that have no counterpart, as they are; ``others_alone`` those of the second
    file, by the clock of the first, and ``left_out`` those of them for which there was no free time. ``clock`` leads
    from the times of the second file to those of the first.
    """

    cues: tuple[Cue, ...]
    alone: tuple[Cue, ...]
    others_alone: tuple[Cue, ...]
    left_out: tuple[Cue, ...]
    clock: Clock

    @property
    def paired(self) -> int:
        """How many cues have both languages."""
        return sum(cue.translation is not None for cue in self.cues)


def merge(
    one: Sequence[Cue],
    other: Sequence[Cue],
    options: SegmentOptions | None = None,
    *,
    terms: Collection[str] = (),
    english: Mapping[str, str] | None = None,
) -> Merged:
    """The cues of one file with those of another as their translation, by the times of the first.

    ``terms`` are never broken; ``english`` are terms and how they are written in the other language.

    >>> zh = [Cue(0, 2000, "大家好"), Cue(2100, 4000, "我们开始吧")]
    >>> en = [Cue(7000, 9000, "Hello everybody"), Cue(9100, 11000, "Let us begin")]
    >>> [(cue.start, cue.text, cue.translation) for cue in merge(zh, en).cues]
    [(0, '大家好', 'Hello everybody'), (2100, '我们开始吧', 'Let us begin')]
    """
    options = options or SegmentOptions()
    one, other = _in_order(one), _in_order(other)
    pairing = pair(one, other, dict(english or {}))
    made: list[Cue] = []
    for match in pairing.matches:
        if match.paired:
            made += _together(
                [one[index] for index in match.one], [other[index] for index in match.other], options, terms
            )
    alone = tuple(one[index] for match in pairing.matches if not match.other for index in match.one)
    others = tuple(
        _by_clock(other[index], pairing.clock) for match in pairing.matches if not match.one for index in match.other
    )
    made = sorted([*made, *alone], key=lambda cue: (cue.start or 0, cue.end or 0))
    placed, left_out = _fill(made, others)
    return Merged(tuple(placed), alone, others, tuple(left_out), pairing.clock)


def _in_order(cues: Sequence[Cue]) -> list[Cue]:
    shown = [cue for cue in cues if cue.timed and cue.text.strip()]
    return sorted(shown, key=lambda cue: (cue.start or 0, cue.end or 0))


def _together(
    ones: Sequence[Cue], others: Sequence[Cue], options: SegmentOptions, terms: Collection[str]
) -> Sequence[Cue]:
    """The cues of a match, as few as the widths allow."""
    text = reduce(lambda left, right: left + glue(left, right) + right, _texts(others))
    whole = reduce(_joined, ones)
    if fits_beside(whole.text, text, options):
        return [replace(whole, translation=text)]
    return beside([whole], [text], options, terms=terms)


def _joined(left: Cue, right: Cue) -> Cue:
    return join(left, right, glue(left.text, right.text))


def _texts(cues: Sequence[Cue]) -> list[str]:
    return [flatten(plain_text(cue)) for cue in cues]


def _by_clock(cue: Cue, clock: Clock) -> Cue:
    start, end = max(clock.at(cue.start or 0), 0), max(clock.at(cue.end or 0), 0)
    return Cue(start, end, cue.text, extra=cue.extra)


def _fill(made: Sequence[Cue], others: Sequence[Cue]) -> tuple[list[Cue], list[Cue]]:
    """The cues with those of the other file among them for which at least half of their time is free, and the rest."""
    filled, left_out = list(made), []
    for cue in others:
        start = max([cue.start or 0, *(made.end or 0 for made in filled if (made.start or 0) <= (cue.start or 0))])
        end = min([cue.end or 0, *(made.start or 0 for made in filled if (made.start or 0) > (cue.start or 0))])
        if 2 * (end - start) >= cue.duration > 0:
            filled.append(replace(cue, start=start, end=end))
        else:
            left_out.append(cue)
    return sorted(filled, key=lambda cue: (cue.start or 0, cue.end or 0)), left_out
