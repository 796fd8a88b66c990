"""`zimu evaluate`: figures, lines side by side, and gates with an exit code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli.aligned import aligned
from toolkit.cli.width import width

Zimu = Callable[..., Any]

RIGHT = "具身智能的崛起，\n人形机器人。\n今天是2024年\n"
HEARD = "聚生智能的崛起\n人形机器人\n今天是二零二四年\n"


@pytest.fixture
def files(room: Path) -> Path:
    for name, text in (("right", RIGHT), ("heard", HEARD), ("fixed", HEARD.replace("聚生", "具身"))):
        (room / f"{name}.txt").write_text(text, encoding="utf-8")
        (room / name).mkdir()
        (room / name / "talk.txt").write_text(text, encoding="utf-8")
    return room


def test_figures_in_columns_and_what_was_passed_over(zimu: Zimu, files: Path) -> None:
    done = zimu("evaluate", "right.txt", "heard.txt", "--lexicon", "terms.toml", "--no-builtin-lexicons")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].split() == ["character", "error", "rate", "10.00", "%", "0.00", "to", "28.57", "2", "of", "20"]
    assert "具身智能       1      0        0" in lines
    assert lines[-1].startswith("compared: 3 lines; full-width letters as half-width")


def test_a_correction_is_judged_from_folders_and_from_its_record(zimu: Zimu, files: Path) -> None:
    done = zimu("evaluate", "right", "fixed", "--before", "heard", "--json", "--lexicon", "terms.toml")
    figures = done.json["figures"]
    assert (figures["cer"]["value"], figures["cer_before"]["value"]) == (0, 0.1)
    assert (figures["term_recall"]["value"], figures["false_alterations"]["value"]) == (1, 0)
    zimu("correct", "heard.txt", "--lexicon", "terms.toml", "--edits", "heard.edits.jsonl", "-o", "out.txt")
    done = zimu("evaluate", "right.txt", "heard.edits.jsonl", "--json", "--lexicon", "terms.toml")
    assert done.json["figures"]["cer_before"]["value"] == 0.1


@pytest.mark.parametrize(
    ("flags", "code", "said"),
    [
        (["--max-cer", "10"], 0, ""),
        (["--max-cer", "9.9%"], 1, "zimu: --max-cer 9.9: it is 10.00\n"),
        (["--min-term-recall", "50", "--lexicon", "terms.toml"], 1, "zimu: --min-term-recall 50: it is 0.00\n"),
        (["--min-term-recall", "50"], 1, "zimu: --min-term-recall 50: there is nothing to measure it by\n"),
        (["--max-cer", "low"], 2, "zimu: --max-cer takes a percentage, not 'low'; --max-cer 5\n"),
    ],
)
def test_gates(zimu: Zimu, files: Path, flags: list[str], code: int, said: str) -> None:
    done = zimu("evaluate", "right.txt", "heard.txt", "--no-builtin-lexicons", *flags)
    assert (done.code, done.err) == (code, said)


def test_a_gate_that_does_not_hold_is_in_the_document(zimu: Zimu, files: Path) -> None:
    done = zimu("evaluate", "right.txt", "heard.txt", "--max-cer", "1", "--json")
    assert (done.code, done.json["ok"], done.json["failed"]) == (1, False, ["--max-cer 1: it is 10.00"])


def test_kept_differences_count(zimu: Zimu, files: Path) -> None:
    done = zimu("evaluate", "right.txt", "fixed.txt", "--keep", "numbers,punctuation", "--json")
    assert done.json["figures"]["cer"]["part"] == 6
    assert zimu("evaluate", "right.txt", "fixed.txt", "--keep", "marks").code == 2


def test_lines_that_differ_are_shown(zimu: Zimu, files: Path) -> None:
    done = zimu("evaluate", "right.txt", "heard.txt", "--show")
    assert done.out.splitlines()[:5] == ["line 1", "ref  具身智能的崛起", "hyp  聚生智能的崛起", "     SSSS", ""]


def test_columns_line_up_in_chinese() -> None:
    right, wrong, marks = aligned(("用", "openai", "的", "具", "身"), ("用", "x", "的", "聚", "身"))
    assert width(right[: right.index("的")]) == width(wrong[: wrong.index("的")])
    assert marks.rstrip().endswith("SS")
    assert width(right[: right.index("具")]) == len(marks.rstrip()) - 2


def test_long_lines_are_shown_in_pieces_and_only_where_they_differ() -> None:
    tokens = tuple("具身智能" * 30)
    shown = aligned(tokens, (*tokens[:-1], "呢"))
    assert len(shown) == 3
    assert max(map(width, shown)) <= 72


@pytest.mark.parametrize(
    ("inputs", "code", "said"),
    [
        (["right.txt"], 2, "two inputs are compared, not 1"),
        (["right", "heard.txt"], 3, "a file, and right is a folder"),
        (["right.txt", "missing.txt"], 3, "no such file"),
        ([], 2, "no reference and no transcript to compare with it"),
    ],
)
def test_what_cannot_be_compared(zimu: Zimu, files: Path, inputs: list[str], code: int, said: str) -> None:
    done = zimu("evaluate", *inputs)
    assert done.code == code
    assert said in done.err


def test_a_reference_without_its_like_is_named(zimu: Zimu, files: Path) -> None:
    (files / "right" / "other.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\n好\n", encoding="utf-8")
    done = zimu("evaluate", "right", "heard")
    assert (done.code, done.err) == (3, "zimu: heard: nothing for other.srt; names must begin alike\n")
    (files / "heard" / "other.a.txt").write_text("好\n", encoding="utf-8")
    assert zimu("evaluate", "right", "heard").code == 0
    (files / "heard" / "other.b.txt").write_text("好\n", encoding="utf-8")
    assert "could belong to other.a.txt, other.b.txt" in zimu("evaluate", "right", "heard").err
