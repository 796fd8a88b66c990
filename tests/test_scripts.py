"""Scripts are told by the characters that only one of them has."""

from __future__ import annotations

import pytest

from toolkit.scripts import language_tag, main_script, only_scripts, simplified, traditional


@pytest.mark.parametrize(
    ("text", "only_simplified", "only_traditional"),
    [("这台電腦", "这", "電腦"), ("人工智能", "", ""), ("AI，。！①", "", ""), ("喆堃昇", "", ""), ("", "", "")],
)
def test_characters_of_one_script(text: str, only_simplified: str, only_traditional: str) -> None:
    assert (simplified(text), traditional(text)) == (only_simplified, only_traditional)


@pytest.mark.parametrize(
    ("texts", "tag"),
    [
        (["我们开始吧", "OK"], "zh-Hans"),
        (["我們開始吧", "这"], "zh-Hant"),
        (["Let us begin", "你好"], "zh-Hans"),
        (["Let us begin with a long sentence", "在"], "en"),
        (["123", "！"], "en"),
        ([], "en"),
    ],
)
def test_the_tag_of_a_text(texts: list[str], tag: str) -> None:
    assert language_tag(texts) == tag


@pytest.mark.parametrize(
    ("text", "main", "all_of_them"),
    [
        ("我们用電脑", "zh-Hans", {"zh-Hans", "zh-Hant"}),
        ("我們用電脑", "zh-Hant", {"zh-Hans", "zh-Hant"}),
        ("電脑", "", {"zh-Hans", "zh-Hant"}),
        ("AI 人工智能", "", set()),
    ],
)
def test_the_script_of_most_characters(text: str, main: str, all_of_them: set[str]) -> None:
    assert (main_script(text), only_scripts(text)) == (main, all_of_them)
