"""Cutting a cue and joining its parts gives it back, and both keep text, words, times and edits true."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from strategies import cues

from toolkit.cues import Cue, Edit, Word
from toolkit.cutting import cut, cut_edits, join, join_edits, merged, seams

WAIC = Edit(1, 3, "外壳", "WAIC", rule="alias", score=0.9, evidence=(("near", "大会"),))
CUE = Cue(0, 4000, "在外壳上", edits=(WAIC,))
SPOKEN = Cue(
    0, 4000, "在外壳上", words=(Word("在", 100, 200), Word("外壳", 300, 900), Word("上", 1200, 4100)), edits=(WAIC,)
)
HALVES = cues(halves=True, translated=False)


@given(st.data(), HALVES)
@example(None, replace(CUE, edits=(Edit(2, 2, "", "的", "sound"), Edit(2, 4, "壳上", "会", "sound"))))
@example(None, replace(SPOKEN, words=(Word("在", 0, 1), Word("", 1, 1), Word("外壳上", 1, 2), Word("", 2, 2))))
def test_cut_and_join_is_the_identity(data: st.DataObject | None, cue: Cue) -> None:
    offsets = seams(cue)
    assume(offsets)
    for at in [data.draw(st.sampled_from(offsets))] if data else offsets:
        assert join(*cut(cue, at)) == cue


@given(st.data(), HALVES)
def test_many_parts_join_in_any_order_to_the_whole(data: st.DataObject, cue: Cue) -> None:
    parts = [cue]
    for offset in sorted(data.draw(st.sets(st.sampled_from(seams(cue) or (0,)))), reverse=True):
        parts[:1] = cut(parts[0], offset) if offset else parts[:1]
    assert reduce(join, parts) == cue
    while len(parts) > 1:
        at = data.draw(st.integers(0, len(parts) - 2))
        parts[at : at + 2] = [join(parts[at], parts[at + 1])]
    assert parts == [cue]


@given(HALVES)
def test_a_cue_is_cut_at_its_seams_and_nowhere_else(cue: Cue) -> None:
    for at in range(-1, len(cue.heard) + 2):
        if at in seams(cue):
            cut(cue, at)
        else:
            with pytest.raises(ValueError, match="cannot cut"):
                cut(cue, at)


@given(st.data(), HALVES)
def test_the_parts_say_together_what_the_whole_says(data: st.DataObject, cue: Cue) -> None:
    assume(seams(cue))
    left, right = cut(cue, data.draw(st.sampled_from(seams(cue))))
    assert left.text + right.text == cue.text
    assert left.heard + right.heard == cue.heard
    assert left.words + right.words == cue.words
    assert left.extra == right.extra == cue.extra
    if cue.timed:
        assert cue.start == left.start <= left.end <= right.start <= right.end == cue.end


@given(cues(halves=True), cues(halves=True), st.sampled_from(["", " ", "，"]))
def test_joining_strangers_keeps_what_both_say(left: Cue, right: Cue, glue: str) -> None:
    assume(left.timed == right.timed)
    right = replace(right, end=max(left.start, right.end)) if right.timed else right
    both = join(left, right, glue)
    assert both.heard == left.heard + glue + right.heard
    assert both.text == left.text + glue + right.text
    assert (both.start, both.end, both.extra) == (left.start, right.end, left.extra)


@pytest.mark.parametrize(
    ("cue", "at", "times"),
    [
        (CUE, 1, ((0, 1000), (1000, 4000))),
        (CUE, 3, ((0, 3000), (3000, 4000))),
        (SPOKEN, 1, ((0, 200), (300, 4000))),
        (SPOKEN, 3, ((0, 900), (1200, 4000))),
        (replace(SPOKEN, start=500), 1, ((500, 500), (500, 4000))),
        (replace(SPOKEN, end=800), 3, ((0, 800), (800, 800))),
        (replace(CUE, start=None, end=None), 1, ((None, None), (None, None))),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else None,
)
def test_times_come_from_the_words_or_the_share_of_text(cue: Cue, at: int, times: object) -> None:
    left, right = cut(cue, at)
    assert ((left.start, left.end), (right.start, right.end)) == times


@pytest.mark.parametrize(
    ("edit", "at", "texts"),
    [
        (Edit(0, 4, "聚生智能", "具身智能", "sound"), 2, ("具身", "智能")),
        (Edit(0, 4, "聚生智能", "具身智能", "sound"), 1, ("具", "身智能")),
        (Edit(0, 2, "外壳", "WAIC", "alias"), 1, ("WAIC", "")),
        (Edit(0, 3, "歪爱西", "WAIC", "alias"), 1, ("", "WAIC")),
        (Edit(0, 2, "呃呃", "", "script"), 1, ("", "")),
    ],
)
def test_a_split_edit_goes_to_its_longer_side_unless_the_lengths_agree(
    edit: Edit, at: int, texts: tuple[str, str]
) -> None:
    (left,), (right,) = cut_edits([edit], at)
    assert (left.after, right.after) == texts
    assert (left.joins_next, right.joins_previous) == (True, True)
    assert merged(left, right) == edit


def test_an_edit_beside_the_cut_stays_whole() -> None:
    before, after = Edit(0, 2, "外壳", "WAIC", "alias"), Edit(2, 3, "尚", "上", "sound")
    inserted = Edit(2, 2, "", "的", "sound")
    assert cut_edits([before, inserted, after], 2) == ((before,), (inserted.shifted(-2), after.shifted(-2)))


def test_what_trails_goes_left_unless_something_was_inserted_before_it() -> None:
    inserted = Edit(2, 2, "", "的", "sound")
    mark = replace(inserted, after="，", trails=True)
    assert cut_edits([mark, inserted], 2) == ((mark,), (inserted.shifted(-2),))
    assert cut_edits([inserted, mark], 2) == ((), (inserted.shifted(-2), mark.shifted(-2)))


def test_a_half_without_its_other_half_is_an_edit_of_its_own() -> None:
    left, right = cut(Cue(0, 9, "聚深智能", edits=(Edit(0, 4, "聚深智能", "具身智能", "sound"),)), 2)
    other = Cue(9, 12, "好")
    assert join(left, other).edits == (Edit(0, 2, "聚深", "具身", "sound"),)
    assert join(other, replace(right, end=12)).edits == ()


def test_halves_of_different_edits_stay_apart() -> None:
    one, _ = cut(CUE, 2)
    _, two = cut(replace(CUE, edits=(replace(WAIC, rule="sound"),)), 2)
    assert [edit.as_text() for edit in join(one, two).edits] == ["外 → WAIC", "壳 → ∅"]
    assert merged(one.edits[0], two.edits[0]) is None


def test_halves_that_change_nothing_together_stay_apart() -> None:
    first = Cue(None, None, "的", edits=(Edit(0, 1, "的", "", "x", joins_next=True),))
    second = Cue(None, None, "", edits=(Edit(0, 0, "", "的", "x", joins_previous=True),))
    assert [edit.as_text() for edit in join_edits(first, second)] == ["的 → ∅", "∅ → 的"]


def test_an_empty_cue_between_two_halves_keeps_them_halves() -> None:
    left, right = cut(CUE, 2)
    silence = Cue(2000, 2000, "")
    assert join(join(left, silence), right) == CUE
    assert join(left, join(silence, right)) == CUE


def test_an_empty_cue_takes_no_words_away() -> None:
    silence = Cue(4000, 4500, "")
    assert join(SPOKEN, silence).words == SPOKEN.words
    assert join(replace(silence, start=0), SPOKEN).words == SPOKEN.words
    assert join(silence, silence, " ").heard == " "


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        (SPOKEN, SPOKEN, ["在", "外壳", "上", " 在", "外壳", "上"]),
        (SPOKEN, Cue(0, 4000, ""), ["在", "外壳", "上 "]),
        (Cue(0, 0, ""), SPOKEN, [" 在", "外壳", "上"]),
        (SPOKEN, CUE, []),
        (CUE, SPOKEN, []),
    ],
    ids=["both", "silence after", "silence before", "left only", "right only"],
)
def test_words_stay_when_both_sides_have_them(left: Cue, right: Cue, words: list[str]) -> None:
    assert [word.text for word in join(left, right, " ").words] == words


def test_glue_between_halves_is_kept() -> None:
    left, right = cut(CUE, 2)
    assert join(left, right, " ").text == "在WAIC 上"
    assert [edit.before for edit in join(left, right, " ").edits] == ["外 壳"]


def test_a_translated_cue_is_joined_and_never_cut() -> None:
    translated = replace(CUE, translation="at WAIC")
    with pytest.raises(ValueError, match="cut first, then translate"):
        cut(translated, 1)
    assert join(translated, replace(translated, translation="today")).translation == "at WAIC today"
    assert join(translated, CUE).translation is None


def test_cues_with_and_without_times_do_not_join() -> None:
    with pytest.raises(ValueError, match="both times or none"):
        join(CUE, Cue(None, None, "好"))
