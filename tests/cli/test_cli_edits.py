"""`zimu edits`: numbers mean what the list says, and a wrong one changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli.changes import list_changes, tally
from toolkit.cli.edits import numbers_of
from toolkit.cli.width import width
from toolkit.cues import Cue, Edit, Transcript
from toolkit.errors import UsageError
from toolkit.formats import read, write

Zimu = Callable[..., Any]

TALK = Transcript(
    "talk.mp4",
    (
        Cue(0, 2000, "聚生智能", edits=(Edit(0, 2, "聚生", "具身", rule="sound", score=0.98),)),
        Cue(2000, 3_700_000, "外壳在二", edits=(Edit(0, 2, "外壳", "WAIC", rule="alias", applied=False, score=0.4),)),
        Cue(3_700_000, 3_701_000, "上海聚", edits=(Edit(2, 3, "聚", "具", rule="sound", joins_next=True),)),
        Cue(3_701_000, 3_702_000, "身智能", edits=(Edit(0, 1, "身", "身", rule="sound", joins_previous=True),)),
        Cue(3_702_000, 3_703_000, "GM", edits=(Edit(0, 2, "GM", "GLM", rule="latin", applied=False, decided=True),)),
    ),
)
"""An edit, a suggestion, an edit over a seam, and one that a person undid."""


@pytest.fixture
def kept(room: Path) -> Path:
    write(TALK, room / "talk.edits.jsonl")
    return Path("talk.edits.jsonl")


def texts(path: Path) -> list[str]:
    return [cue.text for cue in read(path).cues]


def test_the_list_in_columns(zimu: Zimu, kept: Path) -> None:
    done = zimu("edits", str(kept))
    assert done.out.splitlines() == [
        "2 changed:",
        "  1     0:00  聚生 → 具身  sound  0.98  [聚生]智能/外壳在二",
        "  3  1:01:40  聚身 → 具身  sound  1.00  外壳在二/上海[聚身]智能/GM",
        "",
        "1 suggested, not changed:",
        "  2     0:02  外壳 → WAIC  alias  0.40  聚生智能/[外壳]在二/上海聚",
        "",
        "1 undone:",
        "  4  1:01:42  GM → GLM     latin  1.00  身智能/[GM]",
    ]


def test_columns_stand_below_each_other_and_fit() -> None:
    edits = [
        ("聚生", "具身"),
        ("open eye", "OpenAI"),
        ("深层式人工智能大模型平台", "生成式人工智能大模型平台"),
        ("a\nb", ""),
    ]
    cues = [
        Cue(None, None, f"各位来宾{old}大家好" * 9, edits=(Edit(4, 4 + len(old), old, new, rule="x"),))
        for old, new in edits
    ]
    lines = list_changes(Transcript("a.txt", tuple(cues)), explain=True)
    rows = [line for line in lines if "1.00" in line]
    assert len(rows) == len(edits)
    assert len({width(row[: row.index("1.00")]) for row in rows}) == 1
    assert max(map(width, lines)) <= 80


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_a_text_is_listed_by_its_lines(zimu: Zimu, room: Path, ending: str) -> None:
    (room / f"talk.{ending}").write_text("# 题目\n\n你好。\n\n\n聚生智能。\n", encoding="utf-8")
    done = zimu("correct", f"talk.{ending}", "--lexicon", "terms.toml", "--no-builtin-lexicons", "--dry-run")
    assert "  line 6  聚生智能 → 具身智能" in done.out


@pytest.mark.parametrize(
    ("words", "undo", "numbers"),
    [
        (["3"], True, (3,)),
        (["1", "3-4"], True, (1, 3, 4)),
        (["1,3-4", "1"], True, (1, 3, 4)),
        (["all"], True, (1, 3)),
        (["all"], False, (2, 4)),
    ],
)
def test_numbers(words: list[str], undo: bool, numbers: tuple[int, ...]) -> None:
    assert numbers_of(words, TALK, undo=undo, path=Path("x")) == numbers


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["5"], "no edit 5; it has 1 to 4"),
        (["0-9"], "no edit 0, 9"),
        (["1-999999999"], "no edit 999999999"),
        (["4-2"], "'4-2' runs backwards"),
        (["two"], "'two' is no number of an edit"),
        (["-1"], "'-1' is no number of an edit"),
    ],
)
def test_numbers_that_are_none(words: list[str], problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        numbers_of(words, TALK, undo=True, path=Path("x"))


def test_undo_and_accept(zimu: Zimu, kept: Path) -> None:
    assert zimu("edits", str(kept), "undo", "1", "3").code == 0
    assert texts(kept) == ["聚生智能", "外壳在二", "上海聚", "身智能", "GM"]
    assert zimu("edits", str(kept), "accept", "2,3").code == 0
    assert texts(kept) == ["聚生智能", "WAIC在二", "上海具", "身智能", "GM"]
    assert tally(read(kept)) == (2, 0)


def test_an_unknown_number_changes_nothing(zimu: Zimu, kept: Path) -> None:
    before = kept.read_bytes()
    done = zimu("edits", str(kept), "undo", "1", "17")
    assert (done.code, kept.read_bytes()) == (2, before)
    assert done.err == "zimu: talk.edits.jsonl: no edit 17; it has 1 to 4; nothing was changed\n"


def test_an_output_of_no_format_changes_nothing(zimu: Zimu, kept: Path) -> None:
    before = kept.read_bytes()
    assert zimu("edits", str(kept), "undo", "1", "-o", "talk.docx").code == 3
    assert zimu("edits", str(kept), "undo", "1", "-o", "folder").code == 2
    assert kept.read_bytes() == before


def test_subtitles_are_written_too(zimu: Zimu, room: Path, kept: Path) -> None:
    done = zimu("edits", str(kept), "accept", "2", "-o", "talk.srt")
    assert "WAIC在二" in (room / "talk.srt").read_text(encoding="utf-8")
    assert done.err == "zimu: 3 edits in effect, 0 suggestions; written to talk.edits.jsonl, talk.srt\n"


def test_json_lists_the_edits(zimu: Zimu, kept: Path) -> None:
    document = zimu("edits", str(kept), "undo", "1", "--json").json
    assert document["written"] == ["talk.edits.jsonl"]
    assert [(edit["number"], edit["applied"], edit["decided"]) for edit in document["edits"]] == [
        (1, False, True),
        (2, False, False),
        (3, True, False),
        (4, False, True),
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["talk.srt"], 3, "this format keeps no edits; they are in talk.edits.jsonl: zimu edits talk.edits.jsonl"),
        (["terms.srt"], 3, "zimu correct terms.srt --edits terms.edits.jsonl keeps them"),
        (["gone.edits.jsonl"], 3, "no such file; did you mean 'talk.edits.jsonl'?"),
        (["talk.edits.jsonl", "remove", "1"], 2, "edits can be list, undo, accept; not 'remove'"),
        (["talk.edits.jsonl", "undo"], 2, "no numbers of edits to undo"),
        (["talk.edits.jsonl", "list", "3"], 2, "'list' takes no numbers"),
        ([], 2, "no file with edits; for example: zimu edits talk.edits.jsonl"),
    ],
)
def test_what_is_refused(arguments: list[str], code: int, problem: str, zimu: Zimu, room: Path, kept: Path) -> None:
    (room / "terms.srt").write_bytes((room / "talk.srt").read_bytes())
    done = zimu("edits", *arguments)
    assert (done.code, done.out) == (code, "")
    assert problem in done.err
