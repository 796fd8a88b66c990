"""How well text stands in its context: the best reading of a few characters around as words, by the language model.

Beside the model's words there are two more kinds. A term of the lexicon that stands in the text is a word, known or
not. And every two or three characters may be a name that the model has never seen: that is why a rare personal name is
not taken for a gap to fill.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from toolkit.correct.document import Document
from toolkit.correct.search import Standing
from toolkit.language_model import LONGEST, UNKNOWN, LanguageModel, text_codes

REACH = 6
"""How many characters on either side are read along."""

NAME_LOGPROBS = {2: -7.4, 3: -8.6}
"""log10 probability of a name of so many characters that the model does not know."""

TERM_LOGPROBS = {2: -6.3, 3: -6.0, 4: -5.6}
"""log10 probability of a term that the model does not know, by its length; longer ones have `LONG_TERM_LOGPROB`."""

LONG_TERM_LOGPROB = -5.4

BACKOFF_FLOOR = -0.4
"""The most that a term or name costs for following a word that it was never seen after."""

NEVER = -1e9

FUNCTION_WORDS = frozenset(
    "的了是在和与一之其以即个这那就也都要会能到着过地得我你他们将把被对从由中上下时或及为来某并等则而且但还又"
)
"""Single characters that are words by themselves and stand beside anything."""


@dataclass(frozen=True)
class Token:
    """One word of a reading: where it stands in the stretch read, and whether the model or the lexicon knows it."""

    start: int
    end: int
    known: bool


@dataclass(frozen=True)
class Reading:
    """The best reading of a stretch: its log10 probability and its words."""

    logprob: float
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Gain:
    """What a change does to the probability of its context, in log10, and how the changed stretch read before.

    ``fluent`` says that every changed character belonged to a known word; ``functions`` counts function words changed.
    """

    gain: float
    fluent: bool
    functions: int


@dataclass(frozen=True, eq=False)
class Context:
    """Readings of one document's stretches; remembers what it has read."""

    document: Document
    model: LanguageModel
    standing: tuple[Standing, ...]
    _read: dict[tuple[str, tuple[tuple[int, int, float], ...]], Reading] = field(default_factory=dict)

    @cached_property
    def terms_at(self) -> dict[int, tuple[int, ...]]:
        """The ends of the terms that stand right, by their start."""
        found: dict[int, tuple[int, ...]] = {}
        for one in self.standing:
            found[one.start] = (*found.get(one.start, ()), one.end)
        return found

    def gain(self, start: int, end: int, term: str) -> Gain:
        """What writing ``term`` for a stretch does to its context."""
        low, high = self.document.run_bounds(start, end, REACH)
        before = self.document.text[low:high]
        after = f"{before[: start - low]}{term}{before[end - low :]}"
        terms = self._terms_between(low, high)
        moved = len(term) - (end - start)
        rest = [one for one in terms if one[1] <= start - low]
        rest += [(first + moved, last + moved, value) for first, last, value in terms if first >= end - low]
        heard = self.read(before, terms)
        value = max(term_logprob(len(term)), self.word_logprob(term))
        meant = self.read(after, (*rest, (start - low, start - low + len(term), value)))
        first, last = changed_part(before[start - low : end - low], term)
        touched = _touched(heard, start - low + first, start - low + last)
        return Gain(
            meant.logprob - heard.logprob,
            all(_is_fluent(token, before) for token in touched),
            sum(token.end - token.start == 1 and before[token.start] in FUNCTION_WORDS for token in touched),
        )

    def read(self, text: str, terms: tuple[tuple[int, int, float], ...] = ()) -> Reading:
        """The best reading of a text; ``terms`` are start, end and log10 probability of terms that stand in it."""
        key = (text, terms)
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = best_reading(self.model, text, terms)
        return found

    def _terms_between(self, low: int, high: int) -> tuple[tuple[int, int, float], ...]:
        """Terms that stand right between two places and that the model does not know."""
        return tuple(
            (start - low, end - low, term_logprob(end - start))
            for start in range(low, high)
            for end in self.terms_at.get(start, ())
            if end <= high and self.model.number(self.document.text[start:end]) == UNKNOWN
        )

    def word_logprob(self, term: str) -> float:
        """The log10 probability of a term as an ordinary word; `NEVER` for one that the model does not know."""
        number = self.model.number(term)
        return NEVER if number == UNKNOWN else self.model.logprob(number)


