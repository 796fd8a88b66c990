"""SRT: what is read, what is written, and that the one is the other."""

from __future__ import annotations

import logging
import time

import pytest
from formats.samples import sample
from formats.wild import TIMED, shown
from hypothesis import given
from pysrt import SubRipFile

from toolkit.cues import Cue, Edit, Transcript
from toolkit.errors import FormatError
from toolkit.formats.blocks import defuse
from toolkit.formats.markup import SRT, give
from toolkit.formats.srt import from_items, parse, render, to_items

ONE = "00:00:01,000 --> 00:00:02,000"


@given(TIMED)
def test_what_is_written_is_read(transcript: Transcript) -> None:
    cues = parse(render(transcript)).cues
    assert [(cue.start, cue.end, give(cue, SRT)) for cue in cues] == [
        (start, end, defuse(text)) for start, end, text in shown(transcript)
    ]


@given(TIMED)
def test_what_is_written_is_written_again_without_a_change(transcript: Transcript) -> None:
    assert render(parse(render(transcript))) == render(transcript)


@given(TIMED)
def test_pysrt_reads_the_same(transcript: Transcript) -> None:
    found = [(item.start.ordinal, item.end.ordinal, item.text) for item in SubRipFile.from_string(render(transcript))]
    assert found == [(cue.start, cue.end, give(cue, SRT)) for cue in parse(render(transcript)).cues]


@pytest.mark.parametrize("text", ["a<b 且 c>d", "{重要}提示 C:\\new", "一\n2024", "7", "HTML 的 <b> 标签", "R&D &lt;"])
def test_text_that_others_spoil_is_kept(text: str) -> None:
    cues = parse(f"1\n{ONE}\n{text}\n\n2\n00:00:03,000 --> 00:00:04,000\n二\n").cues
    assert [cue.text for cue in cues] == [text, "二"]
    assert render(Transcript("", cues)) == f"1\n{ONE}\n{text}\n\n2\n00:00:03,000 --> 00:00:04,000\n二\n"


def test_a_blank_line_inside_a_cue_is_kept_in_reading_and_closed_in_writing() -> None:
    transcript = parse(f"1\n{ONE}\n中文\n\nEnglish\n")
    assert transcript.cues[0].text == "中文\n\nEnglish"
    assert render(transcript) == f"1\n{ONE}\n中文\nEnglish\n"


def test_positions_and_tags_are_written_back() -> None:
    first, second, third = parse(sample("srt")).cues
    assert first.extra == ()
    assert dict(second.extra) == {"tag.inside": "srt", "srt.position": "X1:40 X2:600 Y1:20 Y2:50"}
    assert (third.text, third.extra) == ("一共\n2024", (("tag.open", "{\\an8}"),))
    assert render(parse(sample("srt"))) == sample("srt")


def test_the_corrected_text_is_written_with_its_translation() -> None:
    edit = Edit(0, 2, "聚生", "具身", rule="sound")
    cue = Cue(1000, 2000, "聚生智能", edits=(edit,), translation="embodied AI")
    assert render(Transcript("", (cue,))) == f"1\n{ONE}\n具身智能\nembodied AI\n"


def test_cues_are_put_in_order_and_numbered() -> None:
    cues = (Cue(3000, 4000, "二"), Cue(1000, 2000, "一"))
    assert render(Transcript("", cues)) == f"1\n{ONE}\n一\n\n2\n00:00:03,000 --> 00:00:04,000\n二\n"


def test_an_arrow_in_the_text_is_no_arrow_of_times() -> None:
    assert render(Transcript("", (Cue(1000, 2000, "A --> B"),))) == f"1\n{ONE}\nA → B\n"


def test_lines_are_wrapped() -> None:
    cue = Cue(1000, 2000, "甲乙丙丁")
    assert render(Transcript("", (cue,)), wrap) == f"1\n{ONE}\n甲乙\n丙丁\n"


def test_of_two_languages_each_has_one_line() -> None:
    cue = Cue(1000, 2000, "甲乙丙丁", translation="ab cd")
    assert render(Transcript("", (cue,)), wrap) == f"1\n{ONE}\n甲乙丙丁\nab cd\n"


def wrap(text: str) -> str:
    return text.replace(" ", "\n").replace("乙", "乙\n")


def test_nothing_is_written_of_nothing() -> None:
    assert render(parse("")) == ""


def test_items_are_pysrts_and_come_back_as_cues() -> None:
    (item,) = to_items(Transcript("", (Cue(1000, 2500, "一"),)))
    assert (item.index, str(item.start), str(item.end), item.text) == (1, "00:00:01,000", "00:00:02,500", "一")
    item.shift(seconds=-2)
    assert from_items([item]) == (Cue(0, 500, "一"),)


def test_oddities_are_reported_with_file_and_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        parse("1\n00:00:02,000 --> 00:00:01,000\n一\n", "talk.srt")
    assert caplog.messages == ["talk.srt:2: the end is before the start; shown until the next cue, 2 s at most"]


@pytest.mark.parametrize("text", ["hello\nworld\n", "1\n00:xx --> 00:yy\n一\n", "\n\n{}\n"])
def test_text_without_times_is_no_srt(text: str) -> None:
    with pytest.raises(FormatError, match=r"talk\.srt:\d: no times like '00:00:01,000 --> 00:00:02,500'"):
        parse(text, "talk.srt")


def test_an_hour_is_read_and_written_at_once() -> None:
    cues = tuple(Cue(1800 * i, 1800 * i + 1700, f"第{i}句，具身智能的崛起\nembodied AI") for i in range(2000))
    start = time.perf_counter()
    assert len(parse(render(Transcript("", cues))).cues) == 2000
    assert time.perf_counter() - start < 1.0  # measured: 0.1
