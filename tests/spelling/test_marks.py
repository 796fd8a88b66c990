"""Punctuation by pauses: where it goes, where it does not, and that words spell the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import transcripts

from toolkit.cues import Cue, Edit, Word
from toolkit.spelling.marks import LEAST, LONG, SHORT, punctuate


def cue(parts: str, *, start: int = 0) -> Cue:
    """A cue of words: ``/`` is a short pause, ``|`` a long one, ``.`` none."""
    words: list[Word] = []
    clock, text = start, ""
    for letter in f"{parts}.":
        if letter in "./|":
            if text:
                words.append(Word(text, clock, clock + 200))
            clock, text = clock + 200 + {".": 0, "/": SHORT, "|": LONG}[letter], ""
        else:
            text += letter
    return Cue(start, words[-1].end, "".join(word.text for word in words), tuple(words))


def heard(parts: str) -> str:
    (found,) = punctuate([cue(parts)])
    assert "".join(word.text for word in found.words) == found.heard
    return found.heard


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ("大家好/今天.我们|讲三件事", "大家好，今天我们。讲三件事。"),
        ("大家.好吗/我们|开始", "大家好吗？我们。开始。"),
        ("这个呢/我们|后面说呢|好", "这个呢，我们。后面说呢？好。"),
        ("你听懂了吗", "你听懂了吗？"),
        ("美丽的/城市|是对的|嗯", "美丽的城市。是对的。嗯。"),  # a short pause behind 的 is no end
        ("我们把|这个.做好", "我们把，这个做好。"),  # nor is a long one behind 把
        ("大.家/好", "大家，好。"),
        ("我/们.来了", "我们来了。"),  # inside a word
        ("三/百二十/个人", "三百二十个人。"),  # inside a number
        ("用 open/AI 的.模型", "用 openAI 的模型。"),
        ("用 AI/ model|好", "用 AI，model。好。"),
        ("大家好. 今天讲三件事", "大家好，今天讲三件事。"),  # a space between Han parts clauses
        ("用. GPT. 的人", "用 GPT 的人。"),
    ],
)
def test_marks(parts: str, written: str) -> None:
    assert heard(parts) == written


@pytest.mark.parametrize(
    "kept",
    [
        Cue(0, 900, "大家好，今天我们讲三件事情和两个问题以及一个例子"),
        Cue(0, 900, "All of this is in English and has no full stop at all"),
        Cue(
            0, 900, "一共是3.5万台机器人今天都在这里等着大家来看"
        ),  # a point is a mark too: better none than one too many
        Cue(None, None, "没有时间的一行文字后面不加任何标点因为不知道停顿在哪里"),
        Cue(0, 900, "有人改过的一行", edits=(Edit(0, 2, "有人", "有的人", "person"),)),
    ],
)
def test_what_stays_as_it_is(kept: Cue) -> None:
    assert punctuate([kept]) == (kept,)


def test_a_short_cue_among_punctuated_ones_is_only_the_middle_of_a_sentence() -> None:
    cues = (Cue(0, 900, "大家好，今天"), cue("我们讲/三件事", start=1000), Cue(3000, 4000, "都很重要。"))
    assert punctuate(cues) == cues


def test_several_bare_cues_are_punctuated_by_the_pauses_between_them() -> None:
    parts = ("我们今天来讲第一件事", "这件事情很重要", "所以请大家听好", "谢谢")
    starts = (0, 200 + SHORT, 400 + SHORT + LONG, 600 + SHORT + LONG)
    found = punctuate([cue(part, start=start) for part, start in zip(parts, starts, strict=True)])
    assert sum(map(len, parts)) >= LEAST
    assert [each.heard for each in found] == ["我们今天来讲第一件事，", "这件事情很重要。", "所以请大家听好", "谢谢。"]


def test_cues_without_words_end_with_a_mark_by_the_time_between_them() -> None:
    cues = [Cue(0, 1000, "第一句话说完了"), Cue(2000, 3000, "第二句话"), Cue(3000, 4000, "还没有说完")]
    assert [each.heard for each in punctuate(cues)] == ["第一句话说完了。", "第二句话", "还没有说完。"]


def test_nothing_is_nothing() -> None:
    assert punctuate([]) == ()


@given(transcripts())
def test_any_transcript_can_be_punctuated_and_twice_is_as_once(transcript: object) -> None:
    once = punctuate(transcript.cues)
    assert len(once) == len(transcript.cues)
    assert punctuate(once) == once
