"""Readings of context: against all ways to read a short text, and what a change gains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.context import (
    BACKOFF_FLOOR,
    NAME_LOGPROBS,
    NEVER,
    Context,
    Reading,
    best_reading,
    changed_part,
    term_logprob,
)
from toolkit.correct.document import read_document
from toolkit.correct.index import build_index
from toolkit.correct.search import find_standing
from toolkit.cues import Cue
from toolkit.language_model import LONGEST, UNKNOWN, LanguageModel, load_language_model
from toolkit.lexicon import Lexicon

MODEL = load_language_model()
CLOSE = 1e-6
PHRASES = ["今天的大会", "手机的外壳", "我们的机器人", "人工智能的", "这是一个", "会不会有人"]
TEXTS = st.text("人工智能机器手外壳的大会生成式a，𠮷", max_size=7) | st.sampled_from(PHRASES)
UNKNOWN_PAIRS = [("具身智能", "聚深智能"), ("银河通用", "银何通"), ("魔搭社区", "摩达社区"), ("沐曦科技", "木溪")]
"""Terms and what they were misheard as; the model knows neither."""

Way = list[tuple[int, int, int, float | None]]
"""Words as start, end, number, and log10 probability of names and terms."""
Terms = tuple[tuple[int, int, float], ...]


class Pairs:
    """The language model with a short memory: only the word before counts, so that the best reading is exact."""

    def __init__(self, model: LanguageModel) -> None:
        self.numbers, self.number, self.backoff = model.numbers, model.number, model.backoff

    def logprob(self, word: int, before: int = UNKNOWN, *_: int) -> float:
        return MODEL.logprob(word, before)


def ways(text: str, terms: Terms = (), start: int = 0) -> Iterator[Way]:
    """Every way to read a text from a place on as words, names and terms."""
    if start == len(text):
        yield []
    for end in range(start + 1, min(start + LONGEST, len(text)) + 1):
        number = MODEL.number(text[start:end])
        kinds: list[tuple[int, float | None]] = []
        if number != UNKNOWN or end == start + 1:
            kinds.append((number, None))
        if end - start in NAME_LOGPROBS:
            kinds.append((UNKNOWN, NAME_LOGPROBS[end - start]))
        kinds += [(UNKNOWN, value) for first, last, value in terms if (first, last) == (start, end)]
        for rest in ways(text, terms, end) if kinds else ():
            for number, value in kinds:
                yield [(start, end, number, value), *rest]


def score(way: Way, model: LanguageModel | Pairs = MODEL) -> float:
    """The log10 probability of a way to read: every word after the two before it."""
    total, before, two_before = 0.0, UNKNOWN, UNKNOWN
    for _, _, number, value in way:
        if value is None:
            total += model.logprob(number, before, two_before if before != UNKNOWN else UNKNOWN)
        else:
            total += value + max(model.backoff(before), BACKOFF_FLOOR)
        before, two_before = number, before
    return total


def spans(reading: Reading) -> list[tuple[int, int]]:
    return [(token.start, token.end) for token in reading.tokens]


@st.composite
def texts_with_terms(draw: st.DrawFn) -> tuple[str, Terms]:
    text = draw(TEXTS)
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    drawn = draw(st.lists(ends.filter(lambda pair: 0 < pair[1] - pair[0] <= LONGEST), max_size=2)) if text else []
    return text, tuple((start, end, term_logprob(end - start)) for start, end in drawn)


@given(texts_with_terms())
def test_with_a_memory_of_one_word_no_way_to_read_is_better(case: tuple[str, Terms]) -> None:
    text, terms = case
    pairs = Pairs(MODEL)
    reading = best_reading(pairs, text, terms)
    assert reading.logprob == pytest.approx(max(score(way, pairs) for way in ways(text, terms)), abs=CLOSE)


@given(texts_with_terms())
def test_a_reading_is_a_way_to_read_at_its_own_score_and_better_than_one_or_two_words(case: tuple[str, Terms]) -> None:
    """With the whole model a state keeps one past alone, so the best of all ways is not promised for longer ones."""
    text, terms = case
    reading = best_reading(MODEL, text, terms)
    own = [way for way in ways(text, terms) if [word[:2] for word in way] == spans(reading)]
    assert any(score(way) == pytest.approx(reading.logprob, abs=CLOSE) for way in own)
    assert all(reading.logprob >= score(way) - CLOSE for way in ways(text, terms) if len(way) <= 2)


@given(TEXTS)
def test_the_words_of_a_reading_are_known_where_the_model_has_them(text: str) -> None:
    for token in best_reading(MODEL, text).tokens:
        assert not token.known or MODEL.number(text[token.start : token.end]) != UNKNOWN


@given(texts_with_terms().filter(lambda case: bool(case[1])))
def test_a_term_that_is_certain_is_read_as_one(case: tuple[str, Terms]) -> None:
    text, ((start, end, _), *_) = case
    reading = best_reading(MODEL, text, ((start, end, 100.0),))
    assert [token.known for token in reading.tokens if (token.start, token.end) == (start, end)] == [True]


def test_names_are_read_where_nothing_is_known() -> None:
    reading = best_reading(MODEL, "卢策吾教授")
    assert spans(reading) == [(0, 3), (3, 5)]
    assert [token.known for token in reading.tokens] == [False, True]
    assert best_reading(MODEL, "") == Reading(0.0, ())


@pytest.mark.parametrize(
    ("before", "after", "part"),
    [
        ("人心机器人", "人形机器人", (1, 2)),
        ("聚生智能", "具身智能", (0, 2)),
        ("人机器人", "人形机器人", (1, 1)),
        ("人人形机器人", "人形机器人", (1, 2)),
        ("外壳", "WAIC", (0, 2)),
        ("具身", "具身", (2, 2)),
    ],
)
def test_the_changed_part_leaves_out_what_stays(before: str, after: str, part: tuple[int, int]) -> None:
    assert changed_part(before, after) == part


@given(st.text("具身", max_size=5), st.text("具身", max_size=5))
def test_the_changed_part_is_enough_and_no_more(before: str, after: str) -> None:
    first, last = changed_part(before, after)
    assert 0 <= first <= last <= len(before)
    rest = len(before) - last
    assert len(after) >= first + rest
    assert before[:first] + after[first : len(after) - rest] + before[last:] == after
    inner, new = before[first:last], after[first : len(after) - rest]
    assert not inner or not new or (inner[0] != new[0] and inner[-1] != new[-1])


def context_of(text: str, *terms: str) -> Context:
    document = read_document([Cue(None, None, text)])
    return Context(document, MODEL, tuple(find_standing(document, build_index(Lexicon.of(terms)))))


def gain(text: str, stretch: str, term: str, *standing: str) -> float:
    start = text.index(stretch)
    return context_of(text, *standing).gain(start, start + len(stretch), term).gain


AROUND = st.lists(st.sampled_from([*"今天的手机大会上，有和在a", "具身机器人"]), max_size=6).map("".join)


@given(AROUND, AROUND, st.sampled_from([term for term, _ in UNKNOWN_PAIRS]))
def test_writing_the_term_that_stands_gains_nothing(before: str, after: str, term: str) -> None:
    context = context_of(f"{before}{term}{after}", term)
    found = context.gain(len(before), len(before) + len(term), term)
    assert found.gain == pytest.approx(0.0, abs=CLOSE)
    assert found.functions == 0


@given(AROUND, AROUND, st.sampled_from(["人工智能", "大会", "舞台", "机器人"]))
def test_with_a_memory_of_one_word_taking_a_word_for_a_term_costs_nothing(before: str, after: str, word: str) -> None:
    """With the whole model it may cost a little: the better past of one word need not be that of the next."""
    context = replace(context_of(f"{before}{word}{after}"), model=Pairs(MODEL))
    assert context.gain(len(before), len(before) + len(word), word).gain >= -CLOSE


@given(AROUND, AROUND, st.sampled_from(UNKNOWN_PAIRS))
def test_a_change_and_its_opposite_gain_the_opposite(before: str, after: str, pair: tuple[str, str]) -> None:
    """Where both are terms and the model knows neither: then each way has the same words to read."""
    one, other = pair
    assert MODEL.number(one) == MODEL.number(other) == UNKNOWN
    there, back = (context_of(f"{before}{text}{after}", *pair, "具身机器人") for text in pair)
    start = len(before)
    forth = there.gain(start, start + len(one), other)
    again = back.gain(start, start + len(other), one)
    assert forth.gain == pytest.approx(-again.gain, abs=CLOSE)


@pytest.mark.parametrize(
    ("fits", "does_not", "stretch", "term"),
    [
        ("国产人心机器人亮相", "得人心积七日", "人心", "人形"),
        ("构建只是图谱", "这只是图谱", "只是", "知识"),
        ("外壳大会", "手机外壳", "外壳", "WAIC"),
    ],
)
def test_a_change_gains_more_where_it_fits(fits: str, does_not: str, stretch: str, term: str) -> None:
    assert gain(fits, stretch, term) > gain(does_not, stretch, term)


@pytest.mark.parametrize(
    ("text", "stretch", "term", "fluent", "functions"),
    [
        ("国产人心机器人", "人心机器人", "人形机器人", True, 0),
        ("听卢泽吴说", "卢泽吴", "卢策吾", False, 0),
        ("在木星的卫星", "木星", "沐曦", True, 0),
        ("我们的在这里", "的在", "得载", True, 2),
        ("我们的机器人", "的机器人", "得机器人", True, 1),
    ],
)
def test_what_the_changed_part_was_before(text: str, stretch: str, term: str, fluent: bool, functions: int) -> None:
    context = context_of(text)
    found = context.gain(text.index(stretch), text.index(stretch) + len(stretch), term)
    assert (found.fluent, found.functions) == (fluent, functions)


def test_a_context_remembers_what_it_has_read() -> None:
    context = context_of("具身智能的崛起", "具身智能")
    assert context.terms_at == {0: (4,)}
    assert context.read("机器人") is context.read("机器人")
    assert context.read("机器人", ((0, 3, 0.0),)) is not context.read("机器人")


def test_an_ordinary_word_has_its_own_probability_and_a_longer_term_a_higher_one() -> None:
    context = context_of("")
    assert context.word_logprob("机器人") == MODEL.logprob(MODEL.number("机器人"))
    assert context.word_logprob("具身智能") == NEVER
    assert [term_logprob(length) for length in range(2, 9)] == sorted(term_logprob(length) for length in range(2, 9))
    assert term_logprob(2) > NAME_LOGPROBS[2]
    assert term_logprob(3) > NAME_LOGPROBS[3]
