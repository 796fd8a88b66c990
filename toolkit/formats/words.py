"""Fit words to text: those of a file to what its line says, those that were heard to the corrected text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from toolkit.cues import Cue, Word, pieces


def fit_words(text: str, words: Sequence[Word]) -> tuple[Word, ...] | None:
    """The words with the spaces and punctuation between them, so that they spell ``text``; None where they cannot.

    >>> fitted = fit_words("Hello, world!", [Word("Hello", 0, 400), Word("world", 500, 900)])
    >>> [word.text for word in fitted]
    ['Hello,', ' world!']
    """
    fitted: list[Word] = []
    position = 0
    for word in words:
        core = word.text.strip()
        if not core:  # a space alone belongs to the word behind it
            continue
        start = text.find(core, position)
        between = text[position:start]
        if start < 0 or any(char.isalnum() for char in between):
            return None
        stop = start + len(core)
        head = len(between) - len(between.lstrip(_closing(between))) if fitted else 0
        if head:
            fitted[-1] = replace(fitted[-1], text=fitted[-1].text + between[:head])
        fitted.append(replace(word, text=text[position + head : stop]))
        position = stop
    rest = text[position:]
    if any(char.isalnum() for char in rest) or (rest and not fitted):
        return None
    if rest:
        fitted[-1] = replace(fitted[-1], text=fitted[-1].text + rest)
    return tuple(fitted)


def text_words(cue: Cue) -> tuple[Word, ...]:
    """The words of the corrected text: words that an edit touches become one, timed from the first to the last.

    >>> from toolkit.cues import Edit
    >>> words = (Word("聚", 0, 100), Word("生", 100, 200), Word("智能", 200, 500))
    >>> [word.text for word in text_words(Cue(0, 500, "聚生智能", words, (Edit(0, 2, "聚生", "具身", rule="sound"),)))]
    ['具身', '智能']
    """
    applied = [edit for edit in cue.edits if edit.applied]
    if not applied:
        return tuple(word for word in cue.words if word.text)
    ends: list[int] = []
    for word in cue.words:
        ends.append((ends[-1] if ends else 0) + len(word.text))
    seams = [end for end in dict.fromkeys(ends) if not any(edit.start < end < edit.end for edit in applied)]
    groups: list[list[Word]] = [[] for _ in seams]
    for word, end in zip(cue.words, ends, strict=True):
        groups[bisect_left(seams, end)].append(word)
    made: list[Word] = []
    done = 0
    for seam, group in zip(seams, groups, strict=True):
        stop = len(cue.text) if seam == seams[-1] else _offset_in_text(cue, seam)
        if stop > done:
            made.append(_one(group, cue.text[done:stop]))
        done = stop
    return tuple(made)


def _closing(between: str) -> str:
    """The characters of ``between`` that belong to the word before: marks up to the first space or opening mark."""
    return "".join(set(between) - set(" \t\n\u3000([{<\"'“‘《（【"))


def _offset_in_text(cue: Cue, seam: int) -> int:
    """How many characters of the corrected text come from before ``heard[seam]``, insertions there included."""
    passed = 0
    for piece in pieces(cue):
        if piece.end <= seam:
            passed += len(piece.text)
        elif piece.start < seam:
            passed += seam - piece.start
    return passed


def _one(group: Sequence[Word], text: str) -> Word:
    if len(group) == 1:
        return replace(group[0], text=text)
    start, end = min(word.start for word in group), max(word.end for word in group)
    probs = [word.prob for word in group if word.prob is not None]
    return Word(text, start, end, min(probs, default=None))
