"""Which terms a recogniser is told first: it can be told few, so those count most that are likely in this recording."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from unicodedata import normalize

from toolkit.fetch.evidence import SOURCE
from toolkit.fetch.metadata import beside, read_metadata
from toolkit.lexicon import DEFAULT_PACKS, Lexicon


def rank_terms(lexicon: Lexicon, words: str = "", *, named: Collection[str] = ()) -> tuple[str, ...]:
    """The terms as they are written, the most expected first.

    Those that stand in ``words``, what the recording says of itself, come before all others; then those that the user
    has listed before those of packs that are on by default, unless the user has ``named`` the pack; then the weightier
    ones; and what is equal so far stays in its order.

    >>> rank_terms(Lexicon.of(["大模型", "沐曦", "WAIC"]), "WAIC2024 闭幕式")
    ('WAIC', '大模型', '沐曦')
    """
    words = _plain(words)
    usual = {*DEFAULT_PACKS, SOURCE}.difference(named)
    terms = sorted(
        lexicon.terms,
        key=lambda term: (not _stands(_plain(term.text), words), term.source in usual, -term.weight),
    )
    return tuple(term.text for term in terms)


def own_words(source: Path, *, metadata: bool = True) -> str:
    """What a recording says of itself, a line each: its file's name and, in the ``metadata`` beside it, the rest.

    The rest are title, title of the part, chapters, tags and description.
    """
    known = read_metadata(beside(source)) if metadata else None
    return "\n".join([source.stem, *((*known.texts, *known.tags, known.description) if known else ())])


def _plain(text: str) -> str:
    return normalize("NFKC", text).casefold()


def _stands(text: str, words: str) -> bool:
    """Whether a term stands in plain text, Latin ones not inside of a longer word: AI is not in WAIC."""
    if text not in words:  # a lexicon may have 100,000 terms, most of which end here
        return False
    before = "(?<![a-z])" if re.match("[a-z]", text) else "(?<![a-z0-9])" if re.match("[0-9]", text) else ""
    behind = "(?![a-z])" if re.search("[a-z]$", text) else "(?![a-z0-9])" if re.search("[0-9]$", text) else ""
    return re.search(before + re.escape(text) + behind, words) is not None
