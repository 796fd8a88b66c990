"""Jobs from end to end: recordings and transcripts in, corrected and segmented subtitles out."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest
import speaker
from desk import LEXICON, files, profile, run, set_up

import toolkit
from toolkit.cues import Cue, Transcript
from toolkit.errors import BackendError, InputError, MediaError, UsageError
from toolkit.formats import read, write
from toolkit.lexicon import Lexicon, Term
from toolkit.pipeline import (
    Interrupted,
    Job,
    Progress,
    correct_transcript,
    load_terms,
    plan_job,
    run_job,
    segment_transcript,
    transcribe_file,
)
from toolkit.profile import Profile
from toolkit.records import hotwords_of

HEARD = "聚生智能正在走进工厂，"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a recording and a transcript, as the current one."""
    set_up(tmp_path, monkeypatch)


def test_a_recording_becomes_corrected_and_segmented_subtitles() -> None:
    result = run()
    assert result.written == (Path("talk.srt"),)
    assert (result.complete, result.resumed_from, result.warnings) == (True, 0, ())
    assert result.seconds > 0
    shown = read("talk.srt").cues
    assert [cue.text for cue in shown] == [cue.text for cue in result.transcript.cues]
    assert [cue.text for cue in shown[:4]] == [
        "各位来宾大家下午好，",
        "欢迎来到今天的论坛，",
        "我们先来认识一下各位嘉宾。",
        "具身智能正在走进工厂，",
    ]
    assert result.transcript.language == "zh"
    assert result.transcript.source == "talk.mp4"
    assert files() == ["notes.txt", "talk.cues.jsonl", "talk.edits.jsonl", "talk.mp4", "talk.srt"]


def test_several_formats_in_a_folder() -> None:
    result = run(out="new/folder/", output_format=("srt", "vtt", "txt", "json"))
    assert [path.as_posix() for path in result.written] == [
        f"new/folder/talk.{suffix}" for suffix in ("srt", "vtt", "txt", "json")
    ]
    assert all(path.exists() for path in result.written)
    assert Path("new/folder/talk.edits.jsonl").exists()


def test_what_is_off_is_not_done() -> None:
    result = run(correct=False, segment=False)
    assert [cue.text for cue in result.transcript.cues] == [speaker.sentence(number).heard for number in range(18)]


def test_the_recogniser_is_told_the_terms_the_weightiest_first() -> None:
    run()
    assert speaker.hints[-1].hotwords == ("生成式人工智能", "具身智能")
    run(lexicon_hotwords=False)
    assert speaker.hints[-1].hotwords == ()


def test_a_run_that_goes_on_tells_what_was_heard_and_the_hints_of_the_beginning() -> None:
    def interrupt(number: int) -> None:
        if number == 6:
            raise KeyboardInterrupt

    speaker.trouble[0] = interrupt
    with pytest.raises(Interrupted):
        run()
    speaker.trouble[0] = speaker.at_peace
    run(lexicon=Lexicon.of(["WAIC"]))
    first, second = speaker.hints
    assert first.heard == ()
    assert second == replace(first, heard=tuple(map(speaker.sentence, range(speaker.BLOCK))))


def test_hotwords_that_were_left_out_are_told_and_noted(caplog: pytest.LogCaptureFixture) -> None:
    noted = {"told": ["沐曦"], "left_out": ["生成式人工智能", "具身智能"], "count_left_out": 2}
    with caplog.at_level(logging.INFO):
        first = run(recogniser="speaker:load_forgetful", hotwords="沐曦")
    assert hotwords_of(first.transcript) == noted
    assert "1 of 3 hotwords were told to the recogniser; left out: 生成式人工智能, 具身智能" in caplog.text
    again = run(recogniser="speaker:load_forgetful", hotwords="沐曦")
    assert again.resumed_from == speaker.END
    assert hotwords_of(again.transcript) == hotwords_of(read("talk.edits.jsonl")) == noted
    assert hotwords_of(run(recogniser="speaker:load").transcript) is None


