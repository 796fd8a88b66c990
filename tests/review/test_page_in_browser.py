"""The page in a real browser: seen, heard, decided, by mouse and by keyboard alone, in two windows, after a kill."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from review_hostile import TEXTS
from review_table import lay_out

from toolkit.cues import Cue, Edit, Transcript
from toolkit.formats import read

ROWS = ".row"


@pytest.fixture
def window(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open an address in a window of its own; an error on the page fails the test."""
    opened: list[Any] = []
    faults: list[str] = []

    def open_(address: str, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": 1200, "height": 760}, locale="en-GB", **options)
        context.set_default_timeout(30_000)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.append(request.url) if not own(request.url) else None)
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        return page

    yield open_
    for context in opened:
        context.close()
    assert not faults


def own(address: str) -> bool:
    return address.startswith(("http://127.0.0.1:", "blob:http://127.0.0.1:"))


@pytest.fixture
def served(review: Any, tmp_path: Path, talk: Path) -> Any:
    lay_out(tmp_path)
    shutil.copy(talk, tmp_path / "talk.ogg")
    return review("talk.edits.jsonl")


@pytest.fixture
def page(served: Any, window: Any) -> Any:
    return window(served.address)


def kept(folder: Path) -> list[str]:
    return [cue.text for cue in read(folder / "talk.edits.jsonl").cues]


def until(page: Any, true: str) -> None:
    """Wait until an expression is true; asked from outside, since the page's policy lets nothing be evaluated in it."""
    end = monotonic() + 30
    while not page.evaluate(true):
        assert monotonic() < end, true
        page.wait_for_timeout(50)


def row(page: Any, text: str) -> Any:
    return page.locator(ROWS, has_text=text)


def saved(page: Any, does: Callable[[], Any], path: str = "api/act") -> None:
    """Do something and wait until the server has answered and the page shows it."""
    page.evaluate("document.getElementById('said').textContent = ''")
    with page.expect_response(lambda answer: path in answer.url):
        does()
    until(page, "document.getElementById('said').textContent !== ''")


def test_cues_are_shown_with_their_edits_and_sought_in_the_recording(page: Any) -> None:
    assert page.locator(ROWS).count() == 6
    assert row(page, "WAIC").locator("del").inner_text() == "外壳"
    assert row(page, "WAIC").locator("ins").inner_text() == "WAIC"
    assert row(page, "Foldy").locator(".maybe").inner_text() == "Foldy"
    assert "3 doubtful" in page.locator("#count").inner_text()
    until(page, "document.querySelector('audio').readyState > 0")
    row(page, "叠衣服").click()
    until(page, "Math.abs(document.querySelector('audio').currentTime - 4) < 0.1")
    until(page, "document.getElementById('subtitle').textContent === '叠衣服的福迪最忙'")
    assert "0.40" in page.locator(".card").inner_text()


def test_the_recording_plays_and_the_list_follows(page: Any) -> None:
    until(page, "document.querySelector('audio').readyState > 0")
    page.keyboard.press("Space")
    until(page, "document.querySelector('[aria-selected=true]').textContent.includes('具身')")
    page.keyboard.press("Space")
    assert page.evaluate("document.querySelector('audio').paused")


def test_accept_undo_and_edit_with_the_mouse(page: Any, tmp_path: Path) -> None:
    row(page, "叠衣服").click()
    saved(page, lambda: page.locator(".card").get_by_role("button", name="Accept").click())
    assert kept(tmp_path)[2] == "叠衣服的Foldy最忙"
    saved(page, lambda: page.locator("#undo").click(), "api/undo")
    assert kept(tmp_path)[2] == "叠衣服的福迪最忙"
    page.locator("#text").fill("叠衣服的机器人最忙")
    saved(page, lambda: page.locator("#text").press("Enter"))
    assert kept(tmp_path)[2] == "叠衣服的机器人最忙"
    assert row(page, "机器人").locator("del").inner_text() == "福迪"


def test_all_of_it_by_keyboard_alone(page: Any, tmp_path: Path) -> None:
    press = page.keyboard.press
    press("n")
    saved(page, lambda: press("Shift+A"))
    assert page.locator("[aria-selected=true]").inner_text().startswith("0:04")
    saved(page, lambda: press("x"))
    press("Home")
    press("e")
    page.keyboard.type("。")
    saved(page, lambda: press("Enter"))
    assert kept(tmp_path)[0] == "在WAIC的舞台上。"
    saved(page, lambda: press("m"))
    assert kept(tmp_path)[0] == "在WAIC的舞台上。具身智能的展区"
    press("e")
    press("Home")
    for _ in range(4):
        press("ArrowRight")
    saved(page, lambda: press("Control+Enter"))
    assert len(kept(tmp_path)) == 6
    saved(page, lambda: press("."))
    assert read(tmp_path / "talk.edits.jsonl").cues[0].start == 50
    saved(page, lambda: press("z"), "api/undo")
    saved(page, lambda: press("Shift+Z"), "api/redo")
    assert read(tmp_path / "talk.edits.jsonl").cues[0].start == 50
    press("End")
    saved(page, lambda: press("c"))
    assert page.locator("#count").inner_text() == "6 cues, nothing doubtful"
    press("?")
    assert page.locator("dialog").is_visible()
    press("Escape")
    press("p")
    assert page.locator("#one rt").first.inner_text() == "xiè"


