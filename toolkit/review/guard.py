"""Who may ask: only a page of this server, opened with its token; and the headers that every answer carries.

Whatever a web site elsewhere does, a browser sends its name as Origin and the name that it asked for as Host; both must
be this server's own, which also defeats names that are pointed at this machine (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Mapping
from secrets import compare_digest

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 4 << 20
"""Bytes that a request may bring: a name replaced in 10,000 cues, and never a file."""

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
"""Headers of every answer; one that an answer sets itself stays."""


class Guard:
    """Lets requests through to ``app`` that come from its own page; the rest gets a bare refusal."""

    def __init__(self, app: ASGIApp, *, token: str, port: int) -> None:
        self.app = app
        self.token = token
        self.hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal = self.refusal(scope)
        if refusal:
            await PlainTextResponse(refusal[1], refusal[0])(scope, receive, _with_headers(send))
            return
        await self.app(scope, _limited(receive), _with_headers(send))

    def refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Status and reason for which a request is refused; None where it is not."""
        headers = Headers(scope=scope)
        if len(headers.getlist("host")) != 1 or headers["host"].lower() not in self.hosts:
            return 421, "not for this server"
        origins = headers.getlist("origin")
        if any(origin.lower() != f"http://{headers['host'].lower()}" for origin in origins):
            return 403, "another origin"
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return 403, "another site"
        given = scope["path"].split("/")[1]
        if not compare_digest(given.encode(errors="replace"), self.token.encode()):
            return 404, "not found"
        return self._refused_body(scope["method"], headers)

    def _refused_body(self, method: str, headers: Headers) -> tuple[int, str] | None:
        if method in ("GET", "HEAD"):
            return None
        if method != "POST":
            return 405, "GET and POST only"
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return 415, "JSON only"
        size = headers.get("content-length", "")
        if not (size.isascii() and size.isdecimal() and len(size) < 12):
            return 411, "how long?"
        return (413, "too large") if int(size) > LARGEST else None


def _limited(receive: Receive) -> Receive:
    """The body of a request up to the limit; more of it ends the connection."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return message if taken <= LARGEST else {"type": "http.disconnect"}

    return limited


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
