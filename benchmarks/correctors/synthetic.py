"""The synthetic track: made mistakes in made sentences, and lexicons padded with ordinary words."""

from __future__ import annotations

import tarfile
from functools import lru_cache
from pathlib import Path
from random import Random

from benchmarks.correctors.errors import draw_mistakes
from benchmarks.correctors.sentences import carried, clean_lines, read_carriers, read_terms
from benchmarks.correctors.values import DATA, Line, Lines, Skipped, Track
from toolkit.language_model import hash_words, load_language_model
from toolkit.sounds import is_han

SEED = 20240704

EACH = 90
"""Mistakes of each kind."""

CLEAN = 20_000
"""Characters of our own clean sentences."""

SLICE, DOMAINS = 60_000, ("tech_d2l_zh", "speech_news_aishell1_dev")
"""Characters of real clean text that come on top where there are any, and the domains that they come from."""

DICTIONARY = "lm/dict-20220810.tar.xz"

COMMONEST = 5_000
"""Words as common as these do not pad a lexicon: nobody lists them as terms."""

LONGEST = 6
"""Characters of the longest word that pads a lexicon."""


def synthetic_track(size: int, *, each: int = EACH, clean: int = CLEAN) -> Track:
    """The track with a lexicon of ``size`` terms.

    Raises:
        Skipped: there are no words to pad the lexicon with.
    """
    terms = read_terms()
    spoilt = spoilt_lines(each)
    avoided = {*terms, *(line.heard[mistake.start : mistake.end] for line in spoilt for mistake in line.mistakes)}
    padding = _padding(avoided, size - len(terms))
    slices = () if clean < CLEAN else tuple(_slice(domain) for domain in DOMAINS if _path(domain).is_file())
    documents = (clean_lines(clean, SEED), *slices)
    return Track("synthetic", "dev", (*terms, *padding), (spoilt,), documents)


@lru_cache(maxsize=2)
def spoilt_lines(each: int) -> Lines:
    """A line for each mistake, in an order drawn once."""
    random = Random(SEED)
    terms, carriers = read_terms(), read_carriers()
    lines = [
        carried(random.choice(carriers[terms[term]]), term, wrong, kind)
        for term, wrong, kind in draw_mistakes(list(terms), each, SEED)
    ]
    random.shuffle(lines)
    return tuple(lines)


def _padding(avoided: set[str], count: int) -> tuple[str, ...]:
    if count <= 0:
        return ()
    words = [word for word in _ordinary_words() if word not in avoided]
    if len(words) < count:
        raise Skipped(f"{count:,} words are needed to pad the lexicon, {DICTIONARY} has {len(words):,}")
    return tuple(words[:count])


@lru_cache(maxsize=1)
def _ordinary_words() -> list[str]:
    """Words of a dictionary without the commonest, in an order drawn once: a small lexicon is part of a larger one."""
    path = DATA / DICTIONARY
    if not path.is_file():
        raise Skipped("the words that pad a lexicon are not here: shared/data/lm")
    with tarfile.open(path) as archive:
        entry = archive.extractfile("dict_sc.txt")
        assert entry is not None
        listed = dict.fromkeys(row.split()[0] for row in entry.read().decode("utf-8").splitlines() if row.strip())
    words = [word for word in listed if 2 <= len(word) <= LONGEST and all(map(is_han, word))]
    common = _commonest_hashes()
    hashes = hash_words(*words).tolist()
    kept = sorted(word for word, code in zip(words, hashes, strict=True) if code not in common)
    Random(SEED).shuffle(kept)
    return kept


def _commonest_hashes() -> set[int]:
    model = load_language_model()
    ranked = (-model.unigrams).argsort(kind="stable")[:COMMONEST]
    return set(model.arrays["word_hashes"][ranked].tolist())


def _slice(domain: str) -> Lines:
    """The beginning of a text."""
    lines, length = [], 0
    for text in _path(domain).read_text(encoding="utf-8").splitlines():
        if text.strip():
            lines.append(Line(text, text))
            length += len(text)
        if length >= SLICE:
            break
    return tuple(lines)


def _path(domain: str) -> Path:
    return DATA / "clean" / f"{domain}.txt"