def test_a_cue_is_moved_by_dragging_and_by_the_keys_of_its_handle(page: Any, tmp_path: Path) -> None:
    row(page, "叠衣服").click()
    page.wait_for_selector("#to:visible")
    box, scale = page.locator("#to").bounding_box(), page.locator("#wave").bounding_box()["width"] / 12
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - scale, y, steps=4)
    saved(page, page.mouse.up)
    end = read(tmp_path / "talk.edits.jsonl").cues[2].end or 0
    assert 4900 <= end <= 5100
    page.locator("#to").focus()
    saved(page, lambda: page.keyboard.press("ArrowRight"))
    assert read(tmp_path / "talk.edits.jsonl").cues[2].end == end + 10
    page.locator("#time-start").fill("0:04.200")
    saved(page, lambda: page.locator("#time-start").press("Tab"))
    assert read(tmp_path / "talk.edits.jsonl").cues[2].start == 4200


def test_similar_places_and_found_ones_are_shown_before_they_change(page: Any, tmp_path: Path) -> None:
    row(page, "叠衣服").click()
    page.keyboard.press("w")
    page.wait_for_selector(".places li")
    assert page.locator(".places li").count() == 2
    assert "福迪" in kept(tmp_path)[4]
    saved(page, lambda: page.locator("#apply").click())
    assert (kept(tmp_path)[2], kept(tmp_path)[4]) == ("叠衣服的Foldy最忙", "实验所的Foldy")
    page.keyboard.press("f")
    page.locator("#find-text").fill("的")
    page.locator("#find-put").fill("得")
    page.locator(".places input").first.uncheck()
    saved(page, lambda: page.locator("#apply").click())
    assert [text.count("得") for text in kept(tmp_path)] == [0, 1, 1, 0, 1, 0]
    page.locator("dialog .close").click()
    saved(page, lambda: page.keyboard.press("z"), "api/undo")
    assert not any("得" in text for text in kept(tmp_path))


def test_always_and_never_teach_the_lexicon_and_are_undone(page: Any, tmp_path: Path) -> None:
    row(page, "叠衣服").click()
    saved(page, lambda: page.keyboard.press("l"), "api/learn")
    assert 'text = "Foldy"\naliases = ["福迪"]' in (tmp_path / "talk.terms.toml").read_text("utf-8")
    saved(page, lambda: page.keyboard.press("v"), "api/learn")
    assert 'protect = ["福迪"]' in (tmp_path / "talk.terms.toml").read_text("utf-8")
    saved(page, lambda: page.keyboard.press("z"), "api/unlearn")
    assert "protect" not in (tmp_path / "talk.terms.toml").read_text("utf-8")


def test_a_reload_keeps_everything(page: Any) -> None:
    row(page, "WAIC").click()
    saved(page, lambda: page.keyboard.press("x"))
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert row(page, "外壳").locator("ins").count() == 0
    saved(page, lambda: page.keyboard.press("z"), "api/undo")
    assert row(page, "WAIC").locator("ins").count() == 1


def test_a_server_that_is_killed_and_started_again_has_lost_nothing(
    served: Any, page: Any, window: Any, tmp_path: Path
) -> None:
    row(page, "WAIC").click()
    saved(page, lambda: page.keyboard.press("x"))
    served.kill()
    page.keyboard.press("a")
    until(page, "document.getElementById('wrong').textContent.includes('does not answer')")
    served.start()
    again = window(served.address)
    assert row(again, "外壳").locator("ins").count() == 0
    saved(again, lambda: again.keyboard.press("z"), "api/undo")
    assert kept(tmp_path)[0] == "在WAIC的舞台上"
    assert served.stop()[0] == 0


