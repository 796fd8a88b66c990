r"""ASS (Advanced SubStation Alpha); its older dialect SSA has `toolkit.formats.ssa`.

Spoken lines (``Dialogue``) are cues. All other lines stay as they are in ``ass.asides`` of the transcript's ``extra``:
header, styles, comments, drawings, fonts. pysubs2 would drop comments, unknown sections and the order of fields, so it
only makes heads. Of a cue in two languages the one that is not Chinese is set in the style ``English``, which new
heads have; both are one event, because players show two at one time in either order. Fields of an event that are not
the usual ones are ``ass.style``, ``ass.name`` … of its cue. Events may stand in any order here, so theirs is kept.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence

from toolkit.breaks import is_chinese
from toolkit.cues import Cue, Transcript
from toolkit.errors import FormatError
from toolkit.formats.asides import collect, pack, unpack
from toolkit.formats.ass_header import ASS, ENGLISH, SECTION, START, Dialect, follow, head_for
from toolkit.formats.markup import ASS as MARKUP
from toolkit.formats.markup import give, take
from toolkit.formats.times import ONE, clock_ms
from toolkit.formats.writing import Wrap, settle

log = logging.getLogger(__name__)

DRAWING = re.compile(r"\{[^{}]*\\p[1-9]")


def parse(text: str, path: str = "") -> Transcript:
    r"""The cues of an ASS or SSA file.

    >>> event = "[Events]\nDialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\an8}大家好\\N欢迎"
    >>> cue, = parse(event).cues
    >>> cue.start, cue.end, cue.text, cue.get("tag.open")
    (1000, 2500, '大家好\n欢迎', '{\\an8}')

    Raises:
        FormatError: a spoken line lacks fields or has no readable times, or there is text and no section.
    """
    rows = text.rstrip("\n").split("\n")
    if text.strip() and not any(SECTION.fullmatch(row) or row.lstrip().startswith("Dialogue:") for row in rows):
        raise FormatError("no section like [Events] found", path=path, line=1, fix="is this really ASS or SSA?")
    cues: list[Cue] = []
    asides: list[tuple[int, str]] = []
    for row, event in _lines(rows, path):
        if event is None:
            asides.append((len(cues), row))
        else:
            cues.append(event)
    packed = pack(collect(asides), cues) if text.strip() else None
    return Transcript(path, tuple(cues), extra=(("ass.asides", packed),) if packed else ())


def render(transcript: Transcript, wrap: Wrap | None = None, *, dialect: Dialect = ASS) -> str:
    """The transcript as an ASS file, or as SSA.

    Raises:
        FormatError: a cue has no times.
    """
    cues = settle(transcript, wrap=wrap, step=10, markup=MARKUP.name, ordered=False)
    asides = unpack(transcript.get("ass.asides"), cues)
    bilingual = any(map(_is_bilingual, cues))
    lines = [head_for(asides.pop(0, ""), dialect, bilingual=bilingual)]
    place = follow(lines[0].split("\n"))
    for index, cue in enumerate(cues):
        if index in asides:
            lines.append(asides[index])
            place = follow(asides[index].split("\n"), place)
        lines.append(_event(cue, place.fields or dialect.fields, dialect))
    lines += [asides[len(cues)]] if len(cues) in asides else []
    return "\n".join(lines) + "\n"


def _lines(rows: Sequence[str], path: str) -> Iterator[tuple[str, Cue | None]]:
    """Each row, with the cue that it is, or None."""
    place = START
    for number, row in enumerate(rows, start=1):
        before, place = place, follow([row], place)
        if place.fields != before.fields and (place.fields[-1] != "text" or not {"start", "end"} <= {*place.fields}):
            raise FormatError("events must have Start, End, and Text as their last field", path=path, line=number)
        spoken = row.lstrip().startswith("Dialogue:") and place.section not in ("fonts", "graphics")
        yield row, _cue(row, place.fields, path, number) if spoken and not DRAWING.search(row) else None


def _cue(row: str, fields: Sequence[str], path: str, number: int) -> Cue:
    rest = row.partition(":")[2].lstrip()
    fields = fields or ASS.fields
    values = rest.split(",", len(fields) - 1)
    if len(values) < len(fields):
        raise FormatError(f"an event with {len(values)} of {len(fields)} fields", path=path, line=number)
    entry = dict(zip(fields, values, strict=True))
    start, end = (_ms(entry.pop(name), path, number) for name in ("start", "end"))
    if end < start:
        log.warning("%s:%d: the end is before the start", path, number)
    heard, tags = take(entry.pop("text").replace(r"\N", "\n"), MARKUP)
    usual = dict(ASS.usual)
    kept = tuple((f"ass.{name}", value) for name, value in entry.items() if value != usual.get(name, ""))
    return Cue(start, max(start, end), heard, extra=tags + kept)


def _ms(value: str, path: str, number: int) -> int:
    match = ONE.fullmatch(value.strip())
    if not match:
        raise FormatError(f"not a time, {value!r}", path=path, line=number)
    ms = clock_ms(match, "at")
    if ms < 0:
        log.warning("%s:%d: a time before 0, taken as 0", path, number)
    return max(ms, 0)


def _event(cue: Cue, fields: Sequence[str], dialect: Dialect) -> str:
    usual = dict(dialect.usual)
    values = {name: str(cue.get(f"ass.{name}", usual.get(name, ""))) for name in fields}
    text = give(cue, MARKUP, styles=_styles(cue)).replace("\n", r"\N")
    values |= {"start": _clock(cue.start or 0), "end": _clock(cue.end or 0), "text": text}
    return "Dialogue: " + ",".join(values[name] for name in fields)


def _is_bilingual(cue: Cue) -> bool:
    return bool(cue.translation) and is_chinese(cue.translation or "") != is_chinese(cue.text)


def _styles(cue: Cue) -> tuple[str, str]:
    """The tags before the two halves of a cue in two languages, the event's own style being that of Chinese."""
    if not _is_bilingual(cue):
        return "", ""
    return ("", rf"{{\r{ENGLISH}}}") if is_chinese(cue.text) else (rf"{{\r{ENGLISH}}}", r"{\r}")


def _clock(ms: int) -> str:
    """Hundredths of a second; more than 9 hours as well, which libass reads."""
    seconds, rest = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}.{rest // 10:02d}"
