"""Draw the log of a training: every part of the loss over the hours.

    python models/recipes/plot.py FOLDER

Writes ``FOLDER/log.png``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from matplotlib import pyplot

PARTS = ("text", "syllables", "right", "guide", "phonemes", "tones")


def main() -> None:
    """A panel for each part."""
    folder = Path(sys.argv[1])
    entries = [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    hours = [entry["seconds"] / 3600 for entry in entries]
    figure, panels = pyplot.subplots(2, 3, figsize=(12, 6), sharex=True, layout="constrained")
    for part, panel in zip(PARTS, panels.flat, strict=True):
        panel.plot(hours, [entry.get(part) for entry in entries], linewidth=1)
        panel.set_title(part)
        panel.grid(alpha=0.3)
    for panel in panels[1]:
        panel.set_xlabel("hours")
    figure.savefig(folder / "log.png", dpi=120)
    print(folder / "log.png")


if __name__ == "__main__":
    main()
