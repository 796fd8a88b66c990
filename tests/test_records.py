"""The record of a job: what it notes, and how its files are written again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from strategies import profiles, transcripts

from toolkit.cues import Cue, Edit, Transcript, Word
from toolkit.edits import decide
from toolkit.errors import FormatError
from toolkit.formats import read, write
from toolkit.outputs import encode_outputs, hash_of
from toolkit.profile import Profile, with_values
from toolkit.records import deliver, read_decided, read_record, rewrite, without_notes, written_by

RECORD = Path("talk.edits.jsonl")
SRT, VTT = Path("talk.srt"), Path("talk.vtt")
TALK = Transcript(
    "talk.mp4",
    (Cue(0, 1000, "聚生智能，好", edits=(Edit(0, 2, "聚生", "具身", "sound"),)),),
    "zh",
    (("srt.note", "x"),),
)
PROFILE = with_values(Profile(), {"punctuation": "space", "newline": "crlf"})


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def delivered(transcript: Transcript = TALK, *paths: Path, partial: bool = False) -> Transcript:
    """The record after a result was delivered."""
    files = encode_outputs(transcript, paths, PROFILE)
    deliver(transcript, files, RECORD, profile=PROFILE, partial=partial)
    return read(RECORD)


def test_without_a_record_nothing_is_known() -> None:
    assert read_record(None) is read_record(RECORD) is None
    assert written_by(None) == written_by(TALK) == {}


def test_a_later_run_keeps_in_mind_what_a_person_decided_and_no_words() -> None:
    cue = replace(TALK.cues[0], words=(Word("聚生智能，好", 0, 1000),))
    record = delivered(replace(TALK, cues=(cue,)), SRT)
    undecided = read_decided(RECORD)
    assert undecided == replace(record, cues=())
    assert written_by(undecided) == written_by(record)
    undone = decide(record, [1], applied=False)
    write(undone, RECORD)
    decided = read_decided(RECORD)
    assert decided is not None
    assert decided.cues == (replace(undone.cues[0], words=()),)
    assert read_decided(None) is None


def test_a_record_is_the_transcript_and_what_was_written() -> None:
    record = delivered(TALK, SRT, VTT)
    assert without_notes(record) == TALK
    assert written_by(record) == {path.name: [hash_of(path.read_bytes())] for path in (SRT, VTT)}
    assert SRT.read_bytes().decode().endswith("\r\n具身智能 好\r\n")


def test_the_contents_before_stay_known_and_files_that_are_gone_do_not() -> None:
    delivered(TALK, SRT, VTT)
    before = hash_of(SRT.read_bytes())
    VTT.unlink()
    other = replace(TALK, cues=(Cue(0, 1000, "不同"),))
    record = delivered(other, SRT)
    assert written_by(record) == {"talk.srt": [hash_of(SRT.read_bytes()), before]}
    assert len(written_by(delivered(TALK, SRT))["talk.srt"]) == 2


def test_a_partial_result_does_not_take_the_place_of_a_complete_one() -> None:
    part = replace(TALK, cues=())
    assert delivered(part, partial=True).cues == ()
    more = delivered(TALK, Path("talk.partial.srt"), partial=True)
    assert more.cues == TALK.cues
    complete = delivered(TALK, SRT)
    again = delivered(part, Path("talk.partial.srt"), partial=True)
    assert again.cues == complete.cues
    assert set(written_by(again)) == {"talk.srt", "talk.partial.srt"}
    assert delivered(part, SRT).cues == ()


def test_files_are_written_again_as_they_were_asked_for() -> None:
    record = delivered(TALK, SRT, VTT)
    VTT.write_text("mended by somebody")
    assert rewrite(RECORD, decide(record, [1], applied=False)) == (SRT,)
    assert SRT.read_bytes().decode().endswith("\r\n聚生智能 好\r\n")
    assert VTT.read_text() == "mended by somebody"
    after = read(RECORD)
    assert [edit.decided for edit in after.cues[0].edits] == [True]
    assert hash_of(SRT.read_bytes()) in written_by(after)["talk.srt"]
    assert rewrite(RECORD, decide(after, [1], applied=True)) == (SRT,)
    assert SRT.read_bytes().decode().endswith("\r\n具身智能 好\r\n")


def test_partial_files_are_not_written_again() -> None:
    record = delivered(TALK, Path("talk.partial.srt"), partial=True)
    assert rewrite(RECORD, record) == ()


@pytest.mark.parametrize("notes", ["no JSON", "7", "[]", '{"talk.srt": 7}', '{"zh_width": "wide"}', '{"no such": 1}'])
def test_notes_that_were_spoilt_are_passed_over(notes: str) -> None:
    spoilt = replace(TALK, extra=(("record.written", notes), ("record.profile", notes)))
    write(spoilt, RECORD)
    record = read_record(RECORD)
    assert record
    assert rewrite(RECORD, record) == ()


def test_what_is_no_record_is_a_clear_error() -> None:
    RECORD.write_text("somebody's notes\nand more")
    with pytest.raises(FormatError, match=r"talk\.edits\.jsonl:1: not JSON"):
        read_record(RECORD)


def test_a_name_that_is_not_utf_8_can_be_recorded() -> None:
    assert delivered(replace(TALK, source="talk\udcff.mp4")).source == "talk?.mp4"


@settings(max_examples=30)
@given(transcripts(timed=True), profiles())
def test_whatever_the_options_a_file_is_written_again_the_same(transcript: Transcript, profile: Profile) -> None:
    for path in Path().iterdir():
        path.unlink()
    files = encode_outputs(transcript, [SRT], profile)
    deliver(transcript, files, RECORD, profile=profile)
    record = read(RECORD)
    assert rewrite(RECORD, record) == (SRT,)
    assert SRT.read_bytes() == files[SRT]
    assert read(RECORD) == record
