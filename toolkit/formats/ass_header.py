"""The head of ASS and SSA files: pysubs2 makes it where there is none, and turns it into the other dialect."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Dialect:
    """What sets ASS and SSA apart: the fields of an event, and what they hold where a cue says nothing."""

    name: str
    fields: tuple[str, ...]
    usual: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Place:
    """A place in a file: the section that it is in, and the fields of events as far as they have been named."""

    section: str = ""
    fields: tuple[str, ...] = ()


START = Place()
SECTION = re.compile(r"\s*\[([^\]]*[a-z][^\]]*)\]\s*")  # with a small letter: fonts are coded in lines without any

_FIELDS = ("start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_USUAL = (("style", "Default"), ("name", ""), ("marginl", "0"), ("marginr", "0"), ("marginv", "0"), ("effect", ""))
ASS = Dialect("ass", ("layer", *_FIELDS), (("layer", "0"), *_USUAL))
SSA = Dialect("ssa", ("marked", *_FIELDS), (("marked", "Marked=0"), *_USUAL))

EVENTS = re.compile(r"^\s*\[Events\]\s*$", re.IGNORECASE | re.MULTILINE)

STYLE = {"fontname": "Noto Sans CJK SC", "fontsize": 64.0, "outline": 3.0, "shadow": 0.0, "marginv": 54}
"""How new files look: Chinese that is readable at 1920 × 1080."""


ENGLISH = "English"
"""The style of the lines in another language than Chinese, in subtitles of two."""

SMALLER = {**STYLE, "fontname": "Noto Sans", "fontsize": 44.0, "outline": 2.0}
"""How that one looks: a line of 42 letters takes no more room than one of 16 Han characters above it."""


def head_for(head: str, dialect: Dialect, *, bilingual: bool = False) -> str:
    """The lines up to the first event, in this dialect; new ones where ``head`` has no section for events.

    New ones of ``bilingual`` subtitles have a style for each language.

    >>> head_for("", ASS).splitlines()[-1][:21]
    'Format: Layer, Start,'
    """
    if not head.strip():
        return _new(dialect, bilingual=bilingual)
    spoken = "ssa" if re.search(r"\[V4 Styles\]", head, re.IGNORECASE) else "ass"
    if spoken != dialect.name and re.search(r"\[V4\+? Styles\]", head, re.IGNORECASE):
        return _translated(head, spoken, dialect)
    if EVENTS.search(head):
        return head
    names = ", ".join(name.title() for name in dialect.fields)
    return f"{head.rstrip()}\n\n[Events]\nFormat: {names}"


def follow(rows: Iterable[str], place: Place = START) -> Place:
    r"""Where one is in a file behind these rows.

    >>> follow(["[Events]", "Format: Start, End, Text"])
    Place(section='events', fields=('start', 'end', 'text'))
    """
    for row in rows:
        heading = SECTION.fullmatch(row)
        if heading:
            place = Place(heading[1].strip().lower(), place.fields)
        elif place.section == "events" and row.lstrip().lower().startswith("format:"):
            place = Place(place.section, tuple(name.strip().lower() for name in row.partition(":")[2].split(",")))
    return place


def _new(dialect: Dialect, *, bilingual: bool = False) -> str:
    from pysubs2 import SSAFile, SSAStyle

    file = SSAFile()
    file.info |= {"PlayResX": "1920", "PlayResY": "1080"}
    file.styles["Default"] = SSAStyle(**STYLE)  # type: ignore[arg-type]
    if bilingual:
        file.styles[ENGLISH] = SSAStyle(**SMALLER)  # type: ignore[arg-type]
    return file.to_string(dialect.name, header_notice="Written by Zimu").strip()


def _translated(head: str, spoken: str, dialect: Dialect) -> str:
    """The head in the other dialect; comments and unknown sections go, because pysubs2 knows none."""
    from pysubs2 import SSAFile

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            file = SSAFile.from_string(head, format_=spoken)
            return file.to_string(dialect.name, header_notice="Written by Zimu").strip()
        except Exception as error:  # pysubs2 raises whatever the styles' numbers provoke
            log.warning("the styles cannot be written as %s (%s); new ones take their place", dialect.name, error)
    return _new(dialect)
