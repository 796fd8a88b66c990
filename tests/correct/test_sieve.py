"""The sieve by word frequencies against a plain dynamic programme, one match at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.context import NAME_LOGPROBS, NEVER, REACH, Context, term_logprob
from toolkit.correct.document import Document, read_document
from toolkit.correct.index import Index, build_index
from toolkit.correct.search import Matches, find_sounds
from toolkit.correct.sieve import frequency_gains, term_word_logprobs
from toolkit.cues import Cue
from toolkit.language_model import LONGEST, UNKNOWN, load_language_model
from toolkit.lexicon import Lexicon

MODEL = load_language_model()
CLOSE = 1e-3
TERMS = ("具身智能", "人工智能", "沐曦", "生成式", "大会")
INDEX = build_index(Lexicon.of(TERMS))
HAN = "人工智能机器手外壳的大会生成式具身沐曦堃"


def document_of(text: str) -> Document:
    return read_document([Cue(None, None, text)])


def word_logprob(word: str) -> float:
    """A word by its frequency, a name, or a character that nobody knows."""
    number = MODEL.number(word)
    known = MODEL.logprob(number) if number != UNKNOWN else NEVER
    return max(known, MODEL.unknown if len(word) == 1 else NAME_LOGPROBS.get(len(word), NEVER))


def best(text: str) -> float:
    """The highest log10 probability of reading a text as words without their order."""
    scores = [0.0]
    for end in range(1, len(text) + 1):
        begins = range(max(0, end - LONGEST), end)
        scores.append(max(scores[begin] + word_logprob(text[begin:end]) for begin in begins))
    return scores[-1]


def expected_gain(document: Document, start: int, end: int, term: str) -> float:
    low, high = document.run_bounds(start, end, REACH)
    number = MODEL.number(term)
    own = max(term_logprob(len(term)), MODEL.logprob(number) if number != UNKNOWN else NEVER)
    text = document.text
    return best(text[low:start]) + own + best(text[end:high]) - best(text[low:high])


@st.composite
def documents_with_matches(draw: st.DrawFn) -> tuple[Document, Matches]:
    """A document and stretches of its runs, each with any term."""
    document = document_of(draw(st.text(HAN + "a，", max_size=24)) + "具身")
    rows = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.sampled_from(np.flatnonzero(document.runs >= 0).tolist()))
        _, last = document.run_bounds(start, start + 1, 5)
        rows.append((draw(st.integers(0, len(TERMS) - 1)), start, draw(st.integers(start + 1, last))))
    entries, starts, ends = np.array(rows, dtype=np.int32).reshape(-1, 3).T
    return document, Matches(entries, starts, ends, np.zeros(len(rows), dtype=np.float32))


@given(documents_with_matches())
def test_gains_are_those_of_a_plain_dynamic_programme(case: tuple[Document, Matches]) -> None:
    document, matches = case
    gains = frequency_gains(document, INDEX, matches, MODEL)
    rows = zip(matches.entries.tolist(), matches.starts.tolist(), matches.ends.tolist(), strict=True)
    expected = [expected_gain(document, start, end, term_of(INDEX, entry)) for entry, start, end in rows]
    assert gains.tolist() == pytest.approx(expected, abs=CLOSE)


def term_of(index: Index, entry: int) -> str:
    return index.terms[index.sounds.terms[entry]].text


@given(st.lists(st.text(HAN, min_size=2, max_size=6), min_size=1, max_size=6, unique=True))
def test_a_term_has_its_probability_as_a_word_of_the_model(texts: list[str]) -> None:
    index = build_index(Lexicon.of(texts))
    context = Context(document_of(""), MODEL, ())
    expected = [context.word_logprob(text) for text in texts]
    assert term_word_logprobs(index, MODEL).tolist() == pytest.approx(expected, abs=CLOSE)


def test_the_order_of_words_is_left_to_the_context() -> None:
    """The sieve cannot tell 手机 from 大会 before 外壳; by the frequencies of both it gains the same."""
    gains = [expected_gain(document_of(text), 2, 4, "沐曦") for text in ("手机外壳", "大会外壳")]
    found = [frequency_gains(document_of(text), INDEX, one_match(2, 2, 4), MODEL) for text in ("手机外壳", "大会外壳")]
    assert [float(gain[0]) for gain in found] == pytest.approx(gains, abs=CLOSE)
    assert gains[0] == pytest.approx(gains[1], abs=CLOSE)


def test_a_character_that_nobody_knows_is_read_by_itself() -> None:
    document = document_of("堃具身")
    gains = frequency_gains(document, INDEX, one_match(2, 1, 3), MODEL)
    assert MODEL.number("堃") == UNKNOWN
    assert gains.tolist() == pytest.approx([expected_gain(document, 1, 3, "沐曦")], abs=CLOSE)
    assert best("堃") == MODEL.unknown


def one_match(entry: int, start: int, end: int) -> Matches:
    places = (np.array([place], dtype=np.int32) for place in (entry, start, end))
    return Matches(*places, np.zeros(1, dtype=np.float32))


def test_what_was_misheard_gains_and_what_reads_well_does_not() -> None:
    def highest(text: str) -> float:
        document = document_of(text)
        return float(frequency_gains(document, INDEX, find_sounds(document, INDEX), MODEL).max())

    assert highest("我们谈聚深智能") > 2
    assert highest("深层是这样") < highest("深层式模型")


@pytest.mark.parametrize("text", ["", "具", "aaaa", "，"])
def test_without_matches_there_is_nothing_to_gain(text: str) -> None:
    document = document_of(text)
    assert frequency_gains(document, INDEX, find_sounds(document, INDEX), MODEL).tolist() == []
