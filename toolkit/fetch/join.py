"""Picture and sound that a site keeps in two files, in one file: copied as they are, nothing is encoded again."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from pathlib import Path
from typing import Any

from toolkit.errors import FetchError


def join(picture: Path, sound: Path, target: Path) -> None:
    """Write the first picture track of one file and the first sound track of the other into a third.

    Raises:
        FetchError: one of them cannot be read, or the container cannot hold them.
    """
    import av

    try:
        with av.open(str(picture)) as first, av.open(str(sound)) as second, av.open(str(target), "w") as joined:
            tracks = ((first, first.streams.video[0]), (second, second.streams.audio[0]))
            packets = [_packets(part, track, joined.add_stream_from_template(track)) for part, track in tracks]
            for packet, stream in merge(*packets, key=_time):  # by time, so that players need not look far ahead
                packet.stream = stream
                joined.mux(packet)
    except (av.error.FFmpegError, IndexError, ValueError) as error:
        target.unlink(missing_ok=True)
        problem = f"picture and sound cannot be joined ({error})"
        raise FetchError(problem, where=picture.name, fix="fetch the sound alone, without --video") from None


def _packets(container: Any, track: Any, stream: Any) -> Iterator[tuple[Any, Any]]:
    """The packets of a track, each with the stream that it goes to."""
    return ((packet, stream) for packet in container.demux(track) if packet.dts is not None)


def _time(pair: tuple[Any, Any]) -> float:
    return float(pair[0].dts * pair[0].time_base)
