"""A person types, moves, cuts and joins: the text is what was typed, and untouched edits stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.amend import amend, merge, retime, split
from toolkit.cues import PERSON, Cue, Edit, Word
from toolkit.edits import lay

HEARD = Cue(0, 4000, "在外壳的舞台上")
EDITED = replace(HEARD, edits=(Edit(1, 3, "外壳", "WAIC", "alias"),))
SUGGESTED = replace(HEARD, edits=(Edit(1, 3, "外壳", "WAIC", "alias", 0.4, applied=False),))


def typed(cue: Cue, text: str) -> Cue:
    (changed,) = amend([cue], 0, text)
    assert changed.text == text
    assert changed.heard == cue.heard
    return changed


def test_what_is_typed_is_a_decided_edit_of_a_person() -> None:
    (made,) = typed(HEARD, "在外滩的舞台上").edits
    assert (made.before, made.after, made.rule, made.decided, made.applied) == ("壳", "滩", PERSON, True, True)


def test_typing_elsewhere_leaves_other_edits() -> None:
    first, second = typed(EDITED, "在WAIC的讲台上").edits
    assert first == EDITED.edits[0]
    assert second.as_text() == "舞 → 讲"


def test_typing_into_an_edit_replaces_it_whole() -> None:
    (made,) = typed(EDITED, "在WA1C的舞台上").edits
    assert (made.before, made.after, made.rule) == ("外壳", "WA1C", PERSON)


def test_typing_what_was_heard_takes_the_edit_back() -> None:
    assert typed(EDITED, HEARD.heard).edits == (replace(EDITED.edits[0], applied=False, decided=True),)


def test_typing_what_is_suggested_accepts_it() -> None:
    assert typed(SUGGESTED, EDITED.text).edits == (replace(SUGGESTED.edits[0], applied=True, decided=True),)


def test_typing_over_a_suggestion_replaces_it() -> None:
    (made,) = typed(SUGGESTED, "在瓦克的舞台上").edits
    assert made.rule == PERSON


def test_typing_again_at_the_same_place_is_one_edit() -> None:
    once = typed(HEARD, "在外壳的舞台上。")
    assert len(typed(once, "在外壳的舞台上。!").edits) == 1


def test_the_same_text_changes_nothing() -> None:
    assert amend([EDITED], 0, EDITED.text) == (EDITED,)


def test_a_translation_goes_with_the_text() -> None:
    assert typed(replace(HEARD, translation="On the stage"), "在台上").translation is None


def test_half_of_an_edit_over_a_seam_that_is_typed_over_frees_the_other() -> None:
    cues = lay([Cue(0, 1, "来自千山"), Cue(1, 2, "实验室")], [Edit(2, 7, "千山实验室", "浅山实验所", "alias")])
    left, right = amend(cues, 0, "来自泰山")
    assert (left.text, right.text) == ("来自泰山", "实验所")
    assert not right.edits[0].joins_previous
    left, right = amend(cues, 1, "大学")
    assert (left.text, right.text) == ("来自浅山", "大学")
    assert not left.edits[0].joins_next


@given(st.text("甲乙ab \n", max_size=12), st.lists(st.text("甲乙丙abc ", max_size=12), max_size=4))
def test_whatever_is_typed_in_whatever_order_is_the_text(heard: str, texts: list[str]) -> None:
    cue = Cue(0, 1000, heard)
    for text in texts:
        cue = typed(cue, text)
    assert typed(cue, heard).heard == heard


def test_a_long_text_is_one_change() -> None:
    assert len(typed(Cue(0, 1, "甲乙" * 1500), "丙" + "甲乙" * 1499 + "丁").edits) == 1


def test_times_are_moved_between_the_neighbours() -> None:
    cues = [Cue(0, 10, "一"), Cue(10, 20, "二"), Cue(20, 30, "三")]
    assert retime(cues, 1, 5, 25)[1] == Cue(5, 25, "二")
    for start, end in ((5, 5), (21, 30), (-1, 3)):
        with pytest.raises(ValueError, match="cue"):
            retime(cues, 1, start, end)
    with pytest.raises(ValueError, match="without times"):
        retime([Cue(None, None, "一")], 0, 0, 1)


def test_a_cue_is_cut_at_its_caret_or_at_a_time_between_words() -> None:
    words = (Word("谢谢", 0, 1000), Word("大家", 1000, 2000))
    cue = Cue(0, 2000, "谢谢大家", words)
    for made in (split([cue], 0, at=1), split([cue], 0, at=3), split([cue], 0, time=1200)):
        assert [each.text for each in made] == ["谢谢", "大家"]
    assert [each.text for each in split([EDITED], 0, at=6)] == ["在WAIC的", "舞台上"]
    assert [each.text for each in split([HEARD], 0, time=2300)] == ["在外壳的", "舞台上"]
    with pytest.raises(ValueError, match="no place"):
        split([Cue(0, 9, "一")], 0, at=0)


@pytest.mark.parametrize(("left", "right", "text"), [("你", "好", "你好"), ("so", "we", "so we"), ("a ", "b", "a b")])
def test_two_cues_are_joined_as_they_are_written(left: str, right: str, text: str) -> None:
    (joined,) = merge([Cue(0, 1, left), Cue(2, 3, right)], 0)
    assert (joined.text, joined.start, joined.end) == (text, 0, 3)


def test_the_last_cue_has_none_to_join() -> None:
    with pytest.raises(ValueError, match="behind the last"):
        merge([HEARD], 0)
