"""Two languages in one cue: a line each, in the order that is asked for, with a style for each in ASS."""

from __future__ import annotations

import pytest

from toolkit.cues import Cue, Transcript, swapped
from toolkit.formats import encode, parse
from toolkit.profile import OutputOptions

TALK = Transcript("talk", (Cue(0, 2000, "大家好", translation="Hello"), Cue(3000, 4000, "再见")))
BELOW = OutputOptions(bilingual_order="en-zh")


def text(talk: Transcript, name: str, output: OutputOptions = BELOW) -> str:
    return encode(talk, format=name, output=output).decode()


@pytest.mark.parametrize("name", ["srt", "vtt", "ttml", "bilibili", "txt"])
def test_the_order_holds_in_every_format_with_lines(name: str) -> None:
    above, below = text(TALK, name, OutputOptions()), text(TALK, name)
    assert above.index("大家好") < above.index("Hello") < above.index("再见")
    assert below.index("Hello") < below.index("大家好") < below.index("再见")


def test_what_keeps_them_apart_keeps_them_as_they_are() -> None:
    for name in ("jsonl", "whisper"):
        assert text(TALK, name) == text(TALK, name, OutputOptions())
        assert parse(text(TALK, name), format=name).cues[0].translation == "Hello"


def test_the_order_is_that_of_languages_not_of_text_and_translation() -> None:
    english = Transcript("talk", (swapped(TALK.cues[0]),))
    assert text(english, "srt", OutputOptions()).index("大家好") < text(english, "srt", OutputOptions()).index("Hello")


def test_ass_sets_each_language_in_its_style() -> None:
    assert r"大家好\N{\rEnglish}Hello" in text(TALK, "ass", OutputOptions())
    assert r"{\rEnglish}Hello\N{\r}大家好" in text(TALK, "ass")
    assert "Style: English," in text(TALK, "ass")
    assert "English" not in text(Transcript("talk", TALK.cues[1:]), "ass")


def test_two_texts_of_one_language_have_one_style() -> None:
    both = Transcript("talk", (Cue(0, 2000, "大家好", translation="各位好"),))
    assert r"大家好\N各位好" in text(both, "ass")


def test_each_language_has_one_line_however_many_a_cue_may_have() -> None:
    talk = Transcript("talk", (Cue(0, 2000, "大家好，欢迎", translation="Hello and welcome"),))
    shown = encode(talk, format="srt", wrap=lambda line: line.replace("，", "，\n").replace(" and", "\nand")).decode()
    assert shown.splitlines()[2:] == ["大家好，欢迎", "Hello and welcome"]
