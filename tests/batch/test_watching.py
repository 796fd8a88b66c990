"""What is seen of a batch: events as JSON, sums for Prometheus, the table on a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import toolkit.cli.batch_views as views
from toolkit.batch.events import ENDS, KINDS, Event, end_of
from toolkit.batch.metrics import NAMES, Metrics
from toolkit.batch.tasks import Outcome

DONE = Outcome("a.mp4", "1f", "done", ("a.srt",), heard=60_000, seconds=2.5, worker="cpu 0")
FAILED = Outcome("b.mp4", "2e", "failed", failure={"problem": "no sound in it", "fix": "", "error": "MediaError"})
IMPOSSIBLE = Outcome("c.mp4", "", "failed", failure={"problem": "no such file"})

STORY = (
    Event("batch.start", facts={"todo": 2, "done": 0, "failed": 1, "length": 120_000, "workers": 2}),
    end_of(IMPOSSIBLE),
    Event("input.start", "a.mp4", facts={"length": 60_000, "tries": 1}),
    Event("input.start", "b.mp4", facts={"length": 60_000, "tries": 1}),
    Event("worker.lost", "b.mp4", "cpu 1", {"reason": "signal 9"}),
    Event("input.retry", "b.mp4", "cpu 1", {"reason": "signal 9", "tries": 1}),
    Event("input.start", "b.mp4", facts={"length": 60_000, "tries": 2}),
    Event("input.progress", "a.mp4", "cpu 0", {"stage": "transcribe", "done": 0, "total": 60_000}),
    Event("input.progress", "a.mp4", "cpu 0", {"stage": "transcribe", "done": 30_000, "total": 60_000}),
)


def test_every_event_is_a_line_of_json() -> None:
    for event in (*STORY, end_of(DONE)):
        told = json.loads(json.dumps(event.as_dict(1.0)))
        assert told["event"] in KINDS
        assert told["time"] == 1.0
        assert told.get("input", "") == event.label
    assert end_of(DONE).as_dict(1.0)["outcome"]["heard"] == 60_000
    assert set(ENDS.values()) <= set(KINDS)


def test_every_kind_of_event_is_documented() -> None:
    page = Path(__file__).parents[2] / "docs" / "many-recordings.md"
    assert all(f"`{kind}`" in page.read_text(encoding="utf-8") for kind in KINDS)


def test_prometheus_reads_the_sums(tmp_path: Path) -> None:
    metrics = Metrics(tmp_path / "zimu.prom")
    for event in (*STORY, end_of(DONE)):
        metrics(event)
    assert metrics.values["busy"] == 1
    metrics(end_of(FAILED))
    metrics(Event("batch.end"))
    lines = metrics.path.read_text(encoding="utf-8").splitlines()
    sums = {line.split()[0].removeprefix("zimu_batch_"): float(line.split()[1]) for line in lines if line[0] != "#"}
    assert sums == {
        "todo": 2,
        "done_total": 1,
        "failed_total": 2,
        "retries_total": 1,
        "workers_lost_total": 1,
        "audio_seconds_total": 60,
        "work_seconds_total": 2.5,
        "busy": 0,
        "finished": 1,
    }
    assert len([line for line in lines if line.startswith("# TYPE")]) == len(NAMES)


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> views.Board:
    """The table ten seconds after the story began."""
    monkeypatch.setattr(views, "monotonic", lambda: 100.0)
    made = views.Board(2, 120_000, began=100.0)
    for event in STORY:
        if event.label != "c.mp4":
            made.note(event)
    monkeypatch.setattr(views, "monotonic", lambda: 110.0)
    return made


def test_the_table_shows_who_is_at_work_and_how_far(board: views.Board) -> None:
    assert list(board.rows) == ["a.mp4", "b.mp4"]
    row = board.rows["a.mp4"]
    assert row.worker == "cpu 0"
    assert row.cells("a.mp4") == ("a.mp4", "hearing", "0:30 / 1:00", "3.0×", "0:10")
    assert board.rows["b.mp4"].cells("b.mp4")[1:] == ("", "1:00", "", "")


def test_the_bar_below_shows_the_sums(board: views.Board) -> None:
    assert board.bar() == "0/2 inputs  0:30 / 2:00  3.0×  0:30 left"
    board.note(end_of(DONE))
    board.note(end_of(FAILED))
    assert board.bar().startswith("2/2 inputs, 1 failed  2:00 / 2:00")


def test_what_is_drawn_fits_the_terminal(board: views.Board) -> None:
    from rich.console import Console

    console = Console(width=80, record=True, file=None, force_terminal=False, quiet=False)
    with console.capture() as captured:
        console.print(views._drawn(board, 80))
    lines = captured.get().splitlines()
    assert lines[0].split() == ["input", "stage", "heard", "speed", "left", "worker"]
    assert "a.mp4" in lines[1]
    assert "3.0×" in lines[1]
    assert "0/2 inputs" in lines[-1]
    assert max(map(len, lines)) <= 80
