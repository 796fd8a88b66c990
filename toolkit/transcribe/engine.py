"""A Whisper model on a device, and what takes its place when the device fails, at the start or in the middle."""

from __future__ import annotations

import ctypes
import logging
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from weakref import WeakMethod

from toolkit.errors import BackendError, ModelNotFound
from toolkit.transcribe import cuda
from toolkit.transcribe.allocator import keep_freed_memory
from toolkit.transcribe.devices import Device
from toolkit.transcribe.steady import steadied
from toolkit.transcribe.telemetry import switch_off

FAILURES = (RuntimeError, MemoryError, ValueError, IndexError)
"""What CTranslate2 and faster-whisper raise for a missing library, too little memory, weights that do not fit, or a
fault of their own; they have no types for these."""

BATCH_ON_GPU = 8
"""Windows at once where nobody says how many: faster-whisper's own number. A CPU is busy with one."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Engine:
    """A model that is ready, the windows that it hears at once, the devices that stand by, and why it is this one.

    ``batched`` says that it began with several windows; ``asked`` is how many were wanted, 0 for what suits a device.
    """

    model: Any
    device: Device
    batch: int
    spare: tuple[Device, ...] = ()
    why: str = ""
    batched: bool = False
    asked: int = 0


_held: dict[tuple[Path, Device], Any] | None = None


@contextmanager
def models_held() -> Iterator[None]:
    """While the block runs, a model that was loaded stays, and is there for the next recording, or question.

    For a process whose work is to hear: from here on it keeps the memory that models free, too.
    """
    global _held
    keep_freed_memory()
    before, _held = _held, {} if _held is None else _held
    try:
        yield
    finally:
        _held = before


def start_engine(folder: Path, devices: Sequence[Device], batch: int) -> Engine:
    """The model on the first of the devices that can hold it; each that cannot is told of in a warning.

    ``batch`` is how many windows it hears at once, 0 for as many as suit the device.

    Raises:
        BackendError: the last one cannot either.
        ModelNotFound: a file of the model is missing, or does not fit.
    """
    first, *spare = devices
    try:
        model = _open_model(folder, first)
    except BackendError as error:
        if not spare:
            raise
        reason = _reason(error.__cause__ or error)
        why = f"{first} cannot load the model: {reason}"
        engine = start_engine(folder, spare, batch)  # where the model is at fault, this fails too, and says so
        if not _is_memory(error.__cause__ or error):
            cuda.give_up(first.index, reason)
        log.warning("%s; %s does the work%s", why, engine.device, _advice(reason))
        return replace(engine, why=engine.why or why)
    log.info("%s on %s, computing in %s", folder, model.model.device, model.model.compute_type)
    windows = batch or (BATCH_ON_GPU if first.name == "cuda" else 1)
    return Engine(model, first, windows, tuple(spare), first.why, windows > 1, batch)


def next_engine(engine: Engine, error: BaseException, folder: Path, at: str) -> Engine:
    """What goes on with the work after a failure at the time ``at``: smaller batches, then the devices that stand by.

    Raises:
        BackendError: nothing is left that could.
    """
    reason = _reason(error)
    if _is_memory(error) and engine.batch > 1:
        batch = engine.batch // 2
        why = f"{engine.device} ran out of memory at {at} with {engine.batch} windows at once"
        log.warning("%s; going on with %d", why, batch)
        return replace(engine, batch=batch, why=why)
    if not engine.spare:
        fix = "choose a smaller model" if _is_memory(error) else ""
        raise BackendError(f"the recogniser failed at {at} ({reason})", where=str(folder), fix=fix) from error
    why = f"{engine.device} failed at {at}: {reason}"
    if engine.device.name == "cuda" and _is_of_gpu(reason):
        cuda.give_up(engine.device.index, reason)
        _never_destroy(engine.model)
    following = start_engine(folder, engine.spare, engine.asked and engine.batch)
    log.warning("%s; going on with %s%s", why, following.device, _advice(reason))
    return replace(following, why=why)


def _is_memory(error: BaseException) -> bool:
    """Whether memory was short: CUDA, cuBLAS and the CPU's allocator say so in words of their own."""
    text = str(error).lower()
    return isinstance(error, MemoryError) or "out of memory" in text or "alloc_failed" in text or "bad_alloc" in text


def _is_of_gpu(reason: str) -> bool:
    """Whether it is CUDA that failed, not for want of memory; else the CPU may well fail at the same place."""
    return re.search(r"cu(da|blas|dnn)", reason, re.IGNORECASE) is not None and not _is_memory(RuntimeError(reason))


def _reason(error: BaseException) -> str:
    return str(error).partition("\n")[0] or type(error).__name__


def _advice(reason: str) -> str:
    return f"; to use the GPU: {cuda.INSTALL}" if "cublas" in reason.lower() and "not found" in reason else ""


def _never_destroy(model: Any) -> None:
    """Keep a model for the life of the process: freeing memory of a GPU in disorder can end the process."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(model))


def _open_model(folder: Path, device: Device) -> Any:
    key = folder, device
    if _held is None:
        return _load_model(folder, device)
    if key not in _held:
        _lock_bars_here()
        _held[key] = _load_model(folder, device)
    return _held[key]


def _lock_bars_here() -> None:
    """Let tqdm, whose bars faster-whisper makes and never shows, have a lock of this process alone.

    Its own is a semaphore between processes: one that is killed leaves it behind, and Python complains of that.
    """
    with suppress(ImportError):  # a faster-whisper that makes no bars any more
        from faster_whisper.transcribe import tqdm

        tqdm.set_lock(threading.RLock())


def _load_model(folder: Path, device: Device) -> Any:
    switch_off()
    from faster_whisper import WhisperModel

    try:
        model = WhisperModel(
            str(folder),
            device=device.name,
            device_index=device.index,
            compute_type=device.compute_type,
            cpu_threads=device.threads,
            local_files_only=True,
        )
    except Exception as error:  # tokenizers raises nothing narrower for a file that it cannot read
        fix = "get the model anew, or check that it is a Whisper model in CTranslate2's format"
        raise BackendError(f"the model cannot be loaded ({error})", where=str(folder), fix=fix) from error
    bands = model.feature_extractor.mel_filters.shape[0]
    if bands != model.model.n_mels:
        problem = f"hears {model.model.n_mels} mel bands, but its preprocessor_config.json is missing or says {bands}"
        raise ModelNotFound(problem, where=str(folder), fix="copy that file from the model that it was converted from")
    model.generate_with_fallback = steadied(_loosely(model.generate_with_fallback))
    return model


def _loosely(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method that does not keep its object: a model that is no longer used is to go at once, with its memory."""
    reference = WeakMethod(method)

    def call(*of: Any) -> Any:
        bound = reference()
        assert bound is not None
        return bound(*of)

    return call
