"""A lexicon made ready for searching: terms by their sound, by their spelling, and by what they are misheard as."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.correct.syllables import SyllableTable, load_syllables
from toolkit.language_model import hash_words
from toolkit.lexicon import Alias, Lexicon, Term
from toolkit.sounds import is_han, parse_syllables, readings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 16
"""Terms of more syllables are found by their spelling and aliases alone."""


@dataclass(frozen=True, eq=False)
class SoundIndex:
    """Pronunciations of terms, E of them, and where pairs of sound classes occur in them.

    ``terms`` (E) are places in `Index.terms`, ``lengths`` (E) count syllables, ``syllables`` (E, L) are padded with 0,
    ``foreign`` (E) marks those that are not the sound of the term's own characters. The postings of a pair of classes
    lie in ``entries`` and ``offsets`` from ``starts[pair]`` on; pairs with one syllable between follow the plain ones.
    """

    terms: NDArray[np.int32]
    lengths: NDArray[np.int32]
    syllables: NDArray[np.uint16]
    foreign: NDArray[np.bool_]
    starts: NDArray[np.int32]
    entries: NDArray[np.int32]
    offsets: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Index:
    """What `build_index` makes of a lexicon.

    ``hashes`` are those of all terms, in order, ``ranked`` the places of their terms; ``heads`` the hashes of the first
    two characters of all terms, in order. ``spelled`` are all terms and listed mistakes.
    """

    terms: tuple[Term, ...]
    sounds: SoundIndex
    hashes: NDArray[np.uint64]
    ranked: NDArray[np.int32]
    heads: NDArray[np.uint64]
    lengths: tuple[int, ...]
    aliases: dict[str, tuple[tuple[Term, Alias], ...]]
    alias_lengths: tuple[int, ...]
    latin: dict[str, Term]
    spelled: frozenset[str]


def build_index(lexicon: Lexicon) -> Index:
    """The index of a lexicon. Cost grows with its terms; searching afterwards grows with the text alone."""
    import numpy as np

    aliases: defaultdict[str, list[tuple[Term, Alias]]] = defaultdict(list)
    for term in lexicon.terms:
        for alias in term.aliases:
            aliases[alias.text.casefold()].append((term, alias))
    listed = [entry for entries in aliases.values() for entry in entries]
    hashes = _hashes([term.text for term in lexicon.terms])
    ranked = np.argsort(hashes, kind="stable").astype(np.int32)
    return Index(
        terms=lexicon.terms,
        sounds=_sound_index(lexicon.terms, load_syllables()),
        hashes=hashes[ranked],
        ranked=ranked,
        heads=np.unique(_hashes([term.text[:2] for term in lexicon.terms if len(term.text) > 1])),
        lengths=_lengths(term.text for term in lexicon.terms if len(term.text) > 1),
        aliases={key: tuple(entries) for key, entries in aliases.items()},
        alias_lengths=_lengths(aliases),
        spelled=frozenset([*(term.text for term in lexicon.terms), *(alias.text for _, alias in listed)]),
        latin=_latin(lexicon.terms),
    )


def is_latin(text: str) -> bool:
    """Whether a term is written in Latin letters, digits and signs, with at least two letters."""
    return text.isascii() and sum(char.isalpha() for char in text) >= 2


def latin_key(text: str) -> str:
    """A Latin spelling without case, spaces and hyphens: what stays when a recogniser writes a name its own way."""
    return "".join(char for char in text.casefold() if not char.isspace() and char not in "-_·.")


def _latin(terms: Iterable[Term]) -> dict[str, Term]:
    """Latin terms by their key; of two with one key the last in alphabetical order, whatever the lexicon's order."""
    ordered = sorted(terms, key=lambda term: term.text)
    return {latin_key(term.text): term for term in ordered if is_latin(term.text) and not term.exact}


def _sound_index(terms: tuple[Term, ...], table: SyllableTable) -> SoundIndex:
    import numpy as np

    found = [
        (place, numbers, foreign)
        for place, term in enumerate(terms)
        for numbers, foreign in _pronunciations(term, table)
        if 2 <= len(numbers) <= LONGEST
    ]
    lengths = np.array([len(numbers) for _, numbers, _ in found], dtype=np.int32)
    syllables = np.zeros((len(found), int(lengths.max(initial=0)) + 1), dtype=np.uint16)
    for entry, (_, numbers, _) in enumerate(found):
        syllables[entry, : len(numbers)] = numbers
    return SoundIndex(
        np.array([place for place, _, _ in found], dtype=np.int32),
        lengths,
        syllables,
        np.array([foreign for _, _, foreign in found], dtype=bool),
        *_postings(syllables, lengths, table),
    )


def _postings(
    syllables: NDArray[np.uint16], lengths: NDArray[np.int32], table: SyllableTable
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Where each pair of classes occurs: starts of the postings by pair, their entries, their offsets.

    Terms of two and three syllables are listed under every pair, longer ones under pairs that do not overlap: one
    syllable quite different, missing or too many leaves one of them whole.
    """
    import numpy as np

    count = table.class_count
    classes = table.classes[syllables]
    keys, entries, offsets = [], [], []
    for length in np.unique(lengths).tolist():
        chosen = np.flatnonzero(lengths == length)
        for first, second in _pairs(length):
            skipping = count * count if second - first == 2 else 0
            keys.append(classes[chosen, first] * count + classes[chosen, second] + skipping)
            entries.append(chosen)
            offsets.append(np.full(len(chosen), first))
    flat = [np.concatenate(parts) if parts else np.empty(0, dtype=np.int64) for parts in (keys, entries, offsets)]
    order = np.argsort(flat[0], kind="stable")
    starts = np.searchsorted(flat[0][order], np.arange(2 * count * count + 1)).astype(np.int32)
    return starts, flat[1][order].astype(np.int32), flat[2][order].astype(np.int32)


def _pairs(length: int) -> Iterator[tuple[int, int]]:
    if length <= 3:
        yield from [(0, 1)] if length == 2 else [(0, 1), (1, 2), (0, 2)]
        return
    yield from ((first, first + 1) for first in range(0, length - 1, 2))
    if length % 2:
        yield length - 2, length - 1


def _pronunciations(term: Term, table: SyllableTable) -> Iterator[tuple[list[int], bool]]:
    if term.exact:
        return
    if all(is_han(char) for char in term.text):
        own = [table.number(choices[0]) if choices else 0 for choices in readings(term.text)]
        if all(own):
            yield own, False
    for pinyin in term.sounds:
        spoken = [table.number(syllable) for syllable in parse_syllables(pinyin)]
        if all(spoken):
            yield spoken, True


def _hashes(texts: list[str]) -> NDArray[np.uint64]:
    import numpy as np

    return hash_words(*texts) if texts else np.empty(0, dtype=np.uint64)


def _lengths(keys: Iterable[Sized]) -> tuple[int, ...]:
    return tuple(sorted({len(key) for key in keys}))
