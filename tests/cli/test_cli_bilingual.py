"""`zimu bilingual`: two files in, one with both languages out; what could not be paired is listed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.formats import read

Zimu = Callable[..., Any]

ZH = """1
00:00:01,000 --> 00:00:03,000
大家好，欢迎来到论坛

2
00:00:04,000 --> 00:00:07,000
今天我们讲三件事

3
00:00:09,000 --> 00:00:11,000
没有人翻译这一句
"""

EN = """1
00:01:01,000 --> 00:01:03,000
Hello and welcome to the forum

2
00:01:04,000 --> 00:01:07,000
Today we speak about three things
"""


@pytest.fixture
def pair(room: Path) -> Path:
    (room / "talk.zh.srt").write_text(ZH, encoding="utf-8")
    (room / "talk.en.srt").write_text(EN, encoding="utf-8")
    return room


def test_chinese_stands_above(zimu: Zimu, pair: Path) -> None:
    done = zimu("bilingual", "talk.zh.srt", "talk.en.srt", "-o", "both.srt")
    assert done.code == 0
    assert [cue.text for cue in read("both.srt").cues] == [
        "大家好，欢迎来到论坛\nHello and welcome to the forum",
        "今天我们讲三件事\nToday we speak about three things",
        "没有人翻译这一句",
    ]
    assert done.err == (
        "zimu: 2 cues in both languages, the second by -60.0 s, to both.srt\n"
        "zimu: without English, 1 cue:\n"
        "zimu:   0:09  没有人翻译这一句\n"
    )


def test_english_stands_above_where_that_is_asked_for(zimu: Zimu, pair: Path) -> None:
    done = zimu("bilingual", "talk.en.srt", "talk.zh.srt", "--bilingual-order", "en-zh")
    assert "\nHello and welcome to the forum\n大家好，欢迎来到论坛\n" in done.out


def test_ass_has_one_event_and_a_style_for_each_language(zimu: Zimu, pair: Path) -> None:
    assert zimu("bilingual", "talk.zh.srt", "talk.en.srt", "-f", "ass", "-o", "subs").code == 0
    text = (pair / "subs" / "talk.zh-Hans-en.ass").read_text(encoding="utf-8")
    assert r"大家好，欢迎来到论坛\N{\rEnglish}Hello and welcome to the forum" in text
    styles = {line.split(",")[0]: line.split(",")[2] for line in text.splitlines() if line.startswith("Style: ")}
    assert float(styles["Style: English"]) < float(styles["Style: Default"])


def test_files_in_a_folder_have_names_that_players_know(zimu: Zimu, pair: Path) -> None:
    assert zimu("bilingual", "talk.zh.srt", "talk.en.srt", "-f", "srt,vtt", "-o", "subs").code == 0
    assert sorted(path.name for path in (pair / "subs").iterdir()) == ["talk.zh-Hans-en.srt", "talk.zh-Hans-en.vtt"]


def test_json_tells_what_was_paired_and_what_was_not(zimu: Zimu, pair: Path) -> None:
    (result,) = zimu("bilingual", "talk.zh.srt", "talk.en.srt", "--json").json["results"]
    assert (result["cues"], result["paired"], result["ratio"], result["offset"]) == (3, 2, 1.0, -60_000)
    assert result["alone"] == [{"start": 9000, "end": 11_000, "text": "没有人翻译这一句"}]
    assert result["text"].startswith("1\n00:00:01,000")


def test_words_of_the_chinese_file_and_translations_are_kept_in_jsonl(zimu: Zimu, pair: Path) -> None:
    assert zimu("bilingual", "talk.zh.srt", "talk.en.srt", "-o", "both.jsonl").code == 0
    assert read("both.jsonl").cues[0].translation == "Hello and welcome to the forum"


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["talk.zh.srt"], 2, "two files are needed, a language each; given 1"),
        (["talk.zh.srt", "talk.srt"], 2, "both files are in Chinese"),
        (["talk.en.srt", "other.en.srt"], 2, "neither file is in Chinese"),
        (["talk.zh.srt", "talk.en.srt", "-o", "talk.zh.srt"], 2, "the output is the input itself"),
        (["talk.zh.srt", "talk.en.srt", "-o", "talk.en.srt"], 2, "the output is an input"),
        (["talk.zh.srt", "talk.en.srt", "-f", "srt,vtt"], 2, "several formats need a place"),
        (["talk.zh.srt", "notes.txt"], 3, "has no times"),
        (["talk.zh.srt", "gone.srt"], 3, "no such file"),
    ],
)
def test_what_it_refuses(arguments: list[str], code: int, problem: str, zimu: Zimu, pair: Path) -> None:
    (pair / "notes.txt").write_text("no times\n", encoding="utf-8")
    (pair / "other.en.srt").write_text(EN, encoding="utf-8")
    done = zimu("bilingual", *arguments)
    assert (done.code, done.out) == (code, "")
    assert problem in done.err
    assert (pair / "talk.zh.srt").read_text(encoding="utf-8") == ZH


def test_dry_run_writes_nothing(zimu: Zimu, pair: Path) -> None:
    done = zimu("bilingual", "talk.zh.srt", "talk.en.srt", "-o", "both.srt", "--dry-run")
    assert "would go to both.srt" in done.err
    assert not (pair / "both.srt").exists()
