"""Cut and join cues so that they can be read: line width, reading speed, durations, gaps.

Cues that follow each other closely are one chain of text. Every chain is cut anew at the places that cost least all in
all: what a break there costs, what breaks the limits, and how evenly the text is spread. A cue's own beginning costs
nothing and taking one away costs something, so that what is good stays as it is, and what was segmented once does not
change when it is segmented again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from toolkit.cues import Cue
from toolkit.profile import SegmentOptions
from toolkit.segment.chains import find_chains
from toolkit.segment.optimum import partition
from toolkit.segment.parts import rebuild
from toolkit.segment.places import Whole, read_chain, read_whole
from toolkit.segment.timing import retime

__all__ = ["segment"]

ROUNDS = 40
"""At most so often a result is segmented again, until nothing changes or a result comes back.

Almost always the first repetition changes nothing. Results that follow each other in a circle come from words whose
times contradict those of their cues; one of them is chosen, the same from wherever the circle is entered.
"""


def segment(
    cues: Iterable[Cue], options: SegmentOptions | None = None, *, terms: Collection[str] = ()
) -> tuple[Cue, ...]:
    """The cues cut and joined for reading; pure and deterministic, and the result is segmented already.

    ``terms`` are spellings that must not be broken. Widths and places are those of the corrected text, cuts are made
    between words at the words' times, or without words by the share of the text. Cues without times, and translated
    ones, stay as they are; cues of two languages or two speakers in lines keep their text.

    >>> cue = Cue(0, 8000, "大家好，欢迎来到今天的具身智能论坛，我们先来认识一下各位嘉宾。")
    >>> [cue.text for cue in segment([cue], terms=["具身智能"])]
    ['大家好，', '欢迎来到今天的具身智能论坛，', '我们先来认识一下各位嘉宾。']
    """
    options = options or SegmentOptions()
    given = tuple(cues)
    if not options.segment:
        return given
    whole = read_whole(given, terms)
    rounds = [retime(given, options, shorten=False)]
    while len(rounds) < ROUNDS:
        done = _segment_once(rounds[-1], options, whole)
        if done in rounds:
            return min(rounds[rounds.index(done) :], key=repr)
        rounds.append(done)
    return rounds[-1]


def _segment_once(cues: tuple[Cue, ...], options: SegmentOptions, whole: Whole) -> tuple[Cue, ...]:
    made: list[Cue] = []
    for chain in find_chains(cues):
        if not chain.movable:
            made.extend(chain.cues)
            continue
        made.extend(rebuild(chain, partition(read_chain(chain, options, whole), options)))
    return retime(made, options)
