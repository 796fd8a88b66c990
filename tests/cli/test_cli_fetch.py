"""Addresses on the command line: the whole job from an address, `zimu fetch`, and what is said when it cannot be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import loopback
import pytest
from loopback import Loopback, Reply, refusal
from many_parts import API, PARTS, SOUND, TITLE, VIDEO, add_subtitles, play_video

from toolkit.formats import read, write

Zimu = Callable[..., Any]
pytestmark = loopback.LEFT_OPEN
web = loopback.web

ROOT = Path(__file__).parents[2]
PLAY = ("--recogniser", "replay", "--model", "heard.jsonl", "--no-builtin-lexicons")
NAME = f"{TITLE} 《机器之问》对谈 {VIDEO}_p2"


@pytest.fixture(autouse=True)
def _place(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said in every recording, and a cache of our own."""
    write(read(room / "talk.srt"), room / "heard.jsonl")
    (room / "talk.srt").unlink()
    monkeypatch.setattr("toolkit.cli.config.cache_folder", lambda: room / "cache")
    monkeypatch.setattr("toolkit.cli.addresses.cache_folder", lambda: room / "cache")


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()} - {"terms.toml", "heard.jsonl"}


def cookies(room: Path) -> Path:
    path = room / "cookies.txt"
    path.write_text("# Netscape HTTP Cookie File\n.bilibili.com\tTRUE\t/\tTRUE\t2000000000\tSESSDATA\tx\n")
    return path


def test_a_part_of_a_video_becomes_subtitles_with_a_name_from_its_tags(web: Loopback, zimu: Zimu, room: Path) -> None:
    play_video(web)
    done = zimu("run", f"{VIDEO}?p=2", *PLAY)
    assert (done.code, done.out) == (0, "")
    assert read(room / f"{NAME}.srt").cues[0].text == "具身智能的崛起"
    assert done.err.startswith(f"zimu: {VIDEO}?p=2 → {NAME}.srt\n      2 cues")
    kept = {f"{NAME}.{suffix}" for suffix in ("srt", "edits.jsonl", "cues.jsonl", "info.json")}
    assert files(room) == kept
    assert json.loads((room / f"{NAME}.info.json").read_text(encoding="utf-8"))["part_title"] == PARTS[1]


def test_names_of_the_metadata_can_be_left_out(web: Loopback, zimu: Zimu, room: Path) -> None:
    play_video(web)
    assert zimu("run", f"{VIDEO}:2", *PLAY, "--no-metadata-terms").code == 0
    assert read(room / f"{NAME}.srt").cues[0].text == "聚生智能的崛起"


def test_a_real_recording_from_an_address_on_the_loopback(zimu: Zimu, room: Path, talk: Path) -> None:
    """No part of yt-dlp is turned aside here: it asks 127.0.0.1 itself. The title is the name of the file."""
    pytest.importorskip("yt_dlp", reason="yt-dlp is not installed (extra 'download')")
    with loopback.playing() as web:
        web.on(
            "%E6%B2%90%E6%9B%A6%E4%B8%8E%E5%85%B7%E8%BA%AB%E6%99%BA%E8%83%BD.ogg", Reply(talk.read_bytes(), "audio/ogg")
        )
        address = web.address("%E6%B2%90%E6%9B%A6%E4%B8%8E%E5%85%B7%E8%BA%AB%E6%99%BA%E8%83%BD.ogg")
        done = zimu("run", address, *PLAY, "--json")
    (result,) = done.json["results"]
    assert (done.code, result["input"], result["edits"]) == (0, address, 2)
    (srt,) = room.glob("*.srt")
    assert srt.name.startswith("沐曦与具身智能 ")
    assert [cue.text for cue in read(srt).cues] == ["具身智能的崛起", "人形机器人，具身智能的载体"]
    (sound,) = (room / "cache" / "generic").rglob("*.ogg")
    assert sound.read_bytes() == talk.read_bytes()


def test_the_real_model_class_hears_what_was_fetched(zimu: Zimu, room: Path, talk: Path, whisper_folder: Path) -> None:
    pytest.importorskip("yt_dlp", reason="yt-dlp is not installed (extra 'download')")
    with loopback.playing() as web:
        web.on("talk.ogg", Reply(talk.read_bytes(), "audio/ogg"))
        done = zimu("run", web.address("talk.ogg"), "--model", str(whisper_folder), "--language", "zh")
    assert done.code == 0, done.err
    (srt,) = room.glob("*.srt")
    assert len(read(srt).cues) > 5
    (journal,) = room.glob("*.cues.jsonl")
    assert '"done": true' in journal.read_text(encoding="utf-8")


def test_the_second_time_nothing_is_fetched_and_nothing_heard(web: Loopback, zimu: Zimu) -> None:
    play_video(web)
    zimu("run", f"{VIDEO}:2", *PLAY)
    web.asked.clear()
    done = zimu("run", f"https://www.bilibili.com/video/{VIDEO}?p=2", *PLAY)
    assert "all of it heard before" in done.err
    assert web.asked == []


