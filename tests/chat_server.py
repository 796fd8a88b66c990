"""A chat service on 127.0.0.1 with all the sins of real ones: each request is answered as a test wants it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Sin = Callable[["Chat", dict[str, Any]], "Said"]
"""What is answered to a request, given the request and the lines in it."""


@dataclass(frozen=True)
class Said:
    """One HTTP response; ``wait`` seconds pass before it."""

    body: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0


@dataclass
class Chat:
    """A service: its dictionary, the sins that it will commit in turn, and what it was asked."""

    words: dict[str, str]
    sins: list[Sin] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def lines(self) -> list[list[str]]:
        """The texts of each request."""
        return [[line["text"] for line in lines_of(request)] for request in self.asked]

    def say(self, request: dict[str, Any]) -> Said:
        self.asked.append(request)
        sin = self.sins.pop(0) if self.sins else None
        return sin(self, request) if sin else good(self, request)


def lines_of(request: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(json.loads(request["messages"][-1]["content"])["lines"])


def reply(content: str, finish: str = "stop", **message: str) -> Said:
    choice = {"message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}
    return Said(json.dumps({"choices": [choice], "usage": {"total_tokens": 100}}, ensure_ascii=False))


def as_lines(texts: list[str]) -> str:
    numbered = [{"id": number, "text": text} for number, text in enumerate(texts, start=1)]
    return json.dumps({"lines": numbered}, ensure_ascii=False)


def good(chat: Chat, request: dict[str, Any]) -> Said:
    """An honest answer, each line looked up in the dictionary."""
    return reply(as_lines([chat.words.get(line["text"], "?") for line in lines_of(request)]))


def content(text: str) -> Sin:
    return lambda *_: reply(text)


def status(code: int, body: str = "{}", *headers: tuple[str, str]) -> Sin:
    return lambda *_: Said(body, code, headers)


def late(seconds: float) -> Sin:
    return lambda *_: Said("{}", wait=seconds)


def but(**changed: str) -> Sin:
    """Honest, but for the lines whose text is named."""

    def sin(chat: Chat, request: dict[str, Any]) -> Said:
        texts = [line["text"] for line in lines_of(request)]
        return reply(as_lines([changed.get(text, chat.words.get(text, "?")) for text in texts]))

    return sin


def fewer(chat: Chat, request: dict[str, Any]) -> Said:
    """Two lines merged into one."""
    texts = [chat.words.get(line["text"], "?") for line in lines_of(request)]
    return reply(as_lines([" ".join(texts[:2]), *texts[2:]]))


@contextmanager
def chatting(words: dict[str, str], *sins: Sin) -> Iterator[Chat]:
    """The service, while the block runs."""
    chat = Chat(words, list(sins))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(chat))
    server.daemon_threads = True
    chat.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield chat
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(chat: Chat) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            chat.keys.append(self.headers.get("Authorization", ""))
            said = chat.say(request) if self.path == "/v1/chat/completions" else Said("{}", 404)
            time.sleep(said.wait)
            data = said.body.encode()
            try:
                self.send_response(said.status)
                for name, value in (("Content-Length", str(len(data))), *said.headers):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            pass

    return Handler
