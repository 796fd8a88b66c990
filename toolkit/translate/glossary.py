"""The glossary: a lexicon as the translator needs it, from terms in one language to what they are in the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from toolkit.lexicon import Lexicon, Term
from toolkit.translate.languages import count_han, is_chinese
from toolkit.translate.values import Demand
from toolkit.translate.words import Word, find_skeleton, find_words, skeleton, words_of


@dataclass(frozen=True)
class Entry:
    """A term, the ways in which it may be translated, the first preferred, and spellings that are wrong for it."""

    text: str
    wanted: tuple[str, ...]
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Glossary:
    """Entries, each term once.

    >>> glossary = Glossary.of(Lexicon.of([Term("具身智能", english="embodied AI"), Term("WAIC")]), "en")
    >>> [demand.wanted for demand in glossary.demands("WAIC 上的具身智能")]
    [('WAIC',), ('embodied AI',)]
    """

    entries: tuple[Entry, ...] = ()
    _index: dict[tuple[str, ...], Entry] = field(init=False, compare=False, repr=False)
    _sizes: dict[str, list[int]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        index = {tuple(word.folded for word in words_of(entry.text)): entry for entry in reversed(self.entries)}
        sizes: dict[str, set[int]] = {}
        for folded in filter(None, index):
            sizes.setdefault(folded[0], set()).add(len(folded))
        object.__setattr__(self, "_index", index)
        object.__setattr__(self, "_sizes", {first: sorted(each, reverse=True) for first, each in sizes.items()})

    @classmethod
    def of(cls, lexicon: Lexicon, target: str) -> Glossary:
        """The glossary that a lexicon holds for translating into ``target``.

        Chinese terms count where they have their English; Latin ones without stay as they are in either language.
        """
        merged: dict[tuple[str, ...], Entry] = {}
        for entry in _entries(lexicon.terms, is_chinese(target)):
            key = tuple(word.folded for word in words_of(entry.text))
            old = merged.get(key, Entry(entry.text, ()))
            wanted = tuple(dict.fromkeys((*old.wanted, *entry.wanted)))
            merged[key] = Entry(old.text, wanted, tuple(dict.fromkeys((*old.wrong, *entry.wrong))))
        return cls(tuple(merged.values()))

    def demands(self, text: str) -> tuple[Demand, ...]:
        """The terms in a text, each once, in order; of terms that overlap, the longest from the left."""
        found: dict[str, Demand] = {}
        words, index = words_of(text), 0
        while index < len(words):
            folded, entry = self._longest(words, index)
            if entry is not None:
                spelled = text[words[index].start : words[index + len(folded) - 1].end]
                found.setdefault(entry.text, Demand(spelled, entry.wanted))
            index += max(len(folded), 1)
        return tuple(found.values())

    def wrong_for(self, demand: Demand) -> tuple[str, ...]:
        """The spellings in the target language that are known to be wrong for a term."""
        return self._wrong.get(demand.wanted, ())

    @cached_property
    def _wrong(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        return {entry.wanted: entry.wrong for entry in self.entries}

    def _longest(self, words: Sequence[Word], index: int) -> tuple[tuple[str, ...], Entry | None]:
        for size in self._sizes.get(words[index].folded, ()):
            folded = tuple(word.folded for word in words[index : index + size])
            if folded in self._index:
                return folded, self._index[folded]
        return (), None


def holds(text: str, wanted: Iterable[str]) -> bool:
    """Whether a text holds one of the spellings, whatever its case, plural and hyphens.

    >>> holds("The Large-Language Models", ["large language model"]), holds("a model", ["modelling"])
    (True, False)
    """
    words = words_of(text)
    return any(next(places(text, words, spelling), None) is not None for spelling in wanted)


def places(text: str, words: Sequence[Word], spelling: str) -> Iterator[tuple[int, int]]:
    """Start and end of every place where a spelling stands, whatever its case, plural, hyphens and spaces."""
    wanted = words_of(spelling)
    exact = list(find_words(words, wanted))
    spread = find_skeleton(text, words, skeleton(spelling)) if wanted else ()
    loose = [(start, end) for start, end in spread if all(end <= first or last <= start for first, last in exact)]
    yield from sorted(exact + loose)


def _entries(terms: Iterable[Term], to_chinese: bool) -> Iterator[Entry]:
    for term in terms:
        latin = not count_han(term.text)
        english = term.english or (term.text if latin else "")
        if not english:
            continue
        wrong = tuple(alias.text for alias in term.aliases if not alias.near)
        if not to_chinese:
            yield Entry(term.text, (english,), tuple(text for text in wrong if not count_han(text)))
            continue
        if latin:
            yield Entry(term.text, (term.text,))
        else:
            yield Entry(english, (term.text,), tuple(text for text in wrong if count_han(text)))
