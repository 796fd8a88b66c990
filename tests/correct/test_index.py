"""The index of a lexicon: every term under its spelling, its letters, its English sound, and what it is misheard as."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.index import build_index, latin_key
from toolkit.correct.sound_index import LONGEST, is_latin
from toolkit.english import phones
from toolkit.language_model import hash_words
from toolkit.lexicon import Alias, Lexicon, Term
from toolkit.spoken import spoken_forms

HAN = "具聚身生深智只能人心形机器式是大模型沐曦壁仞\U00024e00"
TERMS = st.lists(st.text(HAN, min_size=1, max_size=LONGEST + 2), max_size=6, unique=True)
NAMES = st.lists(st.sampled_from(["AI TIME", "Ai Time", "ai-time", "GLM", "glm", "具身", "5G-A", "C++"]), unique=True)


@given(TERMS)
def test_terms_are_found_by_their_hash(texts: list[str]) -> None:
    index = build_index(Lexicon.of(texts))
    assert (np.diff(index.hashes.astype(object)) > 0).all()
    for place, text in enumerate(texts):
        rank = int(np.searchsorted(index.hashes, hash_words(text)[0]))
        assert index.ranked[rank] == place
        assert index.places[place] == rank
        assert index.place(index.terms[place]) == place


@given(TERMS)
def test_terms_are_looked_for_by_their_first_two_characters(texts: list[str]) -> None:
    index = build_index(Lexicon.of(texts))
    longer = [text for text in texts if len(text) > 1]
    assert index.heads.tolist() == sorted({int(hash_words(text[:2])[0]) for text in longer})
    assert index.lengths == tuple(sorted({len(text) for text in longer}))


@given(TERMS)
def test_the_first_characters_of_every_term_are_at_hand(texts: list[str]) -> None:
    index = build_index(Lexicon.of(texts))
    assert index.sizes.tolist() == [min(len(text), LONGEST) for text in texts]
    assert index.codes.shape == (len(texts), LONGEST)
    for codes, text in zip(index.codes.tolist(), texts, strict=True):
        assert codes == [*map(ord, text[:LONGEST]), *[0] * (LONGEST - len(text))]


@pytest.mark.parametrize(
    ("term", "choosy"),
    [
        (Term("具身"), False),
        (Term("具身", near=("机器人",)), True),
        (Term("具身", never=("工具",)), True),
        (Term("具身", aliases=(Alias("巨身"),)), True),
        (Term("具身", english="embodied", sounds=("ju shen",), weight=2), False),
    ],
)
def test_the_words_around_matter_to_a_term_that_names_some(term: Term, choosy: bool) -> None:
    assert build_index(Lexicon((Term("人形"), term))).choosy.tolist() == [False, choosy]


@pytest.mark.parametrize("name", ["Marvell", "GPT-4", "DeepSeek", "WAIC"])
def test_latin_terms_are_at_hand_as_they_sound_in_english(name: str) -> None:
    index = build_index(Lexicon((Term("具身"), Term("Claude", exact=True), Term(name), Term("C++"))))
    assert index.english == tuple((2, one) for one in phones(name))
    assert index.english


def test_signs_and_digits_are_at_hand_as_they_are_said() -> None:
    index = build_index(Lexicon((Term("具身"), Term("GPT-4"), Term("H100", exact=True), Term("GPT4"))))
    assert {form for form, places in index.spoken.items() if 1 in places} == {
        form.lower() for form in spoken_forms("GPT-4") if form != "GPT4"
    }
    assert index.spoken["gpt四"] == (1, 3)
    assert not {"gpt4", "gpt-4", "h一百"} & set(index.spoken)


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


def test_an_exact_term_is_named_by_its_letters_one_by_one_alone() -> None:
    index = build_index(Lexicon((Term("SAIL", exact=True), Term("OK", exact=True), Term("RT-1", exact=True))))
    named = {heard: term.text for heard in ("s a i l", "S A I L", "R T 1") if (term := index.named(heard))}
    assert named == {"s a i l": "SAIL", "S A I L": "SAIL", "R T 1": "RT-1"}
    assert [index.named(heard) for heard in ("sail", "SAIL", "s ail", "sa il", "O K", "s-a-i-l")] == [None] * 6


def test_a_word_that_is_only_protected_is_never_named() -> None:
    index = build_index(Lexicon((Term("GLM"),), protected=frozenset({"NBA"})))
    assert (index.named("N B A"), index.named("g l m")) == (None, index.terms[0])


def test_a_term_that_stands_and_a_listed_mistake_are_not_named() -> None:
    index = build_index(Lexicon((Term("GLM", aliases=(Alias("glm"),)),)))
    assert [index.named(heard) for heard in ("GLM", "glm")] == [None, None]
    assert index.named("Glm") is index.terms[0]


def test_listed_mistakes_are_found_whatever_their_case() -> None:
    waic = Term("WAIC", aliases=(Alias("WAC"), Alias("外壳")))
    other = Term("外科", aliases=(Alias("外壳"),))
    index = build_index(Lexicon((waic, other)))
    assert index.aliases == {"wac": ((waic, Alias("WAC")),), "外壳": ((waic, Alias("外壳")), (other, Alias("外壳")))}
    assert index.alias_lengths == (2, 3)
    assert index.spelled == {"WAIC", "WAC", "外壳", "外科"}


@pytest.mark.parametrize("spelling", ["", "，", "a"])
def test_of_nothing_the_key_is_what_is_left(spelling: str) -> None:
    assert latin_key(f" {spelling}-_·.\n") == spelling


def test_nothing_makes_an_empty_index() -> None:
    index = build_index(Lexicon())
    arrays = (index.hashes, index.ranked, index.places, index.codes, index.sizes, index.choosy, index.heads)
    assert [len(array) for array in arrays] == [0] * 7
    assert (len(index.sounds.terms), index.lengths, index.alias_lengths, index.english) == (0, (), (), ())
    assert (index.aliases, index.latin, index.spoken, index.spelled) == ({}, {}, {}, frozenset())
