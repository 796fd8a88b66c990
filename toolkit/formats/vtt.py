"""WebVTT, read and written by ourselves: pysubs2 drops its header, notes, styles and cue settings.

Kept in ``extra``: ``vtt.asides`` of the transcript are the header and the blocks between cues (NOTE, STYLE, REGION);
``vtt.id`` and ``vtt.settings`` of a cue are what stands above and behind its times.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.cues import Cue, Transcript, with_extra
from toolkit.errors import FormatError
from toolkit.formats.asides import pack, unpack
from toolkit.formats.blocks import ARROW, TIMES, defuse
from toolkit.formats.markup import VTT, give, take
from toolkit.formats.repair import Oddity, Span, repair, report
from toolkit.formats.times import clock_ms, find_clocks, write_clock
from toolkit.formats.writing import Wrap, settle

log = logging.getLogger(__name__)

REGULAR = re.compile(r"(?:\d{2,}:)?\d\d:\d\d\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?\d\d:\d\d\.\d{3}(?:[ \t].*)?")
ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
LANGUAGE = re.compile(r"^Language:\s*([A-Za-z]{2,3})\b", re.MULTILINE)


@dataclass(frozen=True)
class _Block:
    """A cue as it stands in the file: the row of its times, its id, its text, asides that follow it."""

    row: int
    label: str
    text: str
    asides: tuple[str, ...]
    oddities: tuple[Oddity, ...]


def parse(text: str, path: str = "") -> Transcript:
    r"""The cues of a WebVTT file; whatever is odd in it is logged with its line.

    >>> parse("WEBVTT\n\n00:01.000 --> 00:02.000 align:start\na &lt; b\n").cues[0].text
    'a < b'

    Raises:
        FormatError: there is text, but neither ``WEBVTT`` nor times.
    """
    rows = text.split("\n")
    timings = [row for row, line in enumerate(rows) if "-->" in line and find_clocks(line)]
    tops = [_top(rows, row, above) for row, above in zip(timings, [-1, *timings], strict=False)]
    header = "\n".join(rows[: tops[0] if tops else len(rows)]).strip("\n")
    if header and not timings and not header.startswith("WEBVTT"):
        raise FormatError("neither WEBVTT nor times found", path=path, line=1, fix="is this really WebVTT?")
    stops = [*tops[1:], len(rows)]
    blocks = [_block(rows, top, row, stop) for top, row, stop in zip(tops, timings, stops, strict=False)]
    odd = () if header.startswith("WEBVTT") or not text else (Oddity(1, "does not begin with WEBVTT"),)
    cues = _cues(rows, blocks, odd, path)
    asides = {index: "\n\n".join(block.asides) for index, block in enumerate(blocks, start=1) if block.asides}
    if header not in ("", "WEBVTT"):
        asides = {0: header, **asides}
    language = LANGUAGE.search(header)
    extra = with_extra((), **{"vtt.asides": pack(asides, cues)})
    return Transcript(path, cues, language=language[1].lower() if language else None, extra=extra)


def render(transcript: Transcript, wrap: Wrap | None = None) -> str:
    """The transcript as a WebVTT file.

    Raises:
        FormatError: a cue has no times.
    """
    cues = settle(transcript, wrap=wrap, markup=VTT.name)
    asides = unpack(transcript.get("vtt.asides"), cues, glue="\n\n")
    header = asides.pop(0, "")
    blocks = [header if header.startswith("WEBVTT") else f"WEBVTT\n\n{header}".rstrip("\n")]
    labels: set[str] = set()
    for index, cue in enumerate(cues):
        blocks += [asides[index]] if index in asides else []
        label = str(cue.get("vtt.id", ""))
        blocks.append(_written(cue, "" if label in labels else label))
        labels.add(label)
    blocks += [asides[len(cues)]] if len(cues) in asides else []
    return "\n\n".join(blocks) + "\n"


def _top(rows: Sequence[str], row: int, above: int) -> int:
    """The row where the cue with times on ``row`` begins: that of its id, if it has one."""
    alone = row == 1 or (row - 2 > above and not rows[row - 2].strip())
    has_id = row - 1 > above and rows[row - 1].strip() and alone
    return row - 1 if has_id and not (row == 1 and rows[0].startswith("WEBVTT")) else row


def _block(rows: Sequence[str], top: int, row: int, stop: int) -> _Block:
    """A cue, and what stands between it and the next: asides, or more text behind a blank line."""
    texts: list[str] = []
    asides: list[str] = []
    oddities: list[Oddity] = []
    for first, paragraph in _paragraphs(rows, row + 1, stop):
        if first > row + 1 and ASIDE.match(paragraph):
            asides.append(paragraph)
            continue
        if first > row + 1:
            oddities.append(Oddity(first, "a blank line inside the text"))
        texts.append(paragraph)
    return _Block(row, rows[top] if top < row else "", "\n\n".join(texts), tuple(asides), tuple(oddities))


def _paragraphs(rows: Sequence[str], start: int, stop: int) -> Iterator[tuple[int, str]]:
    """Stretches of rows without blank ones, each with the row where it begins."""
    first = start
    for row in range(start, stop + 1):
        if row == stop or not rows[row].strip():
            if row > first:
                yield first, "\n".join(rows[first:row])
            first = row + 1


def _cues(rows: Sequence[str], blocks: Sequence[_Block], oddities: Sequence[Oddity], path: str) -> tuple[Cue, ...]:
    noted = [*oddities]
    spans: list[Span] = []
    settings: list[str] = []
    for block in blocks:
        span, rest = _timing(rows[block.row], block.row + 1)
        spans.append(span)
        settings.append(rest)
        if not REGULAR.fullmatch(rows[block.row].strip()):
            noted.append(Oddity(block.row + 1, f"times written {rows[block.row].strip()!r}"))
        noted += block.oddities
    repaired = repair(spans)
    report([*noted, *(odd for times in repaired for odd in times.oddities)], path=path, log=log)
    cues = []
    for block, times, rest in zip(blocks, repaired, settings, strict=True):
        heard, tags = take(block.text, VTT)
        extra = with_extra(tags, **{"vtt.id": block.label or None, "vtt.settings": rest or None})
        cues.append(Cue(times.start, times.end, heard, extra=extra))
    return tuple(cues)


def _timing(line: str, number: int) -> tuple[Span, str]:
    """The times of a line, as far as they can be read, and the settings behind them."""
    match = TIMES.match(line)
    if match:
        return Span(number, clock_ms(match, "start"), clock_ms(match, "end")), match["rest"].strip()
    left, right = ARROW.split(line, maxsplit=1)
    starts, ends = find_clocks(left), find_clocks(right)
    return Span(number, starts[-1] if starts else None, ends[0] if ends else None), ""


def _written(cue: Cue, label: str) -> str:
    settings = cue.get("vtt.settings")
    times = f"{write_clock(cue.start or 0)} --> {write_clock(cue.end or 0)}"
    lines = [label] if label else []
    return "\n".join([*lines, f"{times} {settings}" if settings else times, defuse(give(cue, VTT))])
