"""What a run is worth: mistakes repaired, sentences right, alterations that nobody needed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from benchmarks.correctors.values import Answer, Line, Lines, Run, Track
from toolkit.evaluate.alterations import Alteration, needless
from toolkit.evaluate.normal import NUMERAL, in_digits


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


def harms(line: Line, text: str) -> Iterator[Alteration]:
    """The alterations each of which, by itself, brings the line no nearer to what is right."""
    return needless(line.heard, text, line.right, plain=bare)


def bare(text: str) -> str:
    """A text without punctuation and spaces, and with numbers in digits: recognisers spell these as they like.

    >>> bare("十八号道岔，ＯＫ。"), bare("四八六幺五次")
    ('18号道岔OK', '48615次')
    """
    plain = "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())
    return NUMERAL.sub(lambda found: in_digits(found[0]), plain)


def _pairs(answers: Iterable[Answer], documents: Sequence[Lines]) -> Iterator[tuple[Line, str]]:
    for answer in answers:
        yield documents[answer.document][answer.line], answer.text
