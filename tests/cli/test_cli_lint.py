"""`zimu lint` and `zimu fix`: what is found is listed and told by the exit code, what is repaired is told and clean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.formats import read
from toolkit.lint import RULES

Zimu = Callable[..., Any]

BAD = """1
00:00:01,000 --> 00:00:03,000
大家好  欢迎来到论坛

2
00:00:02,500 --> 00:00:06,000
我们有300人
There are 200 of us
"""


@pytest.fixture
def bad(room: Path) -> Path:
    (room / "bad.srt").write_text(BAD, encoding="utf-8")
    return room


def test_findings_are_listed_and_the_exit_code_is_1(zimu: Zimu, bad: Path) -> None:
    done = zimu("lint", "bad.srt")
    assert done.code == 1
    assert done.out == (
        "    1     0:01  overlap  shows 500 ms into the next cue: 大家好 欢迎来到论坛\n"
        "    1     0:01  spaces   has spaces too many: 大家好 欢迎来到论坛\n"
        "    2     0:02  numbers  300, 200 in one language only: 我们有300人 There are 200 of …\n"
    )
    assert done.err == "zimu: bad.srt: 3 findings; 'zimu fix' repairs 2\n"


def test_nothing_found_is_exit_0(zimu: Zimu, room: Path) -> None:
    done = zimu("lint", "talk.srt")
    assert (done.code, done.out, done.err) == (0, "", "zimu: talk.srt: 0 findings\n")


def test_json_has_every_finding(zimu: Zimu, bad: Path) -> None:
    done = zimu("lint", "bad.srt", "talk.srt", "--json")
    assert (done.code, done.json["exit_code"], done.json["ok"]) == (1, 1, False)
    first, second = done.json["results"]
    assert [found["rule"] for found in first["findings"]] == ["overlap", "spaces", "numbers"]
    assert first["findings"][0] | {"text": ""} == {
        "number": 1,
        "rule": "overlap",
        "problem": "shows 500 ms into the next cue",
        "fixable": True,
        "start": 1000,
        "text": "",
    }
    assert second["findings"] == []


def test_rules_are_chosen_by_name(zimu: Zimu, bad: Path) -> None:
    assert len(zimu("lint", "bad.srt", "--only", "spaces").out.splitlines()) == 1
    assert zimu("lint", "bad.srt", "--ignore", "spaces", "--ignore", "overlap", "--ignore", "numbers").code == 0
    done = zimu("lint", "bad.srt", "--only", "space")
    assert (done.code, done.err) == (2, "zimu: no rule 'space'; did you mean 'spaces'?\n")


def test_a_profile_sets_the_limits(zimu: Zimu, room: Path) -> None:
    assert zimu("lint", "talk.srt", "--profile", "bilibili", "--only", "pauses").code == 1


def test_a_file_that_cannot_be_read_is_its_own_error(zimu: Zimu, bad: Path) -> None:
    assert zimu("lint", "gone.srt").code == 3
    assert zimu("lint", "gone.srt", "bad.srt").code == 6
    assert zimu("lint").code == 2


def test_the_rules_are_listed(zimu: Zimu, room: Path) -> None:
    done = zimu("lint", "--list-rules")
    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines() if not line.startswith(" ")] == list(RULES)
    assert max(map(len, done.out.splitlines())) <= 80
    assert [rule["rule"] for rule in zimu("lint", "--list-rules", "--json").json["rules"]] == list(RULES)


def test_fix_repairs_says_so_and_leaves_the_input_alone(zimu: Zimu, bad: Path) -> None:
    done = zimu("fix", "bad.srt", "-o", "good.srt")
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "zimu: bad.srt: 2 repaired (spaces 1, overlap 1); 1 finding left for you (numbers 1); to good.srt\n"
    )
    assert (bad / "bad.srt").read_text(encoding="utf-8") == BAD
    assert read("good.srt").cues[0].text == "大家好 欢迎来到论坛"
    assert zimu("lint", "good.srt", "--ignore", "numbers").code == 0
    assert "nothing to repair; 1 finding left" in zimu("fix", "good.srt", "-o", "again.srt").err
    assert (bad / "again.srt").read_bytes() == (bad / "good.srt").read_bytes()


def test_fix_prints_where_no_place_is_named_and_replaces_only_when_told(zimu: Zimu, bad: Path) -> None:
    shown = zimu("fix", "bad.srt").out
    assert "大家好 欢迎来到论坛" in shown
    assert (bad / "bad.srt").read_text(encoding="utf-8") == BAD
    assert zimu("fix", "bad.srt", "--in-place").code == 0
    assert (bad / "bad.srt").read_text(encoding="utf-8") == shown


def test_dry_run_lists_what_would_be_repaired(zimu: Zimu, bad: Path) -> None:
    done = zimu("fix", "bad.srt", "--dry-run", "--only", "overlap")
    assert done.out.split()[:3] == ["1", "0:01", "overlap"]
    assert "nothing written" in done.err


def test_json_tells_what_was_repaired_and_what_is_left(zimu: Zimu, bad: Path) -> None:
    (result,) = zimu("fix", "bad.srt", "-o", "good.srt", "--json").json["results"]
    assert [found["rule"] for found in result["repaired"]] == ["spaces", "overlap"]
    assert [found["rule"] for found in result["left"]] == ["numbers"]


def test_words_would_be_lost(zimu: Zimu, bad: Path) -> None:
    assert zimu("correct", "talk.srt", "-o", "talk.jsonl", "--lexicon", "terms.toml").code == 0
    done = zimu("fix", "talk.jsonl", "-o", "x.jsonl")
    assert (done.code, "would be lost" in done.err) == (2, True)


def test_what_run_writes_is_clean_by_its_own_profile(zimu: Zimu, room: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "evening.cues.jsonl"
    for profile in ("netflix", "fansub"):
        assert zimu("run", str(example), "-o", f"{profile}.srt", "--profile", profile).code == 0
        assert zimu("lint", f"{profile}.srt", "--profile", profile).out == ""
