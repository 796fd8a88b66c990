"""A sentence mark in a number becomes a decimal point, by an edit; between sentences and in lists it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import transcripts

from toolkit.cues import Cue, Edit, Word
from toolkit.spelling.decimals import PAUSE, RULE, repair_decimals


def repaired(text: str) -> str:
    return repair_decimals([Cue(None, None, text)])[0].text


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("人数涨到5。2万", "人数涨到5.2万"),
        ("圆周率是3 。 14", "圆周率是3.14"),
        ("占了12。5%，比去年多", "占了12.5%，比去年多"),
        ("提高2。3个百分点", "提高2.3个百分点"),
        ("GPT-4。1 和 GPT-3。5", "GPT-4。1 和 GPT-3.5"),  # behind the first there is no unit
        ("重1。5公斤，长0。8米", "重1.5公斤，长0.8米"),
        ("一共7。5B参数", "一共7.5B参数"),
        ("得了9。8分。", "得了9.8分。"),
    ],
)
def test_numbers(heard: str, written: str) -> None:
    assert repaired(heard) == written


@pytest.mark.parametrize(
    "text",
    [
        "这是2024。2025年会更好",
        "一共是5000。2024年",
        "今天是7月5。2号再见",
        "1。2。3。开始",
        "有三点：1。2 。 3",
        "我说了5。2我们再说",
        "第5。第2",
        "5.2万",
        "涨到1999。5万人",
        "他有5。",
        "。2万",
        "192。168。1。1",
    ],
)
def test_what_are_two_sentences_or_a_list(text: str) -> None:
    assert repaired(text) == text


def words(pause: int) -> tuple[Word, ...]:
    return (
        Word("涨到", 0, 300),
        Word("5。", 300, 600),
        Word("2", 600 + pause, 800 + pause),
        Word("万", 800 + pause, 2000),
    )


def test_it_is_an_edit_that_says_why() -> None:
    (cue,) = repair_decimals([Cue(0, 2000, "涨到5。2万", words(40))])
    assert cue.heard == "涨到5。2万"
    (edit,) = cue.edits
    assert (edit.start, edit.end, edit.before, edit.after, edit.rule) == (3, 4, "。", ".", RULE)
    assert edit.evidence == (("number", "5.2"), ("pause", "40 ms"))


def test_a_pause_within_parts_two_sentences() -> None:
    cue = Cue(0, 3000, "涨到5。2万", words(PAUSE))
    assert repair_decimals([cue]) == (cue,)


def test_it_can_be_suggested_only() -> None:
    (cue,) = repair_decimals([Cue(None, None, "5。2万")], applied=False)
    assert (cue.text, cue.edits[0].applied) == ("5。2万", False)


@pytest.mark.parametrize(
    "edit",
    [
        Edit(1, 2, "。", ".", RULE, applied=False, decided=True),
        Edit(0, 4, "5。2万", "五万二", "person", decided=True),
        Edit(1, 3, "。2", "点二", "sound"),
    ],
)
def test_edits_that_are_there_stay(edit: Edit) -> None:
    cue = Cue(None, None, "5。2万", edits=(edit,))
    assert repair_decimals([cue]) == (cue,)


def test_an_edit_beside_it_is_no_hindrance() -> None:
    cue = Cue(None, None, "涨到5。2万", edits=(Edit(0, 2, "涨到", "升到", "sound"),))
    assert repair_decimals([cue])[0].text == "升到5.2万"


@given(transcripts())
def test_any_transcript_can_be_repaired_and_twice_is_as_once(transcript: object) -> None:
    once = repair_decimals(transcript.cues)
    assert repair_decimals(once) == once
