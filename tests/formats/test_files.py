"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import InputError, ToolkitError
from toolkit.formats import files
from toolkit.formats.files import read_whole, write_whole

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions, links and devices")


@pytest.mark.parametrize("data", [b"", b"x", bytes(range(256)) * 5000])
def test_what_is_written_is_there_and_nothing_else(tmp_path: Path, data: bytes) -> None:
    write_whole(tmp_path / "talk.srt", data)
    assert (tmp_path / "talk.srt").read_bytes() == data
    assert [path.name for path in tmp_path.iterdir()] == ["talk.srt"]


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "talk.srt"
    path.write_bytes(b"old and longer")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


@POSIX
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    target, link = tmp_path / "target.srt", tmp_path / "link.srt"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


@POSIX
def test_new_files_have_the_permissions_that_the_user_wants(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_whole(tmp_path / "talk.srt", b"x")
    finally:
        os.umask(old)
    assert (tmp_path / "talk.srt").stat().st_mode & 0o777 == 0o640


@POSIX
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_whole(Path(os.devnull), b"x")
    assert Path(os.devnull).is_char_device()


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"talk\.srt: cannot be written: .*; make the folder first"):
        write_whole(tmp_path / "missing" / "talk.srt", b"x")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name a file, not a folder"):
        write_whole(tmp_path, b"x")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="to root nothing is forbidden")
def test_a_folder_that_forbids_writing_is_one_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="choose another folder"):
        write_whole(tmp_path / "talk.srt", b"x")
    tmp_path.chmod(0o700)


def failing(number: int) -> Callable[..., Any]:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "fix"), [(errno.ENOSPC, "make room on the disk"), (errno.EROFS, "choose a folder that can be written")]
)
def test_a_failure_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, fix: str
) -> None:
    path = tmp_path / "talk.srt"
    path.write_bytes(b"old")
    monkeypatch.setattr(files.os, "fsync", failing(number))
    with pytest.raises(InputError, match=fix) as caught:
        write_whole(path, b"new")
    assert caught.value.where == str(path)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["talk.srt"]


def test_being_interrupted_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "talk.srt", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_gives_back_something_else_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_write_synced", lambda path, data: path.write_bytes(data[:-1]))
    with pytest.raises(ToolkitError, match="reads back differently"):
        write_whole(tmp_path / "talk.srt", b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_one_error() -> None:
    with pytest.raises(InputError, match="make room on the disk"):
        write_whole(Path("/dev/full"), b"x")


def test_a_missing_file_names_the_one_that_was_meant(tmp_path: Path) -> None:
    (tmp_path / "talk.srt").write_bytes(b"x")
    assert read_whole(tmp_path / "talk.srt") == b"x"
    with pytest.raises(InputError, match=r"no such file; did you mean '.*talk\.srt'"):
        read_whole(tmp_path / "tlak.srt")
    with pytest.raises(InputError, match="cannot be read"):
        read_whole(tmp_path)
