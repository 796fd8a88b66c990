"""The corrector as its callers see it: what is repaired, what is left alone, and the evidence."""

from __future__ import annotations

import pytest

from toolkit.correct import correct
from toolkit.cues import Cue, Transcript
from toolkit.edits import changes, decide
from toolkit.lexicon import Lexicon, parse_toml
from toolkit.profile import CorrectOptions

LEXICON = parse_toml(
    """
terms = ["具身智能", "生成式人工智能", "魔搭社区", "智元机器人", "大语言模型", "机器人", "银河通用"]

[[term]]
text = "WAIC"
sounds = ["wai ke"]
aliases = ["WAC", { text = "外壳", near = ["舞台", "大会"], never = ["手机", "外壳厂"] }]

[[term]]
text = "智谱"
near = ["大模型", "清华"]
never = ["民风"]

[[term]]
text = "人形机"
near = ["机器人"]

[[term]]
text = "DeepLink"

[[term]]
text = "OpenAI"
aliases = ["open eye"]

[[term]]
text = "生成式"
exact = true
aliases = [{ text = "深层式", near = ["模型"] }]
"""
)


def repaired(*lines: str, **options: object) -> str:
    cues = tuple(Cue(None, None, line) for line in lines)
    return "|".join(cue.text for cue in correct(cues, LEXICON, CorrectOptions(**options)))


@pytest.mark.parametrize(
    ("heard", "text"),
    [
        ("聚生智能的崛起", "具身智能的崛起"),
        ("聚深智能项目", "具身智能项目"),
        ("在深层式人工智能的辅助下", "在生成式人工智能的辅助下"),
        ("徐汇区与摩达社区", "徐汇区与魔搭社区"),
        ("智源机器人", "智元机器人"),
        ("外壳的舞台", "WAIC的舞台"),
        ("今年的WAC大会", "今年的WAIC大会"),
        ("我们用质朴的大模型", "我们用智谱的大模型"),
        ("这是deep link开放体系", "这是DeepLink开放体系"),
        ("他来自open eye公司", "他来自OpenAI公司"),
        ("深层式模型", "生成式模型"),
    ],
)
def test_what_was_misheard_is_repaired(heard: str, text: str) -> None:
    assert repaired(heard) == text


@pytest.mark.parametrize(
    "line",
    [
        "具身智能的崛起",
        "手机外壳摔坏了",
        "大会旁边的外壳厂",
        "质朴的生活",
        "民风质朴，大模型进村",
        "智源研究院",
        "深层式结构",
        "This deep link opens the app",
        "WACKY races",
        "SWAC大会",
        "木星的卫星",
        "",
        "😀，。",
        "机器人和机器人",
    ],
)
def test_what_is_right_stays(line: str) -> None:
    assert repaired(line) == line


def test_a_term_over_the_seam_is_found_and_split() -> None:
    assert repaired("这就是聚生", "智能的崛起") == "这就是具身|智能的崛起"
    cues = correct((Cue(None, None, "聚生"), Cue(None, None, "智能")), LEXICON)
    (change,) = changes(Transcript("talk.txt", cues))
    assert change.edit.as_text() == "聚生智能 → 具身智能"
    assert len(change.places) == 2


def test_a_term_over_a_line_break_keeps_the_break() -> None:
    assert repaired("聚生\n智能的崛起") == "具身\n智能的崛起"


def texts(terms: list[str], *lines: str) -> list[str]:
    return [cue.text for cue in correct([Cue(None, None, line) for line in lines], Lexicon.of(terms))]


def test_the_document_speaks() -> None:
    terms = ["智谱", "昇腾", "沐曦", "知识图谱", "向量数据库", "迁移学习", "剪枝", "蒸馏", "豆包", "商汤"]
    assert texts(terms, "我问斗包一个问题") == ["我问斗包一个问题"]
    assert texts(terms, "我问斗包一个问题", "豆包很好", "大家都用豆包")[0] == "我问豆包一个问题"


def test_several_look_alikes_speak_for_each_other() -> None:
    terms = ["智谱", "昇腾", "沐曦", "豆包", "商汤"]
    assert texts(terms, "我问斗包一个问题")[0] == "我问斗包一个问题"
    assert texts(terms, "我问斗包一个问题", "豆宝的回答很快", "都包又升级了")[0] == "我问豆包一个问题"


def test_a_long_list_of_which_nothing_occurs_is_silent() -> None:
    syllables = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往"
    others = [f"{one}{other}" for one in syllables for other in syllables if one != other]
    assert texts(["豆包"], "豆宝的回答很快") == ["豆包的回答很快"]
    assert texts(["豆包", *others], "豆宝的回答很快") == ["豆宝的回答很快"]


