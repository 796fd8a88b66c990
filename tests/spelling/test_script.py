"""One script for what was heard, with words and edits in step; OpenCC is asked only where it is needed."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from strategies import transcripts

from toolkit.cues import Cue, Edit, Word
from toolkit.errors import MissingExtra
from toolkit.profile import CorrectOptions, option_specs
from toolkit.spelling import spell
from toolkit.spelling.script import CONFIGS, converter, in_script

HEARD = "請問頭髮和 AI 後面"
WORDS = tuple(
    Word(text, start, start + 100, 0.9)
    for text, start in (("請問", 0), ("頭髮", 200), ("和", 400), (" AI", 600), (" 後面", 800))
)


def test_without_opencc_only_the_script_that_was_heard_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opencc", None)
    converter.cache_clear()
    cue = Cue(None, None, HEARD)
    assert spell([cue], CorrectOptions()) == (cue,)
    with pytest.raises(MissingExtra) as raised:
        spell([cue], CorrectOptions(script="simplified"))
    assert str(raised.value) == "--script simplified needs the extra 'script'; pip install 'zimu-toolkit[script]'"


def test_every_script_that_can_be_asked_for_is_known_to_opencc() -> None:
    assert set(option_specs()["script"].choices) == {"keep", *CONFIGS}


class TestOpenCC:
    """With OpenCC itself."""

    @pytest.fixture(autouse=True)
    def needs_opencc(self) -> None:
        pytest.importorskip("opencc", reason="OpenCC (the extra 'script') is not installed")

    @pytest.mark.parametrize(
        ("script", "text", "written"),
        [
            ("simplified", "裡面的頭髮，皇后和乾隆", "里面的头发，皇后和乾隆"),
            ("simplified", "简体的字 stay", "简体的字 stay"),
            ("traditional-tw", "软件里面为什么", "軟件裡面為什麼"),
            ("traditional-hk", "软件里面在台湾", "軟件裏面在台灣"),
            ("traditional", "理发以后发现", "理髮以後發現"),
            ("simplified", "no Chinese at all", "no Chinese at all"),
        ],
    )
    def test_scripts(self, script: str, text: str, written: str) -> None:
        (cue,) = spell([Cue(None, None, text)], CorrectOptions(script=script))
        assert cue.heard == written

    def test_words_spell_the_text_and_keep_their_times(self) -> None:
        cue = in_script(Cue(0, 900, HEARD, WORDS), converter("simplified"))
        assert cue.heard == "请问头发和 AI 后面"
        assert [word.text for word in cue.words] == ["请问", "头发", "和", " AI", " 后面"]
        assert [(word.start, word.prob) for word in cue.words] == [(word.start, word.prob) for word in WORDS]

    def test_edits_stay_over_what_they_changed(self) -> None:
        edits = (
            Edit(0, 2, "請問", "敢問", "person", decided=True),
            Edit(4, 5, "和", "", "person"),
            Edit(9, 11, "後面", "后面", "person"),  # which script alone does now
        )
        cue = in_script(Cue(0, 900, HEARD, WORDS, edits), converter("simplified"))
        assert [(edit.before, edit.after, edit.decided) for edit in cue.edits] == [
            ("请问", "敢问", True),
            ("和", "", False),
        ]
        assert cue.text == "敢问头发 AI 后面"

    @given(transcripts())
    @pytest.mark.parametrize("script", ["simplified", "traditional-tw"])
    def test_any_transcript_can_be_written_in_any_script(self, script: str, transcript: object) -> None:
        convert = converter(script)
        for cue in transcript.cues:
            written = in_script(cue, convert)
            assert len(written.words) == len(cue.words)
            assert (written.start, written.end) == (cue.start, cue.end)


def test_borders_are_found_where_the_number_of_characters_changes() -> None:
    """OpenCC's phrase tables may do that; a border within such a phrase stands somewhere within it."""

    def convert(text: str) -> str:
        return text.replace("U盘", "隨身碟").replace("头", "頭")

    words = (Word("头", 0, 1), Word("U", 1, 2), Word("盘", 2, 3), Word("头", 3, 4))
    edits = (Edit(3, 4, "头", "头儿", "person"),)
    cue = in_script(Cue(0, 4, "头U盘头", words, edits), convert)
    assert cue.heard == "頭隨身碟頭"
    assert [word.text for word in cue.words] == ["頭", "隨", "身碟", "頭"]
    assert [(edit.before, edit.after) for edit in cue.edits] == [("頭", "頭儿")]


def test_what_shrinks_leaves_no_word_behind() -> None:
    words = tuple(Word(text, index, index + 1) for index, text in enumerate("一二三"))
    cue = in_script(Cue(0, 3, "一二三", words), lambda text: "三" if text == "一二三" else text)
    assert "".join(word.text for word in cue.words) == cue.heard == "三"
