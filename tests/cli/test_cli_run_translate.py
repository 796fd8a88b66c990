"""`zimu run --translate`: both languages come out, each in its file, and neither is lost for the other's sake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_server import Chat, but, chatting, status

from toolkit.formats import read

Zimu = Callable[..., Any]
WORDS = {
    "具身智能的崛起": "The rise of embodied AI",
    "人形机器人，": "Humanoid robots,",
    "具身智能的载体": "vessels of embodied AI",
    "人形机器人，具身智能的载体": "Humanoid robots, vessels of embodied AI",
}


@pytest.fixture
def chat(room: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    monkeypatch.setattr("toolkit.cli.config.cache_folder", lambda: room / "cache")
    with chatting(WORDS) as chat:
        yield chat


@pytest.fixture
def run(zimu: Zimu, chat: Chat) -> Zimu:
    named = ("--endpoint", chat.address, "--translation-model", "m", "--lexicon", "terms.toml")
    return lambda *arguments: zimu("run", "talk.srt", "-o", "out/", "--translate", "en", *named, *arguments)


def texts(path: Path) -> list[str]:
    return [cue.text for cue in read(path).cues]


def test_both_languages_are_written_each_in_its_file(run: Zimu, chat: Chat, room: Path) -> None:
    done = run()
    assert done.code == 0, done.err
    assert "out/talk.srt, out/talk.en.srt" in done.err
    assert "cues translated; 1 request, 100 tokens" in done.err
    chinese, english = read(room / "out/talk.srt"), read(room / "out/talk.en.srt")
    assert [WORDS[cue.text] for cue in chinese.cues] == [cue.text for cue in english.cues]
    assert [(cue.start, cue.end) for cue in chinese.cues] == [(cue.start, cue.end) for cue in english.cues]
    assert [cue.translation for cue in read(room / "out/talk.edits.jsonl").cues] == texts(room / "out/talk.en.srt")


def test_both_languages_stand_in_a_third_file(run: Zimu, zimu: Zimu, chat: Chat, room: Path) -> None:
    done = run("--bilingual")
    assert done.code == 0, done.err
    assert "out/talk.srt, out/talk.en.srt, out/talk.zh-Hans-en.srt" in done.err
    chinese, english, both = (texts(room / f"out/talk{name}.srt") for name in ("", ".en", ".zh-Hans-en"))
    assert both == [f"{one}\n{other}" for one, other in zip(chinese, english, strict=True)]
    assert zimu("lint", "out/talk.zh-Hans-en.srt", "--profile", "netflix").code == 0


def test_cues_are_cut_where_both_languages_have_a_clause(zimu: Zimu, room: Path) -> None:
    said = "今天很冷，但是我们十七个人还是一起出门了，走了很远的路"
    english = "It was cold today, but all seventeen of us went out together, and we walked a long way"
    (room / "long.srt").write_text(f"1\n00:00:01,000 --> 00:00:07,000\n{said}\n", encoding="utf-8")
    (room / "theirs.srt").write_text(f"1\n00:00:01,000 --> 00:00:07,000\n{english}\n", encoding="utf-8")
    done = zimu(
        "run", "long.srt", "-o", "out/", "--translate", "en", "--translated-subtitles", "theirs.srt", "--bilingual"
    )
    assert done.code == 0, done.err
    chinese, both = read(room / "out/long.srt").cues, read(room / "out/long.zh-Hans-en.srt").cues
    assert len(chinese) == len(both) > 1
    assert [cue.text.split("\n")[0] for cue in both] == [cue.text for cue in chinese]
    before = {path.name: path.read_bytes() for path in (room / "out").iterdir()}
    again = zimu(
        "run", "long.srt", "-o", "out/", "--translate", "en", "--translated-subtitles", "theirs.srt", "--bilingual"
    )
    assert (again.code, {path.name: path.read_bytes() for path in (room / "out").iterdir()}) == (0, before)


MIXED = """1
00:00:01,000 --> 00:00:03,000
大家晚上好

