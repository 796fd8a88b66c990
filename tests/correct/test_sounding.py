"""Candidates by sound: which matches are worth asking the context about, and what rules the others out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.candidates import Candidate
from toolkit.correct.context import Context, changed_part
from toolkit.correct.document import Document, read_document
from toolkit.correct.index import Index, build_index
from toolkit.correct.search import find_standing
from toolkit.correct.sounding import UNKNOWN_GAINS, find_sounding
from toolkit.correct.weigh import base_strength
from toolkit.cues import Cue
from toolkit.language_model import load_language_model
from toolkit.lexicon import Alias, Lexicon, Term

MODEL = load_language_model()
EVERYTHING = -1e9
TERMS = Lexicon.of(
    [
        *("具身智能", "人工智能", "生成式人工智能", "智元机器人", "知识图谱", "人形机器人", "机器人", "银河通用"),
        Term("智谱", near=("大模型",)),
        Term("沐曦"),
        Term("WAIC", sounds=("wai ke",), near=("大会",)),
        Term("生成式", aliases=(Alias("深层式", near=("模型",)),)),
        Term("量子位", exact=True),
    ]
)
INDEX = build_index(TERMS)
PIECES = st.sampled_from(
    [
        *("聚生智能", "具身智能", "人心机器人", "机器人", "深层是人工智能", "生成式"),
        *"的，",
        "只是图谱",
        "质朴",
        "大模型",
        "外壳",
    ]
)


def sounding(
    text: str, *, threshold: float = EVERYTHING, model: bool = True, index: Index = INDEX
) -> tuple[Document, list[Candidate]]:
    document = read_document([Cue(None, None, text)])
    standing = find_standing(document, index)
    context = Context(document, MODEL, tuple(standing)) if model else None
    return document, list(find_sounding(document, index, standing, context, threshold=threshold))


def shown(text: str, *, threshold: float = EVERYTHING, model: bool = True) -> set[tuple[str, str]]:
    document, found = sounding(text, threshold=threshold, model=model)
    return {(document.text[one.start : one.end], one.term.text) for one in found}


@pytest.mark.parametrize(
    ("text", "heard", "term"),
    [
        ("谈谈聚生智能的崛起", "聚生智能", "具身智能"),
        ("深层是人工智能", "深层是人工智能", "生成式人工智能"),
        ("人心机器人亮相", "人心机器人", "人形机器人"),
        ("质朴的大模型", "质朴", "智谱"),
        ("在外壳大会上", "外壳", "WAIC"),
        ("我们请木溪来", "木溪", "沐曦"),
        ("这个深层是模型", "深层是", "生成式"),
    ],
)
@pytest.mark.parametrize("model", [True, False])
def test_what_was_misheard_is_a_candidate(text: str, heard: str, term: str, model: bool) -> None:
    assert (heard, term) in shown(text, model=model)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("质朴的生活", "智谱"),  # two characters, and none of the words near
        ("手机外壳", "WAIC"),  # it sounds otherwise than it is written, and none of the words near
        ("这个深层式模型", "生成式"),  # listed: left to the conditions of the list
        ("两字位", "量子位"),  # never by sound
        ("谈谈具身智能", "具身智能"),  # stands right
    ],
)
@pytest.mark.parametrize("model", [True, False])
def test_what_is_ruled_out_is_no_candidate(text: str, term: str, model: bool) -> None:
    assert term not in {found for _, found in shown(text, model=model)}


@pytest.mark.parametrize(
    ("text", "standing", "term"),
    [
        ("聚身智能源", "能源", "具身智能"),  # the change would leave half of it
        ("巨聚身智能", "巨聚", "具身智能"),
        ("银何通用", "银何", "银河通用"),  # the change would be inside it
        ("银何通用", "何通", "银河通用"),
        ("聚深智能", "聚深智能", "具身智能"),
        ("聚深智能化", "聚深智能化", "具身智能"),
    ],
)
def test_what_would_damage_a_term_that_stands_is_ruled_out(text: str, standing: str, term: str) -> None:
    def of_full_length(*terms: str) -> list[str]:
        _, found = sounding(text, index=build_index(Lexicon.of(terms)))
        return [one.term.text for one in found if one.end - one.start == len(term)]

    assert of_full_length(term) == [term]
    assert of_full_length(term, standing) == []


@given(st.lists(PIECES, max_size=7))
def test_a_term_that_stands_right_is_neither_cut_nor_changed(pieces: list[str]) -> None:
    """A term may stand inside what is changed, as 人工智能 inside 深层是人工智能, if it stays as it is."""
    document, found = sounding("".join(pieces))
    standing = find_standing(document, INDEX)
    for one in found:
        assert not any(right.start < one.start < right.end for right in standing)
        assert not any(right.start < one.end < right.end for right in standing)
        if not one.foreign:
            first, last = changed_part(document.text[one.start : one.end], one.term.text)
            low, high = one.start + first, one.start + last
            assert not any(right.start < high and right.end > low for right in standing)


@given(st.lists(PIECES, max_size=7), st.floats(-3, 4))
def test_the_sieve_only_leaves_out(pieces: list[str], threshold: float) -> None:
    text = "".join(pieces)
    assert shown(text, threshold=threshold) <= shown(text)
    assert shown(text, threshold=threshold + 1) <= shown(text, threshold=threshold)


@pytest.mark.parametrize(
    "text", ["谈谈聚生智能", "国产人心机器人亮相", "大模型里的质朴", "银何通用机器人", "大会的外壳"]
)
def test_the_strongest_passes_a_sieve_a_little_finer_than_itself(text: str) -> None:
    _, every = sounding(text)
    strongest = max(every, key=base_strength)
    _, passed = sounding(text, threshold=base_strength(strongest) - 1)
    assert strongest in passed


@pytest.mark.parametrize("text", ["只是图书馆很大", "生成石头", "聪明的智能机器人"])
def test_what_is_weak_does_not_pass_the_sieve(text: str) -> None:
    assert shown(text, threshold=2.0) == set() != shown(text)


def test_a_candidate_has_all_that_is_to_be_weighed() -> None:
    document, found = sounding("大模型里的质朴，大会的外壳，人形机人")
    known = {one.term.text: one for one in found}
    assert (known["智谱"].near, known["智谱"].gap, known["智谱"].foreign) == ("大模型", False, False)
    assert (known["WAIC"].near, known["WAIC"].gap, known["WAIC"].foreign) == ("大会", False, True)
    assert (known["人形机器人"].near, known["人形机器人"].gap) == ("", True)
    assert all(one.rule == "sound" for one in found)
    context = Context(document, MODEL, tuple(find_standing(document, INDEX)))
    for one in found:
        gained = context.gain(one.start, one.end, one.term.text)
        assert one.gain == gained.gain
        assert one.known == context.word_logprob(one.term.text)
        assert (one.fluent, one.functions) == ((False, 0) if one.foreign else (gained.fluent, gained.functions))


def test_without_the_model_length_stands_for_context() -> None:
    gains = {}
    for text in ("木溪", "深层是", "聚生智能", "智源机器人"):
        document, found = sounding(text, model=False)
        gains[len(text)] = next(one.gain for one in found if one.end - one.start == len(document.text))
    assert list(gains.values()) == [UNKNOWN_GAINS[2], UNKNOWN_GAINS[3], UNKNOWN_GAINS[4], 5.5]
    assert all(one < other for one, other in pairwise(gains.values()))


@given(st.lists(PIECES, max_size=5), st.permutations(TERMS.terms))
def test_the_order_of_terms_does_not_matter(pieces: list[str], terms: list[Term]) -> None:
    _, found = sounding("".join(pieces))
    _, again = sounding("".join(pieces), index=build_index(Lexicon(tuple(terms))))
    assert set(found) == set(again)
    assert len(found) == len(again)
