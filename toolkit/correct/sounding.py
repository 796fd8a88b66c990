"""Stretches that sound like a term, and what the language model, the recogniser and the lexicon say of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.correct.candidates import is_forbidden, near_word
from toolkit.correct.document import Document
from toolkit.correct.index import Index
from toolkit.correct.neighbours import beside
from toolkit.correct.presence import Presence, hopeful
from toolkit.correct.reading import (
    FUNCTION_WORDS,
    NUMERALS,
    Words,
    build_lattice,
    read_words,
    slots,
    with_context,
)
from toolkit.correct.search import Matches, find_sounds
from toolkit.correct.soundings import Soundings, blank
from toolkit.correct.standing import Standing
from toolkit.correct.weigh import best_case, plain_strengths
from toolkit.language_model import LanguageModel, hash_columns, text_codes
from toolkit.spoken import numerals

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AROUND_NUMERAL = 8
"""Characters on either side by which a numeral is told from a word."""

UNKNOWN_SLOTS = (0.0, 0.0, 6.5, 8.5, 10.5, 11.0)
"""What stands for the gain of a slot where the language model is missing, by characters heard; the last for more."""


def find_soundings(
    document: Document, index: Index, standing: Standing, model: LanguageModel | None, presence: Presence
) -> Soundings:
    """All stretches that sound like a term, damage nothing that stands right, and are allowed by the lexicon.

    Those are left out that would stay below zero whatever else of the document turned out to be misheard. Without a
    language model the length of the match takes the place of its context.
    """
    found = _by_sound(document, index, standing)
    if model is not None:
        found = _in_context(document, index, model, found, presence)
    found = _by_lexicon(document, index, standing, found)
    found = found.only(hopeful(presence, found.terms, plain_strengths(found)))
    return found.only(~_in_numbers(document, found))


def _by_sound(document: Document, index: Index, standing: Standing) -> Soundings:
    import numpy as np

    matches = find_sounds(document, index)
    matches = matches.only(~standing.damaged(matches.starts, matches.ends))
    lengths = matches.ends - matches.starts
    table = np.array(UNKNOWN_SLOTS, dtype=np.float32)
    return replace(
        blank(matches, index.sounds.terms[matches.entries]),
        gaps=np.sign(lengths - index.sounds.lengths[matches.entries]).astype(np.int8),
        foreign=index.sounds.foreign[matches.entries],
        surety=_surety(document, matches),
        slots=table[np.minimum(lengths, len(table) - 1)],
    )


def _in_context(
    document: Document, index: Index, model: LanguageModel, found: Soundings, presence: Presence
) -> Soundings:
    """The stretches with what the language model says, without those that it leaves no hope for."""
    import numpy as np

    matches = found.matches
    keys, which = np.unique(matches.starts.astype(np.int64) << 8 | matches.ends - matches.starts, return_inverse=True)
    starts = (keys >> 8).astype(np.int32)
    spans = with_context(document, starts, starts + (keys & 255).astype(np.int32))
    lattice = build_lattice(document, model, spans)
    found = replace(found, slots=slots(lattice, spans)[which])
    best = best_case(found, index.choosy[found.terms], presence.right[found.terms] > 0)
    kept = hopeful(presence, found.terms, best)
    found, which = found.only(kept), which[kept]
    some, which = np.unique(which, return_inverse=True)
    words = read_words(lattice, spans.only(some))
    first, last = _changed(document, index, found)
    shared = -np.minimum(words.ahead[which, first], words.behind[which, last])
    fluent, functions, counted = _read_well(document, found, words, which, (first, last))
    return replace(found, shared=shared, fluent=fluent, functions=functions, numerals=counted)


def _in_numbers(document: Document, found: Soundings) -> NDArray[np.bool_]:
    """Whether each stretch overlaps a spoken number."""
    import numpy as np

    counting = np.concatenate([[0], np.cumsum(np.isin(document.codes, text_codes(NUMERALS)))])
    inside = counting[found.matches.ends] > counting[found.matches.starts]
    for row in np.flatnonzero(inside).tolist():
        start, end = int(found.matches.starts[row]), int(found.matches.ends[row])
        low = max(0, start - AROUND_NUMERAL)
        spans = numerals(document.text[low : end + AROUND_NUMERAL])
        inside[row] = any(low + first < end and low + last > start for first, last in spans)
    return inside


def _read_well(
    document: Document,
    found: Soundings,
    words: Words,
    which: NDArray[np.int64],
    changed: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    """Whether what would be changed reads well as it was heard, and how many function words and numerals are in it.

    It reads well when all its words are known, and those of a single character are function words or numerals. Where
    nothing but a missing syllable would be put in, the words on both sides of it count; a stutter never reads well.
    """
    import numpy as np

    first, last = changed
    put_in = first >= last
    columns = np.arange(words.lengths.shape[1])
    length = (found.matches.ends - found.matches.starts)[:, None]
    touched = (columns >= (first - put_in)[:, None]) & (columns < (last + put_in)[:, None]) & (columns < length)
    codes = document.codes[np.minimum(found.matches.starts[:, None] + columns, len(document.codes) - 1)]
    single = words.lengths[which] == 1
    function = single & np.isin(codes, text_codes(FUNCTION_WORDS))
    numeral = words.begins[which] & np.isin(codes, text_codes(NUMERALS))
    well = words.known[which] & ((words.lengths[which] > 1) | function | numeral)
    echo = np.zeros_like(well)
    echo[:, 1:] = (codes[:, 1:] == codes[:, :-1]) & (found.gaps > 0)[:, None]
    well &= ~echo
    replaced = touched & ~put_in[:, None]
    return (well | ~touched).all(axis=1), (function & replaced).sum(axis=1), (numeral & replaced).sum(axis=1)


def _changed(document: Document, index: Index, found: Soundings) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Start and end of what is left of each stretch without its common beginning and common end with the term."""
    import numpy as np

    starts, lengths = found.matches.starts, found.matches.ends - found.matches.starts
    codes, sizes = index.codes[found.terms], index.sizes[found.terms]
    shorter = np.minimum(lengths, sizes)
    first, same = np.zeros(len(found), dtype=np.int64), np.zeros(len(found), dtype=np.int64)
    every, last = np.arange(len(found)), len(document.codes) - 1
    for offset in range(int(shorter.max(initial=0))):
        equal = document.codes[np.minimum(starts + offset, last)] == codes[:, offset]
        first += equal & (first == offset) & (offset < shorter)
    for offset in range(int(shorter.max(initial=0))):
        equal = document.codes[found.matches.ends - 1 - offset] == codes[every, (sizes - 1 - offset)]
        same += equal & (same == offset) & (offset < shorter - first)
    return first, lengths - same


