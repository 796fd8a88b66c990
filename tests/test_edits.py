"""Edits over a whole transcript: laid, split over seams, numbered, decided by a person, and never overridden then."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import edits_over, runs, transcripts

from toolkit.cues import Cue, Edit, Transcript
from toolkit.edits import Change, changes, decide, lay

Span = tuple[int, int]


def untimed(*heard: str) -> tuple[Cue, ...]:
    return tuple(Cue(None, None, text) for text in heard)


def texts(cues: Sequence[Cue]) -> list[str]:
    return [cue.text for cue in cues]


def numbers(transcript: Transcript) -> list[int]:
    return [change.number for change in changes(transcript)]


def spans(transcript: Transcript) -> list[tuple[Span, Change]]:
    """Each change with where it stands in what was heard over all cues."""
    begins = [0, *accumulate(len(cue.heard) for cue in transcript.cues)]
    found = []
    for change in changes(transcript):
        start = begins[change.places[0][0]] + change.edit.start
        found.append(((start, start + len(change.edit.before)), change))
    return found


def whole(edit: Edit) -> tuple[object, ...]:
    return edit.before, edit.after, edit.rule, edit.score, edit.evidence, edit.applied, edit.decided


def apply(heard: str, edits: Sequence[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        if edit.applied:
            heard = heard[: edit.start] + edit.after + heard[edit.end :]
    return heard


RUN_AND_EDITS = runs().flatmap(lambda run: st.tuples(st.just(run), edits_over(run)))


@given(RUN_AND_EDITS)
def test_laid_edits_change_the_text_as_if_there_were_no_seams(case: tuple[Sequence[Cue], Sequence[Edit]]) -> None:
    run, new = case
    assert "".join(texts(lay(run, new))) == apply("".join(cue.heard for cue in run), _insertions_in_order(new))
    assert [cue.heard for cue in lay(run, new)] == [cue.heard for cue in run]


def _insertions_in_order(edits: Sequence[Edit]) -> Sequence[Edit]:
    """Edits with what is inserted at one place in several edits in one, since `apply` goes backwards."""
    joined: list[Edit] = []
    for edit in edits:
        last = joined[-1] if joined else None
        if last and last.start == last.end == edit.start == edit.end:
            after = (last.after if last.applied else "") + (edit.after if edit.applied else "")
            joined[-1] = replace(last, after=after or "-", applied=bool(after))
        else:
            joined.append(edit)
    return joined


@given(RUN_AND_EDITS)
def test_each_edit_is_one_change_with_its_whole_text(case: tuple[Sequence[Cue], Sequence[Edit]]) -> None:
    run, new = case
    transcript = Transcript("a.txt", lay(run, new))
    assert [(span, whole(change.edit)) for span, change in spans(transcript)] == [
        ((edit.start, edit.end), whole(edit)) for edit in new
    ]
    assert numbers(transcript) == list(range(1, len(new) + 1))


@given(RUN_AND_EDITS)
def test_places_lead_to_every_edit_once_and_in_order(case: tuple[Sequence[Cue], Sequence[Edit]]) -> None:
    transcript = Transcript("a.txt", lay(*case))
    places = [place for change in changes(transcript) for place in change.places]
    assert places == [(index, at) for index, cue in enumerate(transcript.cues) for at in range(len(cue.edits))]


@given(st.data(), transcripts())
def test_laying_again_leaves_only_what_is_laid_last(data: st.DataObject, transcript: Transcript) -> None:
    bare = [replace(cue, edits=()) for cue in transcript.cues]
    new = data.draw(edits_over(bare))
    assert lay(transcript.cues, new) == lay(bare, new) == lay(lay(bare, new), new)


@given(st.data(), transcripts())
def test_undoing_every_edit_gives_what_was_heard(data: st.DataObject, transcript: Transcript) -> None:
    undone = decide(transcript, numbers(transcript), applied=False)
    assert [cue.text for cue in undone.cues] == [cue.heard for cue in transcript.cues]
    again = decide(undone, numbers(undone), applied=True)
    assert texts(again.cues) == texts(decide(transcript, numbers(transcript), applied=True).cues)
    assert numbers(again) == numbers(transcript)
    assert pickle.loads(pickle.dumps(again)) == again


@given(st.data(), transcripts())
def test_decisions_change_the_chosen_edits_and_no_other(data: st.DataObject, transcript: Transcript) -> None:
    chosen = data.draw(st.sets(st.sampled_from(numbers(transcript) or [0]))) - {0}
    before, after = changes(transcript), changes(decide(transcript, chosen, applied=True))
    for old, new in zip(before, after, strict=True):
        expected = replace(old.edit, applied=True, decided=True) if old.number in chosen else old.edit
        assert (new.edit, new.places) == (expected, old.places)


@given(st.data(), transcripts())
def test_a_decision_outlives_whatever_is_laid_later(data: st.DataObject, transcript: Transcript) -> None:
    chosen = data.draw(st.sets(st.sampled_from(numbers(transcript) or [0]))) - {0}
    decided = decide(transcript, chosen, applied=data.draw(st.booleans()))
    new = data.draw(edits_over(decided.cues))
    later = Transcript("a.txt", lay(decided.cues, new))
    kept = [(span, whole(change.edit)) for span, change in spans(decided) if change.number in chosen]
    stays = [(span, change.edit.trails) for span, change in spans(decided) if change.number in chosen]
    added = [((edit.start, edit.end), whole(edit)) for edit in new if not _meets(edit, stays)]
    assert sorted((span, whole(change.edit)) for span, change in spans(later)) == sorted(kept + added)


def _meets(edit: Edit, stretches: Sequence[tuple[Span, bool]]) -> bool:
    return any(
        (edit.start == start and not (trails and edit.before and start == end))
        or (edit.start < end and start < edit.end)
        for (start, end), trails in stretches
    )


@pytest.mark.parametrize(
    ("heard", "edit", "text"),
    [
        (("在外", "壳上"), Edit(1, 3, "外壳", "WAIC", "alias"), ["在WAIC", "上"]),
        (("在外", "", "壳上"), Edit(1, 3, "外壳", "WAIC", "alias"), ["在WAIC", "", "上"]),
        (("聚", "生", "智", "能"), Edit(0, 4, "聚生智能", "具身智能", "sound"), ["具", "身", "智", "能"]),
        (("聚", "", "", "生智能"), Edit(0, 2, "聚生", "具身", "sound"), ["具", "", "", "身智能"]),
        (("今天", "会议"), Edit(2, 2, "", "的", "sound"), ["今天", "的会议"]),
        (("今天", "会议"), Edit(2, 2, "", "，", "sound", trails=True), ["今天，", "会议"]),
        (("今天", "", "会议"), Edit(2, 2, "", "，", "sound", trails=True), ["今天，", "", "会议"]),
        (("今天", "会议"), Edit(0, 0, "", "，", "sound", trails=True), ["，今天", "会议"]),
        (("今天", "会议"), Edit(4, 4, "", "。", "sound"), ["今天", "会议。"]),
        (("今天", ""), Edit(2, 2, "", "。", "sound"), ["今天", "。"]),
        (("", "今天"), Edit(0, 0, "", "在", "sound"), ["", "在今天"]),
        (("",), Edit(0, 0, "", "（掌声）", "sound"), ["（掌声）"]),
    ],
)
def test_an_edit_is_split_between_its_cues(heard: tuple[str, ...], edit: Edit, text: list[str]) -> None:
    laid = lay(untimed(*heard), [edit])
    assert texts(laid) == text
    [change] = changes(Transcript("a.txt", laid))
    assert (change.edit.before, change.edit.after) == (edit.before, edit.after)


@pytest.mark.parametrize(
    ("heard", "new"),
    [
        (("今天",), [Edit(0, 2, "今天", "明天", "x"), Edit(1, 2, "天", "日", "x")]),
        (("今", "天"), [Edit(0, 2, "今天", "明天", "x"), Edit(1, 1, "", "日", "x")]),
        (("今天",), [Edit(0, 2, "明天", "今天", "x")]),
        (("今天",), [Edit(1, 3, "天的", "日", "x")]),
        (("今天",), [Edit(3, 3, "", "日", "x")]),
        ((), [Edit(0, 0, "", "日", "x")]),
    ],
    ids=["overlap", "overlap at a seam", "another text", "past the end", "inserted past the end", "no cues"],
)
def test_edits_that_do_not_fit_are_refused(heard: tuple[str, ...], new: list[Edit]) -> None:
    with pytest.raises(ValueError, match=r"overlap|first of its own|expects|no cue"):
        lay(untimed(*heard), new)


def test_an_edit_that_meets_a_decision_is_dropped_whole_over_all_its_seams() -> None:
    person = Edit(1, 2, "生", "深", "person", decided=True)
    cues = (Cue(None, None, "聚生", edits=(person,)), *untimed("智", "能"))
    assert lay(cues, [Edit(1, 4, "生智能", "身智能", "sound")]) == cues
    assert texts(lay(cues, [Edit(2, 4, "智能", "AI", "sound")])) == ["聚深", "A", "I"]


def test_an_undone_edit_keeps_others_away() -> None:
    talk = Transcript("a.txt", lay(untimed("外壳上"), [Edit(0, 2, "外壳", "WAIC", "alias")]))
    undone = decide(talk, [1], applied=False)
    assert lay(undone.cues, [Edit(0, 2, "外壳", "WAIC", "alias")]) == undone.cues
    assert texts(undone.cues) == ["外壳上"]


def test_nothing_new_is_laid_beside_a_decided_half_that_lost_its_other_half() -> None:
    half = Edit(0, 2, "外壳", "WAIC", "alias", decided=True, joins_next=True)
    cues = (Cue(None, None, "外壳", edits=(half,)),)
    assert lay(cues, [Edit(2, 2, "", "的", "sound")]) == cues


def test_halves_that_do_not_touch_are_changes_of_their_own() -> None:
    one = Cue(None, None, "外", edits=(Edit(0, 1, "外", "WAIC", "alias", joins_next=True),))
    two = Cue(None, None, "壳", edits=(Edit(0, 1, "壳", "", "alias", joins_previous=True),))
    between = Cue(None, None, "上")
    assert [change.edit.as_text() for change in changes(Transcript("a.txt", (one, between, two)))] == [
        "外 → WAIC",
        "壳 → ∅",
    ]
    assert [change.edit.as_text() for change in changes(Transcript("a.txt", (one, two)))] == ["外壳 → WAIC"]


def test_a_decision_that_changes_the_text_empties_the_translation() -> None:
    cue = Cue(None, None, "外壳上", edits=(Edit(0, 2, "外壳", "WAIC", "alias"),), translation="at WAIC")
    talk = Transcript("a.txt", (cue, replace(cue, edits=())))
    assert [cue.translation for cue in decide(talk, [1], applied=True).cues] == ["at WAIC", "at WAIC"]
    assert [cue.translation for cue in decide(talk, [1], applied=False).cues] == [None, "at WAIC"]


def test_a_number_that_no_edit_has_is_refused() -> None:
    with pytest.raises(KeyError):
        decide(Transcript("a.txt", untimed("今天")), [1], applied=True)


def test_a_long_transcript_takes_its_edits_in_one_pass() -> None:
    cues = untimed(*["今天的外壳上"] * 3000)
    new = [Edit(6 * line + 3, 6 * line + 5, "外壳", "WAIC", "alias") for line in range(3000)]
    laid = lay(cues, new)
    assert set(texts(laid)) == {"今天的WAIC上"}
    accepted = decide(Transcript("a.txt", laid), range(1, 3001), applied=True)
    assert lay(accepted.cues, new) == accepted.cues
