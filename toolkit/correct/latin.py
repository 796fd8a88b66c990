"""Latin words in a Chinese document: where they stand, without those that are code, addresses or plain English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from string import ascii_uppercase
from typing import TYPE_CHECKING

from toolkit.sounds import is_han

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from toolkit.correct.document import Document

LATIN_WORD = re.compile(r"[A-Za-z0-9]+(?:[.+#_'-]?[A-Za-z0-9]+)*")
"""A word or number in Latin letters, with the signs that stand inside names."""

LETTERS = re.compile(r"[A-Za-z](?: [A-Za-z])+(?![.+#_'-]?[A-Za-z0-9]|[+#])")
"""Letters one by one, as a name is written that was spelled out: one word, whatever its spaces."""

UNIT = re.compile(r"([0-9]+)[A-Za-z]{2,}$")
"""A number with its unit: 400TOPS. The unit is a word of its own."""

OWNER = "'s"
"""What stands behind a name that something belongs to."""

CODE = re.compile(r"[/\\@_=<>`$~]|:[0-9A-Za-z]|\(\)")
"""Signs that make their Latin neighbour part of an address, a path or code."""

DOMAIN = re.compile(r"[A-Za-z0-9]\.(?:com|cn|org|net|edu|gov|io|ai|dev|co|tv|me|app|info)(?![A-Za-z])", re.IGNORECASE)
"""A name of the network: deepseek.com, but not Node.js."""

COMMANDS = ("install ", "import ", "from ", "pull ", "clone ")
"""Words of code that a name follows."""

WORDS_A_NAME = 3
"""How many Latin words a recogniser may have made of one name; letters that were spelled out are one."""

FEWEST_LISTED = 3
"""So many letters in the order of the alphabet are a list of things that bear them: A B C."""

LONGEST_SPELLED = 24
"""How many characters before a stretch are looked through for letters one by one."""

_BEFORE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z])(?: [A-Za-z])*[ -]$")
_AFTER = re.compile(r"[ -](?:[A-Za-z] )*([A-Za-z])(?![A-Za-z0-9])")
_WORD = re.compile(f"{LETTERS.pattern}|{LATIN_WORD.pattern}")


def latin_stretches(document: Document) -> Iterator[tuple[int, int]]:
    """Start and end of every Latin word, and of up to `WORDS_A_NAME` one after another, that may be a name."""
    words = document.latin_words
    for first, (start, _) in enumerate(words):
        if document.cuts[start]:
            continue
        for last in range(first, min(first + WORDS_A_NAME, len(words))):
            begin, end = words[last]
            if last > first and document.text[words[last - 1][1] : begin] not in (" ", "-"):
                break
            if _is_list(document.text[begin:end]):
                break
            if document.cuts[end]:
                continue
            if not _is_code(document.text, start, end) and _among_chinese(document.text, start, end):
                yield start, end
                unit = UNIT.match(document.text, start, end)
                if unit:
                    yield start + len(unit[1]), end
                if document.text.endswith(OWNER, start + 1, end):
                    yield start, end - len(OWNER)


def fold(text: str) -> str:
    """Lower case, character by character where that keeps offsets."""
    folded = text.lower()
    if len(folded) == len(text):
        return folded
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def latin_words(text: str, seams: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Start and end of every Latin word, and of letters one by one as one word; a seam ends the word before it.

    >>> [text[start:end] for text in ["用chat g p t 4写"] for start, end in latin_words(text, (0,))]
    ['chat', 'g p t', '4']
    """
    for start, end in pairwise((*seams, len(text))):
        for word in _WORD.finditer(text, start, end):
            yield word.span()


def letter_cuts(text: str, words: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Whether what begins or ends at each place would take some letters of a name that was spelled out (N + 1).

    Those over a seam are one name, and those behind a digit that was said among them: ``g p t 4 o``.
    """
    import numpy as np

    cuts = np.zeros(len(text) + 1, dtype=bool)
    spelling, reached = False, 0
    for start, end in words:
        letters = is_spelled(text[start:end])
        going_on = spelling and text[reached:start] in ("", " ", "-", ".", ". ")
        if letters:
            cuts[start + 1 : end] = True
            cuts[reached : start + 1] |= going_on
        spelling, reached = letters or (going_on and end - start == 1), end
    return cuts


def letters_beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The first of the single letters before a stretch, and the last of those behind it; empty for none.

    >>> letters_beside("用chat g p t写", 1, 5), letters_beside("用x y torch写", 5, 10)
    (('', 't'), ('x', ''))
    """
    before = _BEFORE.search(text, max(0, start - LONGEST_SPELLED), start)
    after = _AFTER.match(text, end)
    return before[1] if before else "", after[1] if after else ""


def is_spelled(text: str) -> bool:
    """Whether a word that `latin_words` found is a letter, or letters one by one."""
    return text.isalpha() if len(text) == 1 else " " in text


def with_letters_joined(text: str) -> str:
    """The text with its spelled-out letters as the acronym that they make.

    >>> with_letters_joined("chat g p t"), with_letters_joined("plan A")
    ('chat GPT', 'plan A')
    """
    if " " not in text:
        return text
    return _WORD.sub(lambda word: word[0].replace(" ", "").upper() if " " in word[0] else word[0], text)


def _is_list(word: str) -> bool:
    letters = word.replace(" ", "").upper()
    return " " in word and len(letters) >= FEWEST_LISTED and letters in ascii_uppercase


def _among_chinese(text: str, start: int, end: int) -> bool:
    """Whether there are more Chinese characters around than would stand in an English line."""
    around = text[max(0, start - 20) : start] + text[end : end + 20]
    return sum(map(is_han, around)) > len(_WORD.findall(around)) * 2


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether a Latin stretch is part of an address, a path or code, which is spelled as it must be."""
    signs = (
        DOMAIN.search(text, start, end)
        or CODE.match(text[max(0, start - 1) : start])
        or CODE.match(text[end : end + 2])
    )
    return bool(signs) or text[max(0, start - 8) : start].endswith(COMMANDS)
