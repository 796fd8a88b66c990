"""Stretches of one text that sound alike, are spelled differently and read ill: one term that was never heard right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2
from statistics import fmean, median

from toolkit.correct.reading import FUNCTION_WORDS, NUMERALS
from toolkit.glean.proposals import Proposal, example, tally
from toolkit.glean.readings import LONGEST, SHORTEST, Reading, costs
from toolkit.language_model import UNKNOWN, LanguageModel

Span = tuple[int, int]

NEAR = 0.16
"""Two syllables that cost no more are taken for one sound: flat and retroflex, front and back nasals, n and l."""

LONG = 4
"""From so many characters on one in the middle may sound quite otherwise."""

FAR = 0.7
"""What such a character costs at the most."""

ODD, ODDEST = 1.5, 3.0
"""How ill every spelling must read, and how ill one of them."""

GROWTH = 6
"""So many characters that all places have in common are taken in on either side."""

ALWAYS = 3
"""So often two characters must stand together to be taken for parts of one word."""

PARTICLES = "的了着过得地是在和与也都就把被对从由这那们我你他她它啊呢吧呀吗嘛哦很"
"""Characters that no term begins with."""

SOFT = FUNCTION_WORDS + NUMERALS + "啊呢吧呀吗嘛哦请有"
"""Characters that say nothing about a term when they stand at its edge or make the only difference."""


@dataclass(frozen=True)
class Cluster:
    """Places of one sound by their spelling.

    ``same`` is the share of equal characters, ``distance`` the mean distance of a syllable, ``best`` and ``worst`` say
    how ill the spellings read, ``cut`` how many words their borders cut through.
    """

    places: dict[str, tuple[Span, ...]]
    same: float
    distance: float
    best: float
    worst: float
    cut: int = 0

    @property
    def count(self) -> int:
        """How many places there are."""
        return sum(map(len, self.places.values()))

    @property
    def score(self) -> float:
        """How much speaks for one unknown term: ill reading, often, alike in spelling and sound, whole words around."""
        return self.best + self.worst + 2 * log2(self.count) + 6 * self.same - 20 * self.distance - 6 * self.cut


def find_clusters(reading: Reading, model: LanguageModel | None) -> Iterator[Proposal]:
    """The clusters of a text, the likeliest first, none over another."""
    found = [cluster for group in _groups(reading) for cluster in _clusters(reading, group, model)]
    taken: set[int] = set()
    for cluster in sorted(found, key=lambda one: -one.score):
        places = _grown(reading, sorted(span for spans in cluster.places.values() for span in spans), model)
        covered = {place for span in places for place in range(*span)}
        if cluster.score > 0 and 3 * len(covered & taken) <= len(covered):
            taken |= covered
            yield _proposal(reading, cluster, places)


def _groups(reading: Reading) -> Iterable[set[Span]]:
    """Stretches that may sound alike: of one rough sound throughout, or but for one character in the middle."""
    rough = rough_sounds()
    sounds = [rough[number] for number in reading.sounds.tolist()]
    groups: dict[tuple[int, ...], set[Span]] = defaultdict(set)
    for start in range(len(sounds)):
        for length in range(SHORTEST, LONGEST + 1):
            key = tuple(sounds[start : start + length])
            if len(key) < length or 0 in key:
                break
            for variant in _keys(key, reading.text[start : start + length]):
                groups[variant].add((start, start + length))
    return (group for group in groups.values() if len(group) > 1)


def _keys(key: tuple[int, ...], text: str) -> Iterator[tuple[int, ...]]:
    """The sounds that a stretch is found by: its own, with any one in the middle passed over, and without a 的."""
    yield key
    for place in range(1, len(key) - 1):
        if len(key) >= LONG:
            yield (*key[:place], 0, *key[place + 1 :])
        if len(key) > LONG and text[place] == "的":
            yield (*key[:place], *key[place + 1 :])


def rough_sounds() -> list[int]:
    """For each syllable the first that it is easily taken for, so that what sounds nearly alike has one number."""
    table = costs()
    rough = [0]
    for number in range(1, len(table)):
        near = [other for other in range(1, number) if rough[other] == other and table[number, other] <= NEAR]
        rough.append(near[0] if near else number)
    return rough


def _clusters(reading: Reading, group: set[Span], model: LanguageModel | None) -> Iterator[Cluster]:
    """The cluster that a group of stretches makes, if it is one."""
    places: dict[str, list[Span]] = defaultdict(list)
    for span in sorted(group):
        places[reading.text[slice(*span)]].append(span)
    if len(places) < 2 or len(places) > 12:
        return
    odd = {text: median(reading.oddness(*span) for span in spans) for text, spans in places.items()}
    kept = {
        text: tuple(spans)
        for text, spans in places.items()
        if odd[text] >= ODD and not soft(text, model) and not (len(text) < LONG and made_of_words(text, model))
    }
    if len(kept) < 2 or max(odd[text] for text in kept) < ODDEST:
        return
    if all(made_of_words(text, model) for text in kept):
        return
    texts = sorted(kept, key=lambda text: -len(kept[text]))
    pairs = [(one, other) for place, one in enumerate(texts) for other in texts[:place]]
    if not all(_differ_by_sound(reading, kept[one][0], kept[other][0]) for one, other in pairs):
        return
    same = fmean(fmean(a == b for a, b in _side_by_side(one, other)) for one, other in pairs)
    distance = fmean(_distance(reading, kept[one][0], kept[other][0]) for one, other in pairs)
    cut = sum(cuts(reading, *spans[0], model) for spans in kept.values())
    values = [odd[text] for text in kept]
    yield Cluster(kept, same, distance, min(values), max(values), cut)


def _differ_by_sound(reading: Reading, one: Span, other: Span) -> bool:
    """Whether two stretches differ where they sound alike, and not in words like 了 and 呢 alone."""
    table = costs()
    pairs = [
        (reading.text[a], reading.text[b], float(table[reading.sounds[a], reading.sounds[b]]))
        for a, b in _aligned(reading, one, other)
    ]
    near = [(a, b) for a, b, cost in pairs if a != b and cost <= NEAR]
    if one[1] - one[0] != other[1] - other[0]:
        return all(a == b or cost <= NEAR for a, b, cost in pairs)
    return bool(near) and not all(a in SOFT and b in SOFT for a, b in near if not (a + b).isascii())


def _distance(reading: Reading, one: Span, other: Span) -> float:
    table = costs()
    return fmean(min(float(table[reading.sounds[a], reading.sounds[b]]), FAR) for a, b in _aligned(reading, one, other))


def _aligned(reading: Reading, one: Span, other: Span) -> Iterator[tuple[int, int]]:
    """The places that belong together; of two stretches of which one has a 的 more, without that."""
    longer, shorter = (one, other) if one[1] - one[0] > other[1] - other[0] else (other, one)
    places = list(range(*longer))
    if longer[1] - longer[0] > shorter[1] - shorter[0]:
        places.remove(longer[0] + reading.text[slice(*longer)].index("的", 1))
    return zip(places, range(*shorter), strict=True)


def _side_by_side(one: str, other: str) -> Iterator[tuple[str, str]]:
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    shown = longer if len(one) == len(other) else longer[0] + longer[1:].replace("的", "", 1)
    return zip(shown, shorter, strict=True)


def soft(text: str, model: LanguageModel | None) -> bool:
    """Whether a stretch begins or ends with a word that belongs to the sentence, or is hardly anything else."""
    if text[0] in PARTICLES:
        return True
    ends_a_word = model is not None and model.number(text[-2:]) != UNKNOWN
    return (text[-1] in SOFT and not ends_a_word) or sum(char in SOFT for char in text) > len(text) / 2


def made_of_words(text: str, model: LanguageModel | None) -> bool:
    """Whether a stretch is words of the language one after another, of two characters and more each."""
    if model is None:
        return False
    reached = {0}
    for end in range(2, len(text) + 1):
        if any(
            start in reached and model.number(text[start:end]) != UNKNOWN for start in range(max(end - 5, 0), end - 1)
        ):
            reached.add(end)
    return len(text) in reached


def cuts(reading: Reading, start: int, end: int, model: LanguageModel | None) -> int:
    """How many words the borders of a stretch cut: words of the language, and pairs that always come together."""
    text = reading.text
    seams = [text[edge - 1 : edge + 1] for edge in (start, end) if 0 < edge < len(text)]
    return sum(
        (model is not None and model.number(pair) != UNKNOWN)
        or reading.pairs[pair] >= max(ALWAYS, 0.6 * min(reading.signs[pair[0]], reading.signs[pair[1]]))
        for pair in seams
    )


def _grown(reading: Reading, places: list[Span], model: LanguageModel | None) -> list[Span]:
    """The places with what stands before and behind all of them alike, as far as no word is cut."""
    before = _common(reading, [range(start - 1, start - 1 - GROWTH, -1) for start, _ in places])
    behind = _common(reading, [range(end, end + GROWTH) for _, end in places])

    def worth(step: tuple[int, int]) -> tuple[int, int]:
        cut = sum(cuts(reading, start - step[0], end + step[1], model) for start, end in places)
        return cut, -sum(step)

    left, right = min(((left, right) for left in range(before + 1) for right in range(behind + 1)), key=worth)
    return [(start - left, end + right) for start, end in places]


def _common(reading: Reading, ways: list[range]) -> int:
    """How far all ways go over the same characters, none of them one that belongs to the sentence."""
    for far, edges in enumerate(zip(*ways, strict=True)):
        inside = all(0 <= edge < len(reading.text) and reading.sounds[edge] for edge in edges)
        signs = {reading.text[edge] for edge in edges} if inside else set()
        if len(signs) != 1 or signs & set(PARTICLES):
            return far
    return GROWTH


def _proposal(reading: Reading, cluster: Cluster, places: list[Span]) -> Proposal:
    found: dict[str, list[Span]] = defaultdict(list)
    for span in places:
        found[reading.text[slice(*span)]].append(span)
    spellings = [reading.text[slice(*span)] for span in places]
    ill = {text: median(reading.oddness(*span) for span in spans) for text, spans in found.items()}
    best = max(found, key=lambda text: (len(found[text]), -ill[text]))
    examples = tuple(example(reading.text, *spans[0]) for spans in found.values())
    return Proposal(best, tally(spellings), "sound", round(cluster.score, 2), round(cluster.distance, 3), examples)
