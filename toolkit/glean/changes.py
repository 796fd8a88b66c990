"""What an editor changed between two texts, widened to the words that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toolkit.glean.clusters import PARTICLES, SOFT
from toolkit.glean.words import words_of
from toolkit.language_model import UNKNOWN, LanguageModel
from toolkit.sounds import is_han

TOKEN = re.compile(r"[\u3400-\u9fff〇]|[A-Za-z0-9]+(?:[-+.&'][A-Za-z0-9]+)*\+?|[^\W_]")
"""A Han character, or a Latin word with its digits and signs; spaces and punctuation are none."""

BRIDGE = 1
"""Two changes with so many tokens between them are one."""

OFTEN, SHARE = 3, 0.4
"""How often two words must stand together, and at what share of the places of one, to be one term."""

LARGEST = 8
"""Tokens of a change that is still about one term."""


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text with their places."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def part(self, first: int, last: int) -> str:
        """The text from one token up to another, without breaks of lines; empty for none."""
        found = self.text[self.spans[first][0] : self.spans[last - 1][1]] if first < last else ""
        return re.sub(r"(?<=[A-Za-z])\n(?=[A-Za-z])", " ", found).replace("\n", "")

    def joined(self, first: int, last: int) -> bool:
        """Whether nothing but spaces and breaks of lines stands between these tokens."""
        gaps = (self.text[self.spans[at][1] : self.spans[at + 1][0]] for at in range(first, last - 1))
        return all(not gap.strip(" \n") for gap in gaps)


@dataclass(frozen=True)
class Block:
    """Tokens from ``start`` to ``stop`` of the text before, and from ``first`` to ``last`` of that after an edit."""

    start: int
    stop: int
    first: int
    last: int

    @property
    def size(self) -> int:
        """The tokens of its longer side."""
        return max(self.stop - self.start, self.last - self.first)


@dataclass(frozen=True)
class Change:
    """What stood there and what the editor wrote, as far as whole words go; ``core`` is what differs of both.

    ``start`` and ``end`` are the place in the edited text.
    """

    wrong: str
    right: str
    core: tuple[str, str]
    start: int
    end: int


def tokens_in(text: str) -> Tokens:
    """The tokens of a text."""
    return Tokens(text, tuple(found.span() for found in TOKEN.finditer(text)))


def find_changes(before: str, after: str, model: LanguageModel | None) -> Iterator[Change]:
    """Every change that is about a word or term, in order."""
    from rapidfuzz.distance import Levenshtein

    old, new = tokens_in(before), tokens_in(after)
    sides = [[side.text[slice(*span)] for span in side.spans] for side in (old, new)]
    blocks = [
        Block(block.src_start, block.src_end, block.dest_start, block.dest_end)
        for block in Levenshtein.opcodes(*sides)
        if block.tag != "equal"
    ]
    places = _alignment(blocks, len(sides[1]))
    regions = [part for region in _regions(blocks, new) for part in _split(old, new, region, model)]
    for region in regions:
        if region.size > LARGEST or not new.joined(region.first, region.last):
            continue
        begin, end = _widened(new, region, model)
        start = region.start if begin == region.first else places[begin]
        stop = region.stop if end == region.last else places[end]
        if begin < end and 0 < stop - start <= LARGEST + 4 and old.joined(start, stop):
            wrong, right = old.part(start, stop), new.part(begin, end)
            yield Change(wrong, right, core_of(wrong, right), new.spans[begin][0], new.spans[end - 1][1])


def core_of(wrong: str, right: str) -> tuple[str, str]:
    """What differs, without what both begin and end with.

    >>> core_of("聚生智能", "具身智能")
    ('聚生', '具身')
    """
    first = next((place for place, (a, b) in enumerate(zip(wrong, right, strict=False)) if a != b), None)
    first = min(len(wrong), len(right)) if first is None else first
    last = 0
    while last < min(len(wrong), len(right)) - first and wrong[-1 - last] == right[-1 - last]:
        last += 1
    return wrong[first : len(wrong) - last], right[first : len(right) - last]


def _regions(blocks: Sequence[Block], new: Tokens) -> Iterator[Block]:
    """The changed stretches, those with a Chinese character between them as one."""
    open_: Block | None = None
    for block in blocks:
        gap = block.first - open_.last if open_ else LARGEST
        if open_ and (not gap or (gap <= BRIDGE and _bridges(new, open_.last, block))):
            open_ = Block(open_.start, block.stop, open_.first, block.last)
            continue
        if open_:
            yield open_
        open_ = block
    if open_:
        yield open_


def _split(old: Tokens, new: Tokens, region: Block, model: LanguageModel | None) -> Iterator[Block]:
    """A region of Chinese with equally many characters on both sides as one for each word that was changed."""
    size = region.last - region.first
    if size < 2 or region.stop - region.start != size or size > LARGEST or not new.joined(region.first, region.last):
        yield region
        return
    low, high = _run(new, region.first, region.last)
    for start, end in _joined(_words(new, low, high, model)):
        first, last = max(low + start, region.first), min(low + end, region.last)
        shift = region.start - region.first
        if first < last and old.part(first + shift, last + shift) != new.part(first, last):
            yield Block(first + shift, last + shift, first, last)


def _joined(words: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The words, single characters in a row as one: a name that the model does not know."""
    open_: tuple[int, int] | None = None
    for start, end in words:
        if open_ and end - start == 1:
            open_ = (open_[0], end)
            continue
        if open_:
            yield open_
        open_ = (start, end) if end - start == 1 else None
        if open_ is None:
            yield start, end
    if open_:
        yield open_


