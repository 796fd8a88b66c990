"""Models in a folder translate with the real CTranslate2, in every layout, on the first device that can."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("sentencepiece", reason="sentencepiece is not installed (extra 'translate')")
from translation_folder import make_translation_folder

from toolkit.cues import Cue
from toolkit.errors import ModelNotFound
from toolkit.lexicon import Lexicon, Term
from toolkit.translate import Glossary, Line, Page, translate
from toolkit.translate.folder import Folder
from toolkit.translate.layouts import read_layout

WORDS = {"你好": "hello", "世界": "world", "我们": "we", "展区": "zone", "具身智能": "robots", "来": "come"}
ENGLISH = {"hello": "你好", "world": "世界"}


@dataclass(frozen=True)
class Place:
    name: str = "cpu"
    index: int = 0
    compute_type: str = "default"
    threads: int = 1


@pytest.fixture(scope="module")
def opus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_translation_folder(
        tmp_path_factory.mktemp("models") / "opus", WORDS | {"AI": "AI", "embodied": "embodied"}
    )


def cues(*texts: str) -> list[Cue]:
    return [Cue(None, None, text) for text in texts]


def test_lines_are_translated_in_order_batch_by_batch(opus: Path) -> None:
    told: list[tuple[int, int]] = []
    made = translate(
        cues("你好 世界", "Thank you", "我们 来", "世界"),
        Folder(opus, lambda: [Place()], size=2),
        tell=lambda *numbers: told.append(numbers),
    )
    assert made.texts == ("hello world", "Thank you", "we come", "world")
    assert made.passed == (False, True, False, False)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_term_that_the_model_does_not_know_is_put_into_the_line(opus: Path) -> None:
    glossary = Glossary.of(Lexicon.of([Term("具身智能", english="embodied AI")]), "en")
    made = translate(cues("具身智能 展区", "你好"), Folder(opus, lambda: [Place()]), glossary)
    assert (made.texts, made.flagged) == (("embodied AI zone", "hello"), ())


@pytest.mark.parametrize(
    ("name", "chinese", "english"), [("nllb", "zho_Hans", "eng_Latn"), ("m2m100", "__zh__", "__en__")]
)
@pytest.mark.parametrize("target", ["en", "zh"])
def test_models_of_many_languages_are_told_which(
    tmp_path: Path, name: str, chinese: str, english: str, target: str
) -> None:
    words = WORDS if target == "en" else ENGLISH
    folder = make_translation_folder(tmp_path / "many", words, layout="many", codes=(chinese, english))
    source, code = ("zh", english) if target == "en" else ("en", chinese)
    layout = read_layout(folder, source, target)
    assert (layout.name, layout.prefix) == (name, (code,))
    text, wanted = ("你好 世界", "hello world") if target == "en" else ("hello world", "你好 世界")
    assert layout.encode(text)[0] == (chinese if target == "en" else english)
    assert translate(cues(text), Folder(folder, lambda: [Place()]), target=target).texts == (wanted,)


def test_models_of_some_targets_get_a_token_for_theirs(tmp_path: Path) -> None:
    folder = make_translation_folder(tmp_path / "opus", ENGLISH, codes=(">>cmn_Hans<<", ">>jpn<<"))
    assert read_layout(folder, "en", "zh").encode("hello") == [">>cmn_Hans<<", "▁hello", "</s>"]
    with pytest.raises(ModelNotFound, match="does not translate from zh to en"):
        read_layout(folder, "zh", "en")


def test_the_end_is_not_added_where_the_model_adds_it(opus: Path, tmp_path: Path) -> None:
    assert read_layout(opus, "zh", "en").encode("你好") == ["▁你好", "</s>"]
    folder = make_translation_folder(tmp_path / "marian", WORDS)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"add_source_eos": True}))
    assert read_layout(folder, "zh", "en").encode("你好") == ["▁你好"]
    assert translate(cues("你好 世界"), Folder(folder, lambda: [Place()])).texts == ("hello world",)


def test_a_device_that_fails_is_followed_by_the_next(opus: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    asked: list[int] = []

    def devices() -> list[Place]:
        asked.append(1)
        return [Place("cuda", 99), Place()]

    folder = Folder(opus, devices, size=1)
    assert translate(cues("你好", "世界"), folder).texts == ("hello", "world")
    assert "cuda failed to translate" in caplog.text
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "model.bin").unlink(), "has no model.bin"),
        (lambda folder: (folder / "model.bin").write_bytes(b"x"), "cannot be loaded"),
        (lambda folder: (folder / "source.spm").unlink(), "has no source.spm"),
        (lambda folder: (folder / "source.spm").write_bytes(b"x"), "is no sentencepiece model"),
        (lambda folder: (folder / "shared_vocabulary.json").unlink(), "has no shared_vocabulary.json"),
        (lambda folder: (folder / "config.json").write_text("{"), "is not JSON"),
    ],
)
def test_a_folder_that_is_not_whole_says_what_is_missing(
    tmp_path: Path, spoil: Callable[[Path], object], words: str
) -> None:
    folder = make_translation_folder(tmp_path / "opus", {"你好": "hello"})
    spoil(folder)
    with pytest.raises(ModelNotFound, match=words):
        translate(cues("你好"), Folder(folder, lambda: [Place()]))


def test_a_line_without_another_answer_is_left_out(opus: Path) -> None:
    page = Page((Line("你好", wrong=("number",)), Line("世界")), "zh", "en")
    assert [place for place, _ in Folder(opus, lambda: [Place()])(page, [0, 1])] == [1]
