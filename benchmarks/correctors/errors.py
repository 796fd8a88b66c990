"""Mistakes as a recogniser makes them: a term written with common characters that sound like it, more or less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from random import Random
from typing import TypeAlias

from toolkit.language_model import load_language_model, text_codes
from toolkit.sounds import Syllable, all_readings, readings

Weighed: TypeAlias = dict[str, float]
"""Characters and how readily each is written."""

SAME, TONE, FLAT, ONSET, NASAL, NEAR, GAP = KINDS = (
    "same sound",
    "other tone",
    "zh/z ch/c sh/s",
    "n/l f/h r/l",
    "an/ang en/eng in/ing",
    "neighbouring sound",
    "missing or extra",
)
"""The kinds of mistakes."""

SWAPS: dict[str, tuple[tuple[str, str], ...]] = {
    FLAT: (("zh", "z"), ("ch", "c"), ("sh", "s")),
    ONSET: (("n", "l"), ("f", "h"), ("r", "l")),
    NASAL: (("an", "ang"), ("en", "eng"), ("in", "ing"), ("ian", "iang"), ("uan", "uang")),
    NEAR: (
        ("b", "p"), ("d", "t"), ("g", "k"), ("zh", "ch"), ("z", "c"), ("j", "q"), ("q", "x"), ("ch", "sh"), ("c", "s"),
        ("zh", "j"), ("ch", "q"), ("sh", "x"),
        ("i", "v"), ("in", "vn"), ("ian", "van"), ("ie", "ve"), ("an", "ian"), ("en", "uen"), ("ou", "uo"),
        ("ai", "ei"), ("eng", "ong"), ("uan", "van"),
    ),
}  # fmt: skip
"""Initials and finals (as `toolkit.sounds` writes them) that each kind takes for each other."""

RAREST = -5.2
"""log10 probability of the rarest character that a recogniser writes for what it did not understand."""

ALSO = 1 / 3
"""How often a second character is written with a homophone as well."""

SHORTEST_WITH_GAP = 4
"""The fewest characters of a term that loses or gains a syllable."""

FILLERS = "呃啊嗯那"
"""Characters written for a hesitation in the middle of a term."""


@dataclass(frozen=True)
class Writing:
    """The characters that are common enough to be written, each with its commonest syllable and a weight."""

    characters: tuple[tuple[str, Syllable, float], ...]

    @cached_property
    def by_sound(self) -> dict[tuple[str, str], dict[int, Weighed]]:
        """Characters by initial and final, then by tone."""
        found: defaultdict[tuple[str, str], defaultdict[int, Weighed]] = defaultdict(lambda: defaultdict(dict))
        for char, syllable, weight in self.characters:
            found[syllable.initial, syllable.final][syllable.tone][char] = weight
        return {sound: dict(tones) for sound, tones in found.items()}

    def same(self, wanted: Syllable) -> Weighed:
        """Characters of the same sound and tone."""
        return self.by_sound.get((wanted.initial, wanted.final), {}).get(wanted.tone, {})

    def other_tone(self, wanted: Syllable) -> Weighed:
        """Characters of the same sound in another tone."""
        tones = self.by_sound.get((wanted.initial, wanted.final), {})
        return {char: weight for tone, found in tones.items() if tone != wanted.tone for char, weight in found.items()}

    def swapped(self, wanted: Syllable, pairs: Sequence[tuple[str, str]]) -> Weighed:
        """Characters whose initial or final is the other one of a pair, in any tone."""
        both = [pair for one, other in pairs for pair in ((one, other), (other, one))]
        sounds = [(other, wanted.final) for one, other in both if one == wanted.initial]
        sounds += [(wanted.initial, other) for one, other in both if one == wanted.final]
        tones = [found for sound in sounds for found in self.by_sound.get(sound, {}).values()]
        return {char: weight for found in tones for char, weight in found.items()}


@lru_cache(maxsize=1)
def load_writing() -> Writing:
    """The common characters by the language model; the root of a probability as weight, for context has its say too."""
    model = load_language_model()
    text = "".join(map(chr, range(0x4E00, 0xA000)))
    numbers = model.numbers(text_codes(text), 1)
    known = [(char, float(model.unigrams[number])) for char, number in zip(text, numbers, strict=True) if number >= 0]
    common = [(char, logprob) for char, logprob in known if logprob >= RAREST and all_readings(char)]
    return Writing(tuple((char, all_readings(char)[0], 10 ** (logprob / 2)) for char, logprob in common))


def misheard(term: str, kind: str, random: Random) -> str | None:
    """A term as it may be written by mistake; None where the kind cannot befall it."""
    if kind == GAP:
        return _with_gap(term, random) if len(term) >= SHORTEST_WITH_GAP else None
    syllables = [choices[0] for choices in readings(term)]
    places = [(place, found) for place, one in enumerate(syllables) if (found := _choices(term[place], one, kind))]
    if not places:
        return None
    place, found = random.choice(places)
    written = list(term)
    written[place] = _drawn(found, random)
    if random.random() < ALSO:
        other = random.choice([at for at in range(len(term)) if at != place])
        written[other] = _drawn(_choices(term[other], syllables[other], SAME) or {term[other]: 1.0}, random)
    return "".join(written)


def draw_mistakes(terms: Sequence[str], each: int, seed: int) -> Iterator[tuple[str, str, str]]:
    """Terms, how they were written and the kind of mistake: ``each`` of every kind, none twice, the terms in turns."""
    for kind in KINDS:
        random = Random(f"{seed} {kind}")
        seen: set[str] = set(terms)
        count = 0
        for term in _turns(terms, random, rounds=4 * each):
            wrong = misheard(term, kind, random)
            if wrong is None or wrong in seen:
                continue
            seen.add(wrong)
            yield term, wrong, kind
            count += 1
            if count == each:
                break


def _turns(terms: Sequence[str], random: Random, *, rounds: int) -> Iterator[str]:
    for _ in range(rounds):
        yield from random.sample(terms, len(terms))


def _choices(char: str, syllable: Syllable, kind: str) -> Weighed:
    writing = load_writing()
    if kind == SAME:
        found = writing.same(syllable)
    elif kind == TONE:
        found = writing.other_tone(syllable)
    else:
        found = writing.swapped(syllable, SWAPS[kind])
    return {other: weight for other, weight in found.items() if other != char}


def _with_gap(term: str, random: Random) -> str:
    place = random.randrange(1, len(term) - 1)
    if random.random() < 0.5:
        return term[:place] + term[place + 1 :]
    echo = load_writing().same(readings(term)[place][0])
    extra = _drawn(echo, random) if echo and random.random() < 0.5 else random.choice(FILLERS)
    return term[: place + 1] + extra + term[place + 1 :]


def _drawn(found: Weighed, random: Random) -> str:
    return random.choices(list(found), list(found.values()))[0]
