"""The text of a chain as a line of places where a cue may begin, with widths, times and costs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from toolkit.breaks import LAST_RESORT, Break, break_places, display_width, is_chinese
from toolkit.breaks.tokens import CLOSING, TAG, inside_terms
from toolkit.cues import Cue
from toolkit.profile import SegmentOptions
from toolkit.segment.bonds import repeated_pairs
from toolkit.segment.chains import PAUSE, Chain, silence
from toolkit.segment.cuts import Cuts, Moment, cuts

JOIN = 30
"""What taking a cue's beginning away costs; a pause there costs up to as much again."""

JOIN_SENTENCES = 440
"""The same at the end of a sentence: more than a cue that is too short, less than one that is tiny."""

BROKEN_SEAM = 200
"""What a cue's beginning costs inside a term or before a closing mark: enough to move it."""

PLAIN, PAIRED, SOLID = 60, 95, 8
"""From which cost on a place may be inside a word, what it costs between a pair, and what the end of a word saves."""

DEEPEST = 600
"""The pause, in milliseconds, up to which a longer one makes a place better."""

UNSEEN = " \t\n\u3000\u200b"
"""What is not seen at the end of a line: spaces, and the zero-width ones that stand for tags."""


_STOP = re.compile(r"。|[^\W\d]\.(?:\s|$)")
_SPACES = str.maketrans(dict.fromkeys("，。、；", " "))


class Place(NamedTuple):
    """A place where a cue may begin, before ``offset`` of the chain's text.

    That is at ``heard[at]`` of its cue, the cue's own beginning where ``at`` is 0. ``end`` and ``start`` are when
    speech ends before it and goes on behind it, ``take`` and ``leave`` what it costs that a cue begins here, or that
    none does. A sentence ends before a place that ``ends`` one; at a ``forced`` place a cue begins in any case.
    """

    offset: int
    cue: int
    at: int
    end: int
    start: int
    take: int = 0
    leave: int = 0
    ends: bool = False
    forced: bool = False


@dataclass(frozen=True)
class Line:
    """The places of a chain, its first and its end among them, and for each what stands before it.

    ``before`` counts the columns of all text before a place, ``upto`` leaves out what is not seen at the end of a line;
    ``letters`` counts the columns of letters and digits alone, ``han`` the Han characters. ``spelled`` says that there
    are words; ``following`` is when the next chain starts, or None.
    """

    places: tuple[Place, ...]
    before: tuple[int, ...]
    upto: tuple[int, ...]
    letters: tuple[int, ...]
    han: tuple[int, ...]
    spelled: bool
    following: int | None


@dataclass(frozen=True)
class Whole:
    """What is known of all cues: terms and pairs that belong together, and whether sentences end in full stops."""

    terms: frozenset[str]
    pairs: frozenset[str]
    stopped: bool


def read_whole(cues: Iterable[Cue], terms: Iterable[str]) -> Whole:
    """What all cues together say; the same however they are cut."""
    texts = [cue.text for cue in cues]
    return Whole(frozenset(terms), repeated_pairs(texts), any(map(_STOP.search, texts)))


def read_chain(chain: Chain, options: SegmentOptions, whole: Whole) -> Line:
    """The places of a movable chain, with their measures."""
    first, last = chain.cues[0], chain.cues[-1]
    begin, finish = first.start or 0, last.words[-1].end if last.words else last.end or 0
    breaks = break_places(chain.text, whole.terms, last_resorts=True)
    inner = sorted([*_places_in_cues(chain, breaks, whole), *_seams(chain, breaks, whole)])
    places = (Place(0, 0, 0, begin, begin), *inner, Place(len(chain.text), len(chain.cues), 0, finish, finish))
    shown = _shown(chain.text, options)
    columns = [0, *accumulate(map(display_width, shown))]
    letters = [0, *accumulate(display_width(char) if char.isalnum() else 0 for char in shown)]
    han = [0, *accumulate(map(is_chinese, shown))]
    offsets = [place.offset for place in places]
    return Line(
        places,
        before=tuple(columns[offset] for offset in offsets),
        upto=tuple(columns[_seen(shown, offset)] for offset in offsets),
        letters=tuple(letters[offset] for offset in offsets),
        han=tuple(han[offset] for offset in offsets),
        spelled=bool(first.words),
        following=chain.following,
    )


def _places_in_cues(chain: Chain, breaks: Sequence[Break], whole: Whole) -> Iterator[Place]:
    """The places inside the cues of a chain."""
    made = [cuts(cue) for cue in chain.cues]
    for place in breaks:
        first = _seen(chain.text, place.offset)
        index = bisect_right(chain.starts, place.offset) - 1
        moment = _moment(made[index], first - chain.starts[index], place.offset - chain.starts[index])
        if moment:
            cost = place.cost
            if PAIRED > cost >= PLAIN and chain.text[place.offset - 1 : place.offset + 1] in whole.pairs:
                cost = PAIRED
            forced = moment.start - moment.end >= PAUSE and cost < LAST_RESORT
            yield Place(
                place.offset, index, *moment[:3], _with_pause(cost, moment), 0, whole.stopped and not cost, forced
            )


def _moment(made: Cuts, first: int, last: int) -> Moment | None:
    """The cut in the space before a place, as late as can be; None where a cue begins or where none can be cut."""
    if first <= 0:
        return None
    return next(filter(None, map(made.at, range(last, first - 1, -1))), None)


def _with_pause(cost: int, moment: Moment) -> int:
    """The cost of a place, less where speech pauses there, or where it is the end of a word indeed.

    Squared, because two good places are better than one bad one.
    """
    if cost >= LAST_RESORT:
        return cost
    if moment.solid and cost >= PLAIN:
        cost -= SOLID
    cost = cost * cost // 100
    return cost - cost * min(moment.start - moment.end, DEEPEST) * 7 // (DEEPEST * 10)


def _seams(chain: Chain, breaks: Sequence[Break], whole: Whole) -> Iterator[Place]:
    """The places between the cues of a chain."""
    ends = {_seen(chain.text, place.offset): place for place in breaks}
    inside = inside_terms(chain.text, whole.terms)
    for index in range(1, len(chain.cues)):
        left, right = chain.cues[index - 1], chain.cues[index]
        offset, found = chain.starts[index], ends.get(_seen(chain.text, chain.starts[index]))
        broken = found is None and (offset in inside or chain.text[offset] in CLOSING)
        leave = JOIN + min(silence(left, right), PAUSE) * JOIN // PAUSE
        yield Place(
            found.offset if found else offset,
            index,
            0,
            left.words[-1].end if left.words else left.end or 0,
            right.start or 0,
            BROKEN_SEAM if broken else 0,
            JOIN_SENTENCES if found and not found.cost else leave,
            bool(whole.stopped and found and not found.cost),
        )


def _seen(text: str, offset: int) -> int:
    """Where the text before ``offset`` ends, spaces left out."""
    while offset and text[offset - 1] in UNSEEN:
        offset -= 1
    return offset


def _shown(text: str, options: SegmentOptions) -> str:
    """The text as it takes room: tags take none, and with ``punctuation = "space"`` pauses are spaces."""
    shown = TAG.sub(lambda tag: "\u200b" * len(tag[0]), text) if "{" in text or "<" in text else text
    return shown.translate(_SPACES) if options.punctuation == "space" else shown
