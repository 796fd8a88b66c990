"""The device and the arithmetic, on machines of all kinds."""

from __future__ import annotations

import os
from collections.abc import Callable

import ctranslate2
import pytest

from toolkit.errors import BackendError, ProfileError
from toolkit.profile import TranscribeOptions
from toolkit.transcribe.devices import Device, choose, count_cores, count_gpus

Machine = Callable[..., None]

ALL = {"float32", "float16", "int8", "int8_float16", "int8_float32"}
OLD = {"float32", "int8", "int8_float32"}


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Make the library see so many GPUs, with that arithmetic."""

    def be(gpus: int, cuda: set[str] = ALL, cpu: set[str] = OLD) -> None:
        monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: gpus)
        supported = {"cuda": cuda, "cpu": cpu}
        monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda name, _: supported[name])

    return be


@pytest.mark.parametrize(
    ("gpus", "cuda", "options", "chosen"),
    [
        (0, ALL, TranscribeOptions(), ("cpu", 0, "int8")),
        (2, ALL, TranscribeOptions(), ("cuda", 0, "float16")),
        (1, OLD, TranscribeOptions(), ("cuda", 0, "int8_float32")),
        (1, ALL, TranscribeOptions(device="cpu"), ("cpu", 0, "int8")),
        (2, ALL, TranscribeOptions(device="cuda", device_index=(1,)), ("cuda", 1, "float16")),
        (2, ALL, TranscribeOptions(device="cuda", device_index=(1, 0)), ("cuda", 1, "float16")),
        (0, ALL, TranscribeOptions(device_index=(3,)), ("cpu", 0, "int8")),
        (1, ALL, TranscribeOptions(compute_type="int8"), ("cuda", 0, "int8")),
        (0, ALL, TranscribeOptions(compute_type="default"), ("cpu", 0, "default")),
    ],
)
def test_choice(
    machine: Machine, gpus: int, cuda: set[str], options: TranscribeOptions, chosen: tuple[str, int, str]
) -> None:
    machine(gpus, cuda)
    assert choose(options) == Device(*chosen, threads=count_cores())


def test_a_processor_without_int8_computes_in_float32(machine: Machine) -> None:
    machine(0, cpu={"float32"})
    assert choose(TranscribeOptions()).compute_type == "float32"


@pytest.mark.parametrize(
    ("gpus", "index", "problem"),
    [
        (0, 0, "no CUDA GPU can be seen.*choose --device cpu"),
        (2, 2, "no GPU 2; choose --device-index from 0 to 1"),
        (2, -1, "no GPU -1"),
    ],
)
def test_a_gpu_that_is_not_there(machine: Machine, gpus: int, index: int, problem: str) -> None:
    machine(gpus)
    with pytest.raises(BackendError, match=problem):
        choose(TranscribeOptions(device="cuda", device_index=(index,)))


def test_arithmetic_that_the_device_does_not_know(machine: Machine) -> None:
    machine(0)
    with pytest.raises(ProfileError, match="cpu cannot compute in 'float16'; it can in float32, int8, int8_float32"):
        choose(TranscribeOptions(compute_type="float16"))


def test_a_driver_that_does_not_work_is_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise RuntimeError("CUDA driver version is insufficient for CUDA runtime version")

    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", fail)
    assert count_gpus() == 0


def test_threads(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(0)
    assert choose(TranscribeOptions(cpu_threads=3)).threads == 3
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert choose(TranscribeOptions()).threads == os.cpu_count()
