"""Times that are wrong or missing."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.formats.repair import Oddity, Span, repair, report

TIMES = st.none() | st.integers(-5000, 100_000)


@pytest.mark.parametrize(
    ("span", "times", "problem"),
    [
        (Span(7, 2500, 3000), (2500, 3000), None),
        (Span(7, 2500, 2500), (2500, 2500), None),
        (Span(7, -100, 3000), (0, 3000), "before 0"),
        (Span(7, 2500, 2400), (2500, 4000), "the end is before the start"),
        (Span(7, None, None), (2000, 4000), "no times"),
        (Span(7, 3000, None), (3000, 4000), "no times"),
        (Span(7, None, 2200), (2000, 2200), "no times"),
        (Span(7, 500, 3000), (500, 3000), "starts before the cue above"),
    ],
)
def test_a_cue_between_two_others(span: Span, times: tuple[int, int], problem: str | None) -> None:
    one = repair([Span(3, 1000, 2000), span, Span(11, 4000, 5000)])[1]
    assert (one.start, one.end) == times
    assert [oddity.line for oddity in one.oddities] == ([7] if problem else [])
    assert all(problem and problem in oddity.problem for oddity in one.oddities)


@given(st.lists(st.builds(Span, st.just(1), TIMES, TIMES)))
def test_repaired_times_are_those_of_cues(spans: list[Span]) -> None:
    repaired = repair(spans)
    assert all(0 <= one.start <= one.end for one in repaired)
    for span, one in zip(spans, repaired, strict=True):
        if span.start is not None and span.end is not None and 0 <= span.start <= span.end:
            assert (one.start, one.end, one.known) == (span.start, span.end, True)


def test_of_very_many_oddities_the_first_are_reported(caplog: pytest.LogCaptureFixture) -> None:
    report([Oddity(line, "odd") for line in range(50, 0, -1)], path="talk.srt", log=logging.getLogger("test"))
    assert caplog.messages[0] == "talk.srt:1: odd"
    assert caplog.messages[-1] == "talk.srt: and 30 more like these"
    assert len(caplog.messages) == 21
