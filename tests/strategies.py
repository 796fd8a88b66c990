"""Hypothesis strategies for the values of the core: words, edits, cues, transcripts, lexicons, profiles.

All that they make is valid. `cues` are of every kind unless an argument narrows them; `transcripts` are in order of
time and hold edits over seams as real halves. Import them as ``from strategies import cues``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from toolkit.cues import Cue, Edit, Extra, Transcript, Word
from toolkit.edits import lay
from toolkit.lexicon import Alias, Lexicon, Term
from toolkit.profile import OptionSpec, Profile, option_specs, with_values

ALPHABET = "具身智能生成式的外壳上海大会𠮷，。！ AIwg39.-é"
"""Han (one of them beyond 16 bits), Latin, digits, punctuation of both kinds, and the space."""

TEXTS = st.text(ALPHABET, max_size=12)
RULES = st.sampled_from(["sound", "alias", "latin", "script", "person"])
SHARES = st.floats(0, 1)
NAMES = st.sampled_from(["style", "layer", "note", "id", "syllables", "distance"])
VALUES = st.one_of(TEXTS, st.integers(-(10**6), 10**6), st.booleans(), st.floats(-1e6, 1e6))
HOURS = 10 * 3600 * 1000


def extras() -> SearchStrategy[Extra]:
    """What a format or a recogniser may keep."""
    return st.dictionaries(NAMES, VALUES, max_size=3).map(lambda kept: tuple(kept.items()))


@st.composite
def words(draw: DrawFn, heard: str, *, start: int = 0, end: int = HOURS, orderly: bool = True) -> tuple[Word, ...]:
    """Words that spell ``heard``; times rise from ``start`` to ``end`` unless they need not be ``orderly``."""
    marks = sorted(draw(st.sets(st.integers(1, max(len(heard) - 1, 1)))) | {0, len(heard)})
    texts = [heard[one:two] for one, two in pairwise(marks)]
    count = 2 * len(texts)
    low, high = (start, end) if orderly else (0, HOURS)
    times = draw(st.lists(st.integers(low, high), min_size=count, max_size=count).map(sorted))
    pairs = list(zip(times[::2], times[1::2], strict=True))
    order = pairs if orderly else draw(st.permutations(pairs))
    return tuple(Word(text, *pair, draw(st.none() | SHARES)) for text, pair in zip(texts, order, strict=True))


@st.composite
def edits(draw: DrawFn, heard: str, *, halves: bool = False, decided: bool | None = None) -> tuple[Edit, ...]:
    """Edits that fit ``heard``: replaced, inserted, deleted; with ``halves``, some lack their other half."""
    ends = sorted(draw(st.lists(st.integers(0, len(heard)), max_size=8)))
    spans = list(zip(ends[::2], ends[1::2], strict=False))
    made: list[Edit] = []
    for index, (start, end) in enumerate(spans):
        joins_previous = halves and index == 0 == start and draw(st.booleans())
        joins_next = halves and index == len(spans) - 1 and end == len(heard) and draw(st.booleans())
        after = draw(TEXTS)
        if heard[start:end] != after or joins_previous or joins_next:
            by = (draw(RULES), draw(SHARES), draw(extras()))
            person = draw(st.booleans()) if decided is None else decided
            trails = start == end and draw(st.booleans())
            marks = (draw(st.booleans()), person, joins_previous, joins_next, trails)
            made.append(Edit(start, end, heard[start:end], after, *by, *marks))
    return tuple(made)


@st.composite
def cues(
    draw: DrawFn,
    *,
    heard: SearchStrategy[str] = TEXTS,
    timed: bool | None = None,
    spelled: bool | None = None,
    edited: bool = True,
    halves: bool = False,
    translated: bool | None = None,
) -> Cue:
    """One cue; None leaves to chance whether it has times, words (``spelled``) and a translation."""
    text = draw(heard)
    with_words = spelled if spelled is not None else timed is not False and draw(st.booleans())
    with_times = with_words or (timed if timed is not None else draw(st.booleans()))
    start, end = sorted(draw(st.tuples(st.integers(0, HOURS), st.integers(0, HOURS)))) if with_times else (None, None)
    return Cue(
        start,
        end,
        text,
        words=draw(words(text, orderly=False)) if with_words else (),
        edits=draw(edits(text, halves=halves)) if edited else (),
        translation=draw(TEXTS) if (draw(st.booleans()) if translated is None else translated) else None,
        extra=draw(extras()),
    )


@st.composite
def runs(draw: DrawFn, *, heard: SearchStrategy[str] = TEXTS, timed: bool | None = None) -> tuple[Cue, ...]:
    """Cues without edits that follow each other in time; all of them have times, or none has."""
    texts = draw(st.lists(heard, max_size=6))
    with_times = draw(st.booleans()) if timed is None else timed
    if not with_times:
        return tuple(Cue(None, None, text) for text in texts)
    count = 2 * len(texts)
    times = draw(st.lists(st.integers(0, HOURS), min_size=count, max_size=count, unique=True).map(sorted))
    return tuple(
        Cue(start, end, text, words=draw(st.just(()) | words(text, start=start, end=end)))
        for text, start, end in zip(texts, times[::2], times[1::2], strict=True)
    )


def edits_over(run: Sequence[Cue]) -> SearchStrategy[tuple[Edit, ...]]:
    """New edits whose offsets run over the heard text of all cues; nobody has decided about them."""
    heard = "".join(cue.heard for cue in run)
    return edits(heard, decided=False) if run else st.just(())


@st.composite
def transcripts(draw: DrawFn, *, heard: SearchStrategy[str] = TEXTS, timed: bool | None = None) -> Transcript:
    """A finished result, with edits that may stand across seams."""
    run = draw(runs(heard=heard, timed=timed))
    laid = lay(run, draw(edits_over(run)))
    return Transcript("talk.srt", laid, language=draw(st.sampled_from([None, "zh", "en"])), extra=draw(extras()))


SPELLINGS = st.text(ALPHABET, min_size=1, max_size=6).filter(lambda text: text == text.strip())


@st.composite
def terms(draw: DrawFn) -> Term:
    """A term with all that may be known about it."""
    text = draw(SPELLINGS)
    lists = st.lists(SPELLINGS, max_size=2, unique=True).map(tuple)
    known = draw(st.lists(SPELLINGS.filter(lambda alias: alias != text), max_size=2, unique=True))
    return Term(
        text,
        english=draw(TEXTS),
        sounds=draw(st.sampled_from([(), ("wai ke",)])),
        aliases=tuple(Alias(alias, draw(lists), draw(lists)) for alias in known),
        near=draw(lists),
        never=draw(lists),
        weight=draw(st.floats(0, 10)),
        exact=draw(st.booleans()),
    )


def lexicons() -> SearchStrategy[Lexicon]:
    """Terms, each spelling once."""
    return st.lists(terms(), max_size=5, unique_by=lambda term: term.text).map(lambda made: Lexicon(tuple(made)))


def option_values(spec: OptionSpec) -> SearchStrategy[Any]:
    """Values that an option takes."""
    low, high = spec.limits or (-(10**6), 10**6)
    items: SearchStrategy[Any] = {
        bool: st.booleans(),
        int: st.integers(int(low), int(high)),
        float: st.floats(low, high),
        str: st.sampled_from(spec.choices) if spec.choices else st.text(st.characters(codec="utf-8")),
    }[spec.kind]
    return st.lists(items, max_size=3).map(tuple) if spec.many else items


def profiles() -> SearchStrategy[Profile]:
    """Profiles with any options set."""
    optional = {spec.name: option_values(spec) for spec in option_specs().values()}
    return st.fixed_dictionaries({}, optional=optional).map(lambda values: with_values(Profile(), values))
