"""What the addresses of the page answer, to its own page and to everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from review_table import HOME, PORT, TOKEN, desk_of, lay_out, step

from toolkit.cues import Cue, Transcript
from toolkit.formats import format_of, parse
from toolkit.review.desk import Desk

pytest.importorskip("starlette", reason="the extra 'web' is not installed")
pytest.importorskip("httpx", reason="the development tool 'httpx' is not installed")

from starlette.testclient import TestClient

from toolkit.review.app import EXPORTS, make_app
from toolkit.review.guard import LARGEST


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_of(lay_out(tmp_path))


@pytest.fixture
def client(desk: Desk, tmp_path: Path, talk: Path) -> Iterator[TestClient]:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    app = make_app(desk, media=talk, lexicon=tmp_path / "talk.terms.toml", token=TOKEN, port=PORT)
    with TestClient(app, base_url=f"{HOME}/") as client:
        yield client


def act(client: TestClient, *steps: dict[str, Any]) -> Any:
    return client.post("api/act", json={"steps": steps, "since": 0})


def test_the_page_and_its_files_are_served_as_what_they_are(client: TestClient) -> None:
    page = client.get("")
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" in page.text
    for name, kind in (("app.js", "text/javascript"), ("style.css", "text/css")):
        assert client.get(f"page/{name}").headers["content-type"].startswith(kind)


def test_all_cues_come_with_their_pieces_and_what_asks_for_attention(client: TestClient) -> None:
    told = client.get("api/cues").json()
    first, second, third, *_, last = told["cues"]
    assert first["pieces"][0] == "在"
    assert first["pieces"][1]["evidence"] == [["heard", "wai ke"], ["term", "wai ke"]]
    assert [cue.get("why") for cue in (first, second, third, last)] == [None, "edit", "edit", "words"]
    assert told["media"] == "audio/ogg"
    assert told["title"] == "talk.mp4"


def test_an_action_answers_with_what_it_changed(client: TestClient, desk: Desk) -> None:
    answer = act(client, step(desk, 2, "decide", edit=0, on=True)).json()
    (patch,) = answer["patches"]
    assert (patch["at"], patch["remove"], patch["insert"][0]["text"]) == (2, 1, "叠衣服的Foldy最忙")
    assert (answer["revision"], answer["undo"], answer["redo"]) == (1, 1, 0)
    assert client.post("api/undo", json={"since": 1}).json()["patches"][0]["insert"][0]["text"] == "叠衣服的福迪最忙"
    assert client.post("api/undo", json={}).status_code == 422


def test_a_page_that_is_behind_is_told_what_it_missed(client: TestClient, desk: Desk) -> None:
    act(client, step(desk, 0, "text", text="一"))
    asked = {"boot": desk.boot, "since": 0}
    assert len(client.get("api/changes", params=asked).json()["patches"]) == 1
    assert client.get("api/changes", params={**asked, "boot": "other"}).json()["reload"]
    assert client.get("api/changes", params={**asked, "since": 99}).json()["reload"]


def test_who_acts_on_what_has_changed_is_refused(client: TestClient, desk: Desk) -> None:
    old = step(desk, 0, "text", text="一")
    act(client, old)
    assert act(client, {**old, "text": "二"}).status_code == 409


@pytest.mark.parametrize("told", ["", "[]", "null", "{", "[" * 5000, '{"steps": 1}', '{"steps": [1]}', '{"steps": []}'])
def test_nonsense_is_refused_and_nothing_breaks(client: TestClient, desk: Desk, told: str) -> None:
    before = desk.record.read_bytes()
    answer = client.post("api/act", content=told, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert desk.record.read_bytes() == before


@pytest.mark.parametrize("name", EXPORTS)
def test_every_format_can_be_taken_home(client: TestClient, name: str) -> None:
    answer = client.get(f"export/{name}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''talk.{name}"
    texts = [cue.text for cue in parse(answer.content, format=format_of(f"x.{name}")).cues]
    assert "在WAIC的舞台上" in texts


def test_what_is_exported_is_what_was_decided(client: TestClient, desk: Desk) -> None:
    act(client, step(desk, 0, "text", text="改过的"))
    assert parse(client.get("export/srt").content, format="srt").cues[0].text == "改过的"


def test_a_text_without_times_says_which_formats_cannot_hold_it(tmp_path: Path) -> None:
    desk = desk_of(lay_out(tmp_path, Transcript("talk.txt", (Cue(None, None, "你好"),))))
    app = make_app(desk, media=None, lexicon=tmp_path / "t.toml", token=TOKEN, port=PORT)
    client = TestClient(app, base_url=f"{HOME}/")
    assert client.get("export/srt").status_code in (422, 507)
    assert client.get("export/txt").text == "你好\n"
    assert client.get("media").status_code == 404
    assert client.get("peaks").status_code == 404


def test_the_recording_is_served_whole_and_by_range(client: TestClient, talk: Path) -> None:
    data = talk.read_bytes()
    assert client.get("media").content == data
    part = client.get("media", headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, data[100:200])
    assert client.get("media", headers={"Range": "bytes=-10"}).content == data[-10:]
    for asked in ("bytes=0-1,5-6", "lines=1-2", "bytes=9-" + "9" * 99, "bytes=999999999-"):
        assert client.get("media", headers={"Range": asked}).status_code == 416


def test_the_waveform_grows_until_it_is_complete(client: TestClient) -> None:
    levels, complete = b"", False
    for _ in range(2000):
        answer = client.get("peaks", params={"from": len(levels)})
        levels += answer.content
        if complete := answer.headers["X-Complete"] == "yes":
            break
    assert complete
    assert 2700 < len(levels) < 2900
    assert max(levels) > 30


def test_pinyin_stands_above_the_characters(client: TestClient, desk: Desk) -> None:
    pairs = client.get("api/pinyin", params={"id": desk.entries[5].id}).json()["pairs"]
    assert pairs == [["谢", "xiè"], ["谢", "xiè"], ["大", "dà"], ["家", "jiā"]]
    assert client.get("api/pinyin", params={"id": "999"}).status_code == 409
    assert client.get("api/pinyin", params={"id": "-1"}).status_code == 422


def test_similar_places_are_shown_before_the_change(client: TestClient, desk: Desk) -> None:
    places = client.post("api/similar", json={"before": "福迪", "after": "Foldy"}).json()["places"]
    assert [(place["id"], place["why"]) for place in places] == [(2, "edit"), (4, "text")]
    assert places[1]["then"] == "实验所的Foldy"


def test_decisions_teach_the_lexicon_and_can_be_unlearnt(client: TestClient, tmp_path: Path) -> None:
    lexicon = tmp_path / "talk.terms.toml"
    always = {"what": "always", "before": "福迪", "after": "Foldy"}
    assert client.post("api/learn", json=always).json() == {"learnt": True, "lessons": 1, "file": lexicon.name}
    assert client.post("api/learn", json=always).json()["learnt"] is False
    assert client.post("api/learn", json={"what": "never", "before": "千山"}).json()["lessons"] == 2
    assert 'protect = ["千山"]' in lexicon.read_text("utf-8")
    client.post("api/unlearn", json={})
    assert client.post("api/unlearn", json={}).json()["lessons"] == 0
    assert not lexicon.exists()
    assert client.post("api/unlearn", json={}).status_code == 422
    assert client.post("api/learn", json={"what": "sometimes", "before": "a"}).status_code == 422


def test_the_report_is_served_in_both_languages(client: TestClient) -> None:
    assert "What was changed" in client.get("report.html").text
    page = client.get("report.html", params={"lang": "zh"})
    assert "修改报告" in page.text
    assert "script" not in page.headers["content-security-policy"]


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    head = {"Content-Type": "application/json"}
    assert client.post("api/act", content=b"x" * (LARGEST + 1), headers=head).status_code == 413
