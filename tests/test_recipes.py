"""The recipe of the speech model, as far as it needs neither torch nor espeak-ng: sentences and tokens."""

from __future__ import annotations

import io
import random
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

RECIPES = Path(__file__).parent.parent / "models" / "recipes"

ARPA = """\\data\\
ngram 1=4
ngram 2=3
ngram 3=1

\\1-grams:
-0.3\t今天\t-0.1
-0.6\t天气\t-0.1
-0.6\t很好\t-0.1
-0.6\t萬歲\t-0.1

\\2-grams:
-0.0001\t今天 天气\t-0.1
-0.0001\t天气 很好
-0.0001\t今天 萬歲

\\3-grams:
-0.0001\t今天 天气 很好

\\end\\
"""


@pytest.fixture(autouse=True, scope="module")
def recipes() -> Iterator[None]:
    """The recipe's files import each other by their bare names, as scripts do."""
    sys.path.insert(0, str(RECIPES))
    yield
    sys.path.remove(str(RECIPES))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path, data = tmp_path / "model.tar.xz", ARPA.encode()
    with tarfile.open(path, "w:xz") as files:
        member = tarfile.TarInfo("lm_sc.arpa")
        member.size = len(data)
        files.addfile(member, io.BytesIO(data))
    return path


def test_sentences_follow_the_model(archive: Path) -> None:
    from sampling import load_sampler

    sampler = load_sampler(archive)
    chance = random.Random(0)
    phrases = {sampler.phrase(chance, 3) for _ in range(200)}
    assert "今天天气很好" in phrases
    assert not any("萬" in phrase for phrase in phrases), "characters that are not common are left out"


def test_words_that_must_be_unheard_are(archive: Path) -> None:
    from sampling import load_sampler

    sampler = load_sampler(archive, without=("天气",))
    assert not any("天气" in sampler.phrase(random.Random(seed), 4) for seed in range(50))


def test_slots_are_filled_alike_in_both_languages() -> None:
    from grammar import Template, fill

    lists = {"city": [("上海", "Shanghai"), ("北京", "Beijing")]}
    template = Template("从{city}到{city2}。", "from {city} to {city2}.")
    filled = {fill(template, lists, random.Random(seed)) for seed in range(20)}
    assert filled == {("从上海到北京。", "From Shanghai to Beijing."), ("从北京到上海。", "From Beijing to Shanghai.")}


@pytest.mark.parametrize("name", ["field", "everyday", "mixed", "english"])
def test_every_slot_has_a_list(name: str) -> None:
    from grammar import fill, read_lists, read_templates

    lists = read_lists()
    for template in read_templates(name):
        chinese, english = fill(template, lists, random.Random(1))
        assert "{" not in chinese + english


def test_the_names_of_the_demo_are_in_no_training_text() -> None:
    from grammar import UNHEARD, read_lists, read_templates

    texts = [template.chinese for name in ("field", "everyday", "mixed") for template in read_templates(name)]
    texts += [text for pairs in read_lists().values() for text, _ in pairs]
    assert [text for text in texts if any(name in text for name in UNHEARD)] == []


def test_the_corpus_is_the_same_for_the_same_seed(archive: Path) -> None:
    from corpus import sentence_makers, sentences
    from sampling import load_sampler

    makers = sentence_makers(load_sampler(archive))
    one, other = (list(sentences(makers, 300, random.Random(7))) for _ in range(2))
    assert one == other
    assert {sentence["kind"] for sentence in one} == {
        "free",
        "jumble",
        "field",
        "everyday",
        "mixed",
        "english",
        "words",
    }


def test_what_is_held_out_depends_on_the_text_alone() -> None:
    from corpus import HELD_OUT_ONE_IN, is_held_out

    texts = [f"第{number}句话。" for number in range(4000)]
    held = [text for text in texts if is_held_out(text)]
    assert len(texts) / HELD_OUT_ONE_IN * 0.7 < len(held) < len(texts) / HELD_OUT_ONE_IN * 1.3


def test_a_common_character_is_a_token_and_all_text_can_be_spelt() -> None:
    from tokens import make_vocabulary

    vocabulary = make_vocabulary(["今天的keynote很好。", " Good morning, good morning"])
    assert [len(vocabulary.encode(letter)) for letter in "今天很好。"] == [1] * 5
    for text in ("今天的keynote在WAIC。", " Good evening!", "囧𠀀", "5G-A"):
        assert vocabulary.tokenizer.decode(vocabulary.encode(text)) == text


def test_the_layout_is_whispers() -> None:
    from tokens import make_vocabulary

    vocabulary = make_vocabulary(["今天"])
    assert vocabulary.tokenizer.get_vocab_size() == 51_865
    assert (vocabulary.mark("endoftext"), vocabulary.mark("notimestamps"), vocabulary.stamp) == (50257, 50363, 50364)
    assert len(vocabulary.used) == len(set(vocabulary.used))


def test_homophones_share_their_sound() -> None:
    from tokens import make_vocabulary, token_sounds

    vocabulary = make_vocabulary(["申身深什，x"])
    sounds = token_sounds(vocabulary)
    places = {letter: vocabulary.used.index(vocabulary.encode(letter)[0]) for letter in "申身深沈，x"}
    assert sounds.toned[places["申"]] == sounds.toned[places["身"]] == sounds.toned[places["深"]] > 0
    assert sounds.syllables[places["沈"]] == sounds.syllables[places["申"]]
    assert sounds.toned[places["沈"]] != sounds.toned[places["申"]]
    assert sounds.syllables[places["，"]] == sounds.syllables[places["x"]] == 0
