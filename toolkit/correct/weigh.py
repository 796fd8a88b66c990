"""How much speaks for a candidate, in log10: a noisy channel with what is known of recognisers and of the document.

The measure is how many times likelier the change is than the text as it was heard. Each constant was set on development
data: synthetic errors of every kind, the sentences of one talk, and clean text of five domains.
"""

from __future__ import annotations

import math

from toolkit.correct.candidates import Candidate
from toolkit.correct.context import term_logprob

COST = 6.0
"""What a whole syllable's difference takes away."""

COST_SQUARED = 2.0
"""What the square of the cost takes away besides: few mistakes change much."""

FLUENT = 1.0
"""What it takes away that the stretch reads well as it was heard."""

FLUENT_COST, FLUENT_FREE = 8.0, 0.15
"""A stretch that reads well and sounds otherwise is rather meant so: each syllable's difference beyond the free one."""

FUNCTION = 1.2
"""What each function word that would be changed takes away."""

GAP = 0.5
"""What a missing or extra syllable takes away beyond its cost."""

KNOWN_FROM, KNOWN_SLOPE, KNOWN_MOST = -6.5, 0.6, 2.0
"""Recognisers seldom mishear ordinary words: a term takes away the more, the commoner it is as a word."""

NEAR = 5.0
"""What a word close by adds that the lexicon says makes the term likely."""

NEAR_MISSING = 1.0
"""What it takes away that none of those words is close."""

ALIAS = 4.5
"""What it is worth that the lexicon lists the stretch as a mistake for the term, before the context is asked."""

ALIAS_NEAR = 7.0
"""The same where the lexicon's condition for the mistake is met: then the context can only add to it."""

LATIN = 4.0
"""What it is worth that a Latin name is spelt with the term's letters."""

LATIN_NEARLY, LATIN_COST = 2.2, 6.0
"""What it is worth that one letter differs, and what a whole word's difference takes away: a suggestion at most."""

CACHE = 0.05
"""How much the share that a term has of the document's words counts beside its probability anywhere."""

CACHE_MOST = {2: 2.0}
CACHE_MOST_LONG = 2.5
"""The most that standing right elsewhere can add, by the term's length."""

CHARACTERS_A_WORD = 1.7

DOCUMENT_FADES = 0.6
"""The cost at which the document's word is worth nothing: another term of the same field is not a mistake."""


def base_strength(candidate: Candidate) -> float:
    """What speaks for a candidate by itself, without the rest of the document."""
    if candidate.rule == "alias":
        return ALIAS_NEAR + max(candidate.gain, 0.0) if candidate.near else ALIAS + candidate.gain
    if candidate.rule == "latin":
        strength = LATIN_NEARLY - LATIN_COST * candidate.cost if candidate.cost else LATIN
        return strength + NEAR * bool(candidate.near and candidate.cost)
    strength = candidate.gain - sound_loss(candidate.cost)
    strength -= FUNCTION * candidate.functions + GAP * candidate.gap
    if candidate.fluent:
        strength -= FLUENT + FLUENT_COST * max(0.0, candidate.cost - FLUENT_FREE)
    strength -= known_loss(candidate.known)
    if candidate.near:
        strength += NEAR
    elif candidate.term.near:
        strength -= NEAR_MISSING
    return strength


def sound_loss(cost: float) -> float:
    """What differences of sound take away that add up to ``cost`` syllables."""
    return COST * cost + COST_SQUARED * cost * cost


def known_loss(known: float) -> float:
    """What a term takes away that has the log10 probability ``known`` as an ordinary word."""
    return min(max((known - KNOWN_FROM) * KNOWN_SLOPE, 0.0), KNOWN_MOST)


def document_strength(candidate: Candidate, stands: int, size: int) -> float:
    """What the rest of the document adds, a document of ``size`` characters that has the term right ``stands`` times.

    A listed mistake needs no such help.
    """
    if candidate.rule == "alias":
        return 0.0
    fading = max(0.0, 1.0 - candidate.cost / DOCUMENT_FADES)
    return document_gain(len(candidate.term.text), stands, size) * fading


def document_gain(length: int, stands: int, size: int) -> float:
    """The same for a stretch that sounds exactly like a term of ``length`` characters.

    A term that stands right is as likely as its share of the document says, mixed with its probability anywhere: once
    in a short talk says much, once in a book little.
    """
    if not stands:
        return 0.0
    share = CACHE * stands * CHARACTERS_A_WORD / max(size, 1)
    return min(math.log10(1.0 + share / 10.0 ** term_logprob(length)), CACHE_MOST.get(length, CACHE_MOST_LONG))


def threshold(boldness: float) -> float:
    """The strength that a change needs: 4 at boldness 0 (ten thousand times likelier), 2 at 0.5, 1 at 1."""
    return float(4.0 ** (1.0 - boldness))


def score(strength: float, needed: float) -> float:
    """Strength as a confidence from 0 to 1, 0.5 at the threshold."""
    return float(1.0 / (1.0 + 10.0 ** min(max(needed - strength, -20.0), 20.0)))
