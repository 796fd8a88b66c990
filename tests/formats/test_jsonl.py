"""Zimu's own format holds everything exactly."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from formats.samples import sample
from formats.wild import WILD
from hypothesis import given
from hypothesis import strategies as st
from strategies import cues, extras, transcripts

from toolkit.cues import Cue, Edit, Transcript, Word
from toolkit.errors import FormatError
from toolkit.formats import encode
from toolkit.formats import parse as read_bytes
from toolkit.formats.jsonl import cue_from_json, cue_to_json, parse, render
from toolkit.profile import OutputOptions

ANY_CUES = st.one_of(cues(), cues(heard=WILD, halves=True), cues(timed=False))
MARK = '{"mark": {"until": 1000, "language": "zh"}}\n'
CUE = '{"start": 0, "end": 1000, "heard": "一"}\n'


@given(st.builds(Transcript, WILD, st.lists(ANY_CUES).map(tuple), st.none() | WILD, extras()))
def test_any_transcript_comes_back_exactly(transcript: Transcript) -> None:
    assert parse(render(transcript)) == transcript


@given(transcripts(heard=WILD))
def test_edits_over_seams_come_back_exactly(transcript: Transcript) -> None:
    assert parse(render(transcript)) == transcript


@given(ANY_CUES)
def test_a_cue_goes_through_json_and_back(cue: Cue) -> None:
    assert cue_from_json(json.loads(json.dumps(cue_to_json(cue)))) == cue


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1000, 1234])
@pytest.mark.parametrize("newline", ["lf", "crlf"])
def test_a_long_transcript_is_written_in_parts_that_make_the_whole(count: int, newline: str) -> None:
    cues = tuple(Cue(number, number + 1, f"第{number}句") for number in range(count))
    transcript = Transcript("talk.mp4", cues, "zh", (("srt.note", "x"),))
    written = encode(transcript, format="jsonl", output=OutputOptions(newline=newline))
    assert written.decode() == render(transcript).replace("\n", "\r\n" if newline == "crlf" else "\n")


def test_what_comes_again_and_again_is_in_memory_once() -> None:
    words = [["智", 0, 5, 0.5], ["能", 5, 9]]
    row = json.dumps({"start": 0, "end": 9, "heard": "智能", "words": words, "extra": {"speech": 1.0}}) + "\n"
    one, other = parse(row * 2).cues
    assert all(left.text is right.text for left, right in zip(one.words, other.words, strict=True))
    assert one.extra[0][0] is other.extra[0][0]


def test_names_that_stand_twice_in_extra_are_kept() -> None:
    cue = Cue(None, None, "一", extra=(("note", 1), ("note", None), ("x", True)))
    assert cue_from_json(cue_to_json(cue)) == cue
    assert cue_to_json(cue)["extra"] == [["note", 1], ["note", None], ["x", True]]


def test_what_is_empty_is_left_out() -> None:
    assert cue_to_json(Cue(None, None, "")) == {"heard": ""}
    edit = Edit(0, 1, "一", "二", rule="sound")
    assert cue_to_json(Cue(0, 1, "一", words=(Word("一", 0, 1),), edits=(edit,))) == {
        "start": 0,
        "end": 1,
        "heard": "一",
        "words": [["一", 0, 1]],
        "edits": [{"start": 0, "end": 1, "before": "一", "after": "二", "rule": "sound"}],
    }


def test_the_sample_says_what_it_should() -> None:
    transcript = parse(sample("jsonl"))
    assert (transcript.source, transcript.language, transcript.get("model")) == ("talk.mp4", "zh", "small")
    assert [cue.text for cue in transcript.cues] == ["具身智能", "你好", "没有时间"]
    assert render(transcript) == sample("jsonl")


@pytest.mark.parametrize("text", ["", "\n", '{"zimu": 1}\n', '{"zimu": 1, "journal": {"recording": "x"}}\n' + MARK])
def test_files_without_cues(text: str) -> None:
    assert parse(text, "talk.jsonl") == Transcript("talk.jsonl")


def test_the_lines_of_a_journal_that_are_no_cues_are_passed_over() -> None:
    text = '{"zimu": 1, "journal": {}}\n' + CUE + MARK + CUE + '{"done": true, "duration": 2000}\n'
    assert len(parse(text).cues) == 2


@pytest.mark.parametrize("torn", [CUE[:n] for n in (1, 10, 20, len(CUE) - 2)])
def test_a_torn_last_line_is_left_out_and_reported(torn: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert len(parse(CUE + MARK + torn, "talk.cues.jsonl").cues) == 1
    assert caplog.messages == ["talk.cues.jsonl:3: the last line is torn and left out"]


def test_wherever_a_file_breaks_off_its_whole_lines_are_read() -> None:
    data = sample("jsonl").encode()
    for length in range(len(data)):
        whole = [line for line in data[:length].split(b"\n")[1:-1] if line]
        assert len(read_bytes(data[:length], format="jsonl").cues) >= len(whole)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (CUE + "{\n" + CUE, "talk.jsonl:2: not JSON: Expecting property name"),
        ("[]\n" + CUE, "talk.jsonl:1: a JSON object was expected"),
        ("null\n", "talk.jsonl:1: a JSON object was expected"),
        ('{"zimu": 2}\n', "talk.jsonl:1: written by a newer zimu, in version 2"),
        ('{"zimu": "1"}\n', "talk.jsonl:1: written by a newer zimu"),
        ('{"zimu": 1, "source": 5}\n', "talk.jsonl:1: 'source': '5' is of the wrong kind"),
        (CUE + '{"zimu": 1}\n', "talk.jsonl:2: unknown field 'zimu'"),
        ('\n{"start": 0, "end": 1, "text": "一"}\n', "talk.jsonl:2: unknown field 'text'"),
        ('{"start": 0, "end": 1}\n', "talk.jsonl:1: not a cue: 'heard' is missing"),
    ],
)
def test_what_is_faulty_is_one_error_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(text, "talk.jsonl")
    assert str(caught.value).startswith(problem)


@pytest.mark.parametrize(
    "values",
    [
        {"heard": 5},
        {"start": 0.5},
        {"start": True},
        {"end": None},
        {"start": 2000},
        {"words": [["一", 0]]},
        {"words": [["一", 0, 1, 0.5, 0.5]]},
        {"words": [["二", 0, 1]]},
        {"words": "一"},
        {"words": [["一", 5, 1]]},
        {"edits": [{"start": 0}]},
        {"edits": [{"start": 0, "end": 1, "before": "二", "after": "三", "rule": "x"}]},
        {"edits": [{"start": 0, "end": 1, "before": "一", "after": "三", "rule": "x", "applied": 1}]},
        {"edits": [5]},
        {"edits": {}},
        {"extra": [["a"]]},
        {"extra": {"a": []}},
        {"extra": 5},
        {"translation": 5},
        {"surprise": 1},
    ],
)
def test_a_cue_that_does_not_fit_is_a_value_error(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says something else; `parse` adds file and line
        cue_from_json({"start": 0, "end": 1000, "heard": "一", **values})
