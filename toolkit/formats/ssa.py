"""SSA (SubStation Alpha), the older dialect of ASS."""

from __future__ import annotations

from toolkit.cues import Transcript
from toolkit.formats import ass
from toolkit.formats.ass_header import SSA
from toolkit.formats.writing import Wrap

parse = ass.parse


def render(transcript: Transcript, wrap: Wrap | None = None) -> str:
    """The transcript as an SSA file.

    Raises:
        FormatError: a cue has no times.
    """
    return ass.render(transcript, wrap, dialect=SSA)
