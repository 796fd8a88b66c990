"""What stands beside a term: against counting the same characters in the text by hand."""

from __future__ import annotations

from math import log10

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.document import read_document
from toolkit.correct.index import build_index
from toolkit.correct.neighbours import LEAST, MOST, SMOOTHING, WIDTH, beside
from toolkit.correct.standing import find_standing
from toolkit.cues import Cue
from toolkit.lexicon import Lexicon

TERMS = ["道岔", "道岔口", "信号", "AI"]
INDEX = build_index(Lexicon.of(TERMS))
EDGE = "甲乙丙丁"
"""Characters before and after a text that stand nowhere else."""

BODIES = st.lists(st.sampled_from([*TERMS, "确认", "到查", "确", "认", "a", "𠮷", "，"]), max_size=12).map("".join)
Asked = tuple[int, int, int]
"""Start, end and term."""


def found_beside(text: str, *asked: Asked) -> list[float]:
    document = read_document([Cue(None, None, text)])
    starts, ends, terms = np.array(asked, dtype=np.int32).reshape(-1, 3).T
    return beside(document, find_standing(document, INDEX), starts, ends, terms).tolist()


def places_of(text: str, part: str) -> list[int]:
    return [at for at in range(len(text) - len(part) + 1) if text.startswith(part, at)]


def standing_places(text: str, term: str) -> list[int]:
    """Where a term stands, as a whole word if it is Latin."""
    letters = [f"{text[at - 1]}{text[at + len(term)]}" for at in places_of(text, term)]
    return [at for at, around in zip(places_of(text, term), letters, strict=True) if term != "AI" or is_free(around)]


def is_free(around: str) -> bool:
    return not any(char in "aAI" for char in around)


def lift(text: str, term: str, near: int, step: int) -> float:
    """How many times likelier the term is, in log10, ``step`` characters on from the characters at a place."""
    stands = standing_places(text, term)
    anywhere = len(stands) / len(text)
    places = places_of(text, text[near : near + WIDTH])
    together = sum(place + step in stands for place in places)
    share = (together + SMOOTHING * anywhere) / (len(places) + SMOOTHING)
    return min(max(log10(share / anywhere), LEAST), MOST)


def expected_beside(text: str, start: int, end: int, term: str) -> float:
    if not standing_places(text, term):
        return 0.0
    before = lift(text, term, start - WIDTH, WIDTH) if start >= WIDTH else 0.0
    after = lift(text, term, end, -len(term)) if end + WIDTH <= len(text) else 0.0
    return before + after


@given(BODIES, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 4), st.integers(0, 3)), max_size=5))
def test_a_term_is_as_likely_as_counting_says(body: str, drawn: list[Asked]) -> None:
    text = f"{EDGE}{body}{EDGE}"
    asked = [(start, start + size, term) for start, size, term in drawn if start + size <= len(text)]
    expected = [expected_beside(text, start, end, TERMS[term]) for start, end, term in asked]
    assert found_beside(text, *asked) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "stretch", "sign"),
    [
        ("请确认道岔好，请确认到查没有", "到查", 1),
        ("信号道岔好，信号道岔好，信号到查好", "到查", 1),
        ("一个道岔来，这里走走，这里跑跑，这里到查，这里看看", "到查", -1),
        ("没有那个，请确认到查没有", "到查", 0),
        ("道岔没没，到查没", "到查", -1),
        ("到查", "到查", 0),
        ("道岔，到查", "到查", -1),
    ],
)
def test_what_stood_beside_a_term_speaks_for_it(text: str, stretch: str, sign: int) -> None:
    start = text.index(stretch)
    (found,) = found_beside(text, (start, start + len(stretch), 0))
    assert np.sign(round(found, 6)) == sign


def test_the_more_of_a_term_stands_beside_characters_the_more_they_say() -> None:
    found = []
    for times in range(5):
        text = f"{'请确认道岔好，' * times}{'没有的道岔来，' * (4 - times)}{'甲' * 200}请确认到查好，甲"
        found += found_beside(text, (text.index("到查"), text.index("到查") + 2, 0))
    assert found == sorted(found)
    assert found[0] < 0 < found[1] < found[-1]


@pytest.mark.parametrize(
    ("text", "stretch", "expected"),
    [
        (f"道岔甲{'确认没有，' * 200}确认到查没有，", "到查", 2 * LEAST),
        (f"道岔甲{'确认没有，' * 200}确认到查", "到查", LEAST),
        (f"{'甲' * 20_000}{'确认道岔没有，' * 50}", "道岔", 2 * MOST),
        (f"{'甲' * 20_000}{'确认道岔没有，' * 50}确认道岔", "道岔", MOST),
    ],
)
def test_what_characters_say_is_bounded_on_either_side(text: str, stretch: str, expected: float) -> None:
    start = text.rindex(stretch)
    (found,) = found_beside(text, (start, start + 2, 0))
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("text", ["", "道", "道岔", "a"])
def test_of_nothing_there_is_nothing(text: str) -> None:
    assert found_beside(text) == []


@pytest.mark.parametrize("text", ["道岔", "道"])
def test_at_the_ends_of_a_text_nothing_stands_beside(text: str) -> None:
    assert found_beside(text, (0, len(text), 0)) == [0]


@pytest.mark.parametrize("text", ["道岔和道道机器", "甲道岔和道道机器"])
def test_the_end_of_a_text_is_no_neighbour(text: str) -> None:
    (found,) = found_beside(text, (len(text) - 2, len(text), 0))
    assert found < 0
