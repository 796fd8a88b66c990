"""Texts that would like to be more than text, and requests that no page of ours sends."""

from __future__ import annotations

from dataclasses import dataclass, field

from review_table import PORT, TOKEN

_RUN = "window.hit=1"

TEXTS = (
    f"<script>{_RUN}</script>",
    f"<ScRiPt>{_RUN}</sCrIpT>",
    f"</script><script>{_RUN}</script>",
    f"<img src=x onerror={_RUN}>",
    f'<img src="x" onerror="{_RUN}">',
    f"<svg onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<body onload={_RUN}>",
    f"<iframe src=javascript:{_RUN}></iframe>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'></iframe>",
    f"<a href=javascript:{_RUN}>x</a>",
    f"<details open ontoggle={_RUN}>",
    f"<video><source onerror={_RUN}></video>",
    f"<audio src=x onerror={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<select autofocus onfocus={_RUN}>",
    f"<textarea autofocus onfocus={_RUN}>",
    f"</textarea><script>{_RUN}</script>",
    f"<marquee onstart={_RUN}>",
    f"<object data=javascript:{_RUN}>",
    f"<embed src=javascript:{_RUN}>",
    f"<form action=javascript:{_RUN}><button>x</button></form>",
    f"<math><mtext><script>{_RUN}</script></mtext></math>",
    f"<template><script>{_RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>",
    f"<style>@import 'javascript:{_RUN}'</style>",
    f"</style><script>{_RUN}</script>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    f"<title></title><script>{_RUN}</script>",
    f"<!-- --><script>{_RUN}</script>",
    f"<![CDATA[<script>{_RUN}</script>]]>",
    f'"><script>{_RUN}</script>',
    f"'><script>{_RUN}</script>",
    f'" onmouseover="{_RUN}',
    f"' onfocus='{_RUN}' autofocus='",
    f"` onclick=`{_RUN}",
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"&#60;script&#62;{_RUN}&#60;/script&#62;",
    f"\\u003cscript\\u003e{_RUN}\\u003c/script\\u003e",
    f"${{{_RUN}}}",
    f"{{{{constructor.constructor('{_RUN}')()}}}}",
    f"javascript:{_RUN}",
    f"data:text/html,<script>{_RUN}</script>",
    "{\\an8}{\\pos(1,1)}<i>",
    "\u202egnp.exe\u202c",
    "\u2066\u2067\u2068abc\u2069",
    "\u200e\u200f\u061cאבג abc",
    "a\u202e<b>\u202d</b>",
    "Z\u0351\u036b\u0343algo" + "\u0300" * 50,
    "\u0000\u0001\u001b[31mred",
    "--> 00:00:00,000 --> 99:99:99,999",
    "'; DROP TABLE cues; --",
    "../../../../etc/passwd",
    "=cmd|'/C calc'!A0",
    "%3Cscript%3E" + _RUN + "%3C/script%3E",
    "__proto__",
    "长" * 3000,
)

HERE = f"127.0.0.1:{PORT}"


@dataclass(frozen=True)
class Ask:
    """A request as it goes over the wire."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


_JSON = {"Content-Type": "application/json"}
_TEXT = b'{"steps": [{"do": "text", "id": 0, "v": "", "text": "x"}]}'


def _to(host: str) -> Ask:
    return Ask("GET", f"/{TOKEN}/api/cues", {"Host": host})


def _from(origin: str) -> Ask:
    return Ask("POST", f"/{TOKEN}/api/act", {**_JSON, "Origin": origin}, _TEXT)


def _path(path: str) -> Ask:
    return Ask("GET", path)


REQUESTS = (
    *map(
        _to, ("evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"{HERE}.evil.example", "", "0.0.0.0")
    ),
    _to(f"127.0.0.1.evil.example:{PORT}"),
    *map(
        _from, ("http://evil.example", "null", "https://" + HERE, f"http://{HERE}.evil.example", "http://127.0.0.1:1")
    ),
    _from("http://localhost"),
    Ask("GET", f"/{TOKEN}/api/cues", {"Sec-Fetch-Site": "cross-site"}),
    Ask("GET", f"/{TOKEN}/media", {"Sec-Fetch-Site": "same-site"}),
    *map(
        _path, ("/", "/api/cues", f"/{TOKEN[:-1]}/api/cues", f"/{TOKEN}x/api/cues", f"/{TOKEN.upper()}/api/cues", "//")
    ),
    _path(f"/{TOKEN}"),
    _path(f"/x/../{TOKEN}x/api/cues"),
    _path(f"/{TOKEN}/page/../../secret.txt"),
    _path(f"/{TOKEN}/page/..%2f..%2fsecret.txt"),
    _path(f"/{TOKEN}/page/%2e%2e/%2e%2e/secret.txt"),
    _path(f"/{TOKEN}/page/..%5c..%5csecret.txt"),
    _path(f"/{TOKEN}/page/....//secret.txt"),
    _path(f"/{TOKEN}/page/%00"),
    _path(f"/{TOKEN}/page//etc/passwd"),
    _path(f"/{TOKEN}/media/../secret.txt"),
    _path(f"/{TOKEN}/media/secret.txt"),
    _path(f"/{TOKEN}/export/..%2fsecret.txt"),
    _path(f"/{TOKEN}/export/exe"),
    _path(f"/{TOKEN}/talk.edits.jsonl"),
    _path(f"/{TOKEN}/secret.txt"),
    Ask("POST", f"/{TOKEN}/api/act", {"Content-Type": "text/plain"}, _TEXT),
    Ask("POST", f"/{TOKEN}/api/act", {"Content-Type": "multipart/form-data; boundary=x"}, b"--x--"),
    Ask("POST", f"/{TOKEN}/api/act", {"Content-Type": "application/x-www-form-urlencoded"}, b"steps=1"),
    Ask("POST", f"/{TOKEN}/api/act", _JSON, _TEXT),
    Ask("GET", f"/{TOKEN}/api/act"),
    Ask("PUT", f"/{TOKEN}/media", {}, b"x"),
    Ask("DELETE", f"/{TOKEN}/media"),
    Ask("OPTIONS", f"/{TOKEN}/api/act", {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}),
    Ask("TRACE", f"/{TOKEN}/"),
    Ask("POST", f"/{TOKEN}/media", _JSON, b"{}"),
    Ask("POST", f"/{TOKEN}/export/srt", _JSON, b"{}"),
)
