"""Take the pictures of the review page that stand in these pages; needs Playwright, Chromium and the extra ``web``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LEXICON = ("--lexicon", "waic2024", "--lexicon", "examples/terms.toml")
VIEWS = (
    ("review-light", (1280, 760), "light", "en-GB"),
    ("review-dark", (1280, 760), "dark", "en-GB"),
    ("review-narrow", (360, 720), "light", "zh-CN"),
)


def prepare(room: Path) -> None:
    """Correct the example and put a recording beside it."""
    shutil.copytree(ROOT / "examples", room / "examples")
    command = zimu("run", "examples/evening.cues.jsonl", "-o", "evening.srt", *LEXICON, "--suggest-only", "--no-config")
    for step in (command, zimu("edits", "evening.edits.jsonl", "accept", "1-2", "4-9")):
        subprocess.run(step, cwd=room, env=environment(), check=True)
    shutil.copy(ROOT / "tests" / "data" / "talk.ogg", room / "ceremony.ogg")


def zimu(*arguments: str) -> list[str]:
    """The command line of the program."""
    return [sys.executable, "-m", "toolkit", *arguments]


def environment() -> dict[str, str]:
    """One in which the program of this folder runs."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def take(browser: Any, address: str) -> None:
    """Take each view of the page, and the report."""
    for name, (width, height), scheme, locale in VIEWS:
        options = {"viewport": {"width": width, "height": height}, "color_scheme": scheme, "locale": locale}
        page = browser.new_context(**options).new_page()
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        page.keyboard.press("n")
        page.keyboard.press("p")
        page.wait_for_selector("#one rt")
        page.wait_for_timeout(1500)
        page.screenshot(path=PICTURES / f"{name}.png")
    page = browser.new_context(viewport={"width": 900, "height": 1100}).new_page()
    page.goto(f"{address}report.html")
    page.screenshot(path=PICTURES / "report.png")


def main() -> None:
    """Take all pictures."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        prepare(Path(folder))
        command = zimu("review", "evening.edits.jsonl", "--no-open", "--no-config")
        server = subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.PIPE, text=True)
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        try:
            take(browser, server.stdout.readline().strip() if server.stdout else "")
        finally:
            browser.close()
            server.terminate()


if __name__ == "__main__":
    main()
