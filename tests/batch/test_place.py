"""Where results of a batch go: the tree again under another folder, and never two inputs in one name."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.batch.place import Input, base_of, mirrored, place_all
from toolkit.jobs import Job, plan_job
from toolkit.profile import Profile, with_values


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def jobs(*names: str, out: str = "out/", formats: tuple[str, ...] = ()) -> dict[str, Job]:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    profile = with_values(Profile(), {"output_format": formats})
    return {name: plan_job(Path(name), profile, out=out or None) for name in names}


def outputs(placed: dict[str, Job]) -> list[str]:
    return [path.as_posix() for job in placed.values() for path in job.outputs]


@pytest.mark.parametrize(
    ("path", "out", "folder"),
    [
        ("talks/a.mp4", "subs", "subs"),
        ("talks/x/y/a.mp4", "subs", "subs/x/y"),
        ("talks/x/a.mp4", None, "talks/x"),
    ],
)
def test_the_tree_is_mirrored(here: Path, path: str, out: str | None, folder: str) -> None:
    assert mirrored(Path(path), here / "talks", Path(out) if out else None) == Path(folder)


def test_what_lies_outside_keeps_its_whole_path(here: Path) -> None:
    elsewhere = Path(here.anchor) / "elsewhere" / "a.mp4"
    assert mirrored(elsewhere, here / "talks", Path("subs")) == Path("subs/elsewhere")


def test_one_folder_is_its_own_base_and_several_have_their_parent(here: Path) -> None:
    one, other = Input(Path("talks/x/a.mp4"), Path("talks/x")), Input(Path("talks/y/a.mp4"), Path("talks/y"))
    assert base_of([one]) == here / "talks" / "x"
    assert base_of([one, other]) == here / "talks"


def test_names_that_meet_get_their_whole_name() -> None:
    placed = place_all(jobs("a.mp4", "a.wav", "b.mp4"), {})
    assert outputs(placed) == ["out/a.srt", "out/a.wav.srt", "out/b.srt"]
    second = placed["a.wav"]
    assert (second.journal, second.record) == (Path("out/a.wav.cues.jsonl"), Path("out/a.wav.edits.jsonl"))


def test_case_and_composition_do_not_tell_names_apart() -> None:
    placed = place_all(jobs("Talk.mp4", "talk.mp3", "caf\u00e9.mp4", "cafe\u0301.mp3"), {})
    assert outputs(placed) == ["out/Talk.srt", "out/talk.mp3.srt", "out/caf\u00e9.srt", "out/cafe\u0301.mp3.srt"]


def test_a_whole_name_that_is_taken_gets_a_number() -> None:
    placed = place_all(jobs("a.mp4", "a.wav.mp3", "a.wav"), {})
    assert outputs(placed) == ["out/a.srt", "out/a.wav.srt", "out/a.wav.2.srt"]


def test_an_input_is_never_written_over() -> None:
    placed = place_all(jobs("a.mp4", "a.srt", out=""), {})
    assert outputs(placed) == ["a.mp4.srt", "a.corrected.srt"]


def test_names_of_an_earlier_run_are_kept_by_their_owners() -> None:
    placed = place_all(jobs("a.m4a", "a.mp4"), {"a.mp4": "out/a"})
    assert outputs(placed) == ["out/a.m4a.srt", "out/a.srt"]


def test_a_name_of_an_input_that_is_gone_is_free() -> None:
    assert outputs(place_all(jobs("a.m4a"), {"a.mp4": "out/a"})) == ["out/a.srt"]


def test_all_formats_move_together() -> None:
    placed = place_all(jobs("a.mp4", "a.wav", formats=("srt", "vtt")), {})
    assert outputs(placed)[2:] == ["out/a.wav.srt", "out/a.wav.vtt"]
