"""One transcript alone proposes the terms that it never spells twice alike, and ordinary text proposes little."""

from __future__ import annotations

from toolkit.cues import Cue
from toolkit.glean import Proposal, mine
from toolkit.glean.readings import read
from toolkit.lexicon import Lexicon

HEARD = (
    "他们展示了聚生智能的最新进展，",
    "有人问聚身智能和大模型有什么关系。",
    "聚深智能还需要海量的训练数据。",
    "掌声有请Nesburger先生，",
    "感谢尼斯伯格先生精彩的演讲。",
    "上海5GA方示范城市今天启动，",
    "祝贺五届A方示范城市正式启动。",
)
PLAIN = (
    "今天的天气很好，我们去公园散步。",
    "他昨天买了一本新书，还没有开始读。",
    "明天的会议改到下午三点，请大家准时参加。",
)


def cues(*texts: str) -> list[Cue]:
    return [Cue(None, None, text) for text in texts]


def spellings(found: list[Proposal]) -> list[set[str]]:
    return [{spelling for spelling, _ in one.variants} for one in found]


def test_spellings_of_one_term_are_one_cluster() -> None:
    found = mine(cues(*HEARD))
    assert {"聚生智能", "聚身智能", "聚深智能"} in spellings(found)
    (cluster,) = [one for one in found if "聚生智能" in dict(one.variants)]
    assert (cluster.kind, cluster.count) == ("sound", 3)
    assert cluster.distance < 0.05
    assert any("[聚身智能]" in text for text in cluster.examples)


def test_digits_and_capitals_are_read_as_they_are_said() -> None:
    assert any(
        {"5GA方示范城市", "五届A方示范城市"} <= {text[-8:] for text in one} | one
        for one in spellings(mine(cues(*HEARD)))
    )


def test_a_latin_name_is_found_in_chinese_characters() -> None:
    assert {"Nesburger", "尼斯伯格"} in spellings(mine(cues(*HEARD)))


def test_a_document_lends_its_spelling() -> None:
    found = mine(cues(*HEARD), right=cues("议程：具身智能论坛，DeepLink发布"))
    (cluster,) = [one for one in found if "聚生智能" in dict(one.variants)]
    assert cluster.text == "具身智能"
    assert "[具身智能]" in cluster.examples[0]
    assert ("DeepLink", "document") in [(one.text, one.kind) for one in found]


def test_a_lexicon_lends_its_spelling_and_what_it_has_is_not_proposed() -> None:
    found = mine(cues(*HEARD), known=Lexicon.of(["具身智能", "DeepLink"]), right=cues("DeepLink和《灵巧手》"))
    assert "具身智能" in [one.text for one in found]
    assert "DeepLink" not in [one.text for one in found]
    assert "灵巧手" in [one.text for one in found]


def test_ordinary_text_proposes_nothing() -> None:
    assert mine(cues(*PLAIN)) == []
    assert mine([]) == []


def test_what_reads_as_no_words_and_comes_again_is_proposed() -> None:
    found = mine(cues("我们研究灵巧爪。", "看灵巧爪的演示，", "一个灵巧爪和电机。"))
    assert [(one.text, one.kind, one.count) for one in found] == [("灵巧爪", "repeated", 3)]


def test_what_reads_ill_is_odd() -> None:
    reading = read(cues("他们展示了聚生智能的进展，今天的天气很好"))
    place = reading.text.index("聚生智能")
    plain = reading.text.index("天气很好")
    assert reading.oddness(place, place + 4) > 2 > reading.oddness(plain, plain + 4)
    assert reading.oddness(place, place + 4) == reading.odd[place, place + 4]
