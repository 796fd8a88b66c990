"""The devices and their arithmetic, on machines of all kinds."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from math import inf
from pathlib import Path

import ctranslate2
import pytest

import toolkit.transcribe.devices as devices
from toolkit.errors import BackendError, ProfileError
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import cuda
from toolkit.transcribe.cuda import Cuda
from toolkit.transcribe.devices import Device, choose, count_cores

Machine = Callable[..., None]

ALL = {"float32", "float16", "int8", "int8_float16", "int8_float32"}
OLD = {"float32", "int8", "int8_float32"}
ABSENT = Cuda(problem="no NVIDIA driver is installed", fix="install it if there is a GPU", absent=True)
BROKEN = Cuda(problem="asking NVIDIA's driver crashed (SIGSEGV)", fix="see that 'nvidia-smi' works")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Make the libraries see so many GPUs, with that arithmetic."""

    def be(gpus: int, kinds: Iterable[str] = ALL, cpu: set[str] = OLD, without: Cuda = ABSENT) -> None:
        found = Cuda((frozenset(kinds),) * gpus) if gpus else without
        monkeypatch.setattr(cuda, "find_cuda", lambda: found)
        monkeypatch.setattr(cuda, "load_cublas", lambda: "")
        monkeypatch.setattr(cuda, "_gone", {})
        monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda name, _: {"cpu": cpu}[name])

    return be


@pytest.mark.parametrize(
    ("gpus", "kinds", "options", "chosen"),
    [
        (0, ALL, TranscribeOptions(), ["cpu (int8)"]),
        (2, ALL, TranscribeOptions(), ["cuda:0 (float16)", "cpu (int8)"]),
        (1, OLD, TranscribeOptions(), ["cuda:0 (int8_float32)", "cpu (int8)"]),
        (1, ALL, TranscribeOptions(device="cpu"), ["cpu (int8)"]),
        (2, ALL, TranscribeOptions(device="cuda", device_index=(1,)), ["cuda:1 (float16)", "cpu (int8)"]),
        (2, ALL, TranscribeOptions(device_index=(1, 0, 1)), ["cuda:1 (float16)", "cuda:0 (float16)", "cpu (int8)"]),
        (0, ALL, TranscribeOptions(device_index=(3,)), ["cpu (int8)"]),
        (1, ALL, TranscribeOptions(compute_type="int8_float32"), ["cuda:0 (int8_float32)", "cpu (int8_float32)"]),
        (1, ALL, TranscribeOptions(compute_type="float16"), ["cuda:0 (float16)", "cpu (int8)"]),
        (0, ALL, TranscribeOptions(device="cuda", compute_type="float16"), ["cpu (int8)"]),
        (0, ALL, TranscribeOptions(compute_type="default"), ["cpu (default)"]),
    ],
)
def test_choice(machine: Machine, gpus: int, kinds: set[str], options: TranscribeOptions, chosen: list[str]) -> None:
    machine(gpus, kinds)
    assert [str(device) for device in choose(options)] == chosen


def test_a_processor_without_int8_computes_in_float32(machine: Machine) -> None:
    machine(0, cpu={"float32"})
    assert choose(TranscribeOptions()) == (Device("cpu", 0, "float32", count_cores()),)


@pytest.mark.parametrize(
    ("options", "without", "why", "warned"),
    [
        (TranscribeOptions(), ABSENT, ABSENT.problem, ""),
        (TranscribeOptions(device="cuda"), ABSENT, ABSENT.problem, f"{ABSENT.problem}; {ABSENT.fix}"),
        (TranscribeOptions(), BROKEN, BROKEN.problem, f"{BROKEN.problem}; {BROKEN.fix}"),
        (TranscribeOptions(device="cpu"), BROKEN, "", ""),
    ],
)
def test_why_it_is_the_cpu_is_known_and_told_where_somebody_expected_a_gpu(
    machine: Machine,
    caplog: pytest.LogCaptureFixture,
    options: TranscribeOptions,
    without: Cuda,
    why: str,
    warned: str,
) -> None:
    machine(0, without=without)
    with caplog.at_level(logging.WARNING, "toolkit"):
        (device,) = choose(options)
    assert (device.name, device.why) == ("cpu", why)
    told = [record.getMessage() for record in caplog.records]
    assert told == ([f"the CPU is used, not CUDA: {warned}"] if warned else [])


@pytest.mark.parametrize(("index", "problem"), [(2, "no GPU 2; choose --device-index from 0 to 1"), (-1, "no GPU -1")])
def test_a_gpu_that_is_not_there(machine: Machine, index: int, problem: str) -> None:
    machine(2)
    with pytest.raises(BackendError, match=problem):
        choose(TranscribeOptions(device="cuda", device_index=(0, index)))


def test_a_gpu_that_failed_before_is_left_out(machine: Machine) -> None:
    machine(2)
    options = TranscribeOptions(device_index=(0, 1))
    cuda.give_up(0, "it broke")
    assert [device.name for device in choose(options)] == ["cuda", "cpu"]
    cuda.give_up(1, "it broke too")
    (device,) = choose(options)
    assert (device.name, device.why) == ("cpu", "it broke")


@pytest.mark.parametrize(
    ("gpus", "kind", "problem"),
    [
        (0, "float16", "cpu cannot compute in 'float16'; it can in float32, int8, int8_float32"),
        (1, "bfloat16", "cuda cannot compute in 'bfloat16'; it can in float16, float32, int8"),
    ],
)
def test_arithmetic_that_the_device_does_not_know(machine: Machine, gpus: int, kind: str, problem: str) -> None:
    machine(gpus)
    with pytest.raises(ProfileError, match=problem):
        choose(TranscribeOptions(compute_type=kind))


def test_with_the_cpu_asked_for_nobody_asks_for_a_gpu(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(1)
    monkeypatch.setattr(cuda, "find_cuda", lambda: pytest.fail("asked"))
    assert choose(TranscribeOptions(device="cpu"))[0].name == "cpu"


def test_threads(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(0)
    monkeypatch.setattr(devices, "_quota", lambda: inf)
    assert choose(TranscribeOptions(cpu_threads=3))[0].threads == 3
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert choose(TranscribeOptions())[0].threads == os.cpu_count()


@pytest.mark.parametrize(
    ("files", "quota"),
    [
        ({"cpu.max": "400000 100000\n"}, 4),
        ({"cpu.max": "50000 100000\n"}, 0.5),
        ({"cpu.max": "max 100000\n"}, inf),
        ({"cpu/cpu.cfs_quota_us": "250000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 2.5),
        ({"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, inf),
        ({"cpu.max": "\n"}, inf),
        ({"cpu.max": "100000 0\n"}, inf),
        ({}, inf),
    ],
)
def test_a_container_has_a_share_of_the_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], quota: float
) -> None:
    tmp_path.joinpath("cpu").mkdir()
    for name, text in files.items():
        tmp_path.joinpath(name).write_text(text, encoding="ascii")
    assert devices._quota(tmp_path) == quota
    monkeypatch.setattr(devices, "_quota", lambda: 0.5)
    assert devices.count_cores() == 1
