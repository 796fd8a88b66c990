"""A lexicon that was made ready once is not made ready again, and a broken or stale file does no harm."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from toolkit.correct import compiled
from toolkit.correct.compiled import MOST_FILES, load_index
from toolkit.correct.index import build_index
from toolkit.correct.sound_index import SoundIndex
from toolkit.lexicon import Lexicon, Term

FIRST = [chr(code) for code in range(0x4E00, 0x4E00 + 30)]
MANY = [f"{one}{other}" for one in FIRST for other in "天地人和机器"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and nothing remembered; a lexicon of 100 terms is worth keeping."""
    monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path / "lexicons")
    monkeypatch.setattr(compiled, "WORTH_KEEPING", 100)
    monkeypatch.setattr(compiled, "_recent", [])
    return tmp_path / "lexicons"


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*")) if folder.exists() else []


def assert_same(one: SoundIndex, other: SoundIndex) -> None:
    for name in SoundIndex.__dataclass_fields__:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


def test_the_same_lexicon_is_made_ready_once(folder: Path) -> None:
    lexicon = Lexicon.of(["具身智能"])
    assert load_index(lexicon) is load_index(lexicon)
    assert load_index(Lexicon.of(["具身智能"])) is not load_index(lexicon)
    assert files(folder) == []


def test_a_large_lexicon_is_kept_for_the_next_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = load_index(Lexicon.of(MANY)).sounds
    assert len(files(folder)) == 1
    monkeypatch.setattr(compiled, "build_sounds", lambda *_: pytest.fail("made again"))
    assert_same(load_index(Lexicon.of(MANY)).sounds, built)
    assert_same(built, build_index(Lexicon.of(MANY)).sounds)


@pytest.mark.parametrize(
    "other",
    [
        [*MANY, "具身智能"],
        MANY[::-1],
        [Term(MANY[0], exact=True), *MANY[1:]],
        [Term(MANY[0], sounds=("wai ke",)), *MANY[1:]],
    ],
)
def test_another_lexicon_is_another_file(folder: Path, other: list[str | Term]) -> None:
    load_index(Lexicon.of(MANY))
    load_index(Lexicon.of(other))
    assert len(files(folder)) == 2


def test_what_does_not_change_the_sound_does_not_change_the_file(folder: Path) -> None:
    load_index(Lexicon.of(MANY))
    load_index(Lexicon.of([Term(MANY[0], weight=2.0, near=("机器人",)), *MANY[1:]]))
    assert len(files(folder)) == 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 half a file", b"\x93NUMPY"])
def test_a_broken_file_is_made_anew(folder: Path, data: bytes) -> None:
    built = load_index(Lexicon.of(MANY)).sounds
    (path,) = files(folder)
    path.write_bytes(data)
    assert_same(load_index(Lexicon.of(MANY)).sounds, built)
    assert path.read_bytes() != data


def test_a_cache_that_cannot_be_written_does_no_harm(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    assert len(load_index(Lexicon.of(MANY)).sounds.terms) == len(MANY)
    assert folder.read_text() == "a file where the folder should be"


def test_the_oldest_files_go(folder: Path) -> None:
    folder.mkdir()
    for age in range(MOST_FILES + 2):
        path = folder / f"{age}.npz"
        path.touch()
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    load_index(Lexicon.of(MANY))
    left = files(folder)
    assert len(left) == MOST_FILES
    assert folder / "0.npz" in left
    assert folder / f"{MOST_FILES + 1}.npz" not in left
