"""Put a term right in a translation where it is safe to: a wrong spelling of it stands there and nothing else can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from toolkit.sounds import is_han, readings
from toolkit.translate.glossary import holds, places
from toolkit.translate.languages import count_han
from toolkit.translate.values import Demand
from toolkit.translate.words import Word, skeleton, words_of

NEAR = 0.86
"""Letters that two spellings of one name share, from 0 to 1; Unitre and Unitree have 0.92."""

SHORTEST = 5
"""Letters of a name that may be taken for another spelled nearly so."""


@dataclass(frozen=True)
class Mended:
    """A translation and, where it was changed, what stood there before."""

    text: str
    before: str = ""


def mend(text: str, demand: Demand, wrong: tuple[str, ...] = ()) -> Mended:
    """The translation with the term of ``demand`` in it, if a wrong spelling of that can be found; else as it was.

    Taken for wrong spellings: the term left in its own language, those listed in ``wrong``, for a name also its
    pinyin, and what is spelled nearly so.

    >>> demand = Demand("宇树", ("Unitree",))
    >>> [mend(text, demand).text for text in ("Unitre is next", "来自宇树的狗", "Yushu is next", "A dog is next")]
    ['Unitree is next', '来自 Unitree 的狗', 'Unitree is next', 'A dog is next']
    """
    if holds(text, demand.wanted):
        return Mended(text)
    found = next(_wrong_places(text, demand, wrong), None)
    if found is None:
        return Mended(text)
    before = text[slice(*found)]
    for start in reversed([each.start() for each in re.finditer(re.escape(before), text)]):
        text = _put(text, start, start + len(before), demand.wanted[0])
    return Mended(text, before)


def as_listed(text: str, demand: Demand) -> Mended:
    """The translation with capitals, hyphens and spaces of a term as the lexicon has them.

    A small letter of the lexicon may be a capital where a sentence or a title has it so; plurals stay.

    >>> as_listed("Open AI shows Embodied ai", Demand("OpenAI", ("OpenAI",))).text
    'OpenAI shows Embodied ai'
    """
    before = ""
    for wanted in filter(_is_name, demand.wanted):
        for start, end in reversed([*places(text, words_of(text), wanted)]):
            found = text[start:end]
            listed = [_with_first(found, _with_plural(found, spelling)) for spelling in (wanted, *demand.wanted)]
            if found not in listed:
                text, before = _put(text, start, end, listed[0]), found
    return Mended(text, before)


def with_terms(text: str, demands: tuple[Demand, ...]) -> str:
    """A text with its terms put in as they are to be translated; most models copy what is in the other script.

    >>> with_terms("具身智能的展区", (Demand("具身智能", ("embodied AI",)),))
    'embodied AI 的展区'
    """
    for demand in sorted(demands, key=lambda demand: -len(demand.text)):
        start = text.find(demand.text)
        if start >= 0 and demand.wanted[0] not in text:
            text = _put(text, start, start + len(demand.text), demand.wanted[0])
    return text


def _wrong_places(text: str, demand: Demand, wrong: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    words = words_of(text)
    for spelling in (demand.text, *wrong):
        yield from places(text, words, spelling)
    if count_han(demand.wanted[0]):
        return
    if count_han(demand.text) > 1 and _is_name(demand.wanted[0]):
        yield from _by_pinyin(text, words, demand.text)
    if _is_name(demand.wanted[0]):
        yield from _nearly(text, words, demand.wanted[0])


def _by_pinyin(text: str, words: list[Word], term: str) -> Iterator[tuple[int, int]]:
    """Stretches that spell the term in pinyin and begin with a capital."""
    spelled = pinyin_of(term)
    if len(spelled) >= SHORTEST - 1:
        yield from ((start, end) for start, end in places(text, words, spelled) if text[start].isupper())


def _nearly(text: str, words: list[Word], wanted: str) -> Iterator[tuple[int, int]]:
    """Stretches with a capital in front that are spelled nearly as a name."""
    aim, size = skeleton(wanted), len(words_of(wanted))
    for index in range(len(words) - size + 1):
        start, end = words[index].start, words[index + size - 1].end
        found = skeleton(text[start:end])
        near = min(len(found), len(aim)) >= SHORTEST and found[0] == aim[0] and is_near(found, aim)
        if near and text[start].isupper():
            yield start, end


def is_near(one: str, other: str) -> bool:
    """Whether two skeletons are spelled nearly alike; digits must be the same."""
    if re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEAR


@lru_cache(maxsize=32768)
def pinyin_of(text: str) -> str:
    """The syllables of a Chinese text without tones and spaces; empty where one has no reading.

    >>> pinyin_of("沐曦")
    'muxi'
    """
    found = readings(text)
    return "".join(re.sub(r"\d", "", str(each[0])).replace("v", "u") for each in found) if all(found) else ""


def _is_name(text: str) -> bool:
    return bool(re.search("[A-Z]", text))


def _with_plural(found: str, wanted: str) -> str:
    plural = found.endswith("s") and not wanted.endswith("s")
    return f"{wanted}s" if plural and len(skeleton(found)) > len(skeleton(wanted)) else wanted


def _with_first(found: str, listed: str) -> str:
    """As listed; a capital in front stays one."""
    return listed[:1].upper() + listed[1:] if found[:1].isupper() else listed


def _put(text: str, start: int, end: int, wanted: str) -> str:
    """The text with ``wanted`` in place of a stretch; between Chinese and Latin letters stands a space."""
    before, behind = text[:start], text[end:]
    if _joins(before[-1:], wanted[0]):
        before += " "
    if _joins(wanted[-1], behind[:1]):
        behind = " " + behind
    return before + wanted + behind


def _joins(left: str, right: str) -> bool:
    if not left or not right or not (left.isalnum() and right.isalnum()):
        return False
    return is_han(left) != is_han(right) or not (is_han(left) or is_han(right))
