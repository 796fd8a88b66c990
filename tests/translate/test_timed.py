"""Subtitles that exist are laid on the lines by time; nothing of them is lost, nothing doubled."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.cues import Cue
from toolkit.errors import InputError
from toolkit.translate import Line, translate
from toolkit.translate.timed import Timed, assign, share

LINES = [Line("一", 0, 1000), Line("二", 1000, 2000), Line("三", 2500, 4000)]


@pytest.mark.parametrize(
    ("cues", "texts"),
    [
        ([Cue(0, 900, "One"), Cue(1100, 2000, "Two"), Cue(2400, 4000, "Three")], ["One", "Two", "Three"]),
        ([Cue(0, 2000, "One thing, then two"), Cue(2500, 4000, "Three")], ["One thing,", "then two", "Three"]),
        ([Cue(0, 1100, "One"), Cue(2500, 4000, "Three")], ["One", "", "Three"]),
        ([Cue(0, 400, "One"), Cue(500, 900, "more")], ["One more", "", ""]),
        ([Cue(2100, 2200, "Between")], ["", "Between", ""]),
        ([Cue(9000, 9900, "Behind")], ["", "", "Behind"]),
        ([Cue(2500, 4000, "Three"), Cue(0, 900, "One")], ["One", "", "Three"]),
        ([Cue(0, 900, "第一"), Cue(900, 1000, "句")], ["第一句", "", ""]),
        ([], ["", "", ""]),
    ],
)
def test_each_cue_goes_to_its_line(cues: list[Cue], texts: list[str]) -> None:
    assert assign(LINES, cues) == texts


SPANS = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 100)), min_size=1, max_size=8)


@settings(max_examples=40)
@given(SPANS, SPANS)
def test_no_word_is_lost_or_doubled(ours: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> None:
    lines = [Line("x", start, start + length) for start, length in sorted(ours)]
    cues = [Cue(start, start + size, f"a{n} b{n} c{n}") for n, (start, size) in enumerate(theirs)]
    words = " ".join(assign(lines, cues)).split()
    assert sorted(words) == sorted(word for cue in cues for word in cue.text.split())


@settings(max_examples=40)
@given(st.text("ab ，c。好了", max_size=30), st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_a_text_is_shared_out_whole(text: str, weights: list[int]) -> None:
    parts = share(text, weights)
    assert len(parts) == len(weights)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


def test_a_term_is_shared_out_in_one_piece() -> None:
    text = "Welcome to the World Robot Conference, all of you"
    assert share(text, [2, 3])[0] == "Welcome to the World"
    assert share(text, [2, 3], ["World Robot Conference"]) == ["Welcome to the", "World Robot Conference, all of you"]


def test_text_without_times_goes_line_by_line() -> None:
    made = translate(
        [Cue(None, None, "一二"), Cue(None, None, "三")], Timed(lambda: (Cue(0, 9, "One"), Cue(9, 20, "Two")))
    )
    assert made.texts == ("One", "Two")
    with pytest.raises(InputError, match="2 lines of the translation for 1 lines"):
        translate([Cue(None, None, "一二")], Timed(lambda: (Cue(0, 9, "One"), Cue(9, 20, "Two"))))


def test_a_line_with_nothing_at_its_time_is_flagged() -> None:
    made = translate([Cue(0, 900, "你好"), Cue(5000, 5900, "谢谢")], Timed(lambda: (Cue(0, 800, "Hello"),)))
    assert made.texts == ("Hello", "")
    assert [str(flag) for flag in made.flags[1]] == ["missing: nothing is shown at this time"]
