"""Keep out what nobody said: Whisper invents lines over silence and music. Pure and deterministic.

A line that was judged to be invented is not lost: an edit takes out what was heard, with its evidence, and a person can
undo it (see `toolkit.invented`). What is doubtful is suggested.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.cues import Cue, with_edits
from toolkit.edits import edge_edit, other_halves
from toolkit.invented import RULE, is_kept_out, taking_out
from toolkit.quarantine.facts import Facts, measure
from toolkit.quarantine.weigh import NEEDED, SUGGESTED, evidence, score, strength

__all__ = ["quarantine"]


def quarantine(cues: Iterable[Cue], hallucinations: str = "mark", *, suggest_only: bool = False) -> tuple[Cue, ...]:
    """The cues with those taken out that nobody said.

    ``mark`` lays an edit over them, ``drop`` removes them altogether, ``keep`` does nothing. A cue that a person
    decided about is left as it is, and never dropped. All cues are read before the first is judged: a line that comes
    again and again is a sign. With ``suggest_only`` nothing is taken out.

    >>> silent = (("speech", 0.0), ("no_speech_prob", 0.9), ("avg_logprob", -0.6))
    >>> [cue.text for cue in quarantine([Cue(0, 2000, "我们开始吧"), Cue(2000, 9000, "谢谢观看", extra=silent)])]
    ['我们开始吧', '']
    """
    fresh = [_unjudged(cue) for cue in cues]
    if hallucinations == "keep":
        return tuple(fresh)
    judged = [_judged(cue, facts, suggest_only) for cue, facts in zip(fresh, measure(fresh), strict=True)]
    dropped = hallucinations == "drop"
    freed = _freed(fresh, judged)
    return tuple(cue for cue in freed if not (dropped and is_kept_out(cue) and not _decided(cue)))


def _unjudged(cue: Cue) -> Cue:
    """The cue without what an earlier run thought of it; what a person decided stays."""
    kept = [edit for edit in cue.edits if edit.rule != RULE or edit.decided]
    return cue if len(kept) == len(cue.edits) else with_edits(cue, kept)


def _judged(cue: Cue, facts: Facts, suggest_only: bool) -> Cue:
    power = strength(facts)
    if _decided(cue) or power < SUGGESTED or not cue.heard:
        return cue
    applied = power >= NEEDED and not suggest_only
    if cue.edits and (power < NEEDED or (not applied and any(edit.applied for edit in cue.edits))):
        return cue  # a suggestion would stand in the way of what was corrected in it
    return with_edits(cue, [taking_out(cue, score=score(power), evidence=evidence(facts), applied=applied)])


def _freed(fresh: Sequence[Cue], judged: Sequence[Cue]) -> list[Cue]:
    """The judged cues without the other halves of edits that gave way to the taking out of a cue."""
    made = list(judged)
    for index, cue in enumerate(fresh):
        if judged[index] is cue:
            continue
        for following in (False, True):
            for place in other_halves(fresh, index, following=following):
                half = edge_edit(fresh[place], last=not following)
                if half and not half.decided:
                    made[place] = with_edits(made[place], [edit for edit in made[place].edits if edit != half])
    return made


def _decided(cue: Cue) -> bool:
    return any(edit.decided for edit in cue.edits)