def test_without_a_cache_nothing_stays(web: Loopback, zimu: Zimu, room: Path) -> None:
    play_video(web)
    assert zimu("run", f"{VIDEO}:2", *PLAY, "--no-cache").code == 0
    assert not (room / "cache").exists()
    assert f"{NAME}.srt" in files(room)
    again = zimu("run", f"{VIDEO}:2", *PLAY, "--no-cache")
    assert (again.code, "all of it heard before" in again.err) == (0, True)


def test_subtitles_that_exist_go_straight_to_the_corrector(web: Loopback, zimu: Zimu, room: Path) -> None:
    play_video(web)
    add_subtitles(web, "ai-zh")
    done = zimu("run", f"{VIDEO}:2", "--recogniser", "nobody:listens", "--no-builtin-lexicons", "-f", "vtt")
    assert done.code == 0, done.err
    assert f"{VIDEO}?p=2: its own subtitles (ai-zh); --existing ignore hears it" in done.err
    assert read(room / f"{NAME}.vtt").cues[0].text == "具身智能的崛起"


def test_transcribe_hears_although_there_are_subtitles(web: Loopback, zimu: Zimu, room: Path) -> None:
    play_video(web)
    add_subtitles(web, "ai-zh")
    assert zimu("transcribe", f"{VIDEO}:2", *PLAY).code == 0
    assert len(read(room / f"{NAME}.srt").cues) == 2


def test_one_that_fails_does_not_stop_the_rest(web: Loopback, zimu: Zimu, room: Path) -> None:
    play_video(web)
    (room / "list.txt").write_text(
        f"{VIDEO}:9\n{VIDEO}:2\nhttps://example.org/gone.mp3\n{VIDEO}?p=2\n", encoding="utf-8"
    )
    done = zimu("run", "@list.txt", *PLAY, "-o", "out", "--json")
    assert done.code == 6
    assert [(result["input"], result["ok"]) for result in done.json["results"]] == [
        (f"{VIDEO}:9", False),
        (f"{VIDEO}?p=2", True),
        ("https://example.org/gone.mp3", False),
    ]
    assert done.json["results"][0]["failure"]["problem"] == "has no part 9: its parts are 1 to 3"
    assert f"{NAME}.srt" in files(room / "out")


def test_several_parts_and_one_name_are_refused(web: Loopback, zimu: Zimu) -> None:
    play_video(web)
    done = zimu("run", f"{VIDEO}:1-3", *PLAY, "-o", "all.srt")
    assert (done.code, "several inputs, and -o names one file" in done.err) == (2, True)


def test_a_dry_run_fetches_no_sound(web: Loopback, zimu: Zimu, room: Path) -> None:
    play_video(web)
    done = zimu("run", f"{VIDEO}:2", "--dry-run", "-f", "srt,vtt", "-o", "out")
    assert done.out == f"{VIDEO}?p=2 → {Path('out') / NAME}.srt, {Path('out') / NAME}.vtt\n"
    assert files(room) == set()
    assert not any("upos" in place for place in web.asked)


def test_a_file_of_that_name_is_no_address(zimu: Zimu, room: Path) -> None:
    (room / "BV1iT421k7Bv").write_bytes(b"a recording")
    assert zimu("run", "BV1iT421k7Bv", *PLAY).code == 0
    assert (room / "BV1iT421k7Bv.srt").exists()


def test_metadata_of_something_else_is_not_replaced(web: Loopback, zimu: Zimu, room: Path) -> None:
    play_video(web)
    (room / f"{NAME}.info.json").write_text('{"id": "mine"}')
    done = zimu("run", f"{VIDEO}:2", *PLAY)
    assert (done.code, "is of something else and stays" in done.err) == (0, True)
    assert (room / f"{NAME}.info.json").read_text() == '{"id": "mine"}'