def _by_lexicon(document: Document, index: Index, standing: Standing, found: Soundings) -> Soundings:
    """The stretches that the lexicon permits, with what its words close by say.

    Short terms and foreign sounds need one of the term's words near where it has any; a spelling that the lexicon lists
    as a mistake is left to the conditions that the lexicon sets for it.
    """
    import numpy as np

    breaks, kept = _breaks_in(document, index, standing, found)
    near, words = found.near.copy(), {}
    for row in np.flatnonzero(kept & (index.choosy[found.terms] | found.foreign)).tolist():
        start, end, place = int(found.matches.starts[row]), int(found.matches.ends[row]), int(found.terms[row])
        term = index.terms[place]
        word = near_word(document, start, end, term.near)
        listed = any(other.text == term.text for other, _ in index.aliases.get(document.text[start:end], ()))
        needed = bool(term.near) and (bool(found.foreign[row]) or len(term.text) == 2)
        kept[row] = (word or not needed) and not listed and not is_forbidden(document, start, end, term.never)
        if term.near:
            near[row] = 1 if word else -1
            words[start, place] = word
    found = replace(found, near=near, words=words, breaks=breaks & ~found.foreign).only(kept)
    likelier = beside(document, standing, found.matches.starts, found.matches.ends, found.terms)
    return replace(found, spellings=_spellings(document, found), beside=likelier)


def _breaks_in(
    document: Document, index: Index, standing: Standing, found: Soundings
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each stretch would change a term that stands right in it; and whether it may be considered.

    It may not when it contains its own term, or when something protected would be changed.
    """
    import numpy as np

    starts, whole = found.matches.starts, index.sizes[found.terms]
    first, last = _changed(document, index, found)
    begins, ends = starts + first, starts + np.maximum(last, first + 1)
    breaks = standing.covered[ends] > standing.covered[begins]
    kept = (first < whole) & (found.matches.ends - starts - last < whole)
    return breaks, kept & (standing.guarded[ends] == standing.guarded[begins])


def _surety(document: Document, matches: Matches) -> NDArray[np.float32]:
    """How sure the recogniser was of each stretch on average, below 0 where it did not say."""
    import numpy as np

    if (document.surety < 0).all():
        return np.full(len(matches), -1.0, dtype=np.float32)
    sums = np.concatenate([[0], np.cumsum(document.surety, dtype=np.float64)])
    unsaid = np.concatenate([[0], np.cumsum(document.surety < 0)])
    means = (sums[matches.ends] - sums[matches.starts]) / (matches.ends - matches.starts)
    return np.where(unsaid[matches.ends] > unsaid[matches.starts], -1.0, means).astype(np.float32)


def _spellings(document: Document, found: Soundings) -> NDArray[np.uint64]:
    """A number for each term as it was heard."""
    import numpy as np

    spellings = np.zeros(len(found), dtype=np.uint64)
    lengths = found.matches.ends - found.matches.starts
    for length in np.unique(lengths).tolist():
        some = np.flatnonzero(lengths == length)
        starts = found.matches.starts[some]
        columns = [document.codes[starts + offset] for offset in range(length)]
        spellings[some] = hash_columns([found.terms[some].astype(np.uint32), *columns])
    return spellings
