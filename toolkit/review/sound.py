"""The recording beside the transcript: its bytes by range, and its waveform, computed while the page is looked at."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Lock, Thread

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from toolkit.errors import ToolkitError

TYPES = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".m4v": "video/mp4",
    ".mka": "audio/x-matroska",
    ".mkv": "video/x-matroska",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".ts": "video/mp2t",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "video/webm",
}
"""What browsers call the kinds of recordings; others are sent as bytes without a name."""

STEP = 20
"""Milliseconds that one value of the waveform stands for."""

_RANGE = re.compile(r"bytes=(\d{1,15})?-(\d{1,15})?")


def media_type(path: Path) -> str:
    """What a browser calls a recording, told by its suffix.

    >>> media_type(Path("talk.MP4")), media_type(Path("talk.html"))
    ('video/mp4', 'application/octet-stream')
    """
    return TYPES.get(path.suffix.lower(), "application/octet-stream")


def serve_media(request: Request, path: Path) -> Response:
    """The recording, or the one range of it that is asked for."""
    asked = request.headers.get("range")
    if asked is not None and not _RANGE.fullmatch(asked):
        return PlainTextResponse("one range of bytes at a time", 416)
    if not path.is_file():
        return PlainTextResponse("the recording is gone", 404)
    return FileResponse(path, media_type=media_type(path))


class Waveform:
    """The loudest sample of each 20 ms, 0 to 255, of as much as has been read; reading begins when it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.complete = False
        self._levels = bytearray()
        self._lock = Lock()
        self._reader: Thread | None = None

    def levels(self, start: int) -> tuple[bytes, bool]:
        """The values from number ``start`` on that are known, and whether these are all."""
        with self._lock:
            if self._reader is None:
                self._reader = Thread(target=self._read, name="waveform", daemon=True)
                self._reader.start()
            return bytes(self._levels[start:]), self.complete

    def _read(self) -> None:
        from toolkit.media import RATE, blocks

        size = RATE * STEP // 1000
        try:
            for block in blocks(self.path, longest=30_000):
                with self._lock:
                    missing = block.start // STEP - len(self._levels)
                    self._levels += bytes(max(missing, 0)) + _peaks(block.samples, size)
        except ToolkitError:
            pass
        finally:
            self.complete = True


def _peaks(samples: object, size: int) -> bytes:
    import numpy as np

    sound = np.abs(np.asarray(samples))
    sound = np.pad(sound, (0, -len(sound) % size))
    return bytes((np.clip(sound.reshape(-1, size).max(axis=1), 0, 1) * 255).astype(np.uint8))
