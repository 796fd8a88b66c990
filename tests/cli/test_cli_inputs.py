"""Inputs become files: folders, patterns and lists in their order, each file once."""

import os
from pathlib import Path

import pytest

from toolkit.cli.inputs import STDIN, expand, expand_all, require
from toolkit.errors import InputError, UsageError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with recordings, transcripts, what was made of them, and what is neither."""
    made = "a.srt a.en.srt a.cues.jsonl a.edits.jsonl z.cues.1.jsonl z.edits.12.jsonl c.corrected.srt c.partial.srt"
    names = f"b.mp4 a.MP3 c.srt d.txt e.png .hidden.srt sub/f.srt q.info.json [1].srt {made}"
    (tmp_path / "sub").mkdir()
    for name in names.split():
        (tmp_path / name).write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*inputs: str, media: bool = True) -> list[str]:
    return [path.as_posix() for path in expand(inputs, media=media)]


def test_files_stay_in_order() -> None:
    assert names("c.srt", "b.mp4") == ["c.srt", "b.mp4"]


def test_a_folder_gives_recordings_and_the_transcripts_that_are_not_made_from_them() -> None:
    assert names(".") == ["[1].srt", "a.MP3", "b.mp4", "c.srt", "d.txt"]


def test_a_folder_gives_a_command_on_text_the_transcripts_alone() -> None:
    assert names(".", media=False) == [
        "[1].srt",
        "a.en.srt",
        "a.srt",
        "c.corrected.srt",
        "c.partial.srt",
        "c.srt",
        "d.txt",
    ]


def test_folders_within_a_folder_are_left_out() -> None:
    Path("empty/deeper").mkdir(parents=True)
    with pytest.raises(InputError, match="folders within it are not searched"):
        names("empty")


def test_patterns_that_the_shell_left_are_matched() -> None:
    assert names("*.srt") == ["[1].srt", "a.en.srt", "a.srt", "c.corrected.srt", "c.partial.srt", "c.srt"]
    assert names("**/f.srt") == ["sub/f.srt"]
    with pytest.raises(InputError, match="nothing matches"):
        names("*.ogg")


def test_a_file_whose_name_looks_like_a_pattern_is_itself() -> None:
    assert names("[1].srt") == ["[1].srt"]


def test_a_list_names_inputs(folder: Path) -> None:
    (folder / "list.txt").write_text("\ufeff# today\nc.srt\n\n  sub  \n*.mp4\r\n", encoding="utf-8")
    assert names("@list.txt") == ["c.srt", "sub/f.srt", "b.mp4"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"# nothing\n", "names no file"), (b"@other.txt\n", "another list"), (b"\xff\xfe\xfa", "cannot be read")],
)
def test_a_list_that_is_no_use_is_refused(folder: Path, content: bytes, problem: str) -> None:
    (folder / "list.txt").write_bytes(content)
    with pytest.raises(InputError, match=problem):
        names("@list.txt")


def test_a_missing_list_is_refused() -> None:
    with pytest.raises(InputError, match=r"^gone\.txt: the list cannot be read"):
        names("@gone.txt")


def test_each_file_counts_once(folder: Path) -> None:
    assert names("c.srt", "./c.srt", str(folder / "c.srt"), "sub", "sub/f.srt") == ["c.srt", "sub/f.srt"]


def test_standard_input_is_a_dash() -> None:
    assert expand(["-"]) == (STDIN,)


@pytest.mark.parametrize("address", ["https://example.org/talk.mp4", "BV1iT421k7Bv", "BV1iT421k7Bv?p=71"])
def test_an_address_is_no_file(address: str) -> None:
    with pytest.raises(UsageError, match="'zimu run' and 'zimu fetch' take it"):
        names(address)
    assert expand_all(["c.srt", address, address]) == (Path("c.srt"), address)


def test_a_list_names_addresses_too(folder: Path) -> None:
    (folder / "list.txt").write_text("c.srt\nBV1iT421k7Bv:71\n", encoding="utf-8")
    assert expand_all(["@list.txt"]) == (Path("c.srt"), "BV1iT421k7Bv:71")


def test_a_file_is_a_file_whatever_its_name(folder: Path) -> None:
    (folder / "BV1iT421k7Bv").write_text("")
    assert expand(["BV1iT421k7Bv"]) == (Path("BV1iT421k7Bv"),)


def test_an_empty_name_is_not_the_current_folder() -> None:
    with pytest.raises(UsageError, match="an empty name is no input"):
        names("")


def test_a_folder_is_no_file() -> None:
    with pytest.raises(InputError, match="a folder, not a file"):
        require(Path("sub"))


def test_a_missing_file_stays_and_is_refused_with_the_nearest_name() -> None:
    assert names("b.mp3", "c.srt") == ["b.mp3", "c.srt"]
    with pytest.raises(InputError, match=r"did you mean '.*b\.mp4'"):
        require(Path("b.mp3"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_that_is_not_utf8_is_a_file(folder: Path) -> None:
    (folder / os.fsdecode(b"\xd7\xd6.srt")).write_text("")
    assert require(expand([os.fsdecode(b"\xd7\xd6.srt")])[0]).name.endswith(".srt")
