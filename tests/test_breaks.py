"""Where text may be broken, how good each place is, how wide text stands, and how it is laid out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.breaks import (
    LAST_RESORT,
    break_places,
    display_width,
    glue,
    is_chinese,
    keeps_lines,
    lay_out,
    line_width,
    punctuate,
    reading_time,
    visible,
    wrap,
)
from toolkit.profile import SegmentOptions, read_profile

TERMS = ("具身智能", "大模型", "Mark Nitzberg", "人工智能+")
SIGNS = "具身智能大模型的了吗我们在但是因为，。！？、；：“”《》（）…— \nAIgpt4o395%.,:-'\"/{}<>\\i1é́𠮷年月日一二三百"
TEXTS = st.text(SIGNS, max_size=40)
SPACED = SegmentOptions(punctuation="space")


def broken(text: str, *, terms: tuple[str, ...] = TERMS, last_resorts: bool = False) -> str:
    """The text with a bar at each place."""
    offsets = [place.offset for place in break_places(text, terms, last_resorts=last_resorts)]
    return "|".join(text[start:end] for start, end in zip([0, *offsets], [*offsets, len(text)], strict=True))


def cost(text: str) -> int | None:
    """The cost of a break at the bar in ``text``; None where there is no place."""
    offset = text.index("|")
    costs = {place.offset: place.cost for place in break_places(text.replace("|", ""), TERMS)}
    return costs.get(offset)


@pytest.mark.parametrize(
    "whole",
    [
        "GPT-4o",
        "5G-A",
        "3.5",
        "1,300",
        "10:30",
        "10%",
        "98.5%",
        "C++",
        "node.js",
        "Qwen2.5",
        "24/7",
        "don't",
        "state-of-the-art",
        "$5",
        "+86",
        "café",
        "me@example.org",
        "https://example.org/a?b=1&c=2",
        "&amp;",
        "2024年7月6日",
        "7月6日",
        "3.5亿",
        "10 万",
        "第3届",
        "二零二四年",
        "百分之九十八",
        "三点五",
        "第十二届",
        "两个小时",
        "具身智能",
        "Mark Nitzberg",
        "人工智能+",
        r"{\i1}",
        r"{\pos(100,200)}",
        "<i>",
        '<font color="red">',
        "July 6",
        "3 million",
        "the model",
        "a GPT-4o",
        "is going",
        "have been",
        "it's going",
        "Sam Altman",
        "Dr. Smith",
        "J. Smith",
        "e.g. this",
        "廉·莎",
        "我们",
        "可以",
        "️❤️",
        "👍🏽",
        "👩‍💻",
    ],
)
@pytest.mark.parametrize("around", ["{}", "在{}里", "we see {} here", "，{}。"])
def test_what_belongs_together_is_never_broken(whole: str, around: str) -> None:
    text = around.format(whole)
    inside = range(text.index(whole) + 1, text.index(whole) + len(whole))
    assert not [place for place in break_places(text, TERMS) if place.offset in inside]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("他说：“好的。”然后走了", "他|说：|“好的。”|然后|走了"),
        ("《论语》（节选）", "《论|语》|（节|选）"),
        ("你来了吗？来了！", "你|来了吗？|来了！"),
        ("前人三种 後人收", "前|人|三种 |後|人|收"),
        ("- 你好\n- 再见", "- 你|好\n|- 再见"),
        ("Yes, sir.", "Yes, |sir."),
        ('He said "go on" twice', 'He |said |"go |on" |twice'),
        ("wait ... what", "wait ... |what"),
        ("了解的确得到地方过程", "了解|的确|得到|地方|过程"),
        ("心中中国中心", "心中|中国|中心"),
        ("IBM AND THE WORLD", "IBM |AND |THE WORLD"),
    ],
)
def test_parts(text: str, parts: str) -> None:
    assert broken(text) == parts


@pytest.mark.parametrize(
    "falling",
    [
        ["好的。|我们走", "好的；|我们走", "好的，|我们走", "苹果、|香蕉", "看了|那边", "高楼|大厦"],
        ["就这样吧|你先去", "他来了|你先去", "他们|都同意"],
        ["我来了|但是你没来", "我来了|根据他的话", "水果|在桌上", "水果|也在桌上", "水果|香甜"],
        ["开会 |我们", "使用|模型", "在|模型里"],
        [
            "ready. |So",
            "ready, |we",
            "ready |because",
            "ready |with",
            "ready |the",
            "ready |of",
            "ready |models",
            "with |it",
        ],
    ],
)
def test_better_places_cost_less(falling: list[str]) -> None:
    costs = [cost(text) for text in falling]
    assert None not in costs
    assert costs == sorted(set(costs), key=costs.index) == sorted(costs, key=lambda value: value or 0)


@pytest.mark.parametrize(
    "text",
    ["好|的", "来|了", "对|吗", "好|，的", "（|好", "好|）", "我|们走", "具身|智能", "the| model", "will |be", "他|呢"],
)
def test_no_place_at_all(text: str) -> None:
    assert cost(text) is None


def test_the_end_of_a_sentence_is_told_from_an_abbreviation() -> None:
    assert [cost(text) for text in ("It works. |We go", "at 3.5. |We go", "the U.S. |We go", "vs. |him")] == [
        0,
        0,
        70,
        None,
    ]


def test_a_long_title_is_not_one_name() -> None:
    parts = broken("The World Artificial Intelligence Conference Opening Ceremony").split("|")
    assert parts == ["The World Artificial Intelligence ", "Conference ", "Opening ", "Ceremony"]


@pytest.mark.parametrize(("text", "parts"), [("了了了", "了|了|了"), ("the model", "the |model"), ("好。”", "好。”")])
def test_last_resorts_are_where_a_reader_stumbles_but_nothing_breaks(text: str, parts: str) -> None:
    assert broken(text) == text
    assert broken(text, last_resorts=True) == parts


@given(TEXTS)
def test_places_are_in_order_inside_the_text_and_behind_spaces(text: str) -> None:
    places = break_places(text, TERMS, last_resorts=True)
    offsets = [place.offset for place in places]
    assert offsets == sorted(set(offsets))
    assert all(0 < offset < len(text) and not text[offset].isspace() for offset in offsets)
    assert break_places(text, TERMS) == [place for place in places if place.cost < LAST_RESORT]


@given(TEXTS)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str) -> None:
    for place in break_places(text, TERMS, last_resorts=True):
        assert text[place.offset] not in "，。！？、；：”》）…"
        assert text[: place.offset].rstrip()[-1] not in "“《（"


@pytest.mark.parametrize(
    ("text", "width"),
    [("具身 AI", 7), ("", 0), ("é", 1), ("e\u0301", 1), ("，。", 4), ("ＡＢ", 4), ("👍\ufe0f", 2), ("a\u200bb", 2)],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


def test_limits_go_by_language() -> None:
    options = SegmentOptions(zh_width=16, en_width=42, zh_speed=10.0, en_speed=20.0)
    assert [line_width(text, options) for text in ("你好", "GPT模型 rocks", "hello", "2024")] == [32, 32, 42, 42]
    assert [reading_time(text, options) for text in ("你好", "AI的", "hello", "")] == [200, 200, 250, 0]
    assert reading_time("你好", SegmentOptions(zh_speed=0.0)) == 0


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("你好\nHello", True),
        ("Hello there\n你好", True),
        ("- 你好\n- 再见", True),
        ("你好\n2024", False),
        ("今天\n使用GPT模型", False),
        ("two\nlines", False),
        ("one", False),
        ("好\n", False),
    ],
)
def test_lines_of_two_languages_or_speakers_mean_something(text: str, kept: bool) -> None:
    assert keeps_lines(text) is kept


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("Hello", "world", " "),
        ("Hello ", "world", ""),
        ("Hello,", "world", " "),
        ("你好", "世界", ""),
        ("使用", "GPT", ""),
        ("GPT", "模型", ""),
        ("Done.", "好", " "),
        ("好。", "Next", ""),
        ("Hello", ", world", ""),
        ("(", "see", ""),
        ("", "x", ""),
        ("<i>Hello</i>", "<i>world</i>", " "),
    ],
)
def test_glue(left: str, right: str, between: str) -> None:
    assert glue(left, right) == between


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("短的一行", "短的一行"),
        ("我们今天来讨论一下具身智能，但是先说一件事", "我们今天来讨论一下具身智能，\n但是先说一件事"),
        ("在过去的一年里我们看到了大模型的很多突破和进展", "在过去的一年里我们看到了\n大模型的很多突破和进展"),
        ("很久\n以前", "很久\n以前"),
        (
            "我们看\n然后再来看一看算力的问题，还有人才的问题",
            "我们看然后再来看一看算力的问题，\n还有人才的问题",
        ),
        (
            "你好我是今天的主持人欢迎大家来到现场\nHello, I am your host",
            "你好我是今天的主持人欢迎大家来到现场\nHello, I am your host",
        ),
        ("So we trained the model, and then it failed", "So we trained the model,\nand then it failed"),
    ],
)
def test_wrap(text: str, wrapped: str) -> None:
    assert wrap(text, width=32, lines=2, terms=TERMS) == wrapped


def test_wrap_without_room_or_without_limit() -> None:
    text = "在过去的一年里\n我们看到了大模型的很多突破和进展"
    assert wrap(text, width=20, lines=1) == text.replace("\n", "")
    assert wrap(text, width=0, lines=1) == text
    assert (
        wrap("https://example.org/a-very-long-address", width=10, lines=2) == "https://example.org/a-very-long-address"
    )


def test_wrap_to_three_lines_only_where_two_do_not_do() -> None:
    text = "第一个是数据的问题，第二个是算力的问题，第三个是人才的问题"
    assert wrap(text, width=40, lines=3).count("\n") == 1
    assert wrap(text, width=22, lines=3).split("\n") == [
        "第一个是数据的问题，",
        "第二个是算力的问题，",
        "第三个是人才的问题",
    ]


@given(TEXTS, st.integers(0, 40), st.integers(1, 4))
def test_wrapping_changes_nothing_but_spaces_and_is_done_once(text: str, width: int, lines: int) -> None:
    wrapped = wrap(text, width=width, lines=lines, terms=TERMS)
    assert "".join(wrapped.split()) == "".join(text.split())
    assert wrap(wrapped, width=width, lines=lines, terms=TERMS) == wrapped


@given(TEXTS, st.integers(1, 40), st.integers(1, 4))
def test_wrapping_makes_at_most_so_many_lines(text: str, width: int, lines: int) -> None:
    if not keeps_lines(text):
        assert len(wrap(text, width=width, lines=lines).split("\n")) <= lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("大家好，欢迎来到现场。", "大家好 欢迎来到现场"),
        ("真的吗？真的！太好了……", "真的吗？真的！太好了……"),
        ("苹果、香蕉；还有梨：很多。", "苹果 香蕉 还有梨：很多"),
        ("他说：“好的。”然后走了。", "他说：“好的”然后走了"),
        ("涨了3.5%，10:30开始，共1,300人。", "涨了3.5% 10:30开始 共1,300人"),
        ("今天,我们开始.", "今天 我们开始"),
        ("用 PyTorch, TensorFlow，都行", "用 PyTorch, TensorFlow 都行"),
        ("Well, let us go. Right?", "Well, let us go. Right?"),
        ("你好，世界。\nHello, world.", "你好 世界\nHello, world."),
        (r"{\i1}你好，{\pos(1,2)}世界。{\i0}", r"{\i1}你好 {\pos(1,2)}世界{\i0}"),
        ("，。", "，。"),
    ],
)
def test_punctuation_the_fansub_way(text: str, shown: str) -> None:
    assert punctuate(text, SPACED) == shown
    assert punctuate(shown, SPACED) == shown
    assert punctuate(text, SegmentOptions()) == text


@given(TEXTS)
def test_punctuation_takes_away_nothing_but_pauses(text: str) -> None:
    kept = str.maketrans(dict.fromkeys("，。、；,;. \n"))
    shown = punctuate(text, SPACED)
    assert shown.translate(kept) == text.translate(kept)
    assert is_chinese(visible(text)) or shown == text


def test_a_cue_is_laid_out_as_its_profile_wants_it() -> None:
    text = "我们今天来讨论一下具身智能，但是先说一件事。"
    assert lay_out(text, read_profile("ted").segment) == "我们今天来讨论一下具身智能，\n但是先说一件事。"
    assert lay_out(text, read_profile("fansub").segment) == "我们今天来讨论一下具身智能 但是先说一件事"