class TestFetch:
    def test_sound_and_metadata_come_here(self, web: Loopback, zimu: Zimu, room: Path) -> None:
        play_video(web)
        done = zimu("fetch", f"{VIDEO}:2")
        assert (done.code, done.out) == (0, "")
        assert done.err == f"zimu: {VIDEO}?p=2 → {NAME}.m4a, {NAME}.info.json\n"
        assert (room / f"{NAME}.m4a").read_bytes() == SOUND
        assert zimu("fetch", f"{VIDEO}:2").err.endswith(", fetched before\n")

    def test_then_run_uses_the_metadata_beside_it(self, web: Loopback, zimu: Zimu, room: Path) -> None:
        play_video(web)
        zimu("fetch", f"{VIDEO}:2", "-o", "talks")
        assert zimu("run", "talks", *PLAY).code == 0
        assert read(room / "talks" / f"{NAME}.srt").cues[0].text == "具身智能的崛起"

    def test_subtitles_come_too(self, web: Loopback, zimu: Zimu, room: Path) -> None:
        play_video(web)
        add_subtitles(web, "zh-CN")
        assert zimu("fetch", f"{VIDEO}:2", "-o", "a").code == 0
        assert {Path(name).suffix for name in files(room / "a")} == {".m4a", ".srt", ".json"}
        assert zimu("fetch", f"{VIDEO}:2", "-o", "b", "--existing", "only").code == 0
        assert {Path(name).suffix for name in files(room / "b")} == {".srt", ".json"}

    def test_a_file_of_somebody_else_stays(self, web: Loopback, zimu: Zimu, room: Path) -> None:
        play_video(web)
        (room / f"{NAME}.m4a").write_bytes(b"mine")
        done = zimu("fetch", f"{VIDEO}:2")
        assert (done.code, "exists and is something else" in done.err) == (3, True)
        assert (room / f"{NAME}.m4a").read_bytes() == b"mine"
        assert zimu("fetch", f"{VIDEO}:2", "--overwrite").code == 0
        assert (room / f"{NAME}.m4a").read_bytes() == SOUND

    def test_metadata_of_the_same_video_is_brought_up_to_date(self, web: Loopback, zimu: Zimu, room: Path) -> None:
        play_video(web)
        assert zimu("fetch", f"{VIDEO}:2").code == 0
        add_subtitles(web, "zh-CN")
        assert zimu("fetch", f"{VIDEO}:2", "--cache", "--cookies", str(cookies(room))).code == 0
        assert "zh-CN" in (room / f"{NAME}.info.json").read_text(encoding="utf-8")
        (room / f"{NAME}.srt").write_text("mine")
        assert zimu("fetch", f"{VIDEO}:2").code == 3

    def test_the_parts_are_listed(self, web: Loopback, zimu: Zimu) -> None:
        play_video(web)
        done = zimu("fetch", VIDEO, "--list")
        assert done.out.splitlines()[1] == f"{VIDEO}?p=2\t1:02\t{PARTS[1]}"
        assert [entry["title"] for entry in zimu("fetch", VIDEO, "--list", "--json").json["results"]] == list(PARTS)

    @pytest.mark.parametrize(
        ("arguments", "code", "problem"),
        [
            (["talk.mp4"], 2, "talk.mp4: a file, not an address"),
            ([VIDEO, "-o", "talk.m4a"], 2, "-o names a file"),
            ([f"{VIDEO}:0"], 2, "counted from 1"),
            ([VIDEO], 5, "has 3 parts; say which"),
            ([f"{VIDEO}?p=999"], 5, "its parts are 1 to 3"),
            ([f"{VIDEO}:2", "--existing", "only"], 5, "has no subtitles in Chinese or English"),
            (["https://example.org/gone.mp3"], 5, "is not there"),
            ([f"{VIDEO}:2", "--cookies", "gone.txt"], 3, "the cookies cannot be read"),
        ],
    )
    def test_a_failure_is_one_line(
        self, arguments: list[str], code: int, problem: str, web: Loopback, zimu: Zimu
    ) -> None:
        play_video(web)
        done = zimu("fetch", *arguments)
        assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)
        assert problem in done.err
        assert zimu("fetch", *arguments, "--json").json["exit_code"] == code

    def test_an_interruption_is_told(self, web: Loopback, zimu: Zimu, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        play_video(web)
        monkeypatch.setattr("toolkit.fetch.download.fetch_item", interrupted)
        done = zimu("fetch", f"{VIDEO}:2-3", "--json")
        assert (done.code, "run the same command again" in done.err) == (130, True)
        assert [result["ok"] for result in done.json["results"]] == [False, False]


def test_refused_for_now_says_what_to_do(web: Loopback, zimu: Zimu) -> None:
    web.on(f"{API}/player/pagelist", refusal(412))
    done = zimu("run", f"{VIDEO}:2", *PLAY)
    assert (done.code, done.err.count("\n")) == (5, 1)
    assert "refuses for now (HTTP 412); wait some minutes; or log in" in done.err


def test_without_the_extra_the_install_line_is_said(zimu: Zimu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yt_dlp", None)
    done = zimu("run", "BV1iT421k7Bv?p=71", *PLAY)
    assert done.code == 4
    assert done.err == (
        "zimu: fetching BV1iT421k7Bv?p=71 needs the extra 'download'; pip install 'zimu-toolkit[download]'\n"
    )


NO_NETWORK = """
import socket, sys, time
def look_up(*_, **__):
    time.sleep({seconds})
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
def connect(*_, **__):
    raise OSError(101, "Network is unreachable")
socket.getaddrinfo = look_up
socket.socket.connect = connect
from toolkit.cli import main
sys.exit(main(["run", "BV1iT421k7Bv?p=71"]))
"""


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "temporary failure in name resolution"), (60, "nothing in 10 seconds")], ids=["", "slow"]
)
def test_offline_is_one_line_in_time(seconds: int, said: str, tmp_path: Path) -> None:
    """Also where looking up a name hangs, as it does behind a router without a line."""
    pytest.importorskip("yt_dlp", reason="yt-dlp is not installed (extra 'download')")
    kept = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    environment = {**kept, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    began = monotonic()
    code = NO_NETWORK.format(seconds=seconds)
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=False)
    took = monotonic() - began
    assert done.stderr.decode() == (
        f"zimu: BV1iT421k7Bv?p=71: the network does not answer ({said}); "
        "check the network, or give --proxy; what was fetched before needs none\n"
    )
    assert (done.returncode, done.stdout, took < 15) == (5, b"", True)
