"""Numbers of both languages are compared by value; changed ones are found, equal ones pass."""

from __future__ import annotations

import pytest

from toolkit.translate.amounts import changed_numbers

EQUAL = [
    ("投资1.2亿", "120 million invested"),
    ("点七六亿", "76 million"),
    ("两亿五千万", "250 million"),
    ("1.8万亿参数", "1.8 trillion parameters"),
    ("一共一百二十三个", "a hundred and twenty-three in all"),
    ("一万五", "15k"),
    ("三百五", "350"),
    ("三百零五", "305"),
    ("20多万", "over 200,000"),
    ("二〇二四年", "in 2024"),
    ("二零二四", "twenty twenty-four"),
    ("24年", "in 2024"),
    ("八十年代", "the 1980s"),
    ("90后", "born in the 1990s"),
    ("百分之三十五", "thirty-five percent"),
    ("三成", "30%"),
    ("八折", "20% off"),
    ("三点一四", "3.14"),
    ("第十二届", "the twelfth"),
    ("8点半", "8:30"),
    ("大概七八十个", "seventy or eighty"),
    ("两三百块", "200 or 300 yuan"),
    ("三分之一", "a third"),
    ("一半", "50%"),
    ("万一下雨", "in case it rains"),
    ("一个人", "one person"),
    ("GPT-4", "GPT-4"),
    ("0.76亿", "0.76 hundred million"),
    ("1亿2千万", "120 million"),
    ("5个亿", "500 million"),
    ("十五五规划", "the 15th Five-Year Plan"),
    ("1/3", "a third"),
    ("壹佰", "100"),
    ("", ""),
]


@pytest.mark.parametrize(("chinese", "english"), EQUAL)
def test_equal_numbers_pass_in_both_directions(chinese: str, english: str) -> None:
    assert changed_numbers(chinese, english) == []
    assert changed_numbers(english, chinese) == []


@pytest.mark.parametrize(
    ("source", "text", "changed"),
    [
        ("三百家", "30 of them", ["三百", "30"]),
        ("1.2亿", "1.2 billion", ["1.2亿", "1.2 billion"]),
        ("二零二四年", "in 2023", ["二零二四年", "2023"]),
        ("百分之十五", "a few", ["百分之十五"]),
        ("很多", "5,000", ["5,000"]),
        ("2.5%", "25%", ["2.5", "25"]),
        ("forty-two", "二十四", ["forty-two", "二十四"]),
        ("150 million", "1.5亿，再加300万", ["300万"]),
        ("5 GPUs", "6块GPU", ["5", "6"]),
        ("涨了15%", "rose by 15", ["15%"]),
        ("百分之十五", "15", ["百分之十五"]),
        ("3万", "3,000", ["3万", "3,000"]),
    ],
)
def test_changed_numbers_are_named(source: str, text: str, changed: list[str]) -> None:
    assert changed_numbers(source, text) == changed
