"""Jobs in which the recogniser is asked: only where the corrector hesitates, once, and only where there is sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log
from pathlib import Path

import pytest
import speaker
from desk import contents, run, set_up

import toolkit.pipeline as pipeline
import toolkit.transcribe.judge as judge
from toolkit.cues import Edit, Transcript, with_edits
from toolkit.doubts import Question, Score
from toolkit.edits import changes, decide
from toolkit.errors import ModelNotFound
from toolkit.formats import read
from toolkit.records import rewrite
from toolkit.verdicts import read_verdicts

HEARD = "聚生智能正在走进工厂，"


class Bench:
    """A stand-in for the recogniser as a judge: a text is as likely as its ear says."""

    def __init__(self) -> None:
        self.loaded = 0
        self.asked: list[Question] = []
        self.ear = {"具身": 3.0}

    def load(self, *_: object) -> Bench:
        self.loaded += 1
        return self

    def __call__(self, _: Path, questions: Sequence[Question]) -> Iterator[tuple[Score, ...]]:
        for question in questions:
            self.asked.append(question)
            heard = [sum(power for said, power in self.ear.items() if said in text) for text in question.texts]
            yield tuple(Score(power * log(10), int(number > 0)) for number, power in enumerate(heard))


@pytest.fixture(autouse=True)
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A folder with a recording, a corrector that hesitates at 聚生智能, and a judge."""
    set_up(tmp_path, monkeypatch)
    made = Bench()
    monkeypatch.setitem(judge.JUDGES, "speaker:load", "speaker:load")
    monkeypatch.setattr(pipeline, "load_judge", made.load)
    monkeypatch.setattr(pipeline, "correct_transcript", hesitant(0.4))
    return made


def hesitant(score: float) -> object:
    """A corrector that is that sure of its only correction."""

    def correct_transcript(transcript: Transcript, *_: object, **__: object) -> Transcript:
        edit = Edit(0, 2, "聚生", "具身", rule="sound", score=score, applied=score >= 0.5)
        kept = (cue if cue.edits or cue.heard != HEARD else with_edits(cue, [edit]) for cue in transcript.cues)
        return replace(transcript, cues=tuple(kept))

    return correct_transcript


def edits(**options: object) -> list[Edit]:
    return [change.edit for change in changes(run(segment=False, **options).transcript)]


def test_the_sound_decides_a_tie(bench: Bench) -> None:
    assert [(edit.applied, dict(edit.evidence)["judge"]) for edit in edits()] == [
        (True, "+3.0 log10 (+3.00 a token)")
    ] * 4
    assert "具身智能正在走进工厂" in Path("talk.srt").read_text(encoding="utf-8")
    first = bench.asked[0]
    assert (first.start, first.texts, first.shown) == (6000, (HEARD, "具身" + HEARD[2:]), ("聚生", "具身"))


def test_the_sound_takes_back_what_was_only_just_changed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "correct_transcript", hesitant(0.6))
    bench.ear = {"聚生": 3.0}
    assert not any(edit.applied for edit in edits())


def test_a_second_run_asks_nothing_and_writes_the_same(bench: Bench) -> None:
    run()
    before, asked = contents(), len(bench.asked)
    run()
    assert contents() == before
    assert (bench.loaded, len(bench.asked), asked) == (1, 4, 4)


def test_a_verdict_that_was_torn_or_spoilt_is_asked_for_again(bench: Bench) -> None:
    run()
    whole, journal = contents(), Path("talk.cues.jsonl")
    journal.write_bytes(journal.read_bytes()[:-30])
    run()
    assert contents() == whole
    assert len(bench.asked) == 5
    assert len(read_verdicts(journal, "zh")) == 4
    assert read_verdicts(journal, "en") == {}
    assert len(read(journal).cues) == speaker.COUNT


def test_where_nothing_is_doubtful_nothing_is_loaded(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "correct_transcript", hesitant(0.99))
    assert all(edit.applied and not edit.evidence for edit in edits())
    assert bench.loaded == 0


@pytest.mark.parametrize("options", [{"judge": "off"}, {"suggest_only": True}, {"task": "translate"}])
def test_who_does_not_want_it_is_not_judged(bench: Bench, options: dict[str, object]) -> None:
    assert not any(edit.applied for edit in edits(**options))
    assert bench.loaded == 0


def test_a_transcript_has_no_sound_to_ask(bench: Bench) -> None:
    Path("heard.srt").write_text(f"1\n00:00:01,000 --> 00:00:03,000\n{HEARD}\n", encoding="utf-8")
    assert not any(edit.applied for edit in edits(source="heard.srt"))
    assert bench.loaded == 0


def test_a_person_is_not_overruled(bench: Bench) -> None:
    run()
    record = Path("talk.edits.jsonl")
    rewrite(record, decide(read(record), [1], applied=False))
    assert [edit.applied for edit in edits()] == [False, True, True, True]


def test_without_its_model_the_corrector_stands(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(*_: object) -> Bench:
        raise ModelNotFound("the model 'small' is not on this machine")

    monkeypatch.setattr(pipeline, "load_judge", missing)
    assert not any(edit.applied for edit in edits())
    assert "cannot be asked about 4 doubtful places" in caplog.text
