"""The language model: what it knows, how it backs off, and that its packing loses nothing that matters."""

from __future__ import annotations

import math
import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from toolkit.errors import ModelNotFound
from toolkit.language_model import (
    LISTED,
    UNKNOWN,
    LanguageModel,
    default_folder,
    find_pairs,
    hash_columns,
    hash_stretches,
    hash_words,
    load_language_model,
    text_codes,
    word_ranks,
)


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return load_language_model()


def test_ordinary_words_are_known_and_made_up_ones_are_not(model: LanguageModel) -> None:
    assert model.number("机器人") != UNKNOWN
    assert model.number("聚深") == UNKNOWN
    assert model.number("") == UNKNOWN


def test_commoner_words_are_likelier(model: LanguageModel) -> None:
    assert model.logprob(model.number("的")) > model.logprob(model.number("机器人")) > model.unknown


@pytest.mark.parametrize(
    ("likelier", "rarer"),
    [("手机 外壳", "大会 外壳"), ("人形 机器人", "人心 机器人"), ("质朴 的 生活", "质朴 的 机器人")],
)
def test_words_that_go_together_are_likelier(model: LanguageModel, likelier: str, rarer: str) -> None:
    assert model.sentence(likelier.split()) > model.sentence(rarer.split())


def test_an_unknown_word_costs_the_same_wherever_it_stands(model: LanguageModel) -> None:
    assert model.logprob(UNKNOWN) == model.unknown
    before = model.number("机器人")
    assert model.logprob(UNKNOWN, before) == pytest.approx(model.unknown + model.backoff(before))


def test_probabilities_after_a_word_add_up_to_at_most_one(model: LanguageModel) -> None:
    before = model.number("人工")
    start, end = (int(model.arrays["bigram_starts"][before + step]) for step in (0, 1))
    after = model.arrays["bigram_words"][start:end].tolist()
    assert after == sorted(after)
    assert 0.2 < sum(10 ** model.logprob(word, before) for word in after) <= 1.02


def test_words_of_a_text_are_found_where_they_stand(model: LanguageModel) -> None:
    numbers = model.numbers(text_codes("我爱机器人"), 3)
    assert numbers.tolist()[2] == model.number("机器人")
    assert model.numbers(text_codes("我"), 3).tolist() == []


def test_hashes_depend_on_every_character_and_its_place() -> None:
    assert len(set(hash_words("ab", "ba", "a", "b", "aa", "一", "丁").tolist())) == 7
    assert hash_stretches(text_codes("xab"), 2)[1] == hash_words("ab")[0]


def test_ranks_of_unknown_hashes() -> None:
    known = hash_words("甲", "乙")
    known.sort()
    assert set(word_ranks(hash_words("甲", "丙", "乙"), known).tolist()) == {0, 1, UNKNOWN}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(default_folder(), folder)
    (folder / "bigram_words.npy").unlink()
    with pytest.raises(ModelNotFound, match=r"bigram_words\.npy"):
        load_language_model(folder)


def test_the_model_is_small() -> None:
    sizes = [(default_folder() / f"{name}.npy").stat().st_size for name in LISTED]
    assert sum(sizes) < 20_000_000


@pytest.mark.parametrize("pair", ["机器人 技术", "人工 智能"])
def test_logprobs_are_finite_and_cached(model: LanguageModel, pair: str) -> None:
    first, second = (model.number(word) for word in pair.split())
    value = model.logprob(second, first)
    assert math.isfinite(value)
    assert model.logprob(second, first) == value < 0


def pairs_of(model: LanguageModel, count: int) -> tuple[list[int], list[int]]:
    """As many pairs that the model has seen, then as many of any two words, the first and last words among them.

    Behind those, words with the first word that is listed for the word after them.
    """
    starts, listed = model.arrays["bigram_starts"], model.arrays["bigram_words"]
    drawn, words = random.Random(1), len(model.unigrams)
    places = [0, len(listed) - 1, *(drawn.randrange(len(listed)) for _ in range(count - 2))]
    before = [int(starts.searchsorted(place, side="right")) - 1 for place in places]
    any_two = [(0, 0), (words - 1, words - 1), *((drawn.randrange(words), drawn.randrange(words)) for _ in places[2:])]
    any_two += [(one, int(listed[starts[one + 1]])) for one in range(500)]
    return [*before, *(one for one, _ in any_two)], [*listed[places].tolist(), *(other for _, other in any_two)]


def test_many_pairs_at_once_are_as_likely_as_one_by_one(model: LanguageModel) -> None:
    before, words = pairs_of(model, 1000)
    found = model.pair_logprobs(np.array(before, dtype=np.int32), np.array(words, dtype=np.int32))
    expected = [model.logprob(word, one) for one, word in zip(before, words, strict=True)]
    assert found.tolist() == pytest.approx(expected, abs=1e-5)


def test_pairs_are_found_where_they_are_listed(model: LanguageModel) -> None:
    before, words = pairs_of(model, 1000)
    found = find_pairs(model, np.array(before, dtype=np.int32), np.array(words, dtype=np.int32)).tolist()
    starts, listed = model.arrays["bigram_starts"], model.arrays["bigram_words"]
    assert min(found[:1000]) >= 0
    for one, word, place in zip(before, words, found, strict=True):
        after = listed[starts[one] : starts[one + 1]].tolist()
        assert place == (int(starts[one]) + after.index(word) if word in after else -1)


@pytest.mark.parametrize("word", ["的", "机器人", "智能"])
def test_arrays_of_words_say_what_single_words_do(model: LanguageModel, word: str) -> None:
    number = model.number(word)
    assert model.unigrams[number] == pytest.approx(model.logprob(number))
    assert model.backoffs[number] == pytest.approx(model.backoff(number))
    assert model.backoff(UNKNOWN) == 0


def test_ranks_are_those_of_a_dictionary(model: LanguageModel) -> None:
    known = model.arrays["word_hashes"]
    numbers = {int(value): rank for rank, value in enumerate(known.tolist())}
    drawn = random.Random(2)
    some = [int(known[drawn.randrange(len(known))]) for _ in range(500)]
    asked = [0, 2**64 - 1, int(known[0]), int(known[-1]), *some, *(value ^ 1 for value in some)]
    asked += [drawn.getrandbits(64) for _ in range(500)]
    found = model.ranks(np.array(asked, dtype=np.uint64))
    assert found.tolist() == [numbers.get(value, UNKNOWN) for value in asked]


def test_most_of_what_is_no_word_is_told_at_a_glance(model: LanguageModel) -> None:
    assert 0 < model._may_be.mean() < 0.2


def test_of_nothing_there_is_nothing(model: LanguageModel) -> None:
    nothing = np.empty(0, dtype=np.int32)
    assert model.pair_logprobs(nothing, nothing).tolist() == []
    assert find_pairs(model, nothing, nothing).tolist() == []
    assert model.ranks(np.empty(0, dtype=np.uint64)).tolist() == []
    assert word_ranks(hash_words("甲"), np.empty(0, dtype=np.uint64)).tolist() == [UNKNOWN]
    assert [model.numbers(text_codes(""), length).tolist() for length in (1, 2)] == [[], []]


def test_hashes_of_columns_are_those_of_words() -> None:
    columns = [text_codes("人机"), text_codes("工器")]
    assert hash_columns(columns).tolist() == hash_words("人工", "机器").tolist()
    assert text_codes("a\U00024e00\ud800").tolist() == [0x61, 0x24E00, 0xD800]
