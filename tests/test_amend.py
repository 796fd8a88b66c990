"""A person types, moves, cuts and joins: the text is what was typed, and untouched edits stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import transcripts

from toolkit.amend import amend, merge, retime, split
from toolkit.cues import PERSON, Cue, Edit, Transcript, Word
from toolkit.cutting import cut
from toolkit.decisions import carry
from toolkit.edits import changes, decide, lay

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


def test_what_is_typed_before_an_edit_takes_it_up_unless_a_person_accepted_it() -> None:
    assert [edit.as_text() for edit in typed(EDITED, "在，WAIC的舞台上").edits] == ["外壳 → ，WAIC"]
    accepted = replace(EDITED, edits=(replace(EDITED.edits[0], decided=True),))
    assert typed(accepted, "在，WAIC的舞台上").edits[1:] == accepted.edits


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


SPOKEN = (Cue(0, 1, "讨论的是聚生"), Cue(1, 2, "智能和外"), Cue(2, 3, "壳的舞台"))
SEAMS = (Edit(4, 8, "聚生智能", "具身智能", "sound"), Edit(9, 11, "外壳", "WAIC", "alias"))
BESIDE = [(0, "讨论的是具身，"), (0, "讨论的是，具身"), (1, "的智能和WAIC"), (1, "智能和WAIC！"), (2, "的舞台。")]


@pytest.mark.parametrize(("index", "text"), BESIDE)
@pytest.mark.parametrize("applied", [True, False])
def test_what_is_typed_beside_an_edit_over_a_seam_stands(index: int, text: str, applied: bool) -> None:
    laid = lay(SPOKEN, [replace(edit, applied=applied) for edit in SEAMS])
    made = amend(laid, index, text)
    assert [cue.text for cue in made] == [text if at == index else cue.text for at, cue in enumerate(laid)]
    again = carry(lay(SPOKEN, SEAMS), made)
    assert (again.cues[index].text, again.lost) == (text, ())


def test_the_other_half_of_an_edit_that_was_taken_up_is_decided_and_stands_alone() -> None:
    _, middle, last = amend(lay(SPOKEN, SEAMS), 1, "智能和WAIC！")
    assert [(edit.as_text(), edit.rule) for edit in middle.edits] == [("智能 → 智能", "sound"), ("外 → WAIC！", PERSON)]
    assert [(edit.as_text(), edit.decided, edit.joins_previous) for edit in last.edits] == [("壳 → ∅", True, False)]
    made = Transcript("", (lay(SPOKEN, SEAMS)[0], middle, last))
    undone = decide(made, [change.number for change in changes(made)], applied=False)
    assert [cue.text for cue in undone.cues] == [cue.heard for cue in SPOKEN]


def test_typing_what_was_heard_takes_back_one_half_and_decides_about_it_alone() -> None:
    _, middle, last = amend(lay(SPOKEN, SEAMS), 1, "智能和外")
    assert middle.edits[-1].as_text() == "外 → WAIC"
    assert (middle.edits[-1].applied, middle.edits[-1].joins_next) == (False, False)
    assert [(edit.as_text(), edit.decided) for edit in last.edits] == [("壳 → ∅", False)]


def test_of_a_suggestion_over_a_seam_no_half_is_left() -> None:
    laid = lay(SPOKEN, [replace(edit, applied=False) for edit in SEAMS])
    _, middle, last = amend(laid, 2, "好的舞台")
    assert [edit.rule for edit in last.edits] == [PERSON]
    assert middle.edits == laid[1].edits[:1]
    assert amend(amend(laid, 0, "讨论的是聚生！"), 0, "讨论的是聚生")[1].edits == laid[1].edits[1:]


@given(st.data(), transcripts(heard=st.text("甲乙 a", max_size=5)))
def test_whatever_is_typed_into_a_cue_is_its_text_and_no_other_cue_changes(
    data: st.DataObject, transcript: Transcript
) -> None:
    cues = transcript.cues
    for _ in range(3 if cues else 0):
        index = data.draw(st.integers(0, len(cues) - 1))
        near = st.sampled_from(["", "丙", "，"])
        old = st.sampled_from([cues[index].text, cues[index].heard])
        text = data.draw(st.builds("".join, st.tuples(near, old, near)) | st.text("甲乙丙 a", max_size=6))
        made = amend(cues, index, text)
        assert [cue.text for cue in made] == [text if at == index else cue.text for at, cue in enumerate(cues)]
        assert [cue.heard for cue in made] == [cue.heard for cue in cues]
        cues = made
    assert no_half_is_alone(cues)
    undone = decide(Transcript("", cues), [each.number for each in changes(Transcript("", cues))], applied=False)
    assert [cue.text for cue in undone.cues] == [cue.heard for cue in cues]


@pytest.mark.parametrize("text", ["今天。", "今天吧", "在今天", "。今天"])
def test_what_is_typed_at_an_end_of_a_cue_stays_there_when_the_cues_are_made_anew(text: str) -> None:
    fresh = [Cue(0, 1, "大家"), Cue(1, 2, "今天"), Cue(2, 3, "我们来")]
    made = amend(fresh, 1, text)
    assert carry(fresh, made).cues == made
    joined = merge(merge(made, 0), 0)
    at = 4 if text.startswith("今天") else 2
    assert [cue.text for cue in cut(joined[0], at)] in (["大家" + text, "我们来"], ["大家", text + "我们来"])


def test_a_closing_mark_typed_within_a_cue_belongs_to_what_stands_before_it() -> None:
    (made,) = amend([Cue(0, 9, "今天我们来")], 0, "今天，我们来")
    assert [cue.text for cue in cut(made, 2)] == ["今天，", "我们来"]
    (made,) = amend([Cue(0, 9, "今天我们来")], 0, "今天呢我们来")
    assert [cue.text for cue in cut(made, 2)] == ["今天", "呢我们来"]


@given(st.data(), transcripts(heard=st.text("甲乙a", min_size=1, max_size=4)))
def test_what_was_typed_stands_when_all_is_made_anew(data: st.DataObject, transcript: Transcript) -> None:
    cues = transcript.cues
    assume(cues and all(edit.before for cue in cues for edit in cue.edits))
    index = data.draw(st.integers(0, len(cues) - 1))
    near = st.sampled_from(["", "丙", "，"])
    old = st.sampled_from([cues[index].text, cues[index].heard])
    made = amend(cues, index, data.draw(st.builds("".join, st.tuples(near, old, near))))
    again = carry(cues, made)
    assert (again.cues[index].text, again.lost) == (made[index].text, ())


def test_what_is_typed_behind_a_cue_leaves_the_correction_of_the_next_alone() -> None:
    repair = Edit(2, 6, "聚生智能", "具身智能", "sound")
    heard = [Cue(0, 1, "今天"), Cue(1, 2, "聚生智能")]
    made = amend(lay(heard, [repair]), 0, "今天，")
    assert carry(lay(heard, [repair]), made).cues == lay(made, [repair]) == made


def no_half_is_alone(cues: tuple[Cue, ...]) -> bool:
    whole = [change.edit for change in changes(Transcript("", cues))]
    return not any(edit.joins_previous or edit.joins_next for edit in whole)


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
