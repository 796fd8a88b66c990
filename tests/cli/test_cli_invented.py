"""Lines that nobody said: left out of subtitles, counted, listed, brought back; the same for files that exist."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.cues import Cue, Transcript, Word
from toolkit.formats import read, write

Zimu = Callable[..., Any]

SILENCE = (("speech", 0.02), ("avg_logprob", -0.7), ("no_speech_prob", 0.8))
SPEECH = (("speech", 0.95), ("avg_logprob", -0.2), ("no_speech_prob", 0.01))
SAID = "聚生智能的崛起，"


def cue(start: int, text: str, extra: tuple[tuple[str, float], ...]) -> Cue:
    step = 2400 // len(text)
    words = tuple(
        Word(letter, start + place * step, start + (place + 1) * step, 0.9) for place, letter in enumerate(text)
    )
    return Cue(start, words[-1].end, text, words, extra=extra)


@pytest.fixture(autouse=True)
def heard(room: Path) -> None:
    """What a recogniser heard: a sentence, a line over silence, the farewell of the speaker."""
    cues = (cue(0, SAID, SPEECH), cue(3000, "请订阅我的频道", SILENCE), cue(6000, "谢谢大家收看", SPEECH))
    write(Transcript("talk.mp4", cues, "zh"), "heard.jsonl")


def run(zimu: Zimu, *options: str) -> str:
    done = zimu("run", "heard.jsonl", "-o", "out.srt", "--lexicon", "terms.toml", *options)
    assert done.code == 0
    return done.err


def texts(path: str) -> list[str]:
    return [found.text for found in read(path).cues]


def test_they_are_left_out_counted_and_kept_in_the_record(zimu: Zimu) -> None:
    assert run(zimu).splitlines()[1:] == [
        "      2 cues",
        "      1 edit, 0 suggestions; see them: zimu edits out.edits.jsonl",
        "      1 cue kept out as invented; see them: zimu edits out.edits.jsonl",
    ]
    assert texts("out.srt") == ["具身智能的崛起，", "谢谢大家收看"]
    assert [found.heard for found in read("out.edits.jsonl").cues] == [SAID, "请订阅我的频道", "谢谢大家收看"]


def test_the_list_of_edits_shows_them_apart_with_their_evidence(zimu: Zimu) -> None:
    run(zimu)
    done = zimu("edits", "out.edits.jsonl", "--explain")
    assert "1 changed:" in done.out
    assert "1 kept out as invented:" in done.out
    assert "请订阅我的频道 → ∅" in done.out
    assert "phrase: 请订阅我的频道 (+1.4); speech: 0.02 (+1.6)" in done.out


def test_one_that_is_undone_is_shown_again_and_stays(zimu: Zimu) -> None:
    run(zimu)
    done = zimu("edits", "out.edits.jsonl", "undo", "2")
    assert done.err == "zimu: 1 edit in effect, 0 suggestions; written to out.edits.jsonl, out.srt\n"
    assert texts("out.srt") == ["具身智能的崛起，", "请订阅我的频道", "谢谢大家收看"]
    assert "kept out" not in run(zimu)
    assert texts("out.srt") == ["具身智能的崛起，", "请订阅我的频道", "谢谢大家收看"]


def test_one_that_is_accepted_is_left_out_again(zimu: Zimu) -> None:
    run(zimu)
    zimu("edits", "out.edits.jsonl", "undo", "2")
    done = zimu("edits", "out.edits.jsonl", "accept", "2")
    assert "1 edit in effect, 0 suggestions, 1 cue kept out as invented; written to" in done.err
    assert len(texts("out.srt")) == 2


def test_dropped_ones_are_gone_and_kept_ones_are_as_they_were_heard(zimu: Zimu) -> None:
    assert "kept out" not in run(zimu, "--hallucinations", "drop")
    assert len(read("out.edits.jsonl").cues) == len(texts("out.srt")) == 2
    assert "kept out" not in run(zimu, "--hallucinations", "keep")
    assert len(texts("out.srt")) == 3


def test_json_tells_how_many(zimu: Zimu) -> None:
    (result,) = zimu("run", "heard.jsonl", "-o", "out.srt", "--json").json["results"]
    assert (result["cues"], result["invented"]) == (2, 1)


def test_subtitles_that_exist_lose_only_what_nobody_says(zimu: Zimu) -> None:
    cues = ((0, "大家好"), (2000, "字幕由 Amara.org 社区提供"), (4000, "谢谢观看"))
    write(Transcript("", tuple(Cue(start, start + 1500, text) for start, text in cues)), "old.srt")
    done = zimu("correct", "old.srt", "-o", "new.srt")
    assert texts("new.srt") == ["大家好", "谢谢观看"]
    assert "0 edits, 0 suggestions, 1 cue kept out as invented, to new.srt; --explain lists them" in done.err


def test_a_text_keeps_its_lines(zimu: Zimu) -> None:
    """A line of a text has a place among blank lines and images, so that it is emptied, not removed."""
    Path("notes.txt").write_text("大家好\n字幕由Amara.org社区提供\n\n# 题目\n谢谢观看\n", encoding="utf-8")
    assert zimu("correct", "notes.txt").out == "大家好\n\n\n# 题目\n谢谢观看\n"


@pytest.mark.parametrize("format", ["srt", "vtt", "ass", "ttml", "txt", "md", "whisper", "bilibili"])
def test_no_format_but_jsonl_shows_them(zimu: Zimu, format: str) -> None:  # noqa: A002
    run(zimu)
    shown = zimu("convert", "out.edits.jsonl", "-f", format).out
    assert "谢谢大家收看" in shown
    assert "订阅" not in shown
    assert "订阅" in zimu("convert", "out.edits.jsonl", "-f", "jsonl").out


def test_transcribe_leaves_all_as_it_was_heard(zimu: Zimu) -> None:
    Path("talk.mp4").write_bytes(b"a recording")
    done = zimu("transcribe", "talk.mp4", "-o", "all.srt", "--recogniser", "replay", "--model", "heard.jsonl")
    assert done.code == 0, done.err
    assert len(texts("all.srt")) == 3


def test_what_is_dropped_stays_in_the_journal(zimu: Zimu) -> None:
    Path("film.mp4").write_bytes(b"a recording")
    arguments = ("run", "film.mp4", "--recogniser", "replay", "--model", "heard.jsonl", "--hallucinations", "drop")
    assert zimu(*arguments).code == 0
    assert len(texts("film.srt")) == 2
    assert len(read("film.cues.jsonl").cues) == 3
