"""Runs that are killed, interrupted or out of room: nothing heard is lost, no cue comes twice, the end is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import speaker

import toolkit.transcribe.whisper as whisper
from toolkit.errors import InputError, ToolkitError
from toolkit.formats import read
from toolkit.media import blocks
from toolkit.pipeline import Result, plan_job, run_job
from toolkit.profile import Profile, with_values

resource = pytest.importorskip("resource", reason="limits and signals are those of POSIX systems")

TESTS = Path(__file__).parent
BEGINNING = """
import os, resource, signal, sys, time
from pathlib import Path
import speaker
from toolkit.pipeline import Interrupted, plan_job, run_job
from toolkit.profile import Profile, with_values

def die(*anything):
    os.kill(os.getpid(), signal.SIGKILL)

def wait(number):
    if number == 7:
        Path("ready").touch()
        while not Path("go").exists():
            time.sleep(0.01)

def listen(progress):
    pass

options = {"recogniser": "speaker:load", "builtin_lexicons": False, "lexicon": ["terms.txt"]}
"""
END = """
run_job(plan_job(Path("talk.mp4"), with_values(Profile(), options)), listener=listen)
"""
CATCHING = """
try:
    run_job(plan_job(Path("talk.mp4"), with_values(Profile(), options)))
except Interrupted as interrupted:
    print(*interrupted.result.written)
    sys.exit(130)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a recording, and the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(speaker, "trouble", [speaker.at_peace])
    Path("talk.mp4").write_bytes(b"a recording")
    Path("terms.txt").write_text("具身智能\n生成式人工智能\n", encoding="utf-8")
    return tmp_path


def profile(**changes: object) -> Profile:
    options = {"recogniser": "speaker:load", "builtin_lexicons": False, "lexicon": ["terms.txt"], **changes}
    return with_values(Profile(), options)


def run(**changes: object) -> Result:
    """The job, done in this process and in peace."""
    return run_job(plan_job(Path("talk.mp4"), profile(**changes)))


def start(trouble: str, end: str = END) -> subprocess.Popen[str]:
    """The job in a process of its own, with some trouble on the way."""
    paths = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    code = BEGINNING + trouble + end
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def killed(trouble: str, by: signal.Signals = signal.SIGKILL) -> None:
    """Start the job and see it killed."""
    process = start(trouble)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == -by, errors


def wait_for(path: str) -> None:
    deadline = time.monotonic() + 60
    while not Path(path).exists():
        assert time.monotonic() < deadline, f"no {path}"
        time.sleep(0.01)


