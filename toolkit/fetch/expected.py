"""Which terms a recogniser is told first: it can be told few, so those count most that are likely in this recording."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from toolkit.fetch.evidence import SOURCE
from toolkit.fetch.metadata import beside, read_metadata
from toolkit.lexicon import DEFAULT_PACKS, Lexicon, Term, stands_in
from toolkit.transcribe import Hints


def expect(lexicon: Lexicon, words: str = "", *, named: Collection[str] = ()) -> Hints:
    """What a recogniser may expect: the terms as `rank_terms` ranks them, and what makes each likelier once it is said.

    That is what stands near it, and what it is misheard as wherever that is heard. Terms that stand in ``words`` keep
    their place.
    """
    ranked = rank_terms(lexicon, words, named=named)
    signs = {term.text: signs for term in lexicon.terms if (signs := _signs(term))}
    return Hints(ranked, fixed=sum(stands_in(text, words) for text in ranked), signs=signs)


def rank_terms(lexicon: Lexicon, words: str = "", *, named: Collection[str] = ()) -> tuple[str, ...]:
    """The terms as they are written, the most expected first.

    Those that stand in ``words``, what the recording says of itself, come before all others; then those that the user
    has listed before those of packs that are on by default, unless the user has ``named`` the pack; then the weightier
    ones; and what is equal so far stays in its order.

    >>> rank_terms(Lexicon.of(["大模型", "沐曦", "WAIC"]), "WAIC2024 闭幕式")
    ('WAIC', '大模型', '沐曦')
    """
    usual = {*DEFAULT_PACKS, SOURCE}.difference(named)
    terms = sorted(
        lexicon.terms,
        key=lambda term: (not stands_in(term.text, words), term.source in usual, -term.weight),
    )
    return tuple(term.text for term in terms)


def own_words(source: Path, *, metadata: bool = True) -> str:
    """What a recording says of itself, a line each: its file's name and, in the ``metadata`` beside it, the rest.

    The rest are title, title of the part, chapters, tags and description.
    """
    known = read_metadata(beside(source)) if metadata else None
    return "\n".join([source.stem, *((*known.texts, *known.tags, known.description) if known else ())])


def _signs(term: Term) -> tuple[str, ...]:
    certain = (alias.text for alias in term.aliases if not alias.near and not alias.never)
    return tuple(dict.fromkeys((*term.near, *certain)))
