"""Figures of each part as the Markdown of its block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from benchmarks.correctors.report import report
from benchmarks.correctors.results import cell_from
from benchmarks.publish.history import Record

Figures: TypeAlias = dict[str, Any]

MATERIAL = {
    "P11": "a talk about robots",
    "SRT": "an episode of a history programme, mended by a list",
    "railway": "reports from a railway station",
}
"""How the page calls what the benchmark of learned terms reads."""


def block(record: Record, name: str, versions: Sequence[str]) -> str:
    """The block of a part: what it came to, and when, where and with which versions that was."""
    figures = record.parts[name].figures
    assert figures is not None
    return f"{RENDERERS[name](figures)}\n\n{conditions(record, versions)}"


def conditions(record: Record, versions: Sequence[str]) -> str:
    """When, where, with which versions.

    >>> machine = {"processor": "AMD EPYC", "cores": 2, "system": "Linux 6.1", "python": "3.11.7"}
    >>> record = Record("2026-11-28T04:20:00+00:00", "measured", "e4b4b06", machine, {"zimu-toolkit": "0.1.0"})
    >>> conditions(record, ["zimu-toolkit", "ctranslate2"])
    'Measured on 28 November 2026: AMD EPYC, 2 cores, Linux 6.1, Python 3.11.7; zimu-toolkit 0.1.0 (e4b4b06).'
    """
    machine = record.machine
    where = f"{machine['processor']}, {machine['cores']} cores, {machine['system']}, Python {machine['python']}"
    named = [f"{name} {record.versions[name]}" for name in versions if name in record.versions]
    if record.commit and named:
        named[0] += f" ({record.commit})"
    return f"Measured on {record.day}: {where}; {', '.join(named)}."


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose columns but the first stand to the right."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def startup(figures: Figures) -> str:
    """The start, a command a row."""
    rows = [
        [f"`{case['command']}`", f"{case['milliseconds']:.0f} ms", f"{case['times_empty']:.1f}"]
        for case in figures["cases"]
    ]
    return table(["command", f"median of {figures['runs']}", "× an empty Python"], rows)


def hearing(figures: Figures) -> str:
    """Recognition, a program a row."""
    length = figures["sound_seconds"]
    head = ["", f"seconds, median of {figures['rounds']}", "× bare", "× real time", "peak MiB"]
    rows = [
        [
            case["case"],
            f"{case['seconds']:.1f}",
            f"{case['times_bare']:.2f}",
            f"{length / case['seconds']:.1f}",
            f"{case['peak_mib']:.0f}",
        ]
        for case in figures["cases"]
    ]
    what = f"`{figures['recording']}`, {length:.0f} s, heard by {figures['model']} on {figures['threads']} threads"
    return f"{what}, from the start of the process to its end:\n\n{table(head, rows)}"


def length(figures: Figures) -> str:
    """The peak of memory for a long recording beside a short one."""
    short, long = figures["short"], figures["long"]
    more = long["peak_mib"] - short["peak_mib"]
    return (
        f"{long['minutes'] / 60:g} hours of sound took {more:.0f} MiB more at the peak than {short['minutes']:.0f} "
        f"minutes: {long['peak_mib']:.0f} MiB beside {short['peak_mib']:.0f}, the median of {figures['rounds']}; "
        f"`zimu run` with {figures['model']} on {figures['threads']} threads."
    )


def bilingual(figures: Figures) -> str:
    """How many cues were paired right."""
    pairs, cues, right = figures["pairs"], figures["cues"], 100 * figures["right"] / figures["cues"]
    return (
        f"Of {pairs} pairs of {figures['sentences']} sentences, {cues:,} cues, {right:.2f} % were paired right, "
        f"{100 * figures['worst_share']:.1f} % of the worst pair; {figures['milliseconds_a_pair']:.0f} ms a pair."
    )


def workers(figures: Figures) -> str:
    """Two workers beside one."""
    one, two = figures["one_seconds"], figures["two_seconds"]
    what = f"{figures['copies']} copies of `{figures['recording']}` heard by {figures['model']}"
    return (
        f"`workers`, {what}, a thread for each worker, median of {figures['rounds']}: {one:.1f} s with one worker, "
        f"{two:.1f} s with two, which are {one / two:.2f} × as fast."
    )


def calm(figures: Figures) -> str:
    """What a file costs beyond its recognition."""
    grown = [100 * (late / early - 1) for early, late in figures["worker_mib"]]
    growth = " and ".join(f"{share:+.1f} %" for share in grown) or "– (not seen)"
    cpu, clock = figures["cpu_milliseconds_a_file"], figures["worker_milliseconds_a_file"]
    return (
        f"`calm`, {figures['files']} files, {figures['workers']} workers: {cpu:.0f} ms of the CPU a file, the start of "
        f"workers and all else counted in; {clock:.0f} ms by the worker's clock. From the second quarter of its life "
        f"to the last, the memory of each worker changed by {growth}."
    )


def accident(figures: Figures) -> str:
    """What a batch came to whose workers and run were killed."""
    run = " and then the run itself" if figures["run_killed"] else ""
    return (
        f"`accident`, {figures['files']} files — good, junk, silent, unreadable, deadly to the worker that meets them, "
        f"with names that repeat and Chinese and emoji names — on {figures['workers']} workers, of which up to "
        f"{figures['kills']} were killed in each run{run}: every good file got its text, every bad one its reason, the "
        f"sums were right, and one more run did nothing, in {figures['again_seconds']:.2f} s."
    )


def correctors(figures: Figures) -> str:
    """All tables of correctors."""
    return report([cell_from(row) for row in figures["rows"]], [])


def gleaning(figures: Figures) -> str:
    """Learned terms a material a row, and where the mined ones stand."""
    rows = [
        [
            MATERIAL[row["material"]],
            str(row["true"]),
            f"{row['recall']:.1f} %",
            str(row["proposed"]),
            f"{row['precision']:.1f} %",
        ]
        for row in figures["rows"]
    ]
    mined = figures["mined"]
    several, places = mined["of_several_spellings"], mined["places"]
    return (
        f"{table(['material', 'true pairs', 'recovered', 'proposed', 'of these true'], rows)}\n\n"
        f"Of the transcript of a closing ceremony, {several} terms that the recogniser spelled in several ways are "
        f"among the first {mined['first']} proposals, and {len(places) - several} that comes again in one wrong "
        f"spelling; they stand at {', '.join(map(str, places))}, and were judged by hand."
    )


RENDERERS: dict[str, Callable[[Figures], str]] = {
    "startup": startup,
    "hearing": hearing,
    "length": length,
    "bilingual": bilingual,
    "workers": workers,
    "calm": calm,
    "accident": accident,
    "correctors": correctors,
    "gleaning": gleaning,
}
"""Every block of the page by its name."""
