"""What can be measured about a cue that tells an invented line from one that was said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import eq

from toolkit.cues import Cue
from toolkit.quarantine.phrases import Found, find_phrases, fold

_UNIT = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff]|[^\W\d_\u3040-\u9fff\uf900-\ufaff]+|\d")

MOST, LONGEST = 0.7, 40
"""The part of a line that a loop must be, and the longest stretch that is looked for."""


@dataclass(frozen=True)
class Facts:
    """What is known about one cue; None where the recogniser, or the file, did not say.

    ``units`` are characters, Latin words and digits. ``run`` is how many cues in a row say the same, ``nth`` which of
    them this one is, from 1; ``alike`` counts them in the whole document. ``loop`` is how often a stretch of ``unit``
    characters comes one after the other and makes up most of the line, 1 where none does. ``pace`` is units a second,
    ``timed`` whether a recogniser timed them: files are laid out for reading.
    """

    units: int
    phrase: Found | None = None
    speech: float | None = None
    no_speech: float | None = None
    logprob: float | None = None
    compression: float | None = None
    run: int = 1
    nth: int = 1
    alike: int = 1
    loop: int = 1
    unit: int = 0
    pace: float | None = None
    seconds: float = 0.0
    timed: bool = False


def measure(cues: Sequence[Cue]) -> list[Facts]:
    """The facts about each cue of a document."""
    folded = [fold(cue.text) for cue in cues]
    alike = Counter(folded)
    return [
        _facts(cue, text, run, nth, alike[text])
        for cue, text, (run, nth) in zip(cues, folded, _runs(folded), strict=True)
    ]


def find_loop(folded: str) -> tuple[int, int]:
    """How often the line says the same again, and how long that is; ``(1, 0)`` where most of it is something else.

    >>> find_loop("谢谢大家" * 5 + "谢谢"), find_loop("啊" * 9), find_loop("好好学习天天向上")
    ((5, 4), (9, 1), (1, 0))
    """
    size = len(folded)
    longest = min(size // 3, LONGEST)
    if len(set(folded)) > longest + (1 - MOST) * size:  # too many different characters for any loop
        return 1, 0
    for unit in range(1, longest + 1):
        again = list(map(eq, folded, folded[unit:]))
        least = max(MOST * size, 3 * unit)
        if unit + sum(again) < least:
            continue
        length = unit + max((len(list(run)) for same, run in groupby(again) if same), default=0)
        if length >= least:
            return length // unit, unit
    return 1, 0


def _facts(cue: Cue, folded: str, run: int, nth: int, alike: int) -> Facts:
    units = len(_UNIT.findall(cue.text))
    seconds = cue.duration / 1000
    loop, unit = find_loop(folded)
    return Facts(
        units,
        find_phrases(folded),
        _number(cue, "speech"),
        _number(cue, "no_speech_prob"),
        _number(cue, "avg_logprob"),
        _number(cue, "compression_ratio"),
        run,
        nth,
        alike if folded else 1,
        loop,
        unit,
        units / seconds if seconds else None,
        seconds,
        bool(cue.words) or cue.get("avg_logprob") is not None,
    )


def _runs(folded: Sequence[str]) -> Iterator[tuple[int, int]]:
    """For each text how many in a row are the same, and which of them it is."""
    start = 0
    for index, text in enumerate(folded):
        if index + 1 < len(folded) and text and folded[index + 1] == text:
            continue
        length = index + 1 - start
        yield from ((length, nth) for nth in range(1, length + 1))
        start = index + 1


def _number(cue: Cue, name: str) -> float | None:
    value = cue.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