def test_what_the_recording_says_of_itself_comes_first() -> None:
    lexicon = Lexicon.of([Term("生成式人工智能", weight=2), "Talk", "具身智能"])
    run(lexicon=lexicon)
    assert speaker.hints[-1].hotwords == ("Talk", "生成式人工智能", "具身智能")


def test_what_is_wrong_with_a_recording_is_told_by_each_run(caplog: pytest.LogCaptureFixture) -> None:
    first = run(recogniser="speaker:load_cut_short")
    assert first.warnings == run(recogniser="speaker:load_cut_short").warnings == ("it may be cut short",)
    transcribe_file("talk.mp4", profile(recogniser="speaker:load_cut_short"))
    assert "talk.mp4: it may be cut short" in caplog.text


def test_no_cue_ends_behind_the_recording(talk: Path) -> None:
    long = {"min_duration": 6900, "max_duration": 7000}
    cues = run(str(talk), out="long.srt", recogniser="speaker:load_late", **long).transcript.cues
    assert cues[-1].end == 56_156


def test_progress_is_told_step_by_step() -> None:
    steps: list[Progress] = []
    run_job(plan_job(Path("talk.mp4"), profile()), listener=steps.append, lexicon=LEXICON)
    heard = [step for step in steps if step.stage == "transcribe"]
    assert heard[0] == Progress("transcribe", 0, 0)
    assert heard[2] == Progress("transcribe", speaker.sentence(1).end or 0, 0, HEARD)
    assert [step.done for step in heard] == sorted(step.done for step in heard)
    assert [step.stage for step in steps[len(heard) :]] == ["correct", "segment", "write"]


def test_progress_knows_the_length_of_a_recording(talk: Path) -> None:
    steps: list[Progress] = []
    run_job(plan_job(talk, profile(), out="out/"), listener=steps.append, lexicon=LEXICON)
    assert {step.total for step in steps if step.stage == "transcribe"} == {56_156}


def test_silence_becomes_an_empty_file_and_a_warning() -> None:
    result = run(recogniser="speaker:load_silence")
    assert result.warnings == ("no speech was heard",)
    assert Path("talk.srt").read_bytes() == b""
    assert run(recogniser="speaker:load_silence").transcript.cues == read("talk.srt").cues == ()


def test_a_transcript_is_corrected_in_its_own_format() -> None:
    result = run("notes.txt")
    assert result.written == (Path("notes.corrected.txt"),)
    assert Path("notes.corrected.txt").read_text(encoding="utf-8") == "具身智能的崛起\n\n元宇宙\n"
    assert not list(Path().glob("*.cues.jsonl"))
    assert Path("notes.txt").read_text(encoding="utf-8") == "聚生智能的崛起\n\n元宇宙\n"


def test_subtitles_are_corrected_and_segmented() -> None:
    cue = Cue(0, 9000, "各位来宾大家下午好，聚生智能正在走进工厂，我们先来认识一下各位嘉宾。")
    write(Transcript("in.vtt", (cue,)), "in.vtt")
    result = run("in.vtt", out="out.srt")
    assert [cue.text for cue in read("out.srt").cues] == [cue.text for cue in result.transcript.cues]
    assert len(result.transcript.cues) > 1
    assert "具身智能" in result.transcript.text


def test_a_transcript_without_text_is_written_with_a_warning() -> None:
    Path("empty.txt").write_text("\n# 题目\n", encoding="utf-8")
    assert run("empty.txt").warnings == ("there is no text in it",)
    assert Path("empty.corrected.txt").read_text(encoding="utf-8") == "\n# 题目\n"


def test_a_failing_recogniser_loses_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def fail(number: int) -> None:
        if number == 9:
            raise BackendError("out of memory")

    speaker.trouble[0] = fail
    with pytest.raises(BackendError, match="out of memory"):
        run()
    assert "what was heard before is kept in talk.cues.jsonl; the next run goes on from there" in caplog.text
    assert files() == ["notes.txt", "talk.cues.jsonl", "talk.mp4"]
    speaker.trouble[0] = speaker.at_peace
    assert run().resumed_from == 8 * speaker.SENTENCE


