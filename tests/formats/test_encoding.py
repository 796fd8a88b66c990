"""How bytes become text, and which do not."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import FormatError
from toolkit.formats.encoding import decode

SIMPLIFIED = "我们今天来看具身智能的崛起，欢迎大家。"
TRADITIONAL = "我們今天來看人工智慧的發展，歡迎各位。"
CUE = "1\n00:00:01,000 --> 00:00:02,000\n{}\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, CUE.format("你好"), CUE.format("一"), "plain ASCII\n"])
def test_every_encoding_is_told_from_the_others(name: str, text: str) -> None:
    assert decode(text.encode(name))[0] == text


@pytest.mark.parametrize("name", ["big5", "cp950", "big5hkscs"])
@pytest.mark.parametrize("text", [TRADITIONAL, CUE.format("謝謝大家"), CUE.format("這是 WAIC")])
def test_big5_is_told_from_gb18030(name: str, text: str) -> None:
    assert decode(text.encode(name))[0] == text


@pytest.mark.parametrize("text", ["你好", "谢谢大家", "我们", "欢迎来到上海", "今天", "人工智能大会"])
def test_a_single_short_line_is_enough(text: str) -> None:
    assert decode(text.encode("gb18030")) == (text, "gb18030")
    assert decode(CUE.format(text).encode("utf-16-le"))[0] == CUE.format(text)


RARE = ["喵喵喵", "镕基", "朱镕基", CUE.format("喵喵喵"), CUE.format("镕基")]


@pytest.mark.parametrize("text", RARE)
def test_rarer_characters_in_pairs_are_chinese_and_told_to_be_a_guess(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert decode(text.encode("gb18030"), path="a.srt") == (text, "gb18030")
    assert caplog.messages == ["a.srt: taken for gb18030 by a guess; if its text is wrong, save it as UTF-8"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("euc_kr", "안녕하세요 여러분, 오늘은 인공지능에 대해서 이야기해 보겠습니다."),
        ("euc_kr", CUE.format("감사합니다")),
        ("euc_jp", "今日は人工知能についてお話しします。"),
        ("cp932", CUE.format("ありがとうございました")),
    ],
)
def test_the_languages_beside_chinese_are_read_as_they_are(
    name: str, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert decode(text.encode(name)) == (text, name)
    assert f"taken for {name} by a guess" in caplog.text


@pytest.mark.parametrize("text", [SIMPLIFIED, CUE.format("你好"), "六月仍有百分"])
def test_ordinary_chinese_is_no_guess(text: str, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("gb18030", "cp950"):
        if text.encode(name, "ignore").decode(name) == text:
            assert decode(text.encode(name))[0] == text
    assert caplog.messages == []


@pytest.mark.parametrize("text", ["é", "naïve café", "αβγ", "Привет", "威廉·莎士比亚", "Vitamin·C", "λ"])
def test_short_utf8_stays_utf8(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "As nossas ações",
        "él señor",
        "It’s a café — “quoted” text.\nAnd the naïve résumé.",
        "Ça va très bien, garçon. Où est la bibliothèque ?",
    ],
)
def test_western_files_are_read_as_well(text: str) -> None:
    assert decode(text.encode("cp1252"))[0] == text


@pytest.mark.parametrize(
    ("data", "problem", "line"),
    [
        (bytes(range(256)) * 4, "not text in UTF-8", 2),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0" * 8, "not text in UTF-8", 1),
        (b"line\nline \0 line\n" * 40, "a zero byte", 2),
        (b"\xff\xfea", "says it is UTF-16-LE and is not", 1),
        ("大家好\n".encode() * 9 + b"\xff" + "大家好\n".encode() * 9, "broken UTF-8: byte 0xff", 10),
    ],
)
def test_what_is_no_text_is_one_error_with_its_line(data: bytes, problem: str, line: int) -> None:
    with pytest.raises(FormatError, match=problem) as caught:
        decode(data, path="talk.srt")
    assert (caught.value.path, caught.value.line) == ("talk.srt", line)


def test_a_file_that_breaks_off_inside_a_character_is_read_up_to_there(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert decode("第一行\n大家好".encode()[:-1], path="talk.txt")[0] == "第一行\n大家"
    assert caplog.messages == ["talk.txt:2: ends inside a character, which is left out"]


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0xFFFF, exclude_categories=["Cs", "Cc"]), min_size=40))
def test_utf8_is_always_recognised(text: str) -> None:
    assert decode(text.encode())[0] == text.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_are_text_or_a_format_error(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except FormatError:
        return
    assert "\0" not in text
