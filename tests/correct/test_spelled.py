"""Candidates by spelling: listed mistakes where their conditions hold, Latin names whatever their case and spaces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.candidates import Candidate
from toolkit.correct.context import Context
from toolkit.correct.document import Document, read_document
from toolkit.correct.index import build_index
from toolkit.correct.spelled import find_aliases, find_latin
from toolkit.cues import Cue
from toolkit.language_model import load_language_model
from toolkit.lexicon import Alias, Lexicon, Term

WAIC = Term("WAIC", aliases=(Alias("WAC"), Alias("外壳", near=("大会",), never=("手机", "外壳厂"))))
LISTED = build_index(Lexicon((WAIC, Term("GLM", aliases=(Alias("GM"), Alias("G M"))))))
NAMES = build_index(
    Lexicon(
        (
            *(Term(name) for name in ("DeepSeek", "OpenAI", "AI TIME", "GLM", "5G-A", "Marvell", "GPT-4o")),
            Term("SAIL", aliases=(Alias("sail", near=("大奖",)),)),
            Term("Claude", exact=True),
            Term("BERT", near=("模型",)),
        )
    )
)


def document_of(*lines: str) -> Document:
    return read_document([Cue(None, None, line) for line in lines])


def shown(document: Document, found: list[Candidate]) -> list[tuple[str, str]]:
    return [(document.text[one.start : one.end], one.term.text) for one in found]


def listed(*lines: str) -> list[tuple[str, str]]:
    document = document_of(*lines)
    return shown(document, list(find_aliases(document, LISTED, None)))


def latin(*lines: str) -> list[tuple[str, str]]:
    document = document_of(*lines)
    return shown(document, list(find_latin(document, NAMES)))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("今年的WAC", [("WAC", "WAIC")]),
        ("今年的wac", [("wac", "WAIC")]),
        ("SWAC和WACC", []),
        ("大会叫外壳", [("外壳", "WAIC")]),
        ("它叫外壳", []),
        ("手机大会的外壳", []),
        ("大会旁的外壳厂", []),
        ("用GM和G M", [("GM", "GLM"), ("G M", "GLM")]),
        ("WAIC", []),
        ("", []),
    ],
)
def test_a_listed_mistake_is_found_where_its_conditions_hold(line: str, found: list[tuple[str, str]]) -> None:
    assert listed(line) == found


def test_a_listed_mistake_is_found_over_a_seam() -> None:
    assert listed("这次大会的外", "壳\n很好") == [("外壳", "WAIC")]


def test_a_term_is_no_mistake_for_itself_in_other_letters() -> None:
    index = build_index(Lexicon((Term("GLM", aliases=(Alias("glm"),)),)))
    document = document_of("用GLM和glm")
    assert shown(document, list(find_aliases(document, index, None))) == [("glm", "GLM")]


@given(st.text("WAC外壳,a 手", max_size=20))
def test_mistakes_without_conditions_are_found_as_a_naive_search_finds_them(text: str) -> None:
    index = build_index(Lexicon((Term("WAIC", aliases=(Alias("wac"), Alias("外壳"))),)))
    found = [(one.start, one.end) for one in find_aliases(document_of(text), index, None)]
    padded = f"，{text}，"
    latin_words = [
        (at, at + 3)
        for at in range(len(text))
        if text[at : at + 3].lower() == "wac" and not (padded[at] in "WACa" or padded[at + 4] in "WACa")
    ]
    chinese = [(at, at + 2) for at in range(len(text)) if text[at : at + 2] == "外壳"]
    assert found == sorted([*latin_words, *chinese])


def test_the_context_is_asked_about_chinese_alone() -> None:
    document = document_of("大会叫外壳和WAC")
    context = Context(document, load_language_model(), ())
    chinese, letters = find_aliases(document, LISTED, context)
    assert chinese.gain == context.gain(3, 5, "WAIC").gain != 0
    assert letters.gain == 0
    assert (chinese.near, letters.near) == ("大会", "")
    assert {chinese.rule, letters.rule} == {"alias"}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("我们试用了deepseek的模型", [("deepseek", "DeepSeek")]),
        ("我们试用了deep seek的模型", [("deep seek", "DeepSeek")]),
        ("他来自open-ai公司的团队", [("open-ai", "OpenAI")]),
        ("参加Ai time的学术活动", [("Ai time", "AI TIME")]),
        ("升级到5Ga的移动网络", [("5Ga", "5G-A")]),
        ("升级到gpt 4O的语言模型", [("gpt 4O", "GPT-4o")]),
        ("我们试用了DeepSeek的模型", []),
        ("我们和claude一起写论文", []),
        ("我们一起去sail扬帆远航", []),
        ("deepseek很好", [("deepseek", "DeepSeek")]),
    ],
)
def test_a_latin_name_is_found_by_its_letters(line: str, found: list[tuple[str, str]]) -> None:
    assert latin(line) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("我们试用了Deepseak的模型", [("Deepseak", "DeepSeek")]),
        ("我们的客户用Marvel的芯片", [("Marvel", "Marvell")]),
        ("我们试用了Reepseek的模型", []),
        ("我们用GLA-1的模型来做", []),
        ("我们用GLMM的模型来做", []),
        ("我们用GLA的模型来做", [("GLA", "GLM")]),
        ("我们用GL的模型来做", []),
        ("用5GB的硬盘来存储", []),
        ("我们用DeepSeak2的模型", []),
    ],
)
def test_a_latin_name_is_found_with_one_letter_wrong(line: str, found: list[tuple[str, str]]) -> None:
    assert latin(line) == found


@pytest.mark.parametrize(
    "line",
    [
        "We use deepseek and openai every day",
        "Then open ai was founded 那年",
        "pip install deepseek 就可以了，很简单的",
        "请看deepseek.com/openai这个地址的内容",
        "变量名叫openai_key，大家记住这个",
        "请运行 import openai 这一行代码就可以",
        "调用openai()这个函数的返回值",
        "发信到someone@openai就可以了",
    ],
)
def test_english_lines_and_code_stay(line: str) -> None:
    assert latin(line) == []


def test_a_seam_ends_a_latin_word_and_a_sign_between_words_ends_a_name() -> None:
    assert latin("我们再来谈谈deep", "seek的语言模型") == []
    assert latin("我们再来谈谈deep\nseek的语言模型") == []
    assert latin("我们再来谈谈deep,seek的语言模型") == []


def test_a_letter_wrong_costs_its_share_and_a_word_near_is_told() -> None:
    document = document_of("这个模型叫berrt，那个叫bert")
    assert [(one.cost, one.near, one.rule) for one in find_latin(document, NAMES)] == [(0, "模型", "latin")]
    document = document_of("这个模型叫dert和bertt，那个叫BART")
    assert [(one.cost, one.near) for one in find_latin(document, NAMES)] == [(1 / 4, "模型")]


@given(st.permutations(["DeepSeek", "DeepSeen", "Deep Seek", "DeepSeer"]))
def test_of_names_alike_the_same_is_found_in_any_order_of_terms(names: list[str]) -> None:
    index = build_index(Lexicon.of(names))
    document = document_of("我们试用了Deepseex的模型，不是DeepSeek，也不是deepseen")
    found = shown(document, list(find_latin(document, index)))
    assert found == [("Deepseex", "DeepSeek"), ("deepseen", "DeepSeen")]


@given(st.text("deEpSk Ai用的，1/", max_size=24))
def test_a_name_that_stands_is_never_found_and_what_is_found_differs_by_a_letter_at_most(text: str) -> None:
    document = document_of(text)
    for one in find_latin(document, NAMES):
        heard = document.text[one.start : one.end]
        assert heard != one.term.text
        assert one.cost == 0 or one.cost == 1 / len(heard.replace(" ", ""))
        assert heard[0].casefold() == one.term.text[0].casefold()
