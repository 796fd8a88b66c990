"""Which models there are by name: those that ship, with their checksums, and those of the hub.

``models/catalog.toml`` says it; ``models/make_catalog.py`` writes sizes and checksums into it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit.errors import ModelNotFound
from toolkit.toml import parse

CATALOG = "catalog.toml"
SHIPPED = "shipped"
SPEECH, LANGUAGE = "speech", "language"
"""Kinds of models: one hears, the other says how likely a text is."""

_AGAIN = "install zimu-toolkit again"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class ModelFile:
    """A file of a model that ships: its size in bytes, and the sha256 of its content."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Model:
    """A model that is known by name.

    ``source`` is ``shipped`` or an id of the hub. Only a model that ships has ``files``; of the others ``megabytes``
    says about how large they are. A model without ``hotwords`` loses its thread when it is told what to expect.
    """

    name: str
    kind: str
    about: str
    licence: str
    source: str
    megabytes: int = 0
    hotwords: bool = True
    files: tuple[ModelFile, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in (SPEECH, LANGUAGE):
            raise ValueError(f"{self.name}: a model is of kind {SPEECH} or {LANGUAGE}, not '{self.kind}'")

    @property
    def ships(self) -> bool:
        """Whether it comes with Zimu."""
        return self.source == SHIPPED

    @property
    def size(self) -> int:
        """Bytes of its files; about as many where it is one of the hub."""
        return sum(file.size for file in self.files) or self.megabytes * 1_000_000


def models_folder() -> Path:
    """Where the models that ship lie: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "models"
    return inside if (inside / CATALOG).is_file() else package.parent / "models"


def catalog() -> Mapping[str, Model]:
    """Every model by its name, in the catalog's order.

    Raises:
        ModelNotFound: the catalog is not there, or not as it was made.
    """
    return read_catalog(models_folder() / CATALOG)


def shipped_folder(model: Model) -> Path:
    """The folder of a model that ships."""
    return models_folder() / model.name


def hub_id(name: str) -> str:
    """What the hub calls a model: its id in the catalog, or the name itself.

    >>> hub_id("small"), hub_id("owner/name")
    ('Systran/faster-whisper-small', 'owner/name')
    """
    model = catalog().get(name)
    return name if model is None or model.ships else model.source


@lru_cache(maxsize=4)
def read_catalog(path: Path) -> Mapping[str, Model]:
    """The models of a catalog's file; read once.

    Raises:
        ModelNotFound: it is not there, or not as it was made.
    """
    try:
        tables: dict[str, Any] = parse(path.read_text(encoding="utf-8"))
        return {name: _model(name, table) for name, table in tables.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelNotFound(f"the catalog of models cannot be read ({error})", where=str(path), fix=_AGAIN) from None


def digest(path: Path) -> str:
    """The sha256 of a file's content."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _model(name: str, table: Mapping[str, Any]) -> Model:
    files = tuple(ModelFile(file, entry["size"], entry["sha256"]) for file, entry in table.get("files", {}).items())
    return Model(name, **{key: value for key, value in table.items() if key != "files"}, files=files)
