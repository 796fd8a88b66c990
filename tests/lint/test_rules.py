"""Each rule finds what its sentence says, and nothing else."""

from __future__ import annotations

import re

import pytest

from toolkit.cues import Cue
from toolkit.lint import FIXABLE, RULES, Finding, lint
from toolkit.profile import SegmentOptions

TWO = SegmentOptions(lines=2)
TERMS = ("具身智能", "大模型")
ENGLISH = {"具身智能": "embodied AI", "智能": "intelligence"}
PAIR = Cue(10_000, 12_000, "再见\nGoodbye now")


def rules(*cues: Cue, options: SegmentOptions = TWO) -> list[str]:
    """The rules that find something, once each, those of the first cue where there is but one."""
    found = lint(cues, options, terms=TERMS, english=ENGLISH)
    return list(dict.fromkeys(finding.rule for finding in found))


def said(text: str, start: int = 0, end: int = 3000) -> Cue:
    return Cue(start, end, text)


def test_every_rule_is_named_explained_in_a_sentence_and_tried_here() -> None:
    assert list(RULES) == [rule.name for rule in RULES.values()]
    assert all(re.fullmatch(r"[A-Z][^.]*\.", rule.sentence) for rule in RULES.values())
    assert all(re.fullmatch(r"[a-z-]+", name) for name in RULES)
    tried = {rule for case in (*ONE, *SEVERAL) for rule in case[-1].split()} | {"pauses"}
    assert tried == set(RULES)


def test_what_is_good_is_let_pass() -> None:
    good = [
        said("大家好，\n欢迎来到具身智能论坛。"),
        said("Hello everybody, and welcome.", 3083, 6000),
        said("好", 7000, 8000),
    ]
    assert rules(*good) == []
    assert rules() == []


ONE = [
    ("你好", 0, 300, "short"),
    ("今天我们来谈一谈具身智能", 0, 900, "fast"),
    ("你好", 0, 9000, "long"),
    ("这是一个很长的句子，它的后面还有一个更长的句子，再后面还有一个句子", 0, 6900, "wide"),
    ("supercalifragilisticexpialidociously-incomprehensible", 0, 4000, "wide-no-break"),
    ("你\n我\n他", 0, 1000, "lines"),
    ("- 你\n- 我\n- 他", 0, 2000, "lines-no-break"),
    ("欢迎来到具身\n智能论坛", 0, 3000, "broken"),
    ("这是我们\n的新论坛", 0, 3000, "weak-break"),
    ("  ", 0, 1000, "empty spaces"),
    ("你\u200e好", 0, 1000, "invisible"),
    ("你好  世界", 0, 1000, "spaces"),
    ("你好 ，世界", 0, 1000, "spaces"),
    ("Hello , world", 0, 1000, "spaces"),
    ("<i>你好", 0, 1000, "tags"),
    ("你好</b>", 0, 1000, "tags"),
    ("{\\an8 你好", 0, 1000, "override"),
    ("，你好", 0, 1000, "stray-mark"),
    ("你好，，世界", 0, 1000, "stray-mark"),
    ("你好,世界", 0, 1000, "stray-mark"),
    ("Hello，world", 0, 1000, "stray-mark"),
    ("２０２４年", 0, 1000, "full-width"),
    ("请不吝点赞 订阅 转发 打赏", 0, 3000, "invented"),
    ("我们有300人\nThere are 200 of us", 0, 3000, "numbers"),
    ("具身智能来了\nSmart robots are here", 0, 3000, "glossary"),
    ("谢谢\n- 你好 ……", 0, 3000, ""),
    ("<i>你好</i> a<b 且 c>d", 0, 3000, ""),
    ("3,000人，10:30，A,B……", 0, 3000, ""),
    ("我们有3万人\nThere are thirty thousand of us", 0, 3000, ""),
    ("具身智能来了\nEmbodied-AI is here", 0, 3000, ""),
    ("去年有三百人\nLast year there were 300", 0, 3000, ""),
    ("一共三百五\n350 in all", 0, 3000, ""),
    ("花了一万二\nIt cost 12,000", 0, 3000, ""),
    ("有20多万人\nMore than 200,000 people", 0, 3000, ""),
    ("有1亿2千万人\n120 million people", 0, 3000, ""),
    ("投了5个亿\n500 million invested", 0, 3000, ""),
    ("涨了15%\nIt rose by 15", 0, 3000, "numbers"),
    ("有300万人\n3 billion people", 0, 3000, "numbers"),
]