2
00:00:04,000 --> 00:00:06,000
Thank you, it is great to be here.
"""


def said(text: str, start: int) -> str:
    return f"1\n00:00:{start:02},000 --> 00:00:{start + 2:02},000\n{text}\n"


def test_what_is_said_in_english_gets_its_chinese_from_a_second_file(zimu: Zimu, room: Path) -> None:
    (room / "mixed.srt").write_text(MIXED, encoding="utf-8")
    (room / "en.srt").write_text(said("Good evening", 1), encoding="utf-8")
    (room / "zh.srt").write_text(said("谢谢，很高兴来这里。", 4), encoding="utf-8")
    given = ("--translated-subtitles", "en.srt", "--translated-subtitles", "zh.srt")
    done = zimu("run", "mixed.srt", "-o", "out/", "--translate", "en", *given, "--bilingual")
    assert done.code == 0, done.err
    assert "2 cues translated" in done.err
    both = texts(room / "out/mixed.zh-Hans-en.srt")
    assert both == ["大家晚上好\nGood evening", "谢谢，很高兴来这里。\nThank you, it is great to be here."]
    assert texts(room / "out/mixed.en.srt") == ["Good evening", "Thank you, it is great to be here."]
    assert texts(room / "out/mixed.srt") == ["大家晚上好", "Thank you, it is great to be here."]
    assert zimu("lint", "out/mixed.zh-Hans-en.srt", "--profile", "netflix").code == 0


def test_a_service_is_asked_for_both_directions_where_both_are_shown(
    zimu: Zimu, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.cli.config.cache_folder", lambda: room / "cache")
    (room / "mixed.srt").write_text(MIXED, encoding="utf-8")
    words = {"大家晚上好": "Good evening", "Thank you, it is great to be here.": "谢谢，很高兴来这里。"}
    with chatting(words) as chat:
        named = ("--endpoint", chat.address, "--translation-model", "m", "--translate", "en")
        assert zimu("run", "mixed.srt", "-o", "alone/", *named).code == 0
        assert len(chat.lines) == 1
        done = zimu("run", "mixed.srt", "-o", "out/", *named, "--bilingual")
    assert done.code == 0, done.err
    assert len(chat.lines) == 2
    both = texts(room / "out/mixed.zh-Hans-en.srt")
    assert both == ["大家晚上好\nGood evening", "谢谢，很高兴来这里。\nThank you, it is great to be here."]


def test_an_edit_undone_leaves_the_third_file_its_two_languages(run: Zimu, zimu: Zimu, room: Path) -> None:
    run("--bilingual")
    assert zimu("edits", "out/talk.edits.jsonl", "undo", "1").code == 0
    both = texts(room / "out/talk.zh-Hans-en.srt")
    assert both[0] == "聚生智能的崛起"
    assert all("\n" in text for text in both[1:])


def test_done_twice_it_costs_nothing_and_writes_the_same(run: Zimu, chat: Chat, room: Path) -> None:
    run()
    before = {path.name: path.read_bytes() for path in (room / "out").iterdir()}
    assert run().code == 0
    assert ({path.name: path.read_bytes() for path in (room / "out").iterdir()}, len(chat.asked)) == (before, 1)


def test_an_edit_undone_leaves_each_file_its_language(run: Zimu, zimu: Zimu, room: Path) -> None:
    run()
    assert zimu("edits", "out/talk.edits.jsonl", "undo", "1").code == 0
    assert texts(room / "out/talk.srt")[0] == "聚生智能的崛起"
    english = texts(room / "out/talk.en.srt")
    assert english[0] == "聚生智能的崛起"  # its translation went with its text; the next run asks for it
    assert english[1:] == [WORDS[text] for text in texts(room / "out/talk.srt")[1:]]


def test_a_service_that_fails_costs_no_subtitles(run: Zimu, chat: Chat, room: Path) -> None:
    chat.sins.append(status(401))
    done = run()
    assert (done.code, "lets nobody in without a valid key" in done.err) == (5, True)
    assert texts(room / "out/talk.srt")[0] == "具身智能的崛起"
    assert not (room / "out/talk.en.srt").exists()
    assert run().code == 0
    assert (room / "out/talk.en.srt").exists()


def test_lines_that_are_missing_are_findings(run: Zimu, chat: Chat, room: Path) -> None:
    chat.sins += [but(具身智能的崛起="")] * 3
    done = run("--json")
    assert (done.code, done.json["exit_code"]) == (1, 1)
    told = done.json["results"][0]["translation"]
    assert (told["missing"], told["flagged"][0]["flags"][0]["kind"]) == (1, "missing")
    assert texts(room / "out/talk.en.srt")[0] == "具身智能的崛起"


def test_nobody_named_is_said_before_anything_is_done(zimu: Zimu, room: Path) -> None:
    done = zimu("run", "talk.srt", "-o", "out/", "--translate", "en")
    assert (done.code, "nobody is named who translates" in done.err) == (2, True)
    assert not list((room / "out").glob("*.srt"))


def test_a_file_of_somebody_else_is_not_replaced(run: Zimu, room: Path) -> None:
    (room / "out").mkdir()
    (room / "out/talk.en.srt").write_text("mine")
    done = run()
    assert (done.code, "was not written by zimu" in done.err) == (3, True)
    assert (room / "out/talk.en.srt").read_text() == "mine"


def test_an_output_called_like_its_translation_is_refused(zimu: Zimu, chat: Chat) -> None:
    named = ("--endpoint", chat.address, "--translation-model", "m")
    done = zimu("run", "talk.srt", "-o", "talk.en.srt", "--translate", "en", *named)
    assert (done.code, "its name says that it is a translation" in done.err) == (2, True)


def test_a_plan_names_both_files(run: Zimu) -> None:
    assert run("--dry-run").out == "talk.srt → out/talk.srt, out/talk.en.srt\n"
