"""Where a corrector hesitates: what to ask the recogniser about it, and what becomes of the edit by the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, log10

from toolkit.cues import Cue, Edit, Transcript, Value, with_edits
from toolkit.edits import Change, changes
from toolkit.invented import is_kept_out

RULES = ("sound", "latin", "alias")
"""Who made the edits that the sound can decide about."""

NEAR = 1.0
"""An applied edit is doubtful while its strength is less than this above what a change needs; in log10."""

CLEAR = 1.0
"""How much likelier one text must be under the sound for a verdict: ten times, in log10."""

CLEAR_EACH = 0.2
"""What each token that differs must say of it on average, in log10: a long difference adds up small noise."""


@dataclass(frozen=True)
class Question:
    """What may have been said from ``start`` to ``end`` (milliseconds): first as it was heard, then as corrected.

    ``shown`` are the spellings in dispute, in the order of the texts.
    """

    start: int
    end: int
    texts: tuple[str, ...]
    shown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """How likely a text is under its sound: the natural logarithm of its probability.

    ``differing`` is in how many tokens it differs from the first text of its question.
    """

    logprob: float
    differing: int = 0


@dataclass(frozen=True)
class Doubt:
    """An edit to be asked about, where it stands, and the question."""

    change: Change
    question: Question


def doubtful(transcript: Transcript) -> tuple[Doubt, ...]:
    """The suggestions, and the changes that are only just strong enough; never what a person decided.

    >>> unsure = Edit(0, 2, "巨深", "具身", rule="sound", score=0.4, applied=False)
    >>> [doubt.question.texts for doubt in doubtful(Transcript("", (Cue(0, 900, "巨深智能", edits=(unsure,)),)))]
    [('巨深智能', '具身智能')]
    """
    return tuple(
        Doubt(change, _question(transcript.cues, change))
        for change in changes(transcript)
        if _is_doubtful(change.edit) and _is_spoken(transcript.cues, change)
    )


def judged(
    transcript: Transcript, answers: Iterable[tuple[Doubt, Sequence[Score]]], asked: Mapping[str, float]
) -> Transcript:
    """The transcript with the verdicts: a clear one applies an edit or makes it a suggestion, each is evidence of it.

    ``asked`` is the least score that a term asks for, by its text.
    """
    made: dict[tuple[int, int], Edit] = {}
    for doubt, scores in answers:
        if len(scores) == len(doubt.question.texts):
            for index, position in doubt.change.places:
                edit = transcript.cues[index].edits[position]
                made[index, position] = _ruled(edit, doubt, scores, asked.get(doubt.change.edit.after.strip(), 0.0))
    touched = {index for index, _ in made}
    cues = (
        with_edits(cue, [made.get((index, position), edit) for position, edit in enumerate(cue.edits)])
        if index in touched
        else cue
        for index, cue in enumerate(transcript.cues)
    )
    return replace(transcript, cues=tuple(cues))


def _is_doubtful(edit: Edit) -> bool:
    if edit.decided or edit.rule not in RULES or not edit.before.strip() or not edit.after.strip():
        return False
    return not edit.applied or _strength(edit.score) < NEAR


def _is_spoken(cues: Sequence[Cue], change: Change) -> bool:
    return all(cues[index].duration > 0 and not is_kept_out(cues[index]) for index, _ in change.places)


def _question(cues: Sequence[Cue], change: Change) -> Question:
    edit, (first, last) = change.edit, (change.places[0][0], change.places[-1][0])
    rival = _runner_up(edit)
    wanted = [edit.after, *([rival] if rival and rival != edit.after.strip() else [])]
    texts = (_text(cues, change, None), *(_text(cues, change, each) for each in wanted))
    shown = (edit.before.strip(), *(each.strip() for each in wanted))
    return Question(cues[first].start or 0, cues[last].end or 0, texts, shown)


def _text(cues: Sequence[Cue], change: Change, wanted: str | None) -> str:
    """The cues of a change as they read with ``wanted`` in its place; with what was heard there, for None."""
    first, last = change.places[0][0], change.places[-1][0]
    return "".join("".join(_parts(cues[index], index, change, wanted)) for index in range(first, last + 1))


def _parts(cue: Cue, index: int, change: Change, wanted: str | None) -> Iterator[str]:
    position = 0
    for number, edit in enumerate(cue.edits):
        yield cue.heard[position : edit.start]
        if (index, number) not in change.places:
            yield edit.after if edit.applied else edit.before
        elif wanted is None:
            yield edit.before
        elif (index, number) == change.places[0]:
            yield wanted
        position = edit.end
    yield cue.heard[position:]


def _runner_up(edit: Edit) -> str:
    """The term that came closest, as the evidence names it with its strength."""
    return str(dict(edit.evidence).get("runner-up") or "").rpartition(" ")[0]


def _ruled(edit: Edit, doubt: Doubt, scores: Sequence[Score], least: float) -> Edit:
    """The edit with the verdict; only a clear one changes what becomes of it."""
    heard, meant, *others = scores
    against_heard = _Ratio.of(meant, heard, meant.differing)
    rival = max(others, key=lambda score: score.logprob, default=None)
    facts: dict[str, Value] = {**dict(edit.evidence), "judge": str(against_heard)}
    if rival is not None and rival.logprob > max(meant.logprob, heard.logprob):
        facts["judge hears"] = doubt.question.shown[2 + others.index(rival)]
        return replace(edit, evidence=tuple(facts.items()))
    score = _confidence(_strength(edit.score) + against_heard.whole)
    if not edit.applied and against_heard.sign > 0 and score >= max(0.5, least) and _beats(meant, rival):
        facts.pop("reason", None)
        return replace(edit, applied=True, score=round(score, 3), evidence=tuple(facts.items()))
    if edit.applied and against_heard.sign < 0:
        facts["reason"] = "the sound speaks against it"
        return replace(edit, applied=False, score=round(min(score, 0.499), 3), evidence=tuple(facts.items()))
    return replace(edit, evidence=tuple(facts.items()))


def _beats(meant: Score, rival: Score | None) -> bool:
    """Whether the correction is clearly likelier than the other term for its stretch."""
    return rival is None or _Ratio.of(meant, rival, max(meant.differing, rival.differing)).sign > 0


@dataclass(frozen=True)
class _Ratio:
    """How much likelier one text is than another, in log10: altogether, and for each token that differs."""

    whole: float
    each: float

    @classmethod
    def of(cls, one: Score, other: Score, tokens: int) -> _Ratio:
        whole = (one.logprob - other.logprob) / log(10)
        return cls(whole, whole / max(tokens, 1))

    @property
    def sign(self) -> int:
        """1 or -1 for a clear verdict, 0 for none."""
        clear = abs(self.whole) >= CLEAR and abs(self.each) >= CLEAR_EACH
        return (1 if self.whole > 0 else -1) if clear else 0

    def __str__(self) -> str:
        return f"{self.whole:+.1f} log10 ({self.each:+.2f} a token)"


def _strength(score: float) -> float:
    """How far above the threshold a confidence lies, in log10."""
    score = min(max(score, 1e-9), 1 - 1e-9)
    return log10(score / (1 - score))


def _confidence(strength: float) -> float:
    return float(1 / (1 + 10.0 ** min(max(-strength, -20.0), 20.0)))
