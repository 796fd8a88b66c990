"""Cues and words over silence, pulled in to the speech in them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.cues import Cue, Word
from toolkit.media import blocks
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import load_recogniser
from toolkit.transcribe.activity import Activity, measure
from toolkit.transcribe.reach import MARGIN, pull_in

BEGIN = 60_000
SPEECH = ((1_280, 1_920), (3_200, 4_800))
"""When somebody speaks, in milliseconds of the block; whole steps."""


def activity(*speech: tuple[int, int]) -> Activity:
    steps = np.zeros(10_016 // 32, np.float32)
    for start, end in speech:
        steps[start // 32 : end // 32] = 1
    return Activity(BEGIN, steps)


def words(*times: int) -> tuple[Word, ...]:
    return tuple(Word("字", BEGIN + start, BEGIN + end) for start, end in pairwise(times))


def cue_of(heard: tuple[Word, ...]) -> Cue:
    return Cue(heard[0].start, heard[-1].end, "字" * len(heard), heard)


@pytest.mark.parametrize(
    ("times", "pulled"),
    [
        ((0, 1_500, 1_900), [(1_030, 1_500), (1_500, 1_900)]),
        ((1_300, 1_500, 3_000), [(1_300, 1_500), (1_500, 2_170)]),
        ((1_300, 1_700, 3_700, 9_000), [(1_300, 1_700), (1_700, 3_700), (3_700, 5_050)]),
        ((0, 9_000), [(1_030, 5_050)]),
        ((1_100, 2_100), [(1_100, 2_100)]),
        ((5_000, 6_000, 9_000), [(5_000, 6_000), (6_000, 9_000)]),
        ((2_100, 3_300, 4_500), [(2_950, 3_300), (3_300, 4_500)]),
    ],
    ids=["before", "behind", "speech at both ends", "one word over all", "near enough", "no speech", "a pause before"],
)
def test_words_are_pulled_in_to_the_speech_in_them(times: tuple[int, ...], pulled: list[tuple[int, int]]) -> None:
    cue = pull_in(cue_of(words(*times)), activity(*SPEECH))
    assert [(word.start - BEGIN, word.end - BEGIN) for word in cue.words] == pulled
    assert (cue.start, cue.end) == (cue.words[0].start, cue.words[-1].end)


def test_a_cue_without_words_is_pulled_in_too() -> None:
    cue = Cue(BEGIN, BEGIN + 9_000, "好")
    assert pull_in(cue, activity(*SPEECH)) == replace(cue, start=BEGIN + 1_030, end=BEGIN + 5_050)
    assert pull_in(cue, activity()) == cue


def test_text_without_times_stays_as_it_is() -> None:
    assert pull_in(Cue(None, None, "好"), activity(*SPEECH)) == Cue(None, None, "好")


runs = st.lists(st.integers(0, 312), max_size=8, unique=True).map(sorted)


@given(st.lists(st.integers(0, 10_016), min_size=2, max_size=9).map(sorted), runs)
def test_no_speech_is_lost_and_nothing_grows(times: list[int], edges: list[int]) -> None:
    speech = activity(*((first * 32, last * 32) for first, last in zip(edges[::2], edges[1::2], strict=False)))
    cue = cue_of(words(*times))
    pulled = pull_in(cue, speech)
    for old, new in zip(cue.words, pulled.words, strict=True):
        assert old.start <= new.start <= new.end <= old.end
        bounds = speech.bounds(old.start, old.end)
        assert speech.bounds(new.start, new.end) == bounds
        if bounds:
            assert new.start >= bounds[0] - MARGIN
            assert new.end <= bounds[1] + MARGIN
    assert all(one.end <= other.start for one, other in pairwise(pulled.words))
    assert pull_in(pulled, speech) == pulled


@pytest.mark.parametrize("word_timestamps", [True, False])
def test_no_cue_of_a_talk_lies_over_silence(whisper_folder: Path, talk: Path, word_timestamps: bool) -> None:
    """The model of random weights speaks at an even pace, over pauses too where no VAD filter keeps it from it."""
    options = TranscribeOptions(
        model=str(whisper_folder), beam_size=1, vad_filter=False, word_timestamps=word_timestamps
    )
    heard = [event for event in load_recogniser(options)(talk) if isinstance(event, Cue)]
    speech = measure(next(blocks(talk)).samples, 0)
    held = [(cue, speech.bounds(cue.start or 0, cue.end or 0)) for cue in heard]
    assert sum(bounds is not None for _, bounds in held) > 4
    for cue, bounds in held:
        if bounds is not None and not cue.words:
            assert bounds[0] - (cue.start or 0) <= MARGIN
            assert (cue.end or 0) - bounds[1] <= MARGIN
        for word in cue.words:
            inner = speech.bounds(word.start, word.end)
            assert inner is None or (inner[0] - word.start <= MARGIN and word.end - inner[1] <= MARGIN)
