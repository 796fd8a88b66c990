"""Evidence: facts that a person can check, in their order, without those that do not exist."""

from __future__ import annotations

import json

import pytest

from toolkit.correct.candidates import Candidate
from toolkit.correct.decide import Decision
from toolkit.correct.document import read_document
from toolkit.correct.evidence import evidence
from toolkit.correct.syllables import load_syllables
from toolkit.cues import Cue, Value
from toolkit.lexicon import Term
from toolkit.sounds import parse_syllables

DOCUMENT = read_document([Cue(None, None, "谈谈聚"), Cue(None, None, "生\n智能的deep seek")])
TERM = Term("具身智能", source="ai")
SOUND = tuple(load_syllables().number(one) for one in parse_syllables("ju shen zhi neng"))
HEARD = Candidate(2, 6, TERM, "sound", cost=0.05, gain=3.14159, sound=SOUND)


def facts(candidate: Candidate, *, stands: int = 0, alike: int = 0, runner_up: Term | None = None) -> dict[str, Value]:
    found = evidence(DOCUMENT, Decision(candidate, 3.0, applied=True, stands=stands, alike=alike, runner_up=runner_up))
    assert len(dict(found)) == len(found)
    return dict(found)


def test_a_sound_shows_both_spellings_their_distance_and_the_context() -> None:
    assert facts(HEARD) == {
        "heard": "ju sheng zhi neng",
        "term": "ju shen zhi neng",
        "distance": 0.013,
        "context": 3.1,
        "source": "ai",
    }


def test_facts_are_in_the_order_in_which_they_are_read() -> None:
    everything = Candidate(2, 6, TERM, "sound", cost=0.05, gain=1.0, near="机器人", sound=SOUND)
    found = facts(everything, stands=2, alike=1, runner_up=Term("巨神智能"))
    assert list(found) == ["heard", "term", "distance", "context", "near", "document", "runner-up", "source"]
    assert (found["near"], found["runner-up"]) == ("机器人", "巨神智能")


@pytest.mark.parametrize(
    ("stands", "alike", "said"),
    [
        (0, 0, None),
        (2, 0, "stands right 2 ×"),
        (0, 3, "misheard 3 × elsewhere"),
        (1, 1, "stands right 1 ×, misheard 1 × elsewhere"),
    ],
)
def test_what_the_document_says(stands: int, alike: int, said: str | None) -> None:
    assert facts(HEARD, stands=stands, alike=alike).get("document") == said


def test_a_listed_mistake_says_so_and_has_no_distance() -> None:
    assert facts(Candidate(2, 4, Term("具身"), "alias", near="机器人")) == {
        "known": "listed as misheard for it",
        "near": "机器人",
    }


def test_a_latin_name_needs_no_explanation() -> None:
    assert facts(Candidate(7, 16, Term("DeepSeek", source="ai"), "latin")) == {"source": "ai"}


def test_one_syllable_too_many_is_shown_as_it_was_heard() -> None:
    found = facts(Candidate(1, 6, TERM, "sound", cost=0.6, gap=True, sound=SOUND))
    assert found["heard"] == "tan ju sheng zhi neng"
    assert found["distance"] == 0.15


def test_facts_can_be_written_as_json() -> None:
    found = facts(HEARD, stands=1, runner_up=Term("智谱"))
    assert json.loads(json.dumps(found)) == found
