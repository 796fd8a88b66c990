"""Memory that a model freed stays with the process, on glibc: it asks for the same again a moment later.

CTranslate2 on the CPU takes and frees its buffers for every window. glibc gives what is large back to the kernel each
time, which has to clear every page of it when it is asked for again: measured, 5,000 to 11,000 pages for each second of
sound, a fifth of the time of ``zimu-tiny`` and of a model with the shape of ``small``. The peak stays the same.
"""

from __future__ import annotations

import ctypes
import sys

_SETTINGS = ((-3, 1 << 30), (-1, 1 << 30), (-8, 1))
"""``M_MMAP_THRESHOLD``, ``M_TRIM_THRESHOLD`` in bytes, and ``M_ARENA_MAX``: other arenas hold no more than 64 MiB."""


def keep_freed_memory() -> bool:
    """Have the C library keep what is freed; whether it does. Other systems and other C libraries are left alone.

    This holds for the whole process, and its threads share one heap from then on: it is for a process whose work is to
    hear, not for any that hears among other things.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and all(mallopt(*setting) == 1 for setting in _SETTINGS)


def give_back() -> None:
    """Have the C library give back what is free now.

    Once in a hundred seconds of sound this costs nothing that could be measured, and holes in the heap do not add up
    over ten hours; what comes after hearing takes memory of its own.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform.startswith("linux") else None
    if trim is not None:
        trim(0)
