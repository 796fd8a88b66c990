"""How text sounds: readings and distances."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sounds import (
    FINAL_COSTS,
    INITIAL_COSTS,
    OTHER,
    POLYPHONE,
    TONE,
    all_readings,
    distance,
    is_han,
    mean_distance,
    nearest_reading,
    parse_syllable,
    parse_syllables,
    readings,
    spell,
)

INITIALS = sorted({initial for pair in INITIAL_COSTS for initial in pair})
FINALS = sorted({final for pair in FINAL_COSTS for final in pair})
SYLLABLES = st.sampled_from(
    [choice for char in "具身智能生成式人工大模型沐曦壁仞女绿鹅欧佛" for choice in all_readings(char)]
)


def toneless(text: str) -> str:
    return " ".join(choices[0].pinyin for choices in readings(text))


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("具身智能", "ju shen zhi neng"),
        ("银行行长", "yin hang hang zhang"),
        ("重庆", "chong qing"),
        ("元宇宙", "yuan yu zhou"),
        ("女儿", "nü er"),
    ],
)
def test_readings_follow_the_context(text: str, spelt: str) -> None:
    assert toneless(text).replace("nv", "nü") == spelt


def test_what_is_not_chinese_has_no_readings() -> None:
    assert [bool(choices) for choices in readings("A1，智")] == [False, False, False, True]


@given(st.text(alphabet="具身智能行长重a1 ，\n😀", max_size=30))
def test_every_character_has_its_place(text: str) -> None:
    found = readings(text)
    assert len(found) == len(text)
    assert all(bool(choices) == is_han(char) for choices, char in zip(found, text, strict=True))


@pytest.mark.parametrize(
    ("pinyin", "initial", "final", "tone"),
    [
        ("shēng", "sh", "eng", 1),
        ("sheng1", "sh", "eng", 1),
        ("yuan2", "", "van", 2),
        ("wai", "", "uai", 0),
        ("lüe4", "l", "ve", 4),
        ("ju", "j", "v", 0),
        ("you3", "", "iou", 3),
    ],
)
def test_syllables_are_parsed(pinyin: str, initial: str, final: str, tone: int) -> None:
    syllable = parse_syllable(pinyin)
    assert (syllable.initial, syllable.final, syllable.tone) == (initial, final, tone)


def test_syllables_are_spelt_as_they_were_read() -> None:
    assert spell(parse_syllables("Wai ke")) == "wai ke"


@given(SYLLABLES, SYLLABLES)
def test_distance_is_symmetric_bounded_and_zero_for_the_same(one: object, other: object) -> None:
    assert distance(one, other) == distance(other, one)
    assert 0 <= distance(one, other) <= 1
    assert (distance(one, other) == 0) == (one == other)


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (("sheng1", "sheng4"), ("sheng1", "shen1")),  # tone before nasal
        (("xing2", "xin1"), ("xing2", "xi1")),  # nasal before no nasal
        (("zhi4", "zi4"), ("zhi4", "chi4")),  # place before aspiration
        (("nan2", "lan2"), ("nan2", "gan2")),  # a merged pair before an unrelated one
    ],
)
def test_distance_is_graded(nearer: tuple[str, str], farther: tuple[str, str]) -> None:
    assert distance(*map(parse_syllable, nearer)) < distance(*map(parse_syllable, farther))


def test_costs_are_listed_once_and_below_another_sound() -> None:
    for table in (INITIAL_COSTS, FINAL_COSTS):
        assert len({frozenset(pair) for pair in table}) == len(table)
        assert all(0 < cost < OTHER for cost in table.values())
        assert all(len(set(pair)) == 2 for pair in table)


def test_listed_initials_and_finals_are_real() -> None:
    known = "巴怕妈发大他那拉个卡哈加七西之吃是日子次四啊"
    initials = {choice.initial for char in known for choice in all_readings(char)}
    known = "啊哦额爱黑奥欧安恩昂鞥一压耶妖优烟因央英五挖窝歪威弯温汪翁鱼月冤晕用东"
    finals = {choice.final for char in known for choice in all_readings(char)}
    assert set(INITIALS) <= initials
    assert set(FINALS) <= finals


def test_an_unlikely_reading_costs_more() -> None:
    choices = (parse_syllable("hang2"), parse_syllable("xing2"))
    assert nearest_reading(choices, parse_syllable("xing2")) == (POLYPHONE, parse_syllable("xing2"))
    assert nearest_reading(choices, parse_syllable("hang4"))[0] == TONE


def test_the_errors_of_the_field_are_near() -> None:
    pairs = [("深层式", "生成式"), ("聚深智能", "具身智能"), ("人心机器人", "人形机器人"), ("质朴", "智谱")]
    for wrong, right in pairs:
        assert mean_distance(readings(wrong), [choices[0] for choices in readings(right)]) < 0.1
