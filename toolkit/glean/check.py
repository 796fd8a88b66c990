"""What is doubtful in a lexicon: terms that sound alike or like common words, aliases that harm or never fire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from toolkit.correct.syllables import find_language_model, load_syllables
from toolkit.glean.closeness import sound_distance
from toolkit.glean.clusters import rough_sounds
from toolkit.glean.learn import false_hits
from toolkit.glean.proposals import example
from toolkit.language_model import UNKNOWN, LanguageModel, hash_columns, text_codes
from toolkit.lexicon import Alias, Lexicon, Term
from toolkit.sounds import all_readings, is_han, readings

ALIKE = 0.06
"""The mean distance of a syllable below which two terms are one to the ear."""

FREQUENT = -5.0
"""The log10 probability from which on a word is common: it is met once in a hundred thousand words."""

LONGEST = 3
"""Characters of a term up to which all words of its sound are looked for."""


@dataclass(frozen=True)
class Finding:
    """A doubt about a term: its kind, what is doubtful, what to do, and an example where there is one."""

    kind: str
    term: str
    about: str
    fix: str
    example: str = ""


def check(lexicon: Lexicon, *, texts: Sequence[str] = ()) -> list[Finding]:
    """Everything that is doubtful; with ``texts``, which are right, also where aliases would fire in them."""
    model = find_language_model()
    found = [*_collisions(lexicon), *_shared_aliases(lexicon)]
    for term in lexicon.terms:
        if not term.exact and not term.near:
            found += _common_words(term, model)
        for alias in term.aliases:
            found += [*_dead(term, alias, lexicon), *_harmful(term, alias, model, texts)]
    return found


def _collisions(lexicon: Lexicon) -> Iterator[Finding]:
    """Terms that nobody can tell apart by ear."""
    rough = rough_sounds()
    table = load_syllables()
    groups: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for term in lexicon.terms:
        if not term.exact and all(map(is_han, term.text)):
            groups[tuple(rough[table.number(found[0])] for found in readings(term.text))].append(term.text)
    for texts in groups.values():
        for one, other in combinations(texts, 2):
            if sound_distance(one, other) <= ALIKE:
                yield Finding(
                    "collision", one, f"sounds like the term {other}", "name words near one, or make it exact"
                )


def _shared_aliases(lexicon: Lexicon) -> Iterator[Finding]:
    owners: dict[str, list[str]] = defaultdict(list)
    for term in lexicon.terms:
        for alias in term.aliases:
            if not alias.near:
                owners[alias.text].append(term.text)
    for alias_text, terms in owners.items():
        if len(terms) > 1:
            about = f"the alias {alias_text} belongs to {' and '.join(terms[1:])} too"
            yield Finding("collision", terms[0], about, "keep it with one, or name words near")


def _common_words(term: Term, model: LanguageModel | None) -> Iterator[Finding]:
    words = common_words(term.text, model)
    if term.text in words:
        yield Finding("common", term.text, "is a common word itself", "name words near, or make it exact")
    others = [word for word in words if word != term.text]
    if others:
        about = f"sounds like common words: {'、'.join(others[:3])}"
        yield Finding("common", term.text, about, "name words near or never, or make it exact")


def common_words(text: str, model: LanguageModel | None) -> list[str]:
    """The common words of the language that sound like a term, tones aside, the commonest first."""
    import numpy as np

    if model is None or not 1 < len(text) <= LONGEST or not all(map(is_han, text)):
        return []
    columns = [_characters().get((found[0].initial, found[0].final), "") for found in readings(text)]
    grids = np.meshgrid(*(np.array(list(map(ord, chars)), dtype=np.uint32) for chars in columns), indexing="ij")
    numbers = model.ranks(hash_columns([grid.ravel() for grid in grids]))
    found = [
        (float(model.unigrams[numbers[place]]), "".join(chr(grid.ravel()[place]) for grid in grids))
        for place in np.flatnonzero(numbers != UNKNOWN).tolist()
        if model.unigrams[numbers[place]] >= FREQUENT
    ]
    return [word for _, word in sorted(found, reverse=True)]


@lru_cache(maxsize=1)
def _characters() -> dict[tuple[str, str], str]:
    """The characters that the language model knows, by the sound of their first reading, tones aside."""
    model = find_language_model()
    found: dict[tuple[str, str], str] = defaultdict(str)
    if model is not None:
        every = "".join(map(chr, range(0x4E00, 0xA000)))
        for char, number in zip(every, model.numbers(text_codes(every), 1).tolist(), strict=True):
            sounds = all_readings(char)
            if number != UNKNOWN and sounds:
                found[sounds[0].initial, sounds[0].final] += char
    return found


def _dead(term: Term, alias: Alias, lexicon: Lexicon) -> Iterator[Finding]:
    """Aliases that can never fire."""
    why = ""
    if alias.text in lexicon:
        why = "is a term itself, which is never changed"
    elif alias.text in lexicon.protected:
        why = "is protected"
    elif alias.near and set(alias.near) <= {*alias.never, *term.never}:
        why = "has no word near that is not forbidden too"
    if why:
        yield Finding("dead", term.text, f"the alias {alias.text} {why}", "take it out")


def _harmful(term: Term, alias: Alias, model: LanguageModel | None, texts: Iterable[str]) -> Iterator[Finding]:
    """Aliases that are words, or stand in right text, and fire everywhere."""
    if alias.near:
        return
    number = model.number(alias.text) if model is not None else UNKNOWN
    if model is not None and number != UNKNOWN and model.unigrams[number] >= FREQUENT:
        yield Finding("harmful", term.text, f"the alias {alias.text} is a common word", "name words near it")
    hits = [(text, text.find(alias.text)) for text in texts if false_hits(alias.text, term.text, [text]) > 0]
    if hits:
        text, place = hits[0]
        count = sum(false_hits(alias.text, term.text, [text]) for text, _ in hits)
        shown = example(text, place, place + len(alias.text)).replace("\n", "/")
        yield Finding(
            "harmful", term.text, f"the alias {alias.text} stands {count} × in right text", "name words near it", shown
        )
