"""Workers as processes: they die alone, are replaced, keep what they heard, and never outlive their conductor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.batch.crew import Post
from toolkit.batch.events import Event
from toolkit.batch.executors import Setup
from toolkit.batch.local import LocalExecutor, start
from toolkit.batch.tasks import Task
from toolkit.errors import BackendError
from toolkit.jobs import plan_job
from toolkit.profile import Profile, with_values

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX systems")

TESTS = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def profile(**changes: object) -> Profile:
    return with_values(Profile(), {"recogniser": "crowd:load", "builtin_lexicons": False, "segment": False, **changes})


def task(name: str, content: str) -> Task:
    Path(name).write_text(content, encoding="utf-8")
    return Task(name, "key", plan_job(Path(name), profile(), out="out/"))


def setup(*posts: Post) -> Setup:
    return Setup(profile(), posts or (Post("cpu 0"),))


def until(executor: LocalExecutor, kind: str) -> list[Event]:
    """The events up to one of a kind."""
    heard: list[Event] = []
    deadline = time.monotonic() + 60
    while kind not in [event.kind for event in heard]:
        assert time.monotonic() < deadline, heard
        heard += executor.wait(0.1)
    return heard


def test_a_worker_does_one_task_after_another() -> None:
    with start(setup()) as executor:
        assert executor.room == 0
        until(executor, "worker.start")
        for name in ("a.mp4", "b.mp4"):
            assert executor.room == 1
            executor.submit(task(name, "say 大家好|再见"))
            assert executor.room == 0
            outcome = until(executor, "input.done")[-1].outcome
            assert outcome is not None
            assert (outcome.cues, outcome.heard, outcome.worker) == (2, 1900, "cpu 0")
        assert "再见" in Path("out/b.srt").read_text(encoding="utf-8")


def test_each_post_has_its_own_options_and_results_do_not_depend_on_them() -> None:
    posts = Post("cpu 0", (("cpu_threads", 1),)), Post("cpu 1", (("cpu_threads", 2),))
    with start(setup(*posts)) as executor:
        while executor.room < 2:
            executor.wait(0.1)
        executor.submit(task("a.mp4", "say 大家好"))
        executor.submit(task("b.mp4", "say 大家好"))
        heard = [*until(executor, "input.done")]
        while sum(event.kind == "input.done" for event in heard) < 2:
            heard += executor.wait(0.1)
    assert {event.worker for event in heard if event.kind == "input.done"} == {"cpu 0", "cpu 1"}
    assert Path("out/a.srt").read_bytes() == Path("out/b.srt").read_bytes()


def test_a_failure_has_its_reason_and_its_traceback_and_the_worker_goes_on() -> None:
    reasons = {"junk": ("MediaError", "is no recording"), "bug": ("Bug", "ZeroDivisionError: nobody thought of it")}
    with start(setup()) as executor:
        until(executor, "worker.start")
        for content, reason in reasons.items():
            executor.submit(task("a.mp4", content))
            outcome = until(executor, "input.failed")[-1].outcome
            assert outcome is not None
            assert (outcome.failure["error"], outcome.failure["problem"]) == reason
            assert outcome.traceback.startswith("Traceback")
            assert executor.room == 1


def test_a_worker_that_dies_is_replaced_and_its_journal_goes_on() -> None:
    with start(setup()) as executor:
        until(executor, "worker.start")
        given = task("a.mp4", "die once|二|三|四")
        executor.submit(given)
        lost = until(executor, "worker.lost")[-1]
        assert (lost.label, lost.facts["reason"]) == ("a.mp4", "signal 9")
        until(executor, "worker.start")
        executor.submit(given)
        outcome = until(executor, "input.done")[-1].outcome
        assert outcome is not None
        assert (outcome.resumed, outcome.cues) == (2000, 4)


def test_a_worker_that_dies_idle_has_no_input() -> None:
    with start(setup()) as executor:
        until(executor, "worker.start")
        executor._workers[0].process.kill()
        assert until(executor, "worker.lost")[-1].label == ""
        until(executor, "worker.start")


def test_workers_that_die_as_they_start_end_the_batch() -> None:
    broken = Setup(with_values(profile(), {"lexicon": ["no-such-lexicon"]}), (Post("cpu 0"),))
    with pytest.raises(BackendError, match="workers end as they start"), start(broken) as executor:
        until(executor, "worker.start")


def test_who_is_asked_to_stop_keeps_what_was_heard() -> None:
    with start(setup()) as executor:
        until(executor, "worker.start")
        executor.submit(task("a.mp4", "slow " + "|".join("一二三四五六七八九十" * 30)))
        while not any(event.facts.get("done", 0) >= 3000 for event in executor.wait(0.1)):
            pass
        executor.stop()
        assert executor.room == 0
        outcome = until(executor, "input.stopped")[-1].outcome
        assert outcome is not None
        assert outcome.heard >= 3000
        assert Path("out/a.partial.srt").exists()
        assert not Path("out/a.srt").exists()


def test_at_the_end_no_process_is_left() -> None:
    with start(setup(Post("cpu 0"), Post("cpu 1"))) as executor:
        processes = [worker.process for worker in executor._workers]
        until(executor, "worker.start")
    assert not any(process.is_alive() for process in processes)


ORPHANS = """
import time
from pathlib import Path
from test_local import Post, setup, start, task, until
if __name__ == "__main__":
    with start(setup(Post("cpu 0"))) as executor:
        until(executor, "worker.start")
        executor.submit(task("a.mp4", "slow " + "|".join("一二三四五六七八九十" * 100)))
        Path("worker").write_text(str(executor._workers[0].process.pid))
        time.sleep(60)
"""


def test_workers_end_with_the_process_that_started_them() -> None:
    Path("orphans.py").write_text(ORPHANS, encoding="utf-8")
    paths = os.pathsep.join(map(str, (Path(__file__).parent, TESTS, TESTS.parent)))
    process = subprocess.Popen([sys.executable, "orphans.py"], env={**os.environ, "PYTHONPATH": paths})
    wait_for(lambda: Path("worker").exists() and Path("worker").read_text() != "")
    wait_for(lambda: Path("out/a.cues.jsonl").exists())
    process.send_signal(signal.SIGKILL)
    process.wait()
    pid = int(Path("worker").read_text())
    wait_for(lambda: not alive(pid))


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        try:
            os.kill(pid, 0)
        except OSError:
            return False
        return not Path("/proc/self").exists()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
