"""What tests of whole jobs share: a folder with a recording and a transcript, and jobs done in it."""

from __future__ import annotations

from pathlib import Path

import pytest
import speaker

from toolkit.lexicon import Lexicon, Term
from toolkit.pipeline import Result, plan_job, run_job
from toolkit.profile import Profile, with_values

LEXICON = Lexicon.of(["具身智能", Term("生成式人工智能", weight=2)])


def set_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay a recording and a transcript into the folder, make it the current one, and let the talk be held in peace."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(speaker, "trouble", [speaker.at_peace])
    monkeypatch.setattr(speaker, "hints", [])
    Path("talk.mp4").write_bytes(b"a recording")
    Path("notes.txt").write_text("聚生智能的崛起\n\n元宇宙\n", encoding="utf-8")


def profile(**options: object) -> Profile:
    """Options under which the talk is heard."""
    return with_values(Profile(), {"recogniser": "speaker:load", "builtin_lexicons": False, **options})


def run(source: str = "talk.mp4", out: str | None = None, lexicon: Lexicon = LEXICON, **options: object) -> Result:
    """A job done from beginning to end."""
    return run_job(plan_job(Path(source), profile(**options), out=out), lexicon=lexicon)


def files() -> list[str]:
    """The names of all files in the folder, but for hidden ones."""
    return sorted(path.as_posix() for path in Path().rglob("*.*") if path.is_file())


def contents() -> dict[str, bytes]:
    """What is in them."""
    return {name: Path(name).read_bytes() for name in files()}
