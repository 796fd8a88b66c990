"""Segments of faster-whisper as cues, however odd their times and words."""

from __future__ import annotations

from itertools import pairwise
from math import inf, nan
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.cues import Word
from toolkit.transcribe.hearing import Stretch, make_cue

MINUTE = Stretch(0, 0, 60_000)
seconds = st.floats(-100, 100, allow_nan=False)
texts = st.text(st.sampled_from(" 具身智能 AI，\ufffd"), max_size=4)


def word(text: str, start: float, end: float, probability: float = 0.9) -> SimpleNamespace:
    return SimpleNamespace(word=text, start=start, end=end, probability=probability)


def segment(text: str, words: list[SimpleNamespace] | None = None, start: float = 1.0, end: float = 2.0) -> Any:
    facts = {"avg_logprob": -0.25, "no_speech_prob": 0.01, "compression_ratio": 1.5, "temperature": 0.0}
    return SimpleNamespace(text=text, words=words, start=start, end=end, **facts)


def test_words_spell_the_cue_and_give_its_times() -> None:
    cue = make_cue(
        segment(" Open AI来了", [word(" Open", 1.5, 1.7), word(" AI", 1.7, 2), word("来了", 2, 2.3)]), MINUTE
    )
    assert cue is not None
    assert (cue.start, cue.end, cue.heard) == (1500, 2300, "Open AI来了")
    assert [(each.text, each.start, each.end, each.prob) for each in cue.words] == [
        ("Open", 1500, 1700, 0.9),
        (" AI", 1700, 2000, 0.9),
        ("来了", 2000, 2300, 0.9),
    ]


def test_without_words_the_segment_gives_text_and_times() -> None:
    cue = make_cue(segment(" 大家好 "), MINUTE)
    assert cue is not None
    assert (cue.start, cue.end, cue.heard, cue.words) == (1000, 2000, "大家好", ())


def test_what_the_model_thinks_of_it_is_kept() -> None:
    cue = make_cue(segment("好"), MINUTE)
    assert cue is not None
    assert dict(cue.extra) == {
        "avg_logprob": -0.25,
        "no_speech_prob": 0.01,
        "compression_ratio": 1.5,
        "retries": 0,
    }


def test_what_is_no_number_is_left_out() -> None:
    """Half precision can overflow; JSON holds neither NaN nor infinity."""
    broken = segment("好", [word("好", 0.5, 0.75, nan)])
    broken.avg_logprob, broken.compression_ratio = nan, inf
    cue = make_cue(broken, MINUTE)
    assert cue is not None
    assert cue.words == (Word("好", 500, 750),)
    assert dict(cue.extra) == {"no_speech_prob": 0.01, "retries": 0}


def test_the_clock_of_the_block_is_added() -> None:
    cue = make_cue(segment("好", [word("好", 0.5, 0.75)]), Stretch(120_000, 120_000, 180_000))
    assert cue is not None
    assert (cue.start, cue.end) == (120_500, 120_750)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", None), ("  ", None), ("\ufffd", None), ("", []), ("好", []), (" ", [word(" ", 0, 1)]), ("\ufffd", [])],
)
def test_what_says_nothing_is_no_cue(text: str, words: list[SimpleNamespace] | None) -> None:
    assert make_cue(segment(text, words), MINUTE) is None


def test_a_character_across_two_segments_belongs_to_the_first() -> None:
    first = make_cue(segment("人工\ufffd", [word("人工", 1, 2), word("智", 2, 2.5)]), MINUTE)
    second = make_cue(segment("\ufffd能", [word("能", 2.5, 3)]), MINUTE)
    assert first is not None
    assert second is not None
    assert first.heard + second.heard == "人工智能"


def test_space_around_is_taken_off_word_by_word() -> None:
    cue = make_cue(segment("  a b  ", [word(" ", 0, 1), word(" a", 1, 2), word(" b ", 2, 3), word(" ", 3, 4)]), MINUTE)
    assert cue is not None
    assert [each.text for each in cue.words] == ["a", " b"]
    assert (cue.start, cue.end) == (1000, 3000)


@given(st.lists(st.tuples(texts, seconds, seconds), max_size=5), seconds, seconds, st.booleans())
def test_any_times_and_words_make_a_cue_that_holds(
    spoken: list[tuple[str, float, float]], start: float, end: float, timed: bool
) -> None:
    words = [word(*each) for each in spoken] if timed else None
    stretch = Stretch(10_000, 15_000, 40_000)
    cue = make_cue(segment("".join(each[0] for each in spoken), words, start, end), stretch)
    if cue is not None:
        assert sorted(cue.words, key=lambda each: each.start) == list(cue.words)
        assert all(15_000 <= each.start <= each.end <= 40_000 for each in cue.words)
        assert all(one.end <= other.start for one, other in pairwise(cue.words))
        assert not cue.words or (cue.words[0].start, cue.words[-1].end) == (cue.start, cue.end)
        assert 15_000 <= (cue.start or 0) <= (cue.end or 0) <= 40_000
        assert cue.heard == cue.heard.strip()
        assert cue.heard.strip("\ufffd")
