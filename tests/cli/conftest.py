"""An empty folder to work in, a subtitle file with an error in it, and the program as a function."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli import main

SRT = """1
00:00:01,000 --> 00:00:03,000
聚生智能的崛起

2
00:00:03,500 --> 00:00:06,000
人形机器人，聚生智能的载体
"""

LEXICON = """
[[term]]
text = "具身智能"
aliases = ["聚生智能"]
"""


@dataclass(frozen=True)
class Done:
    """What a call of the program came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document that it is."""
        return json.loads(self.out)


Zimu = Callable[..., Done]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: empty but for a subtitle file and a lexicon; nobody's own options are read."""
    (tmp_path / "talk.srt").write_text(SRT, encoding="utf-8")
    (tmp_path / "terms.toml").write_text(LEXICON, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("toolkit.cli.config.user_file", lambda: tmp_path / "home" / "zimu.toml")
    return tmp_path


@pytest.fixture
def zimu(room: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Zimu:
    """Call the program in that folder, in this process."""

    def call(*arguments: str) -> Done:
        capfdbinary.readouterr()
        code = main(arguments)
        out, err = capfdbinary.readouterr()
        return Done(code, out.decode("utf-8"), err.decode("utf-8"))

    return call
