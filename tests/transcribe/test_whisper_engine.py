"""A device that fails, at the start or in the middle: another goes on, and nothing heard is lost or doubled."""

from __future__ import annotations

import gc
import logging
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import faster_whisper
import pytest
from gpu import LIBRARY, MEMORY, Trouble, pretend_gpus

import toolkit.transcribe.whisper as whisper
from toolkit.cues import Cue
from toolkit.errors import BackendError
from toolkit.media import blocks
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints, Mark, load_recogniser
from toolkit.transcribe.devices import choose
from toolkit.transcribe.engine import start_engine
from toolkit.transcribe.prompt import wish

Words = Callable[[], str]
WriteWav = Callable[..., Path]


@pytest.fixture
def excerpt(talk: Path, write_wav: WriteWav) -> Path:
    """The first 14 seconds of the talk."""
    return write_wav(next(iter(blocks(talk, longest=14_000))).samples)


@pytest.fixture
def quick(whisper_folder: Path) -> TranscribeOptions:
    return TranscribeOptions(model=str(whisper_folder), beam_size=1, batch_size=1, language="zh")


@pytest.fixture
def warnings(caplog: pytest.LogCaptureFixture) -> Iterator[Words]:
    """What was warned of."""
    with caplog.at_level(logging.WARNING, "toolkit"):
        yield lambda: "\n".join(record.getMessage() for record in caplog.records)


def hear(options: TranscribeOptions, talk: Path) -> list[Cue | Mark]:
    return list(load_recogniser(options)(talk))


def hear_watching(options: TranscribeOptions, talk: Path, warnings: Words) -> tuple[list[Cue | Mark], int]:
    """What is heard, and how many cues and marks of it had been passed on when the first device failed."""
    events: list[Cue | Mark] = []
    kept = 0
    for event in load_recogniser(options)(talk):
        kept = kept or (len(events) if warnings() else 0)
        events.append(event)
    return events, kept


def check_rest(events: list[Cue | Mark], unbroken: list[Cue | Mark], kept: int) -> None:
    """All is as without a failure before it, and after the block in which the last device took over."""
    last = devices_of(events)[-1]
    mark = next(event for event in events if isinstance(event, Mark) and event.device == last)
    assert events[:kept] == unbroken[:kept]
    assert events[events.index(mark) :] == unbroken[unbroken.index(mark) :]
    assert [event for event in events if isinstance(event, Mark)] == [
        event for event in unbroken if isinstance(event, Mark)
    ]
    assert all((one.end or 0) <= (two.start or 0) for one, two in pairwise(cues_of(events)))


def cues_of(events: list[Cue | Mark]) -> list[Cue]:
    return [event for event in events if isinstance(event, Cue)]


def devices_of(events: list[Cue | Mark]) -> list[str]:
    return list(dict.fromkeys(event.device for event in events if isinstance(event, Mark)))


@pytest.mark.parametrize(
    ("message", "batch_size"),
    [(MEMORY, 1), (LIBRARY, 1), (LIBRARY, 2), ("CUDA failed with error an illegal memory access was encountered", 1)],
)
def test_the_processor_goes_on_where_the_gpu_failed(
    quick: TranscribeOptions,
    excerpt: Path,
    monkeypatch: pytest.MonkeyPatch,
    warnings: Words,
    message: str,
    batch_size: int,
) -> None:
    monkeypatch.setattr(whisper, "LONGEST", 3_000)
    monkeypatch.setattr(whisper, "_LONGEST_BATCHED", 3_000)
    options = replace(quick, batch_size=batch_size)
    unbroken = hear(replace(options, device="cpu"), excerpt)
    pretend_gpus(monkeypatch, Trouble(message, at=3))
    events, kept = hear_watching(options, excerpt, warnings)
    check_rest(events, unbroken, kept)
    assert devices_of(events)[-1] == "cpu (int8)"
    end = max((cue.end or 0 for cue in cues_of(events[:kept])), default=0)
    assert end > 0
    assert f"failed at 0:0{end // 1000}: {message}; going on with cpu (int8)" in warnings()


def test_segment_seven_fails_and_the_rest_is_heard_from_the_last_cue_on(
    quick: TranscribeOptions, talk: Path, monkeypatch: pytest.MonkeyPatch, warnings: Words
) -> None:
    """All is one block; cues of it have been passed on when the device fails."""
    unbroken = cues_of(hear(replace(quick, device="cpu"), talk))
    pretend_gpus(monkeypatch, Trouble(LIBRARY, at=2))
    events, kept = hear_watching(quick, talk, warnings)
    cues = cues_of(events)
    assert kept >= 2
    assert cues[:kept] == unbroken[:kept]
    end = cues[kept - 1].end or 0
    (block,) = blocks(talk)
    engine = start_engine(Path(quick.model), choose(replace(quick, device="cpu")), 1)
    rest = whisper._hear(
        whisper.Listener(engine, quick, Path(), wish(quick, Hints(), len)), whisper._behind(block, end), "zh"
    )
    assert [cue.heard for cue in cues[kept:]] == [cue.heard for cue, _ in rest]
    assert all((one.end or 0) <= (two.start or 0) for one, two in pairwise(cues))
    assert (cues[-1].end or 0) > 50_000
    assert events[-1] == Mark(56_150, "zh")
    assert isinstance(events[-1], Mark)
    assert events[-1].device == "cpu (int8)"
    assert events[-1].why == f"cuda:0 (float16) failed at 0:{end // 1000:02}: {LIBRARY}"
    assert warnings().endswith("going on with cpu (int8); to use the GPU: pip install 'zimu-toolkit[cuda]'")


