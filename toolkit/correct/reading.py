"""How text reads as words, by the language model: many stretches at once, each with a few characters around it.

Beside the model's words there are names: every two or three characters may be one that the model has never seen. That
is why a rare personal name is not taken for a gap to fill.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from toolkit.correct.document import Document
from toolkit.language_model import LONGEST, UNKNOWN, LanguageModel, hash_columns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REACH = 6
"""How many characters on either side are read along."""

NAME_LOGPROBS = {2: -7.4, 3: -8.6}
"""log10 probability of a name of so many characters that the model does not know."""

LEAVING = -0.4
"""The most that a term or name costs for following a word that it was never seen after."""

NEVER = -1e9

FUNCTION_WORDS = (
    "的了是在和与一之其以即个这那就也都要会能到着过地得我你他们将把被对从由中上下时或及为来某并等则而且但还又"
)
"""Single characters that are words by themselves and stand beside anything."""

NUMERALS = "一二三四五六七八九十百千万亿两零〇几第"
"""Single characters that count: a recogniser writes them for nothing else."""

CHUNK = 16_384
"""Stretches that are read at once: enough for array operations to be quick, few enough for the processor's memory."""


@dataclass(frozen=True, eq=False)
class Words:
    """The words in K stretches, the longest with L characters, as they read with their context.

    ``lengths`` (K, L) say of each character of the stretch how long its word is as it stands, ``known`` (K, L) whether
    the model knows that word, ``begins`` (K, L) whether the word begins with it. ``ahead`` (K, L + 1) is the log10
    probability of the words that lie between the stretch's start and each place in it, ``behind`` (K, L + 1) that of
    those between there and its end. Behind the end of a shorter stretch they speak of its context.
    """

    lengths: NDArray[np.int8]
    known: NDArray[np.bool_]
    begins: NDArray[np.bool_]
    ahead: NDArray[np.float32]
    behind: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Lattice:
    """The words that may be read at places of a document, R of them, and what it costs to follow one with another.

    ``rows`` leads from each place of the document to its row. ``numbers`` (5, R) are the words of 1 to 5 characters
    that begin there, ``alone`` (5, R) their log10 probability by themselves, `NEVER` for no word. ``after[l]`` (5, R)
    is that of the word of l + 1 characters after each word that ends there, by its length, ``leaving`` (5, R) what it
    costs to follow the word that ends there with one that was never seen after it.
    """

    rows: NDArray[np.int32]
    numbers: NDArray[np.int32]
    alone: NDArray[np.float32]
    after: tuple[NDArray[np.float32], ...]
    leaving: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Spans:
    """K stretches, each within one run of Chinese characters: start and end, and start and end with context."""

    lows: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    highs: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.starts)

    def only(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> Spans:
        """The stretches that a mask or an array of places chooses."""
        return Spans(self.lows[kept], self.starts[kept], self.ends[kept], self.highs[kept])


def slots(lattice: Lattice, spans: Spans) -> NDArray[np.float32]:
    """What each stretch gains, in log10, when it is taken for one word that costs nothing."""
    import numpy as np

    gains = np.empty(len(spans), dtype=np.float32)
    for some, part in _chunks(spans):
        ways = _best_ways(lattice, part.lows, part.highs - part.lows)
        beyond = _best_ways(lattice, part.ends, part.highs - part.ends)
        left = (_at(ways, part.starts - part.lows) + lattice.leaving[:, lattice.rows[part.starts]]).max(axis=0)
        right = _at(beyond, part.highs - part.ends).max(axis=0)
        heard = _at(ways, part.highs - part.lows).max(axis=0)
        alone = np.where(part.starts > part.lows, left, 0) + np.where(part.highs > part.ends, right, 0)
        gains[some] = alone - heard
    return gains


def read_words(lattice: Lattice, spans: Spans) -> Words:
    """The words in stretches."""
    import numpy as np

    longest = int((spans.ends - spans.starts).max(initial=1))
    chunks = list(_chunks(spans))
    parts = [_words_inside(lattice, part, longest) for _, part in chunks]
    back = np.argsort(np.concatenate([some for some, _ in chunks]), kind="stable")
    return Words(*(np.concatenate([getattr(part, one.name) for part in parts])[back] for one in fields(Words)))


def _chunks(spans: Spans) -> Iterator[tuple[NDArray[np.int64], Spans]]:
    """The stretches with their places in portions of about equal length."""
    import numpy as np

    order = np.argsort(spans.highs - spans.lows, kind="stable")
    for some in np.split(order, range(CHUNK, len(order), CHUNK)):
        yield some, spans.only(some)


def with_context(document: Document, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> Spans:
    """Stretches with up to `REACH` characters more on either side, within their runs."""
    last = len(document.text) - 1
    runs = document.runs[starts.clip(max=last)]
    lows, highs = starts.copy(), ends.copy()
    for step in range(1, REACH + 1):
        before, after = starts - step, ends + step - 1
        lows[(before >= 0) & (document.runs[before.clip(0)] == runs)] -= 1
        highs[(after <= last) & (document.runs[after.clip(max=last)] == runs)] += 1
    return Spans(lows, starts, ends, highs)


def build_lattice(document: Document, model: LanguageModel, spans: Spans) -> Lattice:
    """The words in stretches and their context, and their probabilities."""
    import numpy as np

    size = len(document.text)
    steps = np.bincount(spans.lows, minlength=size + 1) - np.bincount(spans.highs, minlength=size + 1)
    places = np.flatnonzero(np.cumsum(steps[:-1]) > 0)
    rows = np.zeros(size + 1, dtype=np.int32)
    rows[places] = np.arange(len(places))
    numbers = np.full((LONGEST, len(places)), UNKNOWN, dtype=np.int32)
    for length in range(1, LONGEST + 1):
        fits = np.flatnonzero(places + length <= size)
        numbers[length - 1, fits] = model.ranks(
            hash_columns([document.codes[places[fits] + at] for at in range(length)])
        )
    least = np.array([NAME_LOGPROBS.get(length, NEVER) for length in range(1, LONGEST + 1)], dtype=np.float32)
    least[0] = model.unknown
    alone = np.where(numbers >= 0, model.unigrams[numbers], NEVER).astype(np.float32)
    numbers[alone < least[:, None]] = UNKNOWN
    alone = np.maximum(alone, least[:, None])
    after, leaving = _followed(model, places, numbers, alone)
    return Lattice(rows, numbers, alone, after, leaving)


def _followed(
    model: LanguageModel, places: NDArray[np.int64], numbers: NDArray[np.int32], alone: NDArray[np.float32]
) -> tuple[tuple[NDArray[np.float32], ...], NDArray[np.float32]]:
    """``after`` and ``leaving`` of a lattice."""
    import numpy as np

    ending = np.full(numbers.shape, UNKNOWN, dtype=np.int32)
    for length in range(1, LONGEST + 1):
        joined = np.flatnonzero(places[length:] - places[:-length] == length)
        ending[length - 1, joined + length] = numbers[length - 1, joined]
    backoffs = np.where(ending >= 0, model.backoffs[ending], np.float32(0))
    leaving = np.maximum(backoffs, np.float32(LEAVING))
    after = []
    for length in range(1, LONGEST + 1):
        words = numbers[length - 1]
        costs = np.where(words >= 0, backoffs, leaving) + alone[length - 1]
        lengths, rows = np.nonzero((words >= 0) & (ending >= 0))
        costs[lengths, rows] = model.pair_logprobs(ending[lengths, rows], words[rows])
        if length in NAME_LOGPROBS:
            costs = np.maximum(costs, leaving + np.float32(NAME_LOGPROBS[length]))
        after.append(costs)
    return tuple(after), leaving


def _best_ways(lattice: Lattice, starts: NDArray[np.int32], widths: NDArray[np.int32]) -> NDArray[np.float32]:
    """The log10 probability of reading stretches up to each character, by the length of the last word (W + 1, 5, K).

    What lies beyond a stretch's own width means nothing.
    """
    import numpy as np

    widest, last = int(widths.max(initial=0)), lattice.alone.shape[1] - 1
    scores = np.full((widest + 1, LONGEST, len(starts)), NEVER, dtype=np.float32)
    rows = lattice.rows[starts]
    for length in range(min(LONGEST, widest)):
        scores[length + 1, length] = lattice.alone[length, rows]
    for begin in range(1, widest):
        here = np.minimum(rows + begin, last)
        for length in range(min(LONGEST, widest - begin)):
            scores[begin + length + 1, length] = (scores[begin] + lattice.after[length].take(here, axis=1)).max(axis=0)
    return scores


def _at(scores: NDArray[np.float32], widths: NDArray[np.int32]) -> NDArray[np.float32]:
    """The scores (5, K) after so many characters of each stretch."""
    import numpy as np

    reached: NDArray[np.float32] = scores[widths, :, np.arange(len(widths))].T
    return reached


def _back(
    lattice: Lattice,
    scores: NDArray[np.float32],
    starts: NDArray[np.int32],
    begins: NDArray[np.int32],
    sizes: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The length, from 0, of the word before each word that begins so far into its stretch and has this length."""
    import numpy as np

    rows = lattice.rows[starts + begins]
    costs = np.stack([lattice.after[length][:, rows] for length in range(LONGEST)])[sizes, :, np.arange(len(sizes))]
    before: NDArray[np.int64] = (scores[begins, :, np.arange(len(sizes))] + costs).argmax(axis=1)
    return before


def _words_inside(lattice: Lattice, spans: Spans, longest: int) -> Words:
    """The words in stretches, by going back along the best way."""
    import numpy as np

    lengths = np.zeros((len(spans), longest), dtype=np.int8)
    known, begins = np.zeros((2, len(spans), longest), dtype=bool)
    ending, beginning = np.zeros((2, len(spans), longest + 1), dtype=np.float32)
    ways = _best_ways(lattice, spans.lows, spans.highs - spans.lows)
    reached, first, whole = spans.highs - spans.lows, spans.starts - spans.lows, spans.ends - spans.starts
    size = _at(ways, reached).argmax(axis=0)
    some = np.flatnonzero(reached > first)
    while len(some):
        width, begin, end = size[some], reached[some] - size[some] - 1, reached[some] - first[some]
        word_known = lattice.numbers[width, lattice.rows[spans.lows[some] + begin]] >= 0
        for offset in range(LONGEST):
            at = begin + offset - first[some]
            within = (offset <= width) & (at >= 0) & (at < longest)
            lengths[some[within], at[within]] = width[within] + 1
            known[some[within], at[within]] = word_known[within]
            begins[some[within], at[within]] = offset == 0
        before = _back(lattice, ways[:, :, some], spans.lows[some], begin, width)
        costs = ways[reached[some], width, some] - np.where(begin > 0, ways[begin, before, some], np.float32(0))
        inside = (begin >= first[some]) & (end <= whole[some])
        ending[some[inside], end[inside]] = costs[inside]
        beginning[some[inside], (begin - first[some])[inside]] = costs[inside]
        more = begin > first[some]
        size[some], reached[some] = before, begin
        some = some[more]
    return Words(lengths, known, begins, ending.cumsum(axis=1), beginning[:, ::-1].cumsum(axis=1)[:, ::-1])
