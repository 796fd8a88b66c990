r"""Subtitle and transcript files, read and written without loss.

============  ============================  =========================================================================
name          suffixes                      what it holds
============  ============================  =========================================================================
``srt``       ``.srt``                      times and text
``vtt``       ``.vtt``                      times, text, notes, styles, cue settings
``ass``       ``.ass``                      times to 10 ms, text, styles and whatever else stands in the file
``ssa``       ``.ssa``                      the same in the older dialect
``ttml``      ``.ttml .dfxp .xml``          times, text, styles, regions
``txt``       ``.txt``                      a line a cue, without times; images, headings and blank lines as they are
``md``        ``.md .markdown``             the same for Markdown
``jsonl``     ``.jsonl``                    everything: times, words, edits, translation
``json``      ``.json``                     Bilibili's JSON if it was read from that, else that of Whisper tools
``whisper``                                 openai-whisper's, whisperX's, faster-whisper's JSON: segments and words
``bilibili``  ``.bcc``                      Bilibili's subtitle JSON
============  ============================  =========================================================================

How to add a format:

1. Write a module with ``parse(text, path="") -> Transcript`` and ``render(transcript, wrap=None) -> str``. Lines of
   ``text`` end with ``\n``; what is faulty raises `FormatError` with its line; what the format knows beyond times and
   text goes to ``extra``, its names begin with that of the format and a dot.
2. Give it a name in `FORMATS` and its suffixes in `SUFFIXES`; outside of this package, declare the module as an entry
   point of the group ``zimu.formats`` under a name that is also its suffix.
3. Give `settle` the cues of a format with times before writing them, so that what every format must hold is held.
4. Test that what is written reads back as it was, that files are written again as they were read, and that damaged
   ones raise `FormatError` and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from toolkit.cues import Cue, Transcript, swapped
from toolkit.errors import FormatError
from toolkit.invented import apart
from toolkit.plugins import find
from toolkit.profile import OutputOptions

if TYPE_CHECKING:
    from toolkit.formats.writing import Wrap

FORMATS = {
    "srt": "toolkit.formats.srt",
    "vtt": "toolkit.formats.vtt",
    "ass": "toolkit.formats.ass",
    "ssa": "toolkit.formats.ssa",
    "ttml": "toolkit.formats.ttml",
    "txt": "toolkit.formats.txt",
    "md": "toolkit.formats.md",
    "jsonl": "toolkit.formats.jsonl",
    "json": "toolkit.formats.json_file",
    "whisper": "toolkit.formats.whisper_json",
    "bilibili": "toolkit.formats.bilibili",
}
"""Name → module, which is loaded when the format is used."""

SUFFIXES = {
    ".srt": "srt",
    ".vtt": "vtt",
    ".ass": "ass",
    ".ssa": "ssa",
    ".ttml": "ttml",
    ".dfxp": "ttml",
    ".xml": "ttml",
    ".txt": "txt",
    ".md": "md",
    ".markdown": "md",
    ".jsonl": "jsonl",
    ".json": "json",
    ".bcc": "bilibili",
}
"""Suffix in small letters → name."""

WITHOUT_MARK = ("jsonl", "json", "whisper", "bilibili")
"""Formats that forbid a byte-order mark."""

WHOLE = ("jsonl", "json", "whisper")
"""Formats that keep text and translation apart, so that neither stands above the other."""

EVERYTHING = "jsonl"
"""The format that holds all that is known, cues that are not to be shown among it."""

GROUP = "zimu.formats"
PLAIN = OutputOptions()

_PART = 500
"""Cues of the format of many bytes that are made into text, and read back, at once."""


class Format(Protocol):
    """What a format's module offers."""

    def parse(self, text: str, path: str = "") -> Transcript: ...

    def render(self, transcript: Transcript, wrap: Wrap | None = None) -> str: ...


def names() -> tuple[str, ...]:
    """The names of all formats, those of third parties last."""
    return tuple(dict.fromkeys((*FORMATS, *_third_parties())))


def format_of(path: str | Path) -> str:
    """The name of the format that a file's suffix stands for.

    >>> format_of("talk.zh-Hans.SRT")
    'srt'

    Raises:
        FormatError: it stands for none.
    """
    suffix = Path(path).suffix.lower()
    name = SUFFIXES.get(suffix) or (suffix[1:] if suffix[1:] in _third_parties() else "")
    if not name:
        known = (*SUFFIXES, *(f".{name}" for name in _third_parties()))
        close = get_close_matches(suffix, known, n=1)
        fix = f"did you mean '{close[0]}'?" if close else "known are " + " ".join(known)
        raise FormatError(f"no format has the suffix '{suffix}'" if suffix else "no suffix", path=str(path), fix=fix)
    return name


def is_transcript(path: str | Path) -> bool:
    """Whether a file's suffix is that of a format."""
    suffix = Path(path).suffix.lower()
    return suffix in SUFFIXES or suffix[1:] in _third_parties()


def read(path: str | Path, *, format: str = "") -> Transcript:  # noqa: A002
    """The transcript in a file; its format is told by the suffix unless it is named.

    Raises:
        InputError: there is no such file, or it cannot be read.
        FormatError: its suffix or its content belongs to no format; names the line.
        UsageError: no format is called so.
    """
    from toolkit.formats.files import read_whole

    return parse(read_whole(Path(path)), format=format or format_of(path), path=str(path))


