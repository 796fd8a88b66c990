"""The language model: what it knows, how it backs off, and that its packing loses nothing that matters."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from toolkit.errors import ModelNotFound
from toolkit.language_model import (
    LISTED,
    UNKNOWN,
    LanguageModel,
    default_folder,
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
