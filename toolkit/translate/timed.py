"""The translator that takes lines from what exists: subtitles of the other language, or what Whisper translated.

Each of their cues goes to the line that it is shown with; one that lasts over several lines is shared out between
them by time, cut at punctuation or between words. Text without times goes line by line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.cues import Cue
from toolkit.errors import InputError
from toolkit.formats.markup import plain_text
from toolkit.sounds import is_han
from toolkit.translate.languages import needs_none, one_line
from toolkit.translate.values import Answer, Line, Page

_HALF = 0.5
_PAUSE = re.compile(r"[,.;:!?，。；：！？、…]\s*$")
_BEHIND = r"[^\w\s]*\s*"
_ATOM = r"[\u3400-\u9fff〇][，。；：！？、…）》”」]*|[^\s\u3400-\u9fff〇]+\s*|\s+"


@dataclass(frozen=True)
class Timed:
    """Translates with the cues that ``hear`` gives; of ``both_ways`` those that are in the target language."""

    hear: Callable[[], tuple[Cue, ...]]
    both_ways: bool = False

    def __call__(self, page: Page, wanted: Sequence[int]) -> Iterator[tuple[int, Answer]]:
        """The answers to the lines wanted, in order; see `toolkit.translate.Translator`.

        Raises:
            InputError: without times, there are not as many cues as lines.
        """
        first = [place for place in wanted if not page.lines[place].wrong]
        texts = assign(page.lines, self._cues(page)) if first else []
        for place in first:
            yield place, Answer(texts[place], "" if texts[place] else "nothing is shown at this time")

    def _cues(self, page: Page) -> tuple[Cue, ...]:
        cues = self.hear()
        return tuple(cue for cue in cues if needs_none(cue.text, page.target)) if self.both_ways else cues


def assign(lines: Sequence[Line], cues: Sequence[Cue]) -> list[str]:
    """The text of the cues that belongs to each line.

    >>> lines = [Line("你好，", 0, 900), Line("各位朋友。", 900, 2000)]
    >>> assign(lines, [Cue(0, 2000, "Hello, dear friends.")])
    ['Hello,', 'dear friends.']

    Raises:
        InputError: without times, there are not as many cues as lines.
    """
    texts = [one_line(plain_text(cue)) for cue in cues]
    if not all(cue.timed for cue in cues) or any(line.start is None for line in lines):
        if len(texts) != len(lines):
            problem = (
                f"{len(texts)} lines of the translation for {len(lines)} lines, and no times to tell which is which"
            )
            raise InputError(problem, fix="give both files times, or as many lines")
        return texts
    parts: list[list[str]] = [[] for _ in lines]
    first = 0
    for cue, text in sorted(zip(cues, texts, strict=True), key=lambda pair: pair[0].start or 0):
        while first < len(lines) and (lines[first].end or 0) <= (cue.start or 0):
            first += 1
        shares = _overlaps(lines, cue, max(0, first - 1))
        whole = {wanted for place in shares for demand in lines[place].terms for wanted in demand.wanted}
        for place, part in zip(shares, share(text, list(shares.values()), whole), strict=True):
            parts[place].append(part)
    return [_joined(part) for part in parts]


def share(text: str, weights: Sequence[int], whole: Collection[str] = ()) -> list[str]:
    """A text cut into as many parts as there are weights, about as long as these say.

    It is never cut inside a word, nor inside one of the terms that are to stay ``whole``.

    >>> share("One two, three four", [1, 1])
    ['One two,', 'three four']
    """
    atoms = _atoms(text, whole)
    total, length = sum(weights) or 1, len(text)
    cuts, passed = [0], 0
    for weight in weights[:-1]:
        passed += weight
        cuts.append(max(cuts[-1], _cut(atoms, length * passed / total, length)))
    cuts.append(len(atoms))
    return ["".join(atoms[start:end]).strip() for start, end in pairwise(cuts)]


def _atoms(text: str, whole: Collection[str]) -> list[str]:
    """The least parts of a text; nothing of it is lost."""
    terms = [re.escape(term) + _BEHIND for term in sorted(whole, key=len, reverse=True) if term]
    return re.findall("|".join([*terms, _ATOM]), text, re.IGNORECASE)


def _cut(atoms: Sequence[str], aim: float, length: int) -> int:
    """Behind which atom to cut so that about ``aim`` characters stand before; punctuation draws the cut to it."""
    best, cost, passed = 0, abs(aim), 0
    for number, atom in enumerate(atoms, start=1):
        passed += len(atom)
        away = abs(passed - aim) - (length / 5 if _PAUSE.search(atom) else 0)
        if away < cost:
            best, cost = number, away
    return best


def _overlaps(lines: Sequence[Line], cue: Cue, first: int) -> dict[int, int]:
    """The lines that a cue belongs to, with the milliseconds that it shares with each.

    It belongs to that with which it shares most, and to those that it is shown with for half of their time.
    """
    start, end = cue.start or 0, cue.end or 0
    shared: dict[int, int] = {}
    near = min(range(first, len(lines)), key=lambda place: _away(lines[place], start, end), default=None)
    for place in range(first, len(lines)):
        line = lines[place]
        if (line.start or 0) >= end:
            break
        both = min(end, line.end or 0) - max(start, line.start or 0)
        if both > 0:
            shared[place] = both
    if not shared:
        return {} if near is None else {near: 1}
    most = max(shared, key=lambda place: shared[place])
    return {
        place: both
        for place, both in shared.items()
        if place == most or both >= _HALF * ((lines[place].end or 0) - (lines[place].start or 0))
    }


def _away(line: Line, start: int, end: int) -> int:
    return max((line.start or 0) - end, start - (line.end or 0), 0)


def _joined(parts: Sequence[str]) -> str:
    text = ""
    for part in filter(None, parts):
        glue = " " if text and not (is_han(text[-1]) or is_han(part[0])) and text[-1] not in "，。！？" else ""
        text += glue + part
    return text
