"""What `zimu doctor` says about models: what ships, what is in the hub's cache, and the room for more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from toolkit.cli.check import BAD, GOOD, NOTE, Check, Facts, fact_with
from toolkit.errors import ModelNotFound

ROOM = 1_000_000_000
"""Bytes free in the cache below which it is called nearly full."""

YOUR_MODEL = "your model"
"""The name of the check of the model that the options name."""


def models(facts: Facts, wanted: str) -> Iterator[Check]:
    """The language model, the speech models that are here, the one that is ``wanted``, and the disk they go to."""
    yield _language_model()
    fact = fact_with(facts, "models")
    here, damaged = _names(fact.get("models")), _names(fact.get("damaged"))
    yield Check("models here", GOOD if here else NOTE, _told(here) or "no speech model", "" if here else "zimu models")
    for name, problem in damaged.items():
        yield Check(f"model {name}", NOTE, problem, f"zimu models fetch {name}")
    if wanted:
        yield _wanted(wanted, here)
    if fact.get("cache"):
        yield _disk(Path(str(fact["cache"])), wanted, here)


def _names(found: object) -> dict[str, str]:
    return found if isinstance(found, dict) else {}


def _told(here: dict[str, str]) -> str:
    """The names of models by where they are: ``zimu-tiny (shipped); small, medium (in the cache)``."""
    from toolkit.catalog import catalog

    shipped = [name for name in here if name in catalog() and catalog()[name].ships]
    cached = [name for name in here if name not in shipped]
    groups = ((shipped, "shipped"), (cached, "in the cache"))
    return "; ".join(f"{', '.join(names)} ({place})" for names, place in groups if names)


def _language_model() -> Check:
    """The model that weighs corrections, compared with its checksums."""
    from toolkit.catalog import catalog
    from toolkit.language_model import NAME, default_folder
    from toolkit.model_files import changed_files

    try:
        fault = next(changed_files(default_folder(), catalog()[NAME]), None)
    except (ModelNotFound, KeyError) as error:
        return Check("language model", BAD, str(error), "install zimu-toolkit again")
    if fault is not None:
        return Check("language model", BAD, f"{NAME} {fault.problem}", fault.fix)
    return Check("language model", GOOD, f"{NAME}, shipped, as the catalog says")


def _wanted(wanted: str, here: dict[str, str]) -> Check:
    folder = here.get(wanted) or _elsewhere(wanted)
    if folder:
        return Check(YOUR_MODEL, GOOD, f"{wanted}, in {folder}")
    fix = f"get it once with 'zimu models fetch {wanted}', give --model a folder, or try zimu-tiny"
    return Check(YOUR_MODEL, NOTE, f"{wanted} is not on this machine", fix)


def _elsewhere(wanted: str) -> str:
    """The folder that was named as a folder, or of an id of the hub; empty where there is none."""
    from toolkit.weights import folder_here

    if Path(wanted).expanduser().is_dir():
        return wanted
    return str(folder_here(wanted) or "") if "/" in wanted else ""


def _disk(cache: Path, wanted: str, here: dict[str, str]) -> Check:
    """The room in the hub's cache, for the model that is wanted where it is not here yet."""
    from toolkit.catalog import catalog

    existing = next(folder for folder in (cache, *cache.absolute().parents) if folder.is_dir())
    free = shutil.disk_usage(existing).free
    needed = catalog()[wanted].size if wanted in catalog() and wanted not in here else 0
    found = f"{free / 1e9:.1f} GB free in {cache}"
    if free < needed:
        found += f"; {wanted} needs {needed / 1e9:.1f}"
    if free < max(needed, ROOM):
        return Check("disk", NOTE, found, "make room, or let HF_HOME name a folder on another disk")
    return Check("disk", GOOD, found)
