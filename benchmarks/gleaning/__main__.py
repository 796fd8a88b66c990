"""How many terms are learned from corrected transcripts, and mined from one transcript without a lexicon.

    python -m benchmarks.gleaning [--json FILE]

Reads real transcripts that lie beside the project; without them it says so and measures nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.correctors.sentences import read_rows
from benchmarks.correctors.tracks import FRAGMENTS
from benchmarks.correctors.values import DATA
from toolkit.cues import Cue
from toolkit.formats import read
from toolkit.glean import Proposal, core_of, learn, mine

Pair = tuple[str, str]

FIRST = 20
"""So many proposals of the miner are looked at."""

SEED_TRUE = (
    {"聚生智能", "聚身智能", "聚深智能"}, {"以共商促共享", "义共商求共享"}, {"全手指挥", "全球智慧"},
    {"上海5GA方示范之城", "上海五届A方示范之城"}, {"人工智能家行动倡议", "人工智能家的行动倡议"},
    {"马克尼斯伯格", "mark nesburger"}, {"深层式人工智能"},
)  # fmt: skip
"""Spellings in the seed transcript, judged by hand, that stand for one term each.

They are 具身智能, 以共商促共享, 全球智慧, 5G-A, 人工智能+, Mark Nitzberg, 生成式人工智能.
"""


@dataclass(frozen=True)
class Material:
    """A transcript before and after its correction by hand, and the pairs that the correction holds.

    ``true`` are terms, ``unsure`` counts neither way. Everything else that is proposed is a mistake.
    """

    name: str
    before: str
    after: str
    true: frozenset[Pair]
    unsure: frozenset[Pair] = frozenset()


def talk() -> Material:
    """The talk about robots, corrected by hand; what the benchmark of correctors calls no term is none here either."""
    rows = [json.loads(line) for line in (DATA / "sentences/waic_P11.jsonl").read_text(encoding="utf-8").splitlines()]
    unsure = frozenset((wrong, right) for row in rows for wrong, right in row["unsure"])
    edits = frozenset((wrong, right) for row in rows for wrong, right in row["edits"])
    terms = frozenset(pair for pair in edits - unsure if pair[1] not in FRAGMENTS)
    return Material("P11", *_sides(rows), terms, unsure)


def episode() -> Material:
    """An episode heard by Whisper, with the names that were misheard mended by a list."""
    pairs = tuple(read_rows("episode-heard.txt"))
    before = "\n".join(cue.text for cue in read(DATA / "srt/ming_whisper_001.srt").cues)
    after = before
    for wrong, right in sorted(pairs, key=lambda pair: -len(pair[0])):
        after = after.replace(wrong, right)
    return Material("SRT", before, after, frozenset(pair for pair in pairs if pair[0] in before))


def railway() -> Material:
    """Reports heard by three recognisers. Only a part of what differs is listed, so that precision means little."""
    path = DATA / "sentences/railway_yunda_asr.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    with (DATA / "pairs/pairs_aligned_annotated.tsv").open(encoding="utf-8") as file:
        pairs = [row for row in csv.DictReader(file, delimiter="\t") if "yunda" in row["source"]]
    found = frozenset((row["error"], row["correct"]) for row in pairs if "homophone" in row["kind"])
    return Material("railway", *_sides(rows), found)


def proposed_pairs(proposals: Iterable[Proposal]) -> set[Pair]:
    """Every spelling with its term."""
    return {(spelling, one.text) for one in proposals for spelling, _ in one.variants if spelling != one.text}


def is_true(pair: Pair, true: Iterable[Pair]) -> bool:
    """Whether a proposed pair is one of the true ones, or a part of one.

    >>> is_true(("检速器", "减速器"), [("音检速器", "星减速器")]), is_true(("解要", "解药"), [("音检速器", "星减速器")])
    (True, False)
    """
    wrong, right = core_of(*pair)
    return any(
        (wrong, right) == core_of(*known) or (wrong in known[0] and right in known[1] and pair[1] in known[1])
        for known in true
    )


def is_recovered(pair: Pair, proposed: Sequence[Pair]) -> bool:
    """Whether a true pair was proposed, or follows from what was.

    >>> is_recovered(("音检速器", "星减速器"), [("检速器", "减速器"), ("音减", "星减")])
    True
    """
    if core_of(*pair) in {core_of(*one) for one in proposed}:
        return True
    text = pair[0]
    for wrong, right in sorted(proposed, key=lambda one: -len(one[0])):
        text = text.replace(wrong, right)
    return text == pair[1]


def measure_learning(material: Material) -> tuple[list[Pair], dict[str, Any]]:
    """Print recall and precision of learning; returns the pairs that are mistakes, and the figures."""
    proposals = learn(_cues(material.before), _cues(material.after))
    pairs = sorted(proposed_pairs(proposals))
    recovered = sum(is_recovered(pair, pairs) for pair in material.true)
    good = [pair for pair in pairs if is_true(pair, material.true)]
    false = [pair for pair in pairs if pair not in good and not is_true(pair, material.unsure)]
    precision = 100 * len(good) / max(len(good) + len(false), 1)
    recall = 100 * recovered / max(len(material.true), 1)
    proposed = len(good) + len(false)
    print(f"| {material.name} | {len(material.true)} | {recall:.1f} % | {proposed} | {precision:.1f} % |")
    counts = {"material": material.name, "true": len(material.true), "proposed": proposed}
    return false, {**counts, "recall": recall, "precision": precision}


def measure_mining() -> dict[str, Any]:
    """Print which clusters of the seed transcript are among the first proposals."""
    found = mine(read(DATA / "seed/transcript.txt").cues)[:FIRST]
    spelled = [{spelling for spelling, _ in one.variants} for one in found]
    places = [next((at for at, one in enumerate(spelled, start=1) if true <= one), 0) for true in SEED_TRUE]
    several = sum(1 for place, true in zip(places, SEED_TRUE, strict=True) if place and len(true) > 1)
    print(f"\nseed transcript, first {FIRST} proposals: {several} true clusters of several spellings,")
    print(f"{sum(map(bool, places)) - several} of one that comes again; at places {sorted(filter(None, places))}")
    return {"first": FIRST, "of_several_spellings": several, "places": sorted(filter(None, places))}


def main(arguments: Sequence[str] = ()) -> int:
    """Measure what there is material for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gleaning", description=__doc__.partition("\n")[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    options = parser.parse_args(arguments)
    found = measure() if DATA.is_dir() else {"missing": ["the real transcripts are not here"]}
    if "missing" in found:
        print(f"{found['missing'][0]}; nothing is measured")
    if options.json:
        options.json.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return 0


def measure() -> dict[str, Any]:
    """Learn and mine from all material, print what came of it."""
    print("| material | true pairs | recovered | proposed | of these true |\n|---|---|---|---|---|")
    learned = {material.name: measure_learning(material) for material in (talk(), episode(), railway())}
    for name in ("P11", "SRT"):
        false = "，".join(f"{wrong} → {right}" for wrong, right in learned[name][0])
        print(f"\n{name}, not true: {false or 'none'}")
    return {"rows": [figures for _, figures in learned.values()], "mined": measure_mining()}


def _sides(rows: Sequence[dict[str, str]]) -> tuple[str, str]:
    return "\n".join(row["wrong"] for row in rows), "\n".join(row["right"] for row in rows)


def _cues(text: str) -> list[Cue]:
    return [Cue(None, None, line) for line in text.splitlines()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
