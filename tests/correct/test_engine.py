"""The engine as a whole: the same every time, never a term that stands right, undone without a trace, and settled."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.correct import correct
from toolkit.correct.compiled import load_index
from toolkit.correct.engine import find_edits, find_pass
from toolkit.cues import Cue, Edit, Transcript, Word
from toolkit.edits import changes, decide
from toolkit.lexicon import Alias, Lexicon, Term
from toolkit.profile import CorrectOptions
from toolkit.spoken import numerals

MISHEARD = (
    "具身智能 聚生智能 巨身智能 居身智能 具深智能, 魔搭社区 摩达社区 魔大社区 磨搭社区, 沐曦 木溪 穆锡 木西,"
    "大语言模型 大鱼言模型 大雨言模型 大寓言模型, 知识图谱 知识图普 芝士图谱 知识突谱, 强化学习 墙化学习 强华学习,"
    "银河通用 银何通用 音河通用 银合通用, 人形机器人 人心机器人 人性机器人 仁形机器人, 联邦学习 连邦学习 联帮学习,"
    "生成式 深层式 声成式 生辰式, 壁仞科技 碧刃科技 必仁科技 壁任科技, 燧原科技 岁源科技 遂原科技,"
    "智谱 智普 质朴 智朴, 向量数据库 像量数据库 向亮数据库, 飞桨 飞浆 非奖 飞将"
)
"""Terms, each followed by what it is misheard as."""
SPOKEN = MISHEARD.replace(",", " ").split()
LEXICON = Lexicon.of(
    [
        *(spellings.split()[0] for spellings in MISHEARD.split(",")),
        *("人工智能", "生成式人工智能", "智元机器人", "DeepSeek", "OpenAI"),
        Term("WAIC", aliases=(Alias("WAC"), Alias("外壳", near=("舞台", "大会"), never=("手机", "外壳厂")))),
    ]
)
CARRIERS = (
    "今天我们来谈谈{}的发展。 他在{}工作了三年， {}是一个很大的话题。 很多公司都在做{}， {}带来了新的机会。 "
    "说到{}，大家都不陌生， 从{}到{}只用了两年。 这位嘉宾来自{}， 请介绍一下{}的情况。 {}的成本还在下降， "
    "我对{}很有信心。 去年有人问我什么是{}， 如果没有{}就没有今天， 我们把{}用在工厂里， {}、{}都是热门。 "
    "先讲{}再讲别的， 大家听说过{}吗？ 关于{}还有三个问题。 我认为{}和{}会结合起来。 谢谢大家， 手机外壳摔坏了， "
    "二零二四年一共有三百多人参加。 今年的WAC大会， 大会上的外壳很热闹， 试用了deepseek的模型，"
)
LINE = st.tuples(st.sampled_from(CARRIERS.split()), st.sampled_from(SPOKEN), st.sampled_from(SPOKEN)).map(
    lambda drawn: drawn[0].format(*drawn[1:])
)
LINES = st.lists(LINE, max_size=8).map(tuple)
BOLDNESS = st.sampled_from([0.0, 0.5, 1.0])
ANYTHING = st.text(st.characters() | st.sampled_from("聚生智能具身摩达社区外壳WAC open ai\n"), max_size=30)
CLEAR = {
    "今天谈谈聚生智能": "今天谈谈具身智能",
    "徐汇区与摩达社区": "徐汇区与魔搭社区",
    "这是大鱼言模型": "这是大语言模型",
    "国产人心机器人亮相": "国产人形机器人亮相",
    "今年的WAC大会": "今年的WAIC大会",
    "他来自open ai公司": "他来自OpenAI公司",
}
FEWER = settings(max_examples=40)


def cues_of(lines: Sequence[str]) -> tuple[Cue, ...]:
    return tuple(Cue(None, None, line) for line in lines)


@lru_cache(maxsize=512)
def corrected(lines: tuple[str, ...], boldness: float = 0.5) -> tuple[Cue, ...]:
    return correct(cues_of(lines), LEXICON, CorrectOptions(boldness=boldness))


@lru_cache(maxsize=512)
def edits_of(lines: tuple[str, ...], boldness: float = 0.5) -> tuple[Edit, ...]:
    return find_edits(cues_of(lines), LEXICON, CorrectOptions(boldness=boldness))


def texts(cues: Sequence[Cue]) -> tuple[str, ...]:
    return tuple(cue.text for cue in cues)


def repaired(text: str, *terms: str | Term, **options: object) -> str:
    return "".join(texts(correct(cues_of([text]), Lexicon.of(terms), CorrectOptions(**options))))


@settings(max_examples=80)
@given(LINES, BOLDNESS)
def test_a_corrected_text_is_never_corrected_any_further(lines: tuple[str, ...], boldness: float) -> None:
    once = texts(corrected(lines, boldness))
    assert texts(corrected(once, boldness)) == once


@FEWER
@given(LINES, BOLDNESS)
def test_undoing_all_edits_gives_the_input(lines: tuple[str, ...], boldness: float) -> None:
    cues = corrected(lines, boldness)
    assert tuple(cue.heard for cue in cues) == lines
    transcript = Transcript("talk.txt", cues)
    numbers = [change.number for change in changes(transcript)]
    applied = decide(transcript, numbers, applied=True)
    assert texts(decide(applied, numbers, applied=False).cues) == lines


@FEWER
@given(LINES, st.permutations(LEXICON.terms))
def test_the_order_of_terms_and_earlier_runs_leave_no_trace(lines: tuple[str, ...], terms: list[Term]) -> None:
    once = corrected(lines)
    assert correct(cues_of(lines), Lexicon(tuple(terms))) == once
    assert correct(once, LEXICON) == once


@FEWER
@given(LINES, BOLDNESS)
def test_edits_never_overlap_change_something_and_know_why(lines: tuple[str, ...], boldness: float) -> None:
    heard, edits = "".join(lines), edits_of(lines, boldness)
    assert all(one.end <= other.start for one, other in pairwise(edits))
    for edit in edits:
        assert heard[edit.start : edit.end] == edit.before != edit.after
        assert edit.after.strip() in LEXICON
        assert edit.after not in edit.before
        assert edit.rule in ("sound", "alias", "latin")
        assert edit.applied == (dict(edit.evidence).get("reason") is None)
        assert edit.score >= 0.5 or not edit.applied


@FEWER
@given(LINES, BOLDNESS)
def test_suggesting_only_finds_what_one_pass_would_change(lines: tuple[str, ...], boldness: float) -> None:
    cues, index, options = cues_of(lines), load_index(LEXICON), CorrectOptions(boldness=boldness)
    changed, suggested = (find_pass(cues, index, replace(options, suggest_only=only)) for only in (False, True))
    assert find_edits(cues, LEXICON, replace(options, suggest_only=True)) == suggested
    reasons = [dict(edit.evidence)["reason"] for edit in suggested]
    assert [edit.applied for edit in changed] == [reason == "nothing is changed unasked" for reason in reasons]
    assert [(edit.start, edit.after) for edit in changed] == [(edit.start, edit.after) for edit in suggested]


@FEWER
@given(LINES, st.data())
def test_where_cues_and_lines_end_does_not_matter_to_chinese(lines: tuple[str, ...], data: st.DataObject) -> None:
    text = "".join(line for line in lines if not any(char.isascii() for char in line) and "外壳" not in line)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    parts = [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]
    (whole,) = corrected((text,))
    assert "".join(texts(corrected(tuple(parts)))) == whole.text
    (broken,) = corrected(("\n".join(parts),))
    assert broken.text.replace("\n", "") == whole.text


@FEWER
@given(LINES)
def test_spoken_numbers_are_never_changed(lines: tuple[str, ...]) -> None:
    spoken = tuple(line.replace("三年", "三十五年又一百亿").replace("两年", "二零一二年") for line in lines)
    heard = "".join(spoken)
    lexicon = LEXICON + Lexicon.of(["三是无", "义百易", "林怡儿", "儿灵"])
    edits = find_edits(cues_of(spoken), lexicon, CorrectOptions(boldness=1.0))
    numbers = [(start, end) for start, end in numerals(heard) if end - start > 1]
    assert not any(edit.start < end and edit.end > start for edit in edits for start, end in numbers)


@pytest.mark.parametrize(("heard", "text"), CLEAR.items())
def test_what_is_clear_is_repaired_by_itself_in_words_and_over_a_seam(heard: str, text: str) -> None:
    assert texts(corrected((heard,))) == (text,)
    if not any(char.isascii() for char in heard):
        for cut in range(len(heard)):
            assert "".join(texts(corrected((heard[:cut], heard[cut:])))) == text


def test_a_line_break_inside_a_mistake_stays_where_it_was() -> None:
    assert texts(corrected(("今天谈谈聚生\n智能",))) == ("今天谈谈具身\n智能",)


@pytest.mark.parametrize(
    "text", ["二零一二年具身智能", "手机外壳摔坏了", "具身智能的具身", "他来自OpenAI公司", "We use openai", "张三说"]
)
def test_what_is_right_stays(text: str) -> None:
    assert edits_of((text,), 1.0) == ()


def test_what_one_repair_makes_possible_is_repaired_in_the_same_run() -> None:
    terms = [Term("沐曦", aliases=(Alias("木溪", near=("具身智能",)),)), Term("具身智能")]
    text = "谈谈聚生智能和木溪"
    assert repaired(text, *terms) == "谈谈具身智能和沐曦"
    assert repaired("谈谈木溪", *terms[:1], boldness=0.0) == "谈谈木溪"


def probed(heard: str, around: tuple[str, str], term: str, prob: float | None) -> Edit:
    before, after = around
    words = (Word(before, 0, 1), Word(heard, 1, 2, prob), Word(after, 2, 3))
    (edit,) = find_edits([Cue(0, 3, before + heard + after, words=words)], Lexicon.of([term]), CorrectOptions())
    return edit


def test_a_doubtful_word_is_cheaper_to_change_than_a_sure_one() -> None:
    for heard, before, term in (
        ("质朴", "我们来了", "智谱"),
        ("木溪", "我们聊聊", "沐曦"),
        ("人心机器人", "得", "人形机器人"),
    ):
        doubted, unsaid, sure = (probed(heard, (before, "吧"), term, prob).score for prob in (0.1, None, 1.0))
        assert doubted > unsaid > sure


def test_a_doubtful_word_is_changed_where_a_sure_one_is_not() -> None:
    assert [probed("飞将", ("我们用", "写代码"), "飞桨", prob).applied for prob in (0.0, 1.0)] == [True, False]


def strongest(text: str, *terms: Term) -> float:
    return max((edit.score for edit in find_edits(cues_of([text]), Lexicon.of(terms), CorrectOptions())), default=0.0)


def test_weight_raises_and_lowers_a_term() -> None:
    scores = [strongest("我们聊聊木溪", Term("沐曦", weight=weight)) for weight in (0.0, 0.3, 1.0, 10.0)]
    assert scores == sorted(scores)
    assert scores[0] == 0 < scores[1] < scores[2] < scores[3]


def test_a_term_that_asks_for_more_is_suggested_and_what_is_protected_stays() -> None:
    assert repaired("我们聊聊木溪", Term("沐曦", min_score=0.5)) == "我们聊聊沐曦"
    assert repaired("我们聊聊木溪", Term("沐曦", min_score=1.0)) == "我们聊聊木溪"
    guarded = replace(Lexicon.of(["沐曦"]), protected=frozenset(["木溪"]))
    assert find_edits(cues_of(["我们聊聊木溪"]), guarded, CorrectOptions(boldness=1.0)) == ()


@pytest.mark.parametrize("never", ["民间", "民", "智能，deep seek，W"])
def test_a_word_that_forbids_a_term_is_obeyed_by_every_rule(never: str) -> None:
    line = "民间的聚生智能，deep seek，WAC"
    guarded = [
        Term("具身智能", never=(never,)),
        Term("DeepSeek", never=(never,)),
        Term("WAIC", aliases=(Alias("WAC"),), never=(never,)),
    ]
    assert repaired(line, *guarded) == line
    assert repaired(line, *(replace(term, never=()) for term in guarded)) == "民间的具身智能，DeepSeek，WAIC"


def test_words_near_and_conditions_of_aliases_decide() -> None:
    picky = Term("智谱", near=("大模型",))
    assert repaired("我们用质朴的大模型", picky) == "我们用智谱的大模型"
    assert repaired("我们过质朴的生活", picky, boldness=1.0) == "我们过质朴的生活"
    for text in ("大会上的WAIC", "手机的外壳", "大会的手机外壳"):
        assert repaired(text.replace("WAIC", "外壳"), *LEXICON.terms) == text


@settings(max_examples=100)
@given(
    st.lists(ANYTHING, max_size=4), st.sampled_from([LEXICON, Lexicon(), Lexicon.of(["鱼"]), Lexicon.of(["😀", "A1"])])
)
def test_any_text_is_taken_and_given_back(lines: list[str], lexicon: Lexicon) -> None:
    cues = correct(cues_of(lines), lexicon)
    assert [cue.heard for cue in cues] == lines
    assert len(lexicon) > 0 or texts(cues) == tuple(lines)


@pytest.mark.parametrize("lines", [[], [""], ["具"], ["\n"], ["😀"], ["\ud800"], ["𠮷"], ["a"], ["", "\n\n", ""]])
def test_next_to_nothing_stays_as_it_is(lines: list[str]) -> None:
    assert correct(cues_of(lines), LEXICON) == cues_of(lines)


@pytest.mark.parametrize("text", ["大会叫AI WAIC", "大会的WAIC AI论坛", "大会的WAIC WAIC论坛", "大会的WAIC，论坛"])
def test_latin_terms_and_words_have_a_space_between(text: str) -> None:
    for heard in (text.replace("WAIC", "外壳", 1), text.replace("WAIC ", "外壳", 1), text.replace(" WAIC", "外壳")):
        assert texts(corrected((heard,))) == (text,)


def test_what_surrounds_a_mistake_may_be_anything_and_as_long_as_it_likes() -> None:
    assert texts(corrected(("\ud800聚生智能\udc00", "😀聚生智能𠮷"))) == ("\ud800具身智能\udc00", "😀具身智能𠮷")
    (cue,) = corrected(("聚生智能的崛起，" * 6000,))
    assert (cue.text, len(cue.edits)) == ("具身智能的崛起，" * 6000, 6000)


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.correct.engine.find_language_model", lambda: None)


@pytest.mark.usefixtures("without_model")
def test_without_the_language_model_all_is_corrected_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    lines = ("今天谈谈聚生智能。", "二零一二年的WAC。", "试用了deep seek的模型。")
    with caplog.at_level(logging.WARNING):
        cues = correct(cues_of(lines), LEXICON)
    assert texts(cues) == ("今天谈谈具身智能。", "二零一二年的WAIC。", "试用了DeepSeek的模型。")
    assert "language model is missing" in caplog.text
    assert correct(cues, LEXICON) == cues
    assert texts(correct(cues_of(texts(cues)), LEXICON)) == texts(cues)
