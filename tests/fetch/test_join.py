"""Picture and sound in one file, not encoded again."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from toolkit.errors import FetchError
from toolkit.fetch.join import join


def make(path: Path, *, picture: bool) -> Path:
    """One second of a grey picture, or of a tone."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream("mpeg4", rate=10) if picture else file.add_stream("aac", rate=16000)
        if picture:
            stream.width = stream.height = 64
            frames = [av.VideoFrame.from_ndarray(np.full((64, 64, 3), 90 + n, np.uint8), "rgb24") for n in range(10)]
        else:
            tone = np.sin(np.arange(16000) / 8).astype(np.float32)[None]
            frame = av.AudioFrame.from_ndarray(tone, "fltp", "mono")
            frame.sample_rate = 16000
            frames = [frame]
        for frame in frames:
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def packets(path: Path, kind: str) -> list[bytes]:
    with av.open(str(path)) as file:
        return [bytes(packet) for packet in file.demux(file.streams.get({kind: 0})) if packet.dts is not None]


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_both_are_as_they_were(suffix: str, tmp_path: Path) -> None:
    picture = make(tmp_path / "picture.mp4", picture=True)
    sound = make(tmp_path / "sound.m4a", picture=False)
    joined = tmp_path / f"joined.{suffix}"
    join(picture, sound, joined)
    assert packets(joined, "video") == packets(picture, "video")
    assert packets(joined, "audio") == packets(sound, "audio")
    with av.open(str(joined)) as file:
        assert 0.9 < file.duration / 1e6 < 1.3


def test_what_is_missing_is_said_and_nothing_left(tmp_path: Path) -> None:
    sound = make(tmp_path / "sound.m4a", picture=False)
    with pytest.raises(FetchError, match="cannot be joined"):
        join(sound, sound, tmp_path / "joined.mp4")
    assert [path.name for path in tmp_path.iterdir()] == ["sound.m4a"]
