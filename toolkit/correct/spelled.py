"""Candidates by spelling: known mistakes, and Latin names that lost their case or their spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from toolkit.correct.candidates import Candidate, is_forbidden, near_word
from toolkit.correct.context import Context
from toolkit.correct.document import Document
from toolkit.correct.index import Index, latin_key
from toolkit.correct.search import stands_alone
from toolkit.lexicon import Alias, Term
from toolkit.sounds import is_han

LATIN_WORD = re.compile(r"[A-Za-z0-9]+(?:[.+#_'-]?[A-Za-z0-9]+)*")
"""A word or number in Latin letters, with the signs that stand inside names."""

SHORTEST_NEARLY = 3
"""Fewer letters with one of them wrong may be anything."""

LONG_ENOUGH = 6
"""From so many letters on one of them may also be missing or too many."""

CODE = re.compile(r"[/\\@_=<>`$~]|:[0-9A-Za-z]|\(\)")
"""Signs that make their Latin neighbour part of an address, a path or code."""

COMMANDS = ("install ", "import ", "from ", "pull ", "clone ")
"""Words of code that a name follows."""

WORDS_A_NAME = 3
"""How many Latin words a recogniser may have made of one name."""


def find_aliases(document: Document, index: Index, context: Context | None) -> Iterator[Candidate]:
    """Every stretch that is listed as a mistake for a term, where its context permits it."""
    folded = _fold(document.text)
    for start in range(len(folded)):
        for length in index.alias_lengths:
            end = start + length
            for term, alias in index.aliases.get(folded[start:end], ()) if end <= len(folded) else ():
                if stands_alone(folded, start, end) and document.text[start:end] != term.text:
                    yield from _alias(document, context, (start, end), term, alias)


def find_latin(document: Document, index: Index) -> Iterator[Candidate]:
    """Latin names whose case or spacing was lost, in lines that are not plain English."""
    words = list(_latin_words(document)) if index.latin else []
    for first, (start, _) in enumerate(words):
        for last in range(first, min(first + WORDS_A_NAME, len(words))):
            end = words[last][1]
            if last > first and document.text[words[last - 1][1] : words[last][0]] not in (" ", "-"):
                break
            if _is_code(document.text, start, end):
                continue
            if not _among_chinese(document.text, start, end):
                continue
            term, distance = _latin_term(index, document.text[start:end])
            if term and term.text != document.text[start:end]:
                near = near_word(document, start, end, term.near)
                yield Candidate(start, end, term, "latin", cost=distance, near=near)


def _latin_term(index: Index, heard: str) -> tuple[Term | None, float]:
    """The term with the same letters as what was heard, or with one letter other, and that letter's share of it.

    The first letter is never the other one, and what is a term or a listed mistake itself stands for nothing else.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    if heard in index.spelled:
        return None, 0.0
    key = latin_key(heard)
    if key in index.latin or len(key) < SHORTEST_NEARLY or not key.isalpha():
        return index.latin.get(key), 0.0
    found = process.extractOne(key, index.latin.keys(), scorer=Levenshtein.distance, score_cutoff=1)
    if found is None or found[0][0] != key[0] or (len(found[0]) != len(key) and len(key) < LONG_ENOUGH):
        return None, 0.0
    return index.latin[found[0]], 1 / len(key)


def _alias(
    document: Document, context: Context | None, stretch: tuple[int, int], term: Term, alias: Alias
) -> Iterator[Candidate]:
    start, end = stretch
    near = near_word(document, start, end, alias.near)
    if (alias.near and not near) or is_forbidden(document, start, end, alias.never):
        return
    chinese = all(map(is_han, document.text[start:end]))
    gain = context.gain(start, end, term.text).gain if context and chinese else 0.0
    yield Candidate(start, end, term, "alias", gain=gain, near=near)


def _latin_words(document: Document) -> Iterator[tuple[int, int]]:
    """Start and end of every Latin word; a cue or line that begins ends the word before it."""
    for start, end in pairwise((*document.seams, len(document.text))):
        for word in LATIN_WORD.finditer(document.text, start, end):
            yield word.span()


def _among_chinese(text: str, start: int, end: int) -> bool:
    """Whether there are more Chinese characters around than would stand in an English line."""
    around = text[max(0, start - 20) : start] + text[end : end + 20]
    return sum(map(is_han, around)) > len(LATIN_WORD.findall(around)) * 2


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether a Latin stretch is part of an address, a path or code, which is spelled as it must be."""
    signs = CODE.match(text[max(0, start - 1) : start]) or CODE.match(text[end : end + 2])
    return bool(signs) or text[max(0, start - 8) : start].endswith(COMMANDS)


def _fold(text: str) -> str:
    """Lower case character by character, so that offsets stay."""
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
