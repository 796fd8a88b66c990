"""Words fit the text that they belong to."""

from __future__ import annotations

import pytest
from formats.wild import WILD
from hypothesis import given
from strategies import cues

from toolkit.cues import Cue, Edit, Word
from toolkit.formats.words import fit_words, text_words


def words(*texts: str) -> list[Word]:
    return [Word(text, 100 * number, 100 * number + 100) for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "given_words", "fitted"),
    [
        ("大家好", ["大家", "好"], ["大家", "好"]),
        ("Hello world", ["Hello", "world"], ["Hello", " world"]),
        ("Hello world", [" Hello", " world"], ["Hello", " world"]),
        ("你好，世界。", ["你好", "世界"], ["你好，", "世界。"]),
        ("他说“好”。", ["他", "说", "好"], ["他", "说", "“好”。"]),
        ("say (hi) now", ["say", "hi", "now"], ["say", " (hi)", " now"]),
        ("好 吗", ["好", " ", "吗", ""], ["好", " 吗"]),
        ("", [], []),
    ],
)
def test_spaces_and_marks_go_to_the_word_that_they_belong_to(
    text: str, given_words: list[str], fitted: list[str]
) -> None:
    found = fit_words(text, words(*given_words))
    assert found is not None
    assert [word.text for word in found] == fitted


@pytest.mark.parametrize(
    ("text", "given_words"), [("大家好", ["大家"]), ("大家好", ["好", "大家"]), ("大家好", ["大", "好"]), ("好", [])]
)
def test_words_that_are_of_another_text_do_not_fit(text: str, given_words: list[str]) -> None:
    assert fit_words(text, words(*given_words)) is None


@given(cues(heard=WILD, spelled=True))
def test_words_that_fit_spell_the_text(cue: Cue) -> None:
    fitted = fit_words(cue.heard.strip(), cue.words)
    assert fitted is None or "".join(word.text for word in fitted) == cue.heard.strip()


@given(cues(spelled=True))
def test_the_words_of_the_corrected_text_spell_it(cue: Cue) -> None:
    found = text_words(cue)
    assert "".join(word.text for word in found) == (cue.text if cue.words else "")
    assert {time for word in found for time in (word.start, word.end)} <= {
        time for word in cue.words for time in (word.start, word.end)
    }


@given(cues(spelled=True, edited=False))
def test_without_edits_they_are_the_words_that_were_heard(cue: Cue) -> None:
    assert text_words(cue) == tuple(word for word in cue.words if word.text)


def test_words_that_an_edit_touches_become_one_with_the_lowest_probability() -> None:
    heard = (Word("在", 0, 100, 0.9), Word("外", 100, 200, 0.8), Word("壳", 200, 300, 0.4), Word("上", 300, 400))
    cue = Cue(0, 400, "在外壳上", heard, (Edit(1, 3, "外壳", "WAIC", rule="alias"), Edit(4, 4, "", "。", rule="x")))
    assert text_words(cue) == (heard[0], Word("WAIC", 100, 300, 0.4), Word("上。", 300, 400))
