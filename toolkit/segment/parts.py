"""Cues cut and joined as a partition of their chain wants it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from toolkit.breaks import glue
from toolkit.cues import Cue, Word
from toolkit.cutting import cut, join
from toolkit.segment.chains import Chain
from toolkit.segment.places import Place


def rebuild(chain: Chain, begins: Sequence[Place]) -> Iterator[Cue]:
    """The cues of a chain anew, one for each place where one ``begins``; those that stay are the same objects."""
    inner: dict[int, list[int]] = {}
    for place in begins:
        inner.setdefault(place.cue, []).append(place.at)
    made: Cue | None = None
    for index, cue in enumerate(chain.cues):
        offsets = inner.get(index, [])
        for number, part in enumerate(cut_at(cue, [offset for offset in offsets if offset])):
            if made is not None and number == 0 and 0 not in offsets:
                made = join(made, part, glue(made.text, part.text))
                continue
            if made is not None:
                yield made
            made = part
    if made is not None:
        yield made


def cut_at(cue: Cue, offsets: Iterable[int]) -> list[Cue]:
    """The parts of a cue cut before each of ``offsets`` of what was heard, without spaces at their ends.

    >>> [part.heard for part in cut_at(Cue(0, 2000, "Well, let us see."), [5, 13])]
    ['Well,', 'let us', 'see.']
    """
    parts, passed = [cue], 0
    for offset in sorted(offsets):
        parts[-1:] = cut(parts[-1], offset - passed)
        passed = offset
    return [_trimmed(part) for part in parts] if len(parts) > 1 else parts


def _trimmed(cue: Cue) -> Cue:
    """The cue without spaces at its ends, except those that an edit stands on."""
    start, end = len(cue.heard) - len(cue.heard.lstrip()), len(cue.heard.rstrip())
    if cue.edits:
        start, end = min(start, cue.edits[0].start), max(end, cue.edits[-1].end)
    if end - start in (len(cue.heard), 0):
        return cue
    return replace(
        cue,
        heard=cue.heard[start:end],
        words=_trimmed_words(cue.words, start, end),
        edits=tuple(edit.shifted(-start) for edit in cue.edits),
    )


def _trimmed_words(words: tuple[Word, ...], start: int, end: int) -> tuple[Word, ...]:
    kept: list[Word] = []
    passed = 0
    for word in words:
        text = word.text[max(start - passed, 0) : max(end - passed, 0)]
        passed += len(word.text)
        if text:
            kept.append(replace(word, text=text))
    return tuple(kept)
