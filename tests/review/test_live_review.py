"""`zimu run --review`: cues on the page while they are heard, the review afterwards, and every way that it can end."""

from __future__ import annotations

import builtins
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import speaker

from toolkit.cli import main
from toolkit.formats import read
from toolkit.journal import read_on

TESTS = Path(__file__).parents[1]
PROGRAM = """
import sys, time
from pathlib import Path
import speaker
from toolkit.cli import main
from toolkit.errors import BackendError

def wait(number):
    while number == 6 and not Path("go").exists():
        time.sleep(0.02)
    if number == 6 and Path("go").read_text() == "fail":
        raise BackendError("the model fell silent")

speaker.trouble[0] = wait
sys.exit(main(sys.argv[1:]))
"""
OPTIONS = ("--recogniser", "speaker:load", "--no-builtin-lexicons", "--review", "--no-open", "--no-config")


class Run:
    """`zimu run talk.mp4 --review` in a process of its own, which waits before the seventh sentence."""

    def __init__(self, folder: Path) -> None:
        pytest.importorskip("uvicorn", reason="the extra 'web' is not installed")
        (folder / "talk.mp4").write_bytes(b"sound")
        self.folder = folder
        path = os.pathsep.join(map(str, (TESTS.parent, TESTS)))
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "run", "talk.mp4", *OPTIONS],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        assert self.address, self.process.communicate()[1]

    def go_on(self, how: str = "well") -> None:
        (self.folder / "new").write_text(how)
        (self.folder / "new").replace(self.folder / "go")

    def ask(self, path: str, body: bytes | None = None) -> Any:
        headers = {"Content-Type": "application/json"} if body else {}
        with urlopen(Request(self.address + path, data=body, headers=headers), timeout=30) as answer:
            return json.loads(answer.read())

    def until(self, true: Callable[[Any], bool]) -> Any:
        end = monotonic() + 30
        while not true(shown := self.ask("api/cues")):
            assert monotonic() < end, shown
            sleep(0.05)
        return shown

    def stop(self) -> tuple[int, str]:
        """End it as Ctrl-C does; its exit code and what it said."""
        self.process.send_signal(signal.SIGINT)
        said = self.process.communicate(timeout=30)[1]
        return self.process.returncode, said


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    running = Run(tmp_path)
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.process.communicate()


def test_cues_come_as_they_are_heard_and_become_the_review(run: Run, tmp_path: Path) -> None:
    shown = run.until(lambda shown: len(shown["cues"]) == 6)
    assert [cue["text"] for cue in shown["cues"]] == [speaker.sentence(number).text for number in range(6)]
    assert shown["hearing"] == {"stage": "transcribe", "done": speaker.sentence(5).end, "total": 0, "error": ""}
    assert shown["title"] == "talk.mp4"
    step = {"do": "text", "id": shown["cues"][0]["id"], "v": shown["cues"][0]["v"], "text": "改"}
    with pytest.raises(HTTPError, match="423"):
        run.ask("api/act", json.dumps({"steps": [step]}).encode())
    run.go_on()
    done = run.until(lambda shown: shown["hearing"] is None)
    news = run.ask(f"api/changes?boot={shown['boot']}&since={shown['revision']}")
    assert news["reload"], "the page loads the cues as they are cut"
    step = {"do": "text", "id": done["cues"][0]["id"], "v": done["cues"][0]["v"], "text": "改"}
    run.ask("api/act", json.dumps({"steps": [step]}).encode())
    assert read(tmp_path / "talk.edits.jsonl").cues[0].text == "改"
    code, said = run.stop()
    assert code == 0, said
    assert "the page can be edited now" in said
    assert "改" in (tmp_path / "talk.srt").read_text("utf-8")


def test_an_interruption_ends_both_and_keeps_what_was_heard(run: Run, tmp_path: Path) -> None:
    run.until(lambda shown: len(shown["cues"]) == 6)
    code, said = run.stop()
    assert code == 130
    assert "run the same command again to go on" in said
    assert len(read_on(tmp_path / "talk.cues.jsonl", 0)[0]) == 6


def test_an_error_is_shown_on_the_page_and_in_the_terminal(run: Run) -> None:
    run.until(lambda shown: len(shown["cues"]) == 6)
    run.go_on("fail")
    shown = run.until(lambda shown: bool(shown["hearing"]["error"]))
    assert "the model fell silent" in shown["hearing"]["error"]
    assert len(shown["cues"]) == 6
    code, said = run.stop()
    assert code == 5
    assert "the model fell silent" in said


def test_what_was_heard_before_is_there_at_once(tmp_path: Path) -> None:
    first = Run(tmp_path)
    first.until(lambda shown: len(shown["cues"]) == 6)
    assert first.stop()[0] == 130
    again = Run(tmp_path)
    shown = again.until(lambda shown: len(shown["cues"]) == 6)
    assert [cue["text"] for cue in shown["cues"]] == [speaker.sentence(number).text for number in range(6)]
    assert again.stop()[0] == 130


def test_the_page_in_a_browser(run: Run, browser: Any) -> None:
    run.until(lambda shown: len(shown["cues"]) == 6)
    page = browser.new_context(locale="en-GB").new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(run.address)
    page.wait_for_selector("body[data-ready]")
    assert "Listening" in page.locator("#hearing").inner_text()
    page.locator(".row").nth(3).click()
    assert page.locator("#text").get_attribute("readonly") is not None
    assert page.locator("#find").is_disabled()
    run.go_on()
    page.locator("#hearing").wait_for(state="hidden")
    assert page.locator("[aria-selected=true] .time").inner_text() == "0:18", "the place is not lost"
    assert page.locator("#text").get_attribute("readonly") is None
    page.locator("#text").fill("改")
    with page.expect_response(lambda answer: "api/act" in answer.url):
        page.locator("#text").press("Enter")
    page.context.close()
    assert not faults


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.mp4", "b.mp4", "--review"), "one input, not 2"),
        (("a.mp4", "--review", "--workers", "2"), "--review shows one recording"),
        (("a.mp4", "--no-open"), "add --review"),
        (("a.mp4", "--review", "--port", "high"), "--port takes a number"),
    ],
)
def test_what_does_not_go_together_is_told_before_anything_begins(
    arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.mp4", "b.mp4"):
        Path(name).write_bytes(name.encode())
    assert main(["run", *arguments, "--no-config"]) == 2
    assert said in capsys.readouterr().err
    assert len(list(tmp_path.iterdir())) == 2


def test_without_the_extra_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    there = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:
        if name == "uvicorn":
            raise ModuleNotFoundError(name)
        return there(name, *rest, **named)

    (tmp_path / "talk.mp4").write_bytes(b"sound")
    monkeypatch.setattr(builtins, "__import__", missing)
    assert main(["run", str(tmp_path / "talk.mp4"), "--review", "--no-config"]) == 4
    assert "zimu-toolkit[web]" in capsys.readouterr().err
