"""`zimu run` and `zimu transcribe`: one input or many, what is written, what is told, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.formats import read, write
from toolkit.interrupts import SIGNALS

Zimu = Callable[..., Any]

OWN = ("--lexicon", "terms.toml", "--no-builtin-lexicons")
PLAY = ("--recogniser", "replay", "--model", "heard.jsonl", *OWN)


@pytest.fixture(autouse=True)
def recordings(room: Path) -> None:
    """Two recordings that differ, and what is said in both."""
    write(read(room / "talk.srt"), room / "heard.jsonl")
    (room / "talk.srt").unlink()
    (room / "talk.mp4").write_bytes(b"sound")
    (room / "talks").mkdir()
    (room / "talks" / "other.mp3").write_bytes(b"other sound")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_recording_becomes_corrected_subtitles(zimu: Zimu, room: Path) -> None:
    done = zimu("run", "talk.mp4", *PLAY)
    assert (done.code, done.out) == (0, "")
    assert [cue.text for cue in read(room / "talk.srt").cues] == ["具身智能的崛起", "人形机器人，具身智能的载体"]
    lines = done.err.splitlines()
    assert lines[0] == "zimu: talk.mp4 → talk.srt"
    assert lines[1].startswith("      2 cues, 0:06 in 0:0")
    assert lines[2] == "      2 edits, 0 suggestions; see them: zimu edits talk.edits.jsonl"


def test_the_same_again_hears_nothing_anew(zimu: Zimu) -> None:
    zimu("run", "talk.mp4", *PLAY)
    done = zimu("run", "talk.mp4", *PLAY)
    assert "2 cues, 0:06, all of it heard before" in done.err


def test_formats_and_folder(zimu: Zimu, room: Path) -> None:
    assert zimu("run", "talk.mp4", "talks", *PLAY, "-o", "out", "-f", "srt,vtt").code == 0
    made = ["cues.jsonl", "edits.jsonl", "srt", "vtt"]
    assert names(room / "out") == [f"{stem}.{suffix}" for stem in ("other", "talk") for suffix in made]


def test_transcribe_leaves_what_was_heard(zimu: Zimu, room: Path) -> None:
    assert zimu("transcribe", "talk.mp4", *PLAY).code == 0
    assert [cue.text for cue in read(room / "talk.srt").cues] == ["聚生智能的崛起", "人形机器人，聚生智能的载体"]


def test_a_transcript_is_corrected_too(zimu: Zimu, room: Path) -> None:
    done = zimu("run", "heard.jsonl", *OWN, "-f", "srt")
    assert done.err.startswith("zimu: heard.jsonl → heard.srt\n      2 cues\n      2 edits")
    assert "具身智能" in (room / "heard.srt").read_text(encoding="utf-8")


def test_one_that_fails_does_not_stop_the_rest(zimu: Zimu, room: Path) -> None:
    (room / "list.txt").write_text("gone.mp4\ntalks\ntalk.mp4\n", encoding="utf-8")
    done = zimu("run", "@list.txt", *PLAY, "-o", "out", "--json")
    assert (done.code, done.json["exit_code"], done.json["ok"]) == (6, 6, False)
    assert [(result["input"], result["ok"]) for result in done.json["results"]] == [
        ("gone.mp4", False),
        (str(Path("talks/other.mp3")), True),
        ("talk.mp4", True),
    ]
    assert done.json["results"][0]["failure"]["problem"] == "no such file"


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["tlak.mp4"], 3, "tlak.mp4: no such file; did you mean 'talk.mp4'?"),
        (["talk.mp4", "--model", "none.jsonl"], 3, "none.jsonl: no such file"),
        (["talk.mp4", "--recogniser", "whisper", "--model", "./none"], 4, "no such folder"),
        (["talk.mp4", "--recogniser", "replya"], 2, "did you mean 'replay'?"),
        (["talk.mp4", "--lexicon", "wiac2024"], 3, "did you mean 'waic2024'?"),
        (["talk.mp4", "--profile", "nteflix"], 2, "did you mean 'netflix'?"),
        (["talk.mp4", "-f", "docx"], 2, "no format 'docx'"),
        (["talk.mp4", "talks", "-o", "all.srt"], 2, "several inputs, and -o names one file"),
        (["-"], 2, "'run' does not read standard input"),
        (["gopher://example.org/talk.mp4"], 2, "cannot be fetched"),
        (["*.wav"], 3, "nothing matches this pattern"),
    ],
)
def test_a_failure_has_its_exit_code_and_one_line(arguments: list[str], code: int, problem: str, zimu: Zimu) -> None:
    done = zimu("run", *PLAY, *arguments)
    assert (done.code, done.out) == (code, "")
    assert problem in done.err
    assert done.err.count("\n") == 1
    document = zimu("run", *PLAY, *arguments, "--json").json
    assert (document["ok"], document["exit_code"]) == (False, code)
    assert document["error"].endswith(("Error", "NotFound"))


def test_transcribe_wants_a_recording(zimu: Zimu) -> None:
    done = zimu("transcribe", "heard.jsonl")
    assert (done.code, done.err) == (
        3,
        "zimu: heard.jsonl: a transcript, not a recording; 'zimu run heard.jsonl' repairs and cuts it\n",
    )


def test_two_inputs_never_share_an_output(zimu: Zimu, room: Path) -> None:
    (room / "talks" / "talk.wav").write_bytes(b"more sound")
    done = zimu("run", "talk.mp4", "talks", *PLAY, "-o", "out")
    assert done.code == 2
    assert f"talk.mp4 and {Path('talks/talk.wav')} would both write {Path('out/talk.srt')}" in done.err
    assert not (room / "out").exists()


def test_dry_run_says_what_would_be_written(zimu: Zimu, room: Path) -> None:
    before = names(room)
    done = zimu("run", "talk.mp4", *PLAY, "-f", "srt,vtt", "--dry-run")
    assert (done.code, done.out) == (0, "talk.mp4 → talk.srt, talk.vtt\n")
    assert zimu("run", "talk.mp4", "--dry-run", "--json").json["results"][0]["outputs"] == ["talk.srt"]
    assert names(room) == before


def test_the_project_file_counts_and_flags_count_more(zimu: Zimu, room: Path) -> None:
    (room / "zimu.toml").write_text('[output]\noutput_format = ["vtt"]\n', encoding="utf-8")
    assert zimu("run", "talk.mp4", "--dry-run").out == "talk.mp4 → talk.vtt\n"
    assert zimu("run", "talk.mp4", "--dry-run", "-f", "txt").out == "talk.mp4 → talk.txt\n"
    assert zimu("run", "talk.mp4", "--dry-run", "--no-config").out == "talk.mp4 → talk.srt\n"


def test_options_that_contradict_each_other_are_refused_whoever_gives_them(zimu: Zimu, room: Path) -> None:
    done = zimu("run", "talk.mp4", *PLAY, "--min-duration", "9000")
    assert done.code == 2
    assert done.err.startswith("zimu: 'min_duration' is 9000, above 'max_duration', which is 7000; lower the first")
    (room / "zimu.toml").write_text("[segment]\nmin_duration = 9000\n", encoding="utf-8")
    assert zimu("run", "talk.mp4", *PLAY).code == 2
    assert zimu("run", "talk.mp4", *PLAY, "--max-duration", "10000").code == 0


def test_quiet_says_nothing(zimu: Zimu) -> None:
    assert zimu("run", "talk.mp4", *PLAY, "--quiet").err == ""


def test_what_a_shell_would_split_is_quoted_in_advice(zimu: Zimu, room: Path) -> None:
    (room / "talk.mp4").rename(room / "闭幕式 上.mp4")
    done = zimu("run", "闭幕式 上.mp4", *PLAY)
    assert "zimu edits '闭幕式 上.edits.jsonl'" in done.err


SLOW = """
import time
from toolkit.cues import Cue
from toolkit.transcribe import Mark

