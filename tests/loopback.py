"""The web in a box: an HTTP server on 127.0.0.1 that plays sites, and yt-dlp led to it, whatever host it asks for.

yt-dlp's own code runs: extractors, requests, downloads. Only the last step, where a request leaves, is turned to the
server, so that no test needs a network, and none can reach it.
"""

from __future__ import annotations

import gc
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest


@dataclass(frozen=True)
class Reply:
    """What the server answers; ``cut`` breaks the connection after so many bytes of the body."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    cut: int | None = None


def page(text: str) -> Reply:
    return Reply(text.encode())


def data(document: object, status: int = 200) -> Reply:
    return Reply(json.dumps(document, ensure_ascii=False).encode(), "application/json", status)


def refusal(status: int) -> Reply:
    return Reply(b"no", status=status)


@dataclass
class Loopback:
    """What each place answers, in turn, the last answer for ever; and what was asked for, with its range."""

    port: int = 0
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    ranges: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def on(self, place: str, *replies: Reply) -> None:
        """Let ``host/path`` answer so; a query is looked at where the place names one."""
        self.replies[place] = list(replies)

    def address(self, place: str) -> str:
        """Where a place is on this machine."""
        return f"http://127.0.0.1:{self.port}/{place}"

    def reply(self, target: str) -> Reply:
        place = target.partition("?")[0].rstrip("/")
        known = next((name for name in (target, place) if name in self.replies), None)
        if known is None:
            return Reply(b"nothing here", status=404)
        return self.replies[known].pop(0) if len(self.replies[known]) > 1 else self.replies[known][0]


@contextmanager
def playing() -> Iterator[Loopback]:
    """The server, while the block runs."""
    web = Loopback()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(web))
    server.daemon_threads = True
    web.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def lead_to(web: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn every request of yt-dlp to the server, and let it believe that the host answered which it asked."""
    from yt_dlp.networking.common import RequestDirector

    send = RequestDirector.send

    def turned(director: Any, request: Any) -> Any:
        from yt_dlp.networking.exceptions import HTTPError

        split = urlsplit(request.url)
        if split.hostname == "127.0.0.1":
            return send(director, request)
        led = request.copy()
        led.url = web.address(request.url.partition("://")[2])
        led.proxies = {"all": None}
        try:
            response = send(director, led)
        except HTTPError as error:
            error.response.url = web_url(error.response.url)
            raise
        response.url = web_url(response.url)
        return response

    def web_url(url: str) -> str:
        return re.sub(rf"^http://127\.0\.0\.1:{web.port}/", "https://", url)

    monkeypatch.setattr(RequestDirector, "send", turned)


LEFT_OPEN = pytest.mark.filterwarnings("ignore::ResourceWarning")
"""For tests in which yt-dlp opens connections: it leaves them to the garbage collector."""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """The web, as yt-dlp sees it, under options with which nothing waits."""
    pytest.importorskip("yt_dlp", reason="yt-dlp is not installed (extra 'download')")
    from toolkit.fetch import site

    monkeypatch.setattr(site, "PAUSES", [0.01, 0.01])
    monkeypatch.setattr("yt_dlp.extractor.bilibili.BilibiliBaseIE._wbi_key_cache", {})
    with playing() as web:
        lead_to(web, monkeypatch)
        yield web
    gc.collect()


def _handler(web: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            target = self.path.lstrip("/")
            web.asked.append(target)
            asked = self.headers.get("Range", "")
            web.ranges[target.partition("?")[0]].append(asked)
            self._send(web.reply(target), asked)

        do_HEAD = do_GET  # noqa: N815 - http.server looks for it by this name

        def _send(self, reply: Reply, asked: str) -> None:
            start = int((re.match(r"bytes=(\d+)-", asked) or ["", "0"])[1])
            body = reply.body[start:]
            partial = bool(start) and reply.status == 200
            self.send_response(206 if partial else reply.status)
            if partial:
                self.send_header("Content-Range", f"bytes {start}-{len(reply.body) - 1}/{len(reply.body)}")
            for name, value in (("Content-Type", reply.kind), ("Content-Length", str(len(body))), *reply.headers):
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body[: None if reply.cut is None else reply.cut])

        def log_message(self, *_: object) -> None:
            pass

    return Handler
