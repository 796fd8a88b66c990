"""`zimu segment` and `zimu convert`: many formats in, one or several out."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli.sources import guess_format
from toolkit.formats import names, read, render

Zimu = Callable[..., Any]


def test_convert_to_the_suffix_of_the_output(zimu: Zimu, room: Path) -> None:
    done = zimu("convert", "talk.srt", "-o", "talk.vtt")
    assert (done.code, done.err) == (0, "zimu: talk.srt: 2 cues, to talk.vtt\n")
    assert (room / "talk.vtt").read_text(encoding="utf-8").startswith("WEBVTT\n")


def test_convert_to_standard_output_says_nothing_else(zimu: Zimu) -> None:
    done = zimu("convert", "talk.srt", "-f", "txt")
    assert (done.out, done.err) == ("聚生智能的崛起\n人形机器人，聚生智能的载体\n", "")


def test_line_ends_and_mark_for_old_players(zimu: Zimu, room: Path) -> None:
    assert zimu("convert", "talk.srt", "-o", "old.srt", "--newline", "crlf", "--bom").code == 0
    data = (room / "old.srt").read_bytes()
    assert data.startswith(codecs.BOM_UTF8 + b"1\r\n")


def test_a_folder_is_converted(zimu: Zimu, room: Path) -> None:
    (room / "subs").mkdir()
    for name in ("a", "b"):
        (room / "subs" / f"{name}.srt").write_bytes((room / "talk.srt").read_bytes())
    assert zimu("convert", "subs", "-f", "vtt,txt", "-o", "out").code == 0
    assert sorted(path.name for path in (room / "out").iterdir()) == ["a.txt", "a.vtt", "b.txt", "b.vtt"]


def test_a_file_with_a_strange_suffix_is_read_when_its_format_is_named(zimu: Zimu, room: Path) -> None:
    (room / "talk.srt").rename(room / "talk.sub")
    assert zimu("convert", "talk.sub", "-f", "vtt").code == 3
    assert zimu("convert", "talk.sub", "--input-format", "srt", "-f", "vtt").out.startswith("WEBVTT\n")


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["talk.srt"], 2, "no format to convert to; add -f srt"),
        (["talk.txt", "-o", "talk.vtt"], 3, "has no times, and this format needs them"),
        (["broken.srt", "-f", "vtt"], 3, "broken.srt"),
        (["talk.srt", "-o", "talk.docx"], 3, "no format has the suffix '.docx'"),
    ],
)
def test_what_convert_refuses(arguments: list[str], code: int, problem: str, zimu: Zimu, room: Path) -> None:
    (room / "talk.txt").write_text("没有时间\n", encoding="utf-8")
    (room / "broken.srt").write_bytes(b"\x00\xff junk \x00")
    done = zimu("convert", *arguments)
    assert (done.code, done.out) == (code, "")
    assert problem in done.err


def test_dry_run_says_where_it_would_go(zimu: Zimu, room: Path) -> None:
    done = zimu("convert", "talk.srt", "-f", "vtt", "-o", "out", "--dry-run")
    assert done.err == f"zimu: talk.srt: 2 cues, would go to {Path('out/talk.vtt')}\n"
    assert not (room / "out").exists()


def test_segment_cuts_what_is_too_long(zimu: Zimu) -> None:
    done = zimu("segment", "talk.srt", "--zh-width", "8", "--no-builtin-lexicons")
    assert "\n人形机器人，\n" in done.out
    assert "\n聚生智能的载体\n" in done.out


def test_segment_takes_a_profile(zimu: Zimu) -> None:
    assert "人形机器人 聚生智能的载体" in zimu("segment", "talk.srt", "--profile", "fansub").out


def test_json_counts_cues(zimu: Zimu) -> None:
    document = zimu("segment", "talk.srt", "--zh-width", "8", "--json", "-o", "out").json
    (result,) = document["results"]
    assert result["cues"] == len(read(Path("out/talk.srt")).cues) > 2
    assert result["written"] == [str(Path("out/talk.srt"))]


def test_no_format_is_mistaken_for_another(room: Path) -> None:
    transcript = read(room / "talk.srt")
    for name in set(names()) - {"ssa", "md", "whisper", "bilibili"}:
        assert guess_format(render(transcript, format=name).encode("utf-16")) == name
