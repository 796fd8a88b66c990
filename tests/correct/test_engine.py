"""The engine as a whole: the same every time, never a term that stands right, undone without a trace, and settled."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.correct import correct
from toolkit.correct.context import changed_part
from toolkit.correct.search import stands_alone
from toolkit.cues import Cue, Edit, Transcript
from toolkit.edits import changes, decide
from toolkit.lexicon import Alias, Lexicon, Term
from toolkit.profile import CorrectOptions

PLAIN = ("具身智能", "魔搭社区", "大语言模型", "知识图谱", "银河通用", "沐曦科技", "强化学习", "人形机器人")
LEXICON = Lexicon.of(
    [
        *PLAIN,
        *("人工智能", "生成式人工智能", "智元机器人", "DeepSeek", "OpenAI", "AI TIME"),
        Term("智谱", near=("大模型", "清华"), never=("民风",)),
        Term("WAIC", aliases=(Alias("WAC"), Alias("外壳", near=("舞台", "大会"), never=("手机", "外壳厂")))),
        Term("生成式", exact=True, aliases=(Alias("深层式", near=("人工智能",)),)),
    ]
)

RIGHT = (
    *("具身智能的崛起", "魔搭社区", "大语言模型很好", "知识图谱的应用", "银河通用机器人", "沐曦科技", "强化学习"),
    *("人形机器人走上舞台", "今天的大会", "二零一二年", "张三说", "DeepSeek很好", "他来自OpenAI公司", "手机外壳摔坏了"),
)
"""Phrases that nothing in the lexicon is misheard in, whatever stands around them."""

CLEAR = {
    "今天谈谈聚生智能": "今天谈谈具身智能",
    "徐汇区与摩达社区": "徐汇区与魔搭社区",
    "这是大鱼言模型": "这是大语言模型",
    "构建知识图普": "构建知识图谱",
    "我们是银何通用": "我们是银河通用",
    "国产人心机器人亮相": "国产人形机器人亮相",
    "今年的WAC大会": "今年的WAIC大会",
    "他来自open ai公司": "他来自OpenAI公司",
}
"""Phrases that are repaired in a sentence of their own, without help of the document."""

DOUBTFUL = (
    *("深层式人工智能", "深层是人工智能的难题", "人公智能", "人工只能完成", "智源机器人", "智源研究院", "只是图谱"),
    *("外壳的舞台", "质朴的生活", "清华的智普", "我们用质朴的大模型", "试用了Deepseak的模型", "Ai time的活动"),
    *("多么态度好", "得人心者得天下", "深层式结构", "木星科技", "木星的卫星", "墙化学习", "巨身智能"),
)
"""Phrases in which it depends on what stands around and elsewhere."""

OTHERS = (Lexicon(), Lexicon.of(["鱼"]), Lexicon.of(["😀", "A1"]))
JOINTS = ("，", "。", "\n", "的", "在", "不过", "😀", "")
ANY = st.sampled_from([*RIGHT, *CLEAR, *DOUBTFUL, *JOINTS])
LINES = st.lists(st.lists(ANY, max_size=4).map("".join), max_size=5)
BOLDNESS = st.sampled_from([0.0, 0.5, 1.0])
ANYTHING = st.text(st.characters() | st.sampled_from("聚生智能具身摩达社区外壳WAC open ai\n"), max_size=30)
FEWER = settings(max_examples=50)


def cues_of(lines: Sequence[str]) -> tuple[Cue, ...]:
    return tuple(Cue(None, None, line) for line in lines)


@lru_cache(maxsize=512)
def corrected(lines: tuple[str, ...], boldness: float = 0.5) -> tuple[Cue, ...]:
    return correct(cues_of(lines), LEXICON, CorrectOptions(boldness=boldness))


def texts(cues: Sequence[Cue]) -> tuple[str, ...]:
    return tuple(cue.text for cue in cues)


def whole_edits(cues: Sequence[Cue]) -> list[Edit]:
    """All edits with offsets into the heard text of all cues, halves put together."""
    begins = [sum(len(cue.heard) for cue in cues[:index]) for index in range(len(cues))]
    found = changes(Transcript("talk.txt", tuple(cues)))
    return [change.edit.shifted(begins[change.places[0][0]]) for change in found]


@FEWER
@given(LINES, BOLDNESS)
def test_undoing_all_edits_gives_the_input(lines: list[str], boldness: float) -> None:
    cues = corrected(tuple(lines), boldness)
    assert [cue.heard for cue in cues] == lines
    transcript = Transcript("talk.txt", cues)
    numbers = [change.number for change in changes(transcript)]
    applied = decide(transcript, numbers, applied=True)
    assert [cue.text for cue in decide(applied, numbers, applied=False).cues] == lines


@FEWER
@given(LINES, st.permutations(LEXICON.terms))
def test_the_order_of_terms_and_earlier_runs_leave_no_trace(lines: list[str], terms: list[Term]) -> None:
    once = corrected(tuple(lines))
    assert correct(cues_of(lines), Lexicon(tuple(terms))) == once
    assert correct(once, LEXICON) == once


@FEWER
@given(LINES, BOLDNESS)
def test_a_term_that_stands_right_is_never_touched(lines: list[str], boldness: float) -> None:
    heard = "".join(lines).replace("\n", "")
    for edit in whole_edits(corrected(tuple(lines), boldness)):
        start = edit.start - "".join(lines)[: edit.start].count("\n")
        before = edit.before.replace("\n", "")
        first, last = changed_part(before, edit.after.replace("\n", ""))
        for term in LEXICON.terms:
            at = heard.find(term.text)
            while at != -1:
                right = at + len(term.text)
                touched = at < start + last and right > start + first
                assert not touched or not stands_alone(heard, at, right), edit.as_text()
                at = heard.find(term.text, at + 1)


@FEWER
@given(LINES, BOLDNESS)
def test_edits_stand_in_order_change_something_and_know_why(lines: list[str], boldness: float) -> None:
    heard, end = "".join(lines), 0
    for edit in whole_edits(corrected(tuple(lines), boldness)):
        assert edit.start >= end
        assert heard[edit.start : edit.end] == edit.before != edit.after
        assert edit.after.replace("\n", "").strip() in LEXICON
        assert edit.score >= 0.5 if edit.applied else edit.score <= 0.5
        assert edit.evidence or edit.rule == "latin"
        end = edit.end


@FEWER
@given(LINES, BOLDNESS)
def test_suggesting_only_changes_nothing_and_finds_the_same(lines: list[str], boldness: float) -> None:
    options = CorrectOptions(boldness=boldness, suggest_only=True)
    suggested = correct(cues_of(lines), LEXICON, options)
    assert texts(suggested) == tuple(lines)
    as_applied = [replace(edit, applied=True) for edit in whole_edits(suggested)]
    assert as_applied == [replace(edit, applied=True) for edit in whole_edits(corrected(tuple(lines), boldness))]


CHINESE = [phrase for phrase in (*RIGHT, *CLEAR, *DOUBTFUL, "，", "的") if not any(char.isascii() for char in phrase)]


@FEWER
@given(st.lists(st.sampled_from(CHINESE), max_size=6).map("".join), st.data())
def test_where_cues_and_lines_end_does_not_matter_to_chinese(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    lines = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    (whole,) = corrected((text,))
    assert "".join(texts(corrected(tuple(lines)))) == whole.text
    (broken,) = corrected(("\n".join(lines),))
    assert broken.text.replace("\n", "") == whole.text


@pytest.mark.parametrize(("heard", "text"), CLEAR.items())
def test_what_is_clear_is_repaired_by_itself(heard: str, text: str) -> None:
    assert texts(corrected((heard,))) == (text,)


@FEWER
@given(st.lists(st.sampled_from([*RIGHT, *CLEAR]), max_size=8))
def test_what_is_clear_is_repaired_in_any_company_and_corrected_text_stays(sentences: list[str]) -> None:
    """In sentences of their own: then one repair is no context for the next."""
    lines = tuple(f"{sentence}。" for sentence in sentences)
    once = texts(corrected(lines))
    assert once == tuple(f"{CLEAR.get(sentence, sentence)}。" for sentence in sentences)
    assert texts(corrected(once)) == once


@FEWER
@given(LINES, BOLDNESS)
def test_correcting_over_and_over_comes_to_rest_and_takes_nothing_back(lines: list[str], boldness: float) -> None:
    """What was repaired may speak for its neighbours: as a word near, as context, as a term that now stands right.

    So a corrected text may be corrected further. But it comes to rest, and each time more stands right.
    """
    text, counts = tuple(lines), [-1]
    for _ in range(5):
        again = texts(corrected(text, boldness))
        counts.append(sum("".join(again).count(term.text) for term in LEXICON.terms))
        if again == text:
            break
        text = again
    assert texts(corrected(text, boldness)) == text
    assert counts == sorted(counts)


@pytest.mark.parametrize("never", ["民间", "民", "智能，deep seek，W"])
def test_a_word_that_forbids_a_term_is_obeyed_by_every_rule(never: str) -> None:
    line = "民间的聚生智能，deep seek，WAC"
    guarded = [
        Term("具身智能", never=(never,)),
        Term("DeepSeek", never=(never,)),
        Term("WAIC", aliases=(Alias("WAC"),), never=(never,)),
    ]
    free = [replace(term, never=()) for term in guarded]
    assert [cue.text for cue in correct(cues_of([line]), Lexicon.of(guarded))] == [line]
    assert [cue.text for cue in correct(cues_of([line]), Lexicon.of(free))] == ["民间的具身智能，DeepSeek，WAIC"]


@settings(max_examples=100)
@given(st.lists(ANYTHING, max_size=4), st.sampled_from([LEXICON, *OTHERS]))
def test_any_text_is_taken_and_given_back(lines: list[str], lexicon: Lexicon) -> None:
    cues = correct(cues_of(lines), lexicon)
    assert [cue.heard for cue in cues] == lines
    assert len(lexicon) > 0 or texts(cues) == tuple(lines)


@pytest.mark.parametrize("lines", [[], [""], ["具"], ["\n"], ["😀"], ["\ud800"], ["𠮷"], ["a"], ["", "\n\n", ""]])
def test_next_to_nothing_stays_as_it_is(lines: list[str]) -> None:
    assert correct(cues_of(lines), LEXICON) == cues_of(lines)


@pytest.mark.parametrize(
    ("heard", "text"),
    [
        ("大会叫AI外壳", "大会叫AI WAIC"),
        ("大会的外壳AI论坛", "大会的WAIC AI论坛"),
        ("大会的外壳 AI论坛", "大会的WAIC AI论坛"),
        ("大会的外壳WAC论坛", "大会的WAIC WAIC论坛"),
        ("大会的外壳，论坛", "大会的WAIC，论坛"),
    ],
)
def test_latin_terms_and_words_have_a_space_between(heard: str, text: str) -> None:
    assert texts(corrected((heard,))) == (text,)


def test_what_surrounds_a_mistake_may_be_anything() -> None:
    assert texts(corrected(("\ud800聚生智能\udc00", "😀聚生智能𠮷"))) == ("\ud800具身智能\udc00", "😀具身智能𠮷")


def test_a_line_of_fifty_thousand_characters() -> None:
    count = 6250
    (cue,) = corrected(("聚生智能的崛起，" * count,))
    assert cue.text == "具身智能的崛起，" * count
    assert len(cue.edits) == count


@FEWER
@given(LINES)
def test_without_the_language_model_all_of_it_holds(lines: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.correct.engine.find_language_model", lambda: None)
        cues = correct(cues_of(lines), LEXICON)
        assert [cue.heard for cue in cues] == lines
        assert correct(cues, LEXICON) == cues
        assert correct(cues_of(["聚生智能"]), LEXICON)[0].text == "具身智能"
        for edit in whole_edits(cues):
            assert edit.after.replace("\n", "").strip() in LEXICON


def test_without_the_language_model_there_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("toolkit.correct.engine.find_language_model", lambda: None)
    with caplog.at_level(logging.WARNING):
        correct(cues_of(["聚生智能"]), LEXICON)
    assert "language model is missing" in caplog.text
