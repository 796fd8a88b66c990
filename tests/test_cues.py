"""Cues check themselves, and their text is what was heard with the applied edits."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import cues, edits, extras, transcripts

from toolkit.cues import Cue, Edit, Piece, Transcript, Word, heard_offset, pieces, with_edits, with_extra

SOUND = Edit(0, 2, "聚生", "具身", rule="sound")
INSERTED = Edit(2, 2, "", "的", rule="sound")
SPOKEN = (Word("聚生", 0, 500), Word("智能", 500, 900))


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: Word("会", 20, 10), "before its start"),
        (lambda: Edit(0, 1, "聚生", "具身", "sound"), "does not span"),
        (lambda: Edit(-1, 1, "聚生", "具身", "sound"), "does not span"),
        (lambda: Edit(0, 2, "聚生", "聚生", "sound"), "must change something"),
        (lambda: Edit(1, 2, "生", "身", "sound", joins_previous=True), "starts at 0"),
        (lambda: Cue(0, None, "聚生"), "both times or none"),
        (lambda: Cue(None, 9, "聚生"), "both times or none"),
        (lambda: Cue(9, 8, "聚生"), "runs from 9 to 8"),
        (lambda: Cue(-1, 8, "聚生"), "runs from -1"),
        (lambda: Cue(0, 900, "聚身智能", words=SPOKEN), "do not spell"),
        (lambda: Cue(None, None, "聚生智能", words=SPOKEN), "has times"),
        (lambda: Cue(None, None, "聚身", edits=(SOUND,)), "expects '聚生' at 0"),
        (lambda: Cue(None, None, "聚", edits=(SOUND,)), "expects '聚生' at 0"),
        (lambda: Cue(None, None, "聚生", edits=(replace(INSERTED, start=3, end=3),)), "expects '' at 3"),
        (lambda: Cue(None, None, "聚生", edits=(SOUND, SOUND)), "overlap at 0"),
        (lambda: Cue(None, None, "聚生", edits=(SOUND, Edit(1, 2, "生", "身", "sound"))), "overlap at 1"),
        (lambda: Cue(None, None, "聚生", edits=(INSERTED, SOUND)), "overlap at 0"),
        (lambda: Cue(None, None, "聚生智", edits=(replace(SOUND, joins_next=True),)), "ends with it"),
        (lambda: Cue(None, None, "聚生", edits=(replace(SOUND, joins_next=True), INSERTED)), "last of its own"),
        (
            lambda: Cue(None, None, "聚生", edits=(Edit(0, 0, "", "的", "x"), replace(SOUND, joins_previous=True))),
            "first of its own",
        ),
    ],
)
def test_what_cannot_be_is_refused(make: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        make()


@pytest.mark.parametrize(
    ("heard", "laid", "text"),
    [
        ("聚生智能", (), "聚生智能"),
        ("聚生智能", (SOUND,), "具身智能"),
        ("聚生智能", (replace(SOUND, applied=False),), "聚生智能"),
        ("聚生智能", (SOUND, INSERTED), "具身的智能"),
        ("聚生智能", (INSERTED, Edit(2, 4, "智能", "AI", "latin")), "聚生的AI"),
        ("聚生", (SOUND, INSERTED, replace(INSERTED, after="！")), "具身的！"),
        ("聚生智能", (Edit(0, 4, "聚生智能", "", "script"),), ""),
        ("", (Edit(0, 0, "", "（掌声）", "person"),), "（掌声）"),
    ],
)
def test_the_text_is_what_was_heard_with_the_applied_edits(heard: str, laid: tuple[Edit, ...], text: str) -> None:
    assert Cue(None, None, heard, edits=laid).text == text


def test_times_are_known_or_not() -> None:
    assert (Cue(100, 350, "会").timed, Cue(100, 350, "会").duration) == (True, 250)
    assert (Cue(None, None, "会").timed, Cue(None, None, "会").duration) == (False, 0)
    assert Transcript("a.srt", (Cue(0, 1, "会"),)).timed
    assert not Transcript("a.txt", (Cue(0, 1, "会"), Cue(None, None, "会"))).timed


def test_a_transcript_has_the_text_of_its_cues_a_line_each() -> None:
    talk = Transcript("a.txt", (Cue(None, None, "聚生", edits=(SOUND,)), Cue(None, None, "智能")))
    assert talk.text == "具身\n智能"


def test_an_empty_side_of_an_edit_is_shown() -> None:
    assert INSERTED.as_text() == "∅ → 的"
    assert Edit(0, 1, "的", "", "script").as_text() == "的 → ∅"


def test_extra_values_are_found_by_name() -> None:
    cue = Cue(0, 1, "会", extra=(("style", "Top"), ("layer", 0)))
    assert [cue.get("style"), cue.get("layer"), cue.get("host"), cue.get("host", "-")] == ["Top", 0, None, "-"]
    assert Transcript("a.ass", extra=cue.extra).get("style") == "Top"


@given(extras(), extras())
def test_extra_values_are_set_in_place_and_taken_away_by_none(extra: Any, more: Any) -> None:
    both = with_extra(extra, **dict(more))
    assert dict(both) == {**dict(extra), **dict(more)}
    assert [name for name, _ in both][: len(extra)] == [name for name, _ in extra]
    assert with_extra(both, **dict.fromkeys(dict(both))) == ()


@given(cues(halves=True))
def test_pieces_cover_what_was_heard_once_and_in_order(cue: Cue) -> None:
    found = list(pieces(cue))
    assert "".join(piece.text for piece in found) == cue.text
    ends = [0, *(piece.end for piece in found)]
    assert [piece.start for piece in found] == ends[:-1]
    assert ends[-1] == len(cue.heard)
    assert [piece.edit for piece in found if piece.edit] == [edit for edit in cue.edits if edit.applied]
    assert all(_keeps_what_was_heard(cue, piece) for piece in found if not piece.edit)


def _keeps_what_was_heard(cue: Cue, piece: Piece) -> bool:
    return piece.text == cue.heard[piece.start : piece.end] != ""


@given(cues())
def test_offsets_lead_back_to_what_was_heard(cue: Cue) -> None:
    offsets = [heard_offset(cue, offset) for offset in range(len(cue.text) + 1)]
    sources = [(piece, place) for piece in pieces(cue) for place in range(len(piece.text))]
    expected = [piece.start if piece.edit else piece.start + place for piece, place in sources]
    assert offsets == [*expected, len(cue.heard)]
    assert offsets == sorted(offsets)


@given(st.data(), cues(edited=False, translated=True))
def test_a_translation_lasts_as_long_as_the_text(data: st.DataObject, cue: Cue) -> None:
    laid = with_edits(cue, data.draw(edits(cue.heard)))
    assert laid.translation == (cue.translation if laid.text == cue.text else None)
    assert (laid.heard, laid.words, laid.start, laid.end) == (cue.heard, cue.words, cue.start, cue.end)


@given(st.data(), cues(edited=False))
def test_edits_are_laid_in_their_order_wherever_they_come_from(data: st.DataObject, cue: Cue) -> None:
    laid = data.draw(edits(cue.heard))
    places = [(edit.start, edit.end) for edit in laid]
    assert [(edit.start, edit.end) for edit in with_edits(cue, reversed(laid)).edits] == places


@given(cues(halves=True))
def test_without_its_edits_a_cue_says_what_was_heard(cue: Cue) -> None:
    assert with_edits(cue, ()).text == cue.heard
    assert with_edits(cue, [replace(edit, applied=False) for edit in cue.edits]).text == cue.heard


@given(transcripts())
def test_values_can_be_keys_and_travel_between_processes(transcript: Transcript) -> None:
    copy = pickle.loads(pickle.dumps(transcript))
    assert copy == transcript
    assert {copy: "found"}[transcript] == "found"
