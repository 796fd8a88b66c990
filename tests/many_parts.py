"""Bilibili as tests need it: a video of several parts, made up, in the shape in which the site answers yt-dlp."""

from __future__ import annotations

import json

from loopback import Loopback, Reply, data, page

VIDEO, NUMBER = "BV1bK411W797", 498159642
TITLE = "WAIC 2024 论坛回放：从沐曦到具身智能"
PARTS = ("开幕", "《机器之问》对谈", "主题演讲：Foldy 的一天")
TAGS = ("具身智能", "WAIC", "科技")
ABOUT = "浅山实验室的 Foldy 会叠衣服。"
SOUND = b"sound of the part, " * 4000
PICTURE = b"picture of the part, " * 4000

API = "api.bilibili.com/x"
SOUND_PLACE, PICTURE_PLACE = "upos.bilivideo.com/sound-30280.m4s", "upos.bilivideo.com/picture-80.m4s"


def play_video(web: Loopback, *, parts: tuple[str, ...] = PARTS, sound: bytes = SOUND) -> None:
    """Let the server play the site with one video."""
    pages = [
        {"cid": 7000 + number, "page": number, "part": title, "duration": 60 + number}
        for number, title in enumerate(parts, start=1)
    ]
    web.on(f"www.bilibili.com/video/{VIDEO}", page(_html(pages)))
    web.on(f"{API}/player/pagelist", data({"code": 0, "message": "0", "data": pages}))
    keys = {
        name: f"https://i0.hdslb.com/bfs/wbi/{letter * 32}.png" for name, letter in (("img_url", "a"), ("sub_url", "b"))
    }
    web.on(f"{API}/web-interface/nav", data({"code": -101, "data": {"isLogin": False, "wbi_img": keys}}))
    web.on(f"{API}/player/wbi/playurl", data({"code": 0, "message": "0", "data": _streams()}))
    web.on(f"{API}/player/wbi/v2", data({"code": 0, "data": {"need_login_subtitle": True, "view_points": CHAPTERS}}))
    web.on(SOUND_PLACE, Reply(sound, "video/mp4"))
    web.on(PICTURE_PLACE, Reply(PICTURE, "video/mp4"))


CHAPTERS = [{"content": "致辞", "from": 0, "to": 30}, {"content": "Foldy 登场", "from": 30, "to": 60}]


def add_subtitles(web: Loopback, *languages: str) -> None:
    """Let the site have subtitles, as it has them for those who are logged in."""
    listed = [{"lan": name, "subtitle_url": f"//aisubtitle.hdslb.com/{name}.json"} for name in languages]
    answer = {"subtitle": {"subtitles": listed}, "view_points": CHAPTERS}
    web.on(f"{API}/player/wbi/v2", data({"code": 0, "data": answer}))
    body = [{"from": 0.5, "to": 2.0, "content": "聚生智能的崛起"}, {"from": 2.5, "to": 5.0, "content": "大家下午好"}]
    for name in languages:
        web.on(f"aisubtitle.hdslb.com/{name}.json", data({"lang": name, "body": body}))


def deny(web: Loopback, code: int) -> None:
    """Let the page of the video say by a code why it is not shown."""
    state = {"error": {"code": -code, "trueCode": code, "message": "no"}}
    web.on(f"www.bilibili.com/video/{VIDEO}", page(f"<script>window.__INITIAL_STATE__={json.dumps(state)};</script>"))


def _html(pages: list[dict[str, object]]) -> str:
    state = {
        "aid": NUMBER,
        "bvid": VIDEO,
        "videoData": {
            "bvid": VIDEO,
            "aid": NUMBER,
            "cid": 7001,
            "title": TITLE,
            "desc": ABOUT,
            "pubdate": 1720000000,
            "pages": pages,
            "stat": {"view": 5, "like": 2, "reply": 1},
            "rights": {},
        },
        "upData": {"name": "浅山", "mid": "1"},
        "tags": [{"tag_name": tag} for tag in TAGS],
    }
    return f"<html><script>window.__INITIAL_STATE__={json.dumps(state)};(function(){{}})</script></html>"


def _streams() -> dict[str, object]:
    sound = {"id": 30280, "baseUrl": f"https://{SOUND_PLACE}?e=1", "mimeType": "audio/mp4", "codecs": "mp4a.40.2"}
    worse = {**sound, "id": 30216, "baseUrl": "https://upos.bilivideo.com/worse-30216.m4s?e=1", "bandwidth": 60_000}
    picture = {
        "id": 80,
        "baseUrl": f"https://{PICTURE_PLACE}?e=1",
        "mimeType": "video/mp4",
        "codecs": "avc1.640032",
        "width": 1920,
        "height": 1080,
        "bandwidth": 900_000,
    }
    formats = [{"quality": 80, "new_description": "1080P"}]
    dash = {"audio": [worse, {**sound, "bandwidth": 200_000}], "video": [picture]}
    return {"quality": 80, "timelength": 61_000, "accept_quality": [80], "support_formats": formats, "dash": dash}
