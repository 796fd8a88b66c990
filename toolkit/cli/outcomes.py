"""What became of each input of a command, and the exit code and JSON document that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from toolkit.cli.command import Call
from toolkit.cli.guard import INTERRUPTED, in_words, yield_to_interruption
from toolkit.cli.report import print_json, say
from toolkit.errors import ToolkitError

S = TypeVar("S", Path, str, Path | str)
T = TypeVar("T")

SOME_FAILED = 6
"""Exit code when some of several inputs failed."""


@dataclass(frozen=True)
class Outcome:
    """What became of one input, a file or an address: ``facts`` for JSON, and the error where it failed.

    ``findings`` says that the result is there and is not as it should be.
    """

    source: Path | str
    written: tuple[Path, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)
    error: ToolkitError | None = None
    findings: bool = False

    def as_dict(self) -> dict[str, object]:
        """The outcome as JSON shows it."""
        document = {
            "input": str(self.source),
            "ok": self.error is None,
            "written": [str(path) for path in self.written],
        }
        failure = {"failure": self.error.as_dict()} if self.error else {}
        return {**document, **self.facts, **failure}


def each(items: Mapping[S, T], work: Callable[[T], Outcome]) -> Iterator[Outcome]:
    """What comes of the work on each input in turn; one that fails is said at once and does not stop the rest.

    Raises:
        KeyboardInterrupt: it fails after a request to end.
    """
    for source, item in items.items():
        try:
            yield work(item)
        except Exception as caught:
            yield_to_interruption(caught)
            error = in_words(caught)
            if error is None:
                raise
            say(str(error))
            yield Outcome(source, error=error)


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """0 when all is well, 1 with findings, the error's own code for an only input, else that of some that failed."""
    failed = [outcome.error for outcome in outcomes if outcome.error]
    if not failed:
        return int(any(outcome.findings for outcome in outcomes))
    return failed[0].exit_code if len(outcomes) == 1 else SOME_FAILED


def conclude(call: Call, outcomes: Sequence[Outcome], *, interrupted: bool = False) -> int:
    """The exit code of a command that worked on files; prints its JSON document where that is wanted."""
    code = INTERRUPTED if interrupted else exit_code(outcomes)
    if call.on("json"):
        document: dict[str, object] = {"command": call.command, "ok": code == 0, "exit_code": code}
        if len(outcomes) == 1 and outcomes[0].error:
            document |= outcomes[0].error.as_dict()
        print_json({**document, "results": [outcome.as_dict() for outcome in outcomes]})
    return code
