"""Where a speech model's files are: a folder, with Zimu itself, or the hub's cache; never downloads unasked."""

from __future__ import annotations

import logging
import re
from difflib import get_close_matches
from pathlib import Path

from toolkit.catalog import SPEECH, Model, catalog, hub_id, shipped_folder
from toolkit.errors import FetchError, ModelNotFound
from toolkit.model_files import FEATURES, INSTEAD, NEEDED, faults

_GIVE_FOLDER = "give --model a folder with a Whisper model in CTranslate2's format"

log = logging.getLogger(__name__)


def find_model(name: str, *, allow_download: bool = False) -> Path:
    """The folder of a Whisper model: given as one, by the name of one that ships, a size (``small``), or a hub id.

    A folder that is called like one of the catalog, and holds no weights, is something else.

    Sizes and ids (``owner/name``) are looked up in the hub's cache on this machine; the network is used only with
    ``allow_download``, and only for what is not there yet.

    Raises:
        ModelNotFound: there is no such model here, or its files are not whole.
        FetchError: it was to be downloaded, and that failed.
    """
    folder = Path(name).expanduser()
    if folder.is_dir() and not (name in catalog() and not (folder / "model.bin").exists()):
        check_folder(folder)
        return folder
    if (folder.exists() and name not in catalog()) or _is_path(name):
        problem = "is a file, not a folder" if folder.exists() else "no such folder"
        raise ModelNotFound(problem, where=name, fix=_GIVE_FOLDER)
    _check_name(name)
    if name in catalog() and catalog()[name].ships:
        return _shipped(name)
    try:
        return _cached(name)
    except ModelNotFound:
        if not allow_download:
            raise
    return _download(name)


def check_folder(folder: Path) -> None:
    """See that all files of a model are there and are what they should be.

    Raises:
        ModelNotFound: one is missing, empty, or a Git-LFS pointer; names it and says what to do.
    """
    fault = next(faults(folder), None)
    if fault is not None:
        raise ModelNotFound(fault.problem, where=str(folder), fix=fault.fix)


def speech_models() -> tuple[str, ...]:
    """The names of all speech models in the catalog: those that ship, and sizes of Whisper that the hub has."""
    return tuple(name for name, model in catalog().items() if model.kind == SPEECH)


def takes_hotwords(name: str) -> bool:
    """Whether a model may be told terms of a lexicon; the catalog says which may not, wherever their folder is.

    >>> takes_hotwords("small"), takes_hotwords("/models/of-mine")
    (True, True)
    """
    model = catalog().get(name) or _of_the_catalog(Path(name).expanduser())
    return model is None or model.hotwords


def _of_the_catalog(folder: Path) -> Model | None:
    """The model of the catalog that a folder holds, by the size of its weights."""
    weights = folder / "model.bin"
    if not weights.is_file():
        return None
    wanted = weights.name, weights.stat().st_size
    return next((model for model in catalog().values() if wanted in {(f.name, f.size) for f in model.files}), None)


def folder_here(name: str) -> Path | None:
    """Where the files of a model with this name are on this machine, whole or not; None where it is not here."""
    model = catalog().get(name)
    if model is not None and model.ships:
        folder = shipped_folder(model)
        return folder if folder.is_dir() else None
    try:
        return _snapshot(name, local_files_only=True)
    except (OSError, ValueError):  # ValueError for an id that the hub cannot have
        return None


def _is_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or "\\" in name or not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", name)


def _check_name(name: str) -> None:
    names = speech_models()
    if "/" not in name and name not in names:
        close = get_close_matches(name, names, n=1)
        fix = f"did you mean '{close[0]}'?" if close else f"known are {', '.join(names)}; or {_GIVE_FOLDER}"
        raise ModelNotFound(f"no model is called '{name}'", fix=fix)


def _shipped(name: str) -> Path:
    folder = folder_here(name)
    if folder is None:
        where, fix = str(shipped_folder(catalog()[name])), "install zimu-toolkit again"
        raise ModelNotFound(f"the model '{name}', which ships with Zimu, is missing", where=where, fix=fix)
    check_folder(folder)
    return folder


def _cached(name: str) -> Path:
    fix = f"get it once with 'zimu models fetch {name}' or --allow-download, or {_GIVE_FOLDER}"
    folder = folder_here(name)
    if folder is None:
        raise ModelNotFound(f"the model '{name}' is not on this machine", fix=fix)
    try:
        check_folder(folder)
    except ModelNotFound as error:  # what an interrupted download leaves behind
        raise ModelNotFound(f"the model '{name}' in the cache {error.problem}", where=error.where, fix=fix) from None
    return folder


def _download(name: str) -> Path:
    log.info("downloading the model '%s'", name)
    try:
        folder = _snapshot(name, local_files_only=False)
    except Exception as error:  # huggingface_hub's own errors, or those of requests or httpx, by its version
        reason = str(error).partition("\n")[0]
        fix = f"check the name and the network, or {_GIVE_FOLDER}"
        raise FetchError(f"the model '{name}' cannot be downloaded ({reason})", fix=fix) from error
    check_folder(folder)
    return folder


def _snapshot(name: str, *, local_files_only: bool) -> Path:
    """The model's folder in the hub's cache; while it downloads, the hub's client shows a bar on stderr."""
    from huggingface_hub import snapshot_download

    wanted = [*NEEDED, *INSTEAD.values(), FEATURES]
    folder = snapshot_download(hub_id(name), allow_patterns=wanted, local_files_only=local_files_only)
    return Path(folder)
