"""Files from elsewhere that are not part of the project; skipped where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.formats import FORMATS, encode, parse, read, render

DATA = Path(__file__).parents[3] / "shared/data"
SEED = DATA / "seed/transcript.txt"
SUBTITLES = sorted((DATA / "srt").glob("*.srt"))


@pytest.mark.skipif(not SEED.exists(), reason="the transcript that the project started from is not here")
def test_the_seed_is_written_back_byte_for_byte() -> None:
    transcript = read(SEED)
    assert len(transcript.cues) == 79
    assert not any(cue.text.startswith(("#", "![")) for cue in transcript.cues)
    assert encode(transcript, format="txt") == encode(transcript, format="md") == SEED.read_bytes()


@pytest.mark.skipif(not SUBTITLES, reason="the subtitles of two recognisers are not here")
@pytest.mark.parametrize("path", SUBTITLES, ids=lambda path: path.stem)
def test_subtitles_of_recognisers_are_written_back_and_go_through_every_format(path: Path) -> None:
    transcript = read(path)
    assert len(transcript.cues) > 50
    assert render(transcript, format="srt") == path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    for name in FORMATS:
        again = parse(encode(transcript, format=name), format=name)
        assert [cue.text for cue in again.cues] == [cue.text for cue in transcript.cues]