@pytest.fixture(scope="session")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the job writes when nothing happens to it."""
    folder = tmp_path_factory.mktemp("unbroken")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        Path("talk.mp4").write_bytes(b"a recording")
        Path("terms.txt").write_text("具身智能\n生成式人工智能\n", encoding="utf-8")
        run()
        return contents()


def contents() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path().glob("talk.*")}


def test_an_unbroken_run_says_what_was_said(unbroken: dict[str, bytes]) -> None:
    srt = unbroken["talk.srt"].decode()
    assert srt.count("具身智能正在走进工厂") == 4
    assert srt.count("生成式人工智能") == 3
    assert set(unbroken) == {"talk.mp4", "talk.srt", "talk.cues.jsonl", "talk.edits.jsonl"}


@pytest.mark.parametrize(
    ("place", "heard_before"),
    [
        pytest.param(0, 0, id="before anything is heard"),
        pytest.param(2, 0, id="before the first mark"),
        pytest.param(4, 4, id="right after a mark"),
        pytest.param(7, 4, id="between two marks"),
        pytest.param(speaker.COUNT, 16, id="before the end is noted"),
    ],
)
def test_killed_while_hearing(place: int, heard_before: int, unbroken: dict[str, bytes]) -> None:
    killed(f"speaker.trouble[0] = speaker.die_at({place})")
    assert not Path("talk.srt").exists()
    assert run().resumed_from == heard_before * speaker.SENTENCE
    assert contents() == unbroken


@pytest.mark.parametrize("share", [0.2, 0.55, 0.9])
def test_killed_in_the_middle_of_a_line(share: float, unbroken: dict[str, bytes]) -> None:
    """The system kills a process that writes more than it may, after it has written as much as it may."""
    limit = int(len(unbroken["talk.cues.jsonl"]) * share)
    killed(
        "signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))",
        by=signal.SIGXFSZ,
    )
    torn = Path("talk.cues.jsonl").read_bytes()
    assert len(torn) == limit
    assert not torn.endswith(b"\n")
    run()
    assert contents() == unbroken


@pytest.mark.parametrize("stage", ["correct", "segment", "write"])
def test_killed_after_hearing(stage: str, unbroken: dict[str, bytes]) -> None:
    killed(f"def listen(progress):\n    progress.stage != '{stage}' or die()")
    assert not Path("talk.srt").exists()
    speaker.trouble[0] = pytest.fail  # nothing is heard again
    assert run().resumed_from == speaker.END
    assert contents() == unbroken


def test_killed_between_the_record_and_the_subtitles(unbroken: dict[str, bytes]) -> None:
    killed("import toolkit.records\ntoolkit.records.write_whole = die")
    assert sorted(contents()) == ["talk.cues.jsonl", "talk.edits.jsonl", "talk.mp4"]
    run()
    assert contents() == unbroken


def test_killed_while_other_subtitles_take_the_place_of_the_old(unbroken: dict[str, bytes]) -> None:
    run(zh_width=8)
    killed("import toolkit.records\ntoolkit.records.write_whole = die")
    assert Path("talk.srt").read_bytes() != unbroken["talk.srt"]
    run()
    assert Path("talk.srt").read_bytes() == unbroken["talk.srt"]


def test_killed_again_and_again(unbroken: dict[str, bytes]) -> None:
    for place in (3, 7, 9, 14, 17):
        killed(f"speaker.trouble[0] = speaker.die_at({place})")
    assert run().resumed_from == 16 * speaker.SENTENCE
    assert contents() == unbroken


def test_a_full_disk_is_one_clear_error_and_loses_nothing(
    unbroken: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(unbroken["talk.cues.jsonl"])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, before[1]))
    try:
        with pytest.raises(ToolkitError, match=r"talk.cues.jsonl: .*make room and run again") as raised:
            run()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert type(raised.value) is ToolkitError
    assert run().resumed_from > 0
    assert contents() == unbroken


def interrupted(trouble: str = "wait", *, ready: bool = True) -> tuple[int, str]:
    """The job, interrupted after seven sentences: its exit code and what it printed."""
    Path("ready").unlink(missing_ok=True)
    process = start(f"speaker.trouble[0] = {trouble}", CATCHING)
    if ready:
        wait_for("ready")
        process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    return process.returncode, printed


def test_ctrl_c_leaves_what_there_is_under_a_partial_name(unbroken: dict[str, bytes]) -> None:
    assert interrupted() == (130, "talk.partial.srt\n")
    partial = Path("talk.partial.srt").read_bytes()
    assert unbroken["talk.srt"].startswith(partial.rstrip())
    assert partial.count("具身智能".encode()) == 2
    assert not Path("talk.srt").exists()
    assert run().resumed_from == 4 * speaker.SENTENCE
    assert contents() == unbroken


def test_a_partial_result_that_somebody_works_on_stays(unbroken: dict[str, bytes]) -> None:
    interrupted()
    with Path("talk.partial.srt").open("a") as file:
        file.write("\n")
    interrupted()
    run()
    assert set(contents()) - set(unbroken) == {"talk.partial.1.srt"}


def test_ctrl_c_keeps_the_record_of_a_finished_run(unbroken: dict[str, bytes]) -> None:
    run()
    Path("talk.cues.jsonl").unlink()
    before = read("talk.edits.jsonl").cues
    interrupted()
    assert read("talk.edits.jsonl").cues == before
    run()
    assert contents() == unbroken


def test_ctrl_c_before_anything_is_heard_writes_nothing() -> None:
    assert interrupted("lambda number: os.kill(os.getpid(), signal.SIGINT)", ready=False) == (130, "\n")
    assert sorted(contents()) == ["talk.mp4"]


def test_two_runs_at_once_do_not_mix(unbroken: dict[str, bytes]) -> None:
    process = start("speaker.trouble[0] = wait")
    wait_for("ready")
    with pytest.raises(InputError, match=rf"another run \(process {process.pid}\) is writing it; wait"):
        run()
    Path("go").touch()
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert contents() == unbroken


def test_the_lock_of_a_killed_run_is_taken_over() -> None:
    killed("speaker.trouble[0] = speaker.die_at(5)")
    assert Path(".talk.cues.jsonl.lock").exists()
    run()
    assert not Path(".talk.cues.jsonl.lock").exists()


@pytest.fixture
def excerpt(talk: Path, write_wav: Callable[..., Path]) -> Path:
    """The first 20 seconds of a real recording."""
    return write_wav(next(iter(blocks(talk, longest=20_000))).samples, "excerpt.wav")


def test_the_real_recogniser_killed_half_way(
    excerpt: Path, whisper_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whisper, "LONGEST", 8_000)
    options = {"recogniser": "whisper", "model": str(whisper_folder), "device": "cpu", "beam_size": 1}
    whole = run_job(plan_job(excerpt, profile(**options), out="whole/"))
    excerpt.rename("talk.mp4")
    killed(
        "import toolkit.transcribe.whisper as whisper\n"
        f"whisper.LONGEST = 8_000\noptions |= {options}\n"
        "def listen(progress):\n    progress.done < 11_000 or die()"
    )
    result = run(**options)
    assert 5_000 < result.resumed_from < 11_000
    assert Path("talk.srt").read_bytes() == whole.written[0].read_bytes()
    assert len(result.transcript.cues) > 3
