"""The length of a recording and its sound: decoded as a stream, in blocks cut at pauses, whatever its length."""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import MediaError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sound = NDArray[np.float32]

RATE = 16_000
"""Samples a second of all sound here: what Whisper and Silero listen to."""

LONGEST = 120_000
"""Longest block, in milliseconds: memory and what a killed run has to hear again stay small."""

_PER_MS = RATE // 1000
_HOP = 10 * _PER_MS
_TICKS = 1_000_000
"""FFmpeg's ticks a second for the times of a whole file."""
_GAP = 0.1
"""Seconds by which a frame may come late before silence is put in its place; less is the jitter of containers."""
_BACK = 0.5
"""Seconds from which being early means that the clock was set back, as where one recording follows another."""
_LEAP = 10.0
"""Seconds from which being late means that the clock was set anew, in formats where that happens; as in ffmpeg."""
_TS_DISCONT = 0x200
"""FFmpeg's flag of such formats, AVFMT_TS_DISCONT: MPEG-TS, Ogg, HLS."""
_MISSING = 5.0
"""Seconds that may be missing at the end before the recording is called cut short: sound often ends before pictures."""
_UNKNOWN = 0x7FFF0000
"""From here on the size in the head of a WAV file is a stand-in: the program that wrote it did not know the end."""
_GUESSED = {"aac", "ac3", "amr", "dts", "eac3", "mp3"}
"""Formats without a table of contents; FFmpeg guesses their length from the bit rate of the first frames."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Block:
    """A stretch of sound from ``start`` milliseconds on: float32 samples from -1 to 1, mono, 16 kHz."""

    start: int
    samples: Sound
    last: bool

    @property
    def end(self) -> int:
        """Where the block ends, in milliseconds."""
        return self.start + -(-len(self.samples) // _PER_MS)


def duration(path: Path) -> int:
    """How long the recording is, in milliseconds; a guess where its format does not say.

    Raises:
        MediaError: it cannot be opened, or has no sound.
    """
    import av

    ticks = 0
    with _opened(path) as container:
        if container.duration:
            return int(container.duration) // 1000
        stream = container.streams.audio[0]
        with suppress(av.error.FFmpegError):
            for packet in container.demux(stream):
                ticks += packet.duration or 0
        return int(ticks * stream.time_base * 1000)


def remarks(path: Path, end: int, *, track: int = 1) -> tuple[str, ...]:
    """What is wrong with a recording whose sound ended after so many milliseconds, and with listening to one track.

    Raises:
        MediaError: it cannot be opened, or has no sound.
    """
    found = []
    with _opened(path) as container:
        length = max((container.duration or 0) / _TICKS, _promised(path, container))
        if container.format.name not in _GUESSED and length - end / 1000 > _MISSING:
            found.append(f"its sound ends after {end / 1000:.1f} of {length:.1f} seconds, it may be cut short")
        tracks = len(container.streams.audio)
    if tracks > 1 and track == 1:
        found.append(f"it has {tracks} audio tracks, and the first was heard; --audio-track chooses another")
    return tuple(found)


def blocks(path: Path, *, start: int = 0, longest: int = LONGEST, track: int = 1) -> Iterator[Block]:
    """The sound from ``start`` milliseconds on, in blocks of at most ``longest``, each cut at the quietest pause.

    A cut depends on nothing before its block: beginning again at the end of any block gives the same blocks as an
    unbroken run. To make that true to the sample, a later start decodes from the beginning and drops what comes before.

    Raises:
        MediaError: there is no such file, it is no recording, or has no sound, or not so many tracks of it.
    """
    import numpy as np

    sound = _dropped(_sound(path, track), start * _PER_MS)
    waiting = np.zeros(0, np.float32)
    while True:
        waiting = _filled(waiting, sound, longest * _PER_MS)
        last = len(waiting) <= longest * _PER_MS
        size = len(waiting) if last else find_pause(waiting[: longest * _PER_MS])
        if size:
            yield Block(start, waiting[:size], last)
        if last:
            return
        waiting, start = waiting[size:].copy(), start + size // _PER_MS


def ahead(made: Iterator[Block]) -> Iterator[Block]:
    """Each block, while a thread decodes the next one: one block more in memory, and none to wait for.

    An error comes where the block would have come.
    """
    with ThreadPoolExecutor(1, "decoder") as decoder:
        coming = decoder.submit(next, made, None)
        while (block := coming.result()) is not None:
            coming = decoder.submit(next, made, None)
            yield block


def find_pause(samples: Sound) -> int:
    """The middle of the quietest half second in the last third, as a number of samples, a whole millisecond.

    Within that half second it is the quietest 50 ms, so that a short pause between two words is hit in its middle, and
    where all is equally quiet it is the middle of all.
    """
    import numpy as np

    first = len(samples) * 2 // 3 // _HOP
    hops = samples[first * _HOP : len(samples) // _HOP * _HOP].reshape(-1, _HOP)
    power = np.square(hops).mean(axis=1)
    calm = _quietest(power, 50)
    return (first + calm + _quietest(power[calm : calm + 50], 5) + 2) * _HOP


def _quietest(power: Sound, width: int) -> int:
    """Where the quietest run of ``width`` begins; of several the middle one."""
    import numpy as np

    runs = np.convolve(power, np.ones(min(width, len(power))), "valid")
    quietest = np.flatnonzero(runs == runs.min())
    return int(quietest[len(quietest) // 2])


def _filled(waiting: Sound, sound: Iterator[Sound], size: int) -> Sound:
    """``waiting`` and as much of the sound as makes it longer than ``size``."""
    import numpy as np

    parts, length = [waiting], len(waiting)
    while length <= size and (part := next(sound, None)) is not None:
        parts.append(part)
        length += len(part)
    return np.concatenate(parts)


def _dropped(sound: Iterable[Sound], size: int) -> Iterator[Sound]:
    for part in sound:
        if size < len(part):
            yield part[size:]
        size = max(0, size - len(part))


def _sound(path: Path, track: int) -> Iterator[Sound]:
    """The decoded sound, part by part, with silence where the recording has gaps."""
    import av

    resampler, shape = None, None
    for frame, gap in _joined(_frames(path, track)):
        if resampler and (gap or _shape(frame) != shape):
            yield from _samples(resampler.resample(None))
            resampler = None
        yield from _silence(gap)
        if resampler is None:
            resampler, shape = av.AudioResampler(format="flt", layout="mono", rate=RATE), _shape(frame)
        yield from _samples(resampler.resample(frame))
    if resampler is None:
        raise MediaError("nothing in it can be decoded as sound", where=str(path), fix="try to play it, or get it anew")
    yield from _samples(resampler.resample(None))


def _joined(frames: Iterable[tuple[Any, float]]) -> Iterator[tuple[Any, float]]:
    """Frames of 20 ms or so as frames of a second: what each costs in Python was more than its decoding."""
    import av

    fifo, shape, before = av.AudioFifo(), None, 0.0
    for frame, gap in frames:
        if fifo.samples and (gap or _shape(frame) != shape or fifo.samples >= frame.sample_rate):
            yield fifo.read(), before
            fifo, before = av.AudioFifo(), 0.0
        before, shape = before + gap, _shape(frame)
        frame.pts = None  # libswresample and the queue would take a jitter of time stamps for an error
        fifo.write(frame)
    if fifo.samples:
        yield fifo.read(), before


def _samples(frames: Iterable[Any]) -> Iterator[Sound]:
    for frame in frames:
        yield frame.to_ndarray()[0]


def _silence(seconds: float) -> Iterator[Sound]:
    import numpy as np

    left = round(seconds * RATE)
    while left > 0:
        yield np.zeros(min(left, RATE), np.float32)
        left -= RATE


def _shape(frame: Any) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _frames(path: Path, track: int) -> Iterator[tuple[Any, float]]:
    """Each frame with the seconds of silence before it, by the time stamps of the recording.

    Without them a late audio track, a lost packet or a cut live stream would shift all that follows. Where there is
    more sound than time, as from a recorder whose clock was slow, a frame is left out whenever a tenth of a second is
    over.
    """
    with _opened(path) as container:
        origin = max(0, container.start_time or 0) / _TICKS
        length = (container.duration or 0) / _TICKS
        leaps = not length or int(container.format.flags) & _TS_DISCONT
        clock = 0.0
        for frame in _decoded(path, container, track):
            late = 0.0 if frame.time is None else frame.time - origin - clock
            if late < -_BACK or (late > _LEAP if leaps else clock + late > length + 1):
                origin, late = origin + late, 0.0
            if late < -_GAP:
                continue
            gap = late if late > _GAP else 0.0
            clock += gap + frame.samples / frame.sample_rate
            yield frame, gap


def _promised(path: Path, container: Any) -> float:
    """The seconds that the head of a WAV file promises; FFmpeg believes the size of the file. 0 for other formats."""
    with path.open("rb") as file:
        name, size = struct.unpack("<4sI", file.read(8).ljust(8, b"\0"))
    rate = container.bit_rate / 8 if container.format.name == "wav" else 0
    return size / rate if name == b"RIFF" and size < _UNKNOWN and rate else 0.0


def _decoded(path: Path, container: Any, track: int) -> Iterator[Any]:
    """The frames of an audio track, from 1; packets that are damaged are left out, with one warning."""
    import av

    tracks = container.streams.audio
    if not 1 <= track <= len(tracks):
        fix = f"choose --audio-track from 1 to {len(tracks)}"
        raise MediaError(f"has no audio track {track}", where=str(path), fix=fix)
    damaged = 0
    packets = container.demux(tracks[track - 1])
    while True:
        try:
            packet = next(packets, None)
            frames = packet.decode() if packet else []
        except av.error.FFmpegError:
            damaged += 1
            continue
        if packet is None:
            break
        yield from frames
    if damaged:
        log.warning("%s: damaged packets left out: %d", path, damaged)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The recording, open, with at least one audio track."""
    import av

    _check_file(path)
    try:
        # "file:" keeps FFmpeg from taking a name such as "part:1.mp4" or "http:x" for an address
        container = _open_lenient(f"file:{path}")
    except (av.error.FFmpegError, OSError) as error:
        fix = "give a video or audio file; if it is one, get it anew"
        raise MediaError(f"cannot be read as a recording ({error.strerror})", where=str(path), fix=fix) from None
    with container:
        if not container.streams.audio:
            raise MediaError("has no sound", where=str(path), fix="choose a recording with an audio track")
        if getattr(container.streams.audio[0], "codec_context", None) is None:
            fix = "convert it to AAC, MP3, Opus or WAV first"
            raise MediaError("its sound is of a kind that cannot be decoded", where=str(path), fix=fix)
        yield container


def _open_lenient(name: str) -> Any:
    """The recording, whatever its tags are encoded in; PyAV 19 has dropped the option that says so."""
    import av

    try:
        return av.open(name, metadata_errors="ignore")
    except TypeError:
        return av.open(name)


def _check_file(path: Path) -> None:
    if not path.exists():
        raise MediaError("no such file", where=str(path), fix="check the path")
    if path.is_dir():
        raise MediaError("is a folder, not a recording", where=str(path), fix="name the files in it")
    if path.is_file() and not path.stat().st_size:
        raise MediaError("is empty", where=str(path), fix="copy or download it again")
