"""Text read as words, against a plain Viterbi over the same words and names, one stretch at a time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from toolkit.correct import reading
from toolkit.correct.document import Document, read_document
from toolkit.correct.reading import (
    LEAVING,
    NAME_LOGPROBS,
    NEVER,
    REACH,
    Spans,
    Words,
    build_lattice,
    read_words,
    slots,
    with_context,
)
from toolkit.cues import Cue
from toolkit.language_model import LONGEST, UNKNOWN, load_language_model

MODEL = load_language_model()
CLOSE = 2e-3
CLEAR = 0.01
"""A way to read is surely the best when all others are less likely by this."""

PHRASES = ["今天的大会", "手机的外壳", "我们的机器人", "人工智能", "这是一个", "会不会有人", "卢策吾教授", "的", "堃"]
PARTS = st.sampled_from([*PHRASES, *"人工智能机器手外壳的大会生成式堃，a𠮷\n"])
TEXTS = st.lists(PARTS, max_size=8).map(lambda parts: "".join(parts)[:30])
Way = tuple[float, tuple[int, ...]]
"""The log10 probability of a way to read, and how long its words are."""


def document_of(text: str) -> Document:
    return read_document([Cue(None, None, text)])


@lru_cache(maxsize=4096)
def word(text: str) -> tuple[int, float]:
    """The number of a word and its log10 probability by itself: names and single characters have at least their own."""
    number = MODEL.number(text)
    known = MODEL.logprob(number) if number != UNKNOWN else NEVER
    least = MODEL.unknown if len(text) == 1 else NAME_LOGPROBS.get(len(text), NEVER)
    return (number, known) if known >= least else (UNKNOWN, least)


def leaving(before: str) -> float:
    """What it costs to follow a word with one that was never seen after it; nothing after a name or no word."""
    number = word(before)[0] if before else UNKNOWN
    return max(MODEL.backoff(number), LEAVING)


@lru_cache(maxsize=65536)
def cost(text: str, before: str) -> float:
    """The log10 probability of a word after another, which is empty at the beginning."""
    number, alone = word(text)
    if not before:
        return alone
    own = MODEL.logprob(number, word(before)[0]) if number != UNKNOWN else leaving(before) + alone
    return max(own, leaving(before) + NAME_LOGPROBS.get(len(text), NEVER))


def best_ways(text: str) -> list[Way]:
    """The best two ways to read a text for each length of the last word, the best of all first."""
    ways: list[list[Way]] = [[(0.0, ())]]
    for end in range(1, len(text) + 1):
        ways.append([])
        for length in range(1, min(LONGEST, end) + 1):
            start = end - length
            if word(text[start:end])[1] > NEVER:
                found = [
                    (score + cost(text[start:end], text[start - lengths[-1] : start] if lengths else ""), lengths)
                    for score, lengths in ways[start]
                ]
                ways[end] += [(score, (*lengths, length)) for score, lengths in sorted(found, reverse=True)[:2]]
    return sorted(ways[-1], reverse=True)


def before_slot(text: str) -> list[Way]:
    """The same before a word that was never seen after the last one."""
    ways = [(score + leaving(text[-lengths[-1] :] if lengths else ""), lengths) for score, lengths in best_ways(text)]
    return sorted(ways, reverse=True)


def clear(ways: list[Way]) -> tuple[int, ...]:
    """The lengths of the words of the best way, where no other is about as good."""
    assume(len(ways) < 2 or ways[0][0] - ways[1][0] > CLEAR)
    return ways[0][1]


@dataclass(frozen=True)
class Case:
    """Stretches of a document within its runs."""

    document: Document
    spans: Spans

    def parts(self, place: int) -> tuple[str, str, str]:
        """What is read before a stretch, in it, and after it."""
        ends = (self.spans.lows, self.spans.starts, self.spans.ends, self.spans.highs)
        low, start, end, high = (int(array[place]) for array in ends)
        text = self.document.text
        return text[low:start], text[start:end], text[end:high]


def case_of(text: str, *stretches: tuple[int, int]) -> Case:
    starts, ends = np.array(stretches, dtype=np.int32).reshape(-1, 2).T
    document = document_of(text)
    return Case(document, with_context(document, starts, ends))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    text = draw(TEXTS)
    runs = document_of(text).runs.tolist()
    drawn = [(start, start + draw(st.integers(1, 7))) for start in draw(st.lists(st.integers(0, 29), max_size=4))]
    inside = [span for span in drawn if span[1] <= len(runs) and len(set(runs[slice(*span)])) == 1]
    return case_of(text, *(span for span in inside if runs[span[0]] >= 0))


def slots_of(case: Case) -> list[float]:
    return slots(build_lattice(case.document, MODEL, case.spans), case.spans).tolist()


def words_of(case: Case) -> Words:
    return read_words(build_lattice(case.document, MODEL, case.spans), case.spans)


@given(cases())
def test_a_slot_gains_what_a_plain_search_says(case: Case) -> None:
    expected = []
    for place in range(len(case.spans)):
        before, stretch, after = case.parts(place)
        rest = before_slot(before)[0][0] + best_ways(after)[0][0]
        expected.append(rest - best_ways(before + stretch + after)[0][0])
    assert slots_of(case) == pytest.approx(expected, abs=CLOSE)


@given(cases())
def test_the_words_in_a_stretch_are_those_of_the_best_way_through_its_context(case: Case) -> None:
    found = words_of(case)
    for place in range(len(case.spans)):
        before, stretch, after = case.parts(place)
        text, first, size = before + stretch + after, len(before), len(stretch)
        lengths = clear(best_ways(text))
        starts = np.cumsum([0, *lengths[:-1]]).tolist()
        shown = [(start, length, at) for start, length in zip(starts, lengths, strict=True) for at in range(length)]
        shown = shown[first : first + size]
        known = [word(text[start : start + length])[0] != UNKNOWN for start, length, _ in shown]
        assert found.lengths[place, :size].tolist() == [length for _, length, _ in shown]
        assert found.known[place, :size].tolist() == known
        assert found.begins[place, :size].tolist() == [at == 0 for _, _, at in shown]
        whole = [
            (start - first, start - first + length, cost(text[start : start + length], last))
            for start, length, last in zip(starts, lengths, lasts(text, lengths), strict=True)
            if first <= start and start + length <= first + size
        ]
        for at in range(size + 1):
            ahead = sum(value for _, end, value in whole if end <= at)
            behind = sum(value for start, _, value in whole if start >= at)
            assert found.ahead[place, at] == pytest.approx(ahead, abs=CLOSE)
            assert found.behind[place, at] == pytest.approx(behind, abs=CLOSE)


def lasts(text: str, lengths: tuple[int, ...]) -> list[str]:
    """The word before each word, empty before the first."""
    ends = np.cumsum(lengths).tolist()
    return ["", *(text[end - length : end] for end, length in zip(ends, lengths, strict=True))][:-1]


@given(cases())
def test_context_is_up_to_six_characters_of_the_run_on_either_side(case: Case) -> None:
    runs = [-1, *case.document.runs.tolist(), -1]
    for place in range(len(case.spans)):
        start, end = int(case.spans.starts[place]), int(case.spans.ends[place])
        low, high = start, end
        while start - low < REACH and runs[low] == runs[start + 1]:
            low -= 1
        while high - end < REACH and runs[high + 1] == runs[start + 1]:
            high += 1
        assert (case.spans.lows[place], case.spans.highs[place]) == (low, high)


@given(st.lists(cases(), min_size=2, max_size=2), st.integers(1, 3))
def test_how_many_stretches_are_read_at_once_changes_nothing(drawn: list[Case], chunk: int) -> None:
    for case in drawn:
        gains, words = slots_of(case), words_of(case)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reading, "CHUNK", chunk)
            assert slots_of(case) == gains
            again = words_of(case)
        for place, size in enumerate((case.spans.ends - case.spans.starts).tolist()):
            for one in fields(Words):
                rows = (getattr(array, one.name)[place] for array in (words, again))
                first, second = (row[:size].tolist() if row.ndim else row for row in rows)
                assert first == second


@pytest.mark.parametrize(
    ("text", "stretch", "words"),
    [
        ("我们的机器人", "机器人", ["机器人"]),
        ("我们的机器人", "的机", ["的", "机器人"]),
        ("卢策吾教授", "卢策吾", ["卢策吾"]),
        ("卢策吾教授", "吾教", ["卢策吾", "教授"]),
        ("堃", "堃", ["堃"]),
        ("今天\n的大会", "天的大", ["今天", "的", "大会"]),
        ("在a的机器人", "机器", ["机器人"]),
    ],
)
def test_a_stretch_is_read_with_the_words_that_reach_over_its_ends(text: str, stretch: str, words: list[str]) -> None:
    plain = text.replace("\n", "")
    start = plain.index(stretch)
    case = case_of(text, (start, start + len(stretch)))
    found = words_of(case)
    rest = [len(one) for one in words for _ in one]
    first = "".join(words).index(stretch)
    assert found.lengths[0].tolist() == rest[first : first + len(stretch)]
    assert bool(found.known[0, 0]) == (words[0] not in ("卢策吾", "堃"))


@pytest.mark.parametrize("text", ["，", "a", "", "具身"])
def test_without_stretches_there_is_nothing_to_read(text: str) -> None:
    case = case_of(text)
    assert slots_of(case) == []
    assert len(words_of(case).lengths) == len(case.spans) == 0


@pytest.mark.parametrize("char", ["的", "堃"])
def test_one_character_that_is_all_text_has_no_context(char: str) -> None:
    case = case_of(char, (0, 1))
    assert slots_of(case) == pytest.approx([-word(char)[1]], abs=CLOSE)


def test_a_stretch_that_fits_nowhere_gains_more_than_one_that_reads_well() -> None:
    gains = [slots_of(case_of(text, (3, 5)))[0] for text in ("我们的聚深在这里", "我们的大会在这里")]
    assert gains[0] > gains[1] + 2


def test_stretches_are_chosen_by_a_mask_or_by_places() -> None:
    spans = case_of("人工智能的", (0, 2), (2, 4), (4, 5)).spans
    assert spans.only(np.array([True, False, True])).starts.tolist() == [0, 4]
    assert spans.only(np.array([2, 1])).ends.tolist() == [5, 4]
