"""Which devices do the work, in which order they are tried, and in which arithmetic."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from math import ceil, inf
from pathlib import Path

from toolkit.errors import BackendError, ProfileError
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import cuda

_PREFERRED = {"cpu": ("int8", "float32"), "cuda": ("float16", "int8_float16", "int8_float32", "float32")}
"""What ``auto`` tries, the best first: on the CPU int8 is the fastest; GPUs before Volta lack float16."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Device:
    """Where a model runs: ``cpu`` or ``cuda``, which one of several, the arithmetic, and the threads on the CPU.

    ``why`` says why no other device is used that was asked for, or that would be faster.
    """

    name: str
    index: int
    compute_type: str
    threads: int
    why: str = field(default="", compare=False)

    def __str__(self) -> str:
        place = self.name if self.name == "cpu" else f"{self.name}:{self.index}"
        return f"{place} ({self.compute_type})"


def choose(options: TranscribeOptions) -> tuple[Device, ...]:
    """The devices to try, the best first; the last is always the CPU.

    ``auto`` takes a GPU where there is one that can be used. So does ``cuda``; where there is none it warns and takes
    the CPU all the same, as a result that comes late is worth more than none. One recogniser uses one device at a time;
    further GPUs of ``options.device_index`` stand by.

    Raises:
        BackendError: there are GPUs, but not the one asked for.
        ProfileError: the device cannot compute in that way; names what it can.
    """
    if options.device == "cpu":
        return (_cpu(options, ""),)
    found, asked = cuda.find_cuda(), options.device == "cuda"
    gpus = () if found.problem else tuple(_gpus(options, found))
    if gpus:
        cuda.load_cublas()  # where that fails, CTranslate2 may still find it by means of its own
        return (*gpus, _cpu(options, "", spare=True))
    problem = found.problem or cuda.lost(_indices(options)[0])
    if asked or not found.absent:
        log.warning("the CPU is used, not CUDA: %s", f"{problem}; {found.fix}" if found.fix else problem)
    return (_cpu(options, problem, spare=asked),)


def count_cores() -> int:
    """The processor cores that this process may use: fewer in a container with a share of them."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        cores = os.cpu_count() or 1
    return max(ceil(min(cores, _quota())), 1)


def _quota(root: Path = Path("/sys/fs/cgroup")) -> float:
    """How many cores' time Linux lets this process have; infinite where that is not limited, or not told."""
    for files in (("cpu.max",), ("cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us")):
        with suppress(OSError, ValueError, ZeroDivisionError):
            allowed, period = map(float, " ".join((root / name).read_text() for name in files).split())
            return allowed / period if allowed > 0 else inf
    return inf


def _indices(options: TranscribeOptions) -> tuple[int, ...]:
    return tuple(dict.fromkeys(options.device_index)) or (0,)


def _gpus(options: TranscribeOptions, found: cuda.Cuda) -> Iterator[Device]:
    """The GPUs asked for, but those that failed before."""
    count = len(found.compute_types)
    for index in _indices(options):
        if not 0 <= index < count:
            raise BackendError(f"there is no GPU {index}", fix=f"choose --device-index from 0 to {count - 1}")
        if not cuda.lost(index):
            kind = _compute_type("cuda", found.compute_types[index], options.compute_type)
            yield Device("cuda", index, kind, options.cpu_threads or count_cores())


def _cpu(options: TranscribeOptions, why: str, *, spare: bool = False) -> Device:
    """The CPU; as a ``spare`` in the arithmetic that suits it where it does not know the one asked for."""
    import ctranslate2

    supported, wanted = frozenset(ctranslate2.get_supported_compute_types("cpu", 0)), options.compute_type
    if spare and wanted != "default" and wanted not in supported:
        wanted = "auto"
    return Device("cpu", 0, _compute_type("cpu", supported, wanted), options.cpu_threads or count_cores(), why)


def _compute_type(name: str, supported: frozenset[str], wanted: str) -> str:
    if wanted == "auto":
        return next((each for each in _PREFERRED[name] if each in supported), "default")
    if wanted != "default" and wanted not in supported:
        known = ", ".join(sorted(supported))
        raise ProfileError(f"{name} cannot compute in '{wanted}'", where="--compute-type", fix=f"it can in {known}")
    return wanted
