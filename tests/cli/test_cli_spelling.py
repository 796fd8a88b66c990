"""Script, punctuation and decimal points from the command line: before the corrector, and undone by a person."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.cues import Cue, Transcript, Word
from toolkit.formats import read, write
from toolkit.spelling import converter

Zimu = Callable[..., Any]


def texts(path: str) -> list[str]:
    return [found.text for found in read(path).cues]


def save(path: str, *heard: str) -> None:
    write(Transcript("", tuple(Cue(3000 * n, 3000 * n + 2500, text) for n, text in enumerate(heard))), path)


def test_a_split_number_is_repaired_listed_and_undone_for_good(zimu: Zimu) -> None:
    save("in.srt", "人数涨到5。2万", "聚生智能")
    arguments = ("correct", "in.srt", "-o", "out.srt", "--lexicon", "terms.toml", "--edits", "out.edits.jsonl")
    assert zimu(*arguments).code == 0
    assert texts("out.srt") == ["人数涨到5.2万", "具身智能"]
    listed = zimu("edits", "out.edits.jsonl", "--explain").out
    assert "。 → ." in listed
    assert "number: 5.2" in listed
    zimu("edits", "out.edits.jsonl", "undo", "1")
    zimu(*arguments)
    assert texts("out.srt") == ["人数涨到5。2万", "具身智能"]


def test_suggest_only_changes_nothing(zimu: Zimu) -> None:
    save("in.srt", "人数涨到5。2万", "字幕由 Amara.org 社区提供")
    done = zimu("correct", "in.srt", "-o", "out.srt", "--suggest-only")
    assert texts("out.srt") == ["人数涨到5。2万", "字幕由 Amara.org 社区提供"]
    assert "0 edits, 2 suggestions" in done.err


class TestScript:
    """With OpenCC."""

    @pytest.fixture(autouse=True)
    def needs_opencc(self) -> None:
        pytest.importorskip("opencc", reason="OpenCC (the extra 'script') is not installed")

    def test_the_corrector_reads_what_is_written(self, zimu: Zimu) -> None:
        save("in.srt", "我們來談聚生智能", "這裡的頭髮")
        assert zimu("correct", "in.srt", "-o", "out.srt", "--script", "simplified", "--lexicon", "terms.toml").code == 0
        assert texts("out.srt") == ["我们来谈具身智能", "这里的头发"]

    def test_a_decision_holds_in_the_script_that_it_was_made_in(self, zimu: Zimu) -> None:
        save("in.srt", "我們來談聚生智能", "這裡的頭髮")
        arguments = ("correct", "in.srt", "-o", "out.srt", "--lexicon", "terms.toml", "--edits", "out.edits.jsonl")
        zimu(*arguments, "--script", "simplified")
        zimu("edits", "out.edits.jsonl", "undo", "1")
        done = zimu(*arguments, "--script", "simplified")
        assert "fit nowhere" not in done.err
        assert texts("out.srt") == ["我们来谈聚生智能", "这里的头发"]

    def test_the_journal_keeps_what_was_heard(self, zimu: Zimu) -> None:
        save("heard.srt", "我們來談聚生智能")
        Path("film.mp4").write_bytes(b"a recording")
        arguments = ("run", "film.mp4", "--recogniser", "replay", "--model", "heard.srt", "--lexicon", "terms.toml")
        for script, written in (("simplified", "我们来谈具身智能"), ("keep", "我們來談具身智能")):
            assert zimu(*arguments, "--script", script).code == 0
            assert texts("film.srt") == [written]
            assert texts("film.cues.jsonl") == ["我們來談聚生智能"]


def test_what_a_script_needs_is_missed_before_an_hour_of_listening(zimu: Zimu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opencc", None)
    converter.cache_clear()
    Path("film.mp4").write_bytes(b"a recording")
    done = zimu("run", "film.mp4", "--recogniser", "replay", "--model", "talk.srt", "--script", "traditional")
    assert (done.code, done.err) == (
        4,
        "zimu: --script traditional needs the extra 'script'; pip install 'zimu-toolkit[script]'\n",
    )
    assert not Path("film.cues.jsonl").exists()


def test_bare_chinese_is_punctuated_by_pauses_and_cut_there(zimu: Zimu) -> None:
    parts, clock, words = ("大家下午好", "今天我们来讲三件事情", "第一件是聚生智能"), 0, []
    for part in parts:
        for letter in part:
            words.append(Word(letter, clock, clock + 150))
            clock += 150
        clock += 400
    cue = Cue(0, words[-1].end, "".join(parts), tuple(words))
    write(Transcript("film.mp4", (cue,), "zh"), "heard.jsonl")
    zimu("run", "heard.jsonl", "-o", "out.srt", "--punctuate", "--lexicon", "terms.toml")
    assert "".join(texts("out.srt")) == "大家下午好，今天我们来讲三件事情，第一件是具身智能。"
    zimu("run", "heard.jsonl", "-o", "bare.srt", "--lexicon", "terms.toml")
    assert not set("，。") & set("".join(texts("bare.srt")))
