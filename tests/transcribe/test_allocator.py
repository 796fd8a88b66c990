"""Freed memory stays with the process where glibc is."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

CHILD = """
import resource, sys
import numpy as np
from toolkit.transcribe.allocator import keep_freed_memory
kept = keep_freed_memory() if sys.argv[1] == "keep" else False
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    np.empty(12_000_000, np.float32).fill(1)
print(kept, resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def child(what: str) -> tuple[str, int]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("MALLOC_", "GLIBC_"))}
    command = [sys.executable, "-c", CHILD, what]
    told = subprocess.run(command, env=bare, capture_output=True, text=True, check=True).stdout
    kept, faults = told.split()
    return kept, int(faults)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives back what is freed at once")
def test_a_buffer_that_comes_again_costs_its_pages_once() -> None:
    without, (kept, faults) = child("leave")[1], child("keep")
    assert kept == "True"
    assert faults < without / 4


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps what is freed")
def test_what_is_kept_is_given_back_when_asked() -> None:
    code = """
import numpy as np
from pathlib import Path
from toolkit.transcribe.allocator import give_back, keep_freed_memory
resident = lambda: int(Path("/proc/self/statm").read_text().split()[1]) * 4096 >> 20
keep_freed_memory()
np.empty(25_000_000, np.float32).fill(1)
before = resident()
give_back()
print(before - resident())
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert int(told) > 50
