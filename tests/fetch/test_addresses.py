"""Every form of an address, against our own reading and yt-dlp's extractors."""

from __future__ import annotations

import pytest

from toolkit.errors import UsageError
from toolkit.fetch.addresses import id_of_number, is_address, parse_address, parse_parts

ID = "BV1iT421k7Bv"
BARE = f"https://www.bilibili.com/video/{ID}"

OF_BILIBILI = {
    ID: (),
    f"bv{ID[2:]}": (),
    f"{ID}/": (),
    f"{ID}?p=71": (71,),
    f"{ID}/?p=71": (71,),
    f"{ID}:71": (71,),
    f"{ID}:70-72": (70, 71, 72),
    f"{ID}?p=1,3,70-72": (1, 3, 70, 71, 72),
    f"{ID}?spm_id_from=333&p=71": (71,),
    f"{ID}?p=": (),
    BARE: (),
    f"{BARE}/?p=71&vd_source=abc#reply": (71,),
    f"{BARE}:70-72": (70, 71, 72),
    f"http://bilibili.com/video/{ID}?p=71": (71,),
    f"www.bilibili.com/video/{ID}?p=71": (71,),
    f"bilibili.com/video/{ID}": (),
    f"m.bilibili.com/video/{ID}?p=71": (71,),
    f"https://www.bilibili.com/s/video/{ID}?p=71": (71,),
    f"https://b23.tv/{ID}?p=71": (71,),
    f"b23.tv/{ID}": (),
    f"https://player.bilibili.com/player.html?bvid={ID}&p=71": (71,),
}


@pytest.mark.parametrize(("text", "parts"), OF_BILIBILI.items())
def test_a_video_of_bilibili_has_one_id_in_every_form(text: str, parts: tuple[int, ...]) -> None:
    assert is_address(text)
    address = parse_address(text)
    assert (address.video, address.url, address.parts) == (ID, BARE, parts)


@pytest.mark.parametrize(
    ("number", "ident"),
    [
        (8903802, "BV13x41117TL"),
        (1074402, "BV11x411K7CN"),
        (498159642, "BV1bK411W797"),
        (463665680, "BV1vL411G7N7"),
        (893839363, "BV1wP4y1P72h"),
        (170001, "BV17x411w7KC"),
    ],
)
def test_numbers_are_ids(number: int, ident: str) -> None:
    assert id_of_number(number) == ident
    for text in (f"av{number}", f"AV{number}?p=2", f"https://www.bilibili.com/video/av{number}/"):
        assert is_address(text)
        assert parse_address(text).video == ident
    assert parse_address(f"https://player.bilibili.com/player.html?aid={number}").video == ident


ELSEWHERE = {
    "https://b23.tv/AbC1234": "https://b23.tv/AbC1234",
    "b23.tv/AbC1234": "https://b23.tv/AbC1234",
    "m.bilibili.com/bangumi/play/ep508404": "https://www.bilibili.com/bangumi/play/ep508404",
    "https://space.bilibili.com/1/video": "https://space.bilibili.com/1/video",
    "youtu.be/jNQXAC9IVRw": "https://youtu.be/jNQXAC9IVRw",
    "www.youtube.com/watch?v=jNQXAC9IVRw": "https://www.youtube.com/watch?v=jNQXAC9IVRw",
    "https://vimeo.com/1234567": "https://vimeo.com/1234567",
    "http://127.0.0.1:8000/talk.ogg": "http://127.0.0.1:8000/talk.ogg",
}


@pytest.mark.parametrize(("text", "url"), ELSEWHERE.items())
def test_other_addresses_stay_what_they_are(text: str, url: str) -> None:
    assert is_address(text)
    address = parse_address(text)
    assert (address.url, address.video) == (url, "")
    assert address.is_short is ("b23.tv" in text)


@pytest.mark.parametrize(
    "name", ["talk.mp4", "talks/a.mp4", "my.talks/a.mp4", "BVlog.mp4", "av.mp4", "avatar", "C:\\talk.mp4", "*.mp4"]
)
def test_what_can_be_a_file_is_no_address(name: str) -> None:
    assert not is_address(name)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("BV1iT421k7B", "no id of a video"),
        ("BV1iT421k7Bvx", "no id of a video"),
        ("av0", "no number of a video"),
        (f"av{1 << 51}", "no number of a video"),
        (f"{ID}:0", "counted from 1"),
        (f"{ID}?p=x", "names no parts"),
        (f"{ID}:72-70", "runs backwards"),
        (f"{ID}:1-999999", "endless"),
        (f"{ID}:", ""),
        ("ftp://example.org/talk.mp3", "cannot be fetched"),
        ("https:///talk", "cannot be fetched"),
    ],
)
def test_what_can_be_no_address_is_refused(text: str, problem: str) -> None:
    if not problem:
        assert parse_address(text).parts == ()
        return
    with pytest.raises(UsageError, match=problem):
        parse_address(text)


def test_parts_come_once_and_in_order() -> None:
    assert parse_parts("3, 1-2 ,2") == (1, 2, 3)


@pytest.mark.parametrize(
    ("text", "extractor"),
    [
        *((text, "BiliBili") for text in OF_BILIBILI),
        ("av170001", "BiliBili"),
        ("av170001?p=2", "BiliBili"),
        ("https://www.bilibili.com/bangumi/play/ep508404", "BiliBiliBangumi"),
        ("m.bilibili.com/bangumi/play/ss26801", "BiliBiliBangumiSeason"),
        ("https://space.bilibili.com/1/video", "BilibiliSpaceVideo"),
        ("https://www.bilibili.com/list/1958703906?sid=547718", "BilibiliPlaylist"),
        ("https://www.bilibili.com/audio/au1003142", "BilibiliAudio"),
        ("youtu.be/jNQXAC9IVRw", "Youtube"),
        ("https://www.youtube.com/playlist?list=PLBB231211A4F62143", "YoutubeTab"),
        ("https://b23.tv/AbC1234", "Generic"),
        ("http://127.0.0.1:8000/talk.ogg", "Generic"),
    ],
)
def test_yt_dlp_sends_it_to_the_right_extractor(text: str, extractor: str) -> None:
    extractors = pytest.importorskip("yt_dlp.extractor", reason="yt-dlp is not installed (extra 'download')")
    url = parse_address(text).url
    suitable = [kind.ie_key() for kind in extractors.gen_extractor_classes() if kind.suitable(url)]
    assert suitable[0] == extractor


@pytest.mark.parametrize(
    "text", [ID, "av170001?p=2", f"m.bilibili.com/video/{ID}", f"www.bilibili.com/video/{ID}?p=71"]
)
def test_yt_dlp_itself_would_not_know_these_forms(text: str) -> None:
    """Why they are read here at all."""
    bilibili = pytest.importorskip("yt_dlp.extractor.bilibili", reason="yt-dlp is not installed (extra 'download')")
    assert not bilibili.BiliBiliIE.suitable(text)
    assert not bilibili.BiliBiliIE.suitable(f"https://{text}") or text.startswith("www.")
