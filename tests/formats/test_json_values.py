"""What the JSON formats share."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import FormatError
from toolkit.formats.json_values import give_back, keep, line_of_item, load, seconds_ms

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
FIELDS = st.dictionaries(
    st.text(max_size=5) | st.sampled_from(["a.b", "json:", "json:x", "x"]),
    st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner)),
    max_size=4,
)


@given(FIELDS, st.sampled_from(["", "bilibili."]))
def test_fields_are_kept_and_given_back(fields: dict[str, Any], prefix: str) -> None:
    assert give_back(keep(fields, but=[], prefix=prefix), prefix=prefix) == fields


def test_fields_of_other_formats_are_not_given_back() -> None:
    extra = (("vtt.id", "1"), ("speaker", "A"), ("bilibili.location", 2), ("bilibili.json:style", "[1]"))
    assert give_back(extra) == {"speaker": "A"}
    assert give_back(extra, prefix="bilibili.") == {"location": 2, "style": [1]}


@pytest.mark.parametrize(
    ("value", "ms"), [(0, 0), (1.9996, 2000), (1.9994, 1999), (0.0005, 0), (-3, 0), (12345, 12345000)]
)
def test_seconds_are_rounded_to_milliseconds(value: float, ms: int) -> None:
    assert seconds_ms(value, "start") == ms


@given(st.integers(0, 10**10))
def test_milliseconds_survive_as_seconds(ms: int) -> None:
    assert seconds_ms(ms / 1000, "start") == ms


@pytest.mark.parametrize("value", [None, True, "1", [1], float("nan"), float("inf"), 1e300, 10**30])
def test_what_is_no_time_is_a_value_error(value: object) -> None:
    with pytest.raises(ValueError, match="start is"):
        seconds_ms(value, "start")


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), ("{", 1), ('{\n"a": 1,\n}', 3), ("[1,\n2", 2), ("9" * 5000, 1), ("\n\nx", 3)]
)
def test_what_is_no_json_is_one_error_with_its_line(text: str, line: int) -> None:
    with pytest.raises(FormatError, match="not JSON") as caught:
        load(text, "talk.json")
    assert (caught.value.path, caught.value.line) == ("talk.json", line)


def test_half_characters_are_replaced() -> None:
    assert load('{"\\ud800": ["\\udfff", "\\ud83d\\ude00"]}', "") == {"\ufffd": ["\ufffd", "😀"]}


@pytest.mark.parametrize(("index", "line"), [(0, 3), (1, 4), (2, 7)])
def test_the_line_of_an_item_is_found(index: int, line: int) -> None:
    text = '{"x": 1, "segments": [\n\n  {"a": [1, 2]},\n  {\n  "b": 2\n  },\n  5]}'
    assert line_of_item(text, "segments", index) == line
    assert line_of_item(text[text.index("[") :], "", index) == line
    assert line_of_item("{}", "segments", index) == 1
