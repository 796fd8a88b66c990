"""Numbers are the same in Chinese and English, digits and words."""

from __future__ import annotations

import pytest

from toolkit.bilingual.amounts import missing, said, written


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3.5万人", {35_000}),
        ("2亿", {2e8}),
        ("1,500", {1500}),
        ("1.5 million", {1_500_000}),
        ("300k", {300_000}),
        ("GPT-4 和 5G", set()),
        ("8:30", set()),
        ("15%", {15}),
        ("the 3rd", {3}),
        ("about 300", {300}),
        ("in 2024", {2024}),
        ("三百", set()),
        ("", set()),
        ("1990s", {1990}),
        ("H20", set()),
    ],
)
def test_numbers_in_digits(text: str, values: set[float]) -> None:
    assert written(text) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二零二四年", 2024),
        ("三千五百人", 3500),
        ("一亿二千万", 120_000_000),
        ("三点五亿", 350_000_000),
        ("十七", 17),
        ("两万", 20_000),
        ("thirty-five thousand", 35_000),
        ("one hundred and twenty", 120),
        ("two million", 2e6),
        ("seventeen of us", 17),
        ("half", 0.5),
        ("一半", 0.5),
    ],
)
def test_numbers_in_words(text: str, value: float) -> None:
    assert value in said(text)


@pytest.mark.parametrize(
    ("one", "other", "lacking"),
    [
        ("来了300人", "three hundred came", set()),
        ("来了300人", "30 came", {300}),
        ("20%", "百分之二十", set()),
        ("90年代", "the 1990s", set()),
        ("2024年", "in 2024", set()),
        ("3.5万", "35,000", set()),
        ("第3天", "the third day", set()),
    ],
)
def test_what_one_text_has_and_the_other_has_not(one: str, other: str, lacking: set[float]) -> None:
    assert missing(one, other) == lacking
