"""The JSON of Whisper tools: what is read, what is written, and that the one is the other."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from formats.samples import sample
from formats.wild import WILD
from hypothesis import given
from strategies import transcripts

from toolkit.cues import Cue, Edit, Transcript, Word
from toolkit.errors import FormatError
from toolkit.formats.whisper_json import parse, render
from toolkit.formats.words import fit_words, text_words


def read(document: object) -> Transcript:
    return parse(json.dumps(document), "talk.json")


@given(transcripts(heard=WILD, timed=True))
def test_what_is_written_is_read(transcript: Transcript) -> None:
    """All but edits is held: the text is the corrected one without outer spaces, the words are those of this text."""
    found = parse(render(transcript))
    assert found.language == transcript.language
    assert found.extra == transcript.extra
    for cue, original in zip(found.cues, transcript.cues, strict=True):
        text = original.text.strip()
        words = (fit_words(text, text_words(original)) or ()) if original.words else ()
        assert cue == Cue(
            original.start,
            original.end,
            text,
            words,
            translation=original.translation,
            extra=tuple((name, value) for name, value in original.extra if name != "id"),
        )


@given(transcripts(heard=WILD, timed=True))
def test_what_is_written_is_written_again_without_a_change(transcript: Transcript) -> None:
    assert render(parse(render(transcript))) == render(transcript)


def test_openai_whispers_own_is_kept_with_all_its_fields() -> None:
    transcript = parse(sample("whisper"))
    first, second = transcript.cues
    assert (first.start, first.end, first.text) == (500, 1250, "大家好")
    assert first.words == (Word("大家", 500, 900, 0.75), Word("好", 900, 1250, 0.5))
    assert (first.get("avg_logprob"), first.get("json:tokens")) == (-0.25, "[1, 2]")
    assert second.get("speaker") == "SPEAKER_00"
    assert (transcript.language, transcript.get("duration")) == ("zh", 3.5)
    assert render(transcript) == sample("whisper")


def test_whisperx_has_scores_and_words_without_spaces_or_times() -> None:
    words = [
        {"word": "In", "start": 0.1, "end": 0.2, "score": 0.9},
        {"word": "2024,"},
        {"word": "WAIC.", "start": 0.8, "end": 1.0, "score": 0.7},
    ]
    transcript = read(
        {"segments": [{"start": 0, "end": 1, "text": " In 2024, WAIC.", "words": words}], "word_segments": words}
    )
    (cue,) = transcript.cues
    assert cue.words == (Word("In", 100, 200, 0.9), Word(" 2024,", 200, 800), Word(" WAIC.", 800, 1000, 0.7))
    assert transcript.extra == ()


@pytest.mark.parametrize(
    "document", [[{"start": 0, "end": 1, "text": "一"}], {"segments": [{"start": 0, "end": 1, "text": "一"}]}]
)
def test_a_list_of_segments_will_do(document: object) -> None:
    assert read(document).cues == (Cue(0, 1000, "一"),)


@pytest.mark.parametrize(
    ("segment", "times"),
    [
        ({"start": 1.9996, "end": 2.5004}, (2000, 2500)),
        ({"start": -1, "end": 1}, (0, 1000)),
        ({"start": 2, "end": 1}, (2000, 2000)),
        ({"start": None, "end": None}, (None, None)),
        ({"words": [{"word": "一", "start": 1, "end": 2}]}, (1000, 2000)),
    ],
)
def test_times_of_segments(segment: dict[str, Any], times: tuple[int | None, int | None]) -> None:
    (cue,) = read([{"text": "一", **segment}]).cues
    assert (cue.start, cue.end) == times


def test_words_that_do_not_spell_the_text_are_left_out_and_reported(caplog: pytest.LogCaptureFixture) -> None:
    words = [{"word": "二", "start": 0, "end": 1, "probability": 0.5}]
    with caplog.at_level(logging.WARNING):
        assert read([{"start": 0, "end": 1, "text": "一", "words": words}]).cues[0].words == ()
    assert caplog.messages == ["talk.json: segment 1: its words do not spell its text and are left out"]


@pytest.mark.parametrize("prob", [None, True, "0.5", float("nan"), 1.5])
def test_what_is_no_probability_is_none(prob: object) -> None:
    words = [{"word": "一", "start": 0, "end": 1, "probability": prob}]
    assert read([{"start": 0, "end": 1, "text": "一", "words": words}]).cues[0].words == (Word("一", 0, 1000),)


def test_the_corrected_text_is_written_and_its_words_with_it() -> None:
    words = (Word("聚", 0, 100, 0.5), Word("生", 100, 200, 0.75), Word("智能", 200, 500))
    cue = Cue(0, 500, "聚生智能", words, (Edit(0, 2, "聚生", "具身", rule="sound"),), translation="embodied AI")
    (segment,) = json.loads(render(Transcript("", (cue,))))["segments"]
    assert (segment["text"], segment["translation"]) == ("具身智能", "embodied AI")
    assert segment["words"] == [
        {"word": "具身", "start": 0.0, "end": 0.2, "probability": 0.5},
        {"word": "智能", "start": 0.2, "end": 0.5},
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "talk.json:1: not JSON"),
        ('{\n"segments": 5}', "talk.json:1: no 'segments' in this JSON"),
        ("5", "talk.json:1: no 'segments' in this JSON"),
        (
            '{"segments": [\n{"start": 0, "end": 1, "text": "一"},\n{"start": 0}]}',
            "talk.json:3: segment 2: an object with 'te",
        ),
        ("[\n\n5]", "talk.json:3: segment 1: an object with 'text' was expected"),
        ('[{"start": "x", "end": 1, "text": "一"}]', "talk.json:1: segment 1: 'start' is 'x', not a number of seconds"),
        ('[{"start": 1, "text": "一"}]', "talk.json:1: segment 1: 'start' or 'end' is missing"),
        ('[{"start": 0, "end": 1e999, "text": "一"}]', "talk.json:1: segment 1: 'end' is inf, not a number of seconds"),
        (
            '[{"start": 0, "end": 1, "text": "一", "words": 5}]',
            "talk.json:1: segment 1: 'words' is not a list of objects",
        ),
        ('[{"start": 0, "end": 1, "text": "一", "words": [{}]}]', "talk.json:1: segment 1: word 1 has no text"),
    ],
)
def test_what_is_faulty_is_one_error_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(text, "talk.json")
    assert str(caught.value).startswith(problem)


def test_text_without_times_is_refused() -> None:
    with pytest.raises(FormatError, match="has no times"):
        render(Transcript("", (Cue(None, None, "一"),)))
