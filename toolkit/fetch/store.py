"""Where fetched things are kept: a folder for each video and part, complete when its metadata is there."""

from __future__ import annotations

from pathlib import Path

from toolkit.errors import ToolkitError
from toolkit.fetch.metadata import SUFFIX, Metadata, read_metadata, to_json
from toolkit.fetch.names import safe_id, short_sum
from toolkit.formats.files import write_whole

HALF_DONE = "unfinished"
"""How the names of files begin that are still being fetched."""

COPY_DEPTH = 4
"""How deep in the cache copies of remote files are, see `toolkit.fetch.copies`."""


def entry_of(cache: Path, site: str, ident: str) -> Path:
    """The folder of a video; the sum at its end tells apart what file systems do not, such as upper and lower case.

    >>> entry_of(Path("cache"), "BiliBili", "BV1iT421k7Bv_p71").as_posix()
    'cache/bilibili/BV1iT421k7Bv_p71-26bafedc'
    """
    return cache / safe_id(site.lower() or "unknown") / f"{safe_id(ident)}-{short_sum(f'{site} {ident}')}"


def read_entry(folder: Path) -> tuple[Metadata, Path] | None:
    """The metadata of a video and its file, None where it was not fetched to the end or its files are gone."""
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
        metadata = read_metadata(path)
        names = [metadata.sound, metadata.picture, metadata.subtitles] if metadata else []
        if metadata and any(names) and all((folder / name).is_file() for name in names if name):
            return metadata, path
    return None


def keep(folder: Path, name: str, metadata: Metadata) -> Path:
    """Note that all files of a video are there; returns the file of its metadata.

    Raises:
        ToolkitError: it cannot be written.
    """
    path = folder / f"{name}{SUFFIX}"
    write_whole(path, to_json(metadata))
    for other in folder.glob(f"*{SUFFIX}"):
        if other != path:
            other.unlink()
    return path


def make_folder(folder: Path) -> Path:
    """The folder, made where it is not there.

    Raises:
        ToolkitError: the system does not allow it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"cannot be made: {error.strerror or error}"
        raise ToolkitError(
            problem, where=str(folder), fix="make room or allow writing there, or use --no-cache"
        ) from None
    return folder


def size_of(cache: Path) -> tuple[int, int]:
    """How many videos and copies of remote files are kept, and how many bytes they take."""
    files = [path for path in cache.rglob("*") if path.is_file()] if cache.is_dir() else []
    return sum(_is_whole(path.relative_to(cache)) for path in files), sum(path.stat().st_size for path in files)


def _is_whole(path: Path) -> bool:
    """Whether a path in the cache stands for something fetched: the metadata of a video, or a copy of a remote file."""
    return path.name.endswith(SUFFIX) or (len(path.parts) == COPY_DEPTH and path.name != HALF_DONE)
