"""Correcting what was corrected until nothing changes, so that a corrected text is never corrected any further.

A repaired term stands right for everything else: a neighbour may become a candidate that was none before. Each pass
reads the text as the passes before have left it, and looks where those changed it; their edits become one list over
what was heard.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

from toolkit.cues import Cue, Edit
from toolkit.edits import lay

MOST_PASSES = 5
"""A chain of changes that make others possible has never been seen to be as long."""

Stretches: TypeAlias = Sequence[tuple[int, int]]
"""Starts and ends in the text of all cues together."""

Pass: TypeAlias = Callable[[Sequence[Cue], Stretches | None], Sequence[Edit]]
"""From cues, and the stretches that the pass before has changed, to edits whose offsets run over all cues together.

None stands for the first pass. Edits that are applied change the text.
"""


@dataclass(frozen=True)
class _Layer:
    """A text and the changes over it, in order: offsets of the changed text lead back to it."""

    heard: str
    changes: tuple[Edit, ...]

    @cached_property
    def shifts(self) -> list[int]:
        """How much longer the text is before each change, and behind the last."""
        return list(accumulate((len(edit.after) - len(edit.before) for edit in self.changes), initial=0))

    @cached_property
    def starts(self) -> list[int]:
        """Where each change begins in the changed text."""
        return [edit.start + shift for edit, shift in zip(self.changes, self.shifts, strict=False)]

    @cached_property
    def ends(self) -> list[int]:
        """Where each change ends in the changed text."""
        return [start + len(edit.after) for start, edit in zip(self.starts, self.changes, strict=True)]

    def touching(self, edit: Edit) -> tuple[int, int]:
        """The first change that overlaps an edit of the changed text, and the first behind it that does not."""
        first = bisect_right(self.ends, edit.start)
        return first, max(first, bisect_left(self.starts, edit.end))


def repeat(cues: Sequence[Cue], once: Pass) -> tuple[Edit, ...]:
    """The edits of all passes together: every change, and what the last pass suggests beside them."""
    heard = "".join(cue.heard for cue in cues)
    layer = _Layer(heard, ())
    suggested: tuple[Edit, ...] = ()
    changed: Stretches | None = None
    for _ in range(MOST_PASSES):
        found = once(_changed(cues, layer.changes), changed)
        new = [edit for edit in found if edit.applied]
        suggested = _heard(layer, suggested, [edit for edit in found if not edit.applied])
        if not new:
            break
        layer, changed = _over(layer, new)
    return _together(layer, suggested)


def _changed(cues: Sequence[Cue], changes: Sequence[Edit]) -> Sequence[Cue]:
    """The cues as if they had been heard with the changes; only those unchanged keep their words."""
    if not changes:
        return cues
    plain = [replace(cue, edits=()) if cue.edits else cue for cue in cues]
    return [Cue(None, None, cue.text) if cue.edits else cue for cue in lay(plain, changes)]


def _over(layer: _Layer, new: Iterable[Edit]) -> tuple[_Layer, Stretches]:
    """The layer with new changes over it, and where those stand; what touches an old change takes it up."""
    text = _text(layer)
    kept = set(range(len(layer.changes)))
    made = []
    for edit in new:
        first, last = layer.touching(edit)
        kept -= set(range(first, last))
        low = min([edit.start, *layer.starts[first:last]])
        high = max([edit.end, *layer.ends[first:last]])
        start, end = low - layer.shifts[first], high - layer.shifts[last]
        after = f"{text[low : edit.start]}{edit.after}{text[edit.end : high]}"
        if layer.heard[start:end] != after:
            made.append(replace(edit, start=start, end=end, before=layer.heard[start:end], after=after))
    ordered = sorted([*((layer.changes[at], False) for at in kept), *((edit, True) for edit in made)], key=_start)
    over = _Layer(layer.heard, tuple(edit for edit, _ in ordered))
    spans = zip(over.starts, over.ends, strict=True)
    return over, [span for span, (_, is_new) in zip(spans, ordered, strict=True) if is_new]


def _start(pair: tuple[Edit, bool]) -> int:
    return pair[0].start


def _heard(layer: _Layer, old: Iterable[Edit], new: Iterable[Edit]) -> tuple[Edit, ...]:
    """Suggestions over what was heard: the new ones, that touch no change, and those old ones that none replaces."""
    found = []
    for edit in new:
        first, last = layer.touching(edit)
        if first == last:
            start = edit.start - layer.shifts[first]
            found.append(replace(edit, start=start, end=start + len(edit.before)))
    return (*_clear(old, found), *found)


def _together(layer: _Layer, suggested: Iterable[Edit]) -> tuple[Edit, ...]:
    """The changes, and the suggestions where nothing is changed."""
    return tuple(sorted([*layer.changes, *_clear(suggested, layer.changes)], key=lambda edit: edit.start))


def _clear(edits: Iterable[Edit], others: Sequence[Edit]) -> Iterator[Edit]:
    """The edits that overlap none of the others."""
    ordered = sorted(others, key=lambda edit: edit.start)
    ends = [edit.end for edit in ordered]
    for edit in edits:
        at = bisect_right(ends, edit.start)
        if at == len(ordered) or ordered[at].start >= edit.end:
            yield edit


def _text(layer: _Layer) -> str:
    parts, position = [], 0
    for edit in layer.changes:
        parts += [layer.heard[position : edit.start], edit.after]
        position = edit.end
    return "".join([*parts, layer.heard[position:]])
