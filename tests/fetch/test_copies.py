"""Copies of remote files: whole or not there, going on where the network broke, made anew when the file is another."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import far
import pytest
from far import SCHEME, Weather, put

from toolkit.errors import FetchError, InputError
from toolkit.fetch.copies import at_hand, bring, copy_of
from toolkit.fetch.objects import Remote, find_remote
from toolkit.fetch.store import HALF_DONE, size_of
from toolkit.jobs import Job, Progress, plan_job
from toolkit.locks import locked
from toolkit.profile import Profile

weather = far.weather
URL = f"{SCHEME}://b/talks/a.mp4"
BROKEN = OSError(errno.ECONNRESET, "Connection reset by peer")


@pytest.fixture(autouse=True)
def _file(weather: Weather) -> None:
    put({"b/talks/a.mp4": b"0123456789"}, SCHEME)


def found(cache: Path, *, keep: bool = True) -> Remote:
    (remote,) = find_remote(URL, (), deep=False)
    return replace(remote, cache=cache, keep=keep)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_it_comes_in_pieces_and_tells_how_far_it_is(tmp_path: Path, weather: Weather) -> None:
    told: list[Progress] = []
    copy = bring(found(tmp_path), told.append)
    assert copy.read_bytes() == b"0123456789"
    assert copy.name == "a.mp4"
    assert weather.reads == [(0, 4), (4, 8), (8, 10)]
    assert [(each.stage, each.done, each.total) for each in told] == [("fetch", done, 10) for done in (4, 8, 10)]
    assert files(tmp_path) == ["a.mp4"]


def test_what_is_there_is_not_asked_for_again(tmp_path: Path, weather: Weather) -> None:
    remote = found(tmp_path)
    copy = bring(remote)
    weather.looks, weather.ahead = [BROKEN], [BROKEN]
    assert bring(remote) == copy


def test_a_piece_that_breaks_off_is_asked_for_again(tmp_path: Path, weather: Weather) -> None:
    weather.ahead = [None, BROKEN, TimeoutError(), None]
    assert bring(found(tmp_path)).read_bytes() == b"0123456789"
    assert weather.reads == [(0, 4), (4, 8), (4, 8), (4, 8), (8, 10)]


def test_a_network_that_stays_away_leaves_what_came_for_the_next_run(tmp_path: Path, weather: Weather) -> None:
    weather.ahead = [None, BROKEN, BROKEN, BROKEN]
    remote = found(tmp_path)
    with pytest.raises(FetchError, match="Connection reset by peer") as caught:
        bring(remote)
    assert caught.value.where == URL
    assert caught.value.fix.endswith("it goes on where it was")
    assert not copy_of(remote).exists()
    assert copy_of(remote).with_name(HALF_DONE).read_bytes() == b"0123"
    weather.reads.clear()
    assert bring(remote).read_bytes() == b"0123456789"
    assert weather.reads == [(4, 8), (8, 10)]


@pytest.mark.parametrize("error", [PermissionError(13, "no"), FileNotFoundError(2, "gone")])
def test_what_will_not_change_is_not_asked_for_again(tmp_path: Path, weather: Weather, error: Exception) -> None:
    weather.ahead = [None, error]
    with pytest.raises(FetchError, match=r"may not be read|is not there"):
        bring(found(tmp_path))
    assert len(weather.reads) == 2


def test_a_file_changed_in_the_middle_is_no_copy_of_either(tmp_path: Path, weather: Weather) -> None:
    weather.between = lambda start: put({"b/talks/a.mp4": b"abcdefghij"}, SCHEME) if start == 4 else None
    with pytest.raises(FetchError, match="was changed while it was fetched"):
        bring(found(tmp_path))
    assert files(tmp_path) == []
    weather.between = None
    assert bring(found(tmp_path)).read_bytes() == b"abcdefghij"


def test_a_file_that_has_become_another_is_fetched_anew_and_replaces_the_old_copy(tmp_path: Path) -> None:
    planned = found(tmp_path)
    bring(planned)
    put({"b/talks/a.mp4": b"new"}, SCHEME)
    copy = bring(found(tmp_path))
    assert copy.read_bytes() == b"new"
    assert files(tmp_path) == ["a.mp4"]


def test_what_changed_after_the_plan_is_kept_under_what_it_is_now(tmp_path: Path) -> None:
    planned = found(tmp_path)
    put({"b/talks/a.mp4": b"new"}, SCHEME)
    assert bring(planned) == copy_of(found(tmp_path)) != copy_of(planned)


def test_a_file_that_grows_shorter_while_it_is_read_ends_the_attempt(tmp_path: Path, weather: Weather) -> None:
    weather.between = lambda start: put({"b/talks/a.mp4": b"0123"[: start + 4]}, SCHEME)
    with pytest.raises(FetchError, match="ends at 4 of 10 bytes"):
        bring(found(tmp_path))
    assert not any(name.endswith(".mp4") for name in files(tmp_path))


def test_a_server_that_sends_more_than_it_was_asked_for_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fsspec.registry import _registry

    monkeypatch.setattr(_registry[SCHEME], "cat_file", lambda *_, **__: b"0123456789")
    with pytest.raises(FetchError, match="gives no parts of files"):
        bring(found(tmp_path))


def test_an_empty_file_is_an_empty_copy(tmp_path: Path, weather: Weather) -> None:
    put({"b/talks/a.mp4": b""}, SCHEME)
    assert bring(found(tmp_path)).read_bytes() == b""
    assert weather.reads == []


def test_a_file_of_unknown_size_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.fetch.objects._told", lambda _: {"size": -1, "version": "1"})
    assert bring(found(tmp_path)).read_bytes() == b"0123456789"


def test_a_full_disk_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("toolkit.fetch.copies.os.fsync", full)
    with pytest.raises(FetchError, match="the disk is full") as caught:
        bring(found(tmp_path))
    assert caught.value.fix.startswith("make room")


def test_two_runs_do_not_fetch_one_file_at_once(tmp_path: Path) -> None:
    remote = found(tmp_path)
    copy_of(remote).parent.mkdir(parents=True)
    with locked(copy_of(remote).parent / "fetch"), pytest.raises(InputError, match="another run"):
        bring(remote)


def test_what_is_kept_is_counted_when_it_is_whole(tmp_path: Path, weather: Weather) -> None:
    weather.ahead = [None, BROKEN, BROKEN, BROKEN]
    with pytest.raises(FetchError):
        bring(found(tmp_path))
    assert size_of(tmp_path) == (0, 4)
    bring(found(tmp_path))
    assert size_of(tmp_path) == (1, 10)


def test_ctrl_c_keeps_what_came(tmp_path: Path, weather: Weather) -> None:
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(found(tmp_path), stop)
    weather.reads.clear()
    assert bring(found(tmp_path)).read_bytes() == b"0123456789"
    assert weather.reads[0] == (4, 8)


def job(remote: Remote) -> Job:
    return plan_job(copy_of(remote), Profile(), out="out/", remote=remote)


def test_a_copy_that_is_not_kept_is_gone_after_the_work_even_where_that_fails(tmp_path: Path) -> None:
    def work() -> None:
        with at_hand(job(found(tmp_path / "cache", keep=False))) as ready:
            assert ready.source.read_bytes() == b"0123456789"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert list((tmp_path / "cache").rglob("*")) == []


def test_a_copy_is_kept_and_a_file_of_this_machine_is_left_alone(tmp_path: Path) -> None:
    with at_hand(job(found(tmp_path))) as ready:
        pass
    assert ready.source.is_file()
    here = plan_job(ready.source, Profile())
    with at_hand(here) as same:
        assert same is here
