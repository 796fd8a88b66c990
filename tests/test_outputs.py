"""Output files: their names, whose they are, and what is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.cues import Cue, Transcript
from toolkit.errors import FormatError, InputError, ToolkitError, UsageError
from toolkit.outputs import (
    encode_outputs,
    hash_of,
    is_numbered,
    is_ours,
    is_partial,
    keep_copy,
    names_file,
    partial_name,
    plan_outputs,
    refuse_foreign,
    set_aside,
)
from toolkit.profile import OutputOptions, Profile, with_values

TALK = Transcript("talk.mp4", (Cue(0, 4000, "大家好，今天我们来聊一聊具身智能，好吗？"), Cue(4000, 5000, "好。")))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder as the current one, with another in it."""
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("folder.d").mkdir()


@pytest.mark.parametrize(
    ("source", "formats", "out", "planned"),
    [
        ("talk.mp4", "", None, "talk.srt"),
        ("in/talk.zh.mp4", "", None, "in/talk.zh.srt"),
        ("in/talk.mp4", "srt,vtt,txt,json", None, "in/talk.srt in/talk.vtt in/talk.txt in/talk.json"),
        ("in/talk.mp4", "vtt,vtt", None, "in/talk.vtt"),
        ("in/talk.mp4", "whisper", None, "in/talk.json"),
        ("in/talk.mp4", "bilibili", None, "in/talk.json"),
        ("in/talk.mp4", "ttml,md,ass", None, "in/talk.ttml in/talk.md in/talk.ass"),
        ("in/talk.mp4", "", "folder", "folder/talk.srt"),
        ("in/talk.mp4", "", "folder.d", "folder.d/talk.srt"),
        ("in/talk.mp4", "", "new", "new/talk.srt"),
        ("in/talk.mp4", "vtt", "new.d/", "new.d/talk.vtt"),
        ("in/talk.mp4", "", "else/other.zh-Hans.vtt", "else/other.zh-Hans.vtt"),
        ("in/talk.mp4", "whisper", "x.json", "x.json"),
        ("in/talk.mp4", "ttml", "x.dfxp", "x.dfxp"),
        ("in/talk", "", None, "in/talk.srt"),
        ("talk.srt", "", None, "talk.corrected.srt"),
        ("talk.SRT", "", None, "talk.corrected.SRT"),
        ("talk.txt", "", "folder", "folder/talk.txt"),
        ("talk.markdown", "", "folder", "folder/talk.markdown"),
        ("talk.srt", "vtt", None, "talk.vtt"),
        ("talk.srt", "vtt,srt", None, "talk.corrected.vtt talk.corrected.srt"),
        ("talk.corrected.srt", "", None, "talk.corrected.corrected.srt"),
        ("talk.edits.jsonl", "srt", None, "talk.edits.srt"),
        ("folder/talk.srt", "", "folder/../folder", "folder/../folder/talk.corrected.srt"),
    ],
)
def test_names(source: str, formats: str, out: str | None, planned: str) -> None:
    options = OutputOptions(output_format=tuple(filter(None, formats.split(","))))
    assert [path.as_posix() for path in plan_outputs(Path(source), options, out)] == planned.split()


@pytest.mark.parametrize(
    ("source", "formats", "out", "error", "problem"),
    [
        ("talk.mp4", "srtt", None, UsageError, "no format 'srtt'; did you mean 'srt'?"),
        ("talk.mp4", "json,whisper", None, UsageError, "json, whisper: two of these formats have the same suffix"),
        ("talk.mp4", "srt,vtt", "x.srt", UsageError, "x.srt: -o names one file, and several formats are asked for"),
        ("talk.mp4", "srt", "x.vtt", UsageError, "x.vtt: -o says vtt and --output-format srt; leave out one of them"),
        ("talk.mp4", "", "x.strange", FormatError, "no format has the suffix '.strange'"),
        ("talk.srt", "", "talk.srt", UsageError, "talk.srt: the output is the input itself; choose another name"),
        ("talk.srt", "", "folder/../talk.srt", UsageError, "the output is the input itself"),
    ],
)
def test_what_is_impossible(
    source: str, formats: str, out: str | None, error: type[ToolkitError], problem: str
) -> None:
    options = OutputOptions(output_format=tuple(filter(None, formats.split(","))))
    with pytest.raises(error) as raised:
        plan_outputs(Path(source), options, out)
    assert problem in str(raised.value)


def test_a_link_to_the_source_is_the_source() -> None:
    Path("talk.srt").write_text("")
    Path("folder/talk.srt").symlink_to(Path("talk.srt").absolute())
    planned = plan_outputs(Path("talk.srt"), OutputOptions(), "folder")
    assert planned == (Path("folder/talk.corrected.srt"),)


