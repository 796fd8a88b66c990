"""What a run is worth: mistakes repaired, sentences right, alterations that nobody needed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from benchmarks.correctors.values import Answer, Line, Lines, Run, Track

DIGITS = dict(zip("零〇一二三四五六七八九幺两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2), strict=True))
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = re.compile(f"[{''.join(DIGITS)}{''.join(UNITS)}]+")

BRIDGE = 1
"""Two altered stretches with so many characters between them are one alteration."""


@dataclass(frozen=True)
class Alteration:
    """A stretch of a line and what a tool wrote there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Score:
    """Counts over the lines that a tool came to.

    ``groups`` count mistakes, and those repaired, by kind and by the length of their term.
    """

    mistakes: int = 0
    repaired: int = 0
    lines: int = 0
    whole: int = 0
    chars: int = 0
    false: int = 0
    groups: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def recall(self) -> float | None:
        """The share of mistakes after which the right term stands, in percent."""
        return 100 * self.repaired / self.mistakes if self.mistakes else None

    @property
    def sentences(self) -> float | None:
        """The share of lines with mistakes that came out right altogether, punctuation aside, in percent."""
        return 100 * self.whole / self.lines if self.lines else None

    @property
    def false_rate(self) -> float:
        """Alterations for the worse in 10,000 characters."""
        return 10_000 * self.false / max(self.chars, 1)


def score(run: Run, track: Track) -> Score:
    """The score of a run; harm is counted on the clean documents, where a track has none on the others."""
    spoilt = [(line, text) for line, text in _pairs(run.spoilt, track.spoilt) if line.mistakes]
    results = [
        (mistake, repaired)
        for line, text in spoilt
        for mistake, repaired in zip(line.mistakes, repairs(line, text), strict=True)
    ]
    watched = list(_pairs(run.clean, track.clean) if track.clean else _pairs(run.spoilt, track.spoilt))
    groups: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for mistake, repaired in results:
        for name in (mistake.kind, group_of(len(mistake.right))):
            groups[name] += 1
            right[name] += repaired
    return Score(
        mistakes=len(results),
        repaired=sum(repaired for _, repaired in results),
        lines=len(spoilt),
        whole=sum(bare(text) == bare(mended(line)) for line, text in spoilt),
        chars=sum(len(line.heard) for line, _ in watched),
        false=sum(1 for line, text in watched for _ in harms(line, text)),
        groups={name: (right[name], count) for name, count in groups.items()},
    )


def group_of(length: int) -> str:
    """How terms of a length are called in tables.

    >>> group_of(4)
    '4 chars'
    """
    return f"{length} chars"


def mended(line: Line) -> str:
    """The line as it was heard with every mistake mended."""
    parts, position = [], 0
    for mistake in line.mistakes:
        parts += [line.heard[position : mistake.start], mistake.right]
        position = mistake.end
    return "".join([*parts, line.heard[position:]])


def repairs(line: Line, text: str) -> list[bool]:
    """For each mistake whether the right term stands in ``text`` in its place.

    >>> from benchmarks.correctors.values import Mistake
    >>> mistakes = (Mistake(0, 4, "具身智能"), Mistake(5, 10, "人形机器人"))
    >>> repairs(Line("聚生智能和人心机器人", "具身智能和人形机器人", mistakes), "具身智能和人心机器人")
    [True, False]
    """
    right = mended(line)
    equal = [block for block in Levenshtein.opcodes(right, text) if block.tag == "equal"]
    shift = 0
    found = []
    for mistake in line.mistakes:
        start = mistake.start + shift
        end = start + len(mistake.right)
        found.append(any(block.src_start <= start and end <= block.src_end for block in equal))
        shift += len(mistake.right) - (mistake.end - mistake.start)
    return found


def alterations(heard: str, text: str) -> Iterator[Alteration]:
    """The stretches that differ.

    >>> list(alterations("在外壳大会上", "在WAIC大会里"))
    [Alteration(start=1, end=3, text='WAIC'), Alteration(start=5, end=6, text='里')]
    """
    if heard == text:
        return
    stretch: list[int] | None = None
    for block in Levenshtein.opcodes(heard, text):
        if block.tag == "equal":
            continue
        if stretch and block.src_start - stretch[1] <= BRIDGE:
            stretch[1], stretch[3] = block.src_end, block.dest_end
            continue
        if stretch:
            yield Alteration(stretch[0], stretch[1], text[stretch[2] : stretch[3]])
        stretch = [block.src_start, block.src_end, block.dest_start, block.dest_end]
    if stretch:
        yield Alteration(stretch[0], stretch[1], text[stretch[2] : stretch[3]])


def harms(line: Line, text: str) -> Iterator[Alteration]:
    """The alterations each of which, by itself, brings the line no nearer to what is right."""
    changed = list(alterations(line.heard, text))
    if line.heard == line.right:
        yield from changed
        return
    right = bare(line.right)
    before = Levenshtein.distance(bare(line.heard), right) if changed else 0
    for one in changed:
        after = bare(line.heard[: one.start] + one.text + line.heard[one.end :])
        if Levenshtein.distance(after, right) >= before:
            yield one


def bare(text: str) -> str:
    """A text without punctuation and spaces, and with numbers in digits: recognisers spell these as they like.

    >>> bare("十八号道岔，ＯＫ。"), bare("四八六幺五次")
    ('18号道岔OK', '48615次')
    """
    plain = "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())
    return NUMERAL.sub(lambda found: in_digits(found[0]), plain)


def in_digits(numeral: str) -> str:
    """A Chinese numeral up to 9999 in digits, or figures read out singly.

    >>> [in_digits(text) for text in ("三百零五", "二零二四", "十", "百")]
    ['305', '2024', '10', '100']
    """
    if not any(char in UNITS for char in numeral):
        return "".join(str(DIGITS[char]) for char in numeral)
    total, last = 0, None
    for char in numeral:
        if char in UNITS:
            total += (1 if last is None else last) * UNITS[char]
            last = None
        else:
            last = DIGITS[char] or None
    return str(total + (last or 0))


def _pairs(answers: Iterable[Answer], documents: Sequence[Lines]) -> Iterator[tuple[Line, str]]:
    for answer in answers:
        yield documents[answer.document][answer.line], answer.text