def test_two_windows_do_not_overwrite_each_other(served: Any, page: Any, window: Any, tmp_path: Path) -> None:
    other = window(served.address)
    row(other, "WAIC").click()
    other.locator("#text").fill("另一个窗口")
    saved(page, lambda: page.keyboard.press("x"))
    saved_or_told = "document.getElementById('wrong').textContent.includes('another window')"
    other.locator("#text").press("Enter")
    until(other, saved_or_told + " || document.getElementById('said').textContent !== ''")
    assert kept(tmp_path)[0] == "在外壳的舞台上"
    row(other, "展区").click()
    saved(other, lambda: other.keyboard.press("x"))
    until(page, "[...document.querySelectorAll('.row')].some(row => row.textContent.includes('聚生智能的展区'))")
    assert kept(tmp_path)[:2] == ["在外壳的舞台上", "聚生智能的展区"]


def test_what_is_taken_home_is_what_was_decided(page: Any) -> None:
    page.keyboard.press("g")
    with page.expect_download() as found:
        page.get_by_role("link", name="SRT", exact=True).click()
    assert "在WAIC的舞台上" in Path(found.value.path()).read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_people_with_other_senses(served: Any, window: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = window(served.address, color_scheme=scheme)
    row(page, "叠衣服").click()
    page.keyboard.press("p")
    page.wait_for_selector("#one rt")
    # The policy of the page lets nobody add a script to it; axe comes in through the debugger instead.
    core = (Path(axe.__file__).parent / "axe.min.js").read_text("utf-8")
    for key in ("", "?", "f", "g", "w"):
        if key:
            page.keyboard.press(key)
            page.wait_for_selector("dialog[open]")
        page.evaluate(core)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        bad = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
        assert not [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in bad]
        page.keyboard.press("Escape")


def test_the_page_fits_a_phone_and_speaks_chinese(served: Any, window: Any) -> None:
    page = window(served.address)
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("#list").bounding_box()["height"] >= 120
    page.locator("#language").click()
    assert page.locator("#next").inner_text() == "下一处存疑"
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.locator("#theme").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_hostile_texts_are_shown_and_nothing_runs(review: Any, window: Any, tmp_path: Path) -> None:
    texts = [text for text in TEXTS if "\0" not in text]
    edits = [(Edit(0, len(text), text, text + "!", text, evidence=((text, text),)),) for text in texts]
    cues = tuple(
        Cue(1000 * number, 1000 * number + 900, text, edits=edits[number]) for number, text in enumerate(texts)
    )
    lay_out(tmp_path, Transcript(TEXTS[0], cues))
    page = window(review("talk.edits.jsonl").address)
    page.on("dialog", lambda _: pytest.fail("a dialog of the page"))
    for number, text in enumerate(texts):
        until(page, f"document.querySelector('#one h2').textContent === 'Cue {number + 1}'")
        assert page.locator("#text").input_value() == text + "!"
        page.keyboard.press("j")
    page.keyboard.press("Home")
    page.keyboard.press("w")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    assert page.evaluate("window.hit") is None
    assert page.evaluate("document.querySelectorAll('iframe, object, embed, script:not([src])').length") == 0
    shown = page.evaluate("document.body.innerText")
    assert "\u202e" not in shown
    report = page.context.new_page()
    report.goto(page.url + "report.html")
    assert report.evaluate("window.hit") is None
    assert report.locator("script").count() == 0


BLANK = """() => new Promise((done) => {
  const list = document.getElementById('list'), box = list.getBoundingClientRect();
  let blank = 0, frames = 0;
  const step = list.scrollHeight / 40;
  const look = () => {
    for (const share of [0.02, 0.5, 0.98]) {
      const found = document.elementFromPoint(box.left + 50, box.top + box.height * share);
      if (!found || !found.closest('.row')) blank += 1;
    }
    frames += 1;
    if (frames > 60) return done(blank);
    list.scrollTop += frames % 2 ? step : 300;
    requestAnimationFrame(() => requestAnimationFrame(look));
  };
  look();
})"""


def opened(page: Any) -> float:
    """How many milliseconds it took until the cues stood there, loaded again."""
    page.reload()
    page.wait_for_selector("body[data-ready]")
    page.wait_for_timeout(300)
    return float(page.evaluate("performance.getEntriesByName('ready')[0].startTime"))


def test_ten_thousand_cues_open_at_once_and_scroll_without_a_gap(review: Any, window: Any, tmp_path: Path) -> None:
    cues = tuple(Cue(2000 * number, 2000 * number + 1800, f"第{number}句话说的是具身智能") for number in range(10_000))
    lay_out(tmp_path, Transcript("talk.mp4", cues))
    page = window(review("talk.edits.jsonl").address)
    assert any(opened(page) < 2000 for _ in range(6)), "not once in two seconds, however busy the machine is"
    assert page.locator(ROWS).count() < 120
    assert page.evaluate(BLANK) == 0
    page.keyboard.press("End")
    saved(page, lambda: page.keyboard.press("s"))
    assert page.locator("#count").inner_text().startswith("10001 cues")
