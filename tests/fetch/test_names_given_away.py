"""What of a video's metadata becomes a term, and what must not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.fetch.evidence import MOST, SOURCE, WEIGHT, add_evidence, find_terms
from toolkit.fetch.metadata import Metadata, beside, metadata_of, read_metadata, to_json, with_part
from toolkit.lexicon import Lexicon, Term


def names(**known: object) -> set[str]:
    return {term.text for term in find_terms(Metadata(**known)).terms}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("《具身智能》专场：沐曦与WAIC的一天", {"具身智能", "沐曦", "WAIC"}),
        ("【中英字幕】黄仁勋对话OpenAI创始人Sam Altman：GPT-4o与AGI的未来 1080P 第三集",
         {"黄仁勋", "OpenAI", "Sam Altman", "GPT-4o", "AGI"}),
        ("圆桌论坛：浅山实验室 Foldy", {"浅山实验室", "Foldy"}),
        ("月之暗面“Kimi”发布会", {"月之暗面", "Kimi"}),
        ("How To Build Robots With PyTorch and ROS2 at CMU", {"PyTorch", "ROS2", "CMU"}),
    ],
)  # fmt: skip
def test_names_in_titles_are_found(title: str, wanted: set[str]) -> None:
    assert wanted <= names(title=title)


@pytest.mark.parametrize(
    "title",
    [
        "HOW TO BUILD ROBOTS",
        "真的吗？来了！大家好，我们今天聊聊怎么看大模型",
        "【完整版】【高清】世界人工智能大会闭幕式回放",
        "如何为你的视频添加进度条分段",
        "第71集 上海 科技 老师 一起学习 官方 MV 4K HDR EP03",
        "https://www.example.com/ABC 邮箱 ABC@example.com",
        "",
    ],
)
def test_ordinary_titles_give_nothing(title: str) -> None:
    assert names(title=title) == set()


def test_tags_are_taken_whole_where_they_are_no_plain_words() -> None:
    tags = ("人形机器人", "Sam Altman", "科技", "人工智能", "AI", "必剪创作", "B站", "OpenAI", "openai", "a,b", "教程")
    assert names(tags=tags) >= {"人形机器人", "Sam Altman", "OpenAI"}
    assert names(tags=tags) & {"科技", "AI", "必剪创作", "B站", "openai", "a,b", "教程"} == set()


def test_a_description_gives_what_is_marked_and_no_more() -> None:
    about = "大家好，我是沐曦。本期聊《月之暗面》，联系 me@OpenAI.com，https://b23.tv/AbCDE"
    assert names(description=about) == {"月之暗面"}


def test_terms_weigh_less_and_say_where_they_are_from() -> None:
    (term,) = find_terms(Metadata(title="沐曦")).terms
    assert (term.source, term.weight) == (SOURCE, WEIGHT) == ("metadata", 0.5)


def test_there_are_never_many() -> None:
    assert len(find_terms(Metadata(tags=tuple(f"WAIC{n}号馆" for n in range(500))))) == MOST


def test_what_a_person_listed_stays_as_it_is(tmp_path: Path) -> None:
    source = tmp_path / "talk.m4a"
    beside(source).write_bytes(to_json(Metadata(title="沐曦与OpenAI与Foldy")))
    known = Lexicon.of([Term("沐曦", weight=3.0), Term("openAI", source="mine")])
    lexicon = add_evidence(known, source)
    assert lexicon.terms[:2] == known.terms
    assert [term.text for term in lexicon.terms[2:]] == ["Foldy"]


def test_metadata_comes_back_from_its_file(tmp_path: Path) -> None:
    known = Metadata(id="a", title="甲", tags=("乙",), chapters=("丙", "丁"), part=2, parts=3, duration=1.5, searched=1)
    (tmp_path / "a.info.json").write_bytes(to_json(known))
    assert read_metadata(tmp_path / "a.info.json") == known


@pytest.mark.parametrize("content", ["[]", "{", "", '{"title": 5, "tags": {"a": 1}, "chapters": [7, {"title": null}]}'])
def test_a_file_of_somebody_else_does_no_harm(content: str, tmp_path: Path) -> None:
    (tmp_path / "talk.info.json").write_text(content)
    assert add_evidence(Lexicon(), tmp_path / "talk.mp4") == Lexicon()


def test_the_file_that_yt_dlp_writes_is_evidence_too(tmp_path: Path) -> None:
    document = {"id": "x", "extractor_key": "Youtube", "title": "沐曦", "formats": [{}], "duration": 61}
    (tmp_path / "talk.info.json").write_text(json.dumps(document))
    assert "沐曦" in add_evidence(Lexicon(), tmp_path / "talk.mp4")


def test_the_title_of_a_part_is_taken_out_of_the_title_of_the_whole() -> None:
    whole = metadata_of({"id": "x", "title": "论坛 p02 对谈"})
    assert with_part(whole, 2, 3, "对谈").title == "论坛"
    assert with_part(whole, 2, 3, "对谈").part_title == "对谈"
    assert with_part(whole, 0, 1, "论坛 p02 对谈") == metadata_of({"id": "x", "title": "论坛 p02 对谈", "parts": 1})
