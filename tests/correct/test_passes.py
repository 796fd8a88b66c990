"""Passes over one text: their edits become one list over what was heard, as if it were replaced again and again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct.passes import MOST_PASSES, Pass, Stretches, repeat
from toolkit.cues import Cue, Edit, Word
from toolkit.edits import lay

Rules = Sequence[tuple[str, str]]
PIECES = st.sampled_from(["a", "b", "c", "X", "YZ"])
"""Of the replacement YZ no rule takes half, as no correction cuts a term that stands right."""
RULES = st.lists(
    st.tuples(st.lists(PIECES, min_size=1, max_size=3).map("".join), PIECES).filter(lambda rule: rule[0] != rule[1]),
    min_size=1,
    max_size=4,
)
TEXTS = st.lists(st.text("abc", max_size=6), min_size=1, max_size=4)


def cues_of(texts: Sequence[str]) -> list[Cue]:
    return [Cue(None, None, text) for text in texts]


def matches(text: str, rules: Rules) -> list[Edit]:
    """What one pass of replacements changes, from left to right."""
    found, at = [], 0
    while at < len(text):
        rule = next((rule for rule in rules if text.startswith(rule[0], at)), None)
        if rule:
            found.append(Edit(at, at + len(rule[0]), *rule, rule="sound"))
        at += len(rule[0]) if rule else 1
    return found


def replacing(rules: Rules) -> Pass:
    return lambda cues, _: matches("".join(cue.heard for cue in cues), rules)


def replaced(text: str, rules: Rules) -> str:
    return "".join(cue.text for cue in lay(cues_of([text]), matches(text, rules)))


def scripted(*passes: Sequence[Edit]) -> Pass:
    """Passes whose edits are known beforehand, none after them."""
    left = [list(edits) for edits in passes]
    return lambda *_: left.pop(0) if left else []


def change(start: int, before: str, after: str) -> Edit:
    return Edit(start, start + len(before), before, after, rule="sound")


def suggestion(start: int, before: str, after: str) -> Edit:
    return Edit(start, start + len(before), before, after, rule="sound", applied=False)


def shown(edits: Sequence[Edit]) -> list[tuple[int, str, str, bool]]:
    return [(edit.start, edit.before, edit.after, edit.applied) for edit in edits]


@given(TEXTS, RULES)
def test_edits_over_what_was_heard_do_the_same_as_replacing_again_and_again(texts: list[str], rules: Rules) -> None:
    heard = "".join(texts)
    edits = repeat(cues_of(texts), replacing(rules))
    assert all(one.end <= other.start for one, other in pairwise(edits))
    assert all(heard[edit.start : edit.end] == edit.before != edit.after for edit in edits)
    text = heard
    for _ in range(MOST_PASSES):
        text = replaced(text, rules)
    assert "".join(cue.text for cue in lay(cues_of(texts), edits)) == text


@given(TEXTS, RULES)
def test_each_pass_reads_what_the_one_before_has_left_and_is_told_where(texts: list[str], rules: Rules) -> None:
    seen: list[tuple[list[str], Stretches | None]] = []

    def once(cues: Sequence[Cue], changed: Stretches | None) -> Sequence[Edit]:
        seen.append(([cue.heard for cue in cues], changed))
        return matches("".join(seen[-1][0]), rules)

    repeat(cues_of(texts), once)
    assert seen[0] == (texts, None)
    for (before, _), (after, changed) in pairwise(seen):
        assert len(after) == len(texts)
        assert "".join(after) == replaced("".join(before), rules)
        made = {edit.after for edit in matches("".join(before), rules)}
        assert all(any(one in "".join(after)[start:end] for one in made) for start, end in changed or ())


@pytest.mark.parametrize(
    ("heard", "rules", "edits"),
    [
        ("abc", [], []),
        ("abc", [("b", "X")], [(1, "b", "X", True)]),
        ("abc", [("b", "X"), ("Xc", "Y")], [(1, "bc", "Y", True)]),
        ("abc", [("b", "X"), ("aX", "Y"), ("Yc", "ZZ")], [(0, "abc", "ZZ", True)]),
        ("abc", [("a", "X"), ("b", "Y"), ("XYc", "Z")], [(0, "abc", "Z", True)]),
        ("a.b", [("a", "XX"), ("XX.", "Y"), ("b", "")], [(0, "a.", "Y", True), (2, "b", "", True)]),
        ("abab", [("a", "XXX"), ("Xb", "Xc")], [(0, "ab", "XXXc", True), (2, "ab", "XXXc", True)]),
        ("abab", [("b", "XXX"), ("aX", "cX")], [(0, "ab", "cXXX", True), (2, "ab", "cXXX", True)]),
        ("ab", [("ab", "X"), ("X", "ab")], [(0, "ab", "X", True)]),  # a cycle of two, left after an odd pass
        ("abc", [("ab", "X"), ("Xc", "abc")], [(0, "ab", "X", True)]),
    ],
)
def test_changes_over_changes_become_one(heard: str, rules: Rules, edits: list[tuple[int, str, str, bool]]) -> None:
    assert shown(repeat(cues_of([heard]), replacing(rules))) == edits


def test_what_is_changed_back_is_no_edit() -> None:
    assert repeat(cues_of(["abc"]), scripted([change(1, "b", "X")], [change(1, "X", "b")])) == ()


@pytest.mark.parametrize(
    ("rules", "calls"),
    [([], 1), ([("a", "X")], 2), ([("a", "X"), ("X", "Y")], 3), ([("a", "b"), ("b", "a")], MOST_PASSES)],
)
def test_it_stops_where_nothing_changes_and_on_a_cycle_after_the_last_pass(rules: Rules, calls: int) -> None:
    seen = []

    def once(cues: Sequence[Cue], changed: Stretches | None) -> Sequence[Edit]:
        seen.append(changed)
        return matches("".join(cue.heard for cue in cues), rules)

    repeat(cues_of(["a."]), once)
    assert len(seen) == calls


@pytest.mark.parametrize(
    ("passes", "edits"),
    [
        # beside a change, before it and behind it
        (
            [[change(2, "c", "XYZ"), suggestion(0, "ab", "A"), suggestion(3, "d", "D")]],
            [(0, "ab", "A", False), (2, "c", "XYZ", True), (3, "d", "D", False)],
        ),
        # made in a later pass, over the text that was changed before it
        (
            [[change(0, "a", "XYZ")], [suggestion(4, "cd", "C")]],
            [(0, "a", "XYZ", True), (2, "cd", "C", False)],
        ),
        # under a later change
        ([[suggestion(2, "cd", "C"), change(0, "a", "XY")], [change(4, "de", "D")]],
         [(0, "a", "XY", True), (3, "de", "D", True)]),
        # over an earlier change
        ([[change(1, "b", "XY")], [suggestion(2, "Yc", "C")]], [(1, "b", "XY", True)]),
        # replaced by a later one, kept beside it
        (
            [[change(5, "f", "F"), suggestion(0, "ab", "A"), suggestion(2, "cd", "C")], [suggestion(1, "b", "B")]],
            [(1, "b", "B", False), (2, "cd", "C", False), (5, "f", "F", True)],
        ),
        # of the first pass alone
        ([[suggestion(1, "b", "B")], [change(0, "a", "never asked")]], [(1, "b", "B", False)]),
    ],
)  # fmt: skip
def test_suggestions_stay_where_nothing_is_changed(
    passes: list[list[Edit]], edits: list[tuple[int, str, str, bool]]
) -> None:
    assert shown(repeat(cues_of(["abcdef"]), scripted(*passes))) == edits


@given(TEXTS, RULES, RULES)
def test_suggestions_never_overlap_changes(texts: list[str], rules: Rules, others: Rules) -> None:
    def once(cues: Sequence[Cue], changed: Stretches | None) -> Sequence[Edit]:
        text = "".join(cue.heard for cue in cues)
        changes = matches(text, rules)
        taken = {at for edit in changes for at in range(edit.start, edit.end)}
        beside = [edit for edit in matches(text, others) if not taken & set(range(edit.start, edit.end))]
        return [*changes, *(suggestion(edit.start, edit.before, edit.after) for edit in beside)]

    heard, edits = "".join(texts), repeat(cues_of(texts), once)
    assert all(one.end <= other.start for one, other in pairwise(edits))
    assert all(heard[edit.start : edit.end] == edit.before for edit in edits)
    assert [edit for edit in edits if edit.applied] == list(repeat(cues_of(texts), replacing(rules)))


def test_over_the_seam_of_cues_and_lines() -> None:
    cues = cues_of(["a", "b\nc", "", "d"])
    assert shown(repeat(cues, replacing([("ab", "XY"), ("Y\nc", "Y\nZ"), ("Zd", "Q")]))) == [
        (0, "ab\ncd", "XY\nQ", True)
    ]


def test_cues_without_a_change_keep_their_words_and_others_lose_them() -> None:
    """What was heard for a word says nothing about the word that it became."""
    spoken = [Cue(0, 100, text, words=(Word(text, 0, 100, 0.5),)) for text in ("ab", "cd")]
    read: list[Sequence[Cue]] = []

    def once(cues: Sequence[Cue], changed: Stretches | None) -> Sequence[Edit]:
        read.append(cues)
        return [change(0, "a", "XX")] if changed is None else []

    repeat(spoken, once)
    assert list(read[0]) == spoken
    assert list(read[1]) == [Cue(None, None, "XXb"), spoken[1]]
