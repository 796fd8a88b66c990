"""The table of syllables: numbers that lead back, costs that are distances, and how characters sound."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.syllables import MOST, SyllableTable, find_language_model, load_syllables
from toolkit.errors import ModelNotFound
from toolkit.sounds import Syllable, distance, is_han, parse_syllable

TABLE = load_syllables()
NUMBERS = st.integers(1, len(TABLE.syllables) - 1)


def sounds_of(table: SyllableTable, char: str) -> list[str]:
    return [table.syllables[number].pinyin for number in table.readings[:, ord(char)].tolist() if number]


@pytest.fixture(scope="module")
def without_model() -> SyllableTable:
    """The table as it is made where the language model's files are missing."""

    def missing() -> None:
        raise ModelNotFound("no scales.json")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.correct.syllables.load_language_model", missing)
        assert find_language_model() is None
        return load_syllables.__wrapped__()


def test_every_syllable_has_its_number() -> None:
    assert [TABLE.number(one) for one in TABLE.syllables[1:]] == list(range(1, len(TABLE.syllables)))


@pytest.mark.parametrize("spelt", ["shēng", "sheng", "sheng4"])
def test_the_tone_does_not_matter(spelt: str) -> None:
    assert TABLE.number(parse_syllable(spelt)) == TABLE.number(parse_syllable("sheng1")) > 0


def test_what_is_no_syllable_of_mandarin_has_no_number() -> None:
    assert TABLE.number(Syllable("b", "iong")) == 0
    assert TABLE.number(Syllable("", "")) == 0


@given(NUMBERS, NUMBERS)
def test_costs_are_distances_with_a_cap(one: int, other: int) -> None:
    expected = min(distance(TABLE.syllables[one], TABLE.syllables[other]), MOST)
    assert TABLE.costs[one, other] == pytest.approx(expected, abs=1e-6)


def test_costs_are_the_same_both_ways_and_nothing_only_for_the_same() -> None:
    assert (TABLE.costs == TABLE.costs.T).all()
    assert (np.diag(TABLE.costs)[1:] == 0).all()
    assert np.count_nonzero(TABLE.costs == 0) == len(TABLE.syllables) - 1


def test_no_syllable_is_as_far_as_can_be_from_all() -> None:
    assert TABLE.costs[0].tolist() == pytest.approx([MOST] * len(TABLE.syllables))


@pytest.mark.parametrize(
    ("char", "first"), [("具", "ju"), ("智", "zhi"), ("女", "nv"), ("行", "xing"), ("重", "zhong"), ("〇", "ling")]
)
def test_the_commonest_reading_comes_first(char: str, first: str) -> None:
    assert sounds_of(TABLE, char)[0] == first


@pytest.mark.parametrize(("char", "both"), [("行", "xing hang"), ("重", "zhong chong"), ("长", "chang zhang")])
def test_polyphones_keep_their_other_reading(char: str, both: str) -> None:
    assert set(both.split()) <= set(sounds_of(TABLE, char))


@given(st.characters(max_codepoint=0xFFFF))
def test_only_chinese_characters_sound(char: str) -> None:
    assert is_han(char) or not sounds_of(TABLE, char)


@pytest.mark.parametrize("char", "具身智能生成式的人工大模型机器沐曦科技行长重庆")
def test_without_the_model_characters_sound_as_with_it(without_model: SyllableTable, char: str) -> None:
    assert sounds_of(without_model, char)[0] in sounds_of(TABLE, char)


def test_without_the_model_costs_are_the_same(without_model: SyllableTable) -> None:
    for one, other in [("sheng", "shen"), ("zhi", "chi"), ("ju", "wang")]:
        costs = [
            table.costs[table.number(parse_syllable(one)), table.number(parse_syllable(other))]
            for table in (TABLE, without_model)
        ]
        assert costs[0] == pytest.approx(costs[1])
        assert costs[0] == pytest.approx(min(distance(parse_syllable(one), parse_syllable(other)), MOST))
