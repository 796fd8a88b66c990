"""The package as its users see it: names, reading, writing."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from formats.samples import SAMPLES, UNTIMED, sample
from formats.wild import TIMED as TRANSCRIPTS
from hypothesis import given

from toolkit import formats
from toolkit.cues import Cue, Transcript
from toolkit.errors import FormatError, InputError, UsageError
from toolkit.formats import FORMATS, SUFFIXES, encode, format_of, is_transcript, names, parse, read, render, write
from toolkit.profile import OutputOptions


@contextmanager
def logs_of(name: str) -> Iterator[list[logging.LogRecord]]:
    """What is logged below a name meanwhile."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append  # type: ignore[method-assign]
    logging.getLogger(name).addHandler(handler)
    try:
        yield records
    finally:
        logging.getLogger(name).removeHandler(handler)


ONE = Transcript("talk.mp4", (Cue(1000, 2000, "具身智能"),))
TIMED = [name for name in SAMPLES if name not in ("txt", "md")]


def test_every_format_has_a_sample_and_every_suffix_a_format() -> None:
    assert set(SAMPLES) == set(FORMATS) == set(names())
    assert set(SUFFIXES.values()) <= set(FORMATS)


def test_every_format_is_in_the_table_of_the_documentation() -> None:
    table = (formats.__doc__ or "").partition("How to add")[0]
    assert all(f"``{name}``" in table for name in FORMATS)
    assert all(suffix in table for suffix in SUFFIXES)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_tells_the_format(suffix: str) -> None:
    assert format_of(f"a/talk.v1{suffix.upper()}") == SUFFIXES[suffix]
    assert is_transcript(Path(f"talk{suffix}"))


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("talk.strt", r"talk\.strt: no format has the suffix '\.strt'; did you mean '\.srt'\?"),
        ("talk.mp4", r"talk\.mp4: no format has the suffix '\.mp4'; known are \.srt \.vtt .*\.bcc"),
        ("talk", r"talk: no suffix; known are"),
    ],
)
def test_an_unknown_suffix_is_an_error_that_names_the_known_ones(path: str, problem: str) -> None:
    assert not is_transcript(path)
    with pytest.raises(FormatError, match=problem):
        format_of(path)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_is_written_again_as_it_was_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / SAMPLES[name]
    path.write_text(sample(name), encoding="utf-8", newline="")
    transcript = read(path, format=name)
    assert transcript.source == str(path) or name == "jsonl"
    write(transcript, path, format=name)
    assert path.read_bytes() == sample(name).encode()


@pytest.mark.parametrize("source", TIMED)
@pytest.mark.parametrize("target", FORMATS)
def test_every_format_becomes_every_other(source: str, target: str) -> None:
    transcript = parse(sample(source), format=source)
    timed = replace(transcript, cues=tuple(cue for cue in transcript.cues if cue.timed))
    there = parse(encode(timed, format=target), format=target)
    if target not in ("txt", "md"):
        assert len(there.cues) == len(timed.cues)
        assert [cue.start for cue in there.cues] == [cue.start for cue in there.cues if cue.timed]


@pytest.mark.parametrize("target", [name for name in FORMATS if name not in UNTIMED])
def test_text_without_times_is_refused_and_nothing_is_written(target: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"has no times.*write txt, md or jsonl"):
        write(parse(sample("txt"), format="txt"), tmp_path / "talk", format=target)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\r\r\n"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, newline: str) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n歡迎大家\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\n我們開始\n"
    assert parse(text.replace("\n", newline).encode(encoding), format="srt") == parse(text, format="srt")


def test_webvtt_under_the_name_of_srt_is_read() -> None:
    assert parse(sample("vtt"), format="srt") == parse(sample("vtt"), format="vtt")


@pytest.mark.parametrize(
    ("output", "data"),
    [
        (OutputOptions(), b"1\n00:00:01,000 --> 00:00:02,000\n\xe4\xb8\x80\n"),
        (OutputOptions(newline="crlf"), b"1\r\n00:00:01,000 --> 00:00:02,000\r\n\xe4\xb8\x80\r\n"),
        (OutputOptions(bom=True), b"\xef\xbb\xbf1\n00:00:01,000 --> 00:00:02,000\n\xe4\xb8\x80\n"),
    ],
)
def test_line_ends_and_byte_order_mark_are_as_wanted(output: OutputOptions, data: bytes, tmp_path: Path) -> None:
    write(Transcript("", (Cue(1000, 2000, "一"),)), tmp_path / "talk.srt", output=output)
    assert (tmp_path / "talk.srt").read_bytes() == data