def test_what_is_no_recording_leaves_nothing() -> None:
    with pytest.raises(MediaError, match=r"talk\.mp4"):
        run(recogniser="speaker:load_deaf")
    assert files() == ["notes.txt", "talk.mp4"]


@pytest.mark.parametrize(
    ("source", "out", "problem"),
    [
        ("missing.mp4", None, "missing.mp4: no such file"),
        ("folder", None, "folder: is a folder"),
    ],
)
def test_sources_that_are_none(source: str, out: str | None, problem: str) -> None:
    Path("folder").mkdir()
    with pytest.raises(InputError) as raised:
        run(source, out)
    assert str(raised.value) == problem


def test_a_folder_that_cannot_be_made_is_a_clear_error() -> None:
    with pytest.raises(InputError, match=r"notes\.txt/sub: cannot be made: Not a directory; choose another folder"):
        run(out="notes.txt/sub/")


def test_a_source_is_never_written_to() -> None:
    with pytest.raises(UsageError, match="the output is the input itself"):
        run("notes.txt", out="notes.txt")
    run()
    job = plan_job(Path("talk.edits.jsonl"), profile(), out="talk.srt")
    assert job.record is None
    before = Path("talk.edits.jsonl").read_bytes()
    assert run_job(job, lexicon=LEXICON).written == (Path("talk.srt"),)
    assert Path("talk.edits.jsonl").read_bytes() == before


def test_a_job_is_planned_without_touching_anything() -> None:
    options = profile()
    assert plan_job(Path("talk.mp4"), options, out="new/x.vtt") == Job(
        Path("talk.mp4"),
        options,
        (Path("new/x.vtt"),),
        journal=Path("new/talk.cues.jsonl"),
        record=Path("new/x.edits.jsonl"),
        named=True,
    )
    assert files() == ["notes.txt", "talk.mp4"]


class TestForCallers:
    """The functions for those who want a value and no files."""

    def test_a_recording_as_it_was_heard(self) -> None:
        transcript = transcribe_file("talk.mp4", profile())
        assert transcript.cues == tuple(speaker.sentence(number) for number in range(18))
        assert (transcript.source, transcript.language) == ("talk.mp4", "zh")
        assert files() == ["notes.txt", "talk.mp4"]

    def test_translated_speech_is_english(self) -> None:
        assert transcribe_file("talk.mp4", profile(task="translate")).language == "en"

    def test_with_a_journal_nothing_is_heard_twice(self) -> None:
        journal = Path("heard.jsonl")
        first = transcribe_file("talk.mp4", profile(), journal=journal)
        speaker.trouble[0] = pytest.fail
        steps: list[Progress] = []
        assert transcribe_file("talk.mp4", profile(), journal=journal, listener=steps.append) == first
        assert [step.done for step in steps] == [speaker.END]

    def test_ctrl_c_is_passed_on(self) -> None:
        def interrupt(number: int) -> None:
            raise KeyboardInterrupt

        speaker.trouble[0] = interrupt
        with pytest.raises(KeyboardInterrupt):
            transcribe_file("talk.mp4", profile())

    def test_correcting_and_segmenting(self) -> None:
        talk = Transcript("talk.srt", (replace(speaker.sentence(0), heard=HEARD, words=()),))
        corrected = correct_transcript(talk, lexicon=LEXICON)
        assert corrected.text == "具身智能正在走进工厂，"
        assert correct_transcript(talk, profile(correct=False)) == talk
        assert correct_transcript(talk, profile()) == talk
        assert correct_transcript(talk) == toolkit.correct_transcript(talk)
        options = profile(zh_width=8)
        assert segment_transcript(corrected, options, lexicon=LEXICON).text == "具身智能\n正在走进工厂，"
        assert segment_transcript(corrected, profile(segment=False, zh_width=8)) == corrected

    def test_terms_are_those_of_the_profile(self) -> None:
        Path("mine.txt").write_text("小舟\n", encoding="utf-8")
        assert load_terms(profile(lexicon=("mine.txt",))) == Lexicon((Term("小舟", source="mine.txt"),))
        assert len(load_terms(Profile())) > 10
