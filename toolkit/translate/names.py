"""One spelling of a name across a whole translation: Open AI and OpenAI, Chienshan and Qianshan are one.

Names in English are runs of words with capitals. Two spellings are one name where only case, hyphens and spaces
differ, or where they are nearly alike and the cues share Chinese characters that sound like them. Names in Chinese are
those with a dot (山姆·奥特曼); two of them are one where both cues have the same English name and no other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from toolkit.translate.languages import is_chinese
from toolkit.translate.mend import pinyin_of
from toolkit.translate.words import skeleton

_WORD = r"[A-Z](?:[\w’']*\w)?(?:-[a-z]+)?"
_RUN = re.compile(rf"{_WORD}(?:[ -]{_WORD})*")
_FIRST = re.compile("^(?:The|An?|And|But|In|At|On|From|To|By|With|For|Of|Our|This|That|Mr|Ms|Dr|Professor) ")
_DOTTED = re.compile(r"[\u3400-\u9fff]+(?:[·•・][\u3400-\u9fff]+)+")
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_BEFORE = "和与及跟让由对给向从在把被是请还有而但以为叫像"
_BEHIND = "说的是在和也就都将会与了认为等则却曾把被对"
_LONGEST = 4
_SHORTEST = 5
_ALIKE = 0.7
_SOUNDS = 0.65
_PAIRS = 0.35
_MOST = 2000


@dataclass(frozen=True)
class Change:
    """A spelling that became another in the text at ``place``."""

    place: int
    before: str
    after: str


def one_spelling(
    sources: Sequence[str], texts: Sequence[str], target: str, known: Iterable[str] = ()
) -> tuple[list[str], list[Change]]:
    """The translations with one spelling for each name, and what was changed.

    The spelling that is ``known`` wins, then one that stands in the original, then the commonest, then the first.

    >>> one_spelling(["a", "b", "c"], ["Open AI is", "to OpenAI", "by OpenAI"], "en")[0]
    ['OpenAI is', 'to OpenAI', 'by OpenAI']
    """
    if is_chinese(target):
        better = _dotted(sources, texts)
    else:
        better = _written_apart(sources, texts, frozenset(known))
        better |= _nearly_alike(sources, [_replace(text, better)[0] for text in texts], frozenset(known))
    changed: list[Change] = []
    made: list[str] = []
    for place, text in enumerate(texts):
        new, pairs = _replace(text, better)
        made.append(new)
        changed += [Change(place, *pair) for pair in pairs]
    return made, changed


def _replace(text: str, better: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]]:
    pairs: list[tuple[str, str]] = []
    for before in sorted(better, key=len, reverse=True):
        edges = ("", "") if _HAN.match(before) else (r"(?<!\w)", r"(?!\w)")
        new = re.sub(edges[0] + re.escape(before) + edges[1], better[before].replace("\\", r"\\"), text)
        if new != text and before in text:
            pairs.append((before, better[before]))
            text = new
    return text, pairs


def _windows(text: str) -> Iterator[str]:
    """Names that may be meant: up to four words with capitals, one after another."""
    for run in _RUN.finditer(text):
        cuts = [0, *(each.end() for each in re.finditer("[ -]", run[0]))]
        ends = [*(each.start() for each in re.finditer("[ -]", run[0])), len(run[0])]
        for first in range(len(cuts)):
            for last in range(first, min(first + _LONGEST, len(ends))):
                yield run[0][cuts[first] : ends[last]]


def _written_apart(sources: Sequence[str], texts: Sequence[str], known: frozenset[str]) -> dict[str, str]:
    """Spellings that differ from a better one in case, hyphens or spaces alone."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for name in _windows(text):
            groups[skeleton(name)][name] += 1
    better: dict[str, str] = {}
    for letters, spellings in groups.items():
        if len(spellings) > 1 and len(letters) >= _SHORTEST:
            best = _best(spellings, sources, known)
            better |= {name: best for name in spellings if name != best}
    return better