@pytest.mark.parametrize("fault", [ValueError("bad shape"), IndexError("list index out of range")])
def test_a_fault_of_the_library_is_an_error_of_the_recogniser(
    quick: TranscribeOptions, excerpt: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(faster_whisper.WhisperModel, "generate_with_fallback", fail)
    with pytest.raises(BackendError, match=f"the recogniser failed at 0:00 .{fault}"):
        hear(replace(quick, device="cpu"), excerpt)


def test_a_model_that_nobody_uses_is_gone_at_once(quick: TranscribeOptions, excerpt: Path) -> None:
    """Not when the garbage collector comes by: it holds gigabytes."""
    recogniser = load_recogniser(replace(quick, device="cpu"))
    assert cues_of(list(recogniser(excerpt)))
    model = weakref.ref(recogniser.args[0].engine.model)  # type: ignore[attr-defined]
    gc.disable()
    try:
        del recogniser
        assert model() is None
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("device", "changes", "windows"),
    [
        ("cuda", {}, 8),
        ("cpu", {}, 0),
        ("cuda", {"batch_size": 1}, 0),
        ("cpu", {"batch_size": 2}, 2),
        ("cuda", {"condition_on_previous_text": True}, 0),
    ],
)
def test_windows_are_heard_at_once_where_that_is_faster(
    quick: TranscribeOptions,
    excerpt: Path,
    monkeypatch: pytest.MonkeyPatch,
    device: str,
    changes: dict[str, object],
    windows: int,
) -> None:
    sizes: list[int] = []
    real = faster_whisper.BatchedInferencePipeline.transcribe

    def watched(*of: Any, batch_size: int, **options: Any) -> Any:
        sizes.append(batch_size)
        return real(*of, batch_size=batch_size, **options)

    monkeypatch.setattr(faster_whisper.BatchedInferencePipeline, "transcribe", watched)
    pretend_gpus(monkeypatch, Trouble(MEMORY))
    events = hear(replace(quick, device=device, **{"batch_size": 0, **changes}), excerpt)
    assert cues_of(events)
    assert devices_of(events) == ["cuda:0 (float16)" if device == "cuda" else "cpu (int8)"]
    assert set(sizes) == ({windows} if windows else set())


