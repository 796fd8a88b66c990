"""Segmenting as a reader sees it: what is cut where, what is joined, when cues show. All sentences are our own."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from toolkit.amend import amend
from toolkit.breaks import display_width
from toolkit.cues import Cue, Edit, Word
from toolkit.edits import lay
from toolkit.profile import SegmentOptions, read_profile
from toolkit.segment import segment

NETFLIX, TED, FANSUB, BILIBILI = (read_profile(name).segment for name in ("netflix", "ted", "fansub", "bilibili"))
TERMS = ("具身智能", "多模态大模型", "WAIC", "GPT-4o")
LOOSE = SegmentOptions(min_duration=0, max_duration=0, zh_speed=0.0, en_speed=0.0, gap=0)


def spoken(text: str, *, start: int = 0, pauses: dict[str, int] | None = None) -> Cue:
    """A cue as a recogniser hears it: a word a Han character or Latin word, a breath behind each mark.

    ``pauses`` are further silences, by the word before them.
    """
    words, now = [], start
    for piece in re.findall(r" ?[A-Za-z0-9.%'-]+[，。！？,]?| ?[^A-Za-z0-9\s][，。！？、]?", text):
        length = 180 if len(piece) < 3 else 320
        words.append(Word(piece, now, now + length))
        now += length + (300 if piece[-1] in "。！？." else 120 if piece[-1] in "，,、" else 0)
        now += (pauses or {}).get(piece, 0)
    return Cue(start, words[-1].end, text, words=tuple(words))


def texts(*cues: Cue, options: SegmentOptions = NETFLIX) -> list[str]:
    return [cue.text for cue in segment(cues, options, terms=TERMS)]


def times(*cues: Cue, options: SegmentOptions = NETFLIX) -> list[tuple[int | None, int | None]]:
    return [(cue.start, cue.end) for cue in segment(cues, options, terms=TERMS)]


RUN_ON = (
    "大家好今天我们来聊一聊具身智能的发展趋势，在过去的一年里面我们看到了很多的突破，特别是像GPT-4o这样的多模态大模型"
    "出现之后，整个行业对于机器人的想象空间一下子就打开了。那么接下来我想从三个方面跟大家分享一下我们的看法，第一个是"
    "数据的问题，第二个是算力的问题，第三个也是最重要的就是人才的问题，谢谢。"
)


def test_half_a_minute_without_a_stop_becomes_lines_that_can_be_read() -> None:
    talk = spoken(RUN_ON)
    assert talk.duration > 25_000
    assert texts(talk) == [
        "大家好今天我们来聊一聊",
        "具身智能的发展趋势，",
        "在过去的一年里面我们看到了",
        "很多的突破，特别是像GPT-4o",
        "这样的多模态大模型出现之后，",
        "整个行业对于机器人的想象空间",
        "一下子就打开了。",
        "那么接下来我想从三个方面",
        "跟大家分享一下我们的看法，",
        "第一个是数据的问题，",
        "第二个是算力的问题，",
        "第三个也是最重要的",
        "就是人才的问题，谢谢。",
    ]


def test_with_two_lines_a_cue_is_a_clause() -> None:
    assert texts(spoken(RUN_ON), options=TED)[:3] == [
        "大家好今天我们来聊一聊具身智能的发展趋势，",
        "在过去的一年里面我们看到了很多的突破，",
        "特别是像GPT-4o这样的多模态大模型出现之后，",
    ]


def test_without_punctuation_function_words_and_terms_show_the_way() -> None:
    bare = RUN_ON.replace("，", "").replace("。", "")
    made = texts(spoken(bare))
    assert "".join(made) == bare
    assert all(display_width(text) <= 32 for text in made)
    assert made[:3] == ["大家好今天我们来聊一聊具身智能的", "发展趋势在过去的一年里面", "我们看到了很多的突破"]


def test_an_english_talk() -> None:
    talk = spoken(
        "So today I would like to talk about how large language models are changing the way we build robots, and why "
        "that matters for everybody in this room. When Sam Altman announced the new model in 2023, most of us did not "
        "believe that it would be able to control a robot arm."
    )
    assert texts(talk) == [
        "So today I would like to talk",
        "about how large language models",
        "are changing the way we build robots,",
        "and why that matters",
        "for everybody in this room.",
        "When Sam Altman announced the new model",
        "in 2023, most of us did not believe",
        "that it would be able to control",
        "a robot arm.",
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "在WAIC的舞台上我们第一次看到了GPT-4o和具身智能的结合",
            ["在WAIC的舞台上我们第一次看到了", "GPT-4o和具身智能的结合"],
        ),
        (
            "准确率从百分之九十提升到了98.5%但是成本只有原来的1,300分之一",
            ["准确率从百分之九十提升到了98.5%", "但是成本只有原来的1,300分之一"],
        ),
        (
            "他说“我们下个月就发布”，然后《新闻》节目就播出了这条消息",
            ["他说“我们下个月就发布”，", "然后《新闻》节目就播出了这条消息"],
        ),
        (
            "请访问https://example.org/robots?lang=zh了解更多的信息和资料",
            ["请访问", "https://example.org/robots?lang=zh", "了解更多的信息和资料"],
        ),
    ],
)
def test_mixed_sentences_without_word_times(text: str, parts: list[str]) -> None:
    assert texts(Cue(0, 7000, text), options=LOOSE) == parts


def test_without_words_times_go_by_the_share_of_the_text() -> None:
    cue = Cue(1000, 9000, "第一个是数据的问题，第二个是算力的问题，第三个是人才的")
    assert [(cue.start, cue.heard) for cue in segment([cue])] == [
        (1000, "第一个是数据的问题，"),
        (1000 + round(8000 * 10 / 27), "第二个是算力的问题，"),
        (1000 + round(8000 * 20 / 27), "第三个是人才的"),
    ]


def test_a_long_pause_cuts_even_a_short_cue() -> None:
    talk = spoken("我们今天来讨论一下", pauses={"天": 900})
    assert texts(talk) == ["我们今天", "来讨论一下"]
    assert texts(spoken("我们今天来讨论一下", pauses={"天": 600})) == ["我们今天来讨论一下"]


def test_a_pause_does_not_cut_what_belongs_together() -> None:
    assert texts(spoken("我们的具身智能", pauses={"身": 900})) == ["我们的具身智能"]
    assert texts(spoken("this is the new model", pauses={" the": 900})) == ["this is the new model"]
    assert texts(spoken("这是我们的模型", pauses={"们": 900})) == ["这是我们的模型"]


def test_of_equal_places_the_one_with_a_pause_is_taken() -> None:
    text = "苹果香蕉葡萄西瓜桃子李子杏子橘子柚子"
    for word in "萄瓜子":
        first, _ = texts(spoken(text, pauses={word: 500}), options=replace(LOOSE, zh_width=14))[:2]
        assert first.endswith(word)


def test_recognisers_tokens_are_never_cut() -> None:
    words = (Word("我们今天来讨论", 0, 1500), Word("一下人工智能的问题和", 1500, 4000), Word("机会", 4000, 4400))
    cue = Cue(0, 4400, "".join(word.text for word in words), words=words)
    assert texts(cue) == ["我们今天来讨论", "一下人工智能的问题和机会"]


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        ([(0, 1500, "今天我们来讨论一下"), (1550, 1800, "算力")], ["今天我们来讨论一下算力"]),
        ([(0, 300, "好"), (400, 2000, "我们开始吧")], ["好我们开始吧"]),
        ([(0, 300, "好"), (2000, 4000, "我们开始吧")], ["好", "我们开始吧"]),
        ([(0, 1600, "let us have a look at"), (1650, 1900, "it")], ["let us have a look at it"]),
        ([(0, 1500, "今天我们来讨论一下"), (1550, 1800, "GPT")], ["今天我们来讨论一下GPT"]),
        ([(0, 300, "对。"), (350, 2000, "我们开始吧。")], ["对。我们开始吧。"]),
        ([(0, 600, "我知道了。"), (620, 2000, "我们开始吧。")], ["我知道了。", "我们开始吧。"]),
        ([(0, 500, "我知道的"), (520, 2000, "都告诉你了")], ["我知道的都告诉你了"]),
        ([(0, 850, "我知道的"), (870, 2000, "都告诉你了")], ["我知道的都告诉你了"]),
        ([(0, 1200, "我知道的"), (1220, 3000, "都告诉你了")], ["我知道的", "都告诉你了"]),
    ],
)
def test_fragments_join_their_neighbours(parts: list[tuple[int, int, str]], joined: list[str]) -> None:
    assert texts(*[Cue(*part) for part in parts]) == joined


def test_no_joint_is_wider_than_a_line() -> None:
    assert texts(Cue(0, 3000, "今天我们要来讨论的是人才的问题。"), Cue(3000, 3200, "对")) == [
        "今天我们要来讨论的是人才的问题。",
        "对",
    ]


@pytest.mark.parametrize(
    ("left", "right", "parts"),
    [
        ("标志着聚生", "智能在今天的崛起", ["标志着具身智能在今天的崛起"]),
        ("现在的聚生", "智能在今天的崛起与发展趋势", ["现在的具身智能", "在今天的崛起与发展趋势"]),
        ("他们说聚生智能", "，还有很多问题", ["他们说具身智能，还有很多问题"]),
    ],
)
def test_a_term_over_the_seam_of_two_cues_comes_together(left: str, right: str, parts: list[str]) -> None:
    heard = (Cue(0, 2000, left), Cue(2000, 5000, right))
    made = segment(lay(heard, [Edit(3, 5, "聚生", "具身", rule="sound")]), NETFLIX, terms=TERMS)
    assert [cue.text for cue in made] == parts
    assert [edit.as_text() for cue in made for edit in cue.edits] == ["聚生 → 具身"]


def test_an_edit_over_a_seam_becomes_one_again() -> None:
    heard = (Cue(0, 2000, "标志着聚"), Cue(2000, 4000, "生智能的崛起"))
    (cue,) = segment(lay(heard, [Edit(3, 7, "聚生智能", "具身智能", rule="sound")]), NETFLIX, terms=TERMS)
    assert (cue.text, cue.edits) == ("标志着具身智能的崛起", (Edit(3, 7, "聚生智能", "具身智能", rule="sound"),))


def test_widths_are_those_of_the_corrected_text_and_cuts_those_of_the_heard() -> None:
    edits = (Edit(1, 3, "外壳", "世界人工智能大会", rule="alias"), Edit(9, 11, "聚生", "具身", rule="sound"))
    cue = Cue(0, 6000, "在外壳的舞台上展示聚生智能", edits=edits)
    made = segment([cue], NETFLIX, terms=TERMS)
    assert [cue.text for cue in made] == ["在世界人工智能大会的舞台上", "展示具身智能"]
    assert [cue.heard for cue in made] == ["在外壳的舞台上", "展示聚生智能"]
    assert [edit.after for cue in made for edit in cue.edits] == ["世界人工智能大会", "具身"]


def test_a_stop_that_a_person_put_ends_a_cue_like_one_that_was_heard() -> None:
    heard, stopped = (
        "我们今天要讨论的是具身来到现场的各位嘉宾和老师们你们好",
        "我们今天要讨论的是具身。来到现场的各位嘉宾和老师们你们好",
    )
    typed = amend([Cue(0, 6000, heard)], 0, stopped)
    assert texts(*typed) == texts(Cue(0, 6000, stopped)) == stopped.replace("。", "。|").split("|")


def test_words_stay_with_their_cue_and_keep_their_times() -> None:
    talk = spoken(RUN_ON)
    made = segment([talk], NETFLIX, terms=TERMS)
    assert tuple(word for cue in made for word in cue.words) == talk.words
    for cue in made:
        assert cue.start == cue.words[0].start
        assert cue.end is not None
        assert cue.words[-1].end - NETFLIX.gap <= cue.end <= cue.words[-1].end + 500


@pytest.mark.parametrize(
    "cue",
    [
        Cue(None, None, RUN_ON),
        Cue(0, 20_000, RUN_ON, translation="Hello everybody"),
        Cue(0, 5000, ""),
    ],
)
def test_what_cannot_be_cut_passes_untouched(cue: Cue) -> None:
    assert segment([cue], NETFLIX) == (cue,)


@pytest.mark.parametrize(
    "text",
    [
        "大家好今天我们来聊一聊具身智能的发展趋势\nHello everybody, today we talk about embodied AI",
        "- 大家好今天我们来聊一聊具身智能的发展趋势\n- 好的",
        r"{\an8\pos(10,20)}大家好今天我们来聊一聊具身智能的发展趋势",
        "♪ 大家好今天我们来聊一聊具身智能的发展趋势 ♪",
        "（大家好今天我们来聊一聊具身智能的发展趋势）",
    ],
)
def test_where_lines_or_places_mean_something_only_times_change(text: str) -> None:
    assert texts(Cue(0, 400, text), Cue(600, 900, "好"), Cue(3000, 4000, "我们开始")) == [text, "好", "我们开始"]
    assert times(Cue(0, 400, text), Cue(600, 5000, "我们开始吧"))[0] == (0, 517)


@pytest.mark.parametrize(
    "change", [{"extra": (("ass.name", "王"),)}, {"extra": (("tag.open", "<i>"),)}, {"start": 1600}]
)
def test_other_speakers_styles_and_moments_are_not_joined(change: dict[str, object]) -> None:
    fragment = replace(Cue(520, 1800, "好"), **change)
    assert texts(Cue(0, 500, "今天就到这里"), fragment) == ["今天就到这里", "好"]
    assert texts(Cue(0, 500, "今天就到这里"), Cue(520, 800, "- 好")) == ["今天就到这里", "- 好"]


def test_lines_of_one_language_are_layout() -> None:
    assert texts(Cue(0, 6000, "今天我们要来讨论的是\n具身智能的未来与挑战"), options=NETFLIX) == [
        "今天我们要来讨论的是",
        "具身智能的未来与挑战",
    ]
    assert texts(Cue(0, 6000, "今天我们要来讨论的是\n具身智能的未来"), options=TED) == [
        "今天我们要来讨论的是\n具身智能的未来"
    ]


@pytest.mark.parametrize(
    ("cues", "ends"),
    [
        ([(0, 300, "你好朋友")], [833]),
        ([(0, 300, "你好朋友"), (700, 3000, "我们开始吧")], [2911]),
        ([(0, 900, "今天的内容非常丰富")], [1000]),
        ([(0, 1000, "你好朋友们"), (1200, 3000, "我们开始吧")], [1117, 3000]),
        ([(0, 1000, "你好朋友们"), (1000, 3000, "我们开始吧")], [917, 3000]),
        ([(0, 1000, "你好朋友们"), (1499, 3000, "我们开始吧")], [1416, 3000]),
        ([(0, 1000, "你好朋友们"), (1500, 3000, "我们开始吧")], [1000, 3000]),
        ([(0, 9000, "谢谢大家"), (9500, 11_000, "我们开始吧")], [7000, 11_000]),
        ([(0, 3000, "你好朋友们"), (2000, 5000, "我们开始吧")], [3000, 5000]),
        ([(0, 100, "（笑）"), (110, 3000, "我们开始吧")], [100, 3000]),
    ],
)
def test_ends(cues: list[tuple[int, int, str]], ends: list[int]) -> None:
    if len(ends) < len(cues):
        assert texts(*[Cue(*cue) for cue in cues]) == ["你好朋友我们开始吧"]
    else:
        assert [end for _, end in times(*[Cue(*cue) for cue in cues])] == ends


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "他改了十一版图纸。还有一位观众，等了很久很久也不肯走。",
            ["他改了十一版图纸。", "还有一位观众，等了很久很久也不肯走。"],
        ),
        (
            "他改了图纸。观众很高兴。等了很久很久的人也不肯走。",
            ["他改了图纸。观众很高兴。", "等了很久很久的人也不肯走。"],
        ),
        (
            "I see it. But then, as we know, it went away again.",
            ["I see it.", "But then, as we know, it went away again."],
        ),
    ],
)
def test_no_sentence_begins_at_the_end_of_another_to_go_on_in_the_next_cue(text: str, parts: list[str]) -> None:
    assert texts(Cue(0, 7000, text), options=replace(LOOSE, zh_width=18)) == parts


def test_what_stands_as_it_should_is_left_alone() -> None:
    cues = (
        Cue(0, 1900, "真的吗？太好了"),
        Cue(2000, 3900, "我们走吧。你呢？"),
        Cue(4000, 5900, "我改了。还有一位"),
        Cue(6000, 7900, "a short line"),
    )
    assert texts(*cues[:2], cues[3]) == [cues[0].text, cues[1].text, cues[3].text]
    assert texts(*cues[1:3], cues[3]) == [cues[1].text, "我改了。", "还有一位", cues[3].text]


def test_limits_that_are_off() -> None:
    off = replace(LOOSE, zh_width=0, en_width=0)
    talk = [Cue(0, 40, RUN_ON), Cue(40, 50, "好的"), Cue(3000, 40_000, "And so on and on " * 9)]
    assert texts(*talk, options=off)[-1] == talk[-1].text
    assert "".join(texts(*talk, options=off)[:-1]) == talk[0].text + talk[1].text
    assert texts(talk[0], options=replace(NETFLIX, segment=False)) == [talk[0].text]
    assert all(len(text) <= 20 for text in texts(Cue(0, 40_000, RUN_ON), options=replace(off, max_duration=5000)))


def test_pauses_that_will_be_spaces_take_less_room() -> None:
    text = "今天我们要来讨论的是具身智能，以及它的未来。"
    assert display_width(text) == 44
    assert texts(Cue(0, 7000, text), options=BILIBILI) == ["今天我们要来讨论的是具身智能，", "以及它的未来。"]
    assert texts(Cue(0, 7000, text), options=replace(BILIBILI, zh_width=21)) == [text]
    assert len(texts(Cue(0, 7000, text), options=replace(BILIBILI, zh_width=21, punctuation="keep"))) == 2


def test_a_loop_of_the_recogniser_still_comes_in_lines() -> None:
    assert {display_width(text) for text in texts(Cue(0, 60_000, "了" * 160))} == {32}


def test_what_the_text_repeats_is_taken_for_a_word() -> None:
    options = replace(LOOSE, zh_width=6)
    text = "苏铁银杏红杉"
    assert texts(Cue(0, 2000, "银杏苏铁红杉"), Cue(9000, 11_000, text * 2), options=options)[1:] == [text] * 2
