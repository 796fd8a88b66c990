"""Files on disk: read with clear errors, written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

from toolkit.errors import InputError, ToolkitError

ADVICE = {
    errno.EACCES: "choose another folder, or allow writing to this one",
    errno.EPERM: "choose another folder, or allow writing to this one",
    errno.EROFS: "choose a folder that can be written to",
    errno.ENOENT: "make the folder first",
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room in your quota",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EISDIR: "name a file, not a folder",
}
"""What to do about the reasons for which a system refuses to write."""


def read_whole(path: Path) -> bytes:
    """The content of a file.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", where=str(path), fix=_did_you_mean(path)) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=str(path)) from None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there complete or as it was before, whatever happens meanwhile.

    The data goes to a temporary file in the same folder, is forced to disk, read back and compared, and takes the
    place of ``path`` in one step. A link stays a link, permissions stay; a device or pipe is written to directly.

    Raises:
        InputError: the folder is missing or cannot be written to, or the disk is full; nothing is left behind.
        ToolkitError: what was read back is not what was written.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        fix = ADVICE.get(error.errno or 0, "")
        raise InputError(f"cannot be written: {error.strerror or error}", where=str(path), fix=fix) from None


def _replace(path: Path, data: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is write-protected")
    temporary = path.with_name(f".zimu-{secrets.token_hex(6)}.tmp")
    try:
        _write_synced(temporary, data)
        if temporary.read_bytes() != data:
            raise ToolkitError("what was written reads back differently", where=str(path), fix="check the disk")
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o7777)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _write_synced(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Force the new name to disk too; Windows cannot open folders, some network file systems cannot sync them."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _did_you_mean(path: Path) -> str:
    names: list[str] = []
    with suppress(OSError):
        names = [entry.name for entry in path.parent.iterdir()]
    close = get_close_matches(path.name, names, n=1)
    return f"did you mean '{path.parent / close[0]}'?" if close else ""
