"""`zimu doctor`: what works on this machine, and what to do about the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command
from toolkit.cli.report import print_json

if TYPE_CHECKING:
    from toolkit.cli.check import Check

MISSING = 4
"""Exit code when Zimu cannot work as it is."""

MARKS = {"ok": "✓", "note": "·", "bad": "✗"}


def examine(call: Call) -> int:
    """Print every check; exit 4 when one of them is bad."""
    from toolkit.cli.check import BAD
    from toolkit.cli.checks import all_checks

    checks = list(all_checks())
    code = MISSING if any(check.state == BAD for check in checks) else 0
    if call.on("json"):
        document = {"command": "doctor", "ok": code == 0, "exit_code": code}
        print_json({**document, "checks": [asdict(check) for check in checks]})
        return code
    for check in checks:
        for line in _lines(check):
            print(line)
    print(f"\n{_conclusion(checks)}")
    return code


def _conclusion(checks: Sequence[Check]) -> str:
    from toolkit.cli.check import BAD, GOOD
    from toolkit.cli.models_here import YOUR_MODEL

    bad = sum(check.state == BAD for check in checks)
    if bad:
        return f"{bad} to mend, marked ✗"
    model = all(check.state == GOOD for check in checks if check.name == YOUR_MODEL)
    return "all that Zimu needs is here" if model else "all that Zimu needs is here, but not your model"


def _lines(check: Check) -> list[str]:
    """The mark, the name, what was found; the advice on lines below."""
    from toolkit.cli.width import pad, wrap

    found = wrap(check.found, 80 - 22)
    advice = [f"→ {line}" if index == 0 else f"  {line}" for index, line in enumerate(wrap(check.advice, 80 - 24))]
    rows = found + (advice if check.advice else [])
    names = [f"{MARKS[check.state]} {pad(check.name, 19)} ", *([" " * 22] * (len(rows) - 1))]
    return [name + row for name, row in zip(names, rows, strict=True)]


DOCTOR = Command(
    usage="doctor [--json]",
    about="Looks at Python, the CPU and the GPU, the libraries, the extras, the models and the disk they go to, FFmpeg "
    "and your files of options, and says what to do about what is missing. Changes nothing. Exit 4 where Zimu cannot "
    "work as it is.",
    run=examine,
    examples=(("zimu doctor", ""), ("zimu doctor --json", "for a report of an error")),
)
"""The command ``zimu doctor``."""
