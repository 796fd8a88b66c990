"""The page about benchmarks and its picture, drawn from the history: the same history gives the same page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.publish.blocks import replace_block
from benchmarks.publish.history import ROOT, Record, latest, read_history
from benchmarks.publish.parts import PARTS
from benchmarks.publish.plot import plot
from benchmarks.publish.tables import RENDERERS, block
from toolkit.formats.files import read_whole, write_whole


@dataclass(frozen=True)
class Place:
    """Where the page, the picture in it and the history are."""

    page: Path = ROOT / "docs" / "benchmarks.md"
    picture: Path = ROOT / "docs" / "pictures" / "correctors.svg"
    history: Path = ROOT / "benchmarks" / "history"


def draw(place: Place) -> None:
    """Write every block anew that the history has whole figures of, and the picture; each file whole or not at all.

    Raises:
        InputError: the page lacks marks, or a file of the history is none.
    """
    records = read_history(place.history)
    page = read_whole(place.page).decode("utf-8")
    _write(place.page, drawn_page(page, records, where=str(place.page)))
    picture = drawn_picture(records)
    if picture:
        _write(place.picture, picture)


def drawn_page(page: str, records: Sequence[Record], *, where: str = "") -> str:
    """The page with its blocks as the last runs measured them; a block that none did stays as it is.

    Raises:
        InputError: the page lacks the marks of a block.
    """
    for part in PARTS:
        record = latest(records, part.name)
        if part.name in RENDERERS and record:
            page = replace_block(page, part.name, block(record, part.name, part.versions), where=where)
    return page


def drawn_picture(records: Sequence[Record]) -> str:
    """The plot of correctors, by the last record that has all of them; empty where there is none."""
    record = latest(records, "correctors", measured=False)
    figures = record.parts["correctors"].figures if record else None
    return plot(figures["rows"], record.day) if record and figures else ""


def check_page(place: Place) -> None:
    """See that the page has the marks of every block, before anything is measured.

    Raises:
        InputError: it has not.
    """
    page = read_whole(place.page).decode("utf-8")
    for name in RENDERERS:
        replace_block(page, name, "", where=str(place.page))


def _write(path: Path, text: str) -> None:
    data = text.encode("utf-8")
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)
