"""Latin words in a Chinese document: which stretches may be a name, and which are code, addresses or English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.document import read_document
from toolkit.correct.latin import LATIN_WORD, WORDS_A_NAME, latin_stretches, latin_words
from toolkit.cues import Cue

TEXTS = st.lists(st.text("aB1-. ，@/_我们的模型", max_size=16), max_size=3)


def stretches(*lines: str) -> list[str]:
    document = read_document([Cue(None, None, line) for line in lines])
    return [document.text[start:end] for start, end in latin_stretches(document)]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["我们用GLM模型"], ["GLM"]),
        (["我们用deep seek模型"], ["deep", "deep seek", "seek"]),
        (["我们用deep-seek模型"], ["deep-seek"]),
        (["我们用deep  seek模型"], ["deep", "seek"]),
        (["我们用deep,seek模型"], ["deep", "seek"]),
        (["我们的A B C D四个模型"], []),
        (["我们的A B D C四个模型"], ["A B D C"]),
        (["我们的a b两个模型"], ["a b"]),
        (["我们用chat g p t 4来写代码"], ["chat", "chat g p t", "chat g p t 4", "g p t", "g p t 4", "4"]),
        (["我们用g p t 4 o来写代码"], ["g p t", "g p t 4 o", "4 o"]),
        (["用A C++的写法来写程序"], ["A C"]),
        (["用A b-c的写法来写程序"], ["A", "A b-c", "b-c"]),
        (["我们用deep seek's模型"], ["deep", "deep seek's", "deep seek", "seek's", "seek"]),
        (["升级到5G-A网络的手机"], ["5G-A"]),
        (["用C++和C#写程序"], ["C", "C"]),
        (["语言模型GPT-4o说don't的时候"], ["GPT-4o", "don't"]),
        (["变量名叫foo_bar，大家记住"], ["foo_bar"]),
        (["GLM是很好的模型"], ["GLM"]),
        (["很好的模型是GLM"], ["GLM"]),
        (["我a"], ["a"]),
    ],
)
def test_up_to_three_latin_words_may_be_a_name_and_letters_one_by_one_are_a_word(
    lines: list[str], found: list[str]
) -> None:
    assert stretches(*lines) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("算力是400TOPS的芯片", ["400TOPS", "TOPS"]),
        ("这是10GB的硬盘", ["10GB", "GB"]),
        ("400TOPS 500TOPS的芯片和显卡", ["400TOPS", "TOPS", "400TOPS 500TOPS", "500TOPS", "TOPS"]),
        ("用5G的网络和手机", ["5G"]),
        ("用H100的显卡", ["H100"]),
        ("用5G-A的网络", ["5G-A"]),
        ("一共400个芯片", ["400"]),
    ],
)
def test_a_unit_behind_its_number_is_a_word_of_its_own(line: str, found: list[str]) -> None:
    assert stretches(line) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("请看deepseek.com这个网站", []),
        ("请看deepseek.COM/chat这个网站", []),
        ("请看Node.js的文档", ["Node.js"]),
        ("请看deepseek.computer的文档", ["deepseek.computer"]),
    ],
)
def test_an_address_is_no_name(line: str, found: list[str]) -> None:
    assert stretches(line) == found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["我们再来谈谈deep", "seek的模型"], ["deep", "seek"]),
        (["我们再来谈谈deep\nseek的模型"], ["deep", "seek"]),
        (["我们再来谈谈deep ", "seek的模型"], ["deep", "deep seek", "seek"]),
        (["我们再来谈谈deep-", "seek的模型"], ["deep", "deep-seek", "seek"]),
        (["我们再来谈谈g p ", "t的模型"], ["g p t"]),
        (["我们再来谈谈g p", "t的模型"], []),
        (["我们", "GLM", "的模型"], ["GLM"]),
    ],
)
def test_a_cue_or_line_that_begins_ends_the_word_before_it(lines: list[str], found: list[str]) -> None:
    assert stretches(*lines) == found


@pytest.mark.parametrize(
    "line",
    [
        "请看example.com/openai这个地址的内容",
        "请看https://openai这个地址的内容",
        "发信到someone@openai就可以了",
        "路径是src\\openai的地方",
        "变量名叫_openai_，大家记住这个",
        "请写key=openai这一行的代码",
        "请写<openai>这一个标签的名字",
        "请写`openai`这一个命令的名字",
        "一共花了$openai这么多的钱",
        "家目录~openai的地方",
        "调用openai()这个函数的返回值",
        "端口是openai:8080这一个服务",
    ],
)
def test_addresses_paths_and_code_are_no_names(line: str) -> None:
    assert "openai" not in " ".join(stretches(line))


@pytest.mark.parametrize("command", ["install", "import", "from", "pull", "clone"])
def test_what_follows_a_command_is_no_name(command: str) -> None:
    assert "openai" not in stretches(f"大家请先运行{command} openai这个命令")
    assert "openai" in stretches(f"大家请先运行{command}s openai这个命令")


@pytest.mark.parametrize(
    "line",
    [
        "We use deepseek and openai every day",
        "Then open ai was founded 那年",
        "GLM",
        "，GLM。",
        "",
        "a",
        "我们的模型",
        "，",
    ],
)
def test_plain_english_and_text_without_latin_words_have_no_names(line: str) -> None:
    assert stretches(line) == []


@pytest.mark.parametrize(("chinese", "among"), [("我", False), ("我们", False), ("我们的", True)])
def test_there_are_more_than_twice_as_many_chinese_characters_as_latin_words_around(chinese: str, among: bool) -> None:
    assert ("GLM" in stretches(f"{chinese}GLM，and")) == among


def test_what_stands_more_than_twenty_characters_away_does_not_count() -> None:
    assert stretches("这是中文" + "，" * 20 + "GLM" + "，" * 20 + "这是中文") == []
    assert stretches("这是中文" + "，" * 16 + "GLM") == ["GLM"]


def test_of_nothing_there_is_nothing() -> None:
    assert stretches() == []
    assert stretches("", "\n") == []


@given(TEXTS)
def test_stretches_are_whole_words_up_to_three_and_come_once(lines: list[str]) -> None:
    document = read_document([Cue(None, None, line) for line in lines])
    text = document.text
    found = list(latin_stretches(document))
    assert len(set(found)) == len(found)
    words = [start for start, _ in found if not text[:start].endswith(tuple("0123456789")) or start in document.seams]
    assert words == sorted(words)
    for start, end in found:
        words = list(latin_words(text[start:end], (0,)))
        assert 1 <= len(words) <= WORDS_A_NAME
        assert LATIN_WORD.match(text, start)
        assert not document.cuts[[start, end]].any() or text[start - 1 : start].isdigit()
        assert text[start].isalnum()
        assert text[end - 1].isalnum()
        breaks = {0, *document.seams}
        left, right = text[start - 1 : start], text[end : end + 1]
        assert start in breaks or not (left.isascii() and left.isalpha())
        assert end in breaks or not (right.isascii() and right.isalnum())
        assert all(not start < seam < end or text[seam - 1] in " -" or text[seam] in " -" for seam in document.seams)
