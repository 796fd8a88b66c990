"""Where a speech model's files are: a folder, or the hub's cache on this machine; never downloads unasked."""

from __future__ import annotations

import logging
import re
from difflib import get_close_matches
from pathlib import Path

from toolkit.errors import FetchError, ModelNotFound

_PLAIN = ("tiny", "base", "small", "medium")
_DISTILLED = ("small.en", "medium.en", "large-v2", "large-v3")

SIZES = {
    **{f"{size}{kind}": f"Systran/faster-whisper-{size}{kind}" for size in _PLAIN for kind in ("", ".en")},
    **{f"large-{version}": f"Systran/faster-whisper-large-{version}" for version in ("v1", "v2", "v3")},
    "large": "Systran/faster-whisper-large-v3",
    "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    **{f"distil-{size}": f"Systran/faster-distil-whisper-{size}" for size in _DISTILLED},
    "distil-large-v3.5": "distil-whisper/distil-large-v3.5-ct2",
}
"""Sizes of Whisper that faster-whisper knows by name, and where the hub keeps them."""

NEEDED = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json")
"""Files without which CTranslate2 or faster-whisper fail, or, worse, go on without languages or word times."""

_INSTEAD = {"vocabulary.json": "vocabulary.txt"}
_LFS_POINTER = b"version https://git-lfs"
_GIVE_FOLDER = "give --model a folder with a Whisper model in CTranslate2's format"

log = logging.getLogger(__name__)


def find_model(name: str, *, allow_download: bool = False) -> Path:
    """The folder of a Whisper model that is given as a folder, a size (``small``) or a hub id (``owner/name``).

    Sizes and ids are looked up in the hub's cache on this machine; the network is used only with ``allow_download``,
    and only for what is not there yet.

    Raises:
        ModelNotFound: there is no such model here, or its files are not whole.
        FetchError: it was to be downloaded, and that failed.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        check_folder(folder)
        return folder
    if folder.exists() or _is_path(name):
        problem = "is a file, not a folder" if folder.exists() else "no such folder"
        raise ModelNotFound(problem, where=name, fix=_GIVE_FOLDER)
    _check_size(name)
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
    for name in NEEDED:
        found = [folder / each for each in (name, _INSTEAD.get(name, name)) if (folder / each).is_file()]
        if not found:
            raise ModelNotFound(f"has no {name}", where=str(folder), fix=_fix_missing(folder, name))
        with found[0].open("rb") as file:
            head = file.read(64)
        if head.startswith(_LFS_POINTER):
            fix = "run 'git lfs pull' in it"
            raise ModelNotFound(f"its {found[0].name} is a Git-LFS pointer, not the file", where=str(folder), fix=fix)
        if not head:
            raise ModelNotFound(f"its {found[0].name} is empty", where=str(folder), fix="copy or download it again")


def _fix_missing(folder: Path, name: str) -> str:
    foreign = [*folder.glob("*.safetensors"), *folder.glob("pytorch_model*.bin")]
    if name == "model.bin" and foreign:
        copied = "--copy_files tokenizer.json preprocessor_config.json"
        return f"it holds a Transformers model: ct2-transformers-converter --model {folder} --output_dir OUT {copied}"
    if name == "tokenizer.json":
        return "copy it from the model that this one was converted from"
    return _GIVE_FOLDER


def _is_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or "\\" in name or not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", name)


def _check_size(name: str) -> None:
    if "/" not in name and name not in SIZES:
        close = get_close_matches(name, SIZES, n=1)
        fix = f"did you mean '{close[0]}'?" if close else f"sizes are {', '.join(SIZES)}; or {_GIVE_FOLDER}"
        raise ModelNotFound(f"no model is called '{name}'", fix=fix)


def _cached(name: str) -> Path:
    fix = f"download it once with --allow-download, or {_GIVE_FOLDER}"
    try:
        folder = _snapshot(name, local_files_only=True)
        check_folder(folder)
    except (OSError, ValueError):  # ValueError for an id that the hub cannot have
        raise ModelNotFound(f"the model '{name}' is not on this machine", fix=fix) from None
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

    wanted = [*NEEDED, *_INSTEAD.values(), "preprocessor_config.json"]
    folder = snapshot_download(SIZES.get(name, name), allow_patterns=wanted, local_files_only=local_files_only)
    return Path(folder)
