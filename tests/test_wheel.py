"""The wheel that people install holds what the program needs, and runs from it alone."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from toolkit.catalog import catalog

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("build", reason="the development tool 'build' is not installed")
    pytest.importorskip("hatchling", reason="the build back-end 'hatchling' is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("zimu_toolkit-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def files_of(folder: Path, pattern: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern) if path.is_file()}


@pytest.mark.parametrize("pattern", ["*.py", "*.toml", "py.typed", "*.html", "*.css", "*.js", "*.svg"])
def test_every_file_of_the_package_is_in_the_wheel(unpacked: Path, pattern: str) -> None:
    wanted = files_of(ROOT / "toolkit", pattern)
    assert wanted
    found = files_of(unpacked / "toolkit", pattern)
    assert {name for name in found if not name.startswith("models/")} == wanted


def test_every_embedded_model_is_in_the_wheel_with_its_licence(unpacked: Path) -> None:
    shipped = [name for name, model in catalog().items() if model.ships]
    wanted = {
        f"{name}/{path.name}" for name in shipped for path in (ROOT / "models" / name).iterdir() if path.is_file()
    }
    found = files_of(unpacked / "toolkit" / "models", "*")
    assert {f"{name}/LICENSE" for name in shipped} <= found
    assert found == {*wanted, "catalog.toml"}


def test_the_models_are_verified_in_the_wheel(unpacked: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    command = [sys.executable, "-m", "toolkit", "models", "verify", "zh-3gram"]
    done = subprocess.run(command, cwd=unpacked, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "✓ zh-3gram: as the catalog says\n"), done.stderr


def test_the_licence_is_in_the_wheel(unpacked: Path) -> None:
    (licence,) = unpacked.glob("zimu_toolkit-*.dist-info/licenses/LICENSE")
    assert "GNU GENERAL PUBLIC LICENSE" in licence.read_text(encoding="utf-8")


def test_the_wheel_brings_the_command_and_nothing_but_the_package(unpacked: Path) -> None:
    (points,) = unpacked.glob("zimu_toolkit-*.dist-info/entry_points.txt")
    assert "zimu = toolkit.cli:main" in points.read_text(encoding="utf-8")
    assert {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")} == {"toolkit"}


def test_a_transcript_is_corrected_from_the_wheel_alone(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("聚生智能的崛起\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    command = [sys.executable, "-m", "toolkit", "correct", "talk.txt", "-o", "out.txt"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "具身智能的崛起\n"
