"""The real faster-whisper on models of random weights: what comes out, in which order, and that it can be resumed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import toolkit.transcribe.whisper as whisper
from toolkit.cues import Cue
from toolkit.errors import BackendError, MediaError, ModelNotFound, ProfileError
from toolkit.media import RATE, Block, blocks
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints, Mark, Recogniser, load_recogniser

WriteWav = Callable[..., Path]


@pytest.fixture(autouse=True)
def short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whisper, "LONGEST", 16_000)


@pytest.fixture
def quick(whisper_folder: Path) -> TranscribeOptions:
    return TranscribeOptions(model=str(whisper_folder), device="cpu", beam_size=1)


@pytest.fixture
def excerpt(talk: Path, write_wav: WriteWav) -> Path:
    """The first 14 seconds of the talk."""
    return write_wav(next(iter(blocks(talk, longest=14_000))).samples)


def heard(options: TranscribeOptions, media: Path, hints: Hints | None = None, **begin: object) -> list[Cue | Mark]:
    return list(load_recogniser(options, hints)(media, **begin))


def cues_of(events: list[Cue | Mark]) -> list[Cue]:
    return [event for event in events if isinstance(event, Cue)]


def marks_of(events: list[Cue | Mark]) -> list[Mark]:
    return [event for event in events if isinstance(event, Mark)]


def check_form(cues: list[Cue], end: int) -> None:
    """What must hold whatever was heard."""
    assert cues
    position = 0
    for cue in cues:
        assert cue.heard == cue.heard.strip() != ""
        assert position <= (cue.start or 0) <= (cue.end or 0) <= end
        assert [word.start for word in cue.words] == sorted(word.start for word in cue.words)
        assert all(type(word.start) is int and 0 <= (word.prob or 0) <= 1 for word in cue.words)
        assert set(dict(cue.extra)) == {"avg_logprob", "no_speech_prob", "compression_ratio", "retries", "speech"}
        position = cue.end or 0


@pytest.mark.parametrize("folder", ["whisper_folder", "whisper_folder_128"])
def test_a_talk_is_heard_from_end_to_end(folder: str, talk: Path, request: pytest.FixtureRequest) -> None:
    events = heard(TranscribeOptions(model=str(request.getfixturevalue(folder)), beam_size=2), talk)
    check_form(cues_of(events), 56_150)
    assert all(cue.words for cue in cues_of(events))
    assert isinstance(events[-1], Mark)
    assert marks_of(events)[-1].until == 56_150
    assert {mark.language for mark in marks_of(events)} == {"zh"}


def test_each_cue_knows_how_much_of_it_is_speech(quick: TranscribeOptions, talk: Path, write_wav: WriteWav) -> None:
    """The model of random weights says something over silence too, where the VAD filter does not keep it from it."""
    deaf = replace(quick, vad_filter=False)
    spoken = [cue.get("speech") for cue in cues_of(heard(deaf, talk))]
    assert sum(map(float, spoken)) / len(spoken) > 0.5
    silence = cues_of(heard(deaf, write_wav(np.zeros(10 * RATE), "silence.wav")))
    assert silence
    assert {cue.get("speech") for cue in silence} == {0.0}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"condition_on_previous_text": True, "beam_size": 2},
        {"batch_size": 2},
        {"vad_filter": False, "word_timestamps": False},
        {"initial_prompt": "具身智能", "hotwords": "WAIC", "task": "translate"},
        {"multilingual": True},
        {"multilingual": True, "batch_size": 2, "language": "zh"},
    ],
    ids=["plain", "conditioned", "batched", "without VAD and words", "prompted", "multilingual", "and batched"],
)
def test_from_any_mark_on_the_rest_of_an_unbroken_run_is_heard(
    quick: TranscribeOptions, excerpt: Path, changes: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whisper, "LONGEST", 5_000)
    monkeypatch.setattr(whisper, "WINDOW", 2_500)
    recogniser = load_recogniser(replace(quick, **changes))
    unbroken = list(recogniser(excerpt))
    assert len(marks_of(unbroken)) >= 3
    for mark in marks_of(unbroken):
        rest = list(recogniser(excerpt, start=mark.until, language=mark.language))
        assert rest == unbroken[unbroken.index(mark) + 1 :]


def test_a_window_that_is_tried_again_reads_the_same_after_a_resume(
    excerpt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whisper's own second tries are sampled; ours are not, and a model loaded anew hears the same."""
    from whisper_folder import make_whisper_folder

    monkeypatch.setattr(whisper, "LONGEST", 8_000)
    folder = make_whisper_folder(tmp_path / "stutterer", words=("谢谢", "大家", "开放"))
    options = TranscribeOptions(model=str(folder), device="cpu", beam_size=1, language="zh")
    unbroken = heard(options, excerpt)
    mark = marks_of(unbroken)[0]
    rest = unbroken[unbroken.index(mark) + 1 :]
    assert any(cue.get("retries") for cue in cues_of(rest))
    assert heard(options, excerpt, start=mark.until, language=mark.language) == rest


