"""Latin words in a Chinese document: where they stand, without those that are code, addresses or plain English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from toolkit.correct.document import Document
from toolkit.sounds import is_han

LATIN_WORD = re.compile(r"[A-Za-z0-9]+(?:[.+#_'-]?[A-Za-z0-9]+)*")
"""A word or number in Latin letters, with the signs that stand inside names."""

UNIT = re.compile(r"([0-9]+)[A-Za-z]{2,}$")
"""A number with its unit: 400TOPS. The unit is a word of its own."""

CODE = re.compile(r"[/\\@_=<>`$~]|:[0-9A-Za-z]|\(\)")
"""Signs that make their Latin neighbour part of an address, a path or code."""

DOMAIN = re.compile(r"[A-Za-z0-9]\.(?:com|cn|org|net|edu|gov|io|ai|dev|co|tv|me|app|info)(?![A-Za-z])", re.IGNORECASE)
"""A name of the network: deepseek.com, but not Node.js."""

COMMANDS = ("install ", "import ", "from ", "pull ", "clone ")
"""Words of code that a name follows."""

WORDS_A_NAME = 3
"""How many Latin words a recogniser may have made of one name."""


def latin_stretches(document: Document) -> Iterator[tuple[int, int]]:
    """Start and end of every Latin word, and of up to `WORDS_A_NAME` one after another, that may be a name."""
    words = list(_latin_words(document))
    for first, (start, _) in enumerate(words):
        for last in range(first, min(first + WORDS_A_NAME, len(words))):
            end = words[last][1]
            if last > first and document.text[words[last - 1][1] : words[last][0]] not in (" ", "-"):
                break
            if not _is_code(document.text, start, end) and _among_chinese(document.text, start, end):
                yield start, end
                unit = UNIT.match(document.text, start, end)
                if unit:
                    yield start + len(unit[1]), end


def fold(text: str) -> str:
    """Lower case, character by character where that keeps offsets."""
    folded = text.lower()
    if len(folded) == len(text):
        return folded
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


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
    signs = (
        DOMAIN.search(text, start, end)
        or CODE.match(text[max(0, start - 1) : start])
        or CODE.match(text[end : end + 2])
    )
    return bool(signs) or text[max(0, start - 8) : start].endswith(COMMANDS)
