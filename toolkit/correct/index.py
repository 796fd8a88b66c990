"""A lexicon made ready for searching: terms by their sound, by their spelling, and by what they are misheard as."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from toolkit.lexicon import Alias, Lexicon, Term
from toolkit.sounds import Readings, Syllable, is_han, parse_syllables, readings

MOST_READINGS = 8
"""How many combinations of readings of one stretch are looked up at the most."""

SHORTEST = 2
"""Terms of fewer syllables are found by their aliases alone."""


@dataclass(frozen=True)
class Sound:
    """One pronunciation of a term; ``foreign`` when it is not that of the term's own characters."""

    term: Term
    syllables: tuple[Syllable, ...]
    foreign: bool


@dataclass(frozen=True)
class Index:
    """What `build_index` makes of a lexicon."""

    sounds: dict[tuple[str, ...], tuple[Sound, ...]]
    sound_lengths: tuple[int, ...]
    spellings: dict[str, Term]
    spelling_lengths: tuple[int, ...]
    aliases: dict[str, tuple[tuple[Term, Alias], ...]]
    alias_lengths: tuple[int, ...]
    latin: dict[str, Term]


def build_index(lexicon: Lexicon) -> Index:
    """The index of a lexicon. Cost grows with its terms; searching afterwards grows with the text alone."""
    sounds: defaultdict[tuple[str, ...], list[Sound]] = defaultdict(list)
    aliases: defaultdict[str, list[tuple[Term, Alias]]] = defaultdict(list)
    for term in lexicon.terms:
        for sound in _sounds_of(term):
            sounds[sound_key(sound.syllables)].append(sound)
        for alias in term.aliases:
            aliases[alias.text.casefold()].append((term, alias))
    spellings = {term.text: term for term in lexicon.terms}
    return Index(
        sounds={key: tuple(entries) for key, entries in sounds.items()},
        sound_lengths=_lengths(sounds),
        spellings=spellings,
        spelling_lengths=_lengths(spellings),
        aliases={key: tuple(entries) for key, entries in aliases.items()},
        alias_lengths=_lengths(aliases),
        latin={latin_key(term.text): term for term in lexicon.terms if is_latin(term.text) and not term.exact},
    )


def sound_key(syllables: Sequence[Syllable]) -> tuple[str, ...]:
    """What stretches share that are easily misheard for each other."""
    return tuple(syllable.sound_class for syllable in syllables)


def sound_keys(sounds: Sequence[Readings]) -> Iterator[tuple[str, ...]]:
    """The keys under which a stretch may be found, one for each combination of its readings, up to `MOST_READINGS`."""
    choices = [dict.fromkeys(syllable.sound_class for syllable in syllables) for syllables in sounds]
    return islice(product(*choices), MOST_READINGS)


def is_latin(text: str) -> bool:
    """Whether a term is written in Latin letters, digits and signs, with at least two letters."""
    return text.isascii() and sum(char.isalpha() for char in text) >= 2


def latin_key(text: str) -> str:
    """A Latin spelling without case, spaces and hyphens: what stays when a recogniser writes a name its own way."""
    return "".join(char for char in text.casefold() if not char.isspace() and char not in "-_·.")


def _sounds_of(term: Term) -> Iterator[Sound]:
    if term.exact:
        return
    if len(term.text) >= SHORTEST and all(is_han(char) for char in term.text):
        own = tuple(choices[0] for choices in readings(term.text) if choices)
        if len(own) == len(term.text):
            yield Sound(term, own, foreign=False)
    for pinyin in term.sounds:
        syllables = parse_syllables(pinyin)
        if len(syllables) >= SHORTEST:
            yield Sound(term, syllables, foreign=True)


def _lengths(
    keys: dict[str, Term] | defaultdict[str, list[tuple[Term, Alias]]] | defaultdict[tuple[str, ...], list[Sound]],
) -> tuple[int, ...]:
    return tuple(sorted({len(key) for key in keys}))
