"""`zimu run --workers`: hundreds of inputs in small, with workers that die, and every way that a batch can end."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.formats import read
from toolkit.interrupts import SIGNALS

Zimu = Callable[..., Any]

TESTS = Path(__file__).parent.parent
HEAR = ("--recogniser", "crowd:load", "--no-builtin-lexicons", "--no-segment")
BATCH = (*HEAR, "-o", "out", "--workers", "2")


@pytest.fixture(autouse=True)
def folder(room: Path) -> Path:
    for name in ("talk.srt", "terms.toml"):
        (room / name).unlink()
    return room


def make(files: dict[str, str]) -> None:
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, encoding="utf-8")


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """The program in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (TESTS, TESTS.parent)))}
    command = [sys.executable, "-m", "toolkit", "run", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, start_new_session=True)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.02)


def texts(path: str) -> list[str]:
    return [cue.text for cue in read(Path(path)).cues]


CROWD = {
    "talks/x/a.mp4": "say 一|一一",
    "talks/y/a.mp4": "say 二",
    "talks/x/a.wav": "say 三",
    "talks/闭幕式🎉.mp4": "say 四|四四|四四四",
    "talks/y/deep/er/b c.mp3": "die once|五",
    "talks/silent.flac": "silence ",
    "talks/junk.mp4": "junk",
    "talks/bug.mp4": "bug",
    "talks/deadly.mp4": "die always|六",
    "talks/.hidden/z.mp4": "say 七",
    "talks/.hidden.mp4": "say 八",
    "talks/notes.pdf": "no recording",
}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What two runs over a crowd of good and bad inputs came to: standard output and error, and the folder."""
    folder = tmp_path_factory.mktemp("crowd")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        make(CROWD)
        (folder / "talks" / "broken.mp4").symlink_to("nowhere")
        arguments = ("talks", *BATCH, "--json", "--no-config", "--metrics", "zimu.prom")
        first = start(*arguments)
        out, err = first.communicate(timeout=120)
        again = start(*arguments)
        out_again, err_again = again.communicate(timeout=120)
    return {
        "folder": folder,
        "codes": (first.returncode, again.returncode),
        "first": json.loads(out),
        "again": json.loads(out_again),
        "said": err.decode(),
        "said_again": err_again.decode(),
        "metrics": (folder / "zimu.prom").read_text(encoding="utf-8"),
    }


def test_every_good_file_has_its_own_result(crowd: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(crowd["folder"])
    assert texts("out/x/a.srt") == ["一", "一一"]
    assert texts("out/y/a.srt") == ["二"]
    assert texts("out/x/a.wav.srt") == ["三"]
    assert texts("out/闭幕式🎉.srt") == ["四", "四四", "四四四"]
    assert texts("out/y/deep/er/b c.srt") == ["once", "五"]
    assert texts("out/silent.srt") == []
    assert len(list(Path("out").rglob("*.srt"))) == 6


def test_every_bad_file_has_its_reason(crowd: dict[str, Any]) -> None:
    failed = {each["input"]: each for each in crowd["first"]["results"] if not each["ok"]}
    reasons = {name.removeprefix("talks/"): each["failure"]["problem"] for name, each in failed.items()}
    assert reasons == {
        "junk.mp4": "is no recording",
        "bug.mp4": "ZeroDivisionError: nobody thought of it",
        "deadly.mp4": "3 workers died over it, the last by signal 9",
        "broken.mp4": "a link to a file that is not there",
    }
    assert "nobody thought of it" in failed["talks/bug.mp4"]["traceback"]
    assert crowd["codes"] == (6, 6)
    assert crowd["first"]["exit_code"] == 6


def test_a_second_run_does_nothing(crowd: dict[str, Any]) -> None:
    summary = crowd["again"]["summary"]
    assert (summary["done"], summary["stood"], summary["failed"]) == (0, 6, 4)
    assert (
        "0 inputs to do; 6 done before; 3 failed before (--retry-failed tries them again); 1 cannot"
        in (crowd["said_again"])
    )


def test_the_sums_are_those_of_the_results(crowd: dict[str, Any]) -> None:
    summary, results = crowd["first"]["summary"], crowd["first"]["results"]
    good = [each for each in results if each["ok"]]
    assert (summary["inputs"], summary["done"], summary["failed"]) == (10, 6, 4)
    assert summary["cues"] == sum(each["cues"] for each in good) == 9
    assert summary["heard"] == sum(each["heard"] for each in good)
    assert len(results) == 10
    assert "6 of 10 inputs done" in crowd["said"]
    assert "4 failed: " in crowd["said"]


def test_prometheus_is_told_the_same(crowd: dict[str, Any]) -> None:
    lines = crowd["metrics"].splitlines()
    assert "zimu_batch_finished 1" in lines
    assert "zimu_batch_done_total 0" in lines  # of the second run
    assert "# TYPE zimu_batch_failed_total counter" in lines


def test_a_dry_run_shows_the_plan_and_leaves_nothing(zimu: Zimu, room: Path) -> None:
    make({"talks/a.mp4": "say 一", "talks/x/b.mp4": "say 二二二"})
    for flag in ("--plan", "--dry-run"):
        done = zimu("run", "talks", *BATCH, flag)
        assert done.code == 0
        assert done.out.splitlines() == [
            f"{Path('talks/x/b.mp4')} → {Path('out/x/b.srt')}",
            f"{Path('talks/a.mp4')} → {Path('out/a.srt')}",
        ]
        assert "2 inputs to do" in done.err
    document = zimu("run", "talks", "gone.mp4", *BATCH, "--plan", "--json")
    assert (document.code, document.json["exit_code"]) == (6, 6)
    assert [each.get("state") for each in document.json["results"]] == ["todo", "todo", "failed"]
    assert not (room / "out").exists()


def test_results_stand_beside_their_inputs_and_are_no_inputs(zimu: Zimu, room: Path) -> None:
    make({"talks/a.mp4": "say 一", "talks/x/b.mp4": "say 二"})
    assert zimu("run", "talks", *HEAR, "--workers", "1").code == 0
    assert (room / "talks" / "x" / "b.srt").exists()
    done = zimu("run", "talks", *HEAR, "--workers", "1", "--plan")
    assert done.out == ""
    assert "0 inputs to do; 2 done before" in done.err


def test_a_folder_of_results_within_the_inputs_is_passed_over(zimu: Zimu) -> None:
    make({"talks/a.mp4": "say 一", "talks/subs/old.srt": "1\n00:00:00,000 --> 00:00:01,000\n旧\n"})
    done = zimu("run", "talks", *HEAR, "-o", "talks/subs", "--workers", "1", "--plan")
    assert done.out == f"{Path('talks/a.mp4')} → {Path('talks/subs/a.srt')}\n"


def test_only_what_is_missing_changed_or_new_is_done(zimu: Zimu, room: Path) -> None:
    make({"talks/a.mp4": "say 一", "talks/b.mp4": "say 二", "talks/c.mp4": "say 三"})
    zimu("run", "talks", *BATCH)
    make({"talks/b.mp4": "say 二二", "talks/d.mp4": "say 四"})
    (room / "out" / "c.srt").unlink()
    done = zimu("run", "talks", *BATCH, "--json", "--overwrite")
    assert sorted(each["input"][-5] for each in done.json["results"][:3]) == ["b", "c", "d"]  # what stood comes last
    assert done.json["summary"]["stood"] == 1
    assert texts("out/b.srt") == ["二二"]
    assert texts("out/c.srt") == ["三"]


def test_retry_failed_tries_again(zimu: Zimu) -> None:
    make({"a.mp4": "moody 一"})
    assert zimu("run", "a.mp4", *BATCH, "--quiet").code == 6
    again = zimu("run", "a.mp4", *BATCH)
    assert again.code == 6
    assert "before: a.mp4: ZeroDivisionError" in again.err
    assert zimu("run", "a.mp4", *BATCH, "--retry-failed").code == 0
    assert zimu("run", "a.mp4", *BATCH).code == 0


def test_fail_fast_leaves_the_rest(zimu: Zimu) -> None:
    make({"a.mp4": "junk " + "x" * 100, **{f"{letter}.mp4": "say 一" for letter in "bcd"}})
    done = zimu("run", *(f"{letter}.mp4" for letter in "abcd"), *HEAR, "-o", "out", "--fail-fast", "--json")
    assert done.code == 6
    assert done.json["summary"]["failed"] == 1
    assert done.json["summary"]["left"] + done.json["summary"]["done"] + done.json["summary"]["interrupted"] == 3


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["-o", "all.srt"], 2, "a batch writes into a folder"),
        (["--workers", "some"], 2, "'some' workers"),
        (["--executor", "rya"], 2, "did you mean 'ray'?"),
        (["--log-format", "xml"], 2, "known are text, jsonl"),
        (["--address", "auto"], 2, "add --executor ray"),
        (["-"], 2, "does not read standard input"),
        (["empty"], 3, "no recording or transcript"),
        (["*.wav"], 3, "nothing matches"),
        (["--lexicon", "wiac2024"], 3, "did you mean 'waic2024'?"),
    ],
)
def test_what_concerns_all_inputs_is_one_line_and_begins_nothing(
    arguments: list[str], code: int, problem: str, zimu: Zimu, room: Path
) -> None:
    make({"a.mp4": "say 一"})
    (room / "empty").mkdir()
    done = zimu("run", "a.mp4", *HEAR, "--workers", "1", *arguments)
    assert (done.code, done.out) == (code, "")
    assert problem in done.err.splitlines()[-1]
    assert not list(room.rglob("*.srt"))


@pytest.mark.parametrize(("content", "code", "problem"), [("absent", 4, "no such model"), ("full", 5, "make room")])
def test_a_missing_model_or_a_full_disk_ends_it_and_blames_no_input(
    content: str, code: int, problem: str, zimu: Zimu
) -> None:
    make({f"{number}.mp4": content for number in range(3)})
    done = zimu("run", "0.mp4", "1.mp4", "2.mp4", *BATCH)
    assert done.code == code
    assert problem in done.err.splitlines()[-1]
    assert "0 of 3 inputs done" in done.err
    make({f"{number}.mp4": "say 一" for number in range(3)})
    assert zimu("run", "0.mp4", "1.mp4", "2.mp4", *BATCH).code == 0


def test_a_damaged_model_ends_it_and_blames_no_input(zimu: Zimu, room: Path) -> None:
    model = shutil.copytree(TESTS.parent / "models" / "zimu-tiny", room / "small")
    whole = (model / "model.bin").read_bytes()
    (model / "model.bin").write_bytes(whole[:100_000])
    make({"talks/a.wav": "junk"})
    arguments = ("run", "talks", "-o", "out", "--workers", "1", "--model", str(model), "--device", "cpu")
    done = zimu(*arguments, "--json")
    assert (done.code, done.json["error"], done.json["summary"]["failed"]) == (5, "NotReady", 0)
    assert "the model cannot be loaded" in done.err.splitlines()[-1]
    (model / "model.bin").write_bytes(whole)
    assert "1 input to do" in zimu(*arguments, "--plan").err


def test_what_failed_for_want_of_a_place_is_done_when_there_is_one(zimu: Zimu, room: Path) -> None:
    make({"talks/a.mp4": "say 一", "talks/x/b.mp4": "say 二", "out/a.srt": "somebody's", "out/x": "no folder"})
    done = zimu("run", "talks", *BATCH)
    assert done.code == 6
    assert f"talks/a.mp4: {Path('out/a.srt')}: exists and was not written by zimu" in done.err.replace("\\", "/")
    assert "cannot be made: File exists" in done.err
    (room / "out" / "x").unlink()
    done = zimu("run", "talks", *BATCH, "--overwrite")
    assert (done.code, texts("out/a.srt"), texts("out/x/b.srt")) == (0, ["一"], ["二"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts characters")
def test_a_name_too_long_for_what_stands_beside_it_stops_nobody_else(zimu: Zimu) -> None:
    name = "长" * 83
    make({f"talks/{name}.wav": "say 一", "talks/ok.wav": "say 二"})
    done = zimu("run", "talks", *BATCH, "--json")
    assert (done.code, texts("out/ok.srt")) == (6, ["二"])
    assert f"{name}.cues.jsonl: this name is too long for the file system; rename the recording" in done.err
    assert zimu("run", f"talks/{name}.wav", *HEAR, "-o", "short.srt").code == 0
    assert (texts("short.srt"), Path("short.cues.jsonl").is_file()) == (["一"], True)


def test_only_earlier_failures_are_told_even_when_quiet(zimu: Zimu) -> None:
    make({"a.mp4": "junk"})
    assert zimu("run", "a.mp4", *BATCH, "--quiet").code == 6
    again = zimu("run", "a.mp4", *BATCH, "--quiet")
    assert (again.code, again.err) == (6, "zimu: 1 failed before (--retry-failed tries them again)\n")


def test_events_are_lines_of_json(zimu: Zimu) -> None:
    make({"a.mp4": "say 一", "b.mp4": "junk"})
    done = zimu("run", "a.mp4", "b.mp4", *BATCH, "--log-format", "jsonl")
    events = [json.loads(line) for line in done.err.splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds[0] == "batch.start"
    assert kinds[-1] == "batch.end"
    assert {"worker.start", "input.start", "input.progress", "input.done", "input.failed"} <= set(kinds)
    assert events[-1]["summary"]["done"] == 1
    assert all(isinstance(event["time"], float) for event in events)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no signals to one process")
@pytest.mark.parametrize("sent", SIGNALS)
def test_an_interruption_keeps_what_was_heard_and_the_next_run_goes_on(sent: signal.Signals, room: Path) -> None:
    make({f"{number}.mp4": "slow " + "|".join("一二三四五六七八九十" * 10) for number in range(3)})
    process = start("0.mp4", "1.mp4", "2.mp4", *BATCH)
    wait_for(lambda: len(list(room.glob("out/*.cues.jsonl"))) == 2)
    time.sleep(0.3)
    if sent == signal.SIGTERM:
        process.send_signal(sent)
    else:
        os.killpg(process.pid, sent)  # as a terminal does: the workers get it too
    said = process.communicate(timeout=120)[1].decode()
    assert process.returncode == 130
    assert "2 interrupted, 1 not begun; run the same command again to go on" in said
    assert len(list(room.glob("out/*.partial.srt"))) == 2
    process = start("0.mp4", "1.mp4", "2.mp4", *BATCH, "--json")
    document = json.loads(process.communicate(timeout=120)[0])
    assert (process.returncode, document["summary"]["done"]) == (0, 3)
    assert document["summary"]["resumed"] > 0
    assert all(len(texts(f"out/{number}.srt")) == 100 for number in range(3))


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no signals to one process")
def test_a_run_killed_at_random_is_finished_by_the_next(room: Path) -> None:
    make({f"{number}.mp4": "slow " + "|".join("一二三四五六七八九十" * 2) for number in range(6)})
    inputs = [f"{number}.mp4" for number in range(6)]
    for moment in random.Random(8).sample(range(3, 30), 2):
        process = start(*inputs, *BATCH)
        wait_for(lambda: len(list(room.glob("out/*.cues.jsonl"))) > 0)
        time.sleep(moment / 100)
        process.kill()
        process.communicate()
    process = start(*inputs, *BATCH, "--json")
    document = json.loads(process.communicate(timeout=120)[0])
    assert process.returncode == 0
    assert document["summary"]["done"] + document["summary"]["stood"] == 6
    assert all(texts(f"out/{number}.srt") == list("一二三四五六七八九十" * 2) for number in range(6))


def test_two_runs_of_one_batch_at_once_are_refused(zimu: Zimu, room: Path) -> None:
    make({"a.mp4": "slow " + "|".join("一二三四五六七八九十" * 20)})
    process = start("a.mp4", *BATCH)
    try:
        wait_for((room / "out" / ".zimu-batch" / "manifest.jsonl").exists)
        done = zimu("run", "a.mp4", *BATCH)
        assert done.code == 3
        assert "another run" in done.err
    finally:
        process.kill()
        process.communicate()
