"""The jobs of `zimu run` and `zimu transcribe`: planned before the first begins, done in turn, told of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

from toolkit.cli.addresses import Desk, fetch_job, find_all, keep_metadata, planned_outputs
from toolkit.cli.changes import count_invented, tally
from toolkit.cli.command import Call
from toolkit.cli.inputs import STDIN, expand_all, require, say_passed
from toolkit.cli.outcomes import Outcome, conclude, each
from toolkit.cli.progress import clock, progress_bar, speed
from toolkit.cli.remote import remote_jobs
from toolkit.cli.report import argument, count, plain, say
from toolkit.cli.reports import check_place, write_report
from toolkit.cli.targets import need_folder, refuse_collisions
from toolkit.cli.translations import facts_of, in_words
from toolkit.errors import InputError, ToolkitError, UsageError
from toolkit.fetch.copies import at_hand
from toolkit.fetch.filesystems import is_remote
from toolkit.fetch.items import Item
from toolkit.formats import is_transcript
from toolkit.jobs import Interrupted, Job, Listener, Progress, Result, plan_job
from toolkit.profile import Profile
from toolkit.records import devices_of, hotwords_of
from toolkit.translate.service import Budget
from toolkit.translating import translated_files

Planned = Mapping[Path | str, Job | Item | ToolkitError]
"""Each input, a file or an address, with its job, with what is to be fetched, or with the reason why there is none."""


def plan_jobs(call: Call, at: Desk) -> dict[Path | str, Job | Item | ToolkitError]:
    """The job of each input; inputs that cannot be used are kept with their error, for later.

    Raises:
        UsageError: what is asked for is impossible: two inputs that write one file, one file for several inputs.
        InputError: inputs that stand for nothing.
    """
    planned: dict[Path | str, Job | Item | ToolkitError] = {}
    passed: set[Path] = set()
    for source in expand_all(call.inputs, passed=passed):
        if isinstance(source, Path):
            planned[source] = _plan(call, at.profile, source)
        elif is_remote(source):
            planned.update(remote_jobs(call, source, at))
        else:
            planned.update(find_all([source], at))
    if passed and not call.on("quiet"):
        say(say_passed(passed))
    need_folder(call.text("output"), planned)
    check_place(call, planned)
    jobs = [job for job in planned.values() if isinstance(job, Job)]
    refuse_collisions({_called(job): _files(job) for job in jobs})
    return planned


def show_plan(call: Call, planned: Planned, at: Desk) -> int:
    """Say what would be done; the exit code that the inputs deserve so far."""

    def one(job: Job | Item | ToolkitError) -> Outcome:
        job = _possible(job)
        if isinstance(job, Item):
            outputs = planned_outputs(call, job, at)
            if not call.on("json"):
                print(plain(f"{job.label} → {', '.join(map(str, outputs))}"))
            return Outcome(job.label, facts={"outputs": [*map(str, outputs)]})
        outputs = (*job.outputs, *translated_files(job))
        if not call.on("json"):
            resumed = f", going on from {job.journal}" if job.journal and job.journal.exists() else ""
            print(plain(f"{job.label} → {', '.join(map(str, outputs))}{resumed}"))
        return Outcome(job.label, facts={"outputs": [*map(str, outputs)], **_kept(job)})

    return conclude(call, list(each(planned, one)))


Watch = Callable[[Job], AbstractContextManager[Listener | None]]
"""What surrounds a job: it may listen, and sees how the job ends."""


def unwatched(job: Job) -> AbstractContextManager[Listener | None]:  # noqa: ARG001
    """Nothing."""
    return nullcontext()


def do_jobs(call: Call, planned: Planned, at: Desk, watch: Watch = unwatched) -> int:
    """Do all jobs; an interruption ends the one at hand, and the rest is not begun."""
    from toolkit.cli.translate import resources
    from toolkit.pipeline import load_terms, run_job
    from toolkit.transcribe.engine import models_held

    lexicon, given = load_terms(at.profile), resources(at.profile)
    outcomes: list[Outcome] = []

    def one(job: Job | Item | ToolkitError) -> Outcome:
        job = _possible(job)
        number = f"[{len(outcomes) + 1}/{len(planned)}] " if len(planned) > 1 else ""
        source = _called(job)
        name = source if isinstance(job, Item) or job.remote else job.source.name
        bar = partial(progress_bar, f"{number}{name}", quiet=call.on("quiet"))
        with ExitStack() as stack:
            with bar() if isinstance(job, Item) or job.remote else nullcontext() as listener:
                job = fetch_job(call, job, at, listener) if isinstance(job, Item) else job
                job = stack.enter_context(at_hand(job, listener))
            with watch(job) as watcher, bar() as listener:
                tell = _together(watcher, listener)
                result = run_job(job, listener=tell, lexicon=lexicon, resources=replace(given, listener=tell))
        beside = [*filter(None, [keep_metadata(job)]), *write_report(call, result.transcript, job.source)]
        if not call.on("quiet"):
            tell_result(result, source, given.budget)
        facts, missing = _facts(result, given.budget), bool(result.translation and result.translation.missing)
        return Outcome(source, (*result.written, *beside), facts, findings=missing)

    try:
        with models_held():
            for outcome in each(planned, one):
                outcomes.append(outcome)  # noqa: PERF402 - those before an interruption must not be lost
    except KeyboardInterrupt as stop:
        outcomes += _interrupted(stop, list(planned)[len(outcomes) :])
        return conclude(call, outcomes, interrupted=True)
    return conclude(call, outcomes)


def _together(*listeners: Listener | None) -> Listener | None:
    """Those that listen as one."""
    there = [each for each in listeners if each]

    def listen(event: Progress) -> None:
        for tell in there:
            tell(event)

    return listen if there else None


def tell_result(result: Result, source: Path | str, budget: Budget | None = None) -> None:
    """Say what a job on ``source`` came to: files, cues and time, edits and how to see them."""
    job = result.job
    edits, suggestions = tally(result.transcript)
    invented = count_invented(result.transcript)
    done = count(len(result.transcript.cues) - invented, "cue")
    if job.journal:
        done += f", {_hearing(result)}"
    lines = [f"{source} → {', '.join(map(str, result.written))}", done]
    if edits + suggestions and job.record:
        found = f"{count(edits, 'edit')}, {count(suggestions, 'suggestion')}"
        lines.append(f"{found}; see them: zimu edits {argument(job.record)}")
    if invented:
        see = f"; see them: zimu edits {argument(job.record)}" if job.record else ""
        lines.append(f"{count(invented, 'cue')} kept out as invented{see}")
    flagged: list[str] = []
    if result.translation:
        first, *flagged = in_words(result.transcript, result.translation, budget or Budget())
        lines.append(first)
    say(lines[0], *(f"      {line}" for line in lines[1:]), *flagged)
    for warning in result.warnings:
        say(f"warning: {source}: {warning}")


def _hearing(result: Result) -> str:
    """How much was heard, in what time: ``45:00 in 3:40 (12.3×)``."""
    end = max((cue.end or 0 for cue in result.transcript.cues), default=0)
    if end and result.resumed_from >= end:
        return f"{clock(end)}, all of it heard before"
    rate = speed(end - result.resumed_from, result.seconds)
    before = f", {clock(result.resumed_from)} of it heard before" if result.resumed_from else ""
    where = _where(devices_of(result.transcript))
    return f"{clock(end)} in {clock(round(result.seconds * 1000))}{f' ({rate})' if rate else ''}{where}{before}"


def _where(stretches: Sequence[Mapping[str, object]]) -> str:
    """What heard it: `` on cpu (int8)``, or each with the time up to which it did."""
    devices = [str(each.get("device")) for each in stretches]
    if len(set(devices)) < 2:
        return f" on {devices[0]}" if devices else ""
    ends = [clock(int(str(each.get("until")))) for each in stretches[:-1]]
    return " on " + ", then ".join(
        [*(f"{at} until {end}" for at, end in zip(devices, ends, strict=False)), devices[-1]]
    )


def _interrupted(stop: KeyboardInterrupt, left: list[Path | str]) -> list[Outcome]:
    """Say where things stand after Ctrl-C; what became of the input at hand, and of those not begun."""
    again = "run the same command again to go on"
    if isinstance(stop, Interrupted):
        result = stop.result
        end = max((cue.end or 0 for cue in result.transcript.cues), default=0)
        kept = ", ".join(map(str, result.written)) or "nothing yet to show"
        say(f"interrupted: {left[0]} is heard up to {clock(end)}: {kept}; {again}")
        first = [Outcome(left[0], result.written, {**_facts(result), "ok": False})]
    else:
        say(f"interrupted; {again}")
        first = [Outcome(source, facts={"ok": False, "complete": False}) for source in left[:1]]
    if left[1:]:
        say(f"{count(len(left) - 1, 'input')} not begun")
    return first + [Outcome(source, facts={"ok": False, "complete": False}) for source in left[1:]]


def _plan(call: Call, profile: Profile, source: Path) -> Job | ToolkitError:
    if source == STDIN:
        fix = "'zimu correct -' and 'zimu segment -' read transcripts there"
        raise UsageError(f"'{call.command}' does not read standard input", fix=fix)
    try:
        require(source)
        if call.command == "transcribe" and is_transcript(source):
            fix = f"'zimu run {argument(source)}' repairs and cuts it"
            raise InputError("a transcript, not a recording", where=str(source), fix=fix)
        return plan_job(source, profile, out=call.text("output") or None)
    except InputError as error:
        return error


def _possible(job: Job | Item | ToolkitError) -> Job | Item:
    if isinstance(job, ToolkitError):
        raise job
    return job


def _called(job: Job | Item) -> Path | str:
    """What an input is called in messages: the path of a file, or its address."""
    return job.label if isinstance(job, Item) or job.remote else job.source


def _files(job: Job) -> tuple[Path, ...]:
    """All files that a job writes."""
    return (*job.outputs, *translated_files(job), *(path for path in (job.journal, job.record) if path))


def _kept(job: Job) -> dict[str, object]:
    return {name: str(path) if path else None for name, path in (("journal", job.journal), ("record", job.record))}


def _facts(result: Result, budget: Budget | None = None) -> dict[str, object]:
    """What is told of a result in JSON."""
    made = result.translation
    translation = facts_of(result.transcript, made, budget or Budget()) if made else None
    edits, suggestions = tally(result.transcript)
    invented = count_invented(result.transcript)
    return {
        "complete": result.complete,
        "language": result.transcript.language,
        "cues": len(result.transcript.cues) - invented,
        "invented": invented,
        "edits": edits,
        "suggestions": suggestions,
        "resumed_from": result.resumed_from,
        "seconds": round(result.seconds, 3),
        "heard_on": devices_of(result.transcript),
        "hotwords": hotwords_of(result.transcript),
        "warnings": list(result.warnings),
        "translation": translation,
        **_kept(result.job),
    }
