"""Correct a transcript: read it, repair what was misheard, look at every edit, undo one, write subtitles.

python examples/correct_a_transcript.py [FOLDER]
"""

import sys
from pathlib import Path

import toolkit
from toolkit.edits import changes, decide

HERE = Path(__file__).parent


def main(folder: Path) -> None:
    """Write corrected subtitles to ``folder``."""
    heard = toolkit.read(HERE / "evening.srt")
    corrected = toolkit.correct_transcript(heard, lexicon=toolkit.load_lexicon(["waic2024"]))
    for change in changes(corrected):
        print(change.number, change.edit.as_text(), change.edit.rule, dict(change.edit.evidence))

    kept = decide(corrected, [1], applied=False)
    print("as heard again:", kept.cues[2].text)

    toolkit.write(corrected, folder / "evening.corrected.srt")
    toolkit.write(corrected, folder / "evening.corrected.jsonl")
    print("written to", folder)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
