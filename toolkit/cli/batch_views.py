"""A batch as it is watched: a live table on a terminal, a line an input elsewhere, or events as lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from logging import WARNING
from time import monotonic, time
from typing import Any

from toolkit.batch import Event, Outcome, Plan
from toolkit.cli.command import Call
from toolkit.cli.progress import STAGES, clock, speed
from toolkit.cli.report import plain, say
from toolkit.cli.width import clip

Listener = Callable[[Event], None]

PERIOD = 0.25
"""Seconds between two drawings of the table."""


@contextmanager
def view(call: Call, plan: Plan) -> Iterator[Listener]:
    """What shows the events of a batch in the manner that the call and the terminal ask for."""
    if call.text("log_format") == "jsonl":
        yield _json_line
    elif call.on("quiet"):
        yield _Lines(len(plan.todo), quiet=True)
    elif not sys.stderr.isatty():
        yield _Lines(len(plan.todo))
    else:
        with _table(plan) as listener:
            yield listener


def _json_line(event: Event) -> None:
    print(json.dumps(event.as_dict(time())), file=sys.stderr, flush=True)


@dataclass
class _Lines:
    """Says a line for each input that is done or failed, and for each warning."""

    total: int
    quiet: bool = False
    number: int = 0

    def __call__(self, event: Event) -> None:
        if event.kind == "log" and (event.facts["level"] > WARNING or not self.quiet):
            say(f"{event.worker}: warning: {event.facts['message']}")
        elif event.kind == "input.retry" and not self.quiet:
            say(f"{event.label}: its worker died ({event.facts['reason']}); it is begun again")
        elif event.kind == "input.failed" and event.outcome:
            self.number += bool(event.outcome.key)
            place = f"[{self.number}/{self.total}] " if event.outcome.key else ""
            say(f"{place}{event.label}: {event.outcome.reason}")
        elif event.kind == "input.done" and event.outcome:
            self.number += 1
            if not self.quiet:
                say(f"[{self.number}/{self.total}] {_done(event.outcome)}")


def _done(outcome: Outcome) -> str:
    rate = speed(outcome.heard - outcome.resumed, outcome.seconds) if outcome.device or outcome.heard else ""
    times = f"{clock(outcome.heard)} in {clock(round(outcome.seconds * 1000))}" if outcome.heard else ""
    facts = [f"{outcome.cues} cues", times + (f" ({rate})" if rate else ""), *outcome.warnings]
    return f"{outcome.label} → {', '.join(outcome.written)}: {', '.join(filter(None, facts))}"


@dataclass
class Row:
    """An input at work: by whom, since when, its length, and how far it is."""

    worker: str = ""
    began: float = field(default_factory=monotonic)
    stage: str = ""
    length: int = 0
    first: int = -1
    done: int = 0

    def cells(self, label: str) -> tuple[str, str, str, str, str]:
        """What the table shows: input, stage, how far, how fast, how long yet."""
        stage, seconds = STAGES.get(self.stage, self.stage), monotonic() - self.began
        if self.stage != "transcribe":
            return label, stage, clock(self.length) if self.length else "", "", ""
        far = f"{clock(self.done)} / {clock(self.length)}" if self.length else clock(self.done)
        heard = self.done - max(self.first, 0)
        left = clock(round((self.length - self.done) * 1000 * seconds / heard)) if heard > 0 and self.length else ""
        return label, stage, far, speed(heard, seconds), left


@dataclass
class Board:
    """What is known of a batch at this moment: rows of what is at work, and the sums for the bar below."""

    total: int
    length: int
    rows: dict[str, Row] = field(default_factory=dict)
    finished: int = 0
    failed: int = 0
    heard: int = 0
    began: float = field(default_factory=monotonic)

    def note(self, event: Event) -> None:
        """Take in an event."""
        if event.kind == "input.start":
            self.rows[event.label] = Row(length=event.facts["length"])
        elif event.kind == "input.progress" and event.label in self.rows:
            self._advance(self.rows[event.label], event)
        elif event.kind == "input.retry":
            self.rows.pop(event.label, None)
        elif event.outcome and event.outcome.key:
            row = self.rows.pop(event.label, Row())
            self.finished += event.kind != "input.stopped"
            self.failed += event.kind == "input.failed"
            self.heard += row.length

    @property
    def far(self) -> int:
        """Milliseconds of recordings that are behind, those of inputs at work among them."""
        return self.heard + sum(row.done if row.stage == "transcribe" else 0 for row in self.rows.values())

    def bar(self) -> str:
        """What stands behind the bar: ``12/500 inputs, 3 failed  1:00:00 / 9:00:00  12.3×  39:00 left``."""
        failed = f", {self.failed} failed" if self.failed else ""
        parts = [f"{self.finished}/{self.total} inputs{failed}"]
        seconds = monotonic() - self.began
        if self.length and self.far:
            left = round((self.length - self.far) * 1000 * seconds / self.far)
            parts += [f"{clock(self.far)} / {clock(self.length)}", speed(self.far, seconds), f"{clock(left)} left"]
        return "  ".join(parts)

    def _advance(self, row: Row, event: Event) -> None:
        facts = event.facts
        if facts["stage"] == "transcribe":
            if row.first < 0:
                row.first, row.began = facts["done"], monotonic()
            row.done, row.length = facts["done"], facts["total"] or row.length
        row.stage, row.worker = facts["stage"], event.worker


@contextmanager
def _table(plan: Plan) -> Iterator[Listener]:
    """A table that is drawn anew a few times a second; what is said meanwhile stands above it."""
    from rich.console import Console
    from rich.live import Live

    board, lines = Board(len(plan.todo), plan.length), _Lines(len(plan.todo))
    console = Console(stderr=True)
    with Live(console=console, auto_refresh=False, transient=True, redirect_stdout=False) as live:
        drawn = float("-inf")

        def listen(event: Event) -> None:
            nonlocal drawn
            board.note(event)
            lines(event)
            if monotonic() - drawn >= PERIOD:
                drawn = monotonic()
                live.update(_drawn(board, console.width), refresh=True)

        yield listen


def _drawn(board: Board, width: int) -> Any:
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for name, justify in (
        ("input", "left"),
        ("stage", "left"),
        ("heard", "right"),
        ("speed", "right"),
        ("left", "right"),
    ):
        table.add_column(name, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("worker", no_wrap=True)
    for label, row in board.rows.items():
        table.add_row(*map(Text, (*row.cells(clip(plain(label), max(16, width - 62))), row.worker)))
    share = (board.far, board.length) if board.length else (board.finished, board.total)
    bar = Table.grid(padding=(0, 2, 0, 0))
    bar.add_row(ProgressBar(total=max(share[1], 1), completed=min(share), width=20), Text(board.bar()))
    return Group(table, bar)
