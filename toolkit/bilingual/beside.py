"""A text in another language laid beside each cue, a line each; both are cut at one clause where one is too wide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from math import inf

from toolkit.bilingual.clauses import MOST, Seam, common_seam
from toolkit.breaks import display_width, flatten, line_width, punctuate, reading_time, visible
from toolkit.cues import Cue, heard_offset
from toolkit.cutting import cut, seams
from toolkit.profile import SegmentOptions

DEEPEST = 8
"""So often a cue and its parts are cut in two."""

LEAST = 300
"""Milliseconds below which no part of a cue may come."""

WIDE = 100
"""What speaks against a cut behind which a half is still too wide for its line."""

BRIEF = 200
"""What speaks against a half that shows for no time at all; less the nearer it comes to what is needed to read it."""


def beside(
    cues: Iterable[Cue],
    texts: Sequence[str],
    options: SegmentOptions | None = None,
    *,
    terms: Collection[str] = (),
    most: float = MOST,
) -> tuple[Cue, ...]:
    """The cues, each with its text in the other language as its translation, for two lines one above the other.

    Where either is too wide for a line, or the cue lasts too long, text and translation are cut at the same clause,
    the text between words where the cue has them; what has no such clause stays whole. ``most`` is the most that a cut
    may cost (see `toolkit.bilingual.clauses`). Writing puts the languages in order (``bilingual_order``).

    >>> cue = Cue(0, 6000, "今天很冷，但是我们十七个人还是一起出门了")
    >>> made = beside([cue], ["It was cold today, but all seventeen of us went out together"])
    >>> [cue.translation for cue in made]
    ['It was cold today,', 'but all seventeen of us went out together']

    Raises:
        ValueError: there are more cues than texts, or fewer.
    """
    options = options or SegmentOptions()
    return tuple(
        part
        for cue, text in zip(cues, texts, strict=True)
        for part in _parts(replace(cue, translation=None), flatten(text), options, frozenset(terms), most)
    )


def fits_beside(text: str, translation: str, options: SegmentOptions) -> bool:
    """Whether text and translation have room in a line each."""
    return _over(text, options) <= 0 and _over(translation, options) <= 0


def _parts(cue: Cue, text: str, options: SegmentOptions, terms: Collection[str], most: float) -> Iterator[Cue]:
    waiting = [(cue, text, 0)]
    while waiting:
        cue, text, depth = waiting.pop(0)
        halves = None if depth == DEEPEST else _halves(cue, text, options, terms, most)
        if halves:
            waiting = [(*half, depth + 1) for half in halves] + waiting
        else:
            yield replace(cue, translation=text or None)


def _halves(
    cue: Cue, text: str, options: SegmentOptions, terms: Collection[str], most: float
) -> tuple[tuple[Cue, str], tuple[Cue, str]] | None:
    """The cue and its translation cut in two, where that is needed and can be done well."""
    lasts_long = bool(options.max_duration) and cue.duration > options.max_duration
    if not text or not cue.text.strip() or cue.get("tag.inside"):
        return None
    if not lasts_long and fits_beside(cue.text, text, options):
        return None
    seam = _find_seam(cue, text, options, terms, most)
    return None if seam is None else _at(cue, text, seam)


def _at(cue: Cue, text: str, seam: Seam) -> tuple[tuple[Cue, str], tuple[Cue, str]]:
    left, right = cut(cue, heard_offset(cue, seam.one))
    return (left, text[: seam.other].strip()), (right, text[seam.other :].strip())


def _find_seam(cue: Cue, text: str, options: SegmentOptions, terms: Collection[str], most: float) -> Seam | None:
    open_to_cut = set(seams(cue))

    @cache
    def may_cut(offset: int) -> bool:
        at = heard_offset(cue, offset)
        if at not in open_to_cut or not (cue.text[:offset].strip() and cue.text[offset:].strip()):
            return False
        return not cue.timed or min(part.duration for part in cut(cue, at)) >= LEAST

    def burden(seam: Seam) -> float:
        if not may_cut(seam.one):
            return inf
        return sum(_burden(part, other, options) for part, other in _at(cue, text, seam))

    return common_seam(cue.text, text, terms, burden=burden, most=most)


def _burden(part: Cue, text: str, options: SegmentOptions) -> float:
    """What speaks against a part: that it is to be cut again, or shows too briefly to be read."""
    wide = 0 if fits_beside(part.text, text, options) else WIDE
    if not part.timed:
        return wide
    needed = max(options.min_duration, *(reading_time(each, options) for each in (part.text, text)), 1)
    return wide + BRIEF * max(0.0, 1 - part.duration / needed)


def _over(text: str, options: SegmentOptions) -> int:
    """Columns that a text on one line has too many."""
    shown = punctuate(flatten(text), options)
    width = line_width(shown, options)
    return display_width(visible(shown)) - width if width else 0
