"""Sound, picture, subtitles and metadata come through yt-dlp's real code, whole or not at all, and are kept."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback, Reply, data, refusal
from many_parts import API, PARTS, PICTURE_PLACE, SOUND, SOUND_PLACE, TITLE, VIDEO, add_subtitles, deny, play_video

from toolkit.errors import FetchError, InputError
from toolkit.fetch import site
from toolkit.fetch.download import Fetched, Wish, describe_item, fetch_item
from toolkit.fetch.items import find_items
from toolkit.formats import read
from toolkit.jobs import Progress
from toolkit.locks import locked
from toolkit.profile import FetchOptions

NAME = f"{TITLE} 《机器之问》对谈 {VIDEO}_p2"
PLAYER = f"{API}/player/wbi/v2"


@pytest.fixture(autouse=True)
def _video(web: Loopback) -> None:
    play_video(web)


def get(address: str, cache: Path, *, always_sound: bool = False, **options: Any) -> Fetched:
    wish = Wish(FetchOptions(**options), always_sound)
    (item,) = find_items(address, wish.options, cache=cache)
    return fetch_item(item, wish, cache=cache)


def in_cache(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.rglob("*") if path.is_file() and "yt-dlp" not in path.parts)


def starts(web: Loopback) -> list[int]:
    """From which byte on the sound was asked for; how much of a broken block is kept differs between HTTP libraries."""
    return [int(asked.removeprefix("bytes=").partition("-")[0] or 0) for asked in web.ranges[SOUND_PLACE]]


def test_the_best_sound_of_the_part_as_it_is(web: Loopback, tmp_path: Path) -> None:
    fetched = get(f"{VIDEO}:2", tmp_path)
    assert fetched.source.name == f"{NAME}.m4a"
    assert fetched.source.read_bytes() == SOUND
    assert in_cache(tmp_path) == [f"{NAME}.info.json", f"{NAME}.m4a"]
    assert not any("picture" in place or "worse" in place for place in web.asked)
    assert any("cid=7002" in place for place in web.asked)


def test_what_the_site_says_is_kept(tmp_path: Path) -> None:
    known = get(f"{VIDEO}:2", tmp_path).metadata
    assert (known.title, known.part, known.parts, known.part_title) == (TITLE, 2, 3, PARTS[1])
    assert known.tags == ("具身智能", "WAIC", "科技")
    assert known.chapters == ("致辞", "Foldy 登场")
    assert known.description == "浅山实验室的 Foldy 会叠衣服。"


def test_parts_do_not_collide(tmp_path: Path) -> None:
    sources = {get(f"{VIDEO}:{part}", tmp_path).source.name for part in (1, 2, 3)}
    assert len(sources) == 3


def test_a_second_time_needs_no_network(web: Loopback, tmp_path: Path) -> None:
    first = get(f"{VIDEO}:2", tmp_path)
    web.asked.clear()
    again = get(f"{VIDEO}?p=2", tmp_path)
    assert (again.source, again.metadata, again.from_cache) == (first.source, first.metadata, True)
    assert web.asked == []


def test_a_bare_id_of_one_part_is_found_again_too(web: Loopback, tmp_path: Path) -> None:
    play_video(web, parts=("闭幕式",))
    get(VIDEO, tmp_path)
    web.asked.clear()
    assert get(VIDEO, tmp_path).from_cache
    assert web.asked == []


def test_what_is_gone_from_the_cache_is_fetched_again(tmp_path: Path) -> None:
    get(f"{VIDEO}:2", tmp_path).source.unlink()
    assert get(f"{VIDEO}:2", tmp_path).source.read_bytes() == SOUND


def test_a_broken_download_goes_on_where_it_was_in_the_same_run(web: Loopback, tmp_path: Path) -> None:
    whole = Reply(SOUND, "video/mp4")
    web.on(SOUND_PLACE, replace(whole, cut=30_000), replace(whole, cut=10_000), whole)
    assert get(f"{VIDEO}:2", tmp_path).source.read_bytes() == SOUND
    first, second, third = starts(web)
    assert first == 0 < second <= 30_000
    assert second < third <= second + 10_000


def test_a_broken_download_goes_on_where_it_was_in_the_next_run(
    web: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "RETRIES", 0)
    web.on(SOUND_PLACE, Reply(SOUND, "video/mp4", cut=30_000))
    with pytest.raises(FetchError) as caught:
        get(f"{VIDEO}:2", tmp_path)
    assert caught.value.exit_code == 5
    assert in_cache(tmp_path) == ["unfinished.30280.m4a.part"]
    web.on(SOUND_PLACE, Reply(SOUND, "video/mp4"))
    assert get(f"{VIDEO}:2", tmp_path).source.read_bytes() == SOUND
    assert 0 < starts(web)[-1] <= 30_000
    assert in_cache(tmp_path) == [f"{NAME}.info.json", f"{NAME}.m4a"]


def test_ctrl_c_keeps_what_came(web: Loopback, tmp_path: Path) -> None:
    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    wish = Wish(FetchOptions())
    (item,) = find_items(f"{VIDEO}:2", wish.options, cache=tmp_path)
    with pytest.raises(KeyboardInterrupt):
        fetch_item(item, wish, cache=tmp_path, listener=interrupt)
    assert in_cache(tmp_path) == ["unfinished.30280.m4a.part"]
    assert get(f"{VIDEO}:2", tmp_path).source.read_bytes() == SOUND
    assert starts(web)[-1] > 0


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    told: list[Progress] = []
    wish = Wish(FetchOptions())
    (item,) = find_items(f"{VIDEO}:2", wish.options, cache=tmp_path)
    fetch_item(item, wish, cache=tmp_path, listener=told.append)
    assert {event.stage for event in told} == {"fetch"}
    assert (told[-1].done, told[-1].total) == (len(SOUND), len(SOUND))


def test_a_page_that_refuses_and_then_does_not(web: Loopback, tmp_path: Path) -> None:
    place = f"www.bilibili.com/video/{VIDEO}"
    web.on(place, refusal(412), web.replies[place][0])
    assert get(f"{VIDEO}:2", tmp_path).source.read_bytes() == SOUND
    assert sum(asked.startswith(place) for asked in web.asked) == 2


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (401, "logged in"),
        (403, r"refused \(HTTP 403\)"),
        (404, "is not there"),
        (412, r"refuses for now \(HTTP 412\); wait"),
        (429, r"asked too often \(HTTP 429\)"),
        (451, "region"),
        (503, r"the site fails \(HTTP 503\)"),
        (418, r"refused \(HTTP 418\)"),
    ],
)
def test_a_status_says_what_to_do(status: int, problem: str, web: Loopback, tmp_path: Path) -> None:
    web.on(f"www.bilibili.com/video/{VIDEO}", refusal(status))
    with pytest.raises(FetchError, match=problem):
        get(f"{VIDEO}:2", tmp_path)


def test_a_wall_of_login_says_how_to_log_in(web: Loopback, tmp_path: Path) -> None:
    deny(web, -403)
    with pytest.raises(FetchError, match=r"\?p=2: is shown only to those who are logged in; .*--cookies-from-browser"):
        get(f"{VIDEO}:2", tmp_path)


def test_a_video_without_streams_says_so(web: Loopback, tmp_path: Path) -> None:
    web.on(f"{API}/player/wbi/playurl", data({"code": -10403, "message": "no"}))
    with pytest.raises(FetchError, match=r"no sound or picture that can be fetched|a newer yt-dlp"):
        get(f"{VIDEO}:2", tmp_path)


def test_a_full_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yt_dlp.downloader.common import FileDownloader

    class Full:
        def write(self, _: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            pass

    monkeypatch.setattr(FileDownloader, "sanitize_open", lambda _self, name, _mode: (Full(), name))
    with pytest.raises(FetchError, match="the disk is full; make room"):
        get(f"{VIDEO}:2", tmp_path)


def test_two_runs_do_not_fetch_one_video_at_once(tmp_path: Path) -> None:
    folder = get(f"{VIDEO}:2", tmp_path).source.parent
    (folder / f"{NAME}.m4a").unlink()
    with locked(folder / "fetch"), pytest.raises(InputError, match="another run"):
        get(f"{VIDEO}:2", tmp_path)


class TestSubtitles:
    def test_those_that_exist_spare_the_sound(self, web: Loopback, tmp_path: Path) -> None:
        add_subtitles(web, "ai-zh", "zh-CN")
        fetched = get(f"{VIDEO}:2", tmp_path)
        assert fetched.source.name == f"{NAME}.srt"
        assert [cue.heard for cue in read(fetched.source).cues] == ["聚生智能的崛起", "大家下午好"]
        assert fetched.metadata.subtitles_language == "zh-CN"
        assert SOUND_PLACE not in web.ranges
        assert get(f"{VIDEO}:2", tmp_path).from_cache

    def test_ignored_on_demand(self, web: Loopback, tmp_path: Path) -> None:
        add_subtitles(web, "zh-CN")
        assert get(f"{VIDEO}:2", tmp_path, existing="ignore").source.suffix == ".m4a"
        assert not any("aisubtitle" in place for place in web.asked)

    def test_the_sound_can_be_had_after_them(self, web: Loopback, tmp_path: Path) -> None:
        add_subtitles(web, "zh-CN")
        get(f"{VIDEO}:2", tmp_path)
        assert get(f"{VIDEO}:2", tmp_path, existing="ignore").source.suffix == ".m4a"
        assert get(f"{VIDEO}:2", tmp_path).source.suffix == ".srt"
        assert len(in_cache(tmp_path)) == 3

    def test_both_for_who_fetches(self, web: Loopback, tmp_path: Path) -> None:
        add_subtitles(web, "zh-CN")
        fetched = get(f"{VIDEO}:2", tmp_path, always_sound=True)
        assert {path.suffix for path in fetched.files} == {".srt", ".m4a", ".json"}

    def test_only_them_or_nothing(self, web: Loopback, tmp_path: Path) -> None:
        with pytest.raises(FetchError, match=r"has no subtitles in Chinese or English; .*--cookies-from-browser"):
            get(f"{VIDEO}:2", tmp_path, existing="only")
        add_subtitles(web, "zh-CN")
        fetched = get(f"{VIDEO}:2", tmp_path, existing="only", always_sound=True)
        assert {path.suffix for path in fetched.files} == {".srt", ".json"}
        assert SOUND_PLACE not in web.ranges

    def test_who_logs_in_later_is_asked_about_again(self, web: Loopback, tmp_path: Path) -> None:
        assert get(f"{VIDEO}:2", tmp_path).source.suffix == ".m4a"
        add_subtitles(web, "ai-zh")
        assert get(f"{VIDEO}:2", tmp_path).source.suffix == ".m4a"
        cookies = tmp_path / "cookies.txt"
        cookies.write_text("# Netscape HTTP Cookie File\n.bilibili.com\tTRUE\t/\tTRUE\t2000000000\tSESSDATA\tx\n")
        assert get(f"{VIDEO}:2", tmp_path, cookies=str(cookies)).source.suffix == ".srt"
        assert cookies.read_text().count("\n") == 2

    def test_that_cannot_be_read_are_an_error(self, web: Loopback, tmp_path: Path) -> None:
        add_subtitles(web, "zh-CN")
        web.on("aisubtitle.hdslb.com/zh-CN.json", refusal(404))
        with pytest.raises(FetchError, match="is not there"):
            get(f"{VIDEO}:2", tmp_path)


@pytest.mark.parametrize(
    ("options", "error", "problem"),
    [
        ({"cookies": "gone.txt"}, InputError, r"gone\.txt: the cookies cannot be read: no such file"),
        ({"cookies_from_browser": "lynx"}, FetchError, "the cookies cannot be read"),
    ],
)
def test_cookies_that_are_no_use(
    options: dict[str, str], error: type[Exception], problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=f"(?i){problem}"):
        get(f"{VIDEO}:2", tmp_path, **options)


def test_what_would_be_fetched_is_told_beforehand(web: Loopback, tmp_path: Path) -> None:
    wish = Wish(FetchOptions())
    (item,) = find_items(f"{VIDEO}:2", wish.options, cache=tmp_path)
    assert describe_item(item, wish, cache=tmp_path) == (NAME, False)
    add_subtitles(web, "zh-CN")
    assert describe_item(item, wish, cache=tmp_path) == (NAME, True)
    assert in_cache(tmp_path) == []


def test_a_plain_file_is_known_by_its_whole_address(web: Loopback, tmp_path: Path) -> None:
    web.on("a.example/talk.mp3", Reply(b"one" * 999, "audio/mpeg"))
    web.on("b.example/talk.mp3", Reply(b"two" * 999, "audio/mpeg"))
    one, two = (get(f"https://{host}.example/talk.mp3", tmp_path) for host in "ab")
    assert one.source.read_bytes()[:3] + two.source.read_bytes()[:3] == b"onetwo"
    assert one.source.name != two.source.name
    web.asked.clear()
    assert get("https://a.example/talk.mp3", tmp_path).from_cache
    assert web.asked == []


def test_the_picture_comes_on_demand(web: Loopback, tmp_path: Path) -> None:
    web.on(PICTURE_PLACE, Reply(b"no picture", "video/mp4"))
    with pytest.raises(FetchError, match="picture and sound cannot be joined"):
        get(f"{VIDEO}:2", tmp_path, video=True)
    assert web.ranges[SOUND_PLACE]
    assert web.ranges[PICTURE_PLACE]
