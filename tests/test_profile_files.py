"""Profiles come from files in their order, and written out they say the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from strategies import profiles

from toolkit.errors import ProfileError
from toolkit.profile import Profile, from_tables, option_specs, read_profile
from toolkit.profile_files import load_profile, to_toml
from toolkit.toml import parse


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """A user's file."""
    path = tmp_path / "user.toml"
    path.write_text('[transcribe]\nbeam_size = 2\nbatch_size = 8\n[segment]\nzh_width = 11\npunctuation = "space"\n')
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project's file."""
    path = tmp_path / "project.toml"
    path.write_text("[transcribe]\nbeam_size = 3\n[segment]\nzh_width = 12\n")
    return path


def test_without_files_there_are_the_defaults(tmp_path: Path) -> None:
    assert load_profile() == Profile()
    assert load_profile(user=tmp_path / "no.toml", project=tmp_path / "no.toml") == Profile()


def test_the_project_wins_over_the_user_and_a_named_profile_over_both(user: Path, project: Path) -> None:
    profile = load_profile(["ted"], user=user, project=project)
    assert (profile.transcribe.batch_size, profile.transcribe.beam_size) == (8, 3)
    assert (profile.segment.zh_width, profile.segment.lines, profile.segment.punctuation) == (16, 2, "keep")
    assert load_profile(user=user, project=project).segment.zh_width == 12
    assert load_profile(user=user).segment.zh_width == 11


def test_of_named_profiles_the_last_wins(project: Path) -> None:
    assert load_profile(["fansub", "ted"]).segment == read_profile("ted").segment
    assert load_profile(["ted", str(project)]).segment.zh_width == 12


def test_a_file_of_the_user_is_never_taken_for_a_built_in_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ted").write_text("[segment]\nzh_width = 5\n")
    assert load_profile(project=Path("ted")).segment.zh_width == 5


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="no profile"):
        load_profile(user=tmp_path)


@given(profiles())
def test_a_profile_that_is_written_reads_the_same(profile: Profile) -> None:
    assert from_tables(Profile(), parse(to_toml(profile))) == profile


def test_a_written_profile_explains_every_option() -> None:
    lines = to_toml(Profile()).splitlines()
    for spec in option_specs().values():
        at = next(index for index, line in enumerate(lines) if line.startswith(f"{spec.name} = "))
        assert lines[at - 1].startswith(f"# {spec.about}")
        assert all(choice in lines[at - 1] for choice in spec.choices)
    assert "# cut and join cues for reading" in lines
    assert "# lines a cue may have (1 to 4)" in lines
