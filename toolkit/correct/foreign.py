"""Terms of Latin letters, digits and signs as they are heard: Latin words that sound like them, signs in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from toolkit.correct.candidates import is_forbidden, near_word
from toolkit.correct.document import Document
from toolkit.correct.index import Index
from toolkit.correct.latin import fold, letters_beside, with_letters_joined
from toolkit.correct.search import Matches
from toolkit.correct.soundings import Soundings, blank
from toolkit.correct.standing import Standing, stands_alone
from toolkit.english import Phones, is_english, phone_distance, phones

FARTHEST = 0.3
"""Latin words farther from a term than this sound like something else."""

COARSE = 0.34
"""The same for their sounds in classes, by which terms are looked up."""

FARTHEST_COST = 9.0
"""More syllables than any term that was found costs."""

MOST_NEAR = 5
"""Pronunciations that are compared sound by sound with what was heard, those nearest by class."""

ENGLISH, CAPITALS, NO_WORD = 5.5, 7.0, 9.0
"""What is gained when a Latin word among Chinese is not one: an English word, a name or acronym, or no word at all."""

OTHER_LETTERS, OTHER_COUNT = 2.5, 1.0
"""What it takes away that one acronym would become another, of as many letters or not: a TPU is no GPU."""

OTHER_FORM = 7.0
"""What is gained when a term's digits and signs are written another way."""

NUMBER = re.compile("[0-9](?:[ -]?[a-z](?![a-z0-9]))?")
"""A digit, with a letter that names the version: the 4o of GPT-4o and of ``gpt 4 o``."""

_APART = str.maketrans("", "", " -")
_CLASSES = str.maketrans(
    {"P": "b", "B": "b", "T": "d", "D": "d", "K": "g", "G": "g", "F": "f", "V": "f", "L": "l", "R": "l"}
)
_HISSES, _NASALS = frozenset(("S", "Z", "TH", "DH", "SH", "ZH", "CH", "JH")), frozenset(("M", "N", "NG"))
_SILENT = frozenset(("HH", "-", "Y", "W"))


@dataclass(frozen=True)
class _Heard:
    """A stretch that may be a term: its place, what its context gains, what its sound costs in syllables."""

    start: int
    end: int
    term: int
    slot: float
    cost: float
    fluent: bool = False


def find_foreign(document: Document, index: Index, standing: Standing) -> Soundings:
    """Latin words that sound like a Latin term, and other ways of writing digits and signs."""
    import numpy as np

    found = [*_latin(document, index), *_spoken(document, index)]
    starts, ends = (np.array([getattr(one, side) for one in found], dtype=np.int32) for side in ("start", "end"))
    broken = standing.damaged(starts, ends) | (standing.guarded[ends] > standing.guarded[starts])
    broken |= document.cuts[starts] | document.cuts[ends]
    found = [
        one for one, harm in zip(found, broken.tolist(), strict=True) if not harm and _allowed(document, index, one)
    ]
    return _soundings(document, index, standing, found)


def _allowed(document: Document, index: Index, heard: _Heard) -> bool:
    term = index.terms[heard.term]
    stands = term.text in document.text[heard.start : heard.end]
    return not stands and not is_forbidden(document, heard.start, heard.end, term.never)


def _soundings(document: Document, index: Index, standing: Standing, found: Sequence[_Heard]) -> Soundings:
    import numpy as np

    starts, ends = (np.array([getattr(one, side) for one in found], dtype=np.int32) for side in ("start", "end"))
    costs = np.array([one.cost for one in found], dtype=np.float32)
    words = [near_word(document, one.start, one.end, index.terms[one.term].near) for one in found]
    wanted = [bool(index.terms[one.term].near) for one in found]
    spellings = {
        text: number for number, text in enumerate(sorted({document.text[one.start : one.end] for one in found}))
    }
    numbers = [spellings[document.text[one.start : one.end]] * len(index.terms) + one.term for one in found]
    matches = Matches(np.full(len(found), -1, dtype=np.int32), starts, ends, costs)
    return replace(
        blank(matches, np.array([one.term for one in found], dtype=np.int32)),
        foreign=np.ones(len(found), dtype=bool),
        breaks=standing.covered[ends] > standing.covered[starts],
        spellings=np.array(numbers, dtype=np.uint64),
        near=np.array([(1 if word else -1) * want for word, want in zip(words, wanted, strict=True)], dtype=np.int8),
        slots=np.array([one.slot for one in found], dtype=np.float32),
        fluent=np.array([one.fluent for one in found], dtype=bool),
        words={(one.start, one.term): word for one, word in zip(found, words, strict=True)},
    )


