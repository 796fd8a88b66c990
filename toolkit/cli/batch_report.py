"""What is said of a batch before it starts and when it is over: the plan, the failures, the sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from toolkit.batch import Conduct, Outcome, Plan, Setup, Summary
from toolkit.cli.batch_inputs import Gathered
from toolkit.cli.command import Call
from toolkit.cli.guard import INTERRUPTED
from toolkit.cli.inputs import count_suffixes, say_passed
from toolkit.cli.outcomes import SOME_FAILED
from toolkit.cli.progress import clock
from toolkit.cli.report import count, plain, print_json, say

SHOWN = 10
"""Failures that are named in the summary; all are in the manifest."""


def show_plan(call: Call, plan: Plan, gathered: Gathered) -> int:
    """Print what would be done, the longest first; 0, or 6 where some inputs are impossible or failed before."""
    code = SOME_FAILED if plan.failed or plan.impossible else 0
    if call.on("json"):
        results = [
            {
                "input": task.label,
                "state": "todo",
                "length": task.length,
                "outputs": [str(path) for path in task.outputs],
            }
            for task in plan.todo
        ]
        results += [_result(outcome) for outcome in (*plan.done, *plan.failed, *plan.impossible)]
        document = {"command": call.command, "ok": code == 0, "exit_code": code, "run_dir": str(gathered.folder)}
        passed = count_suffixes(gathered.passed)
        print_json({**document, "length": plan.length, "passed_over": passed, "results": results})
        return code
    for task in plan.todo:
        length = f"  ({clock(task.length)})" if task.length else ""
        print(plain(f"{task.label} → {', '.join(map(str, task.outputs)) or 'named after the video'}{length}"))
    for outcome in (*plan.failed, *plan.impossible):
        say(_failure(outcome))
    _say_counts(plan, gathered)
    return code


def tell_plan(plan: Plan, setup: Setup, gathered: Gathered) -> None:
    """Say what is about to be done, by whom, and where it is written down."""
    _say_counts(plan, gathered, f"; written down in {gathered.folder}")
    if plan.todo and not setup.address:
        names = ", ".join(post.name for post in setup.posts[:8]) + (" …" if setup.posts[8:] else "")
        say(f"{count(len(setup.posts), 'worker')}: {names}")


def conclude_batch(call: Call, plan: Plan, went: Conduct, summary: Summary, *, passed: Mapping[str, int]) -> int:
    """Say the sums, and what ended all, print the document where that is wanted; the exit code.

    ``passed`` is how many files of each suffix were passed over.
    """
    code = INTERRUPTED if went.interrupted else SOME_FAILED if summary.failed else 0
    code = went.error.exit_code if went.error else code
    if call.text("log_format") != "jsonl":
        for line in _lines(plan, went, summary) if not call.on("quiet") else _failed_before(plan):
            say(line)
    if went.error and call.text("log_format") != "jsonl":
        say(str(went.error))
    if call.on("json"):
        told = went.error.as_dict() if went.error else {}
        document = {"command": call.command, "ok": code == 0, **told, "exit_code": code, "summary": summary.as_dict()}
        outcomes = (*went.outcomes, *plan.done, *plan.failed, *plan.impossible)
        left = [{"input": task.label, "ok": False, "state": "left"} for task in went.left]
        print_json({**document, "passed_over": passed, "results": [*map(_result, outcomes), *left]})
    return code


def _say_counts(plan: Plan, gathered: Gathered, place: str = "") -> None:
    say(f"{_counts(plan)}{place}")
    if gathered.passed:
        say(say_passed(gathered.passed))


def _counts(plan: Plan) -> str:
    parts = [f"{count(len(plan.todo), 'input')} to do"]
    if plan.length:
        parts[0] += f", {clock(plan.length)} of sound"
    if plan.done:
        parts.append(f"{len(plan.done)} done before")
    parts += _failed_before(plan)
    if plan.impossible:
        parts.append(f"{len(plan.impossible)} cannot be used")
    return "; ".join(parts)


def _lines(plan: Plan, went: Conduct, summary: Summary) -> Iterable[str]:
    done = f"{summary.done} of {count(summary.inputs, 'input')} done"
    if summary.stood:
        done += f" now, {summary.stood} before"
    if summary.heard:
        times = f" ({summary.speed:.1f}×)" if summary.speed else ""
        done += f", {clock(summary.heard)} of sound in {clock(round(summary.seconds * 1000))}{times}"
    yield f"{done}; {count(summary.cues, 'cue')}, {count(summary.edits, 'edit')}"
    if summary.failed:
        yield f"{summary.failed} failed: {_reasons((*went.outcomes, *plan.failed, *plan.impossible))}"
    yield from _failed_before(plan)
    for outcome in plan.failed[:SHOWN]:
        yield f"  before: {_failure(outcome)}"
    if plan.failed[SHOWN:]:
        yield f"  … and {len(plan.failed) - SHOWN} more; --json lists all"
    if went.interrupted or summary.left:
        again = "run the same command again to go on"
        left = "not done" if went.error else "not begun"
        yield f"{summary.interrupted} interrupted, {summary.left} {left}; {again}"


def _failed_before(plan: Plan) -> list[str]:
    """How many are not tried again, and how they would be."""
    return [f"{len(plan.failed)} failed before (--retry-failed tries them again)"] if plan.failed else []


def _reasons(outcomes: Iterable[Outcome]) -> str:
    """How many failed for which kind of reason: ``3 MediaError, 1 InputError``."""
    kinds = Counter(str(outcome.failure.get("error")) for outcome in outcomes if outcome.failure)
    return ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())


def _failure(outcome: Outcome) -> str:
    """An input that failed and why; the reason need not name the file again."""
    return f"{outcome.label}: {outcome.reason}"


def _result(outcome: Outcome) -> dict[str, object]:
    told = outcome.as_dict()
    del told["label"]
    return {"input": outcome.label, "ok": outcome.state == "done", **told}
