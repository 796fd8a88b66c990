"""A worker loads its model once: recordings, and questions about them, share it while models are held."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import toolkit.transcribe.engine as engine
from toolkit.transcribe.devices import Device
from toolkit.transcribe.engine import models_held, start_engine

ONE, TWO = Device("cpu", 0, "int8", 1), Device("cpu", 0, "int8", 2)


class Model:
    """Stands for a loaded model."""

    model = None

    def __init__(self) -> None:
        self.model = self
        self.device, self.compute_type = "cpu", "int8"


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, Device]]:
    """What was loaded, one by one."""
    seen: list[tuple[Path, Device]] = []

    def load(folder: Path, device: Device) -> Model:
        seen.append((folder, device))
        return Model()

    monkeypatch.setattr(engine, "_load_model", load)
    return seen


def test_a_model_that_is_held_is_loaded_once(loaded: list[tuple[Path, Device]]) -> None:
    with models_held():
        first = start_engine(Path("small"), (ONE,), 1)
        assert start_engine(Path("small"), (ONE,), 4).model is first.model
    assert loaded == [(Path("small"), ONE)]


def test_another_model_or_device_is_another(loaded: list[tuple[Path, Device]]) -> None:
    with models_held():
        for folder, device in (("small", ONE), ("small", TWO), ("tiny", ONE)):
            start_engine(Path(folder), (device,), 1)
    assert len(loaded) == 3


def test_nothing_is_held_before_or_after(loaded: list[tuple[Path, Device]]) -> None:
    for _ in range(2):
        start_engine(Path("small"), (ONE,), 1)
    with models_held():
        start_engine(Path("small"), (ONE,), 1)
    start_engine(Path("small"), (ONE,), 1)
    assert len(loaded) == 4


HEARS = """
from multiprocessing import resource_tracker, set_start_method
from pathlib import Path
import numpy as np
from toolkit.transcribe.devices import Device
from toolkit.transcribe.engine import models_held, start_engine
set_start_method("spawn")  # as in a worker
with models_held():
    model = start_engine(Path({model!r}), [Device("cpu", 0, "int8", 1)], 1).model
    list(model.transcribe(np.zeros(16_000, np.float32), language="en", beam_size=1, max_new_tokens=1)[0])
print(resource_tracker._resource_tracker._fd)
"""


def test_a_process_that_hears_holds_no_semaphore_that_it_could_leave_behind(whisper_folder: Path) -> None:
    code = HEARS.format(model=str(whisper_folder))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120, check=True)
    assert done.stdout == b"None\n"