def load(options, hints):
    def listen(media, *, start=0, language=""):
        for second in range(start // 1000, 600):
            yield Cue(second * 1000, second * 1000 + 900, "聚生智能")
            yield Mark(second * 1000 + 1000, "zh")
            time.sleep(0.02)
    return listen
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no signals to one process")
@pytest.mark.parametrize("sent", SIGNALS)
def test_an_interruption_keeps_what_was_heard_and_says_where(sent: signal.Signals, room: Path) -> None:
    (room / "slow.py").write_text(SLOW, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "toolkit",
        "run",
        "talk.mp4",
        "talks",
        "-o",
        "out",
        "--recogniser",
        "slow:load",
        *OWN,
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(room), *sys.path])}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, cwd=room) as process:
        wait_for(lambda: process.poll() is not None or (room / "out" / "talk.cues.jsonl").exists())
        time.sleep(0.3)
        process.send_signal(sent)
        said = process.communicate(timeout=60)[1].decode("utf-8")
    assert process.returncode == 130
    assert "zimu: interrupted: talk.mp4 is heard up to 0:" in said
    assert f"{Path('out/talk.partial.srt')}; run the same command again to go on" in said
    assert said.endswith("zimu: 1 input not begun\n")
    assert {cue.text for cue in read(room / "out" / "talk.partial.srt").cues} == {"具身智能"}


TORN = """
import os, signal, time
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.2)
except BaseException:
    raise ImportError("cannot load module more than once per process")

def load(options, hints):
    time.sleep(60)
"""
"""A library that takes an interruption while it is imported for a fault of its own, as numpy does."""


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no signals to one process")
def test_ctrl_c_while_a_library_is_imported_is_an_interruption(room: Path) -> None:
    (room / "torn.py").write_text(TORN, encoding="utf-8")
    command = [sys.executable, "-m", "toolkit", "run", "talk.mp4", "--recogniser", "torn:load", "--json", *OWN]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(room), *sys.path])}
    done = subprocess.run(command, env=environment, capture_output=True, cwd=room, timeout=60, check=False)
    assert done.returncode == 130
    place = "talk.mp4 is heard up to 0:00: nothing yet to show"
    assert done.stderr.decode() == f"zimu: interrupted: {place}; run the same command again to go on\n"
    document = json.loads(done.stdout)
    assert (document["exit_code"], document["results"][0]["complete"]) == (130, False)
    assert [path.name for path in room.glob(".*.lock")] == []


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until, "nothing happened"
        time.sleep(0.05)
