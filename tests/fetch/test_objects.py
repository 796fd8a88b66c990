"""Which files an address of fsspec means, by what a change of them is known, and what they are called here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import far
import pytest
from far import Weather, put

from toolkit.errors import FetchError, MissingExtra, ToolkitError, UsageError
from toolkit.fetch.filesystems import explain, is_remote, open_store
from toolkit.fetch.objects import Remote, find_remote, place_of, version_of

weather = far.weather
MEDIA = (".mp4", ".wav")

TREE = {
    "b/talks/b.mp4": b"2",
    "b/talks/a.MP4": b"1",
    "b/talks/notes.txt": b"no",
    "b/talks/.hidden.mp4": b"no",
    "b/talks/x/c.wav": b"3",
    "b/talks/.git/d.wav": b"no",
    "b/talks/take [1].mp4": b"4",
    "b/papers/notes.txt": b"no",
    "b/papers/.cut.mp4": b"no",
}


@pytest.fixture(autouse=True)
def _tree() -> None:
    pytest.importorskip("fsspec", reason="fsspec is not installed (extra 'remote')")
    put(TREE)


def urls(address: str, *, deep: bool = False) -> list[str]:
    return [each.url for each in find_remote(address, MEDIA, deep=deep)]


@pytest.mark.parametrize("folder", ["memory://b/talks", "memory://b/talks/"])
def test_a_folder_stands_for_the_recordings_in_it(folder: str) -> None:
    talks = "memory://b/talks/"
    assert urls(folder) == [f"{talks}a.MP4", f"{talks}b.mp4", f"{talks}take [1].mp4"]
    assert urls(folder, deep=True) == [*urls(folder), f"{talks}x/c.wav"]


def test_a_pattern_stands_for_what_matches() -> None:
    assert urls("memory://b/*/b.*") == ["memory://b/talks/b.mp4"]
    assert urls("memory://b/**/*.wav") == ["memory://b/talks/.git/d.wav", "memory://b/talks/x/c.wav"]


def test_a_pattern_may_begin_with_the_bucket() -> None:
    (found,) = find_remote("memory://*/talks/b.mp4", MEDIA, deep=False)
    assert open_store(found.url)[1] == "/b/talks/b.mp4"


def test_a_name_that_looks_like_a_pattern_comes_first() -> None:
    assert urls("memory://b/talks/take [1].mp4") == ["memory://b/talks/take [1].mp4"]


def test_a_named_file_need_not_look_like_a_recording() -> None:
    (found,) = find_remote("memory://b/talks/notes.txt", MEDIA, deep=False)
    assert (found.url, found.size, found.root) == ("memory://b/talks/notes.txt", 2, "memory://b/talks")


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("memory://b/gone.mp4", "is not there"),
        ("memory://b/talks/*.ogg", "nothing matches this pattern"),
        ("memory://b/papers", "no recording in this folder"),
        ("memory://b/a::b.mp4", "chains are not followed"),
    ],
)
def test_what_is_not_there_is_said(address: str, problem: str) -> None:
    with pytest.raises(FetchError, match=problem) as caught:
        find_remote(address, MEDIA, deep=False)
    assert caught.value.where == address


@pytest.mark.parametrize(
    "address",
    ["sftp://me:pw1@host/a.mp4", "sftp://:pw1@host/a.mp4", "abfs://c@h/a?sv=1&sig=pw1", "s3://b/a?X-Amz-Signature=pw1"],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(UsageError, match="password or key") as caught:
        find_remote(address, MEDIA, deep=False)
    assert "pw1" not in str(caught.value)


def test_a_port_and_a_name_are_no_password() -> None:
    with pytest.raises(ToolkitError) as caught:
        find_remote("nowhere://me@host:22/x@y.mp4", MEDIA, deep=False)
    assert "no protocol 'nowhere'" in str(caught.value)


def test_without_fsspec_the_install_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(MissingExtra) as caught:
        open_store("s3://bucket/a.mp4")
    assert str(caught.value) == (
        "reading s3://bucket/a.mp4 needs the extra 'remote' and s3fs; pip install 'zimu-toolkit[remote]' s3fs"
    )
    with pytest.raises(UsageError, match="no protocol 'htps'"):
        open_store("htps://example.org/a.mp4")


def test_without_the_package_of_a_protocol_the_same_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(MissingExtra, match="needs the extra 'remote' and s3fs"):
        open_store("s3://bucket/a.mp4")


def test_the_web_is_not_for_fsspec() -> None:
    assert not any(map(is_remote, ("http://example.org/a.wav", "HTTPS://example.org", "BV1iT421k7Bv", "C:\\a.mp4")))
    assert is_remote("S3://bucket/a.mp4")


class Refused(Exception):
    """As the libraries of some protocols say that somebody may not read."""

    status = 403


class NoCredentialsError(Exception):
    """So botocore calls it."""


@pytest.mark.parametrize(
    "error", [PermissionError(13, "no"), Refused(), NoCredentialsError(), OSError("Forbidden: b/a")]
)
def test_missing_credentials_are_told_apart(error: Exception) -> None:
    told = explain(error, "s3://bucket/a.mp4")
    assert told.problem == "may not be read from here"
    assert "s3fs" in told.fix


def test_what_libraries_say_is_freed_of_secrets() -> None:
    said = "GET https://me:pw1@host/a?X-Amz-Signature=pw1 failed, aws_secret_access_key=pw1, token: pw1\nand more"
    told = str(explain(RuntimeError(said), "s3://bucket/a.mp4"))
    assert "pw1" not in told
    assert "RuntimeError: GET https://…host/a… failed" in told
    assert "\n" not in told


def test_a_listing_that_fails_says_why(weather: Weather) -> None:
    weather.looks = [OSError(101, "Network is unreachable")]
    with pytest.raises(FetchError, match=r"cannot be read \(Network is unreachable\)"):
        find_remote("shaky://b/a.mp4", MEDIA, deep=False)


VERSIONS: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    lambda facts: {**facts, "ETag": '"2"'},
    lambda facts: {**facts, "size": 4},
]


@pytest.mark.parametrize("change", VERSIONS)
def test_another_content_has_another_version(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    facts = {"size": 3, "ETag": '"1"', "LastModified": 5}
    assert version_of(change(facts)) != version_of(facts)
    assert version_of({**facts, "LastModified": 6, "StorageClass": "x"}) == version_of(facts)


def test_without_a_checksum_the_time_counts_however_it_is_told() -> None:
    told = datetime.fromtimestamp(5, timezone.utc)
    assert version_of({"size": 3, "mtime": 5.0}) == version_of({"size": 3, "mtime": told})
    assert version_of({"size": 3, "mtime": 5.0}) != version_of({"size": 3, "mtime": 6.0})


def test_listing_and_looking_agree_on_the_version() -> None:
    listed = {each.url: each.version for each in find_remote("memory://b/talks", MEDIA, deep=True)}
    (looked,) = find_remote("memory://b/talks/b.mp4", MEDIA, deep=False)
    assert listed[looked.url] == looked.version


def test_a_folder_of_this_machine_by_its_own_protocol(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.mp4").write_bytes(b"12")
    (found,) = find_remote(f"local://{tmp_path}", MEDIA, deep=True)
    assert (found.url, found.size) == (f"local://{tmp_path}/x/a.mp4", 2)
    os.utime(tmp_path / "x" / "a.mp4", (1, 1))
    assert find_remote(found.url, MEDIA, deep=True)[0].version != found.version


@pytest.mark.parametrize(
    "url", ["s3://b/../../etc/passwd.mp4", "s3://b/./x//a.mp4", "s3://b/…/a\u202e?.mp4", "s3://b/..."]
)
def test_no_name_leads_out_of_the_tree(url: str) -> None:
    remote = Remote(url)
    assert ".." not in remote.place.parts
    assert remote.place.is_relative_to("/s3/b") or os.name == "nt"
    assert remote.place != place_of("s3://b")
    assert "/" not in remote.name


def test_a_name_too_long_for_a_file_is_cut_and_stays_its_own() -> None:
    names = {Remote(f"s3://b/{'长' * 200}{end}.mp4").name for end in "ab"}
    assert len(names) == 2
    assert all(len(name.encode()) < 200 and name.endswith(".mp4") for name in names)


def test_a_name_that_only_looks_like_a_password_is_found_and_opened() -> None:
    put({"b/talks/me:x@y?key=1.mp4": b"1"})
    (found,) = find_remote("memory://b/talks", MEDIA, deep=False)
    assert open_store(found.url)[1] == "/b/talks/me:x@y?key=1.mp4"
