"""What commands say: lines on standard error, a JSON document on standard output."""

from __future__ import annotations

import re
import sys
from pathlib import Path

HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What steers a terminal or breaks a line, and can stand in the name of a file: controls, and the order of writing."""


def say(message: str, *more: str) -> None:
    """A line on standard error, signed by the program, and more that belong to it."""
    print("\n".join([f"zimu: {plain(message)}", *map(plain, more)]), file=sys.stderr)


def plain(text: str) -> str:
    r"""The text in one line, with what a terminal would obey as escapes.

    >>> plain("a\x1b[2Jb\n.mp4")
    'a\\x1b[2Jb\\n.mp4'
    """
    return HIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def print_json(document: object) -> None:
    """A JSON document on standard output; Chinese stays readable."""
    import json

    text = json.dumps(document, ensure_ascii=False, indent=2)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # a file name that is not UTF-8, which Python holds as lone surrogates
        text = json.dumps(document, indent=2)
    print(text)


def count(number: int, noun: str) -> str:
    """A number of things.

    >>> count(1, "edit"), count(2, "edit")
    ('1 edit', '2 edits')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def argument(path: Path | str) -> str:
    """A path as it can be typed into a shell.

    >>> argument("talk.srt"), argument("闭幕式 上.srt")
    ('talk.srt', "'闭幕式 上.srt'")
    """
    if not re.search(r"[\s'\"$&|;<>()*?\[\]`\\!#~]", str(path)):
        return str(path)
    from shlex import quote

    return quote(str(path))