def term_logprob(length: int) -> float:
    """The log10 probability of a term of so many characters that the model does not know."""
    return TERM_LOGPROBS.get(length, LONG_TERM_LOGPROB)


def changed_part(before: str, after: str) -> tuple[int, int]:
    """Start and end in ``before`` of what is left without a common beginning and a common end.

    >>> changed_part("人心机器人", "人形机器人")
    (1, 2)
    """
    shorter = min(len(before), len(after))
    first = 0
    while first < shorter and before[first] == after[first]:
        first += 1
    same = 0
    while same < shorter - first and before[-1 - same] == after[-1 - same]:
        same += 1
    return first, len(before) - same


def best_reading(model: LanguageModel, text: str, terms: tuple[tuple[int, int, float], ...] = ()) -> Reading:
    """The most probable way to read a text as words, names and the given terms.

    A state is the last word; of all ways to reach it only the best goes on, and lends its last but one word.
    """
    numbers = _numbers(model, text)
    states: list[dict[int, _Step]] = [{} for _ in range(len(text) + 1)]
    states[0][UNKNOWN] = _Step(0.0, 0, None, UNKNOWN, known=True)
    for place in range(len(text)):
        if states[place]:
            for end, number, fixed in _words_from(numbers, text, place, terms):
                _extend(model, states, place, (end, number, fixed))
    best = max(states[-1].values(), key=lambda step: step.logprob)
    return Reading(best.logprob, tuple(_trace(best)))


@dataclass(frozen=True)
class _Step:
    """A word that ends somewhere, and the best way there."""

    logprob: float
    start: int
    before: _Step | None
    number: int
    known: bool
    end: int = 0


def _extend(
    model: LanguageModel, states: list[dict[int, _Step]], place: int, word: tuple[int, int, float | None]
) -> None:
    end, number, fixed = word
    best: _Step | None = None
    best_logprob = NEVER
    for previous in states[place].values():
        if fixed is None:
            two_before = previous.before.number if previous.before else UNKNOWN
            cost = model.logprob(number, previous.number, two_before if previous.number != UNKNOWN else UNKNOWN)
        else:
            cost = fixed + max(model.backoff(previous.number), BACKOFF_FLOOR)
        if previous.logprob + cost > best_logprob:
            best, best_logprob = previous, previous.logprob + cost
    reached = states[end].get(number)
    if reached is None or best_logprob > reached.logprob:
        known = number != UNKNOWN or (fixed is not None and fixed not in _NAMES)
        states[end][number] = _Step(best_logprob, place, best, number, known, end)


_NAMES = frozenset(NAME_LOGPROBS.values())


def _words_from(
    numbers: list[list[int]], text: str, place: int, terms: tuple[tuple[int, int, float], ...]
) -> list[tuple[int, int, float | None]]:
    """End, number and (for terms and names) log10 probability of every word that may begin at a place."""
    found: list[tuple[int, int, float | None]] = []
    for length in range(1, min(LONGEST, len(text) - place) + 1):
        number = numbers[length - 1][place]
        if number != UNKNOWN or length == 1:
            found.append((place + length, number, None))
        if length in NAME_LOGPROBS:
            found.append((place + length, UNKNOWN, NAME_LOGPROBS[length]))
    found.extend((end, UNKNOWN, logprob) for start, end, logprob in terms if start == place)
    return found


def _numbers(model: LanguageModel, text: str) -> list[list[int]]:
    codes = text_codes(text)
    return [model.numbers(codes, length).tolist() for length in range(1, min(LONGEST, len(text)) + 1)]


def _trace(step: _Step) -> list[Token]:
    tokens: list[Token] = []
    at: _Step | None = step
    while at is not None and at.before is not None:
        tokens.append(Token(at.start, at.end, at.known))
        at = at.before
    return tokens[::-1]


def _touched(reading: Reading, start: int, end: int) -> list[Token]:
    """The words that a changed stretch lies in; for an insertion those around its place."""
    if start == end:
        return [token for token in reading.tokens if token.start < start < token.end]
    return [token for token in reading.tokens if token.start < end and token.end > start]


def _is_fluent(token: Token, text: str) -> bool:
    return token.known and (token.end - token.start > 1 or text[token.start] in FUNCTION_WORDS)
