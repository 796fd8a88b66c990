"""Candidates by spelling: listed mistakes where their conditions hold, Latin names whatever their case and spaces."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.candidates import Candidate
from toolkit.correct.document import Document, read_document
from toolkit.correct.index import Index, build_index
from toolkit.correct.reading import build_lattice, slots, with_context
from toolkit.correct.spelled import ANY_TERM, find_aliases, find_latin, find_spelled
from toolkit.correct.standing import find_standing
from toolkit.correct.weigh import ALIAS, ALIAS_NEAR, LATIN, spelled_strength
from toolkit.cues import Cue
from toolkit.language_model import load_language_model
from toolkit.lexicon import Alias, Lexicon, Term

MODEL = load_language_model()
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
    return shown(document, list(find_aliases(document, LISTED)))


def latin(*lines: str) -> list[tuple[str, str]]:
    document = document_of(*lines)
    return shown(document, list(find_latin(document, NAMES)))


def spelled(text: str, *terms: Term, model: bool = True) -> list[Candidate]:
    document, index = document_of(text), build_index(Lexicon.of(terms))
    return find_spelled(document, index, find_standing(document, index), MODEL if model else None)


def aliased(*aliases: str, text: str = "WAIC") -> Index:
    return build_index(Lexicon((Term(text, aliases=tuple(map(Alias, aliases))),)))


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
    document = document_of("用GLM和glm")
    assert shown(document, list(find_aliases(document, aliased("glm", text="GLM")))) == [("glm", "GLM")]


@given(st.text("WAC外壳,a 手", max_size=20))
def test_mistakes_without_conditions_are_found_as_a_naive_search_finds_them(text: str) -> None:
    found = [(one.start, one.end) for one in find_aliases(document_of(text), aliased("wac", "外壳"))]
    padded = f"，{text}，"
    latin_words = [
        (at, at + 3)
        for at in range(len(text))
        if text[at : at + 3].lower() == "wac" and not (padded[at] in "WACa" or padded[at + 4] in "WACa")
    ]
    chinese = [(at, at + 2) for at in range(len(text)) if text[at : at + 2] == "外壳"]
    assert found == sorted([*latin_words, *chinese])


def test_the_language_model_is_asked_about_chinese_alone() -> None:
    chinese, letters = spelled("大会叫外壳和WAC", WAIC)
    document = document_of("大会叫外壳和WAC")
    spans = with_context(document, np.array([3], dtype=np.int32), np.array([5], dtype=np.int32))
    assert chinese.gain == pytest.approx(slots(build_lattice(document, MODEL, spans), spans)[0] + ANY_TERM)
    assert (letters.gain, letters.strength) == (0, ALIAS)
    assert chinese.strength == ALIAS_NEAR + max(chinese.gain, 0)
    assert (chinese.near, letters.near) == ("大会", "")
    assert {chinese.rule, letters.rule} == {"alias"}
    assert [one.gain for one in spelled("大会叫外壳和WAC", WAIC, model=False)] == [0, 0]


def test_each_has_its_strength_and_the_place_of_its_term() -> None:
    terms = Term("沐曦", aliases=(Alias("木溪"),)), Term("DeepSeek"), WAIC
    found = spelled("我们的木溪试用了deepseek，大会的外壳", *terms)
    assert [(one.term.text, one.place, one.rule) for one in found] == [
        ("沐曦", 0, "alias"),
        ("WAIC", 2, "alias"),
        ("DeepSeek", 1, "latin"),
    ]
    assert [one.strength for one in found] == [spelled_strength(one) for one in found]
    assert found[-1].strength == LATIN


@pytest.mark.parametrize(
    ("text", "terms", "kept"),
    [
        ("民间的WAC", [Term("WAIC", aliases=(Alias("WAC"),), never=("民间",))], 0),
        ("民间的deepseek软件", [Term("DeepSeek", never=("民间",))], 0),
        ("城市的deepseek软件", [Term("DeepSeek", never=("民间",))], 1),
        ("试用外壳牌", [Term("WAIC", aliases=(Alias("外壳"),)), Term("壳牌")], 0),  # it would cut a term
        ("试用外壳牌", [Term("WAIC", aliases=(Alias("外壳"),)), Term("外壳牌")], 0),  # inside a term
        ("试用外壳牌", [Term("WAIC", aliases=(Alias("外壳"),)), Term("外壳")], 0),  # a term itself
        ("试用外壳牌", [Term("WAIC", aliases=(Alias("外壳牌"),)), Term("壳牌")], 1),  # around a term
        ("试用外壳牌", [Term("WAIC", aliases=(Alias("外壳"),))], 1),
    ],
)
def test_what_the_lexicon_forbids_and_what_damages_a_term_is_left_out(text: str, terms: list[Term], kept: int) -> None:
    assert len(spelled(text, *terms)) == kept


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
        ("我们试用了Deepseak的模型", []),  # by its sound, not by its letters
        ("我们和claude一起写论文", []),  # exact: by its aliases alone
        ("我们一起去sail扬帆远航", []),  # listed: left to the conditions of the list
        ("deepseek很好", [("deepseek", "DeepSeek")]),
    ],
)
def test_a_latin_name_is_found_by_its_letters(line: str, found: list[tuple[str, str]]) -> None:
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


def test_a_word_near_is_told() -> None:
    document = document_of("这个模型叫bert，那个叫deepseek")
    assert [(one.near, one.rule) for one in find_latin(document, NAMES)] == [("模型", "latin"), ("", "latin")]


@given(st.permutations(["DeepSeek", "Deepseek", "Deep Seek", "DEEPSEEK"]))
def test_of_names_alike_the_same_is_found_in_any_order_of_terms(names: list[str]) -> None:
    document = document_of("我们试用了deepseek的模型，不是DeepSeek，也不是deep-seek")
    found = shown(document, list(find_latin(document, build_index(Lexicon.of(names)))))
    assert found == [("deepseek", "Deepseek"), ("deep-seek", "Deepseek")]


@given(st.text("deEpSk Ai用的，1/", max_size=24))
def test_a_name_that_stands_is_never_found_and_what_is_found_has_its_letters(text: str) -> None:
    document = document_of(text)
    for one in find_latin(document, NAMES):
        heard = document.text[one.start : one.end]
        assert heard != one.term.text
        assert heard.replace(" ", "").casefold() == one.term.text.replace(" ", "").casefold()
