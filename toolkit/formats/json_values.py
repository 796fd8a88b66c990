"""What the JSON formats share: reading with the line of a fault, seconds, and fields that are kept for writing back."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.cues import Extra
from toolkit.errors import FormatError

NESTED = "json:"
"""Before the name of a kept field that is a list or an object, or whose name would be taken for another format's."""

LONGEST = 10**9
"""Seconds from which on a time is none."""


def load(text: str, path: str) -> Any:
    """The value of a JSON document.

    Raises:
        FormatError: it is none; names the line.
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"not JSON: {error.msg}", path=path, line=error.lineno) from None
    except ValueError as error:  # a number of thousands of digits
        raise FormatError(f"not JSON: {error}", path=path, line=1) from None
    return without_halves(value) if re.search(r"\\u[dD][89a-fA-F]", text) else value


def dump(value: Any) -> str:
    """A JSON document as people read it."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def without_halves(value: Any) -> Any:
    """The value with the replacement character where an escape named half of a character; no file can hold those."""
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", value)
    if isinstance(value, list):
        return [without_halves(item) for item in value]
    if isinstance(value, dict):
        return {without_halves(key): without_halves(item) for key, item in value.items()}
    return value


def seconds_ms(value: object, what: str) -> int:
    """Seconds as milliseconds, rounded; a negative time is 0.

    >>> seconds_ms(1.9996, "start")
    2000

    Raises:
        ValueError: it is no number, or no time that a recording has.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{what} is {value!r}, not a number of seconds")
    if abs(value) > LONGEST:
        raise ValueError(f"{what} is {value!r} seconds, more than any recording has")
    return max(round(value * 1000), 0)


def keep(fields: Mapping[str, Any], *, but: Iterable[str], prefix: str = "") -> Extra:
    """Fields as ``extra`` holds them, without those named; lists and objects as JSON.

    >>> keep({"text": "x", "temperature": 0.0, "tokens": [1, 2]}, but=["text"])
    (('temperature', 0.0), ('json:tokens', '[1, 2]'))
    """
    return tuple(_kept(name, value, prefix) for name, value in fields.items() if name not in but)


def give_back(extra: Extra, *, prefix: str = "") -> dict[str, Any]:
    """The fields that `keep` made ``extra`` of; what belongs to other formats, with a dot in its name, is left out."""
    fields: dict[str, Any] = {}
    for name, value in extra:
        if name.startswith(prefix + NESTED):
            fields[name[len(prefix + NESTED) :]] = _decoded(value)
        elif name.startswith(prefix) and "." not in name[len(prefix) :] and NESTED not in name:
            fields[name[len(prefix) :]] = value
    return fields


def line_of_item(text: str, key: str, index: int) -> int:
    """The line where item ``index`` of the list under ``key`` begins (of the outermost list, without a key)."""
    opening = re.search(rf'"{key}"\s*:\s*\[\s*' if key else r"\s*\[\s*", text)
    position = opening.end() if opening else 0
    try:
        for _ in range(index):
            _, position = json.JSONDecoder().raw_decode(text, position)
            comma = re.compile(r"\s*,\s*").match(text, position)
            position = comma.end() if comma else position
    except ValueError:
        pass
    return text.count("\n", 0, position) + 1


def _kept(name: str, value: Any, prefix: str) -> tuple[str, str | int | float | bool | None]:
    if (value is None or isinstance(value, str | int | float)) and "." not in name and NESTED not in name:
        return prefix + name, value
    return prefix + NESTED + name, json.dumps(value, ensure_ascii=False)


def _decoded(value: object) -> Any:
    try:
        return json.loads(str(value))
    except ValueError:
        return value
