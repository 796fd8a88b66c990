"""Plain text and notes: lines are cues, the rest stays as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from formats.wild import WILD
from hypothesis import given
from hypothesis import strategies as st

from toolkit.cues import Cue, Edit, Transcript
from toolkit.formats.txt import is_verbatim, parse, render

ANY = WILD.map(lambda text: text.replace("\r", "").replace("\0", "").lstrip("\ufeff"))
LINES = st.text(st.characters(exclude_characters="\r\n\0", codec="utf-8")).map(str.strip)


@given(ANY)
def test_a_file_that_nothing_was_changed_in_is_written_back_as_it_was(text: str) -> None:
    assert render(parse(text)) == text


@given(st.lists(LINES.filter(lambda line: not is_verbatim(line))))
def test_what_is_written_is_read(texts: list[str]) -> None:
    cues = tuple(Cue(None, None, text) for text in texts)
    assert parse(render(Transcript("", cues))) == Transcript("", cues)


@given(ANY, st.text("甲乙丙", min_size=1))
def test_a_changed_file_has_a_line_for_each_line(text: str, new: str) -> None:
    transcript = parse(text)
    changed = replace(transcript, cues=tuple(replace(cue, heard=new) for cue in transcript.cues))
    assert render(changed).count("\n") == text.count("\n")
    assert render(changed).count(new) >= len(transcript.cues)


def test_images_headings_and_blank_lines_are_no_cues() -> None:
    text = "# 题目\n\n一\n\n![](img/1.png)\n\n　　二 \n![a](b.png) ![c](d(1).png)\n#话题\n"
    transcript = parse(text)
    assert [cue.text for cue in transcript.cues] == ["一", "二", "#话题"]
    assert not transcript.timed


@pytest.mark.parametrize(
    ("row", "verbatim"),
    [
        ("", True),
        (" \u3000", True),
        ("## 二", True),
        ("#", True),
        ("![](a.png)", True),
        ("[![图](a.png)](http://x.cn)", True),
        ("![](a.png) 看图", False),
        ("#话题", False),
        ("    # 代码", False),
        ("- 一", False),
    ],
)
def test_what_stays_as_it_is(row: str, verbatim: bool) -> None:
    assert is_verbatim(row) is verbatim


def test_a_timed_cue_is_one_line_its_translation_another() -> None:
    edit = Edit(0, 2, "聚生", "具身", rule="sound")
    cues = (Cue(0, 1, "聚生\n智能", edits=(edit,), translation="embodied\nAI"), Cue(1, 2, "二"))
    assert render(Transcript("", cues)) == "具身 智能\nembodied AI\n二\n"


def test_tags_of_other_formats_are_left_out() -> None:
    assert render(Transcript("", (Cue(0, 1, "一<i>二</i>", extra=(("tag.inside", "srt"),)),))) == "一二\n"


def test_nothing_between_cues_is_lost_when_there_are_fewer_or_more() -> None:
    transcript = parse("# 题\n\n一\n\n![](1.png)\n\n二\n\n![](2.png)\n")
    one = render(replace(transcript, cues=transcript.cues[:1]))
    three = render(replace(transcript, cues=transcript.cues + transcript.cues[:1]))
    for written in (one, three):
        assert written.startswith("# 题\n\n")
        assert written.endswith("\n\n![](2.png)\n")
        assert "![](1.png)" in written
