"""What is wrong with the files of a model: on a real one, of random weights, damaged in every way."""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.catalog import SHIPPED, SPEECH, Model, ModelFile, digest
from toolkit.model_files import NEEDED, changed_files, deep_faults, faults, read_shapes

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"


@pytest.fixture
def model(whisper_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whisper_folder, tmp_path / "model"))


def problems(folder: Path) -> list[str]:
    return [fault.problem for fault in deep_faults(folder)]


def cut(folder: Path, size: int) -> None:
    path = folder / "model.bin"
    path.write_bytes(path.read_bytes()[:size])


@pytest.mark.parametrize("bands", ["whisper_folder", "whisper_folder_128"])
def test_a_whole_model_has_no_fault(bands: str, request: pytest.FixtureRequest) -> None:
    assert problems(request.getfixturevalue(bands)) == []


def test_all_arrays_of_a_model_are_seen(whisper_folder: Path, whisper_folder_128: Path) -> None:
    shapes = read_shapes(whisper_folder / "model.bin")
    assert len(shapes) > 40
    assert shapes["encoder/conv1/weight"][1:] == (80, 3)
    assert read_shapes(whisper_folder_128 / "model.bin")["encoder/conv1/weight"][1:] == (128, 3)


def test_every_missing_file_is_told_at_once(tmp_path: Path) -> None:
    assert [fault.problem for fault in faults(tmp_path)] == [f"has no {name}" for name in NEEDED]


@pytest.mark.parametrize("kept", [5, 40, 1000, 100_000, -1])
def test_weights_that_were_cut_short_are_told(model: Path, kept: int) -> None:
    cut(model, kept)
    (problem,) = problems(model)
    assert problem.startswith("its model.bin is cut short")


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (
            lambda folder: (folder / "model.bin").write_bytes(b"\x7fELF" * 99),
            "its model.bin is no model of CTranslate2",
        ),
        (lambda folder: (folder / "config.json").write_text("{"), "its config.json is not JSON"),
        (lambda folder: (folder / "tokenizer.json").write_bytes(b"\xff\xfe"), "its tokenizer.json is not JSON"),
        (lambda folder: (folder / "tokenizer.json").write_text(POINTER), "its tokenizer.json is a Git-LFS pointer"),
        (lambda folder: (folder / "preprocessor_config.json").write_text(""), "its preprocessor_config.json is empty"),
        (
            lambda folder: (folder / "preprocessor_config.json").write_text('{"feature_size": 128}'),
            "hears 80 mel bands, but its preprocessor_config.json says 128",
        ),
    ],
    ids=["weights", "config", "tokenizer", "pointer", "empty", "bands"],
)
def test_a_damaged_file_is_told(model: Path, damage: Callable[[Path], object], problem: str) -> None:
    damage(model)
    (found,) = problems(model)
    assert found.startswith(problem)


def test_only_a_model_of_128_bands_has_to_say_so(model: Path, whisper_folder_128: Path, tmp_path: Path) -> None:
    (model / "preprocessor_config.json").unlink()
    assert problems(model) == []
    large = Path(shutil.copytree(whisper_folder_128, tmp_path / "large"))
    (large / "preprocessor_config.json").unlink()
    assert problems(large) == ["has no preprocessor_config.json, and hears 128 mel bands"]


def test_a_model_of_another_kind_is_told(model: Path) -> None:
    head = struct.pack("<IH", 6, 5) + b"Spec\0" + struct.pack("<II", 1, 1)
    array = struct.pack("<H", 2) + b"a\0" + struct.pack("<BBI", 0, 0, 4) + b"1234"
    (model / "model.bin").write_bytes(head + array + struct.pack("<I", 0))
    assert problems(model) == ["its model.bin is no Whisper model"]


def test_nothing_is_said_about_a_format_that_is_newer(model: Path) -> None:
    (model / "model.bin").write_bytes(struct.pack("<I", 99) + b"unknown")
    assert problems(model) == []


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda path: path.unlink(), "has no config.json"),
        (lambda path: path.write_text(POINTER), "its config.json is a Git-LFS pointer, not the file"),
        (lambda path: path.write_text("{}"), "its config.json has 2 bytes, not "),
        (lambda path: path.write_text(path.read_text().replace("[", "(")), "its config.json has another content"),
    ],
    ids=["missing", "pointer", "size", "content"],
)
def test_a_file_that_is_not_that_of_the_catalog_is_told(
    model: Path, damage: Callable[[Path], object], problem: str
) -> None:
    path = model / "config.json"
    listed = ModelFile(path.name, path.stat().st_size, digest(path))
    entry = Model("one", SPEECH, "a", "MIT", SHIPPED, files=(listed,))
    assert list(changed_files(model, entry)) == []
    assert json.loads(path.read_text())
    damage(path)
    (fault,) = changed_files(model, entry)
    assert fault.problem.startswith(problem)