def test_the_processor_takes_one_window_at_a_time_where_the_gpu_took_eight(
    quick: TranscribeOptions, excerpt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_gpus(monkeypatch, Trouble(LIBRARY, at=1))
    events = hear(replace(quick, batch_size=0), excerpt)
    assert events == hear(replace(quick, device="cpu"), excerpt)


def test_that_windows_at_once_are_not_shown_the_last_sentence_is_told(
    quick: TranscribeOptions, warnings: Words
) -> None:
    load_recogniser(replace(quick, device="cpu", batch_size=2, condition_on_previous_text=True))
    assert "--batch-size 1 would" in warnings()


def test_a_model_for_which_there_was_no_memory_is_let_go(
    quick: TranscribeOptions, excerpt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    pretend_gpus(monkeypatch, Trouble(MEMORY, at=1))
    load = faster_whisper.WhisperModel
    monkeypatch.setattr(faster_whisper, "WhisperModel", lambda *of, **how: _remembered(load(*of, **how), made))
    recogniser = load_recogniser(quick, Hints(("WAIC",)))
    assert devices_of(list(recogniser(excerpt))) == ["cpu (int8)"]
    gc.collect()
    assert [model() is None for model in made] == [True, False]


def _remembered(model: Any, made: list[Any]) -> Any:
    made.append(weakref.ref(model))
    return model


@pytest.mark.parametrize(("room", "told"), [(4, [4]), (3, [4, 2]), (1, [4, 2, 1])])
def test_batches_are_halved_until_they_fit(
    quick: TranscribeOptions,
    excerpt: Path,
    monkeypatch: pytest.MonkeyPatch,
    warnings: Words,
    room: int,
    told: list[int],
) -> None:
    monkeypatch.setattr(whisper, "WINDOW", 3_000)
    options = replace(quick, batch_size=8, vad_filter=False)
    unbroken = hear(replace(options, device="cpu"), excerpt)
    pretend_gpus(monkeypatch, Trouble(MEMORY, room=room))
    events = hear(options, excerpt)
    assert events == unbroken
    assert devices_of(events) == ["cuda:0 (float16)"]
    assert [int(line.rpartition(" ")[2]) for line in warnings().splitlines()] == told


def test_the_next_gpu_goes_on_before_the_processor(
    quick: TranscribeOptions, excerpt: Path, monkeypatch: pytest.MonkeyPatch, warnings: Words
) -> None:
    monkeypatch.setattr(whisper, "LONGEST", 3_000)
    options = replace(quick, device_index=(1, 0), vad_filter=False)
    unbroken = hear(replace(options, device="cpu"), excerpt)
    pretend_gpus(monkeypatch, Trouble(MEMORY, at=8), Trouble(MEMORY, at=3))
    events, kept = hear_watching(options, excerpt, warnings)
    check_rest(events, unbroken, kept)
    assert devices_of(events)[-2:] == ["cuda:0 (float16)", "cpu (int8)"]
    assert [line.partition(" ")[0] for line in warnings().splitlines()] == ["cuda:1", "cuda:0"]


@pytest.mark.parametrize("message", [MEMORY, "CUDA driver version is insufficient for CUDA runtime version"])
def test_a_gpu_that_cannot_hold_the_model(
    quick: TranscribeOptions, excerpt: Path, monkeypatch: pytest.MonkeyPatch, warnings: Words, message: str
) -> None:
    unbroken = hear(replace(quick, device="cpu"), excerpt)
    pretend_gpus(monkeypatch, Trouble(message, loading=True))
    events = hear(replace(quick, device="cuda"), excerpt)
    assert events == unbroken
    assert devices_of(events) == ["cpu (int8)"]
    assert warnings() == f"cuda:0 (float16) cannot load the model: {message}; cpu (int8) does the work"


def test_a_gpu_that_is_lost_is_not_tried_again_and_one_that_was_full_is(
    quick: TranscribeOptions, excerpt: Path, monkeypatch: pytest.MonkeyPatch, warnings: Words
) -> None:
    trouble = Trouble(LIBRARY, at=1)
    pretend_gpus(monkeypatch, trouble)
    first = hear(quick, excerpt)
    second = hear(quick, excerpt)
    assert (devices_of(first), devices_of(second), trouble.sounds) == (["cpu (int8)"], ["cpu (int8)"], 1)
    assert isinstance(second[-1], Mark)
    assert second[-1].why == LIBRARY
    trouble = Trouble(MEMORY, at=1)
    pretend_gpus(monkeypatch, trouble)
    assert devices_of([*hear(quick, excerpt), *hear(quick, excerpt)]) == ["cpu (int8)", "cuda:0 (float16)"]


def test_a_recogniser_stays_with_the_device_that_went_on(
    quick: TranscribeOptions, excerpt: Path, monkeypatch: pytest.MonkeyPatch, warnings: Words
) -> None:
    pretend_gpus(monkeypatch, Trouble(MEMORY, at=1))
    recogniser = load_recogniser(quick)
    assert list(recogniser(excerpt)) == list(recogniser(excerpt))
    assert warnings().count("going on") == 1


def test_where_nothing_is_left_the_time_and_the_reason_are_told(
    quick: TranscribeOptions, excerpt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import faster_whisper

    monkeypatch.setattr(whisper, "LONGEST", 8_000)
    heard = hear(replace(quick, device="cpu"), excerpt)
    encode, done = faster_whisper.WhisperModel.encode, iter([True])

    def fail(*of: object) -> object:
        if next(done, False):
            return encode(*of)
        raise MemoryError("std::bad_alloc")

    monkeypatch.setattr(faster_whisper.WhisperModel, "encode", fail)
    events = load_recogniser(replace(quick, device="cpu"))(excerpt)
    got: list[Cue | Mark] = []
    with pytest.raises(BackendError, match=r"failed at 0:0\d \(std::bad_alloc\); choose a smaller model") as caught:
        got.extend(events)
    assert heard[: len(got)] == got
    assert got
    assert caught.value.where == quick.model


def test_what_is_not_said_of_cuda_is_not_held_against_the_gpu(
    quick: TranscribeOptions, excerpt: Path, monkeypatch: pytest.MonkeyPatch, warnings: Words
) -> None:
    pretend_gpus(monkeypatch, Trouble("No position encodings are defined for positions >= 448", at=1))
    assert devices_of([*hear(quick, excerpt), *hear(quick, excerpt)]) == ["cpu (int8)", "cuda:0 (float16)"]


def test_a_broken_model_is_not_the_fault_of_the_gpu(
    quick: TranscribeOptions, excerpt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warnings: Words
) -> None:
    import shutil

    folder = Path(shutil.copytree(quick.model, tmp_path / "broken"))
    (folder / "model.bin").write_bytes(b"nonsense" * 99)
    pretend_gpus(monkeypatch, Trouble(LIBRARY))
    with pytest.raises(BackendError, match="the model cannot be loaded"):
        load_recogniser(replace(quick, model=str(folder)))
    assert warnings() == ""
    assert devices_of(hear(quick, excerpt)) == ["cuda:0 (float16)"]
