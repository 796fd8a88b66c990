"""Tags around and within text."""

from __future__ import annotations

import pytest
from formats.wild import WILD
from hypothesis import given
from hypothesis import strategies as st

from toolkit.cues import Cue, Edit
from toolkit.formats.markup import ASS, MARKUPS, SRT, TTML, VTT, Markup, give, plain_text, take


@pytest.mark.parametrize(
    ("markup", "raw", "heard", "names"),
    [
        (SRT, "一", "一", []),
        (SRT, "a<b 且 c>d", "a<b 且 c>d", []),
        (SRT, "{重要}提示 C:\\new", "{重要}提示 C:\\new", []),
        (SRT, "HTML 的 <b> 标签", "HTML 的 <b> 标签", []),
        (SRT, "<i>一</i>", "一", ["tag.open", "tag.close"]),
        (SRT, "{\\an8}<font color=red>一\n二</font>", "一\n二", ["tag.open", "tag.close"]),
        (SRT, "一<i>二</i>", "一<i>二</i>", ["tag.inside"]),
        (SRT, "<i>一</i>\n<i>二</i>", "<i>一</i>\n<i>二</i>", ["tag.inside"]),
        (VTT, "a &lt; b &amp; c&nbsp;d R&D", "a < b & c\u00a0d R&D", []),
        (VTT, "<v 主持人>一</v>", "一", ["tag.open", "tag.close"]),
        (VTT, "<00:00:01.000>一", "一", ["tag.open"]),
        (VTT, "a<b 且 c>d", "a<b 且 c>d", []),
        (VTT, "一<c.red>二</c> &lt;", "一<c.red>二</c> &lt;", ["tag.inside"]),
        (ASS, "{\\pos(1,2)}一{\\r}", "一", ["tag.open", "tag.close"]),
        (ASS, "一{\\i1}二", "一{\\i1}二", ["tag.inside"]),
        (ASS, "\\{重要\\}C:\\\u2060new", "{重要}C:\\new", []),
        (ASS, "\\h一", "一", ["tag.open"]),
        (TTML, '<span tts:color="red">一 &amp; 二</span>', "一 & 二", ["tag.open", "tag.close"]),
    ],
)
def test_what_is_heard_is_plain_where_it_can_be(markup: Markup, raw: str, heard: str, names: list[str]) -> None:
    found, extra = take(raw, markup)
    assert (found, [name for name, _ in extra]) == (heard, names)


ROUGH = st.one_of(WILD, st.lists(st.sampled_from(["<i>", "</i>", "{\\an8}", "一", "<c>", "{", "\\h"])).map("".join))


@given(ROUGH, st.sampled_from([SRT, ASS]))
def test_raw_text_that_is_unescaped_comes_back_exactly(raw: str, markup: Markup) -> None:
    heard, extra = take(raw, markup)
    again = give(Cue(0, 1, heard, extra=extra), markup)
    assert again == raw or (markup is ASS and take(again, ASS) == (heard, extra))


@given(ROUGH, st.sampled_from(list(MARKUPS.values())))
def test_giving_and_taking_changes_nothing(raw: str, markup: Markup) -> None:
    first = take(raw, markup)
    second = take(give(Cue(0, 1, first[0], extra=first[1]), markup), markup)
    third = take(give(Cue(0, 1, second[0], extra=second[1]), markup), markup)
    assert third == second


@given(WILD, st.sampled_from([VTT, ASS, TTML]))
def test_plain_text_survives_as_plain_text(text: str, markup: Markup) -> None:
    assert take(give(Cue(0, 1, text), markup), markup) == (text, ())


@pytest.mark.parametrize(
    ("name", "raw", "plain"),
    [
        ("vtt", "一<c.red>二</c> &lt;三", "一二 <三"),
        ("ass", "一{\\i1}二\\n三\\h\\{", "一二 三 {"),
        ("srt", "一<i>二</i>", "一二"),
        ("ttml", '一<span tts:color="red">二</span> &amp;', "一二 &"),
        ("other", "一<i>二</i>", "一<i>二</i>"),
    ],
)
def test_other_formats_see_no_tags(name: str, raw: str, plain: str) -> None:
    assert plain_text(Cue(0, 1, raw, extra=(("tag.inside", name),))) == plain


def test_tags_go_from_format_to_format_as_far_as_both_know_them() -> None:
    heard, extra = take("{\\an8}<i>一</i>", SRT)
    cue = Cue(0, 1, heard, extra=extra)
    assert give(cue, VTT) == "<i>一</i>"
    assert give(cue, ASS) == "{\\an8}一"
    assert give(cue, TTML) == "一"


def test_the_translation_stands_below_the_text_within_the_same_tags() -> None:
    cue = Cue(0, 1, "一", translation="one < two", extra=(("tag.open", "<i>"), ("tag.close", "</i>")))
    assert give(cue, VTT) == "<i>一\none &lt; two</i>"


@pytest.mark.parametrize(
    ("markup", "text", "written"),
    [
        (VTT, "甲<c>丙", "R&amp;D<c>1&lt;2"),
        (TTML, "甲<span>丙", "R&amp;D<span>1&lt;2"),
        (ASS, "甲{\\i1}丙", "R&D{\\i1}1<2"),
    ],
)
def test_an_edit_within_marked_up_text_breaks_nothing(markup: Markup, text: str, written: str) -> None:
    last = len(text) - 1
    edits = (Edit(0, 1, "甲", "R&D", rule="alias"), Edit(last, last + 1, "丙", "1<2", rule="alias"))
    assert give(Cue(0, 1, text, edits=edits, extra=(("tag.inside", markup.name),)), markup) == written
