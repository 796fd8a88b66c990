"""Text as words that are easily compared: case, plural, hyphens and British spelling make no difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(
    r"[^\W\d_\u3400-\u9fff〇][^\W_\u3400-\u9fff〇]*[+#]*|\d+(?:\.\d+)*[^\W_\u3400-\u9fff〇]*|[\u3400-\u9fff〇]"
)
_IRREGULAR = {
    "analyses": "analysi",
    "criteria": "criterion",
    "data": "datum",
    "indices": "index",
    "matrices": "matrix",
    "men": "man",
    "people": "person",
    "vertices": "vertex",
    "women": "woman",
}


@dataclass(frozen=True)
class Word:
    """A word or a Chinese character: as it is compared, and where it stands in the text."""

    folded: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text, each Chinese character one.

    >>> [word.folded for word in words_of("用 GPT-4 的Large-Language Models")]
    ['用', 'gpt', '4', '的', 'large', 'language', 'model']
    """
    return [Word(fold(found[0]), *found.span()) for found in _WORD.finditer(text)]


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """A word without case and plural, in American spelling; what is left need be no word.

    >>> [fold(word) for word in ("Models", "policies", "boxes", "Generalisation", "GPUs")]
    ['model', 'policy', 'box', 'generalization', 'gpu']
    """
    if re.fullmatch(r"[A-Z0-9]{2,}s", word):
        return word[:-1].casefold()
    low = re.sub(r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|ations|er|ers)$)", "iz", word.casefold())
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if len(low) > 4 and low.endswith("ies"):
        return low[:-3] + "y"
    if len(low) > 4 and re.search(r"(?:ss|x|zz|ch|sh)es$", low):
        return low[:-2]
    return low[:-1] if len(low) > 3 and re.search("[^s]s$", low) else low


def skeleton(text: str) -> str:
    """The letters and digits of a text in small letters; Open AI and OpenAI have one skeleton.

    >>> skeleton("Li Kai-Fu")
    'likaifu'
    """
    return re.sub(r"[^\w+#]|_", "", text.casefold())


def find_words(text: Sequence[Word], wanted: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Start and end, in the text, of every place where the wanted words stand one after another."""
    size = len(wanted)
    folded = [word.folded for word in wanted]
    for index in range(len(text) - size + 1 if size else 0):
        if [word.folded for word in text[index : index + size]] == folded:
            yield text[index].start, text[index + size - 1].end


def find_skeleton(text: str, words: Sequence[Word], wanted: str) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch of whole words with the skeleton ``wanted``."""
    longest = max(len(wanted), 1)
    for index, first in enumerate(words):
        for last in words[index : index + longest]:
            found = skeleton(text[first.start : last.end])
            if found == wanted:
                yield first.start, last.end
            if len(found) >= len(wanted):
                break
