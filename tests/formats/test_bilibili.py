"""Bilibili's subtitle JSON, and files whose content says whose JSON they are."""

from __future__ import annotations

import json

import pytest
from formats.samples import sample
from formats.wild import TIMED, lines, shown
from hypothesis import given

from toolkit.cues import Cue, Transcript
from toolkit.errors import FormatError
from toolkit.formats import json_file
from toolkit.formats.bilibili import parse, render


@given(TIMED)
def test_what_is_written_is_read(transcript: Transcript) -> None:
    assert [(cue.start, cue.end, lines(cue)) for cue in parse(render(transcript)).cues] == shown(transcript)


@given(TIMED)
def test_what_is_written_is_written_again_without_a_change(transcript: Transcript) -> None:
    assert render(parse(render(transcript))) == render(transcript)


def test_all_fields_are_kept() -> None:
    transcript = parse(sample("bilibili"))
    assert render(transcript) == sample("bilibili")
    assert (transcript.language, transcript.get("bilibili.font_size")) == ("zh", 0.4)
    assert [cue.get("bilibili.location") for cue in transcript.cues] == [2, 8]
    assert transcript.cues[1] == Cue(2000, 3040, "第一行\n第二行", extra=transcript.cues[1].extra)


def test_a_new_file_has_what_bilibili_wants() -> None:
    document = json.loads(render(Transcript("", (Cue(500, 1000, "一", translation="one", extra=(("speaker", "A"),)),))))
    assert document["font_color"] == "#FFFFFF"
    assert document["body"] == [{"from": 0.5, "to": 1.0, "content": "一\none", "sid": 1, "location": 2}]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[", "talk.json:1: not JSON"),
        ("{}", "talk.json:1: no 'body' in this JSON"),
        ('{"body": [\n{"from": 0, "to": 1}]}', "talk.json:2: entry 1: an object with 'content' was expected"),
        ('{"body": [{"from": 0, "content": "一"}]}', "talk.json:1: entry 1: 'to' is None, not a number of seconds"),
        ('{"body": [5]}', "talk.json:1: entry 1: an object with 'content' was expected"),
    ],
)
def test_what_is_faulty_is_one_error_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(text, "talk.json")
    assert str(caught.value).startswith(problem)


@pytest.mark.parametrize("name", ["whisper", "bilibili"])
def test_a_json_file_is_written_in_the_shape_that_it_was_read_in(name: str) -> None:
    assert json_file.render(json_file.parse(sample(name))) == sample(name)


def test_what_was_no_json_becomes_whispers() -> None:
    assert '"segments"' in json_file.render(Transcript("", (Cue(0, 1, "一"),)))
