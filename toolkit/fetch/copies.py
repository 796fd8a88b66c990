"""A copy of a remote file on the machine that works on it: fetched in pieces, whole before it has its name.

::

    cache/s3/s3_bucket_talks_a_mp4-1f2e3d4c/5a6b7c8d9e0f1a2b/a.mp4      a copy; the last folder stands for the content
    cache/s3/s3_bucket_talks_a_mp4-1f2e3d4c/5a6b7c8d9e0f1a2b/unfinished   what has come so far

Each piece is on disk before the next is asked for, so that whatever breaks off goes on where it was.
"""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from time import sleep
from typing import Any

from toolkit.errors import FetchError, ToolkitError
from toolkit.fetch.filesystems import FINAL, explain, is_denied, open_store, scheme_of
from toolkit.fetch.objects import Remote, look_at
from toolkit.fetch.store import HALF_DONE, entry_of, make_folder
from toolkit.jobs import Job, Listener, Progress
from toolkit.locks import locked

PIECE = 16 << 20
"""Bytes that are asked for at once."""

PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds before each further attempt at a piece; a file system library has its own attempts besides."""

log = logging.getLogger(__name__)


def copy_of(remote: Remote) -> Path:
    """Where the copy of a file is, or will be."""
    return entry_of(remote.cache, scheme_of(remote.url), remote.url) / remote.version / remote.name


@contextmanager
def at_hand(job: Job, listener: Listener | None = None) -> Iterator[Job]:
    """The job with its recording on this machine; a copy that is not to be kept is gone afterwards.

    What is wrong with the recording is told of its address.

    Raises:
        FetchError: it cannot be fetched; what came of it stays for the next attempt.
        InputError: another run is fetching it.
    """
    if job.remote is None:
        yield job
        return
    copy = bring(job.remote, listener)
    try:
        yield replace(job, source=copy)
    except ToolkitError as error:
        error.where = job.remote.url if error.where == str(copy) else error.where
        raise
    finally:
        if not job.remote.keep:
            _drop(copy.parent)


def bring(remote: Remote, listener: Listener | None = None) -> Path:
    """The copy of a file as it is now, fetched unless it is there.

    Raises:
        FetchError: it cannot be fetched, or changed meanwhile.
        InputError: another run is fetching it.
        MissingExtra: fsspec, or the package of its protocol, is not installed here.
    """
    if copy_of(remote).is_file():
        return copy_of(remote)
    fs, path = open_store(remote.url)
    now = _now(fs, path, remote)
    copy = copy_of(now)
    if not copy.is_file():
        with locked(make_folder(copy.parent) / "fetch"):
            half = copy.with_name(HALF_DONE)
            _fill(half, _Reader(fs, path, now), listener)
            size = half.stat().st_size
            if _now(fs, path, now).version != now.version or size != (size if now.size < 0 else now.size):
                half.unlink()
                raise FetchError("was changed while it was fetched", where=now.url, fix="run it again")
            half.replace(copy)
        _forget_others(copy.parent)
    return copy


class _Reader:
    """Reads a remote file piece by piece, and tries again where the network fails."""

    def __init__(self, fs: Any, path: str, remote: Remote) -> None:
        self.fs, self.path, self.remote = fs, path, remote

    def piece(self, start: int) -> bytes:
        """What comes at an offset, at most a piece, empty at the end.

        Raises:
            FetchError: it does not come, however often it is asked for.
        """
        end = start + PIECE if self.remote.size < 0 else min(start + PIECE, self.remote.size)
        for pause in (*PAUSES, None):
            try:
                return self._asked(start, end) if start < end else b""
            except Exception as error:
                if pause is None or isinstance(error, (*FINAL, ToolkitError)) or is_denied(error):
                    raise explain(error, self.remote.url) from None
                log.info("%s: broke off at %d bytes; asked again in %g s", self.remote.url, start, pause)
                sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _asked(self, start: int, end: int) -> bytes:
        data = bytes(self.fs.cat_file(self.path, start=start, end=end))
        if len(data) > end - start:
            raise FetchError("its server gives no parts of files", where=self.remote.url, fix="copy it to this machine")
        if not data and self.remote.size >= 0:
            raise OSError(f"it ends at {start} of {self.remote.size} bytes")
        return data


def _fill(half: Path, reader: _Reader, listener: Listener | None) -> None:
    """Complete the file that has what came so far."""
    size = max(reader.remote.size, 0)
    try:
        with half.open("ab") as file:
            done = file.tell()
            while piece := reader.piece(done):
                file.write(piece)
                file.flush()
                os.fsync(file.fileno())
                done += len(piece)
                if listener:
                    listener(Progress("fetch", done, size))
    except OSError as error:
        problem, fix = f"cannot be written: {error.strerror or error}", "allow writing there, or use --no-cache"
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            problem, fix = "the disk is full", "make room and run it again; it goes on where it was"
        raise FetchError(problem, where=str(half.parent), fix=fix) from None


def _now(fs: Any, path: str, remote: Remote) -> Remote:
    try:
        return look_at(fs, path, remote)
    except Exception as error:
        raise explain(error, remote.url) from None


def _forget_others(folder: Path) -> None:
    """Remove copies of what the file was before, which nothing asks for any more."""
    for other in folder.parent.iterdir():
        if other != folder:
            rmtree(other, ignore_errors=True)


def _drop(folder: Path) -> None:
    """Remove the folder of a copy, and those above it that are empty then."""
    rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        for above in (folder.parent, folder.parent.parent):
            above.rmdir()
