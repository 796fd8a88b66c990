"""Imports the libraries one by one and prints what happened, a JSON object a line.

`doctor` runs this file as a process of its own: a library that crashes takes this process down and not the command.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

LIBRARIES = {
    "faster-whisper": "faster_whisper",
    "ctranslate2": "ctranslate2",
    "av": "av",
    "onnxruntime": "onnxruntime",
    "pysrt": "pysrt",
    "pysubs2": "pysubs2",
    "rapidfuzz": "rapidfuzz",
    "pypinyin": "pypinyin",
    "charset-normalizer": "charset_normalizer",
    "rich": "rich",
    "platformdirs": "platformdirs",
}
"""What Zimu cannot do without: distribution → module."""


def probe() -> Iterator[dict[str, object]]:
    """What is installed and can be loaded; before each attempt its name, so that a crash can be put down to it."""
    for distribution, module in LIBRARIES.items():
        yield {"trying": distribution}
        yield {"library": distribution, **_attempt(distribution, module)}
    yield {"trying": "the GPU"}
    yield _gpu()
    yield {"trying": "the models"}
    yield {"models": _models()}


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


def _gpu() -> dict[str, object]:
    try:
        ctranslate2 = import_module("ctranslate2")
        count = ctranslate2.get_cuda_device_count()
        kinds = sorted(ctranslate2.get_supported_compute_types("cuda")) if count else []
        return {"gpus": count, "compute_types": kinds, "cpu": sorted(ctranslate2.get_supported_compute_types("cpu"))}
    except Exception as error:
        return {"gpus": 0, "broken": f"{type(error).__name__}: {error}"}


def _models() -> dict[str, str]:
    """The models of the hub's cache that are whole: size → folder."""
    from toolkit.errors import ModelNotFound
    from toolkit.weights import find_model

    found: dict[str, str] = {}
    try:
        sizes = import_module("faster_whisper").available_models()
    except Exception:  # a broken installation, which is already told
        return found
    for size in sizes:
        with suppress(ModelNotFound):
            found[size] = str(find_model(size))
    return found


if __name__ == "__main__":
    for fact in probe():
        sys.stdout.write(json.dumps(fact) + "\n")
        sys.stdout.flush()
