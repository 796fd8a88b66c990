"""The command line: which commands there are, and how one is found and run.

To add a command, write a module with a `Command` value in this folder and a line in `COMMANDS`. A module is loaded when
its command is called, a heavy library when the work needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.cli.command import Command

COMMANDS = {
    "run": ("toolkit.cli.run:RUN", "recordings or transcripts in, corrected subtitles out"),
    "transcribe": ("toolkit.cli.run:TRANSCRIBE", "write what is said, as it was heard"),
    "fetch": ("toolkit.cli.fetch:FETCH", "sound and subtitles of a video from its address"),
    "correct": ("toolkit.cli.correct:CORRECT", "repair misheard terms in subtitles or transcripts"),
    "segment": ("toolkit.cli.segment:SEGMENT", "cut and join cues so that they can be read"),
    "translate": ("toolkit.cli.translate:TRANSLATE", "from Chinese to English and back, terms kept"),
    "convert": ("toolkit.cli.convert:CONVERT", "from one subtitle format to another"),
    "bilingual": ("toolkit.cli.bilingual:BILINGUAL", "one file of two, a line for each language"),
    "lint": ("toolkit.cli.lint:LINT", "what is wrong in subtitles, by the rules of a profile"),
    "fix": ("toolkit.cli.fix:FIX", "repair what can be repaired without touching the words"),
    "edits": ("toolkit.cli.edits:EDITS", "list what was changed; undo or accept it by number"),
    "review": ("toolkit.cli.review:REVIEW", "see, hear and decide every change on a page in the browser"),
    "evaluate": ("toolkit.cli.evaluate:EVALUATE", "how good a transcript is beside a reference"),
    "lexicon": ("toolkit.cli.lexicon:LEXICON", "learn, mine, check and import terms"),
    "profile": ("toolkit.cli.profile:PROFILE", "show the options in effect, as a file to start from"),
    "models": ("toolkit.cli.models:MODELS", "speech models: list them, check them, get one"),
    "doctor": ("toolkit.cli.doctor:DOCTOR", "what works on this machine, and how to mend the rest"),
}
"""Name → where its `Command` is (``module:value``), and its line of help."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line ``argv``, without the program's name; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    from toolkit.cli.guard import guarded
    from toolkit.cli.streams import settle_streams

    settle_streams()
    return guarded(lambda: _dispatch(arguments), as_json="--json" in arguments, command=_name(arguments))


def find_command(name: str) -> Command:
    """The command called ``name``.

    Raises:
        UsageError: there is none; names the nearest.
    """
    if name not in COMMANDS:
        raise _no_command(name)
    from importlib import import_module

    module, _, value = COMMANDS[name][0].partition(":")
    command: Command = getattr(import_module(module), value)
    return command


def _dispatch(arguments: list[str]) -> int:
    name, rest = _name(arguments), arguments[1:]
    if name in ("--version", "-V"):
        from toolkit import __version__

        print(f"zimu {__version__}")
        return 0
    if name in ("", "--help", "-h", "help") and not rest:
        from toolkit.cli.pages import front_page

        print(front_page(), end="")
        return 0
    if name == "help":
        name, rest = rest[0], ["--help"]
    return _run_command(name, rest)


def _run_command(name: str, rest: list[str]) -> int:
    command = find_command(name)
    if "--help" in rest or "-h" in rest:
        from toolkit.cli.pages import page

        print(page(name), end="")
        return 0
    from toolkit.cli.log import show_log
    from toolkit.cli.parser import parse

    call = parse(command, name, rest)
    with show_log(quiet=call.on("quiet"), verbose=call.on("verbose")):
        return command.run(call)


def _name(arguments: list[str]) -> str:
    return arguments[0] if arguments else ""


def _no_command(name: str) -> Exception:
    from difflib import get_close_matches
    from pathlib import Path

    from toolkit.errors import UsageError

    if name.startswith("-"):
        return UsageError(f"no option '{name}' before the command", fix="options stand behind it: zimu run --json FILE")
    close = get_close_matches(name, COMMANDS, n=1)
    if Path(name).exists() and not close:
        return UsageError(f"no command '{name}'", fix=f"did you mean 'zimu run {name}'?")
    fix = f"did you mean '{close[0]}'?" if close else "'zimu --help' lists them"
    return UsageError(f"no command '{name}'", fix=fix)
