"""What an action on the page may consist of: steps, each checked as it comes in and made into a patch of the cues."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.amend import amend, merge, retime, split
from toolkit.cues import Cue, Transcript
from toolkit.edits import changes, decide, other_halves
from toolkit.errors import ToolkitError
from toolkit.review.shown import Entry, checked

LONGEST = 10_000
"""Characters that the text of one cue may have."""


class Refused(ToolkitError):
    """A step that makes no sense, or cannot be done; nothing was changed."""


class Stale(ToolkitError):
    """A step on a cue that has changed since it was shown; nothing was changed."""


@dataclass(frozen=True)
class Patch:
    """Entries from ``at`` on that were replaced: ``old`` by ``new``."""

    at: int
    old: tuple[Entry, ...]
    new: tuple[Entry, ...]

    @property
    def reversed(self) -> Patch:
        """The patch that takes this one back."""
        return Patch(self.at, self.new, self.old)


def perform(entries: Sequence[Entry], place: int, step: Mapping[str, Any], fresh: Callable[[], int]) -> Patch | None:
    """The patch that a step makes at the entry ``place``; ``fresh`` gives the id of a cue that is new.

    Raises:
        Refused: no such step, or it cannot be done.
    """
    do = step.get("do")
    if not isinstance(do, str) or do not in _STEPS:
        raise Refused(f"no step {do!r}")
    first, last = _reach(entries, place)
    window = tuple(entry.cue for entry in entries[first:last])
    try:
        made = _STEPS[do](window, place - first, step)
    except (ValueError, KeyError) as error:
        raise Refused(str(error).strip("'\"")) from None
    return _patch(entries[first:last], first, made, fresh) if made != window else None


def _reach(entries: Sequence[Entry], place: int) -> tuple[int, int]:
    """The entry with its neighbours, and as far as its edits reach over seams."""
    cues = [entry.cue for entry in entries]
    first = min(other_halves(cues, place, following=False), default=place)
    last = max(other_halves(cues, place, following=True), default=place)
    return max(first - 1, 0), min(last + 2, len(entries))


def _patch(window: Sequence[Entry], at: int, made: Sequence[Cue], fresh: Callable[[], int]) -> Patch:
    """The patch from the entries of a window to the cues made of it; those at both ends that stay are not in it."""
    head = 0
    while head < min(len(window), len(made)) and window[head].cue == made[head]:
        head += 1
    tail = 0
    while tail < min(len(window), len(made)) - head and window[-1 - tail].cue == made[-1 - tail]:
        tail += 1
    old = tuple(window[head : len(window) - tail])
    ids = [entry.id for entry in old][: len(made) - tail - head]
    ids += [fresh() for _ in range(len(made) - tail - head - len(ids))]
    return Patch(at + head, old, tuple(map(Entry, ids, made[head : len(made) - tail])))


def _decide(cues: Sequence[Cue], index: int, step: Mapping[str, Any]) -> tuple[Cue, ...]:
    position = _number(step, "edit")
    transcript = Transcript("", tuple(cues))
    number = next((each.number for each in changes(transcript) if (index, position) in each.places), None)
    if number is None:
        raise ValueError("no such edit")
    return decide(transcript, [number], applied=_flag(step, "on")).cues


def _text(cues: Sequence[Cue], index: int, step: Mapping[str, Any]) -> tuple[Cue, ...]:
    text = step.get("text")
    if not isinstance(text, str) or len(text) > LONGEST:
        raise ValueError(f"the text of a cue is at most {LONGEST} characters")
    if any((ord(char) < 32 and char not in "\n\t") or 0xD800 <= ord(char) < 0xE000 for char in text):
        raise ValueError("control characters cannot stand in a cue")
    return amend(cues, index, text)


def _times(cues: Sequence[Cue], index: int, step: Mapping[str, Any]) -> tuple[Cue, ...]:
    return retime(cues, index, _number(step, "start"), _number(step, "end"))


def _split(cues: Sequence[Cue], index: int, step: Mapping[str, Any]) -> tuple[Cue, ...]:
    if "at" in step:
        return split(cues, index, at=_number(step, "at"))
    return split(cues, index, time=_number(step, "time"))


def _merge(cues: Sequence[Cue], index: int, step: Mapping[str, Any]) -> tuple[Cue, ...]:  # noqa: ARG001
    return merge(cues, index)


def _check(cues: Sequence[Cue], index: int, step: Mapping[str, Any]) -> tuple[Cue, ...]:
    return (*cues[:index], checked(cues[index], on=_flag(step, "on")), *cues[index + 1 :])


_STEPS: dict[str, Callable[[Sequence[Cue], int, Mapping[str, Any]], tuple[Cue, ...]]] = {
    "decide": _decide,
    "text": _text,
    "times": _times,
    "split": _split,
    "merge": _merge,
    "check": _check,
}


def _number(step: Mapping[str, Any], name: str) -> int:
    value = step.get(name)
    if type(value) is not int or not 0 <= value < 1 << 40:
        raise ValueError(f"'{name}' takes a whole number")
    return value


def _flag(step: Mapping[str, Any], name: str) -> bool:
    value = step.get(name)
    if type(value) is not bool:
        raise ValueError(f"'{name}' takes true or false")
    return value