def _bridges(new: Tokens, place: int, block: Block) -> bool:
    """Whether the token between two changes belongs to both: it and what follows are Chinese."""
    between = new.part(place, place + 1)
    behind = new.part(block.first, block.first + 1) if block.first < block.last else between
    return is_han(between[0]) and is_han(behind[0]) and between not in PARTICLES


def _alignment(blocks: Sequence[Block], size: int) -> list[int]:
    """For each border between tokens of the edited text the border in the other that it is aligned with."""
    places, shift = [0] * (size + 1), 0
    edges = [*blocks, Block(0, 0, size + 1, size + 1)]
    for block, following in zip([Block(0, 0, 0, 0), *blocks], edges, strict=True):
        shift = block.stop - block.last
        for place in range(block.first, block.last):
            places[place] = min(block.start + place - block.first, block.stop)
        for place in range(block.last, following.first):
            places[place] = place + shift
    return places


def _widened(new: Tokens, region: Block, model: LanguageModel | None) -> tuple[int, int]:
    """The stretch with the whole words that it touches, and the word beside it where it is a single character."""
    first, last = region.first, region.last
    low, high = _run(new, first, last)
    words = [(low + start, low + end) for start, end in _words(new, low, high, model)]
    begin = max((start for start, _ in words if start <= first - (first == last)), default=first)
    end = min((stop for _, stop in words if stop >= last + (first == last)), default=last)
    if end - begin < 2 or region.stop - region.start < 1:
        begin, end = _beside(new, begin, end, words, model)
    known = model is not None and model.number(new.part(begin, end)) != UNKNOWN
    return (begin, end) if known else _collocated(new, begin, end, words)


def _collocated(new: Tokens, begin: int, end: int, words: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The stretch with the words that mostly stand beside it in this text: 具身 with 智能."""
    times = new.text.count(new.part(begin, end))
    ways = [(start, end) for start, stop in words if stop == begin]
    ways += [(begin, stop) for start, stop in words if start == end]
    often = [
        (new.text.count(new.part(*way)), way)
        for way in ways
        if new.part(*way)[0] not in SOFT and new.part(*way)[-1] not in PARTICLES
    ]
    count, way = max(often, default=(0, (begin, end)))
    return way if count >= max(OFTEN, SHARE * times) else (begin, end)


def _beside(
    new: Tokens, begin: int, end: int, words: Sequence[tuple[int, int]], model: LanguageModel | None
) -> tuple[int, int]:
    """A single character with the word before or behind it, whichever the text has more often."""
    if end > begin and not is_han(new.part(begin, end)[0]):
        return begin, end
    ways = [(start, end) for start, stop in words if stop == begin] + [
        (begin, stop) for start, stop in words if start == end
    ]

    def worth(way: tuple[int, int]) -> tuple[bool, int, int]:
        text = new.part(*way)
        known = model is not None and model.number(text) != UNKNOWN
        return text[0] not in SOFT and text[-1] not in PARTICLES, new.text.count(text) + known, -len(text)

    return max(ways, key=worth, default=(begin, end))


def _run(new: Tokens, first: int, last: int) -> tuple[int, int]:
    """The tokens around a stretch up to the next punctuation."""
    low, high = first, min(last, len(new.spans))
    while low and new.joined(low - 1, low + 1):
        low -= 1
    while high < len(new.spans) and new.joined(high - 1, high + 1):
        high += 1
    return low, high


def _words(new: Tokens, low: int, high: int, model: LanguageModel | None) -> Iterator[tuple[int, int]]:
    """Words of Han characters by the language model, each other token by itself; places count from ``low``."""
    at = low
    while at < high:
        stop = at
        while stop < high and is_han(new.part(stop, stop + 1)[0]):
            stop += 1
        if stop == at:
            yield at - low, at + 1 - low
            at += 1
            continue
        text = "".join(new.part(place, place + 1) for place in range(at, stop))
        yield from ((at + start - low, at + end - low) for start, end in words_of(text, model))
        at = stop
