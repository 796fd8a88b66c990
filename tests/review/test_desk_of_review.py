"""Actions on the desk: whole or not at all, saved at once, undone and redone, also after a kill."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from review_table import desk_of, lay_out, step, talk

from toolkit.cues import Cue, Edit
from toolkit.edits import lay
from toolkit.errors import InputError
from toolkit.formats import read
from toolkit.review import store
from toolkit.review.desk import Desk
from toolkit.review.shown import Entry
from toolkit.review.steps import Refused, Stale, perform
from toolkit.review.store import history_file


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_of(lay_out(tmp_path))


def texts(desk: Desk) -> list[str]:
    return [entry.cue.text for entry in desk.entries]


def kept(desk: Desk) -> list[str]:
    return [cue.text for cue in read(desk.record).cues]


ACTIONS = [
    ("decide", {"edit": 0, "on": True}, 2, "叠衣服的Foldy最忙"),
    ("decide", {"edit": 0, "on": False}, 0, "在外壳的舞台上"),
    ("text", {"text": "在台上"}, 0, "在台上"),
    ("split", {"at": 3}, 1, "具身智"),
    ("split", {"time": 3000}, 1, "具身智能"),
    ("merge", {}, 0, "在WAIC的舞台上具身智能的展区"),
    ("times", {"start": 100, "end": 1500}, 0, "在WAIC的舞台上"),
    ("check", {"on": True}, 5, "谢谢大家"),
]


@pytest.mark.parametrize(("do", "values", "index", "text"), ACTIONS)
def test_an_action_is_saved_at_once_undone_and_redone(
    desk: Desk, do: str, values: dict[str, object], index: int, text: str
) -> None:
    before = desk.record.read_bytes()
    desk.act([step(desk, index, do, **values)])
    after = desk.record.read_bytes()
    assert texts(desk)[index] == text
    assert kept(desk) == texts(desk)
    assert after != before
    desk.undo()
    assert desk.record.read_bytes() == before
    assert desk.transcript.cues == talk().cues
    desk.redo()
    assert desk.record.read_bytes() == after


@pytest.mark.parametrize(("do", "values", "index", "text"), ACTIONS)
def test_after_a_kill_all_is_there_and_can_still_be_undone(
    desk: Desk, do: str, values: dict[str, object], index: int, text: str
) -> None:
    before = desk.record.read_bytes()
    desk.act([step(desk, index, do, **values)])
    desk.act([step(desk, 0, "text", text="又一")])
    again = desk_of(desk.record)
    assert again.transcript == desk.transcript
    again.undo()
    again.undo()
    assert again.record.read_bytes() == before
    once_more = desk_of(desk.record)
    once_more.redo()
    once_more.redo()
    assert once_more.transcript == desk.transcript
    assert len({entry.id for entry in once_more.entries}) == len(once_more.entries)


def test_an_edit_over_a_seam_is_decided_as_one(desk: Desk) -> None:
    desk.act([step(desk, 4, "decide", edit=0, on=False)])
    assert texts(desk)[3:5] == ["来自千山", "实验室的福迪"]
    desk.act([step(desk, 3, "decide", edit=0, on=True)])
    assert texts(desk)[3:5] == ["来自浅山", "实验所的福迪"]


@pytest.mark.parametrize("place", [0, 3])
def test_an_edit_over_cues_in_which_nothing_was_heard_is_decided_as_one(place: int) -> None:
    heard = [Cue(0, 1, "在外"), Cue(1, 2, ""), Cue(2, 3, ""), Cue(3, 4, "壳上")]
    entries = [Entry(number, cue) for number, cue in enumerate(lay(heard, [Edit(1, 3, "外壳", "WAIC", "alias")]))]
    patch = perform(entries, place, {"do": "decide", "edit": 0, "on": False}, lambda: 9)
    assert patch is not None
    entries[patch.at : patch.at + len(patch.old)] = patch.new
    assert [entry.cue.text for entry in entries] == ["在外", "", "", "壳上"]


def test_several_steps_are_one_action(desk: Desk) -> None:
    desk.act([step(desk, 2, "decide", edit=0, on=True), step(desk, 4, "text", text="实验所的Foldy")])
    desk.undo()
    assert desk.transcript.cues == talk().cues


def test_steps_on_one_cue_follow_each_other(desk: Desk) -> None:
    desk.act([step(desk, 0, "text", text="一二三四"), step(desk, 0, "split", at=2)])
    assert "".join(texts(desk)[:2]) == "一二三四"
    assert len(texts(desk)) == 7


def test_an_action_that_fails_half_way_does_nothing(desk: Desk) -> None:
    before = desk.record.read_bytes()
    with pytest.raises(Refused):
        desk.act([step(desk, 0, "text", text="一"), step(desk, 5, "merge")])
    assert (desk.record.read_bytes(), desk.transcript.cues) == (before, talk().cues)


def test_a_cue_that_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    mine, theirs = step(desk, 0, "text", text="我的"), step(desk, 0, "text", text="他的")
    desk.act([theirs])
    with pytest.raises(Stale):
        desk.act([mine])
    assert texts(desk)[0] == "他的"


def test_two_who_change_different_cues_do_not_disturb_each_other(desk: Desk) -> None:
    mine, theirs = step(desk, 0, "text", text="我的"), step(desk, 1, "split", at=4)
    desk.act([theirs])
    desk.act([mine])
    assert texts(desk)[:3] == ["我的", "具身智能", "的展区"]


def test_changes_since_a_revision_are_told_as_patches(desk: Desk) -> None:
    shown = list(desk.entries)
    desk.act([step(desk, 1, "split", at=4)])
    desk.act([step(desk, 0, "merge")])
    desk.undo()
    for patch in desk.since(0) or []:
        assert tuple(shown[patch.at : patch.at + len(patch.old)]) == patch.old
        shown[patch.at : patch.at + len(patch.old)] = patch.new
    assert shown == desk.entries
    assert desk.since(desk.revision) == []
    assert desk.since(desk.revision + 1) is None


@pytest.mark.parametrize(
    "values",
    [
        {"do": "nothing"},
        {"do": "__class__"},
        {"do": ["text"]},
        {"do": "text"},
        {"do": "text", "text": "x" * 10_001},
        {"do": "text", "text": "\0"},
        {"do": "text", "text": "\ud800"},
        {"do": "decide", "edit": 9, "on": True},
        {"do": "decide", "edit": 0, "on": 1},
        {"do": "decide", "edit": -1, "on": True},
        {"do": "times", "start": 5, "end": 1},
        {"do": "times", "start": 0.5, "end": 10},
        {"do": "times", "start": True, "end": 10},
        {"do": "split", "at": "3"},
        {"do": "check", "on": "yes"},
    ],
)
def test_steps_that_make_no_sense_are_refused(desk: Desk, values: dict[str, object]) -> None:
    before = desk.record.read_bytes()
    with pytest.raises(Refused):
        desk.act([{**step(desk, 0, ""), **values}])
    assert desk.record.read_bytes() == before


def test_nothing_to_undo_is_said(desk: Desk) -> None:
    for act in (desk.undo, desk.redo, lambda: desk.act([])):
        with pytest.raises(Refused):
            act()


def test_a_new_action_forgets_what_was_undone(desk: Desk) -> None:
    desk.act([step(desk, 0, "text", text="一")])
    desk.undo()
    desk.act([step(desk, 0, "text", text="二")])
    with pytest.raises(Refused):
        desk.redo()


def test_a_full_disk_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise InputError("cannot be written: no space left", where=str(path))

    desk.act([step(desk, 0, "text", text="一")])
    with monkeypatch.context() as patch:
        patch.setattr(store, "write_whole", full)
        with pytest.raises(InputError):
            desk.act([step(desk, 0, "text", text="二")])
    assert texts(desk)[0] == "一"
    again = desk_of(desk.record)
    assert (texts(again)[0], len(again.done)) == ("一", 1)


def test_a_record_that_another_program_changed_keeps_its_change_and_loses_the_undoing(desk: Desk) -> None:
    desk.act([step(desk, 0, "text", text="一")])
    desk.record.write_text(
        desk.record.read_text("utf-8").replace("谢谢大家", "多谢大家").replace("谢谢", "多谢"), "utf-8"
    )
    again = desk_of(desk.record)
    assert texts(again)[5] == "多谢大家"
    assert not again.done


@pytest.mark.parametrize("spoilt", [b"not json\n", b'{"name": "x"}\n', b"[]\n", b'{"torn'])
def test_a_spoilt_history_is_no_obstacle(desk: Desk, spoilt: bytes) -> None:
    desk.act([step(desk, 0, "text", text="一")])
    with history_file(desk.record).open("ab") as handle:
        handle.write(spoilt)
    assert len(desk_of(desk.record).done) == 1
    lines = history_file(desk.record).read_bytes().splitlines()
    history_file(desk.record).write_bytes(json.dumps({**json.loads(lines[0]), "patches": [{"at": 0}]}).encode() + b"\n")
    assert desk_of(desk.record).done == []
