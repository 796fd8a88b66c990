"""What a person sees when a device fails under `zimu run`: one warning, a whole result, and where it was heard."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gpu import LIBRARY, MEMORY, Trouble, pretend_gpus

import toolkit.transcribe.whisper as whisper
from toolkit.formats import read
from toolkit.transcribe import cuda

Zimu = Callable[..., Any]


@pytest.fixture
def arguments(room: Path, talk: Path, whisper_folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(whisper, "LONGEST", 16_000)
    shutil.copy(talk, room / "talk.ogg")
    (room / "talk.srt").unlink()
    quick = ["--beam-size", "1", "--batch-size", "1", "--language", "zh", "--no-correct"]
    return ["run", "talk.ogg", "--model", str(whisper_folder), *quick]


def last_end(path: Path) -> int:
    return read(path).cues[-1].end or 0


@pytest.mark.parametrize("device", ["auto", "cuda"])
def test_the_device_and_the_reason_are_told_and_noted(
    zimu: Zimu, room: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch, device: str
) -> None:
    pretend_gpus(monkeypatch, Trouble(LIBRARY, at=7))
    done = zimu(*arguments, "--device", device, "--json")
    (result,) = done.json["results"]
    assert (done.code, result["complete"]) == (0, True)
    first, last = result["heard_on"]
    assert (first["device"], first["why"]) == ("cuda:0 (float16)", "")
    assert (last["until"], last["device"]) == (56_150, "cpu (int8)")
    assert LIBRARY in last["why"]
    (warning,) = [line for line in done.err.splitlines() if "warning" in line]
    assert warning.endswith("going on with cpu (int8); to use the GPU: pip install 'zimu-toolkit[cuda]'")
    assert " on cuda:0 (float16) until 0:" in done.err
    assert done.err.count(", then cpu (int8)") == 1
    assert last_end(room / "talk.srt") > 50_000
    record = read(room / "talk.edits.jsonl")
    assert json.loads(str(record.get("record.heard_on"))) == [first, last]
    marks = [json.loads(line).get("mark") for line in (room / "talk.cues.jsonl").read_text().splitlines()]
    assert [mark["device"] for mark in marks if mark][-1] == "cpu (int8)"
    again = zimu(*arguments, "--json").json["results"][0]
    assert (again["heard_on"], again["resumed_from"] > 50_000) == ([first, last], True)
    assert "heard_on" not in (room / "talk.srt").read_text(encoding="utf-8")


def test_on_one_device_it_is_told_in_the_last_line(
    zimu: Zimu, room: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_gpus(monkeypatch, Trouble(MEMORY))
    done = zimu(*arguments, "-f", "jsonl")
    assert done.err.count(" on cuda:0 (float16)\n") == 1
    assert "warning" not in done.err
    assert read(room / "talk.jsonl").get("record.heard_on") is None


def test_a_driver_that_crashes_is_one_warning_and_a_whole_result(
    zimu: Zimu, room: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    crash = cuda._read_answer([cuda.sys.executable, "-c", "import os; os.abort()"])
    monkeypatch.setattr(cuda, "find_cuda", lambda: crash)
    done = zimu(*arguments, "--json")
    assert done.code == 0
    assert done.json["results"][0]["heard_on"] == [{"until": 56_150, "device": "cpu (int8)", "why": crash.problem}]
    assert done.err.count("warning: the CPU is used, not CUDA: asking NVIDIA's driver crashed (") == 1
    assert last_end(room / "talk.srt") > 50_000


def test_a_recording_that_was_cut_off_in_the_middle_is_heard_as_far_as_it_goes(
    zimu: Zimu, room: Path, arguments: list[str]
) -> None:
    data = (room / "talk.ogg").read_bytes()
    (room / "talk.ogg").write_bytes(data[: len(data) // 2])
    done = zimu(*arguments, "--device", "cpu")
    assert done.code == 0
    assert 10_000 < last_end(room / "talk.srt") < 40_000


def test_where_nothing_can_go_on_what_was_heard_is_kept(
    zimu: Zimu, room: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The CPU fails too: one error; once there is memory again the same command goes on and misses nothing."""
    import faster_whisper

    whole = zimu(*arguments, "--device", "cpu")
    assert whole.code == 0
    wanted = [cue.heard for cue in read(room / "talk.cues.jsonl").cues]
    for name in ("talk.srt", "talk.cues.jsonl", "talk.edits.jsonl"):
        (room / name).unlink()
    with monkeypatch.context() as patch:
        encode, done = faster_whisper.WhisperModel.encode, iter(range(20))

        def fail(*of: object) -> object:
            if next(done, None) is None:
                raise RuntimeError("mkl_malloc: failed to allocate memory: out of memory")
            return encode(*of)

        patch.setattr(faster_whisper.WhisperModel, "encode", fail)
        failed = zimu(*arguments, "--device", "cpu")
    assert failed.code == 5
    assert "the recogniser failed at 0:" in failed.err
    assert "choose a smaller model" in failed.err
    assert "the next run goes on from there" in failed.err
    assert not (room / "talk.srt").exists()
    assert zimu(*arguments, "--device", "cpu").code == 0
    assert [cue.heard for cue in read(room / "talk.cues.jsonl").cues] == wanted
