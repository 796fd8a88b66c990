"""What the library logs, said on standard error in the manner of the program."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from toolkit.cli.report import say


class _Speaker(logging.Handler):
    """Writes to whatever standard error is at that moment: a progress bar takes it over while it is drawn."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        say(kind + record.getMessage())


@contextmanager
def show_log(*, quiet: bool = False, verbose: bool = False) -> Iterator[None]:
    """Within it warnings are shown, with ``verbose`` what the toolkit tells besides, with ``quiet`` errors only."""
    speaker = _Speaker(logging.ERROR if quiet else logging.INFO if verbose else logging.WARNING)
    root, ours = logging.getLogger(), logging.getLogger("toolkit")
    before = ours.level
    ours.setLevel(logging.INFO if verbose else logging.WARNING)
    root.addHandler(speaker)
    try:
        yield
    finally:
        root.removeHandler(speaker)
        ours.setLevel(before)
