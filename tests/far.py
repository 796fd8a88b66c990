"""File systems for tests of addresses: one in memory whose network breaks, and whose files others change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

SCHEME = "shaky"


@dataclass
class Weather:
    """What goes wrong: exceptions for the next reads, in order, None for a read that goes well; what was asked for."""

    ahead: list[Exception | None] = field(default_factory=list)
    looks: list[Exception | None] = field(default_factory=list)
    reads: list[tuple[int, int]] = field(default_factory=list)
    between: Callable[[int], None] | None = None


def make_shaky(weather: Weather) -> type:
    """A file system that keeps its files in memory, and has that weather."""
    from fsspec.implementations.memory import MemoryFileSystem

    class Shaky(MemoryFileSystem):  # type: ignore[misc]
        protocol = SCHEME
        store: dict[str, Any] = {}  # noqa: RUF012 - so MemoryFileSystem has it
        pseudo_dirs = [""]  # noqa: RUF012
        cachable = False

        @classmethod
        def _strip_protocol(cls, path: str) -> str:
            return str(MemoryFileSystem._strip_protocol(path.replace(f"{SCHEME}://", "memory://")))

        def info(self, path: str, **kwargs: Any) -> Any:
            _raise(weather.looks)
            return super().info(path, **kwargs)

        def cat_file(self, path: str, start: int = 0, end: int = 0, **kwargs: Any) -> bytes:
            weather.reads.append((start, end))
            _raise(weather.ahead)
            data = bytes(super().cat_file(path, start=start, end=end, **kwargs))
            if weather.between:
                weather.between(start)
            return data

    return Shaky


def _raise(errors: list[Exception | None]) -> None:
    error = errors.pop(0) if errors else None
    if error is not None:
        raise error


@pytest.fixture
def weather(monkeypatch: pytest.MonkeyPatch) -> Weather:
    """The weather over ``shaky://``, which is there as long as the test, in pieces of four bytes and without pauses."""
    pytest.importorskip("fsspec", reason="fsspec is not installed (extra 'remote')")
    from fsspec.registry import _registry

    made = Weather()
    monkeypatch.setitem(_registry, SCHEME, make_shaky(made))
    monkeypatch.setattr("toolkit.fetch.copies.PIECE", 4)
    monkeypatch.setattr("toolkit.fetch.copies.PAUSES", (0.0, 0.0))
    return made


def put(files: dict[str, bytes], scheme: str = "memory") -> None:
    """Files by address without the protocol, in place of what was there."""
    import fsspec

    fs = fsspec.filesystem(scheme)
    fs.store.clear()
    for name, content in files.items():
        fs.pipe(f"/{name}", content)
