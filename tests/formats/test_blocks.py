"""The blocks of SRT files that people and tools have damaged, and what is said about the damage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.formats.blocks import defuse, find_blocks

ONE = "00:00:01,000 --> 00:00:02,000"
TWO = "00:00:03,000 --> 00:00:04,000"

Expected = list[tuple[int, int, str]]
Odd = list[tuple[int, str]]

FILES: dict[str, tuple[str, Expected, Odd]] = {
    "tidy": (f"1\n{ONE}\n一\n\n2\n{TWO}\n二\n", [(1000, 2000, "一"), (3000, 4000, "二")], []),
    "no line end at the end": (f"1\n{ONE}\n一", [(1000, 2000, "一")], []),
    "empty": ("", [], []),
    "blank lines only": ("\n \n\n", [], []),
    "a blank line inside a cue": (
        f"1\n{ONE}\n中文\n\nEnglish\n\n2\n{TWO}\n二\n",
        [(1000, 2000, "中文\n\nEnglish"), (3000, 4000, "二")],
        [(4, "a blank line inside the text")],
    ),
    "a blank line above the text": (f"1\n{ONE}\n\n一\n", [(1000, 2000, "一")], [(3, "a blank line above the text")]),
    "no text": (f"1\n{ONE}\n\n2\n{TWO}\n二\n", [(1000, 2000, ""), (3000, 4000, "二")], []),
    "text that is a number": (f"1\n{ONE}\n2024\n\n2\n{TWO}\n3\n", [(1000, 2000, "2024"), (3000, 4000, "3")], []),
    "text that ends with a number": (
        f"1\n{ONE}\n一共\n2024\n\n2\n{TWO}\n二\n",
        [(1000, 2000, "一共\n2024"), (3000, 4000, "二")],
        [],
    ),
    "a number of text right above times without number": (
        f"1\n{ONE}\n一共\n2024\n{TWO}\n二\n",
        [(1000, 2000, "一共\n2024"), (3000, 4000, "二")],
        [(5, "no number above the times")],
    ),
    "text that is the next number": (
        f"1\n{ONE}\n一\n2\n\n2\n{TWO}\n二\n",
        [(1000, 2000, "一\n2"), (3000, 4000, "二")],
        [],
    ),
    "no numbers": (
        f"{ONE}\n一\n\n{TWO}\n二\n",
        [(1000, 2000, "一"), (3000, 4000, "二")],
        [(1, "no number above the times"), (4, "no number above the times")],
    ),
    "no blank line between blocks": (
        f"1\n{ONE}\n一\n2\n{TWO}\n二\n",
        [(1000, 2000, "一"), (3000, 4000, "二")],
        [(4, "no blank line above the number")],
    ),
    "numbers that jump": (
        f"1\n{ONE}\n一\n\n7\n{TWO}\n二\n",
        [(1000, 2000, "一"), (3000, 4000, "二")],
        [(5, "number 7 where 2 comes next")],
    ),
    "a blank line below every line": (
        f"1\n\n{ONE}\n\n一\n\n\n\n2\n\n{TWO}\n\n二\n\n",
        [(1000, 2000, "一"), (3000, 4000, "二")],
        [(2, "a blank line between"), (4, "above the text"), (10, "a blank line between"), (12, "above the text")],
    ),
    "full-width comma in times": (
        "1\n00:00:01，000 --> 00:00:02，000\n一\n",
        [(1000, 2000, "一")],
        [(2, "times written '00:00:01，000 --> 00:00:02，000'")],
    ),
    "full-width colons and stops": (
        "1\n00：00：01．000 --> 00：00：02．000\n一\n",
        [(1000, 2000, "一")],
        [(2, "written")],
    ),
    "points, no hours, few digits": ("1\n0:01.5 --> 0:02\n一\n", [(1500, 2000, "一")], [(2, "written")]),
    "an escaped arrow": ("1\n00:00:01,000 --&gt; 00:00:02,000\n一\n", [(1000, 2000, "一")], [(2, "written")]),
    "a short arrow": ("1\n00:00:01,000 -> 00:00:02,000\n一\n", [(1000, 2000, "一")], [(2, "written")]),
    "spaces everywhere": ("1 \n  00:00:01,000-->00:00:02,000  \n一\n", [(1000, 2000, "一")], [(2, "written")]),
    "a time below 0": (
        f"1\n-00:00:01,000 --> 00:00:00,500\n一\n\n2\n{TWO}\n二\n",
        [(0, 500, "一"), (3000, 4000, "二")],
        [(2, "written"), (2, "a time before 0, taken as 0")],
    ),
    "an end before its start": (
        f"1\n00:00:02,000 --> 00:00:01,000\n一\n\n2\n{TWO}\n二\n",
        [(2000, 3000, "一"), (3000, 4000, "二")],
        [(2, "the end is before the start")],
    ),
    "cues that overlap": (
        f"1\n00:00:01,000 --> 00:00:09,000\n一\n\n2\n{TWO}\n二\n",
        [(1000, 9000, "一"), (3000, 4000, "二")],
        [],
    ),
    "cues out of order": (
        f"1\n{TWO}\n一\n\n2\n{ONE}\n二\n",
        [(3000, 4000, "一"), (1000, 2000, "二")],
        [(6, "starts before the cue above it")],
    ),
    "times that cannot be read": (
        f"1\n{ONE}\n一\n\n2\n00:00:xx --> 00:00:03,500\n坏\n\n3\n00:00:05,000 --> 00:00:06,000\n三\n",
        [(1000, 2000, "一"), (2000, 3500, "坏"), (5000, 6000, "三")],
        [(6, "times that cannot be read, '00:00:xx --> 00:00:03,500'"), (6, "no times; shown between")],
    ),
    "times that are missing": (
        f"1\n{ONE}\n一\n\n2\n坏\n\n3\n{TWO}\n三\n",
        [(1000, 2000, "一"), (2000, 3000, "坏"), (3000, 4000, "三")],
        [(5, "no times; shown between its neighbours"), (8, "number 3 where 2 comes next")],
    ),
    "text behind the times": (f"1\n{ONE} 一\n二\n", [(1000, 2000, "一\n二")], [(2, "text behind the times")]),
    "text above the first block": (
        f"字幕\n\n1\n{ONE}\n一\n",
        [(0, 1000, "字幕"), (1000, 2000, "一")],
        [(1, "text above the first block"), (1, "no times; shown between its neighbours")],
    ),
    "an arrow in the text": (
        f"1\n{ONE}\nA --> B\n见 10:30 --> 出口\n",
        [(1000, 2000, "A --> B\n见 10:30 --> 出口")],
        [],
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_with(name: str) -> None:
    text, expected, odd = FILES[name]
    blocks = find_blocks(text)
    assert [(block.start, block.end, block.text) for block in blocks] == expected
    found = sorted((oddity.line, oddity.problem) for block in blocks for oddity in block.oddities)
    assert [line for line, _ in found] == [line for line, _ in odd]
    for (_, problem), (_, part) in zip(found, sorted(odd), strict=True):
        assert part in problem


def test_positions_behind_the_times_are_kept() -> None:
    (block,) = find_blocks(f"1\n{ONE} X1:40 X2:600 Y1:20 Y2:50\n一\n")
    assert (block.position, block.text) == ("X1:40 X2:600 Y1:20 Y2:50", "一")


ROWS = st.sampled_from(["", "1", "2", "3", "2024", ONE, TWO, "00:0:xx --> 1", "一", "a --> b", "A -> B", "  "])


@given(st.lists(ROWS, max_size=12))
def test_no_line_of_text_is_lost_whatever_the_order_of_lines(rows: list[str]) -> None:
    texts = "\n".join(block.text for block in find_blocks("\n".join(rows)))
    for row in ("一", "a --> b", "A -> B"):
        assert texts.split("\n").count(row) == rows.count(row)


@given(st.text("0123456789:,.->&gt;→ ＞—=", max_size=40))
def test_defused_text_holds_no_times(text: str) -> None:
    alone = [block.text for block in find_blocks(f"1\n{ONE}\n甲\n{defuse(text)}\n乙\n")]
    assert len(alone) == 1
