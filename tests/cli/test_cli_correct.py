"""`zimu correct`: the format stays, the result goes where it was asked to go, every edit is shown."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli.width import width
from toolkit.formats import read

Zimu = Callable[..., Any]

OWN = ("--lexicon", "terms.toml", "--no-builtin-lexicons")


def test_one_input_goes_to_standard_output_in_its_format(zimu: Zimu, room: Path) -> None:
    done = zimu("correct", "talk.srt", *OWN)
    assert done.code == 0
    assert done.out == (room / "talk.srt").read_text(encoding="utf-8").replace("聚生", "具身")
    assert done.err == "zimu: talk.srt: 2 edits, 0 suggestions, to standard output; --explain lists them\n"


def test_quiet_says_nothing(zimu: Zimu) -> None:
    assert zimu("correct", "talk.srt", *OWN, "--quiet").err == ""


def test_the_file_named_is_written(zimu: Zimu, room: Path) -> None:
    done = zimu("correct", "talk.srt", *OWN, "-o", "deep/fixed.srt")
    assert (done.code, done.out) == (0, "")
    assert "具身智能的崛起" in (room / "deep" / "fixed.srt").read_text(encoding="utf-8")


def test_another_format_when_asked(zimu: Zimu, room: Path) -> None:
    assert zimu("correct", "talk.srt", *OWN, "-f", "vtt,txt", "-o", "out/").code == 0
    assert sorted(path.name for path in (room / "out").iterdir()) == ["talk.txt", "talk.vtt"]


def test_in_place_changes_the_file_itself(zimu: Zimu, room: Path) -> None:
    assert zimu("correct", "talk.srt", *OWN, "--in-place").code == 0
    assert "聚生" not in (room / "talk.srt").read_text(encoding="utf-8")


def test_a_text_keeps_its_lines(zimu: Zimu, room: Path) -> None:
    text = "# 闭幕式\n\n聚生智能的崛起。\n![](img/1.png)\n\n\n人形机器人，聚生智能。\n"
    (room / "talk.txt").write_text(text, encoding="utf-8")
    assert zimu("correct", "talk.txt", *OWN).out == text.replace("聚生", "具身")


def test_standard_input_is_read_and_its_format_guessed(zimu: Zimu, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (room / "talk.srt").read_text(encoding="utf-8").encode("gb18030")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    done = zimu("correct", "-", *OWN)
    assert done.out.startswith("1\n00:00:01,000 --> 00:00:03,000\n具身智能的崛起\n")
    assert "standard input: 2 edits" in done.err


def test_dry_run_writes_nothing_and_lists_on_standard_output(zimu: Zimu, room: Path) -> None:
    before = sorted(room.iterdir())
    done = zimu("correct", "talk.srt", *OWN, "--dry-run", "-o", "fixed.srt")
    assert re.sub(r"alias  [01]\.\d\d", "alias  …", done.out).splitlines() == [
        "2 changed:",
        "  1  0:01  聚生智能 → 具身智能  alias  …  [聚生智能]的崛起/人形机器人，聚生…",
        "  2  0:03  聚生智能 → 具身智能  alias  …  …崛起/人形机器人，[聚生智能]的载体",
    ]
    assert done.err == "zimu: talk.srt: 2 edits, 0 suggestions, nothing written\n"
    assert sorted(room.iterdir()) == before


def test_explain_lists_the_evidence_beside_the_result(zimu: Zimu) -> None:
    done = zimu("correct", "talk.srt", *OWN, "--explain")
    assert "具身智能的崛起" in done.out
    assert "known: listed as misheard for it" in done.err
    assert max(map(width, done.err.splitlines())) <= 80


def test_suggest_only_changes_nothing(zimu: Zimu, room: Path) -> None:
    done = zimu("correct", "talk.srt", *OWN, "--suggest-only", "--explain")
    assert done.out == (room / "talk.srt").read_text(encoding="utf-8")
    assert done.err.startswith("2 suggested, not changed:\n")


def test_protected_words_are_never_changed(zimu: Zimu, room: Path) -> None:
    (room / "right.txt").write_text("聚生智能\n", encoding="utf-8")
    done = zimu("correct", "talk.srt", *OWN, "--protect", "right.txt")
    assert done.out == (room / "talk.srt").read_text(encoding="utf-8")
    gone = zimu("correct", "talk.srt", *OWN, "--protect", "gone.txt")
    assert (gone.code, gone.err) == (3, "zimu: gone.txt: no such file\n")


def test_a_suggestion_says_why_it_is_no_change(zimu: Zimu, room: Path) -> None:
    (room / "asks.toml").write_text('[[term]]\ntext = "具身智能"\nmin_score = 1.0', encoding="utf-8")
    (room / "weak.txt").write_text("聚身智的崛起\n", encoding="utf-8")
    (room / "strong.txt").write_text("聚神智能的崛起\n", encoding="utf-8")
    asked = ("--lexicon", "asks.toml", "--no-builtin-lexicons", "--dry-run", "--explain")
    lines = zimu("correct", "weak.txt", *asked).out.splitlines()
    assert lines[0] == "1 suggested, not changed:"
    assert lines[2:4] == ["     heard  ju  shen  zhi  –", "     term   ju  shen  zhi  neng"]
    assert re.search(r"reason: strength 1\.\d, a change needs 1\.9$", " ".join(line.strip() for line in lines))
    strong = " ".join(line.strip() for line in zimu("correct", "strong.txt", *asked).out.splitlines())
    assert strong.endswith("reason: its term asks for a score of 1")


def test_several_inputs_need_a_place(zimu: Zimu, room: Path) -> None:
    (room / "other.srt").write_bytes((room / "talk.srt").read_bytes())
    done = zimu("correct", "talk.srt", "other.srt")
    assert done.code == 2
    assert done.err == "zimu: several inputs need a place for the results; add -o FOLDER, or --in-place\n"


def test_one_that_fails_does_not_stop_the_rest(zimu: Zimu, room: Path) -> None:
    (room / "broken.srt").write_bytes(b"\x00\xff junk \x00")
    done = zimu("correct", "broken.srt", "gone.srt", "talk.srt", *OWN, "-o", "out", "--json")
    assert (done.code, done.json["exit_code"]) == (6, 6)
    assert [result["ok"] for result in done.json["results"]] == [False, False, True]
    assert [path.name for path in (room / "out").iterdir()] == ["talk.srt"]


def test_two_inputs_never_share_an_output(zimu: Zimu, room: Path) -> None:
    for folder in ("x", "y"):
        (room / folder).mkdir()
        (room / folder / "a.srt").write_bytes((room / "talk.srt").read_bytes())
    done = zimu("correct", "x", "y", "-o", "out")
    assert done.code == 2
    assert "would both write" in done.err
    assert not (room / "out").exists()


def test_a_file_with_other_content_is_not_replaced_unasked(zimu: Zimu, room: Path) -> None:
    (room / "out").mkdir()
    (room / "out" / "talk.srt").write_text("mine", encoding="utf-8")
    done = zimu("correct", "talk.srt", *OWN, "-o", "out")
    assert (done.code, (room / "out" / "talk.srt").read_text(encoding="utf-8")) == (3, "mine")
    assert zimu("correct", "talk.srt", *OWN, "-o", "out", "--overwrite").code == 0
    assert zimu("correct", "talk.srt", *OWN, "-o", "out").code == 0, "the same content may be written again"


def test_edits_are_kept_and_the_corrected_file_follows_them(zimu: Zimu, room: Path) -> None:
    assert zimu("correct", "talk.srt", *OWN, "-o", "out/fixed.srt", "--edits", "out/fixed.edits.jsonl").code == 0
    assert [edit.after for cue in read("out/fixed.edits.jsonl").cues for edit in cue.edits] == ["具身智能", "具身智能"]
    assert zimu("edits", "out/fixed.edits.jsonl", "undo", "2").code == 0
    assert "，聚生智能的载体" in (room / "out" / "fixed.srt").read_text(encoding="utf-8")


def test_what_a_person_decided_stays_when_it_is_corrected_again(zimu: Zimu, room: Path) -> None:
    again = ("correct", "talk.srt", *OWN, "-o", "fixed.srt", "--edits", "fixed.edits.jsonl")
    zimu(*again)
    zimu("edits", "fixed.edits.jsonl", "undo", "2")
    assert "1 edit," in zimu(*again).err
    assert "，聚生智能的载体" in (room / "fixed.srt").read_text(encoding="utf-8")


def test_decisions_that_fit_nowhere_any_more_are_said_and_kept(zimu: Zimu, room: Path) -> None:
    again = ("correct", "talk.srt", *OWN, "-o", "fixed.srt", "--edits", "fixed.edits.jsonl")
    zimu(*again)
    zimu("edits", "fixed.edits.jsonl", "undo", "2")
    (room / "talk.srt").write_text("1\n00:00:01,000 --> 00:00:03,000\n大家好\n", encoding="utf-8")
    assert "1 of your decisions on edits fit nowhere" in zimu(*again, "--dry-run").err
    assert not (room / "fixed.edits.1.jsonl").exists()
    assert "they are kept in fixed.edits.1.jsonl" in zimu(*again).err
    assert any(edit.decided for cue in read(room / "fixed.edits.1.jsonl").cues for edit in cue.edits)


def test_edits_of_several_go_to_a_folder(zimu: Zimu, room: Path) -> None:
    (room / "other.srt").write_bytes((room / "talk.srt").read_bytes())
    assert zimu("correct", "talk.srt", "other.srt", *OWN, "-o", "out", "--edits", "kept").code == 0
    assert sorted(path.name for path in (room / "kept").iterdir()) == ["other.edits.jsonl", "talk.edits.jsonl"]


def test_json_holds_the_text_and_the_changes(zimu: Zimu) -> None:
    (result,) = zimu("correct", "talk.srt", *OWN, "--json").json["results"]
    assert "具身智能的崛起" in result["text"]
    assert (result["edits"], result["suggestions"]) == (2, 0)
    assert result["changes"][0] | {"evidence": 0, "score": 0} == {
        "number": 1,
        "cue": 1,
        "time": 1000,
        "before": "聚生智能",
        "after": "具身智能",
        "rule": "alias",
        "score": 0,
        "applied": True,
        "decided": False,
        "evidence": 0,
    }


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["gone.srt"], 3, "gone.srt: no such file"),
        (["talk.mp4"], 3, "talk.mp4: a recording, not a transcript; 'zimu run talk.mp4' transcribes it"),
        (["talk.srt", "--lexicon", "wiac2024"], 3, "did you mean 'waic2024'?"),
        (["talk.srt", "--in-place", "-o", "out"], 2, "leave out -o, -f and -"),
        (["talk.srt", "-f", "srt,vtt"], 2, "several formats need a place"),
        (["talk.srt", "-o", "talk.srt"], 2, "the output is the input itself"),
        (["talk.srt", "-f", "docx"], 2, "no format 'docx'"),
        (["talk.srt", "terms.toml", "-o", "all.srt"], 2, "several inputs, and -o names one file"),
        (["x.cues.jsonl", "--in-place"], 2, "a journal keeps what was heard"),
    ],
)
def test_what_is_refused(arguments: list[str], code: int, problem: str, zimu: Zimu, room: Path) -> None:
    (room / "talk.mp4").write_bytes(b"")
    (room / "x.cues.jsonl").write_bytes(b"")
    done = zimu("correct", *arguments)
    assert (done.code, done.out) == (code, "")
    assert problem in done.err
