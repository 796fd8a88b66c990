"""The report of what was changed: the flag for it, where it goes, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Flag

if TYPE_CHECKING:
    from toolkit.cues import Transcript

REPORT = Flag("--report", "write what was changed, and why, as a page (HTML); file or folder", "PATH")
"""The flag of every command that can write a report."""

SUFFIX = ".report.html"
"""What stands behind the name of a source in a folder of reports."""


def check_place(call: Call, inputs: Iterable[Path | str]) -> None:
    """Refuse one file for the reports of several inputs.

    Raises:
        UsageError: that is asked for.
    """
    from toolkit.cli.targets import need_folder

    need_folder(call.text("report"), inputs, "--report")


def write_report(call: Call, transcript: Transcript, source: Path) -> tuple[Path, ...]:
    """Write the report of a transcript where ``--report`` says; returns the file, if one is asked for.

    Raises:
        InputError: it cannot be written.
    """
    given = call.text("report")
    if not given:
        return ()
    from toolkit.formats.files import write_whole
    from toolkit.outputs import names_file
    from toolkit.review.report import report

    target = Path(given) if names_file(given) else Path(given) / f"{source.stem}{SUFFIX}"
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, report(transcript).encode())
    return (target,)