def test_cues_come_while_the_rest_is_still_unheard(
    quick: TranscribeOptions, talk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Block] = []

    def watched(*of: object, **options: object) -> Iterator[Block]:
        for block in blocks(*of, **options):
            given.append(block)
            yield block

    monkeypatch.setattr(whisper, "blocks", watched)
    events = load_recogniser(quick)(talk)
    assert isinstance(next(events), Cue)
    assert len(given) <= 2, "the one that is heard, and one ahead"


@pytest.mark.parametrize("batch_size", [1, 4])
@pytest.mark.parametrize("vad_filter", [True, False])
def test_batches_give_cues_of_the_same_form(
    quick: TranscribeOptions, talk: Path, batch_size: int, vad_filter: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whisper, "LONGEST", 60_000)
    events = heard(replace(quick, batch_size=batch_size, vad_filter=vad_filter), talk)
    check_form(cues_of(events), 56_150)
    assert len(cues_of(events)) > 4
    assert marks_of(events) == [Mark(56_150, "zh")]


def test_the_language_is_that_of_the_first_speech(quick: TranscribeOptions, excerpt: Path, write_wav: WriteWav) -> None:
    speech = next(iter(blocks(excerpt))).samples
    late = write_wav(np.concatenate([np.zeros(20 * RATE), speech]), "late.wav")
    events = heard(quick, late)
    assert [mark.language for mark in marks_of(events)] == ["", "zh", "zh"]
    assert heard(quick, late, start=marks_of(events)[0].until) == events[1:]


def test_the_language_asked_for_is_kept(quick: TranscribeOptions, excerpt: Path) -> None:
    english = heard(replace(quick, language="en"), excerpt)
    assert marks_of(english)[-1].language == "en"
    assert heard(quick, excerpt, language="en") == english
    assert heard(replace(quick, language="zh"), excerpt, language="en") == english
    assert english != heard(quick, excerpt)


@pytest.mark.parametrize(
    ("language", "fix"), [("zh-CN", "did you mean 'zh'"), ("chinese", "it knows codes such as zh"), ("yue", "it knows")]
)
def test_a_language_that_the_model_does_not_know(quick: TranscribeOptions, language: str, fix: str) -> None:
    with pytest.raises(ProfileError, match=f"no language '{language}'; {fix}"):
        load_recogniser(replace(quick, language=language))


def test_a_model_that_knows_only_english(excerpt: Path, tmp_path: Path) -> None:
    from whisper_folder import make_whisper_folder

    folder = make_whisper_folder(tmp_path / "tiny.en", multilingual=False)
    options = TranscribeOptions(model=str(folder), beam_size=1)
    assert {mark.language for mark in marks_of(heard(options, excerpt))} == {"en"}
    with pytest.raises(ProfileError, match="knows no language 'zh'; it knows en"):
        load_recogniser(replace(options, language="zh"))
    with pytest.raises(ProfileError, match="knows only English"):
        load_recogniser(replace(options, task="translate"))
    with pytest.raises(ProfileError, match="--multilingual: the model knows only English; choose a model not called"):
        load_recogniser(replace(options, multilingual=True))


