"""The site: its navigation names every page, its pages ask no other server, links out of docs/ go along."""

from __future__ import annotations

import re

import outside
from pages import PAGES, ROOT

SETTINGS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def test_the_navigation_names_every_page_once() -> None:
    named = re.findall(r"^ +- [^:]+: (\S+\.md)$", SETTINGS.partition("\nnav:\n")[2], flags=re.MULTILINE)
    assert sorted(named) == sorted(page.removeprefix("docs/") for page in PAGES if page.startswith("docs/"))


def test_the_build_is_strict_and_loads_no_fonts_from_elsewhere() -> None:
    lines = SETTINGS.splitlines()
    assert "strict: true" in lines
    assert "  font: false" in lines


def test_links_out_of_the_pages_lead_to_copies() -> None:
    assert outside.redirected("[a](../models/x.md#b) [c](d.md#e)") == "[a](files/models/x.md.txt) [c](d.md#e)"