@pytest.mark.parametrize(("text", "start", "end", "found"), ONE)
def test_of_one_cue(text: str, start: int, end: int, found: str) -> None:
    assert rules(said(text, start, end)) == found.split()


SEVERAL = [
    ([said("一", 5000, 6000), said("二", 0, 1000)], "order"),
    ([said("一", 0, 2500), said("二", 2000, 3000)], "overlap"),
    ([said("一", 0, 5000), said("二", 500, 3000)], "overlap-deep"),
    ([said("一", 0, 2000), said("二", 2000, 3000)], "gap"),
    ([said("一", 0, 2000), said("二", 2300, 3000 + 300)], "flicker"),
    ([said("一", 0, 300), said("二", 383, 3000)], "short-no-room"),
    ([said("今天我们来谈一谈具身智能", 0, 900), said("二", 983, 3000)], "fast-no-room"),
    ([said("欢迎来到具身", 0, 2000), said("智能论坛", 3000, 4000)], "term-across-cues"),
    ([said("这是国际会议", 0, 2000), said("这個電腦", 3000, 4000)], "mixed-script"),
    ([said("这是国际会议", 0, 2000), said("这是国际会议", 3000, 5000)], "repeated"),
    ([said("你好\nHello", 0, 2000), said("没有", 3000, 4000), PAIR], "untranslated"),
    ([Cue(0, 2000, "Hi", translation="Hi"), said("你好\nHello", 3000, 5000), PAIR], "untranslated"),
    ([said("{\\an8}一", 0, 5000), said("二", 500, 3000)], ""),
    ([said("一"), said("二", 3500, 4500)], ""),
]


@pytest.mark.parametrize(("cues", "found"), SEVERAL)
def test_of_several_cues(cues: list[Cue], found: str) -> None:
    assert rules(*cues) == found.split()


def test_pauses_are_spaces_where_the_profile_says_so() -> None:
    spaced = SegmentOptions(punctuation="space")
    assert rules(said("你好，世界。"), options=spaced) == ["pauses"]
    assert rules(said("你好 世界！"), options=spaced) == []


def test_limits_are_those_of_the_options_and_0_is_none() -> None:
    none = SegmentOptions(zh_width=0, en_width=0, zh_speed=0, en_speed=0, min_duration=0, max_duration=0, gap=0)
    assert (
        rules(
            said("这是一个很长的句子，它的后面还有一个更长的句子，再后面还有一个", 0, 10),
            said("很短", 10, 90_000),
            options=none,
        )
        == []
    )
    assert rules(said("十二个字的句子就是这样子"), options=SegmentOptions(zh_width=10)) == ["wide"]


def test_each_language_has_its_own_limits() -> None:
    fits = "Forty letters of Latin text fit in a line"
    assert rules(Cue(0, 3000, "你好", translation=fits)) == []
    assert rules(Cue(0, 3000, "你好", translation=f"{fits} not these")) == ["wide-no-break"]
    assert rules(Cue(0, 1500, "你好", translation=fits)) == ["fast"]


def test_a_finding_says_where_and_what() -> None:
    (found,) = lint([Cue(0, 300, "你\n好")], TWO, rules=["short", "fast"])
    assert found == Finding(1, "short", "shows for 300 ms, less than 833", True, 0, "你 好")


def test_text_without_times_is_looked_at_too() -> None:
    assert rules(Cue(None, None, "，你好"), Cue(None, None, "好")) == ["stray-mark"]


def test_what_cannot_be_repaired_is_not_called_so() -> None:
    assert not {"numbers", "glossary", "invented", "mixed-script", "stray-mark", "untranslated"} & set(FIXABLE)
