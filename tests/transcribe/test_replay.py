"""Recorded cues, played as if they were heard."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.cues import Cue, Transcript
from toolkit.errors import FormatError, InputError
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Mark, load_recogniser
from toolkit.transcribe.replay import play

SRT = """1
00:00:01,000 --> 00:00:02,000
尊敬的各位来宾

2
00:00:02,500 --> 00:00:04,000
大家好
"""

FIRST, SECOND = Cue(1000, 2000, "尊敬的各位来宾"), Cue(2500, 4000, "大家好")


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    path = tmp_path / "talk.srt"
    path.write_text(SRT, encoding="utf-8")
    return path


def played(*cues: Cue, start: int = 0) -> list[Cue | Mark]:
    return list(play(Transcript("talk", cues), "", Path("talk.mp4"), start=start))


def test_a_file_of_cues_is_played_for_any_recording(recorded: Path) -> None:
    recogniser = load_recogniser(TranscribeOptions(recogniser="replay", model=str(recorded)))
    events = list(recogniser(Path("talk.mp4"), language="zh"))
    assert [(e.start, e.end, e.heard) for e in events if isinstance(e, Cue)] == [
        (1000, 2000, "尊敬的各位来宾"),
        (2500, 4000, "大家好"),
    ]
    assert [e for e in events if isinstance(e, Mark)] == [Mark(2000, "zh"), Mark(4000, "zh")]


@pytest.mark.parametrize("model", ["", TranscribeOptions().model])
def test_without_a_model_the_recording_is_the_file_of_cues(recorded: Path, model: str) -> None:
    recogniser = load_recogniser(TranscribeOptions(recogniser="replay", model=model, language="en"))
    events = list(recogniser(recorded, start=2000))
    assert [event.heard for event in events if isinstance(event, Cue)] == ["大家好"]
    assert events[-1] == Mark(4000, "en")


def test_text_without_times_cannot_be_played(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("尊敬的各位来宾\n大家好\n", encoding="utf-8")
    with pytest.raises(FormatError, match="has no times, so it cannot be played; give a subtitle file") as caught:
        load_recogniser(TranscribeOptions(recogniser="replay", model=str(path)))
    assert caught.value.path == str(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.srt"):
        load_recogniser(TranscribeOptions(recogniser="replay", model=str(tmp_path / "none.srt")))


@pytest.mark.parametrize(
    ("cues", "marks"),
    [
        ((), []),
        ((FIRST, SECOND), [2000, 4000]),
        ((Cue(0, 5000, "a"), Cue(1000, 2000, "b")), [1000, 5000]),
        ((Cue(0, 900, "a"), Cue(0, 800, "b")), [900]),
        ((Cue(500, 900, "a"), Cue(100, 300, "b")), [900]),
        ((Cue(700, 700, "a"),), [701]),
    ],
    ids=["none", "in a row", "overlapping", "at once", "out of order", "no length"],
)
def test_marks_stand_where_the_rest_can_begin(cues: tuple[Cue, ...], marks: list[int]) -> None:
    assert [event.until for event in played(*cues) if isinstance(event, Mark)] == marks


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=8))
def test_from_any_mark_on_exactly_the_rest_is_played(times: list[tuple[int, int]]) -> None:
    cues = [Cue(start, start + length, f"cue {index}") for index, (start, length) in enumerate(times)]
    unbroken = played(*cues)
    assert [event for event in unbroken if isinstance(event, Cue)] == cues
    for index, event in enumerate(unbroken):
        if isinstance(event, Mark):
            assert played(*cues, start=event.until) == unbroken[index + 1 :]
    assert not cues or isinstance(unbroken[-1], Mark)