@pytest.mark.parametrize(
    ("out", "is_file"),
    [
        (None, False),
        ("folder", False),
        ("folder.d", False),
        ("folder.d/", False),
        ("new.d/", False),
        ("new.d/x.srt", True),
        ("x.srt", True),
        ("x", False),
        (".", False),
        (Path("x.srt"), True),
    ],
)
def test_whether_a_file_or_a_folder_is_meant(out: str | Path | None, is_file: bool) -> None:
    assert names_file(out) == is_file


def test_a_partial_file_is_known_by_its_name() -> None:
    output = Path("out/talk.zh-Hans.srt")
    assert partial_name(output).as_posix() == "out/talk.zh-Hans.partial.srt"
    assert [is_partial(path) for path in (output, partial_name(output))] == [False, True]


def test_only_what_we_wrote_and_nobody_changed_is_ours() -> None:
    ours, changed, unknown, gone = map(Path, ("ours.srt", "changed.srt", "unknown.srt", "gone.srt"))
    written = {"ours.srt": [hash_of(b"new"), hash_of(b"old")], "changed.srt": [hash_of(b"old")], "gone.srt": ["0"]}
    ours.write_bytes(b"old")
    changed.write_bytes(b"old, mended")
    unknown.write_bytes(b"old")
    assert [is_ours(path, written) for path in (ours, changed, unknown, gone)] == [True, False, False, False]
    refuse_foreign([ours, gone], written)
    for path in (changed, unknown, Path("folder")):
        with pytest.raises(InputError) as raised:
            refuse_foreign([ours, path], written)
        assert str(raised.value) == (
            f"{path}: exists and was not written by zimu, or was changed since; use --overwrite or another -o"
        )


def encoded(name: str, *terms: str, **options: object) -> str:
    profile = with_values(Profile(), options)
    return encode_outputs(TALK, [Path(name)], profile, terms)[Path(name)].decode()


def test_lines_are_broken_where_the_profile_says_never_inside_a_term() -> None:
    assert "大家好，今天我们来聊一聊具身智能，好吗？\n" in encoded("talk.srt", lines=1)
    assert "大家好，今天我们来聊\n一聊具身智能，好吗？\n" in encoded("talk.vtt", lines=2, zh_width=11)
    assert "我们来聊一聊" in encoded("talk.vtt", "我们来聊一聊", lines=2, zh_width=11)


def test_punctuation_is_shown_as_the_profile_says() -> None:
    assert "大家好 今天我们来聊一聊具身智能 好吗？\n" in encoded("talk.srt", punctuation="space")


def test_cues_that_are_not_segmented_are_shown_as_they_are() -> None:
    shown = encoded("talk.srt", segment=False, lines=2, zh_width=8, punctuation="space")
    assert "大家好，今天我们来聊一聊具身智能，好吗？\n" in shown


def test_text_without_times_keeps_its_lines_and_marks() -> None:
    assert encoded("talk.txt", lines=2, zh_width=8, punctuation="space") == TALK.text + "\n"


def test_the_format_asked_for_is_written_also_under_another_suffix() -> None:
    assert '"segments"' in encoded("talk.json", output_format=("whisper",))
    assert '"body"' in encoded("talk.json", output_format=("bilibili",))
    assert encoded("talk.srt", newline="crlf", bom=True).startswith("\ufeff1\r\n")


def test_what_a_format_cannot_hold_is_refused() -> None:
    with pytest.raises(FormatError, match="has no times"):
        encode_outputs(Transcript("talk.txt", (Cue(None, None, "你好"),)), [Path("talk.srt")], Profile())


def test_files_are_set_aside_under_the_first_free_number() -> None:
    path = Path("talk.cues.jsonl")
    assert set_aside(path) is None
    path.write_bytes(b"")
    assert set_aside(path) is None
    for number in (1, 2):
        path.write_text(str(number))
        assert set_aside(path) == Path(f"talk.cues.{number}.jsonl")
        assert not path.exists()
    assert is_numbered(Path("talk.cues.10.jsonl"), path)
    others = ("talk.cues.jsonl", "talk.cues.x.jsonl", "other.cues.1.jsonl", "talk.1.jsonl", "talk.cues.1.srt")
    assert not any(is_numbered(Path(other), path) for other in others)
    path.write_text("3")
    assert keep_copy(path) == Path("talk.cues.3.jsonl")
    assert path.read_text() == Path("talk.cues.3.jsonl").read_text() == "3"
