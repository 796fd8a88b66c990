"""Punctuation by pauses, for Chinese that was heard without any: ，for a short one, 。for a long one, ？after 吗."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from toolkit.breaks import is_chinese
from toolkit.breaks.common import COMMON
from toolkit.breaks.tokens import tokens
from toolkit.cues import Cue, Word

SHORT, LONG = 300, 700
"""Milliseconds of silence from which there is a comma, and a full stop; the latter also parts cues for reading."""

LEAST = 20
"""Characters without punctuation that show that a recogniser gives none; a cue in one sentence may have fewer."""

MARKS = frozenset("，。、；：？！…,.;:?!")

HANGING = frozenset("把被给給在和与與或跟同对對从從向往由于於是一两兩几幾很更最太不没沒就也都还還又再让讓使")
"""Characters that no sentence ends with: whoever pauses there is looking for the next word."""

LEADING = frozenset("的地得这這那要会會能想")
"""Characters that a sentence goes on behind, unless the pause is a long one."""

ASKING, TOPIC = "吗嗎", "呢"
"""What ends a question, and what ends one unless the sentence goes on."""


def punctuate(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """The cues with punctuation where several in a row, or a long one, have none; a mark belongs to the word before it.

    >>> words = (Word("大家好", 0, 600), Word("今天", 1000, 1300), Word("讲什么呢", 1300, 2000))
    >>> punctuate([Cue(0, 2000, "大家好今天讲什么呢", words)])[0].heard
    '大家好，今天讲什么呢？'
    """
    made: list[Cue] = []
    followers = [*cues[1:], None][: len(cues)]
    for bare, run in groupby(zip(cues, followers, strict=True), key=lambda pair: _is_bare(pair[0])):
        pairs = list(run)
        telling = len(pairs) == len(cues) or sum(len(cue.heard) for cue, _ in pairs) >= LEAST
        made += [_punctuated(cue, after) if bare and telling else cue for cue, after in pairs]
    return tuple(made)


def _is_bare(cue: Cue) -> bool:
    """Whether a cue is timed Chinese without a mark, and nobody has worked on it."""
    return cue.timed and is_chinese(cue.heard) and not MARKS & set(cue.heard) and not cue.edits


def _punctuated(cue: Cue, after: Cue | None) -> Cue:
    end = len(cue.heard)
    marks = {offset: _mark(cue.heard[:offset], pause) for offset, pause in _pauses(cue) if _parts(cue, offset)}
    marks[end] = _mark(cue.heard, _silence(cue, after)) if after else _last_mark(cue.heard)
    if not cue.words:
        return replace(cue, heard=cue.heard + marks[end])
    words: list[Word] = []
    mark = ""
    for word, offset in _ends(cue.words):
        text = word.text.lstrip() if mark else word.text
        mark = marks.get(offset, "")
        words.append(replace(word, text=text.rstrip() + mark if mark else text))
    return replace(cue, heard="".join(word.text for word in words), words=tuple(words))


def _pauses(cue: Cue) -> Iterator[tuple[int, int]]:
    """Where words end within a cue, and the silence behind each in milliseconds.

    Recognisers that give no punctuation often part the clauses of Chinese by spaces, which then count as a short one.
    """
    for (word, end), (following, _) in pairwise(_ends(cue.words)):
        spaced = word.text[-1:].isspace() or following.text[:1].isspace()
        clauses = spaced and is_chinese(word.text.rstrip()[-1:]) and is_chinese(following.text.lstrip()[:1])
        yield end, max(following.start - word.end, SHORT if clauses else 0)


def _silence(cue: Cue, after: Cue) -> int:
    """Milliseconds between the last word of a cue and the first of the next."""
    last = cue.words[-1].end if cue.words else cue.end
    first = after.words[0].start if after.words else after.start
    return (first or 0) - (last or 0)


def _mark(text: str, pause: int) -> str:
    """The mark behind a text that is followed by a pause, if any."""
    last = text.rstrip()[-1:]
    if pause < SHORT or not last:
        return ""
    if pause >= LONG:
        return "，" if last in HANGING else _last_mark(text)
    if last in ASKING:
        return "？"
    return "" if last in HANGING or last in LEADING else "，"


def _last_mark(text: str) -> str:
    return "？" if text.rstrip()[-1:] in ASKING + TOPIC else "。"


def _parts(cue: Cue, offset: int) -> bool:
    """Whether the text may be parted there: not inside a word, a number, an address."""
    if cue.heard[offset - 1 : offset + 1] in COMMON:
        return False
    return all(not token.start < offset < token.start + len(token.text) for token in tokens(cue.heard))


def _ends(words: Iterable[Word]) -> Iterator[tuple[Word, int]]:
    """Each word with the offset where it ends."""
    end = 0
    for word in words:
        end += len(word.text)
        yield word, end
