"""What Whisper is told before it listens: as many hotwords as fit beside the initial prompt."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Sequence

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


def fit_hotwords(options: TranscribeOptions, hints: Hints, count: Callable[[str], int]) -> str:
    """The wanted hotwords as far as they fit, in a line; ``count`` counts tokens.

    >>> fit_hotwords(TranscribeOptions(hotwords="Zimu"), Hints(("具身智能", "WAIC")), len)
    'Zimu，具身智能，WAIC'
    """
    return join_terms(choose_hotwords(options, hints, count))


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


def choose_hotwords(options: TranscribeOptions, hints: Hints, count: Callable[[str], int]) -> tuple[str, ...]:
    """Those of the wanted hotwords that fit into the window beside the initial prompt; ``count`` counts tokens."""
    terms = wanted_hotwords(options.hotwords, hints.hotwords)
    room = WINDOW - _count_prompt(options.initial_prompt, count)
    if options.condition_on_previous_text:
        room = min(room, _SHARE_WITH_PREVIOUS)
    fitting = _fitting(terms, room, count)
    if len(fitting) < len(terms):
        left_out = [term for term in terms if term not in fitting]
        log.info("%d of %d hotwords fit; the first left out is %s", len(fitting), len(terms), left_out[0])
    return tuple(fitting)


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
