"""Numerals of both languages are read as values, with all that they may mean where they stand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from toolkit.amounts import CLOCK, FIGURE, NAME, WORDS, Amount, amounts_in


def sure(text: str) -> list[Amount]:
    return [amount for amount in amounts_in(text) if amount.sure]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1亿2千万", 120_000_000),
        ("1亿两千万", 120_000_000),
        ("5个亿", 500_000_000),
        ("三百五", 350),
        ("三百零五", 305),
        ("一万二", 12_000),
        ("一亿五", 150_000_000),
        ("1.8万亿", 1.8e12),
        ("一万五千亿", 1.5e12),
        ("壹佰", 100),
        ("貳拾伍萬", 250_000),
        ("兩億", 200_000_000),
        ("三十点二", 30.2),
        ("点七六亿", 76_000_000),
        ("十五五", 15),
        ("二零二四年", 2024),
        ("二〇二四", 2024),
        ("百分之十五", 15),
        ("三分之一", Fraction(1, 3)),
        ("1/3", Fraction(1, 3)),
        ("第十二", 12),
        ("１２万", 120_000),
        ("120 million", 120_000_000),
        ("1.2 bn", 1_200_000_000),
        ("$3.5M", 3_500_000),
        ("twenty-one", 21),
        ("a hundred and twenty-three", 123),
        ("two and a half million", 2_500_000),
        ("half a million", 500_000),
        ("twenty twenty-four", 2024),
        ("nineteen eighty-four", 1984),
        ("three point one four billion", 3_140_000_000),
        ("two-thirds", Fraction(2, 3)),
        ("twenty-first", 21),
    ],
)
def test_a_numeral_has_its_value(text: str, value: float) -> None:
    (amount,) = sure(text)
    assert float(amount.value) == pytest.approx(float(value))


@pytest.mark.parametrize(
    "text",
    [
        "一起", "一下", "万一", "十分", "三心二意", "一方面", "第一次见面", "千万别去", "百分之百", "一五一十",
        "七上八下", "收拾队伍", "大陆", "参加", "陸軍參加", "双十一", "九一八", "90后", "一点一点来", "3D", "1个",
        "几百万", "数十亿", "三万两万", "a", "one of them", "first", "in a second", "thousands", "half", "May", "both",
    ],
)  # fmt: skip
def test_what_may_be_no_amount_is_not_sure(text: str) -> None:
    assert sure(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("20多万", 200_000, 300_000), ("三百多", 300, 400), ("1.2亿多", 120_000_000, 130_000_000), ("300+", 300, 400)],
)
def test_what_is_more_than_a_number_lies_below_the_next(text: str, low: int, high: int) -> None:
    (amount,) = sure(text)
    assert amount.reach == (low, high)


def test_nearly_a_number_is_a_little_less() -> None:
    assert [amount.reach for text in ("近200", "nearly 200") for amount in sure(text)] == [(190, 200)] * 2


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("GPT-4", [NAME]),
        ("8:30", [CLOCK, CLOCK]),
        ("300人", [FIGURE]),
        ("3万人", [FIGURE]),
        ("三百人", [WORDS]),
        ("RMB 300", [FIGURE]),
        ("H100", [NAME]),
    ],
)
def test_how_an_amount_is_written_is_known(text: str, kinds: list[str]) -> None:
    assert [amount.kind for amount in sure(text)] == kinds


@pytest.mark.parametrize(
    "text", ["他花了三百五，一共1亿2千万", "貳拾萬元和百分之十五", "in 2024, 1.5 million of a third", "", " "]
)
def test_an_amount_stands_where_it_says(text: str) -> None:
    assert all(text[amount.start : amount.end] == amount.text for amount in amounts_in(text))
    assert bool(amounts_in(text)) is bool(text.strip())


@pytest.mark.parametrize("loop", ["一", "9", "点五", "1亿", "one ", "million ", "百分之", "八点", "1/", "1,000,"])
def test_what_a_recogniser_repeats_without_end_is_read_too(loop: str) -> None:
    assert all(float(value) < 1e200 for amount in amounts_in(loop * 600) for value in amount.values)
