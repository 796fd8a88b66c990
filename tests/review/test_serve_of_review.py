"""`zimu review` from the command line: what it opens, where it listens, how it ends."""

from __future__ import annotations

import builtins
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from review_table import desk_of, lay_out, step, talk

from toolkit.cli import main
from toolkit.cli.command import Call
from toolkit.cli.review import _media
from toolkit.cues import Cue, Transcript
from toolkit.errors import InputError
from toolkit.formats import read, write
from toolkit.profile import Profile
from toolkit.records import deliver, note_source
from toolkit.review.learn import always, lexicon_file, never
from toolkit.review.steps import Refused
from toolkit.review.store import open_table

SRT = "1\n00:00:00,000 --> 00:00:02,000\n聚生智能的崛起\n"


@pytest.fixture
def subtitles(tmp_path: Path) -> Path:
    path = tmp_path / "talk.srt"
    path.write_text(SRT, encoding="utf-8")
    return path


def asked(address: str, path: str, body: bytes | None = None) -> bytes:
    headers = {"Content-Type": "application/json"} if body else {}
    with urlopen(Request(address + path, data=body, headers=headers), timeout=30) as answer:
        return bytes(answer.read())


def raw(address: str, path: str) -> bytes:
    """What a server answers to a path as it stands, which no library puts right before."""
    host = address.split("/")[2]
    name, port = host.split(":")
    with socket.create_connection((name, int(port)), timeout=30) as stream:
        stream.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: stream.recv(65536), b""))


def test_a_review_from_beginning_to_end(review: Callable[..., Any], subtitles: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret", encoding="utf-8")
    running = review("talk.srt")
    token = running.address.split("/")[3]
    assert running.address.startswith("http://127.0.0.1:")
    assert len(token) >= 32
    first = asked(running.address, "api/cues")
    assert "聚生智能的崛起".encode("ascii", "backslashreplace") in first
    for path in (f"/{token}/page/../../../secret.txt", f"/{token}/../secret.txt", "/../../etc/passwd", "//etc/passwd"):
        answer = raw(running.address, path)
        assert answer.startswith(b"HTTP/1.1 404")
        assert b"the secret" not in answer
    assert main(["review", str(subtitles), "--no-open", "--no-config"]) == 3, "another review holds the record"
    desk = desk_of(subtitles)
    done = step(desk, 0, "text", text="具身智能的崛起")
    asked(running.address, "api/act", str({"steps": [done]}).replace("'", '"').encode())
    assert read(tmp_path / "talk.edits.jsonl").cues[0].text == "具身智能的崛起"
    code, said = running.stop()
    assert code == 0
    assert "talk.edits.jsonl" in said
    assert subtitles.read_text("utf-8") == SRT, "what was given is left alone"
    assert open_table(subtitles).transcript.cues[0].text == "具身智能的崛起"


def test_subtitles_that_a_run_wrote_are_written_again(tmp_path: Path) -> None:
    record, target = tmp_path / "talk.edits.jsonl", tmp_path / "talk.srt"
    heard = note_source(Transcript("talk.mp4", (Cue(0, 2000, "聚生智能"),)), tmp_path / "talk.mp4", record)
    deliver(heard, {target: b"old"}, record, profile=Profile())
    desk = desk_of(target)
    desk.act([step(desk, 0, "text", text="具身智能")])
    desk.publish()
    assert "具身智能" in target.read_text("utf-8")
    again = desk_of(target)
    assert again.done, "the history still fits"
    target.write_text("by hand", encoding="utf-8")
    with pytest.raises(InputError, match="by hand"):
        open_table(target)


def test_a_record_that_another_program_changes_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    desk = desk_of(lay_out(tmp_path))
    write(replace(talk(), language="en"), desk.record)
    with pytest.raises(Refused, match="another program"):
        desk.act([step(desk, 0, "text", text="一")])
    desk.publish()
    assert read(desk.record).language == "en"
    assert desk.entries[0].cue == talk().cues[0]


def test_what_cannot_be_reviewed_says_why(tmp_path: Path, subtitles: Path) -> None:
    (tmp_path / "new.mp4").write_bytes(b"x")
    for name, why in (("new.mp4", "no record yet"), ("talk.cues.jsonl", "journal"), ("none.srt", "no such file")):
        with pytest.raises(InputError, match=why):
            open_table(tmp_path / name)
    other = note_source(Transcript("b.srt", ()), tmp_path / "b.srt", tmp_path / "talk.edits.jsonl")
    write(other, tmp_path / "talk.edits.jsonl")
    with pytest.raises(InputError, match=r"made from .*b\.srt"):
        open_table(subtitles)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["a.srt", "b.srt"], 2),
        (["talk.srt", "--port", "x"], 2),
        (["talk.srt", "--port", "70000"], 2),
        (["talk.srt", "--media", "none.mp4"], 3),
        (["talk.srt", "--media", "talk.srt"], 3),
        ([], 2),
    ],
)
def test_a_command_line_that_asks_for_the_impossible(
    subtitles: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int
) -> None:
    monkeypatch.chdir(subtitles.parent)
    assert main(["review", *arguments, "--no-open", "--no-config"]) == code


def test_a_port_that_is_taken_is_said(subtitles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("uvicorn", reason="the extra 'web' is not installed")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["review", str(subtitles), "--port", port, "--no-open", "--no-config"]) == 3
    assert f"port {port}" in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(
    subtitles: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name == "uvicorn":
            raise ModuleNotFoundError(name=name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    assert main(["review", str(subtitles), "--no-open", "--no-config"]) == 4
    assert "zimu-toolkit[web]" in capsys.readouterr().err


def test_the_recording_is_found_beside_the_transcript(tmp_path: Path, subtitles: Path) -> None:
    record = tmp_path / "talk.edits.jsonl"
    call = Call("review", (str(subtitles),))
    assert _media(call, subtitles, record) is None
    (tmp_path / "talk.mp4").write_bytes(b"x")
    assert _media(call, subtitles, record) == _media(call, record, record) == (tmp_path / "talk.mp4").resolve()


def test_lessons_go_to_the_lexicon_that_is_named(tmp_path: Path) -> None:
    named = tmp_path / "names.toml"
    named.write_text('# mine\nprotect = [\n  "外壳",\n]\n\n[[term]]\ntext = "WAIC"\n', encoding="utf-8")
    assert lexicon_file(["ai", str(named)], tmp_path / "talk.edits.jsonl") == named
    assert never(named, "千山")
    assert always(named, '福"迪', "Fol\\dy")
    text = named.read_text("utf-8")
    assert text.startswith('# mine\nprotect = ["外壳", "千山"]\n')
    assert text.endswith('[[term]]\ntext = "Fol\\\\dy"\naliases = ["福\\"迪"]\n')
    assert never(named, "外壳") is None
    assert always(named, '福"迪', "Fol\\dy") is None
