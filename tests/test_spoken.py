"""Numbers and signs as they are said, and numerals in a text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.spoken import MOST, cardinal, is_spoken_numeral, numerals, spoken_forms

NAMES = st.text("具身GPTo 0123456789.-+%&#/·＋–", max_size=14)
SPEECH = st.text("零一二三五十百千万亿点两幺第分之年的有差2.具", max_size=20)


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in numerals(text)]


@pytest.mark.parametrize(
    ("term", "forms"),
    [
        ("人工智能+", ["人工智能加", "人工智能 plus"]),
        ("5G", ["五G"]),
        ("5G-A", ["5GA", "五G-A", "5G A", "五GA", "五G A"]),
        ("GPT-4", ["GPT4", "GPT-四", "GPT 4", "GPT四", "GPT 四"]),
        ("3D打印", ["三D打印"]),
        ("C++", ["C加加", "C plus plus"]),
        ("C#", ["C井", "C sharp"]),
        ("工业2.0", ["工业二点零", "工业2点0"]),
        ("A100", ["A一百", "A一零零", "A幺零零"]),
        ("H20", ["H二十", "H二零"]),
        ("B200", ["B二百", "B二零零", "B两百"]),
        ("R1", ["R一"]),
        ("R&D", ["R和D", "R and D", "RD"]),
        ("50%", ["百分之五十"]),
        ("2.5%", ["百分之二点五"]),
        ("WAIC2024", ["WAIC二零二四", "WAIC二千零二十四", "WAIC两千零二十四"]),
        ("110", ["一百一十", "一一零", "幺幺零"]),
        ("007", ["零零七"]),
        ("10000小时定律", ["一万小时定律", "一零零零零小时定律", "幺零零零零小时定律"]),
        ("12345", ["一二三四五", "幺二三四五"]),
        ("Claude 3", ["Claude3", "Claude 三", "Claude三"]),
        ("TCP/IP", ["TCPIP", "TCP IP"]),
        ("Node.js", ["Node点js", "Nodejs", "Node js"]),
        ("史蒂夫·乔布斯", ["史蒂夫乔布斯", "史蒂夫 乔布斯"]),
        ("人工智能＋", ["人工智能+", "人工智能加", "人工智能 plus"]),
        ("3–5", ["3-5", "3 5", "三-五", "三 五"]),  # never 35
        ("3.1.2", ["三点一点二", "3点1点2"]),
    ],
)
def test_digits_and_signs_are_said(term: str, forms: list[str]) -> None:
    assert list(spoken_forms(term)) == forms


@pytest.mark.parametrize("term", ["具身智能", "十二五", "AI TIME", "二十大", "", "三体", "OpenAI"])
def test_a_term_without_digits_and_signs_has_no_other_form(term: str) -> None:
    assert spoken_forms(term) == ()


def test_all_numbers_of_a_term_are_said_in_one_way() -> None:
    forms = spoken_forms("Qwen2.5-VL-72B")
    assert {"Qwen2.5VL72B", "Qwen二点五-VL-七十二B", "Qwen二点五VL七十二B"} <= set(forms)
    assert not any("2.5" in form and "七" in form for form in forms)


@given(NAMES)
def test_spoken_forms_are_few_and_never_the_term(term: str) -> None:
    forms = spoken_forms(term)
    assert term not in forms
    assert len(set(forms)) == len(forms) <= MOST
    assert all(form == form.strip() and form for form in forms)
    assert bool(forms) or not any(char in "0123456789" for char in term)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (9, "九"),
        (10, "十"),
        (19, "十九"),
        (20, "二十"),
        (110, "一百一十"),
        (305, "三百零五"),
        (1010, "一千零一十"),
        (2024, "二千零二十四"),
        (10_000, "一万"),
        (100_000, "十万"),
        (100_010, "十万零一十"),
        (120_003_000, "一亿二千万三千"),
        (100_000_001, "一亿零一"),
        (1_000_000_000_000, "一万亿"),
    ],
)
def test_numbers_are_read_out(number: int, text: str) -> None:
    assert cardinal(number) == text


@given(st.integers(11, 10**13))
def test_what_is_read_out_is_a_numeral(number: int) -> None:
    assert is_spoken_numeral(cardinal(number))
    assert is_spoken_numeral("第" + cardinal(number))
    assert is_spoken_numeral("百分之" + cardinal(number))


@given(st.lists(st.integers(11, 10**9), min_size=2, max_size=2, unique=True))
def test_different_numbers_are_read_out_differently(pair: list[int]) -> None:
    assert len({cardinal(number) for number in pair}) == 2


@pytest.mark.parametrize(
    "text",
    [
        "二零一二", "点七六亿", "三百零五", "百分之十五", "第十二", "两千零二十四年", "二零二四年", "一九年", "幺幺零",
        "三点一四", "一点五万亿", "两万一千三百", "一万两千亿", "三分之一", "千分之五", "百分之百", "三四十", "十七八",
        "第一", "第3", "1000万", "3点5亿", "一百五", "三千二", "八点三十", "一二三四", "二百五十", "两百", "十一",
    ],
)  # fmt: skip
def test_numerals_are_recognised(text: str) -> None:
    assert is_spoken_numeral(text)


@pytest.mark.parametrize(
    "text",
    [
        "一一列举", "万一下雨", "千万别去", "三三两两", "百分百放心", "一点也不难", "十分好", "气象万千", "七上八下",
        "一五一十地说", "有一点点", "两点一线", "一点一滴", "成千上万", "七七八八", "百万年薪", "不三不四", "三心二意",
        "二百五一个", "2024年", "具身智能", "第几", "五", "一个", "点二", "",
    ],
)  # fmt: skip
def test_words_that_hold_digits_are_no_numerals(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("在二零一二年投了点七六亿，占百分之十五", ["二零一二年", "点七六亿", "百分之十五"]),
        ("万一有一万人来", ["一万"]),
        ("还差点三万块", ["三万"]),
        ("十四五规划的第十二章", ["十四五", "第十二"]),
        ("一五一十地讲了二百五十个", ["二百五十"]),
        ("五十亿参数的模型，准确率九十九点五", ["五十亿", "九十九点五"]),
        ("第一届和第二届", ["第一", "第二"]),
    ],
)
def test_numerals_are_found_in_speech(text: str, spans: list[str]) -> None:
    assert found(text) == spans


@given(SPEECH)
def test_numerals_are_in_order_and_long_enough(text: str) -> None:
    spans = list(numerals(text))
    assert all(0 <= start < end - 1 < len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(
        any(char in "零一二三四五六七八九十百千万亿两幺点第" for char in text[start:end]) for start, end in spans
    )
