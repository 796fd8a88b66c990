"""What a batch came to in sums, as text and as a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from toolkit.batch.conduct import Conduct
from toolkit.batch.plan import Plan
from toolkit.batch.tasks import Outcome


@dataclass(frozen=True)
class Summary:
    """The sums of a batch.

    Of ``inputs``, ``done`` were done now and ``stood`` before; ``failed`` have failed now or before; ``interrupted``
    were begun, ``left`` were not. ``heard`` and ``resumed`` are milliseconds of recordings done now, ``work`` the
    seconds of all workers, ``seconds`` those of the clock.
    """

    inputs: int
    done: int = 0
    stood: int = 0
    failed: int = 0
    interrupted: int = 0
    left: int = 0
    cues: int = 0
    edits: int = 0
    heard: int = 0
    resumed: int = 0
    work: float = 0.0
    seconds: float = 0.0

    @property
    def speed(self) -> float:
        """How many times faster than the speakers what is new was heard; 0 where nothing was."""
        return (self.heard - self.resumed) / 1000 / self.seconds if self.seconds else 0.0

    def as_dict(self) -> dict[str, Any]:
        """The sums, and the speed, as JSON tells them."""
        told = {name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(self).items()}
        return {**told, "speed": round(self.speed, 3)}


def summarise(plan: Plan, went: Conduct, seconds: float) -> Summary:
    """The sums of a batch that was conducted in ``seconds``."""
    done = _in(went.outcomes, "done")
    failed = [*_in(went.outcomes, "failed"), *plan.failed, *plan.impossible]
    return Summary(
        inputs=len(plan.todo) + len(plan.done) + len(plan.failed) + len(plan.impossible),
        done=len(done),
        stood=len(plan.done),
        failed=len(failed),
        interrupted=len(_in(went.outcomes, "interrupted")),
        left=len(went.left),
        cues=sum(outcome.cues for outcome in done),
        edits=sum(outcome.edits for outcome in done),
        heard=sum(outcome.heard for outcome in done),
        resumed=sum(min(outcome.resumed, outcome.heard) for outcome in done),
        work=sum(outcome.seconds for outcome in went.outcomes),
        seconds=seconds,
    )


def _in(outcomes: Iterable[Outcome], state: str) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.state == state]