def test_the_context_speaks() -> None:
    assert texts(["沐曦"], "木西的芯片卖得好") == ["沐曦的芯片卖得好"]
    assert texts(["沐曦"], "车往木西的方向开") == ["车往木西的方向开"]
    assert texts(["昇腾"], "热气升腾") == ["热气升腾"]


def test_words_between_are_the_borders_of_a_latin_name() -> None:
    assert repaired("我们再 deep", "link 一下") == "我们再 deep|link 一下"


def test_every_edit_has_evidence_that_a_person_can_check() -> None:
    (cue,) = correct([Cue(None, None, "聚生智能来了，外壳的舞台")], LEXICON)
    sound, alias = cue.edits
    facts = dict(sound.evidence)
    assert (facts["heard"], facts["term"], facts["distance"]) == ("ju sheng zhi neng", "ju shen zhi neng", 0.013)
    assert isinstance(facts["context"], float)
    assert facts["context"] > 2
    assert dict(alias.evidence)["known"] == "listed as misheard for it"
    assert dict(alias.evidence)["near"] == "舞台"
    assert (sound.rule, alias.rule) == ("sound", "alias")
    assert all(0.5 < edit.score <= 1 for edit in cue.edits)


def test_a_listed_mistake_is_left_to_its_conditions() -> None:
    lexicon = parse_toml('[[term]]\ntext = "尼茨伯格"\naliases = [{ text = "尼斯伯格", near = ["分享"] }]')
    lines = ["尼斯伯格是小说里的侦探", "感谢尼斯伯格的分享"]
    assert [correct([Cue(None, None, line)], lexicon)[0].text for line in lines] == [lines[0], "感谢尼茨伯格的分享"]


def test_without_the_language_model_sound_and_lexicon_still_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.correct.engine.find_language_model", lambda: None)
    assert repaired("聚生智能的崛起，手机外壳") == "具身智能的崛起，手机外壳"


def test_suggestions_change_nothing() -> None:
    assert repaired("聚生智能", suggest_only=True) == "聚生智能"
    (cue,) = correct([Cue(None, None, "聚生智能")], LEXICON, CorrectOptions(suggest_only=True))
    assert [edit.applied for edit in cue.edits] == [False]


def test_switched_off_or_without_terms_nothing_happens() -> None:
    assert repaired("聚生智能", correct=False) == "聚生智能"
    assert correct([Cue(None, None, "聚生智能")], Lexicon()) == (Cue(None, None, "聚生智能"),)


def test_bolder_changes_more() -> None:
    lines = ["质普发布了模型", "大鱼言模型", "人行机", "聚生智能", "银何通用"]
    cues = [Cue(None, None, line) for line in lines]

    def count(boldness: float) -> int:
        found = correct(cues, LEXICON, CorrectOptions(boldness=boldness))
        return sum(edit.applied for cue in found for edit in cue.edits)

    counts = [count(boldness) for boldness in (0.0, 0.5, 1.0)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_a_decision_of_a_person_survives_the_next_run() -> None:
    first = Transcript("talk.txt", correct([Cue(None, None, "聚生智能来了")], LEXICON))
    undone = decide(first, [1], applied=False)
    again = correct(undone.cues, LEXICON)
    assert again[0].text == "聚生智能来了"
    assert again[0].edits == undone.cues[0].edits


def test_the_order_of_terms_and_repetition_change_nothing() -> None:
    cues = [Cue(None, None, "聚生智能和智源机器人在外壳的舞台")]
    backwards = Lexicon.of(reversed(LEXICON.terms))
    assert [cue.text for cue in correct(cues, backwards)] == [cue.text for cue in correct(cues, LEXICON)]
    once = correct(cues, LEXICON)
    assert correct(once, LEXICON) == once
    clean = [Cue(None, None, cue.text) for cue in once]
    assert all(not edit.applied for cue in correct(clean, LEXICON) for edit in cue.edits)


@pytest.mark.parametrize(
    ("heard", "text"),
    [
        ("我们试用了Deepseak的模型", "我们试用了DeepSeek的模型"),
        ("我们试用了deep seek的模型", "我们试用了DeepSeek的模型"),
        ("我们试用了迪普西克的模型", "我们试用了DeepSeek的模型"),
        ("去gym健身，听了一首歌", "去gym健身，听了一首歌"),
        ("看看deepseek.com/chat的页面", "看看deepseek.com/chat的页面"),
        ("GPT-2的论文", "GPT-2的论文"),
    ],
)
def test_a_latin_name_is_known_by_its_letters_and_by_its_sound(heard: str, text: str) -> None:
    assert texts(["DeepSeek", "GPT-4"], heard) == [text]


def test_latin_terms_do_not_touch_each_other() -> None:
    assert repaired("why外壳外壳的舞台") == "why WAIC WAIC的舞台"
    assert repaired("外壳AI大会") == "WAIC AI大会"
