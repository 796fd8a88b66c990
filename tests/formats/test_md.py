"""Markdown: what is not spoken stays as it is."""

from __future__ import annotations

import pytest
from formats.samples import sample
from formats.wild import WILD
from hypothesis import given

from toolkit.formats.md import parse, render


@given(WILD.map(lambda text: text.replace("\r", "").replace("\0", "").lstrip("\ufeff")))
def test_a_file_that_nothing_was_changed_in_is_written_back_as_it_was(text: str) -> None:
    assert render(parse(text)) == text


def test_what_is_spoken() -> None:
    assert [cue.text for cue in parse(sample("md")).cues] == ["大家好", "再见"]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("一\n***\n二\n- - -\n", ["一", "二"]),
        ("~~~py\n一\n~~~\n二\n", ["二"]),
        ("```\n一\n", []),
        ("````\n一\n```\n二\n````\n三\n", ["三"]),
        ("---\n一\n", ["一"]),
        ("---\ntitle: x\n---\n一\n", ["一"]),
        ("<!-- 一 -->\n二\n", ["二"]),
        ("[1]: http://x.cn\n一\n", ["一"]),
        ("- 一\n> 二\n", ["- 一", "> 二"]),
    ],
)
def test_code_front_matter_rules_and_comments_are_not(text: str, spoken: list[str]) -> None:
    assert [cue.text for cue in parse(text).cues] == spoken
