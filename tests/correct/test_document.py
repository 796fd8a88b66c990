"""A document: every character leads back to what was heard, and knows its sound, its run and how sure it was."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import cues

from toolkit.correct.document import CHARACTERS_A_WORD, NEIGHBOURHOOD, Document, read_document
from toolkit.correct.syllables import load_syllables
from toolkit.cues import Cue, Word

ALPHABET = "具身智能ab，。 😀\U00024e00\ud800\n"
LINES = st.lists(st.text(ALPHABET, max_size=10), max_size=6)
CUES = st.lists(cues(heard=st.text(ALPHABET, max_size=10), edited=False), max_size=5)


def document_of(*lines: str) -> Document:
    return read_document([Cue(None, None, line) for line in lines])


@st.composite
def stretches(draw: st.DrawFn) -> tuple[Document, int, int]:
    """A document and a stretch of at least one character in it."""
    document = document_of(*draw(LINES), "具身")
    start = draw(st.integers(0, len(document.text) - 1))
    return document, start, draw(st.integers(start + 1, len(document.text)))


@given(LINES)
def test_every_character_leads_back_to_what_was_heard(lines: list[str]) -> None:
    document = document_of(*lines)
    assert document.heard == "".join(lines)
    assert document.text == document.heard.replace("\n", "")
    assert "".join(document.heard[offset] for offset in document.offsets[:-1]) == document.text
    assert document.offsets[-1] == len(document.heard)
    assert all(one < other for one, other in pairwise(document.offsets))


@given(LINES)
def test_a_seam_is_where_a_cue_or_line_begins(lines: list[str]) -> None:
    document = document_of(*lines)
    begins, place = set(), 0
    for line in "\n".join(lines).split("\n"):
        begins.add(place)
        place += len(line)
    inside = [seam for seam in document.seams if seam < len(document.text)]
    assert inside == sorted(begin for begin in begins if begin < len(document.text))
    assert all(one < other for one, other in pairwise(document.seams))


@pytest.mark.parametrize(
    ("lines", "seams"),
    [
        (["聚生", "智能"], (0, 2)),
        (["聚生\n智能"], (0, 2)),
        (["聚生\n", "智能"], (0, 2)),
        (["", "聚生", "", "智能", ""], (0, 2)),
        ([""], ()),
        ([], ()),
    ],
)
def test_seams_of_cues_and_lines_are_the_same(lines: list[str], seams: tuple[int, ...]) -> None:
    assert document_of(*lines).seams == seams


@given(LINES)
def test_every_character_has_its_code_and_the_sounds_of_the_table(lines: list[str]) -> None:
    document = document_of(*lines)
    readings = load_syllables().readings
    expected = [readings[:, ord(char)].tolist() if ord(char) < 0x10000 else [0, 0, 0] for char in document.text]
    assert document.codes.tolist() == [ord(char) for char in document.text]
    assert document.sounds.T.tolist() == expected


@given(LINES)
def test_a_run_goes_as_far_as_characters_sound(lines: list[str]) -> None:
    document = document_of(*lines)
    runs = document.runs.tolist()
    assert [run >= 0 for run in runs] == [char in "具身智能" for char in document.text]
    last: dict[int, int] = {}
    for place, run in enumerate(runs):
        assert run < 0 or last.get(run, place - 1) == place - 1
        last[run] = place
    inside = [(one, other) for one, other in pairwise(runs) if one >= 0 and other >= 0]
    assert all(one == other for one, other in inside)


@pytest.mark.parametrize(
    ("lines", "runs"),
    [
        (["聚生", "智\n能"], [0, 0, 0, 0]),
        (["聚，生"], [0, -1, 1]),
        (["，聚a b生", "智"], [-1, 1, -1, -1, -1, 4, 4]),
        (["\U00024e00聚"], [-1, 1]),
        (["聚"], [0]),
        ([""], []),
    ],
)
def test_a_run_goes_over_seams_and_line_breaks_and_ends_at_signs(lines: list[str], runs: list[int]) -> None:
    assert document_of(*lines).runs.tolist() == runs


@given(CUES)
def test_every_character_is_as_sure_as_its_word(cues: list[Cue]) -> None:
    expected: list[float] = []
    for cue in cues:
        probs = [-1.0 if word.prob is None else word.prob for word in cue.words for _ in word.text]
        expected += probs or [-1.0] * len(cue.heard)
    document = read_document(cues)
    kept = [prob for prob, char in zip(expected, document.heard, strict=True) if char != "\n"]
    assert document.surety.tolist() == pytest.approx(kept)


def test_surety_goes_by_characters_of_what_was_heard_over_line_breaks_and_astral_ones() -> None:
    words = (Word("\U00024e00聚", 0, 1, 0.25), Word("\n", 1, 1, 0.5), Word("生", 1, 2), Word("智", 2, 3, 1.0))
    document = read_document([Cue(None, None, "好"), Cue(0, 3, "\U00024e00聚\n生智", words=words)])
    assert document.text == "好\U00024e00聚生智"
    assert document.surety.tolist() == [-1, 0.25, 0.25, -1, 1]


@pytest.mark.parametrize("lines", [[], [""], ["", "\n"]])
def test_an_empty_document_has_nothing_but_its_end(lines: list[str]) -> None:
    document = document_of(*lines)
    arrays = (document.codes, document.runs, document.surety)
    assert [len(array) for array in arrays] == [0, 0, 0]
    assert document.sounds.shape == (3, 0)
    assert (document.text, document.seams, document.words) == ("", (), 0)
    assert document.offsets.tolist() == [len(document.heard)]


@given(LINES)
def test_words_are_reckoned_by_characters_without_line_breaks(lines: list[str]) -> None:
    document = document_of(*lines)
    assert document.words == pytest.approx(len(document.text) / CHARACTERS_A_WORD)


@given(stretches())
def test_the_neighbourhood_is_what_stands_close_without_the_stretch(found: tuple[Document, int, int]) -> None:
    document, start, end = found
    before, after = document.around(start, end).split("\n")
    assert document.text[:start].endswith(before)
    assert document.text[end:].startswith(after)
    assert (len(before), len(after)) == (min(start, NEIGHBOURHOOD), min(len(document.text) - end, NEIGHBOURHOOD))


def test_the_neighbourhood_ends() -> None:
    document = document_of("舞" + "台" * NEIGHBOURHOOD + "外壳" + "台" * NEIGHBOURHOOD + "舞")
    assert "舞" not in document.around(NEIGHBOURHOOD + 1, NEIGHBOURHOOD + 3)
    assert "舞" in document.around(NEIGHBOURHOOD, NEIGHBOURHOOD + 2)
