"""The server: on this machine's own address and no other, until it is told to stop; then the subtitles are written."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError, MissingExtra
from toolkit.locks import locked
from toolkit.review.store import open_table

if TYPE_CHECKING:
    from toolkit.review.desk import Desk

LOOPBACK = "127.0.0.1"

QUIET: dict[str, Any] = {
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "timeout_graceful_shutdown": 1,
}
"""How uvicorn is set."""

PAUSE = 10.0
"""Seconds without an action after which the subtitles are written again."""


@dataclass(frozen=True)
class Setting:
    """What is reviewed and where: a transcript or recording, what is played, where lessons go; port 0 is any."""

    path: Path
    media: Path | None = None
    lexicon: Path | None = None
    port: int = 0


def serve(setting: Setting, opened: Callable[[str, Path], None]) -> None:
    """Serve the page until Ctrl-C; ``opened`` is told its address and the record once it can be opened.

    Raises:
        MissingExtra: Starlette or uvicorn is not installed.
        InputError: nothing to review, another run holds the record, or the port is taken.
    """
    need_web()
    import uvicorn

    from toolkit.review.app import make_app
    from toolkit.review.desk import Desk
    from toolkit.review.learn import lexicon_file

    table = open_table(setting.path)
    with locked(table.record), closing(bound(setting.port)) as listener:
        desk = Desk.of(open_table(setting.path))
        token, port = token_urlsafe(24), listener.getsockname()[1]
        lexicon = setting.lexicon or lexicon_file([], table.record)
        app = make_app(desk, media=setting.media, lexicon=lexicon, token=token, port=port)
        opened(f"http://{LOOPBACK}:{port}/{token}/", table.record)
        with publishing(desk), suppress(KeyboardInterrupt):  # uvicorn ends in order, and raises the signal again
            uvicorn.Server(uvicorn.Config(app, **QUIET)).run(sockets=[listener])


@contextmanager
def publishing(desk: Desk) -> Iterator[None]:
    """Within it the subtitles are written again whenever nothing was done for a while, and at the end."""
    stopped = Event()
    writer = Thread(target=_keep_publishing, args=(desk.publish, lambda: desk.revision, stopped), daemon=True)
    writer.start()
    try:
        yield
    finally:
        stopped.set()
        writer.join()
        desk.publish()


def need_web() -> None:
    """Refuse where the libraries of the page are missing.

    Raises:
        MissingExtra: Starlette or uvicorn is not installed.
    """
    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ModuleNotFoundError:
        raise MissingExtra("web", needed_for="the review page") from None


def bound(port: int) -> socket.socket:
    """A socket of this machine alone on a port; 0 is any.

    Raises:
        InputError: it is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen(128)  # who comes before uvicorn has begun waits, and is not refused
    except OSError as error:
        listener.close()
        fix = "leave out --port, or choose another"
        raise InputError(f"port {port} cannot be used: {error.strerror or error}", fix=fix) from None
    return listener


def _keep_publishing(publish: Callable[[], None], revision: Callable[[], int], stopped: Event) -> None:
    """Publish whenever nothing was done for a while."""
    seen = revision()
    while not stopped.wait(PAUSE):
        now = revision()
        if now == seen:
            publish()
        seen = now
