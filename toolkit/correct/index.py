"""A lexicon made ready for searching: terms by their sound, by their spelling, and by what they are misheard as."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.correct.sound_index import LONGEST, SoundIndex, build_sounds, is_latin
from toolkit.correct.syllables import load_syllables
from toolkit.english import Phones, phones
from toolkit.language_model import hash_columns, text_codes
from toolkit.lexicon import Alias, Lexicon, Term
from toolkit.scripts import only_scripts
from toolkit.spoken import spoken_forms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SPELLED_OUT = re.compile("[A-Za-z0-9](?: [A-Za-z0-9]){2,}")
"""Letters and digits one by one: three, as two may be anything."""


@dataclass(frozen=True, eq=False)
class Index:
    """What `build_index` makes of a lexicon.

    ``terms`` are those of the lexicon and the words that it protects, ``protected`` marks the latter.
    ``hashes`` are those of all terms, in order, ``ranked`` the places of their terms, ``places`` where the hash of each
    term is. ``codes`` (terms, `LONGEST`) are the first code points of terms, ``sizes`` how many characters they have,
    ``choosy`` those that the words around them matter to. ``heads`` are the hashes of the first two characters of all
    terms, in order. ``english`` are the pronunciations of Latin terms with the places of their terms, ``spoken`` the
    places of terms by other ways of writing their digits and signs. ``spelled`` are all terms and listed mistakes.
    """

    terms: tuple[Term, ...]
    protected: NDArray[np.bool_]
    sounds: SoundIndex
    hashes: NDArray[np.uint64]
    ranked: NDArray[np.int32]
    places: NDArray[np.int32]
    codes: NDArray[np.uint32]
    sizes: NDArray[np.int32]
    choosy: NDArray[np.bool_]
    heads: NDArray[np.uint64]
    lengths: tuple[int, ...]
    aliases: dict[str, tuple[tuple[Term, Alias], ...]]
    alias_lengths: tuple[int, ...]
    latin: dict[str, Term]
    english: tuple[tuple[int, Phones], ...]
    spoken: dict[str, tuple[int, ...]]
    spelled: frozenset[str]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {term.text: place for place, term in enumerate(self.terms)}

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The scripts that terms have characters of which no other has."""
        return only_scripts("".join(term.text for term in self.terms))

    @cached_property
    def exact(self) -> dict[str, Term]:
        """Exact Latin terms by their key, without words that are only protected."""
        return _keyed(term for term, kept in zip(self.terms, self.protected, strict=True) if term.exact and not kept)

    def named(self, heard: str) -> Term | None:
        """The Latin term that has the letters of what was heard, and is written otherwise.

        One that is left to its aliases is meant only where its letters were spelled out one by one.
        """
        if heard in self.spelled:
            return None
        key = latin_key(heard)
        return self.latin.get(key) or (self.exact.get(key) if _SPELLED_OUT.fullmatch(heard) else None)

    def place(self, term: Term) -> int:
        """The place of a term among all."""
        return self._places[term.text]


def build_index(lexicon: Lexicon, sounds: SoundIndex | None = None) -> Index:
    """The index of a lexicon. Cost grows with its terms; searching afterwards grows with the text alone.

    ``sounds`` is how the terms sound, where that was made before.
    """
    import numpy as np

    terms = (*lexicon.terms, *(Term(word, exact=True) for word in sorted(lexicon.protected) if word not in lexicon))
    aliases: defaultdict[str, list[tuple[Term, Alias]]] = defaultdict(list)
    for term in terms:
        for alias in term.aliases:
            aliases[alias.text.casefold()].append((term, alias))
    listed = [entry for entries in aliases.values() for entry in entries]
    hashes = _hashes([term.text for term in terms])
    ranked = np.argsort(hashes, kind="stable").astype(np.int32)
    return Index(
        terms=terms,
        protected=np.array([term.text in lexicon.protected for term in terms], dtype=bool),
        sounds=sounds or build_sounds(terms, load_syllables()),
        hashes=hashes[ranked],
        ranked=ranked,
        places=np.argsort(ranked, kind="stable").astype(np.int32),
        codes=_codes(terms),
        sizes=np.array([min(len(term.text), LONGEST) for term in terms], dtype=np.int32),
        choosy=np.array([bool(term.near or term.never or term.aliases) for term in terms], dtype=bool),
        heads=np.unique(_hashes([term.text[:2] for term in terms if len(term.text) > 1])),
        lengths=_lengths(term.text for term in terms if len(term.text) > 1),
        aliases={key: tuple(entries) for key, entries in aliases.items()},
        alias_lengths=_lengths(aliases),
        spelled=frozenset([*(term.text for term in terms), *(alias.text for _, alias in listed)]),
        latin=_latin(terms),
        english=tuple((place, one) for place, term in _spelt(terms) for one in phones(term.text)),
        spoken=_spoken(terms),
    )


def latin_key(text: str) -> str:
    """A Latin spelling without case, spaces and hyphens: what stays when a recogniser writes a name its own way."""
    return "".join(char for char in text.casefold() if not char.isspace() and char not in "-_·.")


def _latin(terms: Iterable[Term]) -> dict[str, Term]:
    """Latin terms by their key; of two with one key the last in alphabetical order, whatever the lexicon's order."""
    return _keyed(term for term in terms if not term.exact)


def _keyed(terms: Iterable[Term]) -> dict[str, Term]:
    ordered = sorted(terms, key=lambda term: term.text)
    return {latin_key(term.text): term for term in ordered if is_latin(term.text)}


def _spelt(terms: tuple[Term, ...]) -> Iterator[tuple[int, Term]]:
    """Latin terms that are not left to their aliases, with their places."""
    return ((place, term) for place, term in enumerate(terms) if is_latin(term.text) and not term.exact)


def _spoken(terms: tuple[Term, ...]) -> dict[str, tuple[int, ...]]:
    """The places of terms by other ways of writing them, in lower case; none that is a term itself."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, term in enumerate(terms):
        for form in () if term.exact or term.text.isalpha() else spoken_forms(term.text):
            found[form.lower()].append(place)
    known = {term.text.lower() for term in terms}
    return {form: tuple(places) for form, places in found.items() if form not in known}


def _codes(terms: tuple[Term, ...]) -> NDArray[np.uint32]:
    """The first `LONGEST` code points of each term, 0 behind a shorter one."""
    text = "".join(term.text[:LONGEST].ljust(LONGEST, "\0") for term in terms)
    return text_codes(text).reshape(len(terms), LONGEST)


def _hashes(texts: Sequence[str]) -> NDArray[np.uint64]:
    """The hash of each text; texts of one length together, for there may be many."""
    import numpy as np

    hashes = np.empty(len(texts), dtype=np.uint64)
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    for length in np.unique(lengths).tolist():
        places = np.flatnonzero(lengths == length)
        codes = text_codes("".join(texts[place] for place in places.tolist())).reshape(len(places), length)
        hashes[places] = hash_columns([codes[:, column] for column in range(length)])
    return hashes


def _lengths(keys: Iterable[Sized]) -> tuple[int, ...]:
    return tuple(sorted({len(key) for key in keys}))
