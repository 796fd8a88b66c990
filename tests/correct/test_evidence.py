"""Evidence: facts that a person can check, in their order, without those that do not exist."""

from __future__ import annotations

import json

import pytest

from toolkit.correct.candidates import Candidate
from toolkit.correct.decide import Decision
from toolkit.correct.document import read_document
from toolkit.correct.evidence import NOTHING, align, evidence
from toolkit.correct.syllables import load_syllables
from toolkit.cues import Cue, Value
from toolkit.lexicon import Term
from toolkit.sounds import parse_syllables

DOCUMENT = read_document([Cue(None, None, "谈谈聚"), Cue(None, None, "生\n智能的deep seek银行")])
TERM = Term("具身智能", source="ai")


def numbers(pinyin: str) -> tuple[int, ...]:
    return tuple(load_syllables().number(one) for one in parse_syllables(pinyin))


HEARD = Candidate(2, 6, TERM, "sound", strength=5.6, cost=0.05, gain=9.14, loss=0.28, sound=numbers("ju shen zhi neng"))


def facts(
    candidate: Candidate, *, stands: int = 0, rival: Candidate | None = None, reason: str = ""
) -> dict[str, Value]:
    decision = Decision(candidate, not reason, stands, rival, reason)
    found = evidence(DOCUMENT, decision, 1.9)
    assert len(dict(found)) == len(found)
    return dict(found)


def test_a_sound_shows_both_spellings_syllable_by_syllable_and_a_sum() -> None:
    assert facts(HEARD) == {
        "heard": "ju sheng zhi neng",
        "term": "ju shen zhi neng",
        "apart": "0 0.05 0 0",
        "distance": 0.013,
        "context": 9.1,
        "change": -0.3,
        "likely": -3.2,
        "strength": 5.6,
        "needed": 1.9,
        "source": "ai",
    }


def test_context_change_and_likelihood_add_up_to_the_strength() -> None:
    shown = facts(HEARD)
    parts = [shown[name] for name in ("context", "change", "likely")]
    assert sum(part for part in parts if isinstance(part, float)) == pytest.approx(shown["strength"])


def test_facts_are_in_the_order_in_which_they_are_read() -> None:
    rival = Candidate(2, 6, Term("巨神智能"), "sound", strength=5.41)
    near = Candidate(2, 6, TERM, "sound", strength=5.6, gain=9.0, near="机器人", alike=1.2, sound=HEARD.sound)
    found = facts(near, stands=2, rival=rival, reason="巨神智能 is as likely")
    names = ["heard", "term", "apart", "distance", "context", "change", "likely", "strength", "needed"]
    assert list(found) == [*names, "near", "document", "runner-up", "source", "reason"]
    assert (found["near"], found["runner-up"]) == ("机器人", "巨神智能 5.4")


@pytest.mark.parametrize(
    ("stands", "alike", "said"),
    [
        (0, 0.0, None),
        (2, 0.4, "stands right 2 ×"),
        (0, 2.6, "misheard 3 × elsewhere"),
        (1, 1.0, "stands right 1 ×, misheard 1 × elsewhere"),
    ],
)
def test_what_the_document_says(stands: int, alike: float, said: str | None) -> None:
    assert facts(Candidate(2, 6, TERM, "sound", alike=alike, sound=HEARD.sound), stands=stands).get("document") == said


def test_a_listed_mistake_says_so_and_has_no_distance() -> None:
    alias = Candidate(2, 6, TERM, "alias", strength=7.0, gain=-1.6, near="舞台")
    found = {"context": -1.6, "known": "listed as misheard for it", "near": "舞台", "source": "ai"}
    assert facts(alias) == found


def test_a_latin_name_spelt_with_the_same_letters_needs_no_explanation() -> None:
    assert facts(Candidate(7, 16, Term("DeepSeek"), "latin", strength=4.0)) == {}


def test_a_latin_name_that_sounds_otherwise_shows_how_far() -> None:
    found = facts(Candidate(7, 16, Term("DeepSeek"), "latin", strength=4.0, cost=0.26, gain=9.0, loss=1.7))
    assert (found["distance"], found["context"], found["change"], found["likely"]) == (0.26, 9.0, -1.7, -3.3)


@pytest.mark.parametrize(
    ("stretch", "pinyin", "aligned"),
    [
        (
            (2, 6),
            "ju shen zhi neng",
            [("ju", "ju", 0), ("sheng", "shen", 0.05), ("zhi", "zhi", 0), ("neng", "neng", 0)],
        ),
        (
            (2, 5),
            "ju shen zhi neng",
            [("ju", "ju", 0), ("sheng", "shen", 0.05), ("zhi", "zhi", 0), (NOTHING, "neng", 0)],
        ),
        ((2, 6), "ju zhi neng", [("ju", "ju", 0), ("sheng", NOTHING, 0), ("zhi", "zhi", 0), ("neng", "neng", 0)]),
        ((16, 18), "yin hang", [("yin", "yin", 0), ("hang", "hang", 0.05)]),
    ],
)
def test_syllables_are_aligned_at_the_best_place_for_a_gap(
    stretch: tuple[int, int], pinyin: str, aligned: list[tuple[str, str, float]]
) -> None:
    found = align(DOCUMENT, Candidate(*stretch, TERM, "sound", sound=numbers(pinyin)))
    assert [(heard, meant, round(cost, 3)) for heard, meant, cost in found] == aligned


def test_facts_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(facts(HEARD, stands=1)))["document"] == "stands right 1 ×"
