"""A bar on standard error while speech is recognised: time done of the length, speed, time left. Only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from toolkit.cli.report import plain
from toolkit.cli.width import clip

if TYPE_CHECKING:
    from toolkit.jobs import Progress

STAGES = {
    "fetch": "fetching",
    "transcribe": "hearing",
    "correct": "correcting",
    "segment": "cutting",
    "translate": "translating",
    "write": "writing",
}
"""How the stages of a job are called behind the bar."""


def clock(milliseconds: int) -> str:
    """A time as people read it.

    >>> clock(83_400), clock(3_683_400)
    ('1:23', '1:01:23')
    """
    seconds = milliseconds // 1000
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def speed(heard: int, seconds: float) -> str:
    """How many times faster than the speaker, for ``heard`` milliseconds in ``seconds``.

    >>> speed(60_000, 5.0), speed(0, 0.0)
    ('12.0×', '')
    """
    return f"{heard / 1000 / seconds:.1f}×" if heard > 0 and seconds > 0 else ""


@contextmanager
def progress_bar(title: str, *, quiet: bool = False) -> Iterator[Callable[[Progress], None] | None]:
    """A listener that draws, or None where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    texts = [TextColumn(f"{{task.{name}}}", markup=False) for name in ("description", "fields[state]")]
    console = Console(stderr=True)
    with Bar(texts[0], BarColumn(20), texts[1], console=console, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(clip(plain(title), 24), total=None, state="")
        began: dict[str, tuple[float, int]] = {}

        def listen(event: Progress) -> None:
            start, first = began.setdefault(event.stage, (monotonic(), event.done))
            state = f"{STAGES.get(event.stage, event.stage)}  {_state(event, first, monotonic() - start)}"
            bar.update(task, completed=event.done, total=event.total or None, state=state)

        yield listen


def _state(event: Progress, first: int, seconds: float) -> str:
    """What stands behind the bar: ``1:23 / 45:00  12.3×  3:33 left``."""
    if event.stage == "fetch":
        return " / ".join(f"{size / 1e6:.1f} MB" for size in (event.done, event.total) if size)
    if event.stage == "translate":
        return f"{event.done} / {event.total}" if event.total else ""
    if not event.total:
        return clock(event.done) if event.done else ""
    times = f"{clock(event.done)} / {clock(event.total)}"
    heard = event.done - first
    if heard <= 0 or seconds < 1:
        return times
    left = round((event.total - event.done) * 1000 * seconds / heard)
    return f"{times}  {speed(heard, seconds)}  {clock(left)} left"
