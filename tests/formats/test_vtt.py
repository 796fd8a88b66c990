"""WebVTT: what is read, what is written, and that the one is the other."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from formats.samples import sample
from formats.wild import TIMED, lines, shown
from hypothesis import given

from toolkit.cues import Cue, Transcript
from toolkit.cutting import cut
from toolkit.errors import FormatError
from toolkit.formats.blocks import defuse
from toolkit.formats.vtt import parse, render

TIMES = "00:00:01.000 --> 00:00:02.000"


@given(TIMED)
def test_what_is_written_is_read(transcript: Transcript) -> None:
    found = [(cue.start, cue.end, defuse(lines(cue))) for cue in parse(render(transcript)).cues]
    assert found == [(start, end, defuse(text)) for start, end, text in shown(transcript)]


@given(TIMED)
def test_what_is_written_is_written_again_without_a_change(transcript: Transcript) -> None:
    assert render(parse(render(transcript))) == render(transcript)


def test_everything_in_a_file_is_kept() -> None:
    transcript = parse(sample("vtt"))
    assert render(transcript) == sample("vtt")
    assert transcript.language == "zh"
    first, second = transcript.cues
    assert first.text == "大家好，R&D"
    assert dict(first.extra) == {
        "tag.open": "<v 主持人>",
        "tag.close": "</v>",
        "vtt.id": "intro",
        "vtt.settings": "align:start position:10%",
    }
    assert dict(second.extra) == {"tag.inside": "vtt"}


def test_halves_of_a_cut_cue_keep_style_and_settings_and_notes_their_place() -> None:
    transcript = parse(sample("vtt"))
    written = render(replace(transcript, cues=(*cut(transcript.cues[0], 3), transcript.cues[1])))
    assert written.count("<v 主持人>") == written.count("align:start") == 2
    assert written.count("\nintro\n") == 1
    assert written.index("R&amp;D") < written.index("NOTE in between") < written.index("00:00:02.500 --> 00:00:04.000")


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("a &lt; b &amp; c", ["a < b & c"]),
        ("a<b 且 c>d", ["a<b 且 c>d"]),
        ("一\n\n二", ["一\n\n二"]),
        ("一\n\n2\n00:03.000 --> 00:04.000\n二", ["一", "二"]),
        ("一\n00:03.000 --> 00:04.000\n二", ["一", "二"]),
        ("A --> B", ["A --> B"]),
        ("00:01 --&gt; 00:02", ["00:01 --> 00:02"]),
        ("一\n\nNOTE x\ny\n\n二", ["一\n\n二"]),
        ("", [""]),
    ],
)
def test_the_text_of_cues(body: str, texts: list[str]) -> None:
    assert [cue.text for cue in parse(f"WEBVTT\n\n{TIMES}\n{body}\n").cues] == texts


def test_literal_text_is_escaped_and_arrows_are_replaced() -> None:
    cue = Cue(1000, 2000, "a<b> & C --> D", translation="<i>")
    assert render(Transcript("", (cue,))) == f"WEBVTT\n\n{TIMES}\na&lt;b> &amp; C → D\n&lt;i>\n"


@pytest.mark.parametrize("text", ["", "WEBVTT", "WEBVTT\n\n", "\n\n"])
def test_a_file_without_cues(text: str) -> None:
    assert parse(text).cues == ()
    assert render(parse(text)) == "WEBVTT\n"


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        (f"{TIMES}\n一\n", ["talk.vtt:1: does not begin with WEBVTT"]),
        ("WEBVTT\n\n00:01,5 --> 00:02\n一\n", ["talk.vtt:3: times written '00:01,5 --> 00:02'"]),
        (f"WEBVTT\n\n{TIMES}\n一\n\n二\n", ["talk.vtt:5: a blank line inside the text"]),
        (
            "WEBVTT\n\n00:00:01.000 --> 00:00:xx\n一\n",
            [
                "talk.vtt:3: times written '00:00:01.000 --> 00:00:xx'",
                "talk.vtt:3: no times; shown between its neighbours",
            ],
        ),
    ],
)
def test_oddities_are_reported(text: str, odd: list[str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert parse(text, "talk.vtt").cues
    assert caplog.messages == odd


def test_something_else_is_no_webvtt() -> None:
    with pytest.raises(FormatError, match=r"talk\.vtt:1: neither WEBVTT nor times found"):
        parse("hello\nworld\n", "talk.vtt")
