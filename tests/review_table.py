"""What tests of the review page share: a talk with edits, a desk with it, and a client that may ask."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from toolkit.cues import Cue, Edit, Transcript, Word
from toolkit.formats import write
from toolkit.review.desk import Desk
from toolkit.review.store import open_table

TOKEN, PORT = "token-of-the-tests", 8765
HOME = f"http://127.0.0.1:{PORT}/{TOKEN}"


def edit(cue: Cue, before: str, after: str, **values: object) -> Cue:
    """The cue with one more edit of a stretch of what was heard."""
    start = cue.heard.index(before)
    made = Edit(start, start + len(before), before, after, **{"rule": "sound", **values})  # type: ignore[arg-type]
    return replace(cue, edits=(*cue.edits, made))


def talk() -> Transcript:
    """Six cues: a sure edit, an unsure one, a suggestion, an edit over a seam, and words that were not well heard."""
    evidence = (("heard", "wai ke"), ("term", "wai ke"))
    return Transcript(
        "talk.mp4",
        (
            edit(Cue(0, 2000, "在外壳的舞台上"), "外壳", "WAIC", rule="alias", evidence=evidence),
            edit(Cue(2000, 4000, "聚生智能的展区"), "聚生智能", "具身智能", score=0.7),
            edit(Cue(4000, 6000, "叠衣服的福迪最忙"), "福迪", "Foldy", score=0.4, applied=False),
            replace(
                edit(Cue(6000, 8000, "来自千山"), "千山", "浅山"), edits=(_half(2, "千山", "浅山", joins_next=True),)
            ),
            replace(Cue(8000, 10000, "实验室的福迪"), edits=(_half(0, "实验室", "实验所", joins_previous=True),)),
            Cue(10000, 12000, "谢谢大家", words=(Word("谢谢", 10000, 11000, 0.2), Word("大家", 11000, 12000, 0.3))),
        ),
        language="zh",
    )


def _half(start: int, before: str, after: str, **joins: bool) -> Edit:
    return Edit(start, start + len(before), before, after, "alias", **joins)  # type: ignore[arg-type]


def lay_out(folder: Path, transcript: Transcript | None = None) -> Path:
    """A record in a folder."""
    record = folder / "talk.edits.jsonl"
    write(transcript or talk(), record)
    return record


def desk_of(record: Path) -> Desk:
    """A desk with what is in the record."""
    return Desk.of(open_table(record))


def step(desk: Desk, index: int, do: str, **values: object) -> dict[str, object]:
    """A step on a cue as it is now."""
    entry = desk.entries[index]
    return {"do": do, "id": entry.id, "v": entry.version, **values}
