"""Which device does the work, and in which arithmetic."""

from __future__ import annotations

import os
from dataclasses import dataclass

from toolkit.errors import BackendError, ProfileError
from toolkit.profile import TranscribeOptions

_PREFERRED = {"cpu": ("int8", "float32"), "cuda": ("float16", "int8_float16", "int8_float32", "float32")}
"""What ``auto`` tries, the best first: on the CPU int8 is the fastest; GPUs before Volta lack float16."""


@dataclass(frozen=True)
class Device:
    """Where a model runs: ``cpu`` or ``cuda``, which one of several, the arithmetic, and the threads on the CPU."""

    name: str
    index: int
    compute_type: str
    threads: int


def choose(options: TranscribeOptions) -> Device:
    """The device and the arithmetic that the options ask for; ``auto`` takes a GPU where there is one.

    One recogniser uses one device, the first of ``options.device_index``.

    Raises:
        BackendError: CUDA is asked for and there is no such GPU.
        ProfileError: the device cannot compute in that way; names what it can.
    """
    gpus = count_gpus()
    name = options.device if options.device != "auto" else ("cuda" if gpus else "cpu")
    index = options.device_index[0] if options.device_index and name == "cuda" else 0
    if name == "cuda" and not 0 <= index < gpus:
        raise _no_gpu(index, gpus)
    return Device(name, index, _compute_type(name, index, options.compute_type), options.cpu_threads or count_cores())


def _no_gpu(index: int, gpus: int) -> BackendError:
    if not gpus:
        fix = "install NVIDIA's driver, or choose --device cpu"
        return BackendError("no CUDA GPU can be seen on this machine", fix=fix)
    return BackendError(f"there is no GPU {index}", fix=f"choose --device-index from 0 to {gpus - 1}")


def count_gpus() -> int:
    """How many GPUs CUDA sees; 0 without a driver that works."""
    import ctranslate2

    try:
        return int(ctranslate2.get_cuda_device_count())
    except RuntimeError:  # CTranslate2 raises for a driver that is older than its CUDA
        return 0


def count_cores() -> int:
    """The processor cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def _compute_type(name: str, index: int, wanted: str) -> str:
    import ctranslate2

    supported = ctranslate2.get_supported_compute_types(name, index)
    if wanted == "auto":
        return next((each for each in _PREFERRED[name] if each in supported), "default")
    if wanted != "default" and wanted not in supported:
        known = ", ".join(sorted(supported))
        raise ProfileError(f"{name} cannot compute in '{wanted}'", where="--compute-type", fix=f"it can in {known}")
    return wanted
