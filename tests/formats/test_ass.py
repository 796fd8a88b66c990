r"""ASS and SSA: what is read, what is written, and that the one is the other."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from formats.samples import sample
from formats.wild import TIMED, lines, shown
from hypothesis import given
from pysubs2 import SSAFile

from toolkit.cues import Cue, Transcript
from toolkit.cutting import cut
from toolkit.errors import FormatError
from toolkit.formats import ass, ssa
from toolkit.formats.ass import parse, render

HEAD = "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
EVENT = "Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,"


@given(TIMED)
def test_what_is_written_is_read(transcript: Transcript) -> None:
    found = [(cue.start, cue.end, lines(cue)) for cue in parse(render(transcript)).cues]
    assert found == shown(transcript, step=10, ordered=False)


@given(TIMED)
def test_what_is_written_is_written_again_without_a_change(transcript: Transcript) -> None:
    for module in (ass, ssa):
        assert module.render(module.parse(module.render(transcript))) == module.render(transcript)


@given(TIMED)
def test_pysubs2_finds_the_same_events(transcript: Transcript) -> None:
    file = SSAFile.from_string(render(transcript))
    assert [(event.start, event.end) for event in file] == [
        cue[:2] for cue in shown(transcript, step=10, ordered=False)
    ]


@pytest.mark.parametrize(("name", "module"), [("ass", ass), ("ssa", ssa)])
def test_everything_in_a_file_is_kept(name: str, module: type[ass]) -> None:  # type: ignore[valid-type]
    assert module.render(module.parse(sample(name))) == sample(name)


def test_the_fields_of_an_event_are_kept_and_drawings_and_comments_are_not_spoken() -> None:
    first, second, third = parse(sample("ass")).cues
    assert (first.text, first.start, first.end) == ("聚生,智能", 5000, 6500)
    assert dict(first.extra) == {
        "tag.open": "{\\pos(1,2)\\fad(1,2)}",
        "tag.close": "{\\r}",
        "ass.layer": "1",
        "ass.style": "Sign",
        "ass.name": "张三",
        "ass.marginl": "0000",
        "ass.marginr": "0010",
        "ass.effect": "Banner;1",
    }
    assert second.get("tag.inside") == "ass"
    assert third.text == "C:\\new {重要}"


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("一\\N二", "一\n二"),
        ("\\{重要\\}提示", "{重要}提示"),
        ("C:\\\u2060new", "C:\\new"),
        ("{没有关上", "{没有关上"),
        ("a<b 且 c>d, e", "a<b 且 c>d, e"),
        ("", ""),
    ],
)
def test_text_is_read(written: str, heard: str) -> None:
    (cue,) = parse(f"{HEAD}{EVENT}{written}\n").cues
    assert cue.heard == heard


def test_the_order_of_fields_is_the_files_own() -> None:
    text = "[Events]\nFormat: Start, End, Actor, Text\nDialogue: 0:00:01.00,0:00:02.00,张三,你好,世界\n"
    (cue,) = parse(text).cues
    assert (cue.start, cue.text, cue.get("ass.actor")) == (1000, "你好,世界", "张三")
    assert render(parse(text)) == text


def test_each_line_of_fields_counts_for_the_events_below_it() -> None:
    text = (
        "[Events]\n[V4+ Styles]\nFormat: Name\n[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00,一\n"
    )
    text += "Format: End, Start, Text\nDialogue: 0:00:03.00,0:00:02.50,二\n"
    assert [cue.start for cue in parse(text).cues] == [1000, 2500]
    assert render(parse(text)) == text


def test_halves_of_a_cut_cue_keep_the_fields_and_comments_their_place() -> None:
    transcript = parse(sample("ass"))
    written = render(replace(transcript, cues=(*cut(transcript.cues[0], 2), *transcript.cues[1:])))
    assert written.count("Sign,张三") == 2
    assert sorted(set(sample("ass").split("\n")) - set(written.split("\n"))) == [
        line for line in sample("ass").split("\n") if "聚生" in line
    ]


def test_styles_are_translated_between_the_dialects() -> None:
    written = ssa.render(parse(sample("ass")))
    assert "[V4 Styles]" in written
    assert "Style: Default,Arial,20,16777215" in written
    assert "Dialogue: Marked=0,0:00:05.00,0:00:06.50,Sign,张三" in written
    assert [cue.text for cue in ssa.parse(written).cues] == [cue.text for cue in parse(sample("ass")).cues]


def test_styles_that_cannot_be_translated_are_replaced(caplog: pytest.LogCaptureFixture) -> None:
    broken = sample("ass").replace("Arial,20,", "Arial,twenty,")
    with caplog.at_level(logging.WARNING):
        assert "Noto Sans CJK SC" in ssa.render(parse(broken))
    assert "the styles cannot be written as ssa" in caplog.text


def test_a_new_file_has_a_style_for_chinese_at_full_resolution() -> None:
    file = SSAFile.from_string(render(Transcript("", (Cue(0, 1000, "一"),))))
    assert file.info["PlayResY"] == "1080"
    assert file.styles["Default"].fontname == "Noto Sans CJK SC"
    assert file[0].plaintext == "一"


def test_more_than_nine_hours_are_written() -> None:
    written = render(Transcript("", (Cue(36_000_000, 36_001_006, "一"),)))
    assert "0,10:00:00.00,10:00:01.01," in written
    assert parse(written).cues[0].start == 36_000_000


def test_times_that_are_odd_are_reported(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        (cue,) = parse(f"{HEAD}Dialogue: 0,-0:00:01.00,-0:00:02.00,Default,,0,0,0,,一\n", "talk.ass").cues
    assert (cue.start, cue.end) == (0, 0)
    assert caplog.messages == ["talk.ass:3: a time before 0, taken as 0"] * 2
    with caplog.at_level(logging.WARNING):
        parse(f"{HEAD}Dialogue: 0,0:00:03.00,0:00:02.00,Default,,0,0,0,,一\n", "talk.ass")
    assert caplog.messages[-1] == "talk.ass:3: the end is before the start"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("hello\nworld\n", r"talk\.ass:1: no section like \[Events\] found"),
        (f"{HEAD}Dialogue: 0,0:00:01.00\n", r"talk\.ass:3: an event with 2 of 10 fields"),
        (f"{HEAD}Dialogue: 0,now,0:00:01.00,,,,,,,一\n", r"talk\.ass:3: not a time, 'now'"),
        ("[Events]\nFormat: Start, Text\n", r"talk\.ass:2: events must have Start, End, and Text as their last field"),
    ],
)
def test_what_is_faulty_is_one_error_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(FormatError, match=problem):
        parse(text, "talk.ass")


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_file_has_no_cues(text: str) -> None:
    assert parse(text).cues == ()


def test_a_head_without_events_gets_them() -> None:
    transcript = replace(parse("[Script Info]\nTitle: x\n"), cues=(Cue(0, 1000, "一"),))
    assert render(transcript).startswith("[Script Info]\nTitle: x\n\n[Events]\nFormat: Layer, Start")
    assert parse(render(transcript)).cues[0].text == "一"
