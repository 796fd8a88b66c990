"""`zimu edits`: what was changed in a transcript, listed; undone and accepted by number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command, Flag
from toolkit.errors import InputError, UsageError

if TYPE_CHECKING:
    from toolkit.cues import Transcript

ACTIONS = ("list", "undo", "accept")


def work_on_edits(call: Call) -> int:
    """List the edits of a file, or decide about some of them and write it again."""
    path, action, words = _asked(call.inputs)
    transcript = _read(path)
    if action != "list":
        from toolkit.edits import decide

        numbers = numbers_of(words, transcript, undo=action == "undo", path=path)
        transcript = decide(transcript, numbers, applied=action == "accept")
    written = _write(transcript, path, call, changed=action != "list")
    _tell(transcript, call, written, listed=action == "list")
    return 0


def numbers_of(words: Sequence[str], transcript: Transcript, *, undo: bool, path: Path) -> tuple[int, ...]:
    """The numbers of edits that ``3 5-7 9,11`` or ``all`` stand for; all means those that the action would change.

    Raises:
        UsageError: what is no number, or a number that no edit has.
    """
    from toolkit.edits import changes

    known = {change.number: change.edit for change in changes(transcript)}
    numbers: list[int] = []
    for word in (part for text in words for part in text.split(",") if part):
        span = re.fullmatch(r"(\d{1,9})(?:-(\d{1,9}))?", word)
        if word == "all":
            numbers += [number for number, edit in known.items() if edit.applied == undo]
        elif span:
            first, last = int(span[1]), int(span[2] or span[1])
            if last < first:
                raise UsageError(f"'{word}' runs backwards", fix=f"write {last}-{first}")
            numbers += [number for number in (first, last) if number not in known] or range(first, last + 1)
        else:
            raise UsageError(f"'{word}' is no number of an edit", fix="write 3, 5-7 or all")
    unknown = sorted(set(numbers) - set(known))
    if unknown:
        shown = ", ".join(map(str, unknown[:5]))
        has = f"it has 1 to {len(known)}" if known else "it has none"
        raise UsageError(f"no edit {shown}; {has}", where=str(path), fix="nothing was changed")
    return tuple(dict.fromkeys(numbers))


def _asked(inputs: Sequence[str]) -> tuple[Path, str, Sequence[str]]:
    """The file, what to do with it, and the numbers."""
    path, action, words = Path(inputs[0]), inputs[1] if len(inputs) > 1 else "list", inputs[2:]
    if action not in ACTIONS:
        raise UsageError(f"edits can be {', '.join(ACTIONS)}; not '{action}'", fix=f"zimu edits {path} undo 3")
    if action == "list" and words:
        raise UsageError("'list' takes no numbers", fix=f"zimu edits {path} undo {words[0]}")
    if action != "list" and not words:
        raise UsageError(f"no numbers of edits to {action}", fix=f"zimu edits {path} {action} 3 5-7, or all")
    return path, action, words


def _read(path: Path) -> Transcript:
    from toolkit.cli.inputs import require
    from toolkit.formats import format_of, read

    if format_of(require(path)) != "jsonl":
        record = path.with_name(f"{path.stem}.edits.jsonl")
        there = f"they are in {record}: zimu edits {record}"
        make = f"zimu correct {path} --edits {record} keeps them"
        raise InputError("this format keeps no edits", where=str(path), fix=there if record.is_file() else make)
    return read(path)


def _write(transcript: Transcript, path: Path, call: Call, *, changed: bool) -> list[Path]:
    """Write the file itself and the subtitles made from it where something was decided, and those asked for."""
    from toolkit.formats.files import write_whole
    from toolkit.outputs import encode_outputs, names_file
    from toolkit.profile import with_values
    from toolkit.records import noted_profile, rewrite, without_notes

    out, terms = call.text("output"), _terms(transcript, call)
    if out and not names_file(out):
        raise UsageError("-o takes a file here", where=out, fix=f"-o {Path(out) / path.name.split('.')[0]}.srt")
    profile = with_values(noted_profile(transcript), dict(call.options))
    asked = encode_outputs(without_notes(transcript), [Path(out)] if out else [], profile, terms)
    written = [path, *rewrite(path, transcript, terms)] if changed else []
    for place, data in asked.items():
        write_whole(place, data)
    return list(dict.fromkeys((*written, *asked)))


def _terms(transcript: Transcript, call: Call) -> list[str]:
    """What no line may break: the terms of the lexicons in effect, and what the edits brought in."""
    from toolkit.cli.config import effective_profile
    from toolkit.pipeline import load_terms

    terms = [term.text for term in load_terms(effective_profile(call)).terms]
    return terms + [edit.after for cue in transcript.cues for edit in cue.edits if edit.applied and edit.after]


def _tell(transcript: Transcript, call: Call, written: Sequence[Path], *, listed: bool) -> None:
    from toolkit.cli.changes import as_records, count_invented, list_changes, tally
    from toolkit.cli.report import count, print_json, say

    if call.on("json"):
        print_json({"command": "edits", "ok": True, "written": [*map(str, written)], "edits": as_records(transcript)})
    elif listed:
        print("\n".join(list_changes(transcript, explain=call.on("explain") or call.on("verbose"))))
    if written and not call.on("quiet"):
        edits, suggestions = tally(transcript)
        invented = count_invented(transcript)
        found = f"{count(edits, 'edit')} in effect, {count(suggestions, 'suggestion')}"
        found += f", {count(invented, 'cue')} kept out as invented" if invented else ""
        say(f"{found}; written to {', '.join(map(str, written))}")


EDITS = Command(
    usage="edits FILE.jsonl [list | undo N... | accept N...] [-o FILE]",
    about="Lists what was changed in a transcript and what is only suggested, with a number each. 'undo' brings back "
    "what was heard, 'accept' puts a suggestion in effect or an edit back. What you decide stays: later runs respect "
    "it. 'zimu run' keeps the edits of talk.mp4 in talk.edits.jsonl, 'zimu correct --edits FILE' where you say.",
    run=work_on_edits,
    examples=(
        ("zimu edits talk.edits.jsonl", "list them"),
        ("zimu edits talk.edits.jsonl undo 3 5-7", "3, 5, 6 and 7 as they were heard"),
        ("zimu edits talk.edits.jsonl accept 2 -o talk.srt", "and write the subtitles"),
    ),
    flags=(
        Flag("--output", "write subtitles with the edits in effect; its suffix is the format", "FILE", short="-o"),
        Flag("--explain", "list the evidence of every edit below it"),
    ),
    shows=("output.newline", "output.bom"),
    needs_input="no file with edits",
)
"""The command ``zimu edits``."""
