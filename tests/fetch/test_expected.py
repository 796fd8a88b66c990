"""Which terms of a lexicon come first for a recording."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.fetch.evidence import SOURCE
from toolkit.fetch.expected import expect, own_words, rank_terms
from toolkit.fetch.metadata import Metadata, beside, to_json
from toolkit.lexicon import DEFAULT_PACKS, Alias, Lexicon, Term
from toolkit.transcribe import Hints

PACK = DEFAULT_PACKS[0]

terms = st.builds(
    Term,
    st.text("具身智能AIai4 ", min_size=1).map(str.strip).filter(bool),
    weight=st.sampled_from([0.0, 0.5, 1.0, 2.0]),
    source=st.sampled_from(["", "mine.toml", PACK, SOURCE]),
)


def test_the_order_is_own_words_then_the_users_terms_then_weight() -> None:
    lexicon = Lexicon.of(
        [
            Term("包轻", source=PACK, weight=0.5),
            Term("包重", source=PACK, weight=3),
            Term("我轻", source="mine.toml", weight=0.2),
            Term("我重", source="mine.toml", weight=2),
            Term("也重", weight=2),
            Term("标题", source=SOURCE, weight=0.5),
            Term("题中", source="mine.toml", weight=0.1),
        ]
    )
    assert rank_terms(lexicon, "标题，题中") == ("题中", "标题", "我重", "也重", "我轻", "包重", "包轻")


def test_a_pack_that_the_user_names_is_the_users() -> None:
    lexicon = Lexicon.of([Term("包", source=PACK, weight=2), Term("我", source="mine.toml")])
    assert rank_terms(lexicon) == ("我", "包")
    assert rank_terms(lexicon, named=(PACK, "mine.toml")) == ("包", "我")


def test_a_term_is_expected_where_its_neighbours_or_its_certain_aliases_are_heard() -> None:
    known = (Alias("聚深"), Alias("外壳", near=("大会",)), Alias("句深", never=("句",)))
    lexicon = Lexicon.of(["大模型", Term("具身智能", aliases=known, near=("机器人", "聚深")), "WAIC"])
    assert expect(lexicon, "waic2024") == Hints(
        ("WAIC", "大模型", "具身智能"), fixed=1, signs={"具身智能": ("机器人", "聚深")}
    )
    assert expect(lexicon).fixed == 0


@pytest.mark.parametrize(
    ("text", "words", "stands"),
    [
        ("AI", "WAIC", False),
        ("AI", "AI大会", True),
        ("WAIC", "waic2024 闭幕式", True),
        ("WAIC", "ＷＡＩＣ", True),
        ("GPT-4", "GPT-4o", False),
        ("GPT-4", "talk_gpt-4_zh", True),
        ("4090", "14090", False),
        ("具身智能", "论具身智能的崛起", True),
        ("C++", "C++ 教程", True),
        ("大模型", "大\n模型", False),
    ],
)
def test_a_latin_term_stands_as_a_word(text: str, words: str, stands: bool) -> None:
    first = rank_terms(Lexicon.of(["别的", text]), words)[0]
    assert (first == text) is stands


def test_a_recording_speaks_of_itself_in_its_name_and_in_what_lies_beside_it(tmp_path: Path) -> None:
    source = tmp_path / "沐曦.m4a"
    assert own_words(source) == "沐曦"
    known = Metadata(title="题", part_title="分", chapters=("章",), tags=("签",), description="述\n述")
    beside(source).write_bytes(to_json(known))
    assert own_words(source).split() == ["沐曦", "题", "分", "章", "签", "述", "述"]
    assert own_words(source, metadata=False) == "沐曦"


@given(st.lists(terms, max_size=8), st.text("具身智能AIai4 ", max_size=12))
def test_ranking_loses_nothing_and_ranks_the_same_again(listed: list[Term], words: str) -> None:
    lexicon = Lexicon.of(listed)
    ranked = rank_terms(lexicon, words)
    assert sorted(ranked) == sorted(term.text for term in lexicon.terms)
    assert rank_terms(lexicon, words) == ranked
    assert rank_terms(Lexicon.of(sorted(lexicon.terms, key=lambda term: ranked.index(term.text))), words) == ranked
