"""Which videos an address means: the parts of a video that a site of our own plays to yt-dlp."""

from __future__ import annotations

from pathlib import Path

import pytest
from loopback import Loopback, Reply, data, page, refusal
from many_parts import API, NUMBER, PARTS, VIDEO, play_video

from toolkit.errors import FetchError, UsageError
from toolkit.fetch.items import Item, find_items
from toolkit.profile import FetchOptions

PAGES = f"{API}/player/pagelist"


@pytest.fixture(autouse=True)
def _video(web: Loopback) -> None:
    play_video(web)


def labels(address: str, cache: Path, *, every: bool = False, **options: object) -> list[str]:
    return [item.label for item in find_items(address, FetchOptions(**options), cache=cache, every=every)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        (f"{VIDEO}:2", [2]),
        (f"{VIDEO}?p=2", [2]),
        (f"av{NUMBER}?p=2", [2]),
        (f"https://m.bilibili.com/video/{VIDEO}?p=3&share=1", [3]),
        (f"{VIDEO}:2-3", [2, 3]),
        (f"{VIDEO}:3,1", [1, 3]),
    ],
)
def test_the_parts_asked_for(address: str, parts: list[int], tmp_path: Path) -> None:
    items = find_items(address, FetchOptions(), cache=tmp_path)
    assert [(item.part, item.id, item.title) for item in items] == [
        (part, f"{VIDEO}_p{part}", PARTS[part - 1]) for part in parts
    ]


def test_many_parts_and_none_named_asks_which(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=f"has 3 parts; say which: {VIDEO}:3 or {VIDEO}:1-3, or --all-parts") as caught:
        labels(VIDEO, tmp_path)
    assert caught.value.exit_code == 5


def test_all_parts_are_all(tmp_path: Path) -> None:
    every = [f"{VIDEO}?p={part}" for part in (1, 2, 3)]
    assert labels(VIDEO, tmp_path, all_parts=True) == labels(VIDEO, tmp_path, every=True) == every


def test_an_option_names_parts_where_the_address_names_none(tmp_path: Path) -> None:
    assert labels(VIDEO, tmp_path, parts="2") == labels(f"{VIDEO}:2", tmp_path, parts="3") == [f"{VIDEO}?p=2"]
    with pytest.raises(UsageError, match=r"--parts: 'two' names no parts"):
        labels(VIDEO, tmp_path, parts="two")


def test_a_part_beyond_the_list_names_the_range(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"\?p=999: has no part 999: its parts are 1 to 3"):
        labels(f"{VIDEO}?p=999", tmp_path)


def test_a_video_of_one_part_needs_no_number(web: Loopback, tmp_path: Path) -> None:
    play_video(web, parts=("闭幕式",))
    assert labels(VIDEO, tmp_path) == labels(f"{VIDEO}?p=1", tmp_path) == [VIDEO]
    with pytest.raises(FetchError, match="has no part 2: it has one part"):
        labels(f"{VIDEO}?p=2", tmp_path)


def test_a_short_address_leads_to_the_part_that_was_shared(web: Loopback, tmp_path: Path) -> None:
    led = (("Location", web.address(f"www.bilibili.com/video/{VIDEO}?p=2&share_source=copy")),)
    web.on("b23.tv/AbC1234", Reply(status=302, headers=led))
    assert labels("b23.tv/AbC1234", tmp_path) == [f"{VIDEO}?p=2"]
    web.on(f"www.bilibili.com/video/{VIDEO}", refusal(412))
    assert labels("https://b23.tv/AbC1234", tmp_path) == [f"{VIDEO}?p=2"]


def test_a_short_address_that_leads_nowhere(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"b23\.tv/gone: is not there"):
        labels("b23.tv/gone", tmp_path)


def test_a_detour_to_a_video_of_many_parts_is_not_part_one(web: Loopback, tmp_path: Path) -> None:
    led = (("Location", web.address(f"www.bilibili.com/video/{VIDEO}")),)
    web.on("t.cn/abc", Reply(status=302, headers=led))
    with pytest.raises(FetchError, match="has 3 parts"):
        labels("https://t.cn/abc", tmp_path)
    assert labels("https://t.cn/abc", tmp_path, parts="3") == [f"{VIDEO}?p=3"]


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (-404, "is not there"),
        (62002, "is not there"),
        (-403, "logged in"),
        (-412, "refuses for now"),
        (-799, "asked too often"),
        (-10403, "region"),
        (-12345, "the site answers -12345, 啥也木有"),
    ],
)
def test_what_the_site_says_of_a_video_is_told(code: int, problem: str, web: Loopback, tmp_path: Path) -> None:
    web.on(PAGES, data({"code": code, "message": "啥也木有"}))
    with pytest.raises(FetchError, match=problem):
        labels(f"{VIDEO}:2", tmp_path)


@pytest.mark.parametrize(
    "reply", [page("<html>"), data({"code": 0, "data": []}), data([1]), data({"code": 0, "data": 7})]
)
def test_a_list_that_cannot_be_read_is_not_guessed_at(reply: Reply, web: Loopback, tmp_path: Path) -> None:
    web.on(PAGES, reply)
    with pytest.raises(FetchError, match="list of parts cannot be read"):
        labels(VIDEO, tmp_path)


def test_refused_and_then_not(web: Loopback, tmp_path: Path) -> None:
    answer = web.replies[PAGES][0]
    web.on(PAGES, refusal(412), refusal(412), answer)
    assert labels(f"{VIDEO}:2", tmp_path) == [f"{VIDEO}?p=2"]
    assert len(web.asked) == 3


def test_refused_to_the_end(web: Loopback, tmp_path: Path) -> None:
    web.on(PAGES, refusal(412))
    with pytest.raises(FetchError, match=r"refuses for now \(HTTP 412\); wait some minutes; or .*--cookies"):
        labels(f"{VIDEO}:2", tmp_path)
    assert len(web.asked) == 3


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>talks</title>
<item><title>one</title><link>https://example.org/1.mp3</link></item>
<item><title>two</title><link>https://example.org/2.mp3</link></item></channel></rss>"""


def test_a_list_of_another_site_asks_too(web: Loopback, tmp_path: Path) -> None:
    web.on("example.org/feed", Reply(FEED.encode(), "application/rss+xml"))
    with pytest.raises(FetchError, match=r"has 2 parts; say which: --parts 2 or --parts 1-2, or --all-parts"):
        labels("https://example.org/feed", tmp_path)
    assert labels("https://example.org/feed", tmp_path, parts="2") == ["https://example.org/2.mp3"]
    assert len(labels("https://example.org/feed", tmp_path, all_parts=True)) == 2
    with pytest.raises(FetchError, match="has no part 3: its parts are 1 to 2"):
        labels("https://example.org/feed", tmp_path, parts="3")


def test_a_page_without_a_video(web: Loopback, tmp_path: Path) -> None:
    web.on("example.org/about", page("<html><title>About</title>nothing"))
    with pytest.raises(FetchError, match="there is no video that yt-dlp can find"):
        labels("https://example.org/about", tmp_path)


def test_items_compare_by_what_they_are() -> None:
    assert Item("a", "b", info={"x": 1}) == Item("a", "b")
