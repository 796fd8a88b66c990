"""TOML text becomes plain values, and what is not TOML says where."""

from __future__ import annotations

import pytest

from toolkit.toml import parse


def test_tables_lists_and_values_are_plain_python() -> None:
    text = 'about = "会议"\nterms = ["具身智能"]\n[[term]]\ntext = "WAIC"\nweight = 2.5\nexact = true\n'
    assert parse(text) == {
        "about": "会议",
        "terms": ["具身智能"],
        "term": [{"text": "WAIC", "weight": 2.5, "exact": True}],
    }


@pytest.mark.parametrize("text", ["lines = ", "lines = 1\nlines = 2", "[segment", "= 3"])
def test_what_is_not_toml_says_where(text: str) -> None:
    with pytest.raises(ValueError, match=r"line \d, column \d|end of document"):
        parse(text)
