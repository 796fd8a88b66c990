"""Lines of a file that are no cues, kept at their place among the cues: notes, images, comments, headers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from toolkit.cues import Cue
from toolkit.errors import FormatError


def pack(asides: Mapping[int, str], cues: Sequence[Cue]) -> str | None:
    """Asides as one value for a transcript's ``extra``; the key is the index of the cue that each stands before.

    None when there are none. The time of that cue is kept as well, so that the place is found when cues were cut or
    joined meanwhile.
    """
    if not asides:
        return None
    placed = [[index, cues[index].start if index < len(cues) else None, text] for index, text in asides.items()]
    return json.dumps({"cues": len(cues), "asides": placed}, ensure_ascii=False)


def unpack(packed: object, cues: Sequence[Cue], *, glue: str = "\n") -> dict[int, str]:
    """The asides by the index of the cue that each stands before now, ``len(cues)`` for the end.

    >>> cues = [Cue(0, 1000, "一"), Cue(1000, 2000, "二")]
    >>> packed = pack({1: "NOTE half"}, cues)
    >>> unpack(packed, [Cue(0, 500, "一"), Cue(500, 1000, "一"), *cues[1:]])
    {2: 'NOTE half'}

    Raises:
        FormatError: somebody has spoilt the value.
    """
    if packed is None:
        return {}
    try:
        kept = json.loads(str(packed))
        count, asides = int(kept["cues"]), [(int(index), start, str(text)) for index, start, text in kept["asides"]]
    except (ValueError, TypeError, KeyError):
        raise FormatError("the notes kept between the cues are spoilt", fix="read the original file again") from None
    found: dict[int, list[str]] = {}
    for index, start, text in asides:
        found.setdefault(_place(index, start, count, cues), []).append(text)
    return {index: glue.join(texts) for index, texts in sorted(found.items())}


def _place(index: int, start: object, count: int, cues: Sequence[Cue]) -> int:
    """Where an aside stands now that stood before cue ``index`` of ``count``, starting at ``start``."""
    if index <= 0 or index >= count:
        return 0 if index <= 0 else len(cues)
    if len(cues) == count:
        return index
    if isinstance(start, int):
        return next((now for now, cue in enumerate(cues) if cue.start is not None and cue.start >= start), len(cues))
    return index * len(cues) // count


def collect(parts: Iterable[tuple[int, str]]) -> dict[int, str]:
    r"""Lines by the index of the cue that each stands before, several at one place joined.

    >>> collect([(0, "WEBVTT"), (0, ""), (2, "NOTE")])
    {0: 'WEBVTT\n', 2: 'NOTE'}
    """
    lines: dict[int, list[str]] = {}
    for index, text in parts:
        lines.setdefault(index, []).append(text)
    return {index: "\n".join(texts) for index, texts in lines.items()}
