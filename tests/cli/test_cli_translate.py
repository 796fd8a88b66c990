"""`zimu translate`: where translations go, what is told of them, and that a killed run pays for nothing twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_server import Chat, Said, but, chatting, good, status

from toolkit.cues import Cue, Transcript
from toolkit.formats import read
from toolkit.profile import Profile, TranscribeOptions

Zimu = Callable[..., Any]
ROOT = Path(__file__).parents[2]
WORDS = {
    "聚生智能的崛起": "The rise of embodied AI",
    "人形机器人，聚生智能的载体": "Humanoid robots, vessels of embodied AI",
}
BACK = {"Thank you very much": "非常感谢"}


@pytest.fixture
def chat(room: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    """A service that knows the words of the subtitles; its answers are kept in this folder."""
    monkeypatch.setattr("toolkit.cli.config.cache_folder", lambda: room / "cache")
    monkeypatch.setattr("toolkit.translate.service.sleep", lambda _: None)
    with chatting(WORDS | BACK) as chat:
        yield chat


@pytest.fixture
def translate(zimu: Zimu, chat: Chat) -> Zimu:
    """Call the command with the service."""
    return lambda *arguments: zimu(
        "translate", *arguments, "--endpoint", chat.address, "--translation-model", "m", "--no-config"
    )


def texts(path: Path) -> list[str]:
    return [cue.text for cue in read(path).cues]


def test_a_translation_stands_beside_its_source_with_its_times(translate: Zimu, room: Path) -> None:
    done = translate("talk.srt", "--to", "en")
    assert (done.code, done.out) == (0, "")
    assert done.err == "zimu: talk.srt → talk.en.srt: 2 cues translated; 1 request, 100 tokens\n"
    made = read(room / "talk.en.srt")
    assert [cue.text for cue in made.cues] == list(WORDS.values())
    assert [(cue.start, cue.end) for cue in made.cues] == [(1000, 3000), (3500, 6000)]


def test_a_second_run_costs_nothing_and_changes_nothing(translate: Zimu, chat: Chat, room: Path) -> None:
    translate("talk.srt", "--to", "en")
    before = (room / "talk.en.srt").read_bytes()
    assert translate("talk.srt", "--to", "en").code == 0
    assert ((room / "talk.en.srt").read_bytes(), len(chat.asked)) == (before, 1)
    assert translate("talk.srt", "--to", "en", "--no-translation-cache").code == 0
    assert len(chat.asked) == 2


def test_what_is_in_the_language_passes_through(translate: Zimu, room: Path, chat: Chat) -> None:
    (room / "talk.txt").write_text("Thank you very much\n非常好\n", encoding="utf-8")
    done = translate("talk.txt", "--to", "zh", "-f", "txt")
    assert (room / "talk.zh-Hans.txt").read_text(encoding="utf-8") == "非常感谢\n非常好\n"
    assert "1 cue translated; 1 as they were" in done.err
    assert chat.lines == [["Thank you very much"]]


def test_a_name_that_says_its_language_changes_it(translate: Zimu, room: Path) -> None:
    (room / "talk.srt").rename(room / "talk.zh-Hans.srt")
    assert translate("talk.zh-Hans.srt", "--to", "en", "-f", "srt,vtt").code == 0
    assert (room / "talk.en.srt").exists()
    assert (room / "talk.en.vtt").exists()
    done = translate("talk.en.srt", "--to", "en")
    assert (done.code, "its name says that it is in that language" in done.err) == (2, True)


def test_lines_that_a_person_should_look_at_are_listed(translate: Zimu, chat: Chat) -> None:
    wrong = but(聚生智能的崛起="The 21 rises", **{"人形机器人，聚生智能的载体": ""})
    chat.sins += [wrong, wrong, wrong]
    done = translate("talk.srt", "--to", "en")
    assert done.code == 1
    assert done.err.splitlines()[1:] == [
        "   1     0:01  number: 21 has no equal",
        "   2     0:03  missing: there was no answer",
    ]


def test_json_tells_all_of_it(translate: Zimu, chat: Chat, room: Path) -> None:
    (room / "terms.txt").write_text("崛起\trise\n载体\tcarrier\n", encoding="utf-8")
    done = translate("talk.srt", "--to", "en", "--json", "--quiet", "--lexicon", "terms.txt")
    assert (done.code, done.err) == (0, "")
    (result,) = done.json["results"]
    told = {name: result[name] for name in ("to", "cues", "translated", "passed", "missing", "requests", "written")}
    assert told == {
        "to": "en",
        "cues": 2,
        "translated": 2,
        "passed": 0,
        "missing": 0,
        "requests": 2,
        "written": ["talk.en.srt"],
    }
    flag = {"kind": "term", "detail": "载体 is to be 'carrier'", "mended": False}
    assert [(entry["cue"], entry["start"], flag in entry["flags"]) for entry in result["flagged"]] == [(2, 3500, True)]


def test_standard_input_and_output(
    translate: Zimu, room: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with (room / "talk.srt").open(encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        done = translate("-", "--to", "en", "--quiet")
    assert "00:00:01,000 --> 00:00:03,000\nThe rise of embodied AI\n" in done.out
    assert not list(room.glob("*.en.*"))


def test_a_dry_run_asks_and_writes_nothing(translate: Zimu, chat: Chat, room: Path) -> None:
    done = translate("talk.srt", "--to", "en", "--dry-run")
    assert (done.code, done.err) == (0, "zimu: talk.srt: 2 cues, would go to talk.en.srt\n")
    assert (chat.asked, list(room.glob("*.en.*"))) == ([], [])


def test_another_file_of_that_name_is_not_replaced(translate: Zimu, room: Path) -> None:
    (room / "talk.en.srt").write_text("mine")
    done = translate("talk.srt", "--to", "en")
    assert (done.code, "exists and is something else" in done.err) == (3, True)
    assert (room / "talk.en.srt").read_text() == "mine"
    assert translate("talk.srt", "--to", "en", "--overwrite").code == 0
    assert texts(room / "talk.en.srt") == list(WORDS.values())


def test_the_key_comes_from_the_variable_that_is_named_and_goes_nowhere_else(
    translate: Zimu, chat: Chat, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", "sk-secret-1\n")
    chat.sins += [good, status(401, "wrong key sk-secret-1")]
    done = translate("talk.srt", "--to", "en", "--key-variable", "MY_KEY", "--verbose", "--json")
    (room / "talk.srt").write_text("1\n00:00:01,000 --> 00:00:03,000\n别的\n", encoding="utf-8")
    failed = translate("talk.srt", "--to", "en", "--key-variable", "MY_KEY", "--verbose", "--json", "-o", "b.srt")
    assert chat.keys == ["Bearer sk-secret-1"] * 2
    assert failed.code == 5
    written = b"".join(path.read_bytes() for path in room.rglob("*") if path.is_file())
    assert "secret" not in done.out + done.err + failed.out + failed.err
    assert b"secret" not in written


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["talk.srt"], 2, "no language to translate to; add --to"),
        (["talk.srt", "--to", "fr"], 2, "no language 'fr' to translate to"),
        (["talk.srt", "--to", "en"], 2, "nobody is named who translates; give --endpoint"),
        (
            ["talk.srt", "--to", "en", "--endpoint", "http://127.0.0.1:9/v1"],
            2,
            "an endpoint has an address and a model",
        ),
        (["talk.srt", "--to", "en", "--translation-model", "absent"], 4, "absent: no such folder"),
        (["talk.srt", "--to", "en", "--translated-subtitles", "absent.srt"], 3, "absent.srt: no such file"),
        (["talk.srt", "--to", "en", "--media", "absent.mp4"], 3, "absent.mp4"),
        (["talk.srt", "--to", "zh", "--translator", "whisper"], 2, "Whisper translates into English alone"),
        (["talk.srt", "--to", "en", "--translator", "nobody"], 2, "no translator 'nobody'"),
        (["talk.srt", "--to", "en", "--endpoint", "ftp://x", "--translation-model", "m"], 2, "is no address"),
        (["talk.srt", "--to", "en", "--endpoint", "http://me:pw@x/v1", "--translation-model", "m"], 2, "more than an"),
    ],
)
def test_what_is_refused(arguments: list[str], code: int, problem: str, zimu: Zimu, room: Path) -> None:
    done = zimu("translate", *arguments)
    assert (done.code, problem in done.err) == (code, True), done.err
    assert "pw@" not in done.err
    assert not list(room.glob("*.en.*"))


def test_subtitles_that_exist_are_laid_on_by_time(zimu: Zimu, room: Path) -> None:
    (room / "theirs.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:06.000\nIt rises. It walks.\n", encoding="utf-8")
    done = zimu("translate", "talk.srt", "--to", "en", "--translated-subtitles", "theirs.vtt", "--no-builtin-lexicons")
    assert done.code == 0
    assert texts(room / "talk.en.srt") == ["It rises.", "It walks."]


def test_whisper_translates_while_it_hears(zimu: Zimu, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hear(media: Path, profile: Profile, *, journal: Path, listener: object) -> Transcript:
        heard.append((media, profile.transcribe, journal))
        return Transcript("", (Cue(900, 3200, "It rises."), Cue(3300, 6000, "It walks.")), "en")

    heard: list[tuple[Path, TranscribeOptions, Path]] = []
    monkeypatch.setattr("toolkit.pipeline.transcribe_file", hear)
    (room / "talk.mp4").touch()
    arguments = ("--media", "talk.mp4", "--model", "large-v3", "--no-builtin-lexicons", "--no-config")
    assert zimu("translate", "talk.srt", "--to", "en", *arguments).code == 0
    assert texts(room / "talk.en.srt") == ["It rises.", "It walks."]
    ((media, options, journal),) = heard
    assert (media, journal) == (Path("talk.mp4"), Path("talk.en.cues.jsonl"))
    assert (options.task, options.model, options.lexicon_hotwords) == ("translate", "large-v3", False)


def test_a_killed_run_goes_on_and_pays_for_nothing_twice(room: Path, tmp_path: Path) -> None:
    lines = [f"第{number}句" for number in range(1, 7)]
    (room / "talk.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    words = {line: f"Line {number}." for number, line in enumerate(lines, start=1)}
    running: list[subprocess.Popen[bytes]] = []

    def kills(*_: object) -> Said:
        os.kill(running[0].pid, signal.SIGKILL)
        running[0].wait()
        return Said("{}")

    with chatting(words, good, good, kills) as chat:
        command = [sys.executable, "-m", "toolkit", "translate", "talk.txt", "--to", "en", "--endpoint", chat.address]
        command += ["--translation-model", "m", "--translation-batch", "2", "--no-config", "--no-builtin-lexicons"]
        environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
        running.append(subprocess.Popen(command, env=environment, stderr=subprocess.PIPE))
        running[0].communicate()
        assert not (room / "talk.en.txt").exists()
        subprocess.run(command, env=environment, check=True, capture_output=True)
    assert (room / "talk.en.txt").read_text() == "".join(f"Line {number}.\n" for number in range(1, 7))
    assert chat.lines == [lines[:2], lines[2:4], lines[4:], lines[4:]]
    assert json.loads(chat.asked[3]["messages"][1]["content"])["before"] == lines[1:4]
