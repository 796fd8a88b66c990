"""Words close to a stretch: those that speak for a term, and those that forbid it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.candidates import is_forbidden, near_word
from toolkit.correct.document import NEIGHBOURHOOD, Document, read_document
from toolkit.cues import Cue

FAR = "远" * NEIGHBOURHOOD
WORDS = st.lists(st.text("手机外壳厂", min_size=1, max_size=3), max_size=3)


def document_of(text: str) -> Document:
    return read_document([Cue(None, None, text)])


@pytest.mark.parametrize(
    ("text", "words", "near"),
    [
        ("大会上的外壳", ("舞台", "大会"), "大会"),
        ("外壳的舞台和大会", ("大会", "舞台"), "大会"),
        ("外壳", ("外壳",), ""),
        ("手外壳机", ("手机", "手外", "壳机"), ""),
        (f"大会{FAR}外壳", ("大会",), ""),
        (f"大会{FAR[2:]}外壳", ("大会",), "大会"),
        (f"外壳{FAR[2:]}大会", ("大会",), "大会"),
        (f"外壳{FAR[1:]}大会", ("大会",), ""),
        ("大会外壳", (), ""),
    ],
)
def test_a_word_near_stands_close_by_and_not_over_the_stretch(text: str, words: tuple[str, ...], near: str) -> None:
    start = text.index("外壳")
    assert near_word(document_of(text), start, start + 2, words) == near


@pytest.mark.parametrize(
    ("text", "words", "forbidden"),
    [
        ("手机的外壳", ("手机",), True),
        ("这家外壳厂", ("外壳厂",), True),
        ("换手机外壳", ("机外壳",), True),
        ("就是外壳", ("外壳",), True),
        ("就是外壳", ("壳",), True),
        ("就是外壳", ("壳厂",), False),
        (f"手机{FAR}外壳", ("手机",), False),
        ("手机的外壳", (), False),
    ],
)
def test_a_word_that_forbids_stands_close_by_or_over_the_stretch(
    text: str, words: tuple[str, ...], forbidden: bool
) -> None:
    start = text.index("外壳")
    assert is_forbidden(document_of(text), start, start + 2, words) == forbidden


@given(st.text("手机外壳厂，", max_size=3 * NEIGHBOURHOOD), st.data(), WORDS)
def test_any_word_within_the_neighbourhood_forbids(text: str, data: st.DataObject, words: list[str]) -> None:
    text += "外壳"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(start + 6, len(text))))
    around = text[max(0, start - NEIGHBOURHOOD) : end + NEIGHBOURHOOD]
    assert is_forbidden(document_of(text), start, end, words) == any(word in around for word in words)


def test_words_are_read_over_seams() -> None:
    document = read_document([Cue(None, None, "手"), Cue(None, None, "机\n外"), Cue(None, None, "壳")])
    assert near_word(document, 2, 4, ("手机",)) == "手机"
    assert is_forbidden(document, 2, 4, ("机外",))
