"""What is measured about a cue: phrases in it, loops, repetition, speed."""

from __future__ import annotations

import re

import pytest

from toolkit.cues import Cue
from toolkit.quarantine.facts import find_loop, measure
from toolkit.quarantine.phrases import FILE, KINDS, Found, find_phrases, fold
from toolkit.quarantine.weigh import SLOW, SPEECH, _at, score
from toolkit.toml import parse


@pytest.mark.parametrize(
    ("text", "kind", "covers"),
    [
        ("謝謝觀看！", "may_be_said", 1.0),
        ("谢谢大家的收看", "may_be_said", 1.0),
        ("THANKS  FOR WATCHING", "may_be_said", 1.0),
        ("好，我们下期再见", "may_be_said", 6 / 7),
        ("字幕由 Ａｍａｒａ．ｏｒｇ 社区提供", "never_said", 1.0),
        ("字幕由Amara.org社区提供 谢谢观看", "never_said", 15 / 19),
        ("下期再见，下集再见", "may_be_said", 1.0),
    ],
)
def test_phrases_are_found_however_they_are_written(text: str, kind: str, covers: float) -> None:
    found = find_phrases(fold(text))
    assert found is not None
    assert (found.kind, found.covers) == (kind, pytest.approx(covers))


@pytest.mark.parametrize(
    "text",
    ["谢谢大家", "Thank you.", "字幕志愿者们很辛苦", "我们用手机观看", "请大家一起来", "字幕提供了很大的帮助", ""],
)
def test_what_people_say_all_the_time_is_no_phrase(text: str) -> None:
    assert find_phrases(fold(text)) is None


def test_every_phrase_is_found_as_a_whole() -> None:
    document = parse(FILE.read_text(encoding="utf-8"))
    assert set(document) == set(KINDS)
    for kind in KINDS:
        for phrase in document[kind]:
            found = find_phrases(fold(phrase.replace("*", "")))
            assert found == Found(kind, found.text if found else "", 1.0), phrase


def test_no_phrase_is_listed_twice_or_too_short_to_mean_anything() -> None:
    document = parse(FILE.read_text(encoding="utf-8"))
    listed = [fold(phrase) for kind in KINDS for phrase in document[kind]]
    assert len(listed) == len(set(listed))
    assert min(map(len, listed)) >= 2
    assert not [phrase for phrase in document["never_said"] if len(fold(phrase)) < 4]


def test_phrases_come_in_both_scripts_and_in_english() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert all(part in text for part in ("谢谢", "謝謝", "订阅", "訂閱", "thanks for watching", "amara.org community"))
    assert re.search("[\u3040-\u30ff]", text)


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("谢谢大家" * 6, (6, 4)),
        ("啊" * 30, (30, 1)),
        ("la" * 12, (12, 2)),
        ("我们说" + "对不起" * 10, (10, 3)),
        ("好好学习", (1, 0)),
        ("再见" * 2, (1, 0)),
        ("一二三四五" * 200, (200, 5)),
        ("哈哈哈，这个我们明天再讨论", (1, 0)),
        ("1000000 元的项目和方案", (1, 0)),
        ("", (1, 0)),
    ],
)
def test_loops(text: str, loop: tuple[int, int]) -> None:
    assert find_loop(fold(text)) == loop


def test_lines_in_a_row_are_counted_and_so_are_those_elsewhere() -> None:
    texts = ["一样", "一样！", "一样。", "别的", "", "", "一样"]
    facts = measure([Cue(None, None, text) for text in texts])
    assert [(one.run, one.nth) for one in facts] == [(3, 1), (3, 2), (3, 3), (1, 1), (1, 1), (1, 1), (1, 1)]
    assert [one.alike for one in facts] == [4, 4, 4, 1, 1, 1, 4]


def test_speed_counts_characters_words_and_digits() -> None:
    (facts,) = measure([Cue(0, 2000, "具身 AI 2024 发布 open model")])
    assert facts.units == 2 + 1 + 4 + 2 + 2
    assert facts.pace == 5.5
    (untimed,) = measure([Cue(None, None, "具身")])
    assert untimed.pace is None


def test_what_is_no_number_is_not_known() -> None:
    extra = (("speech", "loud"), ("avg_logprob", True), ("no_speech_prob", None), ("compression_ratio", 2))
    (facts,) = measure([Cue(0, 1, "好", extra=extra)])
    assert (facts.speech, facts.logprob, facts.no_speech, facts.compression) == (None, None, None, 2.0)


@pytest.mark.parametrize(
    ("value", "height"), [(0.0, 1.6), (0.1, 1.6), (0.5, 0.05), (0.9, -1.5), (1.0, -1.5), (None, 0.0)]
)
def test_curves_are_level_outside_of_their_corners(value: float | None, height: float) -> None:
    assert _at(SPEECH, value) == pytest.approx(height)
    assert (_at(SLOW, 0.1), _at(SLOW, 5.0)) == (1.0, 0.0)


def test_a_strength_is_a_probability() -> None:
    assert [score(power) for power in (-3, 0, 3)] == [0.001, 0.5, 0.999]
