"""What a command is: its page of help, its flags, and the function that does it. Parser and help are made from this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.profile import OptionSpec

SECTIONS = {
    "output": "What is written",
    "correct": "Correction",
    "segment": "Length of cues",
    "translate": "Translation",
    "transcribe": "Recognition",
    "fetch": "Addresses",
}
"""The sections of a profile that commands show, in the order of the page, with their headings."""


@dataclass(frozen=True)
class Flag:
    """A flag of a command that is not an option of the profile; without ``value`` (what it takes) it is a switch."""

    name: str
    about: str
    value: str = ""
    short: str = ""
    many: bool = False

    @property
    def key(self) -> str:
        """The name in `Call.flags`: ``dry_run`` for ``--dry-run``."""
        return self.name.lstrip("-").replace("-", "_")


@dataclass(frozen=True)
class Call:
    """A command line that was understood: inputs, the command's own flags, and the options set for the profile."""

    command: str
    inputs: tuple[str, ...] = ()
    flags: tuple[tuple[str, object], ...] = ()
    options: tuple[tuple[str, object], ...] = ()

    def on(self, name: str) -> bool:
        """Whether the switch was given."""
        return bool(dict(self.flags).get(name))

    def text(self, name: str) -> str:
        """The flag's value, empty where it was not given."""
        return str(dict(self.flags).get(name) or "")

    def texts(self, name: str) -> tuple[str, ...]:
        """All values of a flag that may be repeated."""
        given = dict(self.flags).get(name)
        return tuple(given) if isinstance(given, list | tuple) else ()


@dataclass(frozen=True)
class Command:
    """One command of ``zimu``.

    ``shows`` lists the options that it takes: sections of the profile (``segment``), single ones (``correct.lexicon``),
    and those left out of a section (``-segment.segment``). ``needs_input`` is what it says to one who gives none.
    """

    usage: str
    about: str
    run: Callable[[Call], int]
    examples: tuple[tuple[str, str], ...]
    flags: tuple[Flag, ...] = ()
    shows: tuple[str, ...] = ()
    needs_input: str = ""

    @property
    def all_flags(self) -> tuple[Flag, ...]:
        """Its own flags and those that every command has."""
        return self.flags + (PROFILE_FLAGS if self.shows else ()) + GENERAL_FLAGS


PROFILE_FLAGS = (
    Flag(
        "--profile", "options by name (netflix, ted, fansub, bilibili) or TOML file; may be repeated", "NAME", many=True
    ),
    Flag("--no-config", "pass over your own zimu.toml and the one of this folder"),
)
"""The flags of every command that takes options of the profile."""

GENERAL_FLAGS = (
    Flag("--json", "one JSON document on standard output, on success and on failure"),
    Flag("--quiet", "say nothing but errors", short="-q"),
    Flag("--verbose", "tell more of what is going on", short="-v"),
    Flag("--help", "this page", short="-h"),
)
"""The flags of every command."""


def option_flags(command: Command) -> dict[str, list[OptionSpec]]:
    """The profile options that a command takes, by section, in the order of its page."""
    if not command.shows:
        return {}
    from toolkit.profile import option_specs

    shown: dict[str, list[OptionSpec]] = {}
    for section in SECTIONS:
        for spec in option_specs().values():
            name = f"{section}.{spec.name}"
            wanted = name in command.shows or (section in command.shows and f"-{name}" not in command.shows)
            if spec.section == section and wanted:
                shown.setdefault(section, []).append(spec)
    return shown
