"""The pages of help: all commands on the front page, one page a command, none wider than 80 columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from toolkit.cli import COMMANDS, find_command
from toolkit.cli.width import pad, width, wrap

if TYPE_CHECKING:
    from toolkit.cli.command import Command, Flag
    from toolkit.profile import OptionSpec

COLUMNS = 80
"""No line of help is wider."""

NBSP = "\u00a0"
"""A space at which no line is broken."""

LEFT = 29
"""Columns of the names of options, with the indent."""

FIRST_STEPS = (
    ("zimu run talk.mp4", "talk.srt beside it, corrected"),
    ("zimu run *.mp4 -o subs -f srt,txt", "several, two files each"),
    ("zimu correct talk.srt --lexicon my.txt", "repair what exists"),
    ("zimu doctor", "what works on this machine"),
)


def front_page() -> str:
    """What ``zimu`` alone and ``zimu --help`` print."""
    commands = [f"  {name:<12}{about}" for name, (_, about) in COMMANDS.items()]
    lines = [
        "zimu 字幕: from a recording to corrected subtitles",
        "",
        "usage: zimu COMMAND [OPTIONS] INPUT...",
        "",
        "commands:",
        *commands,
        "",
        *_examples(FIRST_STEPS),
        "",
        "'zimu COMMAND --help' shows its options; 'zimu --version' the version.",
    ]
    return "\n".join(lines) + "\n"


def page(name: str) -> str:
    """What ``zimu NAME --help`` prints.

    Raises:
        UsageError: there is no such command.
    """
    command = find_command(name)
    lines = [f"usage: zimu {command.usage}", ""]
    lines += [*wrap(command.about, COLUMNS), "", *_examples(command.examples)]
    for heading, rows in _groups(command):
        lines += ["", f"{heading}:"]
        for left, about in rows:
            lines += _row(left, about)
    return "\n".join(lines) + "\n"


def _groups(command: Command) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """Headings and their options: the command's own first, what all commands have last."""
    from toolkit.cli.command import GENERAL_FLAGS, PROFILE_FLAGS, SECTIONS, option_flags

    if command.flags:
        yield "Options", [_flag_row(flag) for flag in command.flags]
    for section, specs in option_flags(command).items():
        yield SECTIONS[section], [_option_row(spec) for spec in specs]
    if command.shows:
        yield "Profiles", [_flag_row(flag) for flag in PROFILE_FLAGS]
    yield "General", [_flag_row(flag) for flag in GENERAL_FLAGS]


def _flag_row(flag: Flag) -> tuple[str, str]:
    names = f"{flag.short}, {flag.name}" if flag.short else f"    {flag.name}"
    return f"{names} {flag.value}".rstrip(), flag.about


def _option_row(spec: OptionSpec) -> tuple[str, str]:
    from toolkit.cli.parser import SHORT

    short = f"{SHORT[spec.name]}, " if spec.name in SHORT else "    "
    if spec.kind is bool:
        return f"{short}--[no-]{spec.flag[2:]}", f"{spec.about} (default:{NBSP}{'on' if spec.default else 'off'})"
    default = ",".join(map(str, spec.default)) if spec.many else str(spec.default)
    notes = [", ".join(spec.choices), f"default:{NBSP}{default}" if default else ""]
    note = "; ".join(note for note in notes if note)
    return f"{short}{spec.flag} {_takes(spec)}", spec.about + (f" ({note})" if note else "")


def _takes(spec: OptionSpec) -> str:
    """What stands behind the name of an option for its value."""
    if spec.many:
        return "LIST"
    return "N" if spec.kind in (int, float) else "NAME" if spec.choices else "TEXT"


def _row(left: str, about: str) -> list[str]:
    """A name and its text; the text begins on a line of its own where the name is too long for its column."""
    texts = wrap(about, COLUMNS - LEFT - 2)
    left = "  " + left
    first = [pad(left, LEFT) + "  " + texts.pop(0)] if width(left) <= LEFT else [left]
    return first + [" " * (LEFT + 2) + text for text in texts]


def _examples(examples: Iterable[tuple[str, str]]) -> list[str]:
    examples = list(examples)
    column = min(max(width(line) for line, _ in examples), 44)
    lines = ["examples:"]
    for line, about in examples:
        if width(line) <= column and width(about) <= COLUMNS - column - 4:
            lines.append(f"  {pad(line, column)}  {about}".rstrip())
        else:
            lines += [f"  {line}", *([f"      {about}"] if about else [])]
    return lines
