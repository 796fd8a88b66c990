"""What every writer does to cues: order, times, lines."""

from __future__ import annotations

import pytest
from formats.wild import TIMED, WILD
from hypothesis import given
from hypothesis import strategies as st

from toolkit.cues import Cue, Edit, Transcript
from toolkit.errors import FormatError
from toolkit.formats.writing import UNPRINTABLE, clean, settle


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("一\n\n二", "一\n二"),
        ("  一 \r\n\t二\r", "一\n二"),
        ("一\u2028二\x85三\x0b四", "一\n二\n三\n四"),
        ("\u202b一\u200e\u2066\x07\ufeff二", "一二"),
        ("一\t二", "一\t二"),
        (" \n \u200f \n", ""),
        ("\u3000一\u3000", "一"),
        ("\ud800一", "一"),
    ],
)
def test_text_is_cleaned(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(WILD)
def test_clean_text_has_no_empty_line_and_is_clean(text: str) -> None:
    cleaned = clean(text)
    assert all(line and line == line.strip() for line in cleaned.split("\n")) or cleaned == ""
    assert not UNPRINTABLE.search(cleaned)
    assert clean(cleaned) == cleaned


@given(TIMED, st.sampled_from([1, 10]))
def test_settled_cues_are_in_order_and_take_time(transcript: Transcript, step: int) -> None:
    cues = settle(transcript, step=step)
    assert len(cues) == len(transcript.cues)
    assert [cue.start for cue in cues] == sorted(cue.start or 0 for cue in cues)
    for cue in cues:
        assert cue.start is not None
        assert cue.end is not None
        assert 0 <= cue.start < cue.end
        assert cue.start % step == cue.end % step == 0


def test_settled_cues_show_the_corrected_text_and_keep_what_the_format_knows() -> None:
    edit = Edit(0, 2, "聚生", "具身", rule="sound")
    cue = Cue(0, 1000, "聚生智能", edits=(edit,), translation=" embodied\n\nAI ", extra=(("vtt.id", "a"),))
    assert settle(Transcript("", (cue,))) == [
        Cue(0, 1000, "具身智能", translation="embodied\nAI", extra=(("vtt.id", "a"),))
    ]


def test_wrapping_breaks_text_and_leaves_each_of_two_languages_on_a_line() -> None:
    cue = Cue(0, 1000, "甲乙丙丁", translation="abcd")
    (settled,) = settle(Transcript("", (cue,)), wrap=lambda text: f"{text[:2]}\n\n{text[2:]}")
    assert (settled.text, settled.translation) == ("甲乙丙丁", "ab cd")
    (alone,) = settle(Transcript("", (Cue(0, 1000, "甲乙丙丁"),)), wrap=lambda text: f"{text[:2]}\n\n{text[2:]}")
    assert alone.text == "甲乙\n丙丁"


def test_text_with_tags_inside_is_not_wrapped_in_its_own_format_and_plain_in_others() -> None:
    cue = Cue(0, 1000, "甲<i>乙</i>", extra=(("tag.inside", "srt"),))
    transcript = Transcript("", (cue,))
    assert settle(transcript, wrap=str.upper, markup="srt")[0].text == "甲<i>乙</i>"
    assert settle(transcript, markup="vtt")[0].text == "甲乙"


@pytest.mark.parametrize(
    ("start", "end", "following", "shown"),
    [(1000, 1000, 5000, (1000, 3000)), (1000, 1000, 1500, (1000, 1500)), (1000, 1000, 1000, (1000, 3000))],
)
def test_a_cue_without_duration_is_shown_for_a_moment(
    start: int, end: int, following: int, shown: tuple[int, int]
) -> None:
    one, _ = settle(Transcript("", (Cue(start, end, "一"), Cue(following, 9000, "二"))))
    assert (one.start, one.end) == shown


def test_milliseconds_are_rounded() -> None:
    cue = Cue(1999.6, 2999.4, "一")  # type: ignore[arg-type]
    (settled,) = settle(Transcript("", (cue,)))
    assert (settled.start, settled.end) == (2000, 2999)
    (settled,) = settle(Transcript("", (Cue(1994, 2995, "一"),)), step=10)
    assert (settled.start, settled.end) == (1990, 3000)


def test_text_without_times_is_refused_with_what_to_do() -> None:
    transcript = Transcript("talk.txt", (Cue(0, 1, "一"), Cue(None, None, "没有时间")))
    with pytest.raises(FormatError, match=r"talk\.txt: cue 2 \('没有时间'\) has no times.*write txt, md or jsonl"):
        settle(transcript)
