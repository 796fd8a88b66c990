"""The project's own pages: the command lines and sessions that they show, and a room in which to type them.

A block marked ``sh`` holds commands to copy; one marked ``console`` is a session: commands behind ``$`` and what they
print, where a line ``…`` stands for any lines.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

PAGES = tuple(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "examples/*.md", "models/**/*.md", "benchmarks/**/*.md")
    for path in sorted(ROOT.glob(pattern))
)
"""Every page, by its path from the root."""

FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
ASSIGNMENT = re.compile(r"\w+=")
OPERATORS = ("|", "&&", "||", ";")


@dataclass(frozen=True)
class Block:
    """A fenced block: the page and line where it stands, its language, its text."""

    page: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def read(page: str) -> str:
    """The text of a page."""
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> tuple[Block, ...]:
    """The blocks of a page in one language."""
    text = read(page)
    return tuple(
        Block(page, text.count("\n", 0, found.start()) + 1, found[1], found[2])
        for found in FENCE.finditer(text)
        if found[1] == language
    )


def prose(page: str) -> str:
    """A page without its fenced blocks."""
    return FENCE.sub("", read(page))


def session(block: Block) -> tuple[tuple[str, str], ...]:
    """The commands of a session, each with the output shown below it."""
    steps = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]
    return tuple((head, rest) for head, _, rest in (step.partition("\n") for step in steps))


def command_lines(page: str) -> Iterator[tuple[Block, str]]:
    """Every line that a page tells its reader to type."""
    for block in blocks(page, "sh"):
        for line in block.text.replace("\\\n", " ").splitlines():
            if line.strip() and not line.startswith("#"):
                yield block, line
    for block in blocks(page, "console"):
        for line, _ in session(block):
            yield block, line


def simple_commands(line: str) -> Iterator[list[str]]:
    """The commands of a shell line, as words: those of a pipe apart, without assignments and redirections."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    for word in [*lexer, ";"]:
        if word in OPERATORS:
            if words:
                yield words
            words = []
        elif words or not ASSIGNMENT.match(word):
            words.append(word)


def shown_matches(shown: str, printed: str) -> bool:
    """Whether a command printed what a page shows.

    A line ``…`` in the page stands for any lines, a number with decimals (a score, say) for any other.
    """
    parts = re.split(r"^…\n", shown, flags=re.MULTILINE)
    pattern = "(?s:.*)".join(map(re.escape, parts))
    return re.fullmatch(re.sub(r"\d+\\\.\d+", r"\\d+\\.\\d+", pattern), printed) is not None


def make_room(folder: Path) -> dict[str, str]:
    """Prepare a folder in which the commands of a page run: the examples, and ``zimu`` and ``python`` to call.

    Returns the environment for it.
    """
    shutil.copytree(ROOT / "examples", folder / "room" / "examples")
    tools, home = folder / "tools", folder / "home"
    tools.mkdir()
    home.mkdir()
    for name, arguments in (("zimu", "-m toolkit"), ("python", "")):
        tool = tools / name
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n', encoding="utf-8")
        tool.chmod(0o755)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "COLUMNS", "LC_", "LANG"))
    }
    return {
        **kept,
        "HOME": str(home),
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
    }


def typed(line: str, folder: Path, environment: dict[str, str]) -> str:
    """What a line prints, standard error included, when it is typed in the prepared folder."""
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=folder / "room",
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8")
