"""What `zimu doctor` says about the processor and the GPU."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from pathlib import Path

from toolkit.cli.check import GOOD, NOTE, Check, Facts, fact_with
from toolkit.cli.report import count

CPU_FLAGS = Path("/proc/cpuinfo")
"""Where Linux tells what the processor can do; other systems have no file for it."""

INSTRUCTIONS = {"avx512f": "AVX-512", "avx2": "AVX2", "avx": "AVX", "asimd": "NEON"}
"""The sets of instructions that CTranslate2 has code for, the fastest first."""


def hardware(facts: Facts) -> Iterator[Check]:
    """The processor, and the GPUs that CUDA can use."""
    yield _cpu(fact_with(facts, "cpu"))
    gpu = fact_with(facts, "gpus")
    if gpu:
        yield _gpu(gpu)


def _cpu(fact: dict[str, object]) -> Check:
    from toolkit.transcribe.devices import count_cores

    best = _instructions()
    found = f"{count(count_cores(), 'core')} to use, {platform.machine()}{f' with {best}' if best else ''}"
    kinds = fact.get("cpu")
    found += f"; compute types {', '.join(kinds)}" if isinstance(kinds, list) and kinds else ""
    if best in ("AVX", "none of AVX"):
        return Check("cpu", NOTE, found, "without AVX2 hearing is slow; choose a small model")
    return Check("cpu", GOOD, found)


def _instructions() -> str:
    """The best set of instructions that both have, the processor and CTranslate2; empty where it is not told."""
    try:
        lines = CPU_FLAGS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    flags = next((line.partition(":")[2].split() for line in lines if line.startswith(("flags", "Features"))), [])
    best = next((name for flag, name in INSTRUCTIONS.items() if flag in flags), "none of AVX")
    return best if flags else ""


def _gpu(fact: dict[str, object]) -> Check:
    kinds, problem = fact.get("compute_types"), fact.get("problem")
    if not fact["gpus"]:
        told = f"none that CUDA can use ({problem}); the CPU is used"
        return Check("gpu", NOTE, told, "" if fact.get("absent") else str(fact.get("fix") or ""))
    found = f"{fact['gpus']} with CUDA; compute types {', '.join(kinds) if isinstance(kinds, list) else ''}"
    if fact.get("cublas"):
        return Check("gpu", NOTE, f"{found}; {fact['cublas']}", "pip install 'zimu-toolkit[cuda]'")
    return Check("gpu", GOOD, found)
