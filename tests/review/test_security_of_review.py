"""Nobody but its own page gets anything from the server, and whatever stands in a subtitle stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from review_hostile import REQUESTS, TEXTS
from review_table import HOME, PORT, TOKEN, desk_of, lay_out, step

from toolkit.cues import Cue, Edit, Transcript
from toolkit.review.desk import Desk
from toolkit.review.report import report

pytest.importorskip("starlette", reason="the extra 'web' is not installed")
pytest.importorskip("httpx", reason="the development tool 'httpx' is not installed")

from starlette.testclient import TestClient

from toolkit.review.app import make_app


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_of(lay_out(tmp_path))


@pytest.fixture
def client(desk: Desk, tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "secret.txt").write_text("the secret", encoding="utf-8")
    media = tmp_path / "talk.wav"
    media.write_bytes(b"RIFF")
    app = make_app(desk, media=media, lexicon=tmp_path / "talk.terms.toml", token=TOKEN, port=PORT)
    with TestClient(app, base_url=f"http://127.0.0.1:{PORT}", follow_redirects=False) as client:
        yield client


def test_there_are_enough_hostile_inputs_and_requests() -> None:
    assert len(set(TEXTS)) >= 50
    assert len({str(request) for request in REQUESTS}) >= 30


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda each: f"{each.method} {each.path}"[:50])
def test_a_hostile_request_gets_nothing_and_changes_nothing(client: TestClient, desk: Desk, request_) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    before = desk.record.read_bytes()
    answer = client.request(request_.method, request_.path, headers=request_.headers, content=request_.body)
    assert answer.status_code >= 400 or answer.status_code == 307
    assert "secret" not in answer.text
    assert "谢谢大家" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers
    assert desk.record.read_bytes() == before
    assert {path.name for path in desk.record.parent.iterdir()} <= {"talk.edits.jsonl", "secret.txt", "talk.wav"}


@pytest.mark.parametrize(
    "path", ["", "page/app.js", "api/cues", "media", "export/srt", "report.html", "nothing", "page/nothing"]
)
def test_every_answer_carries_the_headers_of_the_guard(client: TestClient, path: str) -> None:
    headers = client.get(f"{HOME}/{path}").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*|data:", policy)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_the_page_names_no_address_but_its_own(client: TestClient) -> None:
    page = client.get(f"{HOME}/").text
    names = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert names
    for name in names:
        assert not re.match(r"[a-z]+:|//|/", name), name
    for path in (Path(__file__).parents[2] / "toolkit" / "review" / "page").iterdir():
        found = re.findall(r"https?://[\w.]+", path.read_text("utf-8"))
        assert set(found) <= {"http://www.w3.org"}, path.name
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", path.read_text("utf-8")
        )


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_text_is_text_in_the_report_and_in_json(client: TestClient, desk: Desk, text: str) -> None:
    edit = Edit(0, len(text), text, text + "!", text, evidence=((text, text),))
    page = report(Transcript(text, (Cue(0, 1000, text, edits=(edit,)),)))
    body = page.partition("<body>")[2]
    tags = set(re.findall(r"<(/?[a-zA-Z!][^\s>]*)", body))
    assert {tag.strip("/") for tag in tags} <= KNOWN
    assert not re.search(r"<[^>]*\son\w+\s*=", body)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", body)
    assert visible(text) in unescape(re.sub("<[^>]+>", "", body))
    answer = client.post(f"{HOME}/api/act", json={"steps": [step(desk, 0, "text", text=text)]})
    assert answer.headers["content-type"] == "application/json"
    assert answer.status_code in (200, 422)


KNOWN = {
    *("main", "h1", "h2", "p", "bdi", "dl", "div", "dt", "dd", "section", "svg", "title", "line", "text", "rect"),
    *("span", "table", "thead", "tbody", "tr", "th", "td", "ol", "li", "time", "del", "ins", "body", "html"),
}


def visible(text: str) -> str:
    """The text with its direction marks as the report names them."""
    marks = "[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b-\x1f]"
    shown = re.sub(marks, lambda found: f"<U+{ord(found[0]):04X}>", text)
    return shown.encode(errors="replace").decode()