def parse(data: bytes | str, *, format: str, path: str = "") -> Transcript:  # noqa: A002
    r"""The transcript in the content of a file; ``path`` names it in errors, and as the transcript's source.

    >>> parse(b"1\n00:00:01,000 --> 00:00:02,500\nhello\n", format="srt").cues[0].end
    2500

    Raises:
        FormatError: it is not text, or not in this format; names the line.
        UsageError: no format is called so.
    """
    module = _module(format)
    text = re.sub(r"\r+\n|\r", "\n", _text(data, path).lstrip("\ufeff"))
    if format == "srt" and text.startswith("WEBVTT"):  # which some sites serve under this name
        module = _module("vtt")
    try:
        return module.parse(text, path)
    except RecursionError:
        raise FormatError("nested too deeply to be a transcript", path=path, line=1) from None


def render(transcript: Transcript, *, format: str, wrap: Wrap | None = None) -> str:  # noqa: A002
    """The transcript as text of a format; ``wrap`` breaks the text of a cue into lines, where the format has lines.

    Timed cues that nobody said (see `toolkit.invented`) are left out, save of the format that holds everything.

    Raises:
        FormatError: the format cannot hold what is to be written, such as text without times.
        UsageError: no format is called so.
    """
    shown = transcript if format == EVERYTHING or not transcript.timed else _without_invented(transcript)
    return _module(format).render(shown, wrap)


def write(
    transcript: Transcript,
    path: str | Path,
    *,
    format: str = "",  # noqa: A002
    output: OutputOptions = PLAIN,
    wrap: Wrap | None = None,
) -> None:
    """Write a transcript to a file, whole or not at all; what is written is read back and compared before.

    The format is told by the suffix unless it is named. Files that are there are replaced.

    Raises:
        FormatError: the format cannot hold it, or no format has the suffix.
        InputError: the folder is missing or cannot be written to, or the disk is full.
        UsageError: no format is called so.
    """
    from toolkit.formats.files import write_whole

    write_whole(Path(path), encode(transcript, format=format or format_of(path), output=output, wrap=wrap))


def encode(
    transcript: Transcript,
    *,
    format: str,  # noqa: A002
    output: OutputOptions = PLAIN,
    wrap: Wrap | None = None,
) -> bytes:
    """The content of the file that `write` writes.

    Raises:
        FormatError: the format cannot hold the transcript.
        UsageError: no format is called so.
    """
    if format != EVERYTHING:
        return _encode_whole(transcript, format=format, output=output, wrap=wrap)
    parts = []
    for start in range(0, max(len(transcript.cues), 1), _PART):
        part = replace(transcript, cues=transcript.cues[start : start + _PART])
        data = _encode_whole(part, format=format, output=output, wrap=wrap)
        parts.append(data[data.index(b"\n") + 1 :] if start else data)  # the first line is about all cues
    return b"".join(parts)


def _encode_whole(transcript: Transcript, *, format: str, output: OutputOptions, wrap: Wrap | None) -> bytes:  # noqa: A002
    shown = transcript if format in WHOLE else _in_order(transcript, output.bilingual_order)
    text = render(shown, format=format, wrap=wrap)
    mark = "\ufeff" if output.bom and format not in WITHOUT_MARK else ""
    lines = text.replace("\n", "\r\n") if output.newline == "crlf" else text
    try:
        data = (mark + lines).encode()
        same = render(parse(data.decode(), format=format, path=transcript.source), format=format) == text
    except (UnicodeEncodeError, FormatError) as error:
        raise _unfit(transcript, format, str(error)) from None
    if not same:
        raise _unfit(transcript, format, "it would read back differently")
    return data


def _unfit(transcript: Transcript, name: str, reason: str) -> FormatError:
    problem = f"cannot be written as {name}, because {reason}"
    return FormatError(problem, path=transcript.source, fix="write jsonl, which holds everything")


def _in_order(transcript: Transcript, order: str) -> Transcript:
    """The transcript with the translation as the text, and the text below it, where the order asks for that."""
    if not any(cue.translation for cue in transcript.cues):
        return transcript
    return replace(transcript, cues=tuple(_cue_in_order(cue, order) for cue in transcript.cues))


def _cue_in_order(cue: Cue, order: str) -> Cue:
    from toolkit.breaks import is_chinese

    wanted = order == "zh-en"
    if not cue.translation or cue.get("tag.inside") or is_chinese(cue.text) == is_chinese(cue.translation):
        return cue
    return cue if is_chinese(cue.text) == wanted else swapped(cue)


def _without_invented(transcript: Transcript) -> Transcript:
    shown, out = apart(transcript.cues)
    return replace(transcript, cues=shown) if out else transcript


def _module(name: str) -> Format:
    return cast("Format", find(name, FORMATS, group=GROUP, kind="format"))


def _text(data: bytes | str, path: str) -> str:
    if isinstance(data, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", data)
    from toolkit.formats.encoding import decode

    return decode(data, path=path)[0]


@cache
def _third_parties() -> frozenset[str]:
    from importlib.metadata import entry_points

    return frozenset(point.name for point in entry_points(group=GROUP))
