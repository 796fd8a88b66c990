"""Locks on files, so that two runs never write the same; the system frees them when their process dies."""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from toolkit.errors import InputError, ToolkitError

log = logging.getLogger(__name__)

BUSY = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
FULL = (errno.ENOSPC, errno.EDQUOT)
BEYOND = 1 << 30  # msvcrt.locking forbids others to read what it locks; lock a byte behind the process number


@contextmanager
def locked(*paths: Path) -> Iterator[None]:
    """Hold the locks of files while the block runs: ``.NAME.lock`` beside each, with the number of the process in it.

    Lock files go with the lock; what a killed process left behind is taken over. File systems that know no locks are
    used without them.

    Raises:
        InputError: another process, or another thread of this one, holds one of them; or there can be no such file.
    """
    with ExitStack() as stack:
        for path in paths:
            stack.enter_context(_locked(lock_of(path), path))
        yield


def lock_of(path: Path) -> Path:
    """The lock of a file, beside it.

    >>> lock_of(Path("talk.srt")).name
    '.talk.srt.lock'
    """
    return path.with_name(f".{path.name}.lock")


@contextmanager
def _locked(lock: Path, path: Path) -> Iterator[None]:
    handle = _take(lock, path)
    try:
        with suppress(OSError):  # on a full disk the lock holds all the same
            os.ftruncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        if sys.platform == "win32":  # which removes no open file
            os.close(handle)
            with suppress(OSError):
                lock.unlink()
        else:
            lock.unlink(missing_ok=True)
            os.close(handle)


def _take(lock: Path, path: Path) -> int:
    """An open handle that holds the lock on the file that stands at ``lock`` now."""
    while True:
        handle = _open(lock, path)
        try:
            _lock(handle)
        except OSError as error:
            holder = os.read(handle, 20).decode(errors="replace")
            os.close(handle)
            if error.errno in BUSY:
                raise _busy(path, holder) from None
            raise
        if _stands(handle, lock):
            return handle
        os.close(handle)  # its holder removed the file between our opening and our locking


def _open(path: Path, of: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise _closed(error, path, of) from None


def _closed(error: OSError, lock: Path, path: Path) -> ToolkitError:
    """Why there can be no lock on a file, in words."""
    if error.errno == errno.ENAMETOOLONG:
        fix = "rename the recording, or name one output with -o"
        return InputError("this name is too long for the file system", where=str(path), fix=fix)
    problem = f"cannot be written to: {error.strerror or error}"
    if error.errno in FULL:
        return ToolkitError(problem, where=str(lock.parent), fix="make room on the disk")
    return InputError(problem, where=str(lock.parent), fix="choose another folder with -o")


def _stands(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _busy(path: Path, holder: str) -> InputError:
    process = f" (process {holder})" if holder.isdigit() else ""
    problem = f"another run{process} is writing it"
    return InputError(problem, where=str(path), fix="wait for it, or choose another folder with -o")


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, BEYOND, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
        return
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in BUSY:
            raise
        log.warning("this file system knows no locks (%s); do not run twice on one recording", error.strerror)
