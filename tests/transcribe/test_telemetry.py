"""ONNX Runtime is loaded without its telemetry: no identifier, no database, nothing sent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SILENT = ("CI", "TF_BUILD", "GITHUB_ACTIONS", "ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS")
"""Variables that silence the telemetry by themselves."""

LOADING = {
    "the detector of speech": "from toolkit.transcribe.activity import _load; _load()",
    "a model": "from pathlib import Path; from toolkit.transcribe.devices import Device\n"
    "from toolkit.transcribe.engine import start_engine\n"
    "from toolkit.weights import find_model\n"
    "start_engine(find_model('zimu-tiny'), [Device('cpu', 0, 'int8', 1)], 1)\n"
    "import onnxruntime",
    "the probe of doctor": "from toolkit.cli.probe import probe; list(probe())",
}


def left_by(code: str, home: Path) -> list[str]:
    """What a process that runs the code leaves in an empty home folder."""
    environment = {name: value for name, value in os.environ.items() if name not in SILENT}
    places = {name: str(home) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME")}
    subprocess.run([sys.executable, "-B", "-c", code], env={**environment, **places}, check=True, timeout=60)
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())


@pytest.mark.parametrize("what", LOADING)
def test_onnx_runtime_keeps_nothing_of_its_own(what: str, tmp_path: Path) -> None:
    assert [path for path in left_by(LOADING[what], tmp_path) if "Microsoft" in path] == []
