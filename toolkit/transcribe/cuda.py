"""What CUDA has to offer on this machine: asked for once, in a process of its own, and its libraries made ready.

None of this has been run on a GPU yet; it is tested with stand-ins for the driver and the libraries.
"""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from toolkit.transcribe.cuda_probe import NO_DRIVER, NO_GPU

PATIENCE = 60
"""Seconds that a driver may take to answer: with several GPUs that sleep, the first answer takes long."""

CUBLAS = "libcublas.so.12"
"""What CTranslate2 4.6.3 and later open at the first multiplication, where its own file does not say otherwise."""

INSTALL = "pip install 'zimu-toolkit[cuda]'"

_gone: dict[int, str] = {}
"""GPUs that failed in this process, and why: the next recording does not wait for the same failure."""


@dataclass(frozen=True)
class Cuda:
    """The compute types of each GPU; where there is none, ``problem`` says why, and ``fix`` what to do.

    ``absent`` says that this machine has no NVIDIA GPU, so that there is nothing to mend.
    """

    compute_types: tuple[frozenset[str], ...] = ()
    problem: str = ""
    fix: str = ""
    absent: bool = False


@lru_cache(maxsize=1)
def find_cuda() -> Cuda:
    """What there is, asked for once; a driver that crashes or does not answer is a problem with words."""
    if sys.platform == "darwin":
        return Cuda(problem="CUDA does not exist on macOS", absent=True)
    command = [sys.executable, str(Path(__file__).with_name("cuda_probe.py"))]
    return _read_answer(command)


def _read_answer(command: list[str]) -> Cuda:
    mend = "see that 'nvidia-smi' works"
    try:
        child = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return Cuda(problem=f"NVIDIA's driver did not answer in {PATIENCE} s", fix=mend)
    except OSError as error:
        return Cuda(problem=f"NVIDIA's driver cannot be asked: {error.strerror or error}")
    if child.returncode:
        return Cuda(problem=f"asking NVIDIA's driver crashed ({_ending(child.returncode)})", fix=mend)
    try:
        answer = json.loads(child.stdout)
        kinds = tuple(frozenset(each) for each in answer.get("compute_types", ()))
    except (ValueError, TypeError, AttributeError):
        return Cuda(problem="NVIDIA's driver cannot be asked: no answer", fix=mend)
    problem = str(answer.get("problem", ""))
    if problem in (NO_DRIVER, NO_GPU):
        return Cuda(problem=problem, fix="install it if there is a GPU" if problem == NO_DRIVER else "", absent=True)
    return Cuda(kinds, problem, mend if problem else "")


def _ending(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"


def lost(index: int) -> str:
    """Why this GPU is not tried again in this process, empty where nothing is known against it."""
    return _gone.get(index, "")


def give_up(index: int, why: str) -> None:
    """Do not try this GPU again in this process."""
    _gone[index] = why


@lru_cache(maxsize=1)
def load_cublas() -> str:
    """Load cuBLAS, so that CTranslate2 finds it without LD_LIBRARY_PATH; returns what is wrong, empty when it is there.

    CTranslate2 opens it by its bare name, in the middle of the work; the system then takes what is loaded already.
    First comes the library of pip's packages (``nvidia-cublas-cu12``, ``nvidia-cublas``), then the system's.
    """
    wanted = wanted_cublas()
    for path in packaged(wanted):
        if _load(path):
            return ""
    return "" if _load(wanted) else f"{wanted} is not found or cannot be loaded"


def wanted_cublas() -> str:
    """The file that the installed CTranslate2 will open, as its own library names it."""
    found = find_spec("ctranslate2")
    home = Path(found.origin).parent if found and found.origin else Path()
    libraries = [*home.parent.glob("ctranslate2.libs/libctranslate2*"), *home.glob("*ctranslate2*.dll")]
    for path in libraries:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            for beginning in (b"libcublas.so.", b"cublas64_"):
                at = data.find(beginning)
                name = re.match(rb"libcublas\.so\.\d+|cublas64_\d+\.dll", data[max(at, 0) : at + 32])
                if name:
                    return name[0].decode()
    return CUBLAS


def packaged(name: str) -> Iterable[Path]:
    """Where pip's packages of NVIDIA keep a library: ``nvidia/cublas/lib``, ``nvidia/cu13/lib``, ``bin`` on Windows."""
    found = find_spec("nvidia")
    for folder in (found.submodule_search_locations or ()) if found else ():
        yield from sorted(path for part in ("lib", "bin") for path in Path(folder).glob(f"*/{part}/**/{name}"))


def _load(library: Path | str) -> bool:
    """Whether it could be loaded, together with the cublasLt that it needs and that lies beside it."""
    try:
        if isinstance(library, Path):
            add_folder = getattr(os, "add_dll_directory", None)  # Windows only
            if add_folder:
                add_folder(str(library.parent))
            for needed in library.parent.glob(library.name.replace("cublas", "cublasLt", 1)):
                ctypes.CDLL(str(needed), mode=ctypes.RTLD_GLOBAL)
        ctypes.CDLL(str(library), mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return False
    return True
