"""A person's decisions survive: another cut of the same words, other words around them, other options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import runs, transcripts

from toolkit.cues import Cue, Edit, Transcript
from toolkit.cutting import cut, join
from toolkit.decisions import carry
from toolkit.edits import changes, decide, lay


def line(heard: str, *edits: Edit) -> Cue:
    return Cue(None, None, heard, edits=edits)


def edit(start: int, before: str, after: str, *, decided: bool = True, applied: bool = True) -> Edit:
    return Edit(start, start + len(before), before, after, "sound", decided=decided, applied=applied)


def told(cues: Sequence[Cue]) -> list[tuple[str, bool, bool]]:
    """The edits of cues in words: what, whether in effect, whether decided."""
    found = changes(Transcript("", tuple(cues)))
    return [(change.edit.as_text(), change.edit.applied, change.edit.decided) for change in found]


JUSHEN = edit(3, "聚生", "具身")
OLD = [line("大家好聚生智能"), line("元宇宙外壳", edit(3, "外壳", "WAIC", applied=False))]


@pytest.mark.parametrize(
    "heard",
    [
        pytest.param(["大家好聚生智能", "元宇宙外壳"], id="the same cues"),
        pytest.param(["大家好聚生智能元宇宙外壳"], id="joined"),
        pytest.param(["大家好", "聚", "生智能元宇宙外", "壳"], id="cut"),
        pytest.param(["大家好 聚生智能 ", " 元宇宙", "外壳"], id="other spaces"),
        pytest.param(["今天", "大家好聚生智能元宇宙外壳"], id="more before"),
        pytest.param(["大家好聚生智能", "谢谢", "元宇宙外壳", "再见"], id="more between and behind"),
        pytest.param(["啊大家好聚生智能呢", "元宇宙，外壳"], id="changed close by"),
    ],
)
def test_decisions_find_their_words_again(heard: list[str]) -> None:
    old = [replace(OLD[0], edits=(JUSHEN,)), OLD[1]]
    carried = carry([line(text) for text in heard], old)
    assert told(carried.cues) == [("聚生 → 具身", True, True), ("外壳 → WAIC", False, True)]
    assert carried.lost == ()
    assert "".join(cue.text for cue in carried.cues) == "".join(heard).replace("聚生", "具身")


def test_a_decision_whose_words_are_gone_is_told() -> None:
    carried = carry(
        [line("大家晚上好今天我们谈机器人"), line("元宇宙外壳")], [replace(OLD[0], edits=(JUSHEN,)), OLD[1]]
    )
    assert [lost.as_text() for lost in carried.lost] == ["聚生 → 具身"]
    assert told(carried.cues) == [("外壳 → WAIC", False, True)]


def test_where_nothing_is_heard_any_more_all_decisions_are_told() -> None:
    carried = carry([], [line("", edit(0, "", "好")), *OLD])
    assert [lost.as_text() for lost in carried.lost] == ["∅ → 好", "外壳 → WAIC"]


def test_what_is_heard_right_now_needs_no_decision() -> None:
    old = [line("我们说GPT 4吧好", edit(3, "GPT 4", "GPT4"))]
    assert carry([line("我们说GPT4吧好")], old) == carry([line("我们说GPT4吧好")], [])


def test_of_the_same_words_twice_the_nearer_ones_are_meant() -> None:
    old = [line("聚生智能，聚生智能，聚生智能", edit(5, "聚生", "具身"))]
    new = [line("好，聚生智能，聚生智能，聚生智能。")]
    assert carry(new, old).cues[0].text == "好，聚生智能，具身智能，聚生智能。"


def test_only_decisions_are_carried() -> None:
    old = [line("聚生智能", edit(0, "聚生", "具身", decided=False))]
    assert carry([line("聚生智能")], old).cues == (line("聚生智能"),)


def test_what_trails_stays_behind_its_word_whatever_space_there_is() -> None:
    old = [line("今天", replace(edit(2, "", "，"), trails=True)), line("我们")]
    for heard in (["今 天", "我们"], ["好今天 ", " 我们"], ["啊今天 我们"]):
        carried = carry([line(text) for text in heard], old)
        assert "|".join(cue.text for cue in carried.cues) == "|".join(heard).replace("天", "天，")


def test_new_edits_stay_where_no_decision_is() -> None:
    new = [line("聚生智能外壳", edit(0, "聚生", "聚身", decided=False), edit(4, "外壳", "WAIC", decided=False))]
    carried = carry(new, [line("聚生智能外壳", edit(0, "聚生", "具身"))])
    assert told(carried.cues) == [("聚生 → 具身", True, True), ("外壳 → WAIC", True, False)]


def test_decisions_that_the_new_cues_bring_along_win() -> None:
    new = [line("聚生智能", edit(0, "聚生", "具身", applied=False))]
    assert carry(new, [line("聚生智能", edit(0, "聚生", "聚身"))]).cues == tuple(new)


@given(transcripts(), st.data())
def test_however_it_is_cut_the_decided_text_is_the_same(transcript: Transcript, data: st.DataObject) -> None:
    numbers = [change.number for change in changes(transcript)]
    chosen = data.draw(st.sets(st.sampled_from(numbers)) if numbers else st.just(set()))
    old = decide(transcript, chosen, applied=data.draw(st.booleans()))
    bare = [replace(cue, edits=()) for cue in transcript.cues]
    decided = lay(old.cues, ())
    carried = carry(recut(bare, data), old.cues)
    assert carried.lost == ()
    assert "".join(cue.text for cue in carried.cues) == "".join(cue.text for cue in decided)
    assert told(carried.cues) == told(decided)


@given(runs(), transcripts())
def test_nothing_is_made_up(run: tuple[Cue, ...], transcript: Transcript) -> None:
    """Whatever the old cues were, new ones keep their words, and every decision is laid or lost."""
    numbers = [change.number for change in changes(transcript)]
    old = decide(transcript, numbers, applied=True)
    carried = carry(run, old.cues)
    assert [cue.heard for cue in carried.cues] == [cue.heard for cue in run]
    assert len(told(carried.cues)) + len(carried.lost) <= len(numbers)


def recut(cues: Sequence[Cue], data: st.DataObject) -> list[Cue]:
    """The same text in other cues, without words or times."""
    plain = [Cue(None, None, cue.heard) for cue in cues]
    if not plain:
        return []
    whole = plain[0]
    for cue in plain[1:]:
        whole = join(whole, cue)
    places = data.draw(st.sets(st.integers(1, max(len(whole.heard) - 1, 1)), max_size=4))
    made = []
    for place in sorted(places, reverse=True):
        if 0 < place < len(whole.heard):
            whole, right = cut(whole, place)
            made.insert(0, right)
    return [whole, *made]
