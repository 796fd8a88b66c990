"""Whether the files of a model are what they should be: all there, no pointers, not cut short, as they were made."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from toolkit.catalog import Model, digest

NEEDED = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json")
"""Files without which CTranslate2 or faster-whisper fail, or, worse, go on without languages or word times."""

INSTEAD = {"vocabulary.json": "vocabulary.txt"}
FEATURES = "preprocessor_config.json"
"""Says in how many mel bands the model hears; without it faster-whisper takes 80."""

_LFS_POINTER = b"version https://git-lfs"
_AGAIN = "copy or download it again"
_FIRST_LAYER = "encoder/conv1/weight"
_BINARY_VERSIONS = range(5, 7)
"""Versions of CTranslate2's format that lie in the file as `_shapes` reads it."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file of a model, as something to say behind its folder, and what to do about it."""

    problem: str
    fix: str


def faults(folder: Path) -> Iterator[Fault]:
    """Files of a speech model that are missing, empty, or a Git-LFS pointer; takes no time."""
    for name in NEEDED:
        path = _file(folder, name)
        if path is None:
            yield Fault(f"has no {name}", _fix_missing(folder, name))
        else:
            yield from _faults_at_a_glance(path)
    if (folder / FEATURES).is_file():
        yield from _faults_at_a_glance(folder / FEATURES)


def deep_faults(folder: Path) -> Iterator[Fault]:
    """The same, and files that are cut short or do not fit each other; reads no weights."""
    found = list(faults(folder))
    yield from found
    if found:
        return
    for name in ("config.json", "tokenizer.json", "vocabulary.json", FEATURES):
        if (folder / name).is_file() and _json(folder / name) is None:
            yield Fault(f"its {name} is not JSON", _AGAIN)
    try:
        shapes = read_shapes(folder / "model.bin")
    except ValueError as error:
        yield Fault(f"its model.bin {error}", _AGAIN)
        return
    yield from _wrong_bands(folder, shapes)


def changed_files(folder: Path, model: Model) -> Iterator[Fault]:
    """Files of a model that ships whose size or checksum is not that of the catalog."""
    for file in model.files:
        path = folder / file.name
        if not path.is_file():
            yield Fault(f"has no {file.name}", "install zimu-toolkit again")
            continue
        pointer = list(_faults_at_a_glance(path))
        if pointer:
            yield from pointer
        elif path.stat().st_size != file.size:
            yield Fault(f"its {file.name} has {path.stat().st_size} bytes, not {file.size}", _AGAIN)
        elif digest(path) != file.sha256:
            yield Fault(f"its {file.name} has another content than the catalog says", _AGAIN)


def read_shapes(path: Path) -> Mapping[str, tuple[int, ...]]:
    """The arrays of a ``model.bin`` and their shapes, empty for a version of the format that is not known here.

    The layout is that of ``ModelSpec._serialize`` in CTranslate2: versions and names, then for each array its name,
    shape, type and content.

    Raises:
        ValueError: the file ends too early, or was never a model; the message goes on from the file's name.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        try:
            version = _number(file, "I")
            if version > 1000:
                raise ValueError("is no model of CTranslate2")
            return dict(_shapes(file, size)) if version in _BINARY_VERSIONS else {}
        except (struct.error, UnicodeDecodeError):
            raise ValueError(f"is cut short or damaged: {size} bytes") from None


def _shapes(file: BinaryIO, size: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    _text(file)
    _number(file, "I")
    total = _number(file, "I")
    for number in range(total):
        name = _text(file)
        shape = tuple(_number(file, "I") for _ in range(_number(file, "B")))
        _number(file, "B")
        length = _number(file, "I")
        if file.tell() + length > size:
            raise ValueError(f"is cut short: it ends at {size} bytes, in array {number + 1} of {total}")
        file.seek(length, 1)
        yield name, shape
    for _ in range(2 * _number(file, "I")):
        _text(file)


def _number(file: BinaryIO, kind: str) -> int:
    form = struct.Struct(f"<{kind}")
    (number,) = form.unpack(file.read(form.size))
    return int(number)


def _text(file: BinaryIO) -> str:
    """A name: its length with the zero byte behind it, then both."""
    length = _number(file, "H")
    data = file.read(length)
    if len(data) < length:
        raise struct.error
    return data.rstrip(b"\0").decode("utf-8")


def _wrong_bands(folder: Path, shapes: Mapping[str, tuple[int, ...]]) -> Iterator[Fault]:
    bands = dict(enumerate(shapes.get(_FIRST_LAYER, ()))).get(1)
    if bands is None:
        if shapes:
            yield Fault("its model.bin is no Whisper model", "choose a Whisper model in CTranslate2's format")
        return
    features = _json(folder / FEATURES) if (folder / FEATURES).is_file() else {}
    said = features.get("feature_size", 80) if isinstance(features, dict) else 80
    if said == bands:
        return
    fix = "copy that file from the model that it was converted from"
    if (folder / FEATURES).is_file():
        yield Fault(f"hears {bands} mel bands, but its {FEATURES} says {said}", fix)
    else:
        yield Fault(f"has no {FEATURES}, and hears {bands} mel bands", fix)


def _file(folder: Path, name: str) -> Path | None:
    names: Iterable[str] = (name, INSTEAD.get(name, name))
    return next((folder / each for each in names if (folder / each).is_file()), None)


def _faults_at_a_glance(path: Path) -> Iterator[Fault]:
    with path.open("rb") as file:
        head = file.read(64)
    if head.startswith(_LFS_POINTER):
        yield Fault(f"its {path.name} is a Git-LFS pointer, not the file", "run 'git lfs pull' in it")
    elif not head:
        yield Fault(f"its {path.name} is empty", _AGAIN)


def _fix_missing(folder: Path, name: str) -> str:
    foreign = [*folder.glob("*.safetensors"), *folder.glob("pytorch_model*.bin")]
    if name == "model.bin" and foreign:
        copied = "--copy_files tokenizer.json preprocessor_config.json"
        return f"it holds a Transformers model: ct2-transformers-converter --model {folder} --output_dir OUT {copied}"
    if name == "tokenizer.json":
        return "copy it from the model that this one was converted from"
    return "give --model a folder with a Whisper model in CTranslate2's format"


def _json(path: Path) -> object:
    """What a JSON file holds, None where it is not JSON."""
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return found
