"""Places in a document that may be a misheard term, each with what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from toolkit.correct.document import Document, han_runs
from toolkit.correct.index import Index, Sound, latin_key, sound_keys
from toolkit.lexicon import Alias, Term
from toolkit.sounds import is_han, mean_distance, nearest_reading, spell

LATIN_WORD = re.compile(r"[A-Za-z0-9]+(?:[.+#_'-]?[A-Za-z0-9]+)*")
"""A word or number in Latin letters, with the signs that stand inside names."""

WORDS_A_NAME = 3
"""How many Latin words a recogniser may have made of one name."""


@dataclass(frozen=True)
class Candidate:
    """A stretch of the document that may stand for a term.

    ``distance`` is the mean distance of its syllables from the term's, 0 where the rule does not compare sounds.
    ``near`` is the word close by that speaks for it, ``heard`` and ``wanted`` are the syllables compared.
    """

    start: int
    end: int
    term: Term
    rule: str
    distance: float = 0.0
    near: str = ""
    needs_near: bool = False
    heard: str = ""
    wanted: str = ""


def find_candidates(document: Document, index: Index) -> list[Candidate]:
    """All candidates of a document, without those that a word close by forbids."""
    found = [*_aliases(document, index), *_sounds(document, index), *_latin(document, index)]
    return [candidate for candidate in found if _permitted(document, candidate)]


def right_terms(document: Document, index: Index) -> list[tuple[int, int, Term]]:
    """Start, end and term of every stretch that is a term already, the longest at each place."""
    found: list[tuple[int, int, Term]] = []
    for start in range(len(document.text)):
        for length in reversed(index.spelling_lengths):
            term = index.spellings.get(document.text[start : start + length])
            if term and len(term.text) == length and _stands_alone(document.text, start, start + length):
                found.append((start, start + length, term))
                break
    return found


def _aliases(document: Document, index: Index) -> Iterator[Candidate]:
    folded = document.text.casefold() if document.text.isascii() else _fold(document.text)
    for start in range(len(folded)):
        for length in index.alias_lengths:
            end = start + length
            for term, alias in index.aliases.get(folded[start:end], ()) if end <= len(folded) else ():
                if _stands_alone(folded, start, end) and document.text[start:end] != term.text:
                    candidate = _alias_candidate(document, start, end, term, alias)
                    if candidate:
                        yield candidate


def _alias_candidate(document: Document, start: int, end: int, term: Term, alias: Alias) -> Candidate | None:
    around = document.around(start, end)
    near = _first(alias.near, around)
    if (alias.near and not near) or _first(alias.never, around) or _inside_longer(document, start, end, alias.never):
        return None
    return Candidate(start, end, term, "alias", near=near)


def _sounds(document: Document, index: Index) -> Iterator[Candidate]:
    for run_start, run_end in han_runs(document):
        for start in range(run_start, run_end):
            for length in index.sound_lengths:
                if start + length > run_end:
                    break
                yield from _sound_candidates(document, index, start, start + length)


def _sound_candidates(document: Document, index: Index, start: int, end: int) -> Iterator[Candidate]:
    heard = document.sounds[start:end]
    if not all(heard):
        return
    seen: set[str] = set()
    for key in sound_keys(heard):
        for sound in index.sounds.get(key, ()):
            if sound.term.text not in seen and document.text[start:end] != sound.term.text:
                seen.add(sound.term.text)
                yield _sound_candidate(document, start, end, sound)


def _sound_candidate(document: Document, start: int, end: int, sound: Sound) -> Candidate:
    heard = document.sounds[start:end]
    closest = [nearest_reading(choices, wanted)[1] for choices, wanted in zip(heard, sound.syllables, strict=True)]
    return Candidate(
        start,
        end,
        sound.term,
        "sound",
        distance=mean_distance(heard, sound.syllables),
        near=_first(sound.term.near, document.around(start, end)),
        needs_near=sound.foreign or end - start == 2,
        heard=spell(closest),
        wanted=spell(sound.syllables),
    )


def _latin(document: Document, index: Index) -> Iterator[Candidate]:
    """Latin names whose case or spacing was lost, in lines that are not plain English."""
    if not index.latin:
        return
    words = list(_latin_words(document))
    for first, (start, _) in enumerate(words):
        for last in range(first, min(first + WORDS_A_NAME, len(words))):
            end = words[last][1]
            if last > first and document.text[words[last - 1][1] : words[last][0]] not in (" ", "-"):
                break
            term = index.latin.get(latin_key(document.text[start:end]))
            if term and term.text != document.text[start:end] and _among_chinese(document.text, start, end):
                near = _first(term.near, document.around(start, end))
                yield Candidate(start, end, term, "latin", near=near)


def _latin_words(document: Document) -> Iterator[tuple[int, int]]:
    """Start and end of every Latin word; a cue or line that begins ends the word before it."""
    borders = (*document.seams, len(document.text))
    for start, end in pairwise(borders):
        for word in LATIN_WORD.finditer(document.text, start, end):
            yield word.span()


def _among_chinese(text: str, start: int, end: int) -> bool:
    """Whether the line around has at least as many Chinese characters as Latin words."""
    around = text[max(0, start - 20) : start] + text[end : end + 20]
    return sum(map(is_han, around)) > len(LATIN_WORD.findall(around)) * 2


def _permitted(document: Document, candidate: Candidate) -> bool:
    around = document.around(candidate.start, candidate.end)
    never = candidate.term.never
    return not _first(never, around) and not _inside_longer(document, candidate.start, candidate.end, never)


def _inside_longer(document: Document, start: int, end: int, words: Iterable[str]) -> bool:
    """Whether one of the words stands over the stretch itself: 外壳厂 over 外壳."""
    for word in words:
        reach = len(word) - 1
        low = max(0, start - reach)
        at = document.text.find(word, low, end + reach)
        if at != -1 and at < end and at + len(word) > start:
            return True
    return False


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a stretch with Latin ends is not the middle of a longer Latin word."""

    def glued(left: str, right: str) -> bool:
        return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()

    before = glued(text[start - 1], text[start]) if start else False
    after = glued(text[end - 1], text[end]) if end < len(text) else False
    return not before and not after


def _fold(text: str) -> str:
    """Lower case character by character, so that offsets stay."""
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _first(words: Iterable[str], text: str) -> str:
    return next((word for word in words if word in text), "")
