"""Type the sessions of all pages again and put down what is printed now; ``make docs`` runs it.

Lines that a page leaves out (``…``) stay left out. What is shown between two of them is looked for by its first line.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

from pages import PAGES, ROOT, Block, blocks, make_room, read, session, typed

LEFT_OUT = "…\n"


def retype(block: Block, room: Path, environment: dict[str, str]) -> str:
    """The text of a session with what its commands print now."""
    steps = []
    for line, shown in session(block):
        steps.append(f"$ {line}\n{refreshed(shown, typed(line, room, environment))}")
    return "".join(steps)


def refreshed(shown: str, printed: str) -> str:
    """As much of ``printed`` as was shown before, in the same places."""
    parts = [part.splitlines(keepends=True) for part in re.split(r"^…\n", shown, flags=re.MULTILINE)]
    lines = printed.splitlines(keepends=True)
    if len(parts) == 1:
        return printed
    head, *middle, tail = parts
    taken = [lines[: len(head)]]
    for part in middle:
        start = nearest(part[0], lines) if part else 0
        taken.append(lines[start : start + len(part)])
    taken.append(lines[len(lines) - len(tail) :])
    return LEFT_OUT.join("".join(part) for part in taken)


def nearest(line: str, lines: list[str]) -> int:
    """Which of ``lines`` is most like ``line``."""
    return max(range(len(lines)), key=lambda index: SequenceMatcher(None, line, lines[index]).ratio(), default=0)


def main() -> None:
    """Retype every page."""
    for page in PAGES:
        text = read(page)
        with TemporaryDirectory() as folder:
            environment = make_room(Path(folder))
            for block in blocks(page, "console"):
                text = text.replace(block.text, retype(block, Path(folder), environment))
        if text != read(page):
            (ROOT / page).write_text(text, encoding="utf-8", newline="\n")
            print(f"{page}: sessions typed again")


if __name__ == "__main__":
    main()
