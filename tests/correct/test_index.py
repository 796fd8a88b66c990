"""The index of a lexicon: every term under its sounds and its spellings, and each posting where it says."""

from __future__ import annotations

from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.index import LONGEST, Index, build_index, is_latin, latin_key
from toolkit.correct.syllables import load_syllables
from toolkit.language_model import hash_words
from toolkit.lexicon import Alias, Lexicon, Term

TABLE = load_syllables()
HAN = "具聚身生深智只能人心形机器式是大模型沐曦壁仞"
TERMS = st.lists(st.text(HAN, min_size=2, max_size=8), min_size=1, max_size=6, unique=True)
NAMES = st.lists(st.sampled_from(["AI TIME", "Ai Time", "ai-time", "GLM", "glm", "具身", "5G-A", "C++"]), unique=True)


def spoken(index: Index, entry: int) -> str:
    return " ".join(TABLE.syllables[number].pinyin for number in index.sounds.syllables[entry].tolist() if number)


def postings(index: Index) -> list[tuple[int, int, int, int]]:
    """Entry, first and second place, and pair of every posting."""
    plain = TABLE.class_count**2
    found = []
    for pair in np.flatnonzero(np.diff(index.sounds.starts)).tolist():
        for at in range(index.sounds.starts[pair], index.sounds.starts[pair + 1]):
            first = int(index.sounds.offsets[at])
            found.append((int(index.sounds.entries[at]), first, first + (2 if pair >= plain else 1), pair % plain))
    return found


@given(TERMS)
def test_a_posting_is_under_the_classes_that_stand_at_its_place(texts: list[str]) -> None:
    index = build_index(Lexicon.of(texts))
    for entry, first, second, pair in postings(index):
        left, right = TABLE.classes[index.sounds.syllables[entry, [first, second]]].tolist()
        assert (left, right) == divmod(pair, TABLE.class_count)
        assert second < index.sounds.lengths[entry]


@given(TERMS)
def test_one_syllable_quite_different_leaves_a_pair_whole(texts: list[str]) -> None:
    index = build_index(Lexicon.of(texts))
    pairs = postings(index)
    for entry, length in enumerate(index.sounds.lengths.tolist()):
        own = [(first, second) for number, first, second, _ in pairs if number == entry]
        assert len(own) == len(set(own)) == {2: 1, 3: 3}.get(length, ceil(length / 2))
        if length > 2:
            assert all(any(wrong not in pair for pair in own) for wrong in range(length))


@given(TERMS)
def test_terms_are_found_by_their_hash(texts: list[str]) -> None:
    index = build_index(Lexicon.of(texts))
    assert (np.diff(index.hashes.astype(object)) > 0).all()
    for place, text in enumerate(texts):
        rank = int(np.searchsorted(index.hashes, hash_words(text)[0]))
        assert index.ranked[rank] == place
        assert hash_words(text[:2])[0] in index.heads


@pytest.mark.parametrize(
    ("term", "sounds"),
    [
        (Term("具身智能"), [("ju shen zhi neng", False)]),
        (Term("银行行长"), [("yin hang hang zhang", False)]),
        (Term("WAIC", sounds=("wai ke",)), [("wai ke", True)]),
        (Term("克劳德", sounds=("ke lao de",)), [("ke lao de", False), ("ke lao de", True)]),
        (Term("WAIC", sounds=("wai ke", "wei ke")), [("wai ke", True), ("wei ke", True)]),
        (Term("WAIC", sounds=("wai qq",)), []),
        (Term("WAIC"), []),
        (Term("人工智能+"), []),
        (Term("具身智能", exact=True), []),
        (Term("鱼"), []),
        (Term("具" * LONGEST), [(" ".join(["ju"] * LONGEST), False)]),
        (Term("具" * (LONGEST + 1)), []),
    ],
)
def test_a_term_sounds_as_it_is_written_and_as_it_is_said_to(term: Term, sounds: list[tuple[str, bool]]) -> None:
    index = build_index(Lexicon((term,)))
    found = [(spoken(index, entry), bool(foreign)) for entry, foreign in enumerate(index.sounds.foreign)]
    assert found == sounds
    assert index.sounds.terms.tolist() == [0] * len(sounds)


@pytest.mark.parametrize(
    ("text", "latin"), [("AI", True), ("5G-A", True), ("C++", False), ("AI加", False), ("2024", False), ("Café", False)]
)
def test_latin_is_two_letters_of_the_alphabet_at_least(text: str, latin: bool) -> None:
    assert is_latin(text) == latin


@pytest.mark.parametrize("text", ["AI TIME", "ai time", "Ai-Time", "AITIME", "ai_time", "A.I. Time"])
def test_a_latin_name_is_one_however_it_is_spaced(text: str) -> None:
    assert latin_key(text) == "aitime"


def test_signs_that_make_another_name_stay() -> None:
    assert len({latin_key(text) for text in ("C", "C++", "C#")}) == 3


@given(NAMES.flatmap(lambda names: st.tuples(st.just(names), st.permutations(names))))
def test_which_term_has_a_latin_key_does_not_depend_on_their_order(orders: tuple[list[str], list[str]]) -> None:
    first, second = (build_index(Lexicon.of(names)).latin for names in orders)
    assert list(first.items()) == list(second.items())
    assert set(first) == {latin_key(name) for name in orders[0] if is_latin(name)}


def test_exact_terms_have_no_latin_key() -> None:
    assert build_index(Lexicon((Term("SAIL", exact=True),))).latin == {}


def test_listed_mistakes_are_found_whatever_their_case() -> None:
    waic = Term("WAIC", aliases=(Alias("WAC"), Alias("外壳")))
    other = Term("外科", aliases=(Alias("外壳"),))
    index = build_index(Lexicon((waic, other)))
    assert index.aliases == {"wac": ((waic, Alias("WAC")),), "外壳": ((waic, Alias("外壳")), (other, Alias("外壳")))}
    assert index.alias_lengths == (2, 3)
    assert index.spelled == {"WAIC", "WAC", "外壳", "外科"}


def test_nothing_makes_an_empty_index() -> None:
    index = build_index(Lexicon())
    assert (len(index.hashes), len(index.heads), len(index.sounds.terms), index.lengths) == (0, 0, 0, ())
    assert not np.diff(index.sounds.starts).any()