@pytest.mark.parametrize("batch_size", [1, 2])
@pytest.mark.parametrize("multilingual", [True, False])
def test_whisper_is_told_whether_the_language_may_change(
    quick: TranscribeOptions, excerpt: Path, batch_size: int, multilingual: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    told: list[object] = []
    kind = WhisperModel if batch_size == 1 else BatchedInferencePipeline
    transcribe = kind.transcribe

    def watched(self: object, audio: object, **options: object) -> object:
        told.append(options["multilingual"])
        return transcribe(self, audio, **options)

    monkeypatch.setattr(kind, "transcribe", watched)
    assert cues_of(heard(replace(quick, batch_size=batch_size, multilingual=multilingual), excerpt))
    assert set(told) == {multilingual}


@pytest.mark.parametrize("vad_filter", [True, False])
@pytest.mark.parametrize("samples", [1, 161, 200, 1599])
def test_less_than_a_sound_is_silence(
    quick: TranscribeOptions, write_wav: WriteWav, samples: int, vad_filter: bool
) -> None:
    assert cues_of(heard(replace(quick, vad_filter=vad_filter), write_wav(np.ones(samples) / 2))) == []


@pytest.mark.parametrize("batch_size", [1, 2])
def test_silence_has_no_cues_and_no_language(quick: TranscribeOptions, write_wav: WriteWav, batch_size: int) -> None:
    events = heard(replace(quick, batch_size=batch_size), write_wav(np.zeros(3 * RATE)))
    assert events == [Mark(3000, "")]


def test_hotwords_of_user_and_lexicon_reach_the_model(quick: TranscribeOptions, excerpt: Path) -> None:
    typed, hinted = replace(quick, hotwords="具身智能"), Hints(("具身智能",))
    assert heard(typed, excerpt) == heard(quick, excerpt, hinted) != heard(quick, excerpt)


def test_the_first_mark_tells_which_hotwords_there_was_room_for(quick: TranscribeOptions, excerpt: Path) -> None:
    marks = marks_of(heard(replace(quick, hotwords="具身智能"), excerpt, Hints(("长" * 300, "WAIC"))))
    assert [mark.told for mark in marks] == [("具身智能", "WAIC"), *[()] * (len(marks) - 1)]


@pytest.mark.parametrize("batch_size", [1, 2])
def test_what_was_heard_chooses_the_hotwords_of_the_next_block(
    quick: TranscribeOptions, excerpt: Path, monkeypatch: pytest.MonkeyPatch, batch_size: int
) -> None:
    """The rest from a mark on is the same, when the cues before it are among the hints."""
    monkeypatch.setattr(whisper, "LONGEST", 5_000)
    monkeypatch.setattr(whisper, "WINDOW", 2_500)
    options = replace(quick, batch_size=batch_size, language="zh")
    said = {word.text.strip(" ，。") for cue in cues_of(heard(options, excerpt)) for word in cue.words}
    hints = Hints((*(f"filler{number}" for number in range(40)), *sorted(said)))
    unbroken = heard(options, excerpt, hints)
    told = [mark.told for mark in marks_of(unbroken)]
    assert not said & {*told[0]}
    assert any(said & {*each} for each in told[1:])
    for mark in marks_of(unbroken):
        before = tuple(cues_of(unbroken[: unbroken.index(mark)]))
        rest = heard(options, excerpt, replace(hints, heard=before), start=mark.until, language=mark.language)
        assert rest == unbroken[unbroken.index(mark) + 1 :]


def test_more_hotwords_than_fit_beside_a_long_prompt_do_no_harm(quick: TranscribeOptions, excerpt: Path) -> None:
    """With faster-whisper alone, this ends in "No position encodings are defined for positions >= 448"."""
    crowded = replace(quick, initial_prompt="a" * 200, hotwords=" ".join(f"term{number}" for number in range(500)))
    assert cues_of(heard(crowded, excerpt))


def test_what_cannot_be_heard_is_the_recordings_fault(quick: TranscribeOptions, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no such file"):
        heard(quick, tmp_path / "none.mp4")


def test_a_failure_in_the_middle_is_told(quick: TranscribeOptions, talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CUDA's libraries are opened at first use, long after the model was loaded."""
    import faster_whisper

    def fail(*_: object) -> None:
        raise RuntimeError("Library libcublas.so.12 is not found or cannot be loaded")

    monkeypatch.setattr(faster_whisper.WhisperModel, "encode", fail)
    with pytest.raises(BackendError, match=r"failed at 0:00 \(Library libcublas\.so\.12 is not found") as caught:
        heard(quick, talk)
    assert caught.value.where == quick.model


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda folder: (folder / "model.bin").write_bytes(b"nonsense" * 99), "cannot be loaded"),
        (lambda folder: (folder / "config.json").write_text("{"), "cannot be loaded"),
        (lambda folder: (folder / "tokenizer.json").write_text("{}"), "cannot be loaded"),
    ],
    ids=["weights", "config", "tokenizer"],
)
def test_a_broken_model(
    quick: TranscribeOptions, tmp_path: Path, damage: Callable[[Path], object], problem: str
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(quick.model, folder)
    damage(folder)
    with pytest.raises(BackendError, match=problem) as caught:
        load_recogniser(replace(quick, model=str(folder)))
    assert caught.value.where == str(folder)


def test_a_model_of_128_bands_needs_to_say_so(whisper_folder_128: Path, tmp_path: Path) -> None:
    folder = tmp_path / "unsaid"
    shutil.copytree(whisper_folder_128, folder)
    (folder / "preprocessor_config.json").unlink()
    with pytest.raises(ModelNotFound, match=r"hears 128 mel bands, but its preprocessor_config\.json is missing"):
        load_recogniser(TranscribeOptions(model=str(folder)))


def test_a_recogniser_can_listen_again(quick: TranscribeOptions, excerpt: Path) -> None:
    recogniser: Recogniser = load_recogniser(quick)
    first = next(recogniser(excerpt))
    assert next(recogniser(excerpt)) == first
