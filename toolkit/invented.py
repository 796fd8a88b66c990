"""Cues that nobody said: an edit takes out all that was heard, so that they are kept, explained and can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.cues import Cue, Edit, Extra

RULE = "invented"
"""The rule of the edit that takes out what the recogniser made up."""


def taking_out(cue: Cue, *, score: float, evidence: Extra = (), applied: bool = True) -> Edit:
    """The edit that takes out all that was heard in a cue.

    >>> taking_out(Cue(0, 900, "谢谢观看"), score=0.97).as_text()
    '谢谢观看 → ∅'
    """
    return Edit(0, len(cue.heard), cue.heard, "", RULE, score, evidence, applied)


def is_kept_out(cue: Cue) -> bool:
    """Whether a cue was judged to be invented, by the program or a person, and nothing of it is to be shown."""
    return any(edit.rule == RULE and edit.applied for edit in cue.edits) and not cue.text.strip()


def apart(cues: Iterable[Cue]) -> tuple[tuple[Cue, ...], tuple[Cue, ...]]:
    """The cues that are shown, and those that are kept out."""
    shown: list[Cue] = []
    out: list[Cue] = []
    for cue in cues:
        (out if is_kept_out(cue) else shown).append(cue)
    return tuple(shown), tuple(out)


def together(shown: Sequence[Cue], out: Iterable[Cue]) -> tuple[Cue, ...]:
    """Timed cues with those kept out among them, each before the first that starts later.

    >>> [cue.heard for cue in together([Cue(0, 1, "一"), Cue(4, 5, "三")], [Cue(2, 3, "二")])]
    ['一', '二', '三']
    """
    made = list(shown)
    for cue in out:
        place = next((index for index, other in enumerate(made) if (other.start or 0) > (cue.start or 0)), len(made))
        made.insert(place, cue)
    return tuple(made)