def _latin(document: Document, index: Index) -> Iterator[_Heard]:
    """Latin words that are no term, and sound like one."""
    if not index.english:
        return
    classes = [_classes(sounds) for _, sounds in index.english]

    @cache
    def near(heard: str) -> dict[int, float]:
        return dict(_near_terms(heard, index, classes))

    for start, end in _unnamed(document, index):
        heard = document.text[start:end]
        if not near(heard):
            continue
        written = with_letters_joined(heard)
        words = re.split("[ -]", written)
        slot = sum(_slot(word) for word in words)
        names = list(_names_inside(heard, index))
        for term, cost in near(heard).items():
            name = index.terms[term].text
            if _other_number(heard, name) or _goes_on(document.text, start, end, name):
                continue
            if all(near(said).get(term, FARTHEST_COST) > cost for said in names):
                yield _Heard(start, end, term, slot - _acronyms(written, name), cost, all(map(is_english, words)))


def _unnamed(document: Document, index: Index) -> Iterator[tuple[int, int]]:
    """Latin stretches that spell no term and cut none that is spelled, as ``open`` does in ``open ai``."""
    names = {(start, end) for start, end in document.latin_stretches if index.named(document.text[start:end])}
    within = {place for start, end in names for place in range(start + 1, end)}
    for start, end in document.latin_stretches:
        heard = document.text[start:end]
        if start in within or end in within or (start, end) in names or heard in index.spelled:
            continue
        if any(map(str.isalpha, heard)):
            yield start, end


def _names_inside(heard: str, index: Index) -> Iterator[str]:
    """What spells a term among the words of a stretch; the others must bring it nearer to a term, or are no part of it.

    So ``gpt 4 turbo`` is not taken for GPT-4, nor for GPT-4o.
    """
    words = [word.span() for word in re.finditer("[^ '-]+", heard)]
    for first, (start, _) in enumerate(words):
        for _, end in words[first:]:
            if index.named(heard[start:end]):
                yield heard[start:end]


def _goes_on(text: str, start: int, end: int, name: str) -> bool:
    """Whether letters beside a stretch belong to the name for which it would be taken: the g of ``g PT4``."""
    first, last = letters_beside(text, start, end)
    return name[:1].casefold() == first.casefold() or name[-1:].casefold() == last.casefold()


def _slot(word: str) -> float:
    if is_english(word):
        return ENGLISH
    return NO_WORD if word.islower() else CAPITALS


def _other_number(heard: str, term: str) -> bool:
    """Whether what was heard has a number, and another than the term: a GPT-2 is no GPT-4, nor a GPT-4V, and no GPU."""
    number = _number(heard)
    return bool(number) and number != _number(term)


def _number(text: str) -> str:
    """The digits of a text, each number with the single letter behind it."""
    return "".join(NUMBER.findall(text.casefold())).translate(_APART)


def _acronyms(heard: str, term: str) -> float:
    if not (heard.isupper() and term.isupper()):
        return 0.0
    return OTHER_LETTERS if len(heard) == len(term) else OTHER_COUNT


def _near_terms(heard: str, index: Index, classes: Sequence[str]) -> Iterator[tuple[int, float]]:
    """Places of terms that sound like what was heard, each with its cost in syllables."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    costs: dict[int, float] = {}
    for sounds in phones(heard):
        near = process.extract(
            _classes(sounds), classes, scorer=Levenshtein.normalized_distance, score_cutoff=COARSE, limit=MOST_NEAR
        )
        for _, _, place in near:
            term, wanted = index.english[place]
            distance = phone_distance(sounds, wanted)
            if distance <= FARTHEST:
                syllables = max(2, sum(_is_vowel(phone) for phone in wanted))
                costs[term] = min(costs.get(term, FARTHEST_COST), distance * syllables)
    yield from sorted(costs.items())


def _spoken(document: Document, index: Index) -> Iterator[_Heard]:
    """Stretches that are another way of writing a term's digits and signs."""
    if not index.spoken:
        return
    for found in _pattern(tuple(sorted(index.spoken))).finditer(fold(document.text)):
        start, end = found.start(), found.start() + len(found[1])
        if stands_alone(document.text, start, end):
            for term in index.spoken[found[1]]:
                if document.text[start:end] != index.terms[term].text:
                    yield _Heard(start, end, term, OTHER_FORM, 0.0)


@lru_cache(maxsize=4)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(f"(?=({'|'.join(map(re.escape, ordered))}))")


@lru_cache(maxsize=4096)
def _classes(sounds: Phones) -> str:
    """Sounds as one letter for each class that is easily confused, vowels all alike; h and glides left out."""
    letters = []
    for phone in sounds:
        if _is_vowel(phone):
            letters.append("a")
        elif phone in _HISSES:
            letters.append("s")
        elif phone in _NASALS:
            letters.append("n")
        elif phone not in _SILENT:
            letters.append(phone.translate(_CLASSES))
    return "".join(letters)


def _is_vowel(phone: str) -> bool:
    return phone[0] in "AEIOU"
