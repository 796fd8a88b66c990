"""Terms are found and checked in any shape, in both directions, and mended where that is safe."""

from __future__ import annotations

import pytest

from toolkit.lexicon import Alias, Lexicon, Term, load_lexicon
from toolkit.translate.glossary import Glossary, holds
from toolkit.translate.mend import as_listed, mend, with_terms
from toolkit.translate.values import Demand
from toolkit.translate.words import find_words, words_of

LEXICON = Lexicon.of(
    [
        Term("大模型", english="large model"),
        Term("语言模型", english="language model"),
        Term("大语言模型", english="large language model"),
        Term("缩放定律", english="scaling law"),
        Term("规模定律", english="scaling law"),
        Term("宇树", english="Unitree"),
        Term("沐曦", english="MetaX", aliases=(Alias("穆锡"),)),
        Term("WAIC"),
        Term("浅山"),
    ]
)
ENGLISH = Glossary.of(LEXICON, "en")
CHINESE = Glossary.of(LEXICON, "zh-Hans")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("大语言模型和大模型", {"大语言模型": ("large language model",), "大模型": ("large model",)}),
        ("大模型，大模型", {"大模型": ("large model",)}),
        ("waic上的浅山", {"waic": ("WAIC",)}),
        ("没有", {}),
        ("", {}),
    ],
)
def test_terms_in_chinese(text: str, found: dict[str, tuple[str, ...]]) -> None:
    assert {demand.text: demand.wanted for demand in ENGLISH.demands(text)} == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Large-Language Models", {"Large-Language Models": ("大语言模型",)}),
        ("the scaling laws", {"scaling laws": ("缩放定律", "规模定律")}),
        ("at WAIC", {"WAIC": ("WAIC",)}),
        ("enlarge models", {}),
    ],
)
def test_terms_in_english(text: str, found: dict[str, tuple[str, ...]]) -> None:
    assert {demand.text: demand.wanted for demand in CHINESE.demands(text)} == found


@pytest.mark.parametrize(
    ("text", "wanted", "there"),
    [
        ("Human-Machine Collaboration", "human–machine collaboration", True),
        ("its policies", "policy", True),
        ("regularization", "regularisation", True),
        ("Open AI", "OpenAI", True),
        ("GPUs", "GPU", True),
        ("C", "C++", False),
        ("GPT-3", "GPT-4", False),
        ("modelling", "model", False),
        ("缩放定律", "缩放定律", True),
        ("", "model", False),
    ],
)
def test_a_term_is_there_in_any_shape(text: str, wanted: str, there: bool) -> None:
    assert holds(text, [wanted]) == there


@pytest.mark.parametrize(
    ("text", "term", "wanted", "mended"),
    [
        ("Unitre and Unitre", "宇树", "Unitree", "Unitree and Unitree"),
        ("Yushu's dog", "宇树", "Unitree", "Unitree's dog"),
        ("yushu", "宇树", "Unitree", "yushu"),
        ("from 宇树", "宇树", "Unitree", "from Unitree"),
        ("a unit", "宇树", "Unitree", "a unit"),
        ("GPT-3 is here", "GPT四", "GPT-4", "GPT-3 is here"),
        ("The big model", "大模型", "large model", "The big model"),
        ("很多 large models", "large models", "大模型", "很多 大模型"),
        ("Unitree", "宇树", "Unitree", "Unitree"),
    ],
)
def test_what_can_only_be_the_term_is_mended_and_nothing_else(text: str, term: str, wanted: str, mended: str) -> None:
    assert mend(text, Demand(term, (wanted,))).text == mended


def test_spellings_that_the_lexicon_knows_as_wrong_are_mended() -> None:
    demand = CHINESE.demands("by MetaX")[0]
    assert mend("穆锡的芯片", demand, CHINESE.wrong_for(demand)).text == "沐曦的芯片"


@pytest.mark.parametrize(
    ("text", "wanted", "listed"),
    [
        ("openai and Open AI", "OpenAI", "OpenAI and OpenAI"),
        ("Embodied ai", "embodied AI", "Embodied AI"),
        ("Large Models", "large model", "Large Models"),
        ("two gpus", "GPU", "two GPUs"),
        ("Turing tests", "Turing test", "Turing tests"),
        ("turing Test", "Turing test", "Turing test"),
    ],
)
def test_capitals_are_those_of_the_lexicon(text: str, wanted: str, listed: str) -> None:
    assert as_listed(text, Demand("", (wanted,))).text == listed


def test_terms_are_put_into_a_line_the_longest_first() -> None:
    demands = (Demand("大模型", ("large model",)), Demand("国产大模型", ("domestic model",)))
    assert with_terms("看国产大模型", demands) == "看 domestic model"


def test_words_are_found_where_they_stand() -> None:
    text = "Large models, large model"
    assert [text[start:end] for start, end in find_words(words_of(text), words_of("large model"))] == [
        "Large models",
        "large model",
    ]


def test_the_packs_that_ship_make_a_glossary_in_both_directions() -> None:
    lexicon = load_lexicon(["waic2024"])
    for target in ("en", "zh"):
        glossary = Glossary.of(lexicon, target)
        assert len(glossary.entries) > 300
        for entry in glossary.entries:
            assert any(entry.wanted == demand.wanted for demand in glossary.demands(entry.text)), entry
            assert holds(entry.wanted[0], entry.wanted)
