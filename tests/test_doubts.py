"""Where the corrector hesitates, what is asked there, and what the answer makes of the edit."""

from __future__ import annotations

from math import log

import pytest

from toolkit.cues import Cue, Edit, Transcript
from toolkit.doubts import Question, Score, doubtful, judged

HEARD = "我们说巨深智能的未来"


def edit(start: int = 3, before: str = "巨深", after: str = "具身", score: float = 0.4, **more: object) -> Edit:
    values = {"rule": "sound", "applied": score >= 0.5, **more}
    return Edit(start, start + len(before), before, after, score=score, **values)  # type: ignore[arg-type]


def talk(*edits: Edit, heard: str = HEARD) -> Transcript:
    return Transcript("talk.mp4", (Cue(1000, 4000, heard, edits=edits),), "zh")


def answered(transcript: Transcript, *powers: float, least: float = 0.0) -> Edit:
    """The only edit after texts were told to be as likely as these powers of ten, two tokens apart."""
    (doubt,) = doubtful(transcript)
    scores = [Score(power * log(10), 2 * (number > 0)) for number, power in enumerate(powers)]
    (cue,) = judged(transcript, [(doubt, scores)], {doubt.change.edit.after: least}).cues
    return cue.edits[0]


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        (edit(score=0.4), True),
        (edit(score=0.6), True),
        (edit(score=0.95), False),
        (edit(score=0.95, applied=False), True),
        (edit(score=1.0, rule="alias"), False),
        (edit(score=0.4, decided=True), False),
        (edit(score=0.6, decided=True), False),
        (edit(score=0.6, rule="decimal"), False),
        (edit(score=0.4, rule="person"), False),
        (edit(score=0.4, after=""), False),
    ],
)
def test_suggestions_and_weak_changes_are_doubtful_but_never_what_a_person_decided(made: Edit, asked: bool) -> None:
    assert len(doubtful(talk(made))) == asked


def test_the_texts_are_the_cue_as_heard_and_as_corrected_with_its_other_edits_in_effect() -> None:
    sure = edit(8, "未", "前", score=0.99)
    (doubt,) = doubtful(talk(edit(), sure))
    assert doubt.question == Question(1000, 4000, ("我们说巨深智能的前来", "我们说具身智能的前来"), ("巨深", "具身"))


def test_the_runner_up_is_asked_about_too() -> None:
    (doubt,) = doubtful(talk(edit(evidence=(("runner-up", "聚身 1.2"),))))
    assert doubt.question.texts[2] == "我们说聚身智能的未来"
    assert doubt.question.shown == ("巨深", "具身", "聚身")


def test_a_change_over_a_seam_is_one_doubt_over_both_cues() -> None:
    left = Edit(2, 3, "巨", "具", rule="sound", score=0.4, applied=False, joins_next=True)
    right = Edit(0, 1, "深", "身", rule="sound", score=0.4, applied=False, joins_previous=True)
    seam = Transcript("t", (Cue(0, 900, "我说巨", edits=(left,)), Cue(900, 2000, "深智能", edits=(right,))))
    (doubt,) = doubtful(seam)
    assert doubt.question == Question(0, 2000, ("我说巨深智能", "我说具身智能"), ("巨深", "具身"))
    after = judged(seam, [(doubt, (Score(-9.0), Score(-2.0, 2)))], {})
    assert [cue.text for cue in after.cues] == ["我说具", "身智能"]


def test_text_without_times_and_cues_that_nobody_said_are_not_asked_about() -> None:
    assert doubtful(Transcript("t", (Cue(None, None, HEARD, edits=(edit(),)),))) == ()
    assert doubtful(Transcript("t", (Cue(5, 5, HEARD, edits=(edit(),)),))) == ()


def test_a_clear_verdict_for_the_correction_applies_it() -> None:
    made = answered(talk(edit(evidence=(("strength", 1.7), ("reason", "strength 1.7, a change needs 1.9")))), -9, -6)
    assert made.applied
    assert dict(made.evidence) == {"strength": 1.7, "judge": "+3.0 log10 (+1.50 a token)"}
    assert made.score == pytest.approx(0.999, abs=0.001)
    assert not made.decided
    assert made.rule == "sound"


def test_a_clear_verdict_against_a_change_makes_it_a_suggestion() -> None:
    made = answered(talk(edit(score=0.6)), -6, -9)
    assert not made.applied
    assert made.score < 0.5
    assert dict(made.evidence) == {"judge": "-3.0 log10 (-1.50 a token)", "reason": "the sound speaks against it"}


@pytest.mark.parametrize("score", [0.4, 0.6])
@pytest.mark.parametrize("gain", [-0.9, 0.0, 0.9])
def test_an_unclear_verdict_leaves_all_as_it_was_but_is_told(score: float, gain: float) -> None:
    before = edit(score=score)
    after = answered(talk(before), -6, -6 + gain)
    assert (after.applied, after.score) == (before.applied, before.score)
    assert dict(after.evidence)["judge"] == f"{gain:+.1f} log10 ({gain / 2:+.2f} a token)"


def test_a_verdict_that_agrees_changes_nothing() -> None:
    assert not answered(talk(edit()), -6, -9).applied
    assert answered(talk(edit(score=0.6)), -9, -6).applied


def test_a_little_on_each_of_many_tokens_is_not_clear() -> None:
    (doubt,) = doubtful(talk(edit()))
    (cue,) = judged(talk(edit()), [(doubt, (Score(-9.0), Score(-6.0, 20)))], {}).cues
    assert not cue.edits[0].applied


def test_another_term_that_is_as_likely_keeps_it_a_suggestion() -> None:
    rivalled = talk(edit(score=0.8, applied=False, evidence=(("runner-up", "聚身 2.2"),)))
    assert not answered(rivalled, -9, -6, -6).applied
    assert answered(rivalled, -9, -6, -8).applied
    other = answered(rivalled, -9, -6, -4)
    assert not other.applied
    assert dict(other.evidence)["judge hears"] == "聚身"


def test_the_score_that_a_term_asks_for_holds_for_the_judge_too() -> None:
    assert not answered(talk(edit(score=0.2)), -7.2, -6, least=0.9).applied
    assert answered(talk(edit(score=0.2)), -9, -6, least=0.9).applied


def test_what_was_not_answered_stays_as_it_was() -> None:
    (doubt,) = doubtful(talk(edit()))
    assert judged(talk(edit()), [(doubt, ())], {}) == talk(edit())
