"""Stretches as arrays: chosen by a mask, put together again, and blank until something is known of them."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.search import Matches
from toolkit.correct.soundings import Soundings, all_soundings, blank
from toolkit.correct.weigh import plain_strengths

ARRAYS = [one.name for one in fields(Soundings) if one.name not in ("matches", "words")]


@st.composite
def soundings(draw: st.DrawFn) -> Soundings:
    """Stretches that are known by their numbers, which stand in every array as far as it can hold them."""
    size = draw(st.integers(0, 5))
    numbers = np.array(draw(st.lists(st.integers(0, 100), min_size=size, max_size=size)), dtype=np.int32)
    made = blank(Matches(numbers, numbers, numbers + 2, numbers / np.float32(100)), numbers)
    words = {(number, number): f"词{number}" for number in numbers.tolist()}
    return replace(made, words=words, **{name: numbers.astype(getattr(made, name).dtype) for name in ARRAYS})


def rows(found: Soundings) -> list[tuple[float, ...]]:
    columns = [*(getattr(found.matches, one.name) for one in fields(Matches)), *(getattr(found, one) for one in ARRAYS)]
    assert {len(column) for column in columns} == {len(found)}
    return list(zip(*(column.tolist() for column in columns), strict=True))


def kinds(found: Soundings) -> list[np.dtype]:
    return [getattr(found, name).dtype for name in ARRAYS]


@given(soundings(), st.data())
def test_a_mask_chooses_rows_of_every_array_alike(found: Soundings, data: st.DataObject) -> None:
    mask = data.draw(st.lists(st.booleans(), min_size=len(found), max_size=len(found)))
    chosen = found.only(np.array(mask, dtype=bool))
    assert rows(chosen) == [row for row, kept in zip(rows(found), mask, strict=True) if kept]
    assert chosen.words == found.words
    assert kinds(chosen) == kinds(found)


@given(st.lists(soundings(), min_size=1, max_size=3))
def test_several_lists_become_one_in_their_order(parts: list[Soundings]) -> None:
    whole = all_soundings(parts)
    assert rows(whole) == [row for part in parts for row in rows(part)]
    assert whole.words == {key: word for part in parts for key, word in part.words.items()}
    assert kinds(whole) == kinds(parts[0])


@given(soundings(), soundings())
def test_what_was_put_together_is_taken_apart_by_masks(one: Soundings, other: Soundings) -> None:
    whole = all_soundings([one, other])
    first = np.arange(len(whole)) < len(one)
    assert rows(whole.only(first)) == rows(one)
    assert rows(whole.only(~first)) == rows(other)


def test_costs_are_those_of_the_matches() -> None:
    place = np.zeros(1, dtype=np.int32)
    found = blank(Matches(place, place, place + 2, np.array([0.25], dtype=np.float32)), place)
    assert (len(found), found.costs.tolist()) == (1, [0.25])


def test_nothing_speaks_for_a_blank_stretch_nor_against_it() -> None:
    places = np.arange(3, dtype=np.int32)
    found = blank(Matches(places, places, places + 2, np.zeros(3, dtype=np.float32)), places)
    assert plain_strengths(found).tolist() == [0, 0, 0]
    assert (found.surety < 0).all()
    assert found.words == {}
