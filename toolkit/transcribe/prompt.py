"""What Whisper is told before it listens: as many hotwords as fit beside the initial prompt."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.lexicon import stands_in
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints

WINDOW = 223
"""Tokens of a prompt: half of Whisper's 448 less one.

faster-whisper gives as many to the hotwords and as many again to the prompt, which leaves nothing for the text: with
both full it fails with "No position encodings are defined for positions >= 448". So here they share.
"""

_SHARE_WITH_PREVIOUS = WINDOW // 3
"""What hotwords may take when the last sentences are shown too: they alone may fill the window."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wish:
    """The hotwords that are wanted, the most important first, and the ``room`` for them, in tokens as ``count`` counts.

    The first ``fixed`` stay in front; the others come forward when they, or their ``signs``, are heard.
    """

    terms: tuple[str, ...]
    fixed: int
    signs: Mapping[str, tuple[str, ...]]
    room: int
    count: Callable[[str], int]


def wish(options: TranscribeOptions, hints: Hints, count: Callable[[str], int]) -> Wish:
    """What a recogniser with these options and hints is to be told; ``count`` counts tokens."""
    room = WINDOW - _count_prompt(options.initial_prompt, count)
    if options.condition_on_previous_text:
        room = min(room, _SHARE_WITH_PREVIOUS)
    fixed = len(wanted_hotwords(options.hotwords, hints.hotwords[: hints.fixed]))
    return Wish(wanted_hotwords(options.hotwords, hints.hotwords), fixed, hints.signs, room, count)


def choose_hotwords(wish: Wish, heard: str = "") -> tuple[str, ...]:
    """Those of the wanted hotwords that fit into the window, in their order; ``heard`` is what was said of late.

    A recording says again what it has said, and what was misheard as an alias once may be heard right the next time.

    >>> hints = Hints(("WAIC", "沐曦"), signs={"沐曦": ("芯片",)})
    >>> wanted = wish(TranscribeOptions(initial_prompt="字" * 218), hints, len)
    >>> choose_hotwords(wanted), choose_hotwords(wanted, "国产芯片")
    (('WAIC',), ('沐曦',))
    """

    def unheard(term: str) -> bool:
        return not any(stands_in(sign, heard) for sign in (term, *wish.signs.get(term, ())))

    terms = [*wish.terms[: wish.fixed], *sorted(wish.terms[wish.fixed :], key=unheard)]
    fitting = frozenset(_fitting(terms, wish.room, wish.count))
    return tuple(term for term in wish.terms if term in fitting)


def wanted_hotwords(typed: str, listed: Iterable[str]) -> tuple[str, ...]:
    """The hotwords that a user has typed, and behind them those of the lexicon.

    Each stands once: of spellings that differ in large and small letters, the first.

    >>> wanted_hotwords("waic, GPU", ["具身智能", "WAIC"])
    ('waic', 'GPU', '具身智能')
    """
    first: dict[str, str] = {}
    for term in (*split_terms(typed), *listed):
        first.setdefault(term.casefold(), term)
    return tuple(first.values())


def split_terms(text: str) -> tuple[str, ...]:
    """The terms of a line: between commas of either script, semicolons and line ends; without those between spaces.

    >>> split_terms("具身智能，open model; WAIC"), split_terms("WAIC GPU")
    (('具身智能', 'open model', 'WAIC'), ('WAIC', 'GPU'))
    """
    parts = re.split(r"[,，、;；\n]", text)
    if len(parts) == 1:
        parts = text.split()
    return tuple(part.strip() for part in parts if part.strip())


def _fitting(terms: Sequence[str], room: int, count: Callable[[str], int]) -> list[str]:
    """Whole terms, in their order; a long one that does not fit gives way to shorter ones."""
    fitting: list[str] = []
    for term in terms[:WINDOW]:
        if count(join_terms([*fitting, term])) <= room:
            fitting.append(term)
    return fitting


def join_terms(terms: Sequence[str]) -> str:
    """Hotwords in a line, between commas of the script that they are in.

    >>> join_terms(["GPU", "scaling law"]), join_terms(["GPU", "具身智能"])
    ('GPU, scaling law', 'GPU，具身智能')
    """
    chinese = any("\u4e00" <= letter <= "\u9fff" for term in terms for letter in term)
    return ("，" if chinese else ", ").join(terms)


def _count_prompt(prompt: str, count: Callable[[str], int]) -> int:
    size = count(prompt) if prompt else 0
    if size > WINDOW:
        log.warning("the initial prompt has %d tokens, only its last %d are used", size, WINDOW)
    return min(size, WINDOW)
