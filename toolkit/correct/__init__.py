"""Repair what was misheard: cues in, the same cues with edits out. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.cues import Cue
from toolkit.lexicon import Lexicon
from toolkit.profile import CorrectOptions


def correct(cues: Iterable[Cue], lexicon: Lexicon, options: CorrectOptions | None = None) -> tuple[Cue, ...]:
    """The cues with an edit laid over each stretch that the lexicon says was misheard.

    All cues are read before the first is decided, because terms heard right elsewhere are evidence. Edits that a person
    decided about stay as they are; all others are made anew.
    """
    from toolkit.correct.engine import find_edits
    from toolkit.edits import lay

    heard = tuple(cues)
    return lay(heard, find_edits(heard, lexicon, options or CorrectOptions()))
