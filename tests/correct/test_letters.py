"""Names that were spelled out letter by letter: repaired whole or not at all, and ordinary letters left alone."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct import correct
from toolkit.correct.document import read_document
from toolkit.correct.latin import letters_beside, with_letters_joined
from toolkit.cues import Cue
from toolkit.lexicon import Alias, Lexicon, Term, load_lexicon

NAMES = Lexicon.of(["OpenAI", "ChatGPT", "GPT-4", "PyTorch", "DeepSeek", "GPU", "LLM", "AIGC", "NVLink"])


@lru_cache
def shipped() -> Lexicon:
    return load_lexicon(["waic2024"])


def repaired(text: str, lexicon: Lexicon | None = None) -> str:
    """The text corrected, a bar between its cues."""
    cues = [Cue(None, None, line) for line in text.split("|")]
    return "|".join(cue.text for cue in correct(cues, lexicon or shipped()))


@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("open a i", "OpenAI"),
        ("Open A I", "OpenAI"),
        ("O P E N A I", "OpenAI"),
        ("chat g p t", "ChatGPT"),
        ("Chat G P T", "ChatGPT"),
        ("g p t 4", "GPT-4"),
        ("G P T 4", "GPT-4"),
        ("g p t 4 o", "GPT-4o"),
        ("p y torch", "PyTorch"),
        ("W A I C", "WAIC"),
        ("n v i d i a", "NVIDIA"),
        ("N V I D I A", "NVIDIA"),
        ("R A G", "RAG"),
        ("a i g c", "AIGC"),
        ("d e e p seek", "DeepSeek"),
        ("mini c p m", "MiniCPM"),
        ("chat g b t", "ChatGPT"),
        ("g b t 4", "GPT-4"),
    ],
)
def test_a_name_that_was_spelled_out_is_written_as_the_lexicon_has_it(heard: str, name: str, elsewhere: bool) -> None:
    before = f"{name}是大家都知道的|" if elsewhere or heard == "chat g b t" else ""
    assert repaired(f"{before}我们今天用{heard}来写代码") == f"{before}我们今天用{name}来写代码"
    assert repaired(f"{before}我们今天用 {heard} 来写代码") == f"{before}我们今天用 {name} 来写代码"


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("Chat GPT", "ChatGPT"),
        ("chat gpt", "ChatGPT"),
        ("Deep Seek", "DeepSeek"),
        ("deep Seek", "DeepSeek"),
        ("Hugging face", "Hugging Face"),
        ("hugging Face", "Hugging Face"),
        ("py torch", "PyTorch"),
        ("Py Torch", "PyTorch"),
        ("Open AI", "OpenAI"),
        ("open Ai", "OpenAI"),
        ("Tensor flow", "TensorFlow"),
        ("Mid Journey", "Midjourney"),
        ("Git hub", "GitHub"),
        ("lang Chain", "LangChain"),
        ("Alpha go", "AlphaGo"),
        ("GPT 4", "GPT-4"),
        ("gpt 4 O", "GPT-4o"),
    ],
)
def test_a_name_whose_case_and_spaces_were_lost_is_written_as_the_lexicon_has_it(heard: str, name: str) -> None:
    assert repaired(f"我们今天用{heard}来写代码") == f"我们今天用{name}来写代码"
    assert repaired(f"{name}很好|我们今天用{heard} 的接口") == f"{name}很好|我们今天用{name} 的接口"


@pytest.mark.parametrize(
    ("heard", "text"),
    [
        ("我们用gpt 4 turbo来写代码", "我们用GPT-4 turbo来写代码"),
        ("我们用g p t 4 turbo来写代码", "我们用GPT-4 turbo来写代码"),
        ("我们用chat g p t 4来写代码", "我们用ChatGPT 4来写代码"),
        ("我们今天用Hugging face Hub来写代码", "我们今天用Hugging Face Hub来写代码"),
        ("我们今天用Deep Seek R 1来写代码", "我们今天用DeepSeek R 1来写代码"),
        ("我们今天用the Open AI的接口", "我们今天用the OpenAI的接口"),
        ("我们今天用Open AI A接口", "我们今天用OpenAI A接口"),
        ("我们今天用Open AI's API来写代码", "我们今天用OpenAI's API来写代码"),
        ("我们有G P U 8 张和8 G P U的机器", "我们有GPU 8 张和8 GPU的机器"),
        ("用GPU的时候不用t p u", "用GPU的时候不用TPU"),
        ("今天我们用p y torch和g p t 4来写代码", "今天我们用PyTorch和GPT-4来写代码"),
    ],
)
def test_what_stands_beside_a_name_stays(heard: str, text: str) -> None:
    assert repaired(heard) == text


@pytest.mark.parametrize(
    ("heard", "text"),
    [
        ("我们用OpenAI，也用open |a i的接口", "我们用OpenAI，也用OpenAI|的接口"),
        ("今年的W A |I C大会", "今年的WAIC|大会"),
        ("我们用ChatGPT，也用chat g p|t来写代码", "我们用ChatGPT，也用chat g p|t来写代码"),
        ("我们用OpenAI，也用Open A. I.的接口", "我们用OpenAI，也用Open A. I.的接口"),
    ],
)
def test_a_name_over_a_seam_or_with_full_stops_is_repaired_whole_or_not_at_all(heard: str, text: str) -> None:
    assert repaired(heard) == text


@pytest.mark.parametrize(
    ("heard", "terms"),
    [
        ("我们用g m c的模型", [Term("GLM", aliases=(Alias("g m"),))]),
        ("我们用g p t 4的模型", [Term("T4")]),
        ("我们用g p t 4 o的模型", [Term("GPT-4")]),
        ("我们用a b c加加的模型", [Term("C++")]),
        ("维生素A B C的模型", [Term("ABC")]),
        ("他看N B A的比赛", [Term("GLM")]),
    ],
)
def test_no_letter_is_taken_from_its_neighbours(heard: str, terms: list[Term]) -> None:
    assert repaired(heard, Lexicon.of(terms)) == heard


@pytest.mark.parametrize("name", ["GPU", "TPU", "LLM"])
@pytest.mark.parametrize("heard", ["c p u", "C P U", "t p l", "N B A", "u s b", "A T M"])
def test_another_acronym_is_no_mistake_for_a_term(heard: str, name: str) -> None:
    line = f"我们今天用{heard}来做|他说{name}是大家都知道的"
    assert repaired(line) == line


@pytest.mark.parametrize(
    "line",
    [
        "我觉得I need a i phone这句话不对",
        "他说plan A I think就是第一个方案",
        "维生素vitamin A B C都要按时吃",
        "我们先做一个a b test再看结果",
        "老师说I am a teacher这句话很简单",
        "他的成绩是grade A or B都可以接受",
        "这道题的选项A B C D里面只有一个对",
        "她在黑板上写了x y z三个未知数",
        "坐标轴是x y两个方向，还有z方向",
        "这首歌叫I O U的意思是我欠你",
        "他的血型是A B型还是O型都不知道",
        "这部电影叫V for Vendetta很多人看过",
        "美国的U S A三个字母写在衣服上",
        "他从U C L A毕业以后回国工作",
        "电视上的C C T V五套正在直播比赛",
        "他说let me see a b c是儿歌的歌词",
        "我们在K T V唱了一个晚上的歌",
        "公司的H R把合同的p d f发过来了",
        "这个f o r循环写错了一个地方",
        "我买了T恤，M号L号X L号都试过",
        "他用A P P点外卖，用P P T做汇报",
        "我们的C E O和C T O都来开会了",
        "这里的W I F I密码是多少你知道吗",
        "他说O K没问题，明天P M再来",
        "这是一个B 2 B的生意，不是B 2 C的",
        "请看第3 A章和第4 B章的内容",
        "这个变量i j k都是整数的循环变量",
        "从A to Z都要背下来才能考试",
        "他说What a day真是美好的一天",
        "Plan B是什么？Plan A B都不行的话",
        "I need a i and a g p u for my open a i plan",
        "She gave us plan A, I took plan B",
    ],
)
def test_letters_in_ordinary_sentences_stay(line: str) -> None:
    assert repaired(line) == line
    assert repaired(f"我们用OpenAI和GPU|{line}|还有ChatGPT和GPT-4") == f"我们用OpenAI和GPU|{line}|还有ChatGPT和GPT-4"


@pytest.mark.parametrize(
    ("text", "stretch", "beside"),
    [
        ("用chat g p t写", "chat", ("", "t")),
        ("用g p torch写", "torch", ("g", "")),
        ("用a-torch-b写", "torch", ("a", "b")),
        ("用xa torch bx写", "torch", ("", "")),
        ("torch", "torch", ("", "")),
    ],
)
def test_the_letters_beside_a_stretch(text: str, stretch: str, beside: tuple[str, str]) -> None:
    start = text.index(stretch)
    assert letters_beside(text, start, start + len(stretch)) == beside


@pytest.mark.parametrize(
    ("text", "joined"), [("a b c", "ABC"), ("chat g p t 4", "chat GPT 4"), ("plan A", "plan A"), ("a bc d", "a bc d")]
)
def test_letters_one_by_one_are_an_acronym(text: str, joined: str) -> None:
    assert with_letters_joined(text) == joined


@given(
    st.lists(
        st.sampled_from([*"aigptoAI4", " a i", " g p t", "open", "chat", "torch", " ", " ", "用", "的"]), max_size=8
    )
)
def test_no_edit_leaves_a_letter_of_a_run_behind(parts: list[str]) -> None:
    heard = "我们今天说" + "".join(parts) + "这个东西的问题"
    cue = Cue(None, None, heard)
    document = read_document([cue])
    (mended,) = correct([cue], NAMES)
    for edit in mended.edits:
        assert not document.cuts[edit.start]
        assert not document.cuts[edit.end]


@given(st.text("ab 4.用|", max_size=12))
def test_cuts_are_beside_single_letters_alone(text: str) -> None:
    document = read_document([Cue(None, None, line) for line in text.split("|")])
    for place in range(len(document.text) + 1):
        if document.cuts[place]:
            around = document.text[max(0, place - 2) : place + 3]
            assert any(char.isalpha() and char.isascii() for char in around)
    assert not document.cuts[0]
    assert not document.cuts[-1]
