"""Looking again near a change: all that is found there with the whole index, and nothing that it does not have."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.document import Document, read_document
from toolkit.correct.focus import AROUND, focus
from toolkit.correct.index import Index, build_index
from toolkit.correct.reading import REACH
from toolkit.correct.search import find_sounds
from toolkit.correct.standing import find_standing
from toolkit.cues import Cue
from toolkit.lexicon import Lexicon, Term

INDEX = build_index(
    Lexicon.of(
        [
            *("具身智能", "人工智能", "生成式人工智能", "智元机器人", "知识图谱", "人形机器人", "机器人", "银河通用"),
            *("沐曦", "智谱", "魔搭社区", "强化学习", "DeepSeek", Term("WAIC", sounds=("wai ke",))),
        ]
    )
)
FAR = "远" * AROUND
PIECES = st.sampled_from(
    [
        *("聚生智能", "具身智能", "人心机器人", "深层是人工智能", "只是图谱", "质朴", "外壳", "的", "，"),
        *("银何通用", "木溪", "摩达社区", "墙化学习", "强化学习", "沐曦", FAR, "\n"),
    ]
)
LINES = st.lists(PIECES, max_size=8).map("".join)
Found = set[tuple[str, int, int, float]]


def document_of(*lines: str) -> Document:
    return read_document([Cue(None, None, line) for line in lines])


def focused(document: Document, *changed: tuple[int, int]) -> Index:
    return focus(document, INDEX, find_standing(document, INDEX), changed)


def found(document: Document, index: Index) -> Found:
    matches = find_sounds(document, index)
    terms = [index.terms[term].text for term in index.sounds.terms[matches.entries]]
    return set(zip(terms, matches.starts.tolist(), matches.ends.tolist(), matches.costs.round(4).tolist(), strict=True))


def sought(index: Index) -> set[str]:
    """The terms that are looked for by their sound."""
    return {index.terms[term].text for term in index.sounds.terms}


@given(LINES, st.data())
def test_near_a_change_the_same_is_found_as_with_all_terms(text: str, data: st.DataObject) -> None:
    document = document_of(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 6, len(text))))
    index = focused(document, (start, end))
    every, some = found(document, INDEX), found(document, index)
    low, high = np.searchsorted(document.offsets, (start, end))
    near = {one for one in every if one[2] > low - REACH and one[1] < high + REACH}
    assert (near if high > low else set()) <= some <= every
    assert some == {one for one in every if one[0] in sought(index)}


@pytest.mark.parametrize(
    ("text", "changed", "terms"),
    [
        ("谈谈聚生智能", "谈谈", {"具身智能"}),
        ("谈谈沐曦", "沐曦", {"沐曦"}),  # its other look-alikes gain by it
        (f"沐曦{FAR}木溪，聚生智能", "沐曦", {"沐曦"}),
        (f"沐曦{FAR}聚生智能", "聚生", {"具身智能"}),
        (f"沐曦{FAR}变{FAR}强化学习", "变", set()),
        (f"聚生智能{'远' * (REACH - 1)}沐曦", "沐曦", {"具身智能", "沐曦"}),
        (f"聚生智能{'远' * REACH}沐曦", "沐曦", {"沐曦"}),
        (f"聚生智能{FAR}沐曦", "沐曦", {"沐曦"}),
        ("大会的WAIC，外壳", "WAIC", {"WAIC"}),
        (f"WAIC{FAR}外壳", "WAIC", {"WAIC"}),
        ("天气很好", "天气", set()),
    ],
)
def test_terms_that_were_written_or_may_be_meant_nearby_are_sought(text: str, changed: str, terms: set[str]) -> None:
    start = text.index(changed)
    assert sought(focused(document_of(text), (start, start + len(changed)))) == terms


def test_a_change_over_a_line_break_is_found_by_the_offsets_of_what_was_heard() -> None:
    breaks = "\n" * 3 * AROUND
    document = document_of(f"{breaks}沐", f"\n曦，{FAR}聚生智能")
    assert sought(focused(document, (len(breaks), len(breaks) + 3))) == {"沐曦"}


def test_several_changes_are_looked_at_together_and_none_leaves_nothing() -> None:
    text = f"沐曦{FAR * 2}强化学习{FAR * 2}聚生智能"
    document = document_of(text)
    last = len(text)
    assert sought(focused(document, (0, 2), (last - 4, last))) == {"沐曦", "具身智能"}
    assert sought(focused(document)) == set()
    assert found(document, focused(document)) == set()


def test_all_but_the_sounds_stays_as_it_is() -> None:
    document = document_of("谈谈聚生智能")
    index = focused(document, (0, 2))
    assert index.terms == INDEX.terms
    assert index.latin == INDEX.latin
    assert index.sounds.reach == INDEX.sounds.reach
    assert find_standing(document, index).terms.tolist() == find_standing(document, INDEX).terms.tolist()
