"""Asks NVIDIA's driver and CTranslate2 which GPUs there are, and writes the answer as JSON.

`toolkit.transcribe.cuda` runs this file as a process of its own: a driver that crashes, or never answers, takes this
process with it and not the work. Without a driver it ends within a few hundredths of a second; CTranslate2 is loaded
only where there is a GPU. Needs nothing of the toolkit.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from importlib import import_module
from typing import Any

NO_DRIVER = "no NVIDIA driver is installed"
NO_GPU = "NVIDIA's driver sees no GPU"

_NO_DEVICE, _MISMATCH = 100, 803
"""CUDA_ERROR_NO_DEVICE, and CUDA_ERROR_SYSTEM_DRIVER_MISMATCH, which an update without a restart leaves behind."""


def ask() -> dict[str, object]:
    """``compute_types``, a list for each GPU; or ``problem``, why there is none that can be used."""
    problem = ask_driver("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    if problem:
        return {"problem": problem}
    try:
        library: Any = import_module("ctranslate2")
        count = library.get_cuda_device_count()
        kinds = [sorted(library.get_supported_compute_types("cuda", index)) for index in range(count)]
    except Exception as error:  # whatever a driver that is too old, or a broken installation, may throw
        return {"problem": f"CTranslate2 cannot use the GPU: {error}"}
    return {"compute_types": kinds} if kinds else {"problem": "CTranslate2 sees no GPU"}


def ask_driver(name: str) -> str:
    """Why no GPU can be used, by the driver's library of this name; empty where there is one."""
    try:
        driver = ctypes.CDLL(name)
    except OSError:
        return NO_DRIVER
    count = ctypes.c_int()
    code = driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count))
    if code == _MISMATCH:
        return "NVIDIA's driver was updated and needs a restart of the machine"
    if code not in (0, _NO_DEVICE):
        return f"NVIDIA's driver fails with error {code}"
    return "" if count.value else NO_GPU


if __name__ == "__main__":
    sys.path.pop(0)  # this folder, whose modules must not stand before others of the same name
    os.write(1, json.dumps(ask()).encode())
