"""A transcript is laid beside its reference however both are cut."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from toolkit.cues import Cue, Edit, Transcript
from toolkit.evaluate.counts import count
from toolkit.evaluate.rows import cut_alike, document_of

TEXT = st.text("具身智能ab", max_size=12)


def talk(*texts: str, start: int | None = None) -> Transcript:
    times = [
        (None, None) if start is None else (start + 1000 * place, start + 1000 * place + 900) for place in range(99)
    ]
    return Transcript("talk", tuple(Cue(*time, text) for time, text in zip(times, texts, strict=False)))


def sides(reference: Transcript, hypothesis: Transcript) -> list[tuple[str, str]]:
    return [("".join(row.reference), "".join(row.hypothesis)) for row in document_of(reference, hypothesis).rows]


def test_the_same_cues_are_paired_one_by_one() -> None:
    assert sides(talk("甲", "甲乙"), talk("甲甲", "乙")) == [("甲", "甲甲"), ("甲乙", "乙")]
    assert sides(talk("甲", "甲乙", start=0), talk("甲甲", "乙", start=400)) == [("甲", "甲甲"), ("甲乙", "乙")]


def test_cues_at_other_times_are_aligned_as_a_whole() -> None:
    assert sides(talk("甲", "甲乙", start=0), talk("甲甲", "乙", start=600)) == [("甲", "甲"), ("甲乙", "甲乙")]


def test_another_cut_is_no_error() -> None:
    assert sides(talk("今天下雨", "明天晴"), talk("今天", "下雨明", "天晴")) == [
        ("今天下雨", "今天下雨"),
        ("明天晴", "明天晴"),
    ]


def test_a_line_that_is_missing_leaves_an_empty_side() -> None:
    assert sides(talk("今天", "下雨了", "明天"), talk("今天明天")) == [
        ("今天", "今天"),
        ("下雨了", ""),
        ("明天", "明天"),
    ]
    assert sides(talk("今天"), talk()) == [("今天", "")]
    assert sides(talk(), talk("今天", "明天")) == []


def test_tags_of_the_format_are_no_text() -> None:
    assert sides(talk(r"{\i1}今天{\i0}"), talk("今天")) == [("今天", "今天")]


def test_edits_tell_what_was_heard() -> None:
    edited = Transcript("talk", (Cue(None, None, "聚身智能", edits=(Edit(0, 1, "聚", "具", rule="sound"),)),))
    (row,) = document_of(talk("具身智能"), edited).rows
    assert ("".join(row.hypothesis), "".join(row.heard or ())) == ("具身智能", "聚身智能")
    assert document_of(talk("具身智能"), talk("具身智能")).rows[0].heard is None
    (row,) = document_of(talk("具身智能"), talk("具身智能"), before=talk("聚生", "智能")).rows
    assert "".join(row.heard or ()) == "聚生智能"


@given(st.lists(TEXT, min_size=1, max_size=5), TEXT)
def test_cutting_loses_nothing_and_costs_nothing(lines: list[str], other: str) -> None:
    parts = cut_alike([tuple(line) for line in lines], tuple(other))
    assert len(parts) == len(lines)
    assert "".join(chain.from_iterable(parts)) == other
    apart = sum(count(line, part).errors for line, part in zip(map(tuple, lines), parts, strict=True))
    assert apart == count("".join(lines), other).errors
