"""Zimu's own format: a line of JSON for the transcript, then one for each cue, with its words and edits, exactly.

::

    {"zimu": 1, "source": "talk.mp4", "language": "zh", "extra": {…}}
    {"start": 0, "end": 1200, "heard": "聚生智能", "words": [["聚生", 0, 500, 0.9], …], "edits": [{…}]}

What is empty is left out. The journal of a recording has the same lines for cues, and others that are passed over here.
Its last line may be torn where a run was killed.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from itertools import chain
from typing import Any

from toolkit.cues import Cue, Edit, Extra, Transcript, Word
from toolkit.errors import FormatError
from toolkit.formats.writing import Wrap

log = logging.getLogger(__name__)

VERSION = 1
"""The number in the first line; files with a higher one are refused."""

PASSED_OVER = ("mark", "done", "verdict")
"""Lines of a journal that say how far it is, or what was asked later, not what was heard."""


def parse(text: str, path: str = "") -> Transcript:
    """The transcript of a file, or what a journal has heard so far.

    Raises:
        FormatError: a line that is no JSON, other than a torn last one, or that is no cue.
    """
    rows = [(number, row) for number, row in enumerate(text.split("\n"), start=1) if row.strip()]
    header: dict[str, Any] = {}
    cues: list[Cue] = []
    for number, row in rows:
        try:
            entry = _entry(row, torn=number == rows[-1][0])
            if entry is None:
                log.warning("%s:%d: the last line is torn and left out", path, number)
            elif number == rows[0][0] and "zimu" in entry:
                header = _header(entry)
            elif not any(name in entry for name in PASSED_OVER):
                cues.append(cue_from_json(entry))
        except ValueError as error:
            raise FormatError(str(error), path=path, line=number) from None
    return Transcript(header.get("source", path), tuple(cues), header.get("language"), header.get("extra", ()))


def render(transcript: Transcript, wrap: Wrap | None = None) -> str:  # noqa: ARG001
    """The transcript with all that is known about it; lines are not wrapped."""
    header = {"zimu": VERSION, "source": transcript.source, "language": transcript.language}
    if transcript.extra:
        header["extra"] = _extra_to_json(transcript.extra)
    lines = chain([header], map(cue_to_json, transcript.cues))  # one at a time: ten hours have 140,000 words
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def cue_to_json(cue: Cue) -> dict[str, Any]:
    """The cue as an object for JSON; what is empty is left out.

    >>> cue_to_json(Cue(0, 500, "你好", words=(Word("你好", 0, 500, 0.9),)))
    {'start': 0, 'end': 500, 'heard': '你好', 'words': [['你好', 0, 500, 0.9]]}
    """
    entry: dict[str, Any] = {} if cue.start is None else {"start": cue.start, "end": cue.end}
    entry["heard"] = cue.heard
    if cue.words:
        entry["words"] = [_word_to_json(word) for word in cue.words]
    if cue.edits:
        entry["edits"] = [_edit_to_json(edit) for edit in cue.edits]
    if cue.translation is not None:
        entry["translation"] = cue.translation
    if cue.extra:
        entry["extra"] = _extra_to_json(cue.extra)
    return entry


def cue_from_json(entry: dict[str, Any]) -> Cue:
    """The cue of such an object; the reverse of `cue_to_json`.

    Raises:
        ValueError: a field is missing, unknown, of a wrong type, or does not fit the others.
    """
    values = _checked(entry, _CUE)
    if "heard" not in values:
        raise ValueError("not a cue: 'heard' is missing")
    return Cue(values.pop("start", None), values.pop("end", None), **values)


def _entry(row: str, *, torn: bool) -> dict[str, Any] | None:
    """The object on a line; None for a last line that breaks off."""
    try:
        entry = json.loads(row)
    except ValueError as error:
        if torn:
            return None
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(entry, dict):
        raise ValueError("a JSON object was expected")
    return entry


def _header(entry: dict[str, Any]) -> dict[str, Any]:
    """What the first line says about the transcript; what else a journal notes there is passed over."""
    version = entry["zimu"]
    if type(version) is not int or version > VERSION:
        raise ValueError(f"written by a newer zimu, in version {version!r} of this format")
    return _checked({name: value for name, value in entry.items() if name in _HEADER}, _HEADER)


def _word_to_json(word: Word) -> list[Any]:
    times = [word.text, word.start, word.end]
    return times if word.prob is None else [*times, word.prob]


def _edit_to_json(edit: Edit) -> dict[str, Any]:
    values = {name: getattr(edit, name) for name in _EDIT}
    entry = {name: value for name, value in values.items() if name not in _USUAL or value != _USUAL[name]}
    return {**entry, "evidence": _extra_to_json(edit.evidence)} if edit.evidence else entry


def _extra_to_json(extra: Extra) -> dict[str, Any] | list[Any]:
    """An object; or pairs, where a name stands twice."""
    return dict(extra) if len(dict(extra)) == len(extra) else [list(pair) for pair in extra]


def _checked(entry: dict[str, Any], table: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    """The values that the table knows how to read."""
    values: dict[str, Any] = {}
    for name, value in entry.items():
        if name not in table:
            raise ValueError(f"unknown field '{name}'")
        try:
            values[name] = table[name](value)
        except (TypeError, ValueError, IndexError) as error:
            raise ValueError(f"'{name}': {error}") from None
    return values


def _exactly(*kinds: type) -> Callable[[Any], Any]:
    """A check that a value has one of these types; true and false are no numbers."""

    def check(value: Any) -> Any:
        if type(value) not in kinds:
            raise TypeError(f"{str(value)[:40]!r} is of the wrong kind")
        return value

    return check


_TEXT, _WHOLE, _NUMBER, _FLAG = _exactly(str), _exactly(int), _exactly(int, float), _exactly(bool)
_TEXT_OR_NONE, _WHOLE_OR_NONE = _exactly(str, type(None)), _exactly(int, type(None))
_VALUE = _exactly(str, int, float, bool, type(None))


def _common(value: Any) -> str:
    """A text that comes again and again, the same object each time: ten hours have 140,000 words."""
    return sys.intern(_exactly(str)(value))


def _words(value: Any) -> tuple[Word, ...]:
    words = []
    for text, start, end, *prob in _exactly(list)(value):
        words.append(Word(_common(text), _WHOLE(start), _WHOLE(end), *map(_NUMBER, prob)))
    return tuple(words)


def _edits(value: Any) -> tuple[Edit, ...]:
    return tuple(Edit(**_checked(_exactly(dict)(entry), _EDIT)) for entry in _exactly(list)(value))


def _extra(value: Any) -> Extra:
    pairs = value.items() if isinstance(value, dict) else _exactly(list)(value)
    return tuple((_common(name), _VALUE(kept)) for name, kept in pairs)


_EDIT: dict[str, Callable[[Any], Any]] = {
    "start": _WHOLE,
    "end": _WHOLE,
    "before": _TEXT,
    "after": _TEXT,
    "rule": _common,
    "score": _NUMBER,
    "evidence": _extra,
    "applied": _FLAG,
    "decided": _FLAG,
    "joins_previous": _FLAG,
    "joins_next": _FLAG,
    "trails": _FLAG,
}
_USUAL = {entry.name: entry.default for entry in fields(Edit) if entry.default is not MISSING}
_CUE = {
    "start": _WHOLE_OR_NONE,
    "end": _WHOLE_OR_NONE,
    "heard": _TEXT,
    "words": _words,
    "edits": _edits,
    "translation": _TEXT_OR_NONE,
    "extra": _extra,
}
_HEADER = {"source": _TEXT, "language": _TEXT_OR_NONE, "extra": _extra}
