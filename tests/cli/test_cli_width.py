"""Text keeps its columns in a terminal, whatever it is written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.cli.width import clip, clip_left, pad, width, wrap

MIXED = st.text(st.sampled_from("ab 具身，é́ｱア🙂\u00a0"), max_size=60)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("具身智能", 8), ("AI 智能", 7), ("e\u0301", 1), ("，", 2), ("→", 1), ("ｱ", 1), ("🙂", 2)],
)
def test_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@given(MIXED, st.integers(2, 40))
def test_padded_text_fills_its_columns(text: str, columns: int) -> None:
    assert width(pad(text, columns)) == columns


@given(MIXED, st.integers(2, 40))
def test_clipped_text_keeps_its_beginning_or_its_end(text: str, columns: int) -> None:
    assert max(width(clip(text, columns)), width(clip_left(text, columns))) <= columns
    assert text.startswith(clip(text, columns).removesuffix("…"))
    assert text.endswith(clip_left(text, columns).removeprefix("…"))


@given(MIXED, st.integers(2, 40))
def test_wrapping_loses_nothing_and_fits(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= columns for line in lines)


def test_a_non_breaking_space_holds_words_together() -> None:
    assert wrap("speed (default:\u00a0on)", 15) == ["speed", "(default: on)"]
