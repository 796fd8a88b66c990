"""A cue laid out better: its lines broken elsewhere, or cut into several cues, where that mends what is wrong with it.

Only breaks change. What is wrong is counted (`Faults`), and a new layout is taken only where less is wrong by it, so
that laying out ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from toolkit.bilingual import beside
from toolkit.bilingual.clauses import SURE
from toolkit.breaks import LAST_RESORT, break_places, display_width, flatten, line_width, visible, wrap
from toolkit.cues import Cue
from toolkit.cutting import cut
from toolkit.lint.sides import language_lines, takes_turns
from toolkit.profile import SegmentOptions

SPARE = 3
"""So many lines more than the width asks for are tried, twice what it asks for at most."""


SLOWEST = 250
"""Milliseconds a column at which somebody may still be speaking."""


class Faults(NamedTuple):
    """What is wrong with a layout, the worst first: columns too many, lines too many, and breaks.

    ``broken`` counts breaks inside a term, a word or a number, or before a closing mark; ``weak`` those at which a
    reader stumbles.
    """

    over: int = 0
    lines: int = 0
    broken: int = 0
    weak: int = 0


@lru_cache(maxsize=1 << 14)
def faults(cue: Cue, options: SegmentOptions, terms: frozenset[str] = frozenset()) -> Faults:
    r"""What is wrong with the layout of a cue.

    >>> faults(Cue(0, 3000, "欢迎来到具身\n智能论坛"), SegmentOptions(lines=2), frozenset(["具身智能"]))
    Faults(over=0, lines=0, broken=1, weak=0)
    """
    blocks = _blocks(cue)
    allowed = 1 if len(blocks) == 2 else options.lines
    if takes_turns(cue.text):
        allowed = max(allowed, 2)
    over = sum(_over(line, _width(block, options)) for block in blocks for line in block)
    breaks = [_breaks(block, terms) for block in blocks if _movable(cue)]
    return Faults(
        over,
        sum(max(len(block) - allowed, 0) for block in blocks),
        sum(broken for broken, _ in breaks),
        sum(weak for _, weak in breaks),
    )


@lru_cache(maxsize=1 << 12)
def arranged(cue: Cue, options: SegmentOptions, terms: frozenset[str] = frozenset()) -> tuple[Cue, ...] | None:
    r"""The cue in the best layout that there is, cut in several where that is needed; None where none is better.

    A cue is cut only where each part can show for the shortest duration. Turns of speakers, and text with tags inside,
    stay as they are; of a cue in two languages both are cut where a clause ends in both.

    >>> cue = Cue(0, 4000, "大家好，欢迎来到\n今天的论坛，我们先认识一下嘉宾")
    >>> [part.text for part in arranged(cue, SegmentOptions())]
    ['大家好，欢迎来到今天的论坛，', '我们先认识一下嘉宾']
    """
    now = faults(cue, options, terms)
    if not any(now) or not _movable(cue):
        return None
    best, least = None, now
    for parts in _layouts(cue, options, terms):
        found = sum_of([faults(part, options, terms) for part in parts])
        if found < least and _has_time(cue, parts, options, cuts=found[:2] < now[:2]):
            best, least = parts, found
        if best and not any(least[:3]):
            break
    return best


def halved(cue: Cue, options: SegmentOptions, terms: frozenset[str] = frozenset()) -> tuple[Cue, ...]:
    """The cue cut in two where a clause ends; empty where its text is too short for its time, or cannot be cut.

    Nobody speaks slower than `SLOWEST`: a cue that stays longer is only slow to go.
    """
    text = flatten(cue.text)
    if not _movable(cue) or display_width(visible(text)) * SLOWEST <= options.max_duration:
        return ()
    if len(_blocks(cue)) == 2:
        *_, parts = _layouts_of_two(cue, options, terms)
    else:
        halfway = display_width(visible(text)) * 2 // 3
        parts = _cut_at(cue, wrap(text, width=halfway, lines=2, terms=terms).split("\n"))
    return parts if len(parts) > 1 and min(part.duration for part in parts) >= options.min_duration else ()


def with_text(cue: Cue, text: str) -> Cue:
    """A cue without words and edits that says something else, or the same in other lines; its translation stays."""
    return replace(cue, heard=text, words=(), edits=())


def _layouts(cue: Cue, options: SegmentOptions, terms: frozenset[str]) -> Iterator[tuple[Cue, ...]]:
    blocks = _blocks(cue)
    if len(blocks) == 2:
        yield from _layouts_of_two(cue, options, terms)
        return
    text = flatten(cue.text)
    width = line_width(visible(text), options) or display_width(text) + 1
    wanted = -(-display_width(visible(text)) // width)
    for count in range(options.lines, max(options.lines, wanted + min(wanted, SPARE)) + 1):
        lines = wrap(text, width=width, lines=count, terms=terms).split("\n")
        yield _cut_at(cue, ["\n".join(lines[at : at + options.lines]) for at in range(0, len(lines), options.lines)])
        if len(lines) < count:
            return


def _layouts_of_two(cue: Cue, options: SegmentOptions, terms: frozenset[str]) -> Iterator[tuple[Cue, ...]]:
    """Two languages: each on one line, then both cut at the same clauses."""
    first, second = (flatten("\n".join(block)) for block in _blocks(cue))
    apart = cue.translation is not None
    single = replace(cue, heard=first, words=(), edits=(), translation=second)
    yield (single if apart else _stacked(single),)
    parts = beside([single], [second], options, terms=terms, most=SURE)
    yield parts if apart else tuple(map(_stacked, parts))


def _stacked(cue: Cue) -> Cue:
    text = "\n".join(part.strip() for part in (cue.text, cue.translation or "") if part.strip())
    return replace(cue, heard=text, translation=None)


def _cut_at(cue: Cue, texts: Sequence[str]) -> tuple[Cue, ...]:
    """The cue with its text in these parts, a cue each; times by the share of the text."""
    parts: list[Cue] = []
    rest = with_text(cue, "".join(texts))
    for text in texts[:-1]:
        part, rest = cut(rest, len(text))
        parts.append(part)
    return (*parts, rest)


def _has_time(cue: Cue, parts: Sequence[Cue], options: SegmentOptions, *, cuts: bool) -> bool:
    """Whether each part can show for long enough; a cue is not ``cut`` only because a break is bad."""
    if len(parts) == 1:
        return True
    return cuts and cue.timed and min(part.duration for part in parts) >= max(options.min_duration, 1)


def _movable(cue: Cue) -> bool:
    return not (cue.get("tag.inside") or takes_turns(cue.text) or "{\\" in cue.text)


def _blocks(cue: Cue) -> tuple[tuple[str, ...], ...]:
    lines = language_lines(cue.text)
    if cue.translation:
        own = tuple(line for block in lines for line in block)
        return (own, tuple(line for line in cue.translation.split("\n") if line.strip()))
    return lines


def _width(block: Sequence[str], options: SegmentOptions) -> int:
    return line_width(visible("".join(block)), options)


def _over(line: str, width: int) -> int:
    return max(0, display_width(visible(line).strip()) - width) if width else 0


def _breaks(block: Sequence[str], terms: Collection[str]) -> tuple[int, int]:
    """How many breaks between these lines are where none may be, and at how many a reader stumbles."""
    if len(block) < 2:
        return 0, 0
    text, seams = "", []
    for line in map(str.strip, block):
        whole = flatten(f"{text}\n{line}") if text else line
        seams.append(len(whole) - len(line))
        text = whole
    costs = {place.offset: place.cost for place in break_places(text, terms, last_resorts=True)}
    found = [costs.get(seam) for seam in seams[1:]]
    return sum(cost is None for cost in found), sum(cost == LAST_RESORT for cost in found)


def sum_of(found: Sequence[Faults]) -> Faults:
    """What is wrong with several cues together."""
    return Faults(*(sum(values) for values in zip(*found, strict=True)))
