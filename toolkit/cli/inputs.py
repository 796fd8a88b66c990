"""From what stands on the command line to files: folders, patterns and lists become the files they stand for.

=================  ============================================================================================
``talk.mp4``       itself
``talks/``         the recordings and transcripts in that folder, sorted; not those in folders within it
``talks/*.mp4``    what matches, sorted, where the shell has left the pattern as it is
``@list.txt``      the inputs that the file lists, one a line; blank lines and lines with ``#`` in front are not;
                   ``@-`` reads such a list from standard input
``-``              standard input, for commands on text
``BV…?p=71``       a video of Bilibili, one of its parts (``BV…:71``), several (``BV…:70-72``); ``av`` numbers too
``s3://…``         a file, folder or pattern that fsspec reaches; ``file://`` is a path
``https://…``      a page that yt-dlp knows, or a media file; of Bilibili and YouTube also without ``https://``
=================  ============================================================================================
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from toolkit.cli.report import count
from toolkit.errors import InputError, UsageError
from toolkit.fetch.addresses import is_address
from toolkit.formats import is_transcript

STDIN = Path("-")
"""Stands for standard input."""

SOUND = (
    ".3ga .aac .ac3 .aif .aifc .aiff .amr .ape .au .awb .caf .dss .dts .eac3 .flac .gsm .m4a .m4b .m4r .mka .mp2 "
    ".mp3 .mpa .mpc .mpga .oga .ogg .oma .opus .qcp .ra .rf64 .snd .sph .spx .tta .voc .w64 .wav .wave .weba .wma "
    ".wv"
)
PICTURES = (
    ".3g2 .3gp .asf .avi .dav .divx .dv .f4v .flv .gxf .m2t .m2ts .m4v .mk3d .mkv .mov .mp4 .mpe .mpeg .mpg .mts "
    ".mxf .nut .ogm .ogv .qt .rm .rmvb .tod .ts .vob .webm .wmv .wtv"
)
MEDIA = frozenset(f"{SOUND} {PICTURES}".split())
"""Suffixes by which recordings are known in a folder: those of what FFmpeg opens, as far as people speak in it."""

OTHERS = frozenset((".idx", ".lrc", ".sbv", ".scc", ".smi", ".stl", ".sub", ".sup", ".toml", ".html"))
"""Suffixes of subtitles that are not read, and of files of our own: nobody misses them among the inputs of a folder."""

RECORD = re.compile(r"\.(cues|edits)(\.\d+)?\.jsonl$|\.info\.json$")
"""What `zimu` keeps beside its results, also under a number; never an input of a folder."""

FEW = 5
"""Suffixes of files passed over that are named."""

RESULTS = (".corrected", ".partial")
"""How the names of results end that stand beside their source."""


def expand(names: Iterable[str], *, media: bool = True) -> tuple[Path, ...]:
    """The files that ``names`` stand for, each once, in order; a file that is missing stays, for its own error later.

    Args:
        names: inputs of a command line.
        media: whether recordings count in a folder, or transcripts alone.

    Raises:
        UsageError: an address or an empty name, which is no file.
        InputError: an empty folder, a pattern that matches nothing, or a list that cannot be read.
    """
    found = expand_all(names, media=media)
    address = next((entry for entry in found if isinstance(entry, str)), "")
    if address:
        raise UsageError("an address, not a file", where=address, fix="'zimu run' and 'zimu fetch' take it")
    return tuple(entry for entry in found if isinstance(entry, Path))


def expand_all(names: Iterable[str], *, media: bool = True, passed: set[Path] | None = None) -> tuple[Path | str, ...]:
    """As `expand`; addresses are kept as they are, as text, and files of folders that are no input go to ``passed``.

    Raises:
        UsageError: an empty name.
        InputError: as `expand`.
    """
    found: dict[Path | str, Path | str] = {}
    for name in names:
        for entry in _expand_one(name, media, set() if passed is None else passed):
            is_file = isinstance(entry, Path) and entry != STDIN
            found.setdefault(Path(entry).resolve() if is_file else entry, entry)
    return tuple(found.values())


def require(path: Path) -> Path:
    """The path, if there is a file.

    Raises:
        InputError: there is none, or a folder, a pipe, a link to nothing; names one spelt nearly so.
    """
    if path == STDIN or holds(path.is_file):
        return path
    if holds(path.is_dir):
        raise InputError("a folder, not a file", where=str(path))
    if holds(path.exists):
        raise InputError("a pipe or device, no regular file", where=str(path), fix="copy what it gives into a file")
    if holds(path.is_symlink):
        raise InputError("a link to a file that is not there", where=str(path), fix=f"it leads to {path.readlink()}")
    folder = path.parent
    names = [entry.name for entry in folder.iterdir()] if holds(folder.is_dir) else []
    close = get_close_matches(path.name, names, n=1)
    fix = f"did you mean '{folder / close[0]}'?" if close else ""
    raise InputError("no such file", where=str(path), fix=fix)


def holds(question: Callable[[], bool]) -> bool:
    """What the system says of a path; of one that is too long for any name it holds not."""
    try:
        return question()
    except OSError:
        return False


def is_passed_over(path: Path) -> bool:
    """Whether a file in a folder may be missed: it is no input by its suffix, nor hidden, nor anything of our own."""
    known = path.suffix.lower() in MEDIA | OTHERS or path.name.startswith(".") or RECORD.search(path.name)
    return not known and not is_transcript(path)


def say_passed(passed: Iterable[Path]) -> str:
    """What to say of files that were passed over; nothing where there are none.

    >>> say_passed(map(Path, ("a.xyz", "b.XYZ", "notes.pdf")))
    '3 files passed over, no recordings by their suffixes: .xyz (2), .pdf (1); name one to have it tried'
    """
    suffixes = count_suffixes(passed)
    if not suffixes:
        return ""
    few = ", ".join(f"{suffix or 'none'} ({number})" for suffix, number in [*suffixes.items()][:FEW])
    more = " …" if len(suffixes) > FEW else ""
    number = count(sum(suffixes.values()), "file")
    return f"{number} passed over, no recordings by their suffixes: {few}{more}; name one to have it tried"


def count_suffixes(paths: Iterable[Path]) -> dict[str, int]:
    """How many files have which suffix, in small letters, the most frequent first."""
    counted = Counter(path.suffix.lower() for path in paths)
    return dict(sorted(counted.items(), key=lambda each: (-each[1], not each[0], each[0])))


def without_scheme(name: str) -> str:
    """The path in a ``file://`` address; any other name as it is.

    >>> without_scheme("file:///talks/a%20b.mp4"), without_scheme("s3://talks/a.mp4")
    ('/talks/a b.mp4', 's3://talks/a.mp4')
    """
    if not name.lower().startswith("file://"):
        return name
    path = name[len("file://") :].removeprefix("localhost")
    path = path[1:] if re.match(r"/[A-Za-z]:", path) else path
    return path if Path(path).exists() else unquote(path)


def _expand_one(name: str, media: bool, passed: set[Path]) -> Sequence[Path | str]:
    name = without_scheme(name)
    path = Path(name)
    if not name:
        raise UsageError("an empty name is no input", fix="write . for the current folder")
    if name == "-":
        return [STDIN]
    if holds(path.is_dir):
        return _in_folder(path, media, passed)
    if name.startswith("@"):
        return [found for line in read_list(Path(name[1:])) for found in _expand_one(line, media, passed)]
    if holds(path.exists):
        return [path]
    if is_address(name):
        return [name]
    return _matching(path, media, passed) if re.search(r"[*?\[]", name) else [path]


def _in_folder(folder: Path, media: bool, passed: set[Path]) -> list[Path]:
    files = sorted(entry for entry in folder.iterdir() if entry.is_file() and not entry.name.startswith("."))
    recordings = [path for path in files if path.suffix.lower() in MEDIA]
    texts = [path for path in files if _is_text(path) and not _is_result(path, recordings)]
    chosen = sorted(recordings + texts) if media else [path for path in files if _is_text(path)]
    other = set(filter(is_passed_over, files))
    if not chosen:
        kind = "recording or transcript" if media else "transcript"
        fix = (media and say_passed(other)) or "folders within it are not searched"
        raise InputError(f"no {kind} in this folder", where=str(folder), fix=fix)
    passed |= other
    return chosen


def _is_text(path: Path) -> bool:
    return not RECORD.search(path.name) and is_transcript(path)


def _is_result(path: Path, recordings: list[Path]) -> bool:
    """Whether the file is called like a result, or like a recording beside it: ``talk.en.srt`` of ``talk.mp4``."""
    return path.stem.endswith(RESULTS) or any(path.name.startswith(f"{recording.stem}.") for recording in recordings)


def _matching(pattern: Path, media: bool, passed: set[Path]) -> list[Path]:
    from glob import glob

    matches = sorted(map(Path, glob(str(pattern), recursive=True)))  # noqa: PTH207 - Path.glob takes no absolute ones
    if not matches:
        raise InputError("nothing matches this pattern", where=str(pattern))
    inside = (_in_folder(match, media, passed) if match.is_dir() else [match] for match in matches)
    return [found for each in inside for found in each]


def read_list(path: Path) -> list[str]:
    """The inputs that a list file names, or with ``-`` standard input.

    Raises:
        InputError: it cannot be read, names nothing, or names another list.
    """
    where = "standard input" if path == STDIN else str(path)
    try:
        data = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("the list cannot be read", where=where, fix="save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"the list cannot be read: {error.strerror or error}", where=where) from None
    listed = [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]
    if not listed:
        raise InputError("the list names no file", where=where)
    if any(line.startswith("@") for line in listed):
        raise InputError("a list cannot name another list", where=where)
    return listed
