"""How many cues `zimu bilingual` pairs right, on generated pairs of files of which that is known."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.bilingual.pairs import make_pair, share_right
from toolkit.bilingual import pair

NEEDED = 0.98
"""The share of cues that must be paired right."""


def main() -> int:
    """Measure, print, and say whether enough is right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=200, help="how many pairs of files")
    parser.add_argument("--sentences", type=int, default=120, help="how long each talk is")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    given = parser.parse_args()
    right = cues = 0
    worst: list[tuple[float, int]] = []
    began = perf_counter()
    for seed in range(given.pairs):
        made = make_pair(seed, given.sentences)
        found = [(match.one, match.other) for match in pair(made.chinese, made.english).matches]
        one, all_of_them = share_right(made, found)
        right, cues = right + one, cues + all_of_them
        worst.append((one / all_of_them, seed))
    each = 1000 * (perf_counter() - began) / given.pairs
    print(f"{given.pairs} pairs, {cues} cues: {right / cues:.2%} paired right, {each:.0f} ms a pair")
    print("the worst: " + ", ".join(f"{share:.1%} (seed {seed})" for share, seed in sorted(worst)[:5]))
    if given.json:
        found = {"pairs": given.pairs, "sentences": given.sentences, "cues": cues, "right": right}
        found |= {"worst_share": min(worst)[0], "milliseconds_a_pair": each}
        given.json.write_text(json.dumps(found), encoding="utf-8")
    return 0 if right >= NEEDED * cues else 1


if __name__ == "__main__":
    sys.exit(main())