def _nearly_alike(sources: Sequence[str], texts: Sequence[str], known: frozenset[str]) -> dict[str, str]:
    """Spellings that are nearly a better one where the Chinese of both cues sounds like them."""
    names: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for run in _RUN.finditer(text):
            names[_FIRST.sub("", run[0])].append(place)
    long = [name for name in names if len(skeleton(name)) >= _SHORTEST][:_MOST]
    better: dict[str, str] = {}
    for one, other in _alike(long, known):
        if one in better or other in better or skeleton(one) == skeleton(other):
            continue
        shared = _shared(sources, names[one], names[other])
        if any(_sounds(stretch, one) or _sounds(stretch, other) for stretch in shared):
            counted = Counter({one: len(names[one]), other: len(names[other])})
            best = _best(counted, sources, known)
            better[other if best == one else one] = best
    return better


def _alike(names: Sequence[str], known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names that are nearly spelled alike, their digits the same; two that are known are two names.

    Only names that share pairs of letters are compared.
    """
    letters = {name: skeleton(name) for name in names}
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        spelled = letters[name]
        digits = re.sub(r"\D", "", spelled)
        pairs = {(digits, spelled[index : index + 2]) for index in range(len(spelled) - 1)}
        shared = Counter(other for pair in pairs for other in holders[pair] if not {name, other} <= known)
        for other, count in shared.items():
            if count >= _PAIRS * len(pairs) and _like(letters[name], letters[other]):
                yield other, name
        for pair in pairs:
            holders[pair].append(name)


def _like(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 2:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _shared(sources: Sequence[str], ones: Sequence[int], others: Sequence[int]) -> set[str]:
    """Stretches of two to six Chinese characters that stand in cues of both kinds."""
    return _stretches(sources[place] for place in ones[:5]) & _stretches(sources[place] for place in others[:5])


def _stretches(texts: Iterable[str]) -> set[str]:
    runs = [run for text in texts for run in _HAN.findall(text)]
    return {
        run[start:end] for run in runs for start, end in combinations(range(len(run) + 1), 2) if 2 <= end - start <= 6
    }


def _sounds(stretch: str, name: str) -> bool:
    return SequenceMatcher(None, pinyin_of(stretch), skeleton(name), autojunk=False).ratio() >= _SOUNDS


def _best(spellings: Counter[str], sources: Sequence[str], known: frozenset[str]) -> str:
    def rank(name: str) -> tuple[bool, bool, int]:
        return name in known, any(name in source for source in sources), spellings[name]

    return max(spellings, key=rank)


def _dotted(sources: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    """Chinese spellings of one English name, each with the commonest."""
    groups: dict[str, list[str]] = defaultdict(list)
    for source, text in zip(sources, texts, strict=True):
        named = {skeleton(run[0]) for run in _RUN.finditer(source) if re.search("[ -]", run[0])}
        dotted = _DOTTED.findall(text)
        if len(named) == 1 and len(dotted) == 1:
            groups[named.pop()].append(dotted[0])
    better: dict[str, str] = {}
    for runs in groups.values():
        core = _core(runs)
        for run in runs:
            other = max(_cores(run), key=lambda name: (_likeness(name, core), -len(name)), default=core)
            if core not in run and _likeness(other, core) >= _ALIKE:
                better[other] = core
    return better


def _cores(run: str) -> Iterator[str]:
    """The names that a run of characters with a dot in it may hold: what stands before and behind may belong to it."""
    first, *middle, last = re.split("([·•・])", run)
    for start in range(len(first)):
        for end in range(1, len(last) + 1):
            if first[start] not in _BEFORE and last[end - 1] not in _BEHIND:
                yield "".join([first[start:], *middle, last[:end]])


def _core(runs: Sequence[str]) -> str:
    """The name in most of the runs, as long as it can be."""
    counted = Counter(name for run in runs for name in set(_cores(run)))
    return max(counted or [""], key=lambda name: counted[name] * len(name))


def _likeness(one: str, other: str) -> float:
    spelled = [re.sub("[·•・]", " ", name) for name in (one, other)]
    sounded = [" ".join(map(pinyin_of, name.split())) for name in spelled]
    return SequenceMatcher(None, sounded[0], sounded[1], autojunk=False).ratio()
