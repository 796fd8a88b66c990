"""Write the sizes and checksums of the models that ship into the catalog.

    python models/make_catalog.py

What a model is, its licence and its source are written into ``catalog.toml`` by hand, in the form in which they stand
there; this fills in the files of those whose source is ``shipped``, from the folders beside it. Cards, licences and
recipes are no part of a model. Needs this package.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from toolkit.catalog import CATALOG, Model, ModelFile, digest, read_catalog

HERE = Path(__file__).parent

HEAD = """\
# Every model that Zimu knows by name.
#
# Those that ship have the size and the sha256 of each file; models/make_catalog.py writes them. Those of the hub have
# neither: nobody who wrote this had their files, so their size is reckoned from the number of their weights, at two
# bytes each, and nothing can be said about their content. What the hub's client does to check a download, it does.
"""


def main() -> None:
    """Write the catalog anew."""
    path = HERE / CATALOG
    path.write_text(render(map(measured, read_catalog(path).values())), encoding="utf-8", newline="\n")


def measured(model: Model, folder: Path = HERE) -> Model:
    """The model with the files that lie in its folder below ``folder``, where it ships."""
    if not model.ships:
        return model
    paths = sorted(path for path in (folder / model.name).iterdir() if path.is_file() and is_part(path))
    return replace(model, files=tuple(ModelFile(path.name, path.stat().st_size, digest(path)) for path in paths))


def is_part(path: Path) -> bool:
    """Whether a file in a model's folder is the model's, and not something written about it."""
    return path.suffix not in (".md", ".py") and not path.name.startswith((".", "LICENSE"))


def render(models: Iterable[Model]) -> str:
    """The catalog as text."""
    return "\n".join([HEAD, *map(_table, models)])


def _table(model: Model) -> str:
    lines = [f"[{_key(model.name)}]"]
    lines += [f'{name} = "{getattr(model, name)}"' for name in ("kind", "about", "licence", "source")]
    lines += [f"megabytes = {model.megabytes}"] if model.megabytes else []
    lines += [] if model.hotwords else ["hotwords = false"]
    lines += ["", f"[{_key(model.name)}.files]"] if model.files else []
    lines += [f'"{file.name}" = {{ size = {file.size}, sha256 = "{file.sha256}" }}' for file in model.files]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return f'"{name}"' if "." in name else name


if __name__ == "__main__":
    main()
