"""Text that formats trip over, for properties that hold for any text."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from strategies import transcripts

from toolkit.cues import Cue, Transcript
from toolkit.formats.writing import settle

SCRAPS = (
    *(
        "a<b 且 c>d",
        "{重要}提示 C:\\new",
        "-->",
        "00:00:01,000 --> 00:00:02,000",
        "1",
        "2024",
        "<i>",
        "</i>",
        "&lt;",
        "R&D",
    ),
    *(
        "{\\an8}",
        "\\N",
        "\\n",
        "\\h",
        "\\",
        "{",
        "}",
        "NOTE x",
        "WEBVTT",
        "[Events]",
        "Dialogue: 0,",
        "# 题",
        "![](a.png)",
    ),
    *("具身", "智能", "，", "Hello", " ", "\t", "\u3000", "\u2060", "\u200e", "\ufeff", "\0", "\x1b", "\x85", "\u2028"),
    *("\n", "\n\n", "\r\n", "]]>", '"', "'", "𠮷", "é", "<v 张三>", "<b 且 c>", "&#10;", "--&gt;", "->", "```", "---"),
)

WILD: SearchStrategy[str] = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=3), max_size=6).map("".join)
"""Any text, often with scraps of what formats are made of."""

TIMED: SearchStrategy[Transcript] = transcripts(heard=WILD, timed=True)
"""Transcripts of such text; every cue has times."""


def shown(transcript: Transcript, *, step: int = 1, ordered: bool = True) -> list[tuple[int | None, int | None, str]]:
    """What any subtitle format must hold: times, and the lines that are seen."""
    return [(cue.start, cue.end, lines(cue)) for cue in settle(transcript, step=step, ordered=ordered)]


def lines(cue: Cue) -> str:
    """Text and translation as one text."""
    return "\n".join(part for part in (cue.text, cue.translation) if part)
