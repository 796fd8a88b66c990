"""Names that every system takes, and that never meet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.fetch.names import LONGEST, file_name, safe, safe_id
from toolkit.fetch.store import entry_of

TEXTS = st.text(max_size=200)
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*%]')


@pytest.mark.parametrize(
    ("title", "part", "name"),
    [
        ("闭幕式", "", "闭幕式 X"),
        ('a/b\\c:d*e?f"g<h>i|j', "", "a b c d e f g h i j X"),
        ("  ...  ", "", "X"),
        ("闭幕式", "闭幕式", "闭幕式 X"),
        ("闭幕式", "上", "闭幕式 上 X"),
        ("con", "", "con X"),
        ("\u202egpj.exe", "", "gpj.exe X"),
        ("", "", "X"),
    ],
)
def test_titles_become_names(title: str, part: str, name: str) -> None:
    assert file_name(title, part, ident="X") == name


@given(TEXTS, TEXTS, TEXTS.filter(bool))
def test_a_name_is_safe_whatever_the_title(title: str, part: str, ident: str) -> None:
    name = file_name(title, part, ident=ident)
    assert name
    assert name.lstrip(".-~ ") == name.strip() == name
    assert not FORBIDDEN.search(name)
    assert len(name.encode()) <= LONGEST + 60
    assert Path(name).name == name
    name.encode("utf-8")


@pytest.mark.parametrize("length", [10, 60, 400])
def test_a_long_title_is_cut_and_the_id_never(length: int) -> None:
    names = {file_name("会" * length, "部" * length, ident=f"BV1iT421k7Bv_p{part}") for part in range(1, 100)}
    assert len(names) == 99
    assert max(len(name.encode()) for name in names) <= LONGEST
    assert all(re.search(r" BV1iT421k7Bv_p\d+$", name) for name in names)


@given(st.lists(TEXTS.filter(bool), unique=True, min_size=2, max_size=5))
def test_two_ids_never_meet(idents: list[str]) -> None:
    assert len({safe_id(ident) for ident in idents}) == len(idents)


def test_ids_that_differ_in_case_alone_do_not_meet_where_case_does_not_count() -> None:
    folders = {entry_of(Path(), "BiliBili", ident).name.casefold() for ident in ("BV1iT421k7Bv", "BV1It421k7Bv")}
    assert len(folders) == 2


@pytest.mark.parametrize("name", ["CON", "nul", "com1.txt"])
def test_names_of_devices_are_no_names(name: str) -> None:
    assert file_name("", ident=name.partition(".")[0]).startswith("_")


def test_nothing_of_a_character_is_left_behind() -> None:
    assert safe("e\u0301") == "é"
    assert file_name("a" * 200, ident="X").endswith("… X")
