"""The figures are those of jiwer where both have them, and of the definition elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.cues import Cue, Transcript
from toolkit.evaluate import document_of, figures_of, score_terms, tokens_of
from toolkit.evaluate.counts import Counts, characters, count, interval
from toolkit.evaluate.terms import known_terms

TEXTS = st.lists(st.text("具身智能的AI gpt4，。", min_size=1, max_size=20).filter(tokens_of), min_size=1, max_size=6)


def talk(*texts: str, start: int | None = None) -> Transcript:
    if start is None:
        return Transcript("talk", tuple(Cue(None, None, text) for text in texts))
    return Transcript(
        "talk", tuple(Cue(start + 2000 * n, start + 2000 * n + 1500, text) for n, text in enumerate(texts))
    )


def values(
    *texts: Transcript, before: Transcript | None = None, terms: tuple[str, ...] = ()
) -> dict[str, float | None]:
    figures = figures_of([document_of(texts[0], texts[1], before=before)], known=known_terms(terms))
    return {name: figure.value for name, figure in figures.items()}


@given(TEXTS, st.data())
def test_error_rates_are_those_of_jiwer(reference: list[str], data: st.DataObject) -> None:
    jiwer = pytest.importorskip("jiwer", reason="the development tool 'jiwer' is not installed")
    lines = st.lists(st.text("具身智能的AI gpt4，。", max_size=20), min_size=len(reference), max_size=len(reference))
    hypothesis = data.draw(lines)
    found = values(talk(*reference), talk(*hypothesis))
    right, wrong = [tokens_of(text) for text in reference], [tokens_of(text) for text in hypothesis]
    assert found["cer"] == pytest.approx(jiwer.cer([*map(characters, right)], [*map(characters, wrong)]), abs=1e-9)
    assert found["mer"] == pytest.approx(jiwer.wer([*map(" ".join, right)], [*map(" ".join, wrong)]), abs=1e-9)


def test_operations_are_counted_apart() -> None:
    assert count("今天下雨了", "今下雪了呢") == Counts(hits=3, substitutions=1, deletions=1, insertions=1)
    assert count("", "呢") == Counts(insertions=1)


def test_terms_are_found_where_they_were_said_and_nowhere_else() -> None:
    rows = document_of(talk("具身智能和智能", "大模型", "大模型"), talk("聚身智能和智能", "大模型", "具身智能")).rows
    scores = {score.text: score for score in score_terms(rows, known_terms(["具身智能", "智能", "大模型"]))}
    assert (scores["具身智能"].said, scores["具身智能"].found, scores["具身智能"].written) == (1, 0, 1)
    assert (scores["智能"].said, scores["智能"].found, scores["智能"].written) == (1, 1, 2)
    assert (scores["大模型"].recall, scores["大模型"].precision) == (0.5, 1.0)
    assert next(iter(scores)) in ("具身智能", "大模型")


def test_a_latin_term_is_no_part_of_a_word() -> None:
    rows = document_of(talk("he said AI"), talk("he said hi")).rows
    assert [(score.said, score.found) for score in score_terms(rows, known_terms(["AI"]))] == [(1, 0)]


def test_what_a_correction_did() -> None:
    found = values(talk("具身智能的外壳"), talk("具身智能的WAIC"), before=talk("聚身智能的外壳"), terms=("具身智能",))
    assert found["cer_before"] == pytest.approx(1 / 7)
    assert (found["term_recall_before"], found["term_recall"]) == (0, 1)
    assert found["false_alterations"] == pytest.approx(10_000 / 7)
    assert found["needed"] == 0.5
    assert "cer_before" not in values(talk("具"), talk("具"))


def test_homophones_are_told_from_other_errors() -> None:
    assert values(talk("具身智能"), talk("聚生智能"))["homophones"] == 0.5
    assert values(talk("具身智能"), talk("具身智能"))["homophones"] is None
    assert values(talk("具身智能"), talk("具身AI"))["homophones"] == 0


def test_times_are_compared_at_borders_that_both_have() -> None:
    right = talk("今天下雨", "明天晴", start=1000)
    cues = (Cue(1100, 1500, "今天"), Cue(1600, 2700, "下雨"), Cue(3000, 4480, "明天晴"))
    found = figures_of([document_of(right, Transcript("other", cues))])
    assert (found["time_error"].whole, found["time_error"].value, found["time_error_90"].value) == (4, 100, 200)
    assert found["readable"].part == 3
    assert figures_of([document_of(right, talk("今天下雨", "明天晴"))])["time_error"].value is None


def test_nothing_to_measure_is_no_zero() -> None:
    assert set(values(talk(), talk("今天")).values()) == {None}


def test_intervals_hold_the_value_and_shrink_with_more_lines() -> None:
    few, many = ([(number % 3, 10) for number in range(length)] for length in (9, 900))
    assert interval(few) == interval(few)
    (low, high), (lower, higher) = interval(few) or (0, 0), interval(many) or (0, 0)
    assert low < 0.1 < high
    assert high - low > 3 * (higher - lower) > 0
    assert interval([(1, 10)]) is None
    assert interval([(0, 0), (0, 0)]) is None
