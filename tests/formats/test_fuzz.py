"""Whatever bytes a file has: a transcript, or `FormatError` with its line, and nothing else.

Each run tries the same few hundred files. ``ZIMU_FUZZ_SECONDS=60 pytest tests/formats/test_fuzz.py`` goes on with new
ones for a minute in all.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest
from formats.samples import SAMPLES, sample
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from toolkit.cues import Transcript
from toolkit.errors import FormatError
from toolkit.formats import encode, parse

SECONDS = float(os.environ.get("ZIMU_FUZZ_SECONDS", "0"))
SCRAPS = (
    b"\n",
    b"\n\n",
    b"-->",
    b":",
    b",",
    b"1",
    b"-",
    b"<",
    b"<i>",
    b"</",
    b"&",
    b"{",
    b"}",
    b"[",
    b'"',
    b"\\",
    b"\\N",
)
SCRAPS += (
    b"\0",
    b"\xff",
    b"\xe5",
    "，".encode(),
    b"\r",
    b"NOTE",
    b"WEBVTT",
    b"[Events]",
    b"null",
    b"1e999",
    b"9" * 5000,
)


@st.composite
def damaged(draw: DrawFn, name: str) -> bytes:
    """The sample of a format with pieces cut out, doubled, moved and thrown in."""
    data = sample(name).encode()
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        piece = data[start:end]
        new = draw(st.sampled_from([b"", piece * 2, piece[::-1], *SCRAPS]) | st.binary(max_size=4))
        data = data[:start] + new + data[end if draw(st.booleans()) else start :]
    return data


def transcript_or_error(data: bytes, name: str) -> Transcript | FormatError:
    try:
        return parse(data, format=name, path="talk")
    except FormatError as error:
        return error


def hold(name: str, files: SearchStrategy[bytes]) -> None:
    """Read files of a format; what could be read can be written again, or is refused."""
    finish = time.monotonic() + SECONDS / len(SAMPLES) / 2

    @settings(max_examples=60, derandomize=not SECONDS, database=None)
    @given(files)
    def check(data: bytes) -> None:
        transcript = transcript_or_error(data, name)
        if isinstance(transcript, FormatError):
            assert (transcript.path, transcript.line >= 1) == ("talk", True)
        elif transcript.timed or name in ("txt", "md", "jsonl"):
            encode(transcript, format=name)
        else:
            with pytest.raises(FormatError, match="no times"):
                encode(transcript, format=name)

    check()
    while time.monotonic() < finish:
        check()


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("files", [lambda _: st.binary(), damaged], ids=["junk", "damaged"])
def test_any_bytes_are_a_transcript_or_a_format_error(name: str, files: Callable[[str], SearchStrategy[bytes]]) -> None:
    hold(name, files(name))


@pytest.mark.parametrize("scrap", ["-", " ", "<", "{", "&", "1:", "=", "\u3000", "![](", "\n1", "\n-->"])
@pytest.mark.parametrize("name", ["srt", "vtt", "ass", "md"])
def test_time_grows_with_the_length_of_a_file_and_not_faster(name: str, scrap: str) -> None:
    file = sample(name) + scrap * (30_000 // len(scrap))
    start = time.perf_counter()
    for shape in (file, file[::-1]):
        found = transcript_or_error(shape.encode(), name)
        if isinstance(found, Transcript):
            encode(found, format=name)
    assert time.perf_counter() - start < 5  # measured: at most 0.3; some patterns took minutes before they were mended
