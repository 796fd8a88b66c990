"""An editor's changes become terms where they mend what was misheard, and nothing where they reword."""

from __future__ import annotations

import pytest

from toolkit.correct.syllables import find_language_model
from toolkit.cues import Cue
from toolkit.glean import Proposal, core_of, learn
from toolkit.glean.changes import find_changes
from toolkit.glean.closeness import GAP, sound_distance
from toolkit.glean.learn import false_hits
from toolkit.glean.words import words_of
from toolkit.lexicon import Alias, Lexicon, Term


def learned(before: str, after: str, **options: object) -> list[Proposal]:
    sides = ([Cue(None, None, line) for line in text.split("\n")] for text in (before, after))
    return learn(*sides, **options)  # type: ignore[arg-type]


def pairs(found: list[Proposal]) -> set[tuple[str, str]]:
    return {(spelling, one.text) for one in found for spelling, _ in one.variants}


@pytest.mark.parametrize(
    ("before", "after", "wrong", "right"),
    [
        ("需要斜波减速器和电机", "需要谐波减速器和电机", "斜波", "谐波"),
        ("打开克劳德写代码", "打开Claude写代码", "克劳德", "Claude"),
        ("叠衣服的oen loan最忙", "叠衣服的OpenLoong最忙", "oen loan", "OpenLoong"),
        ("我们用open ai的模型", "我们用OpenAI的模型", "open ai", "OpenAI"),
        ("展馆里的聚生\n智能很热闹", "展馆里的具身\n智能很热闹", "聚生", "具身"),
    ],
)
def test_what_was_misheard_becomes_a_term(before: str, after: str, wrong: str, right: str) -> None:
    assert (wrong, right) in pairs(learned(before, after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("今天天气很好", "今天天气不错"),
        ("那个我们开始吧", "我们开始吧"),
        ("我们是开发者", "我们都是开发者了"),
        ("一共三百零五家", "一共305家"),
        ("好，我们开始", "好。我们开始！"),
        ("今天下雨", "今天下雨"),
        ("", "全是新的一段话"),
    ],
)
def test_rewording_becomes_none(before: str, after: str) -> None:
    assert learned(before, after) == []


def test_spellings_of_a_term_come_together_with_their_counts() -> None:
    before = "聚生智能很热，巨身智能也热，聚生智能还热。"
    (one,) = learned(before, before.replace("聚生", "具身").replace("巨身", "具身"))
    assert (one.text, one.variants, one.kind) == ("具身智能", (("聚生智能", 2), ("巨身智能", 1)), "edited")
    assert one.as_term().aliases == (Alias("聚生智能"), Alias("巨身智能"))


def test_false_hits_are_counted_in_the_edited_text_and_in_the_background() -> None:
    (one,) = learned("打开克劳德写代码，克劳德是画家", "打开Claude写代码，克劳德是画家", background=["克劳德画了睡莲"])
    assert one.false_hits == 2
    assert false_hits("智能", "具身智能", ["具身智能和智能"]) == 1


def test_what_the_lexicon_has_is_left_out() -> None:
    before, after = "打开克劳德写代码", "打开Claude写代码"
    known = Lexicon.of([Term("Claude", aliases=(Alias("克劳德"),))])
    assert learned(before, after, known=known) == []
    assert learned(before, after, known=Lexicon.of(["Claude"])) != []


def test_changes_are_widened_to_words() -> None:
    (change,) = find_changes("一个公号的消息", "一个攻号的消息".replace("攻号", "工号"), find_language_model())
    assert (change.wrong, change.right, change.core) == ("公号", "工号", ("公", "工"))


def test_the_core_of_a_pair_is_what_differs() -> None:
    assert core_of("数据及构建", "数据集构建") == ("及", "集")
    assert core_of("机器人之心", "机器之心") == ("人", "")
    assert core_of("同", "同") == ("", "")


def test_sounds_are_compared_across_scripts_and_lengths() -> None:
    assert sound_distance("克劳德", "Claude") < 0.1
    assert sound_distance("聚身智能", "具身智能") < 0.05
    assert sound_distance("沐曦", "沐曦科技") == pytest.approx(GAP / 2)
    assert sound_distance("天气", "模型") > 0.5


def test_words_are_those_of_the_language_model() -> None:
    assert [slice(*span) for span in words_of("我们的天气", find_language_model())] == [
        slice(0, 2), slice(2, 3), slice(3, 5),
    ]  # fmt: skip
    assert words_of("天气", None) == [(0, 1), (1, 2)]
    assert words_of("", find_language_model()) == []
