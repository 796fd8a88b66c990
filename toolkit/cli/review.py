"""`zimu review`: a page in the browser on which every change is seen, heard and decided; or a report of them."""

from __future__ import annotations

from pathlib import Path

from toolkit.cli.command import Call, Command, Flag
from toolkit.cli.reports import REPORT, write_report
from toolkit.errors import InputError, UsageError


def review(call: Call) -> int:
    """Serve the page, or write the report."""
    from toolkit.cli.config import effective_profile
    from toolkit.cli.inputs import require

    if len(call.inputs) > 1:
        raise UsageError("one transcript at a time", fix=f"zimu review {call.inputs[0]}")
    path = require(Path(call.inputs[0]))
    if call.text("report"):
        return _report_only(call, path)
    from toolkit.cli.report import say
    from toolkit.review.learn import lexicon_file
    from toolkit.review.serve import Setting, serve
    from toolkit.review.store import open_table

    record = open_table(path).record
    media = _media(call, path, record)
    lexicon = lexicon_file(effective_profile(call).correct.lexicon, record)

    def opened(address: str, record: Path) -> None:
        print(address, flush=True)
        say(f"decisions are kept in {record} at once; Ctrl-C ends the review")
        if not media:
            say("no recording; --media FILE shows and plays it")
        open_browser(call, address)

    serve(Setting(path, media, lexicon, port_of(call)), opened)
    return 0


def _report_only(call: Call, path: Path) -> int:
    from toolkit.cli.report import print_json, say
    from toolkit.review.store import open_table

    (target,) = write_report(call, open_table(path).transcript, path)
    if call.on("json"):
        print_json({"command": "review", "ok": True, "written": [str(target)]})
    elif not call.on("quiet"):
        say(f"{path} → {target}")
    return 0


def _media(call: Call, path: Path, record: Path) -> Path | None:
    """The recording that is named, the input itself, the one that the record names, or one of that name beside it."""
    from toolkit.cli.inputs import MEDIA, require

    if call.text("media"):
        named = require(Path(call.text("media")))
        if named.suffix.lower() not in MEDIA:
            raise InputError("no recording that is known by its suffix", where=str(named), fix="name a video or sound")
        return named.resolve()
    stem = path.with_suffix("") if path != record else path.with_name(path.name.removesuffix(".edits.jsonl"))
    beside = (path, *(stem.with_name(f"{stem.name}{suffix}") for suffix in sorted(MEDIA)))
    return next((each.resolve() for each in beside if each.suffix.lower() in MEDIA and each.is_file()), None)


def open_browser(call: Call, address: str) -> None:
    """Open an address in this person's browser, unless they want none."""
    if not call.on("no_open"):
        import webbrowser

        webbrowser.open(address)


def port_of(call: Call) -> int:
    """The port that is asked for; 0 where any is good.

    Raises:
        UsageError: it is none.
    """
    given = call.text("port") or "0"
    if not (given.isascii() and given.isdecimal() and int(given) < 65536):
        raise UsageError(f"--port takes a number below 65536, not '{given}'", fix="leave it out for any free port")
    return int(given)


PAGE = (
    Flag("--port", "port of the page; else any that is free", "N"),
    Flag("--no-open", "print the address and open no browser"),
)
"""The flags of whatever opens a page."""

LIVE = (Flag("--review", "open a page that shows what is heard, then review it there"), *PAGE)
"""The flags of a run that is shown on a page."""

REVIEW = Command(
    usage="review FILE [--media FILE]",
    about="Opens a page in the browser on which every change is seen in its place, heard, and decided: accept, undo, "
    "type another text, move, cut and join cues, find and replace, all by keyboard. FILE is a transcript, a recording "
    "that 'zimu run' has worked on, or its NAME.edits.jsonl, where every decision is kept at once. The page is served "
    "on this machine alone, under an address that nobody can guess, and asks for nothing outside.",
    run=review,
    examples=(
        ("zimu review talk.srt --media talk.mp4", ""),
        ("zimu review talk.mp4", "after 'zimu run talk.mp4'"),
        ("zimu review talk.edits.jsonl --report report.html", "no page; write what was changed, and why"),
    ),
    flags=(
        Flag("--media", "the recording to show and play; else the one beside FILE", "FILE"),
        REPORT,
        *PAGE,
    ),
    shows=("correct.lexicon",),
    needs_input="no transcript to review",
)
"""The command ``zimu review``."""
