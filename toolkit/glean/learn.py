"""From what was heard and what an editor made of it to terms, and the spellings that they were misheard as."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean

from toolkit.correct.syllables import find_language_model
from toolkit.cues import Cue
from toolkit.evaluate.normal import Rules, tokens_of
from toolkit.glean.changes import Change, find_changes
from toolkit.glean.closeness import sound_distance
from toolkit.glean.clusters import PARTICLES, SOFT
from toolkit.glean.proposals import Proposal, example, tally
from toolkit.language_model import UNKNOWN, LanguageModel
from toolkit.lexicon import Lexicon
from toolkit.sounds import is_han

FAR, FAR_CHANGE = 0.42, 0.6
"""How far a term, and the part of it that was changed, may be in sound from what was heard: beyond, it is rewording."""


SAME = 0.1
"""How far a change may be in sound to be a homophone, which nobody writes on purpose."""

LINKS = "以于及或而但且"
"""Words that lead on to others: no term ends with one."""

SHORTEST_LATIN = 4
"""Letters of a Latin word in small letters that may be a term."""


def learn(
    before: Sequence[Cue], after: Sequence[Cue], *, known: Lexicon | None = None, background: Iterable[str] = ()
) -> list[Proposal]:
    """The terms that an editor's changes propose, the commonest first.

    A change is passed over that rewords (it sounds quite otherwise), that only puts in or takes out words like 啊 and
    的, or that spells numbers otherwise, and so is an alias that ``known`` has. ``background`` are texts that are
    right: places in them, and in the edited text, where an alias stands by itself count as its false hits.
    """
    model = find_language_model()
    heard, right = ("\n".join(cue.text for cue in cues) for cues in (before, after))
    changes = [change for change in find_changes(heard, right, model) if _is_term(change, right, model)]
    texts = [right, *background]
    groups: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if not _knows(known, change):
            groups[change.right].append(change)
    found = [_proposal(term, group, right, texts) for term, group in groups.items()]
    return sorted(found, key=lambda one: (-one.score, one.text))


def false_hits(alias: str, term: str, texts: Iterable[str]) -> int:
    """Places at which an alias stands where the term is not meant: those inside the term itself are none.

    >>> false_hits("外壳", "WAIC", ["手机外壳和外壳"])
    2
    """
    return sum(text.count(alias) - (text.count(term) * term.count(alias)) for text in texts)


def _is_term(change: Change, text: str, model: LanguageModel | None) -> bool:
    wrong, right = change.core
    signs = {char for char in wrong + right if char.isalnum()}
    if not signs or signs <= set(PARTICLES) or len(change.right) < 2:
        return False
    rules = Rules(("case",))
    if tokens_of(change.wrong, rules) == tokens_of(change.right, rules):
        return False
    if sound_distance(change.wrong, change.right) > FAR or _core_distance(change) > FAR_CHANGE:
        return False
    if not is_han(change.right[0]):
        return len(change.right) >= SHORTEST_LATIN or not change.right.islower()
    return _is_word(change, text, model)


def _core_distance(change: Change) -> float:
    """How far what was changed sounds from what it was changed to; 0 where nothing stands on one side."""
    wrong, right = change.core
    return sound_distance(wrong, right) if wrong and right else 0.0


def _is_word(change: Change, text: str, model: LanguageModel | None) -> bool:
    """Whether what an editor wrote holds together: a word, or what comes again, or at least no word of the sentence."""
    right = change.right
    if right[0] in PARTICLES or right[-1] in PARTICLES + LINKS:
        return False
    if not all(change.core):
        return model is not None and model.number(right) != UNKNOWN
    if len(right) == 2 and set(right) & set(SOFT):
        return text.count(right) > 1
    known = model is not None and model.number(right) != UNKNOWN
    homophone = _core_distance(change) <= SAME
    loose = len(change.core[1]) < 2 and (change.core[1] in SOFT or (len(right) < 4 and not homophone))
    return known or text.count(right) > 1 or not loose


def _knows(known: Lexicon | None, change: Change) -> bool:
    """Whether the lexicon has the term with this alias already."""
    terms = known.terms if known else ()
    return any(
        term.text == change.right and any(alias.text == change.wrong for alias in term.aliases) for term in terms
    )


def _proposal(term: str, group: Sequence[Change], text: str, texts: Sequence[str]) -> Proposal:
    spellings = tally([change.wrong for change in group])
    distance = round(fmean(sound_distance(spelling, term) for spelling, _ in spellings), 3)
    hits = sum(false_hits(spelling, term, texts) for spelling, _ in spellings)
    examples = tuple(_examples(group, text))
    return Proposal(term, spellings, "edited", float(len(group)), distance, examples, hits)


def _examples(group: Sequence[Change], text: str, *, most: int = 2) -> Iterator[str]:
    for change in group[:most]:
        yield example(text, change.start, change.end)
