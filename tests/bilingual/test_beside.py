"""A text is laid beside its cue: a line each, cut at one clause in both languages, times between words."""

from __future__ import annotations

import pytest

from toolkit.bilingual import beside, merge
from toolkit.bilingual.clauses import common_seam
from toolkit.bilingual.names import language_name
from toolkit.cues import Cue, Edit, Word
from toolkit.lint import FIXABLE, lint, retimed
from toolkit.profile import SegmentOptions

ZH = "今天很冷，但是我们十七个人还是一起出门了"
EN = "It was cold today, but all seventeen of us went out together"


def texts(cues: tuple[Cue, ...]) -> list[tuple[str, str | None]]:
    return [(cue.text, cue.translation) for cue in cues]


def test_what_has_room_stays_whole() -> None:
    assert beside([Cue(0, 900, "你好")], ["Hello\nyou"]) == (Cue(0, 900, "你好", translation="Hello you"),)


def test_both_are_cut_at_one_clause() -> None:
    made = beside([Cue(0, 6000, ZH)], [EN])
    assert texts(made) == [(ZH[:5], "It was cold today,"), (ZH[5:], "but all seventeen of us went out together")]
    assert (made[0].start, made[0].end, made[1].end) == (0, made[1].start, 6000)


def test_the_halves_are_made_to_fit_before_a_clause_is_kept_whole() -> None:
    words = (Word("请代表拿起笔，", 0, 2000), Word("一起签字。", 2000, 4000))
    cue = Cue(0, 4000, "请代表拿起笔，一起签字。", words=words)
    (made, _, *more) = beside([cue], ["Would the representatives please take the pen and sign together."])
    assert not more
    assert made.translation == "Would the representatives please take"


def test_a_half_has_time_to_be_read() -> None:
    words = tuple(
        Word(text, end - span, end) for text, span, end in (("三个月下载了", 1500, 1500), ("四万次，", 2300, 3800))
    )
    words += (Word("但是。", 200, 4000),)
    cue = Cue(0, 4000, "三个月下载了四万次，但是。", words=words)
    made = beside([cue], ["and were downloaded forty thousand times in three months."])
    assert [part.text for part in made] == ["三个月下载了", "四万次，但是。"]


def test_cuts_fall_between_words_and_edits_stay() -> None:
    words = (
        Word("今天很冷", 0, 1500),
        Word("，", 1500, 1500),
        Word("但是我们十七个人还是", 2100, 4000),
        Word("一起出门了", 4000, 6000),
    )
    edit = Edit(5, 7, "但是", "可是", "person")
    made = beside([Cue(0, 6000, ZH, words=words, edits=(edit,))], [EN])
    assert [(cue.text, cue.start, cue.end) for cue in made] == [
        (ZH[:5], 0, 1500),
        ("可是我们十七个人还是一起出门了", 2100, 6000),
    ]


def test_a_cue_that_lasts_too_long_is_cut_too() -> None:
    assert len(beside([Cue(0, 9000, "今天很冷，但是我出门了")], ["It was cold, but I went out"])) == 2


def test_a_number_is_not_parted_from_itself() -> None:
    seam = common_seam("我们有300位客人，还有25位司机", "We have 25 drivers, and 300 guests as well")
    assert seam is None or seam.cost > 150


@pytest.mark.parametrize(("zh", "en"), [("你" * 40, "you " * 30), ("好，好", "x" * 90), (ZH, ""), ("", EN)])
def test_what_cannot_be_cut_stays_whole(zh: str, en: str) -> None:
    made = beside([Cue(0, 1000, zh)], [en])
    assert texts(made) == [(zh, en.strip() or None)]


def test_a_text_is_needed_for_each_cue() -> None:
    with pytest.raises(ValueError, match="zip"):
        beside([Cue(0, 900, "你好")], [])


def test_text_without_times_is_cut_as_well() -> None:
    assert len(beside([Cue(None, None, ZH)], [EN])) == 2


def test_terms_are_not_broken() -> None:
    for cue in beside([Cue(0, 8000, f"我们来到{'具身智能' * 5}大会")], [EN], terms=["具身智能" * 5]):
        assert cue.text.count("具身智能") in (0, 5)


def test_two_files_become_one_that_is_clean() -> None:
    chinese = [Cue(0, 3000, "大家好，欢迎来到论坛。"), Cue(3000, 9000, ZH), Cue(12_000, 13_000, "没有人")]
    english = [
        Cue(5000, 6000, "Hello,"),
        Cue(6050, 8000, "welcome to the forum."),
        Cue(8000, 14_000, EN),
        Cue(30_000, 31_000, "Bye"),
    ]
    merged = merge(chinese, english)
    assert texts(merged.cues)[0] == ("大家好，欢迎来到论坛。", "Hello, welcome to the forum.")
    assert texts(merged.cues)[1:3] == texts(beside([chinese[1]], [EN]))
    assert (merged.alone, merged.paired) == ((chinese[2],), 3)
    assert [cue.text for cue in merged.others_alone] == ["Bye"]
    assert merged.left_out == ()
    assert lint(retimed(merged.cues), SegmentOptions(), rules=FIXABLE) == ()


def test_what_has_no_time_of_its_own_is_left_out_and_named() -> None:
    chinese = [Cue(0, 4000, "一二三四五六七"), Cue(4000, 8000, "大家都来了吧")]
    english = [Cue(0, 4000, "One to seven"), Cue(900, 3500, "(music plays)"), Cue(4000, 8000, "Is everybody here")]
    merged = merge(chinese, english)
    assert [cue.text for cue in merged.left_out] == ["(music plays)"]
    assert len(merged.cues) == 2


@pytest.mark.parametrize(
    ("path", "languages", "suffix", "name"),
    [
        ("video.mp4", ["zh-Hans"], ".srt", "video.zh-Hans.srt"),
        ("video.mkv", ["en"], ".srt", "video.en.srt"),
        ("a/video.zh-CN.srt", ["zh-Hans", "en"], ".ass", "a/video.zh-Hans-en.ass"),
        ("talk.chs.srt", ["zh-Hans", "en"], ".srt", "talk.zh-Hans-en.srt"),
        ("zh.srt", ["zh-Hans", "en"], ".srt", "zh.zh-Hans-en.srt"),
        ("eden.srt", ["en"], ".srt", "eden.en.srt"),
        ("a.zh-Hans-en.srt", ["en"], ".vtt", "a.en.vtt"),
    ],
)
def test_names_that_players_know(path: str, languages: list[str], suffix: str, name: str) -> None:
    assert language_name(path, languages, suffix).as_posix() == name
