"""The transcripts that a command on text reads: files, or standard input, whose format is guessed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.cli.inputs import MEDIA, STDIN, expand, require
from toolkit.cli.report import argument, say
from toolkit.cues import Transcript
from toolkit.errors import InputError
from toolkit.formats import is_transcript, parse, read

SIGNS = (
    ("vtt", r"WEBVTT\b"),
    ("ass", r"\[script info\]"),
    ("jsonl", r'\{"zimu":'),
    ("json", r"[\[{]"),
    ("ttml", r"<(\?xml|tt\b)"),
    ("srt", r"(\d+\s*\n)?\s*\d+:\d+:\d+[,.]\d+\s*-->"),
)
"""How the formats begin, for text that comes without a name."""


@dataclass(frozen=True)
class Source:
    """One input: its path, its format where the suffix does not tell, and its content where that is already read.

    ``alone`` says that it is the only one.
    """

    path: Path
    format: str = ""
    data: bytes | None = None
    alone: bool = True

    @property
    def label(self) -> str:
        """What it is called in messages."""
        return "standard input" if self.path == STDIN else str(self.path)

    @property
    def named(self) -> Path:
        """The path with a suffix that tells the format; ``stdin`` for standard input."""
        path = Path("stdin") if self.path == STDIN else self.path
        return path.with_suffix(f".{self.format}") if self.format and not is_transcript(path) else path


def find_sources(names: Iterable[str], format: str = "") -> tuple[Source, ...]:  # noqa: A002
    """The inputs that ``names`` stand for; standard input is read here.

    Raises:
        InputError: as `expand`.
        FormatError: standard input is no text.
    """
    paths = expand(names, media=False)
    return tuple(replace(_source(path, format), alone=len(paths) == 1) for path in paths)


def read_source(source: Source) -> Transcript:
    """The transcript of an input.

    Raises:
        InputError: it cannot be read, or is a recording.
    """
    if source.data is not None:
        return parse(source.data, format=source.format, path="standard input")
    if not source.format and require(source.path).suffix.lower() in MEDIA:
        fix = f"'zimu run {argument(source.path)}' transcribes it"
        raise InputError("a recording, not a transcript", where=str(source.path), fix=fix)
    return read(source.path, format=source.format)


def guess_format(data: bytes) -> str:
    r"""The format that text without a name is in, told by how it begins; plain text where nothing else fits.

    >>> [guess_format(text) for text in (b"WEBVTT\n", b"1\n00:00:01,000 --> 00:00:02,000\nHi\n", b"Hello\n")]
    ['vtt', 'srt', 'txt']
    """
    from toolkit.formats.encoding import decode

    text = decode(data, path="standard input")[0].lstrip()[:1000]
    return next((name for name, sign in SIGNS if re.match(sign, text, re.IGNORECASE)), "txt")


def _source(path: Path, name: str) -> Source:
    if path != STDIN:
        return Source(path, name)
    if sys.stdin.isatty():
        say("reading from the keyboard, up to Ctrl-D (Ctrl-Z and Enter on Windows)")
    data = sys.stdin.buffer.read()
    return Source(path, name or guess_format(data), data)
