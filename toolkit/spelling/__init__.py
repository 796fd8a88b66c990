"""How what was heard is written: its script, its punctuation, its decimal points. Pure and deterministic.

Script and punctuation are no mistakes of hearing, and they come in every cue; so they are settled before anything is
matched, in the text and its words together, and the journal alone keeps what the recogniser wrote. A sentence mark in
a number is a mistake, and which is one can be doubted; so it is repaired by an edit.
"""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.cues import Cue
from toolkit.profile import CorrectOptions
from toolkit.spelling.decimals import repair_decimals
from toolkit.spelling.marks import punctuate
from toolkit.spelling.script import converter, in_script

__all__ = ["converter", "repair_decimals", "spell"]


def spell(cues: Iterable[Cue], options: CorrectOptions) -> tuple[Cue, ...]:
    """The cues in the script that is asked for, and with punctuation where that is asked for and there is none.

    Raises:
        MissingExtra: another script is asked for, and OpenCC is not installed.
    """
    spelled = tuple(cues)
    if options.script != "keep":
        convert = converter(options.script)
        spelled = tuple(in_script(cue, convert) for cue in spelled)
    return punctuate(spelled) if options.punctuate else spelled