@pytest.mark.parametrize("name", ["json", "jsonl", "whisper", "bilibili"])
def test_json_has_no_byte_order_mark(name: str) -> None:
    assert encode(ONE, format=name, output=OutputOptions(bom=True)).startswith(b"{")


@pytest.mark.parametrize("name", ["srt", "vtt", "ass", "ssa", "ttml"])
def test_formats_with_lines_wrap_them(name: str) -> None:
    written = render(ONE, format=name, wrap=lambda text: f"{text[:2]}\n{text[2:]}")
    assert parse(written, format=name).cues[0].text == "具身\n智能"


@pytest.mark.parametrize("name", ["txt", "md", "jsonl", "json", "whisper"])
def test_formats_without_lines_do_not(name: str) -> None:
    assert render(ONE, format=name, wrap=lambda text: f"{text[:2]}\n{text[2:]}") == render(ONE, format=name)


def test_a_file_that_is_missing_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    (tmp_path / "talk.srt").touch()
    with pytest.raises(InputError, match="did you mean"):
        read(tmp_path / "talks.srt")


def test_an_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no format 'srtt'; did you mean 'srt'"):
        parse("", format="srtt")


@pytest.mark.parametrize("name", ["json", "ttml", "jsonl"])
def test_what_is_nested_too_deeply_is_a_format_error(name: str) -> None:
    text = "[" * 200_000 if name != "ttml" else "<tt>" + "<body>" * 5000 + "</body>" * 5000 + "</tt>"
    with pytest.raises(FormatError, match=r"talk: ?|talk:1:"):
        parse(text, format=name, path="talk")


def test_half_characters_of_text_are_replaced() -> None:
    assert parse("一\ud800\n", format="txt").cues[0].text == "一\ufffd"


@pytest.fixture
def third_party(monkeypatch: pytest.MonkeyPatch) -> Iterator[types.ModuleType]:
    """A format of another distribution, declared as an entry point."""
    module = types.ModuleType("shouting")
    module.parse = lambda text, path: Transcript(path, (Cue(None, None, text.lower()),))  # type: ignore[attr-defined]
    module.render = lambda transcript, _: transcript.text.upper()  # type: ignore[attr-defined]
    point = EntryPoint("shout", "shouting", formats.GROUP)
    monkeypatch.setitem(sys.modules, "shouting", module)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda *, group: [point] if group == formats.GROUP else [])
    formats._third_parties.cache_clear()
    yield module
    formats._third_parties.cache_clear()


@pytest.mark.usefixtures("third_party")
def test_formats_of_third_parties_are_found(tmp_path: Path) -> None:
    path = tmp_path / "talk.shout"
    path.write_text("HELLO", encoding="utf-8")
    assert names()[-1] == format_of(path) == "shout"
    assert is_transcript(path)
    assert read(path).text == "hello"
    write(read(path), path)
    assert path.read_bytes() == b"HELLO"


def test_what_would_read_back_differently_is_not_written(third_party: types.ModuleType, tmp_path: Path) -> None:
    third_party.render = lambda transcript, _: transcript.text.upper() + "!"  # type: ignore[attr-defined]
    with pytest.raises(FormatError, match="it would read back differently; write jsonl"):
        write(Transcript("talk.mp4", (Cue(None, None, "a"),)), tmp_path / "talk.shout")
    assert list(tmp_path.iterdir()) == []


def test_what_no_file_can_hold_is_not_written() -> None:
    with pytest.raises(FormatError, match="surrogates not allowed"):
        encode(Transcript("", (Cue(None, None, "\ud800"),)), format="jsonl")


@given(TRANSCRIPTS)
def test_there_is_nothing_odd_in_what_is_written(transcript: Transcript) -> None:
    for name in FORMATS:
        with logs_of("toolkit.formats") as records:
            encode(transcript, format=name)
        assert [record.getMessage() for record in records] == []


def test_the_package_loads_no_format_before_it_is_used() -> None:
    loaded = "[m for m in sys.modules if m.startswith('toolkit.formats.') or m in ('pysrt', 'pysubs2')]"
    code = f"import sys, toolkit.formats; toolkit.formats.format_of('a.srt'); print(*{loaded})"
    env = {**os.environ, "PYTHONPATH": str(Path(formats.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
