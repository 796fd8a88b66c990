"""Files behind addresses such as ``s3://bucket/talks/*.mp4``: which ones are meant, and when they have changed.

===========================  ========================================================================================
``s3://bucket/a.mp4``        itself
``s3://bucket/talks/``       the recordings in that folder; those in folders within it where ``deep`` is asked for
``s3://bucket/**/*.mp4``     what matches; a file that is really called so comes first
===========================  ========================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from toolkit.errors import FetchError
from toolkit.fetch.filesystems import explain, open_store, refuse_password, scheme_of
from toolkit.fetch.names import LONGEST, file_name, safe, short_sum

UNKNOWN = -1
"""The size of a file whose file system does not tell it."""

CHECKSUMS = ("md5hash", "md5", "etag", "checksum", "crc32c", "generation")
TIMES = ("lastmodified", "last_modified", "updated", "mtime", "modified", "modify", "created")
"""By what the file systems tell one content from another; a checksum says more than a time."""

MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Remote:
    """A file behind an address: its size in bytes, and a name for its content, another one when that changes.

    ``root`` is the folder that was named to find it. Its copy goes to ``cache``, and stays there with ``keep``.
    """

    url: str
    size: int = UNKNOWN
    version: str = ""
    root: str = ""
    cache: Path = Path()
    keep: bool = True

    @property
    def name(self) -> str:
        """How its copy is called: its own name, as far as every system takes it.

        >>> Remote("s3://bucket/talks/a:b.mp4").name
        'a b.mp4'
        """
        name = safe(self.url.rpartition("/")[2])
        path = PurePosixPath(name)
        if not name or len(name.encode()) > LONGEST:
            return file_name(path.stem, ident=short_sum(self.url)) + path.suffix[:16]
        return name

    @property
    def place(self) -> Path:
        """Where it stands in the tree of all addresses, see `place_of`."""
        return place_of(self.url.rpartition("/")[0]) / self.name


def place_of(address: str) -> Path:
    """The place of a folder in a tree of all addresses, as a path that every system takes; nothing leads out of it.

    >>> place_of("s3://bucket/../talks/2024").as_posix()
    '/s3/bucket/talks/2024'
    """
    names = (safe(part)[:LONGEST] for part in address.partition("://")[2].split("/"))
    return Path("/", scheme_of(address), *filter(None, names))


def find_remote(address: str, suffixes: Collection[str], *, deep: bool) -> tuple[Remote, ...]:
    """The files that an address stands for, by name; in a folder those with one of the suffixes, hidden ones left out.

    Raises:
        UsageError: nobody knows the protocol, or the address has a password in it.
        MissingExtra: fsspec, or the package of the protocol, is not installed.
        FetchError: nothing is there, or it cannot be reached or read.
    """
    refuse_password(address)
    fs, path = open_store(address)
    try:
        fs.invalidate_cache()
        facts = _facts(fs, path)
        if facts is not None and facts.get("type") != "directory":
            return (Remote(address, root=address.rpartition("/")[0], **_told(facts)),)
        if facts is None and MAGIC.search(path):
            return _matching(fs, path, address)
        if facts is not None:
            return _in_folder(_Folder(fs, path.rstrip("/"), address.rstrip("/")), suffixes, deep=deep)
    except Exception as error:
        raise explain(error, address) from None
    raise explain(FileNotFoundError(), address)


def version_of(facts: Mapping[str, Any]) -> str:
    """A name for the content of a file, from what its file system tells of it.

    >>> version_of({"size": 3, "ETag": '"ab"'}) == version_of({"size": 3, "etag": "ab", "LastModified": 1})
    True
    """
    told = {str(key).lower(): value for key, value in facts.items() if value}
    value = next((told[name] for name in (*CHECKSUMS, *TIMES) if name in told), "")
    if hasattr(value, "timestamp"):
        value = value.timestamp()
    value = str(value).strip('"')
    return sha256(f"{told.get('size', 0)} {value}".encode()).hexdigest()[:16]


def look_at(fs: Any, path: str, remote: Remote) -> Remote:
    """A file as it is now."""
    fs.invalidate_cache()
    return replace(remote, **_told(fs.info(path)))


@dataclass(frozen=True)
class _Folder:
    """A folder: its path in its file system, and its address, both without a slash at the end."""

    fs: Any
    path: str
    address: str

    def hold(self, found: Iterable[Mapping[str, Any]]) -> tuple[Remote, ...]:
        """What was found in it, by name, with addresses that begin as that of the folder does."""
        files = {str(facts["name"]): facts for facts in found if facts.get("type") == "file"}
        urls = {f"{self.address}/{path[len(self.path) :].lstrip('/')}": facts for path, facts in files.items()}
        return tuple(Remote(url, root=self.address, **_told(facts)) for url, facts in sorted(urls.items()))


def _in_folder(folder: _Folder, suffixes: Collection[str], *, deep: bool) -> tuple[Remote, ...]:
    """The recordings in a folder.

    Raises:
        FetchError: there is none.
    """
    fs, path = folder.fs, folder.path
    listed = fs.find(path, detail=True).values() if deep else fs.ls(path, detail=True)
    within = [each for each in folder.hold(listed) if _is_recording(each, suffixes)]
    if not within:
        fix = "" if deep else "folders within it are searched with --workers"
        raise FetchError("no recording in this folder", where=folder.address, fix=fix)
    return tuple(within)


def _is_recording(remote: Remote, suffixes: Collection[str]) -> bool:
    parts = remote.url[len(remote.root) :].split("/")
    return PurePosixPath(parts[-1]).suffix.lower() in suffixes and not any(part.startswith(".") for part in parts)


def _matching(fs: Any, path: str, address: str) -> tuple[Remote, ...]:
    """The files that a pattern matches.

    Raises:
        FetchError: there is none.
    """
    start = MAGIC.split(address)[0].rpartition("/")[0].rstrip("/")
    fixed = start if scheme_of(f"{start}/") and not start.endswith(":") else f"{scheme_of(address)}://"
    folder = _Folder(fs, open_store(fixed)[1].rstrip("/"), fixed)
    found = folder.hold(fs.glob(path, detail=True).values())
    if not found:
        raise FetchError("nothing matches this pattern", where=address)
    return found


def _facts(fs: Any, path: str) -> Mapping[str, Any] | None:
    try:
        return dict(fs.info(path))
    except FileNotFoundError:
        return None


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    size = facts.get("size")
    return {"size": UNKNOWN if size is None else int(size), "version": version_of(facts)}
