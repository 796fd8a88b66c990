"""Lists of other programs are read as they mean it, doubts about a lexicon are true, and what is written reads back."""

from __future__ import annotations

import pytest

from toolkit.correct.syllables import find_language_model
from toolkit.errors import LexiconError
from toolkit.glean.check import check, common_words
from toolkit.glean.imports import guess_format, read_terms
from toolkit.glean.proposals import Proposal
from toolkit.glean.toml_text import proposals_as_toml, terms_as_toml
from toolkit.lexicon import Alias, Lexicon, Term, load_lexicon, parse_toml


@pytest.mark.parametrize(
    ("text", "source", "name", "terms"),
    [
        ("沐曦\n# 人\n具身智能\tembodied AI\n", "a.txt", "plain", [("沐曦", "", ()), ("具身智能", "embodied AI", ())]),
        ("云计算 5 n\n李小福 2 nr\n", "a.txt", "jieba", [("云计算", "", ()), ("李小福", "", ())]),
        ("毫安时 = mAh\n沐曦\n# 注\n(\\d+)赫 = \\1Hz\n", "hot.txt", "capswriter",
         [("mAh", "", ("毫安时",)), ("沐曦", "", ())]),
        ("zh\ten\taliases\n具身智能\tembodied AI\t聚身智能;聚生智能\n", "a.tsv", "tsv",
         [("具身智能", "embodied AI", ("聚身智能", "聚生智能"))]),
        ("英文,术语\nvector,向量\n\n\"a, b\",数列\n", "a.csv", "csv", [("向量", "vector", ()), ("数列", "a, b", ())]),
        ("向量,vector\n数列,series\n", "a.csv", "csv", [("向量", "vector", ()), ("数列", "series", ())]),
        ('terms = ["沐曦"]\n', "a.toml", "toml", [("沐曦", "", ())]),
        ("", "a.txt", "plain", []),
    ],
)  # fmt: skip
def test_every_format_is_told_and_read(text: str, source: str, name: str, terms: list[object]) -> None:
    assert guess_format(text, source) == name
    lexicon = read_terms(text, source=source)
    found = [(term.text, term.english, tuple(alias.text for alias in term.aliases)) for term in lexicon.terms]
    assert [entry for entry in found if name != "plain" or entry] == terms


def test_faults_are_told_with_their_lines() -> None:
    with pytest.raises(LexiconError, match="no format 'docx'; formats are plain"):
        read_terms("a", format="docx")
    with pytest.raises(LexiconError, match=r"line 2: .* cannot be a term"):
        read_terms("zh,en\n坏\x07词,bad\n", source="a.csv")


def test_a_lexicon_that_is_written_reads_back() -> None:
    rich = Term(
        'A"B',
        "quoted\\",
        ("wai ke",),
        (Alias("外壳", ("大会",), ("手机",)), Alias("甲")),
        ("近",),
        ("远",),
        2.0,
        True,
        0.5,
        "x",
    )
    written = terms_as_toml([rich, Term("沐曦", source="x")], about="a\nb")
    assert parse_toml(written, source="x").terms == (rich, Term("沐曦", source="x"))
    for pack in ("ai", "waic2024"):
        terms = load_lexicon([pack], builtin=False).terms
        assert parse_toml(terms_as_toml(terms, about=pack), source=pack).terms == terms


def test_proposals_that_must_be_checked_are_written_as_comments() -> None:
    sure = Proposal("具身智能", (("聚身智能", 2),), "edited", 2.0, examples=("很[聚身智能]\n热",))
    unsure = [
        Proposal("聚生", (("聚生", 1), ("聚身", 1)), "sound", 1.0),
        Proposal("WAIC", (("外壳", 1),), "edited", 1.0, false_hits=3),
    ]
    text = proposals_as_toml([sure, *unsure], about="x")
    assert [(term.text, term.aliases) for term in parse_toml(text).terms] == [("具身智能", (Alias("聚身智能"),))]
    spelled = "\n".join(line.removeprefix("# ") if '"' in line or "[[" in line else line for line in text.splitlines())
    assert [term.text for term in parse_toml(spelled).terms] == ["具身智能", "聚生", "WAIC"]
    assert "# 3 places of right text" in text


@pytest.mark.parametrize(
    ("terms", "texts", "kind", "said"),
    [
        (["数独灵", "树独灵"], [], "collision", "sounds like the term 树独灵"),
        ([Term("甲乙", aliases=(Alias("丙丁"),)), Term("戊己", aliases=(Alias("丙丁"),))], [],
         "collision", "belongs to 戊己 too"),
        (["外壳"], [], "common", "is a common word itself"),
        (["公事"], [], "common", "公式"),
        ([Term("WAIC", aliases=(Alias("外壳"),))], [], "harmful", "the alias 外壳 is a common word"),
        ([Term("WAIC", aliases=(Alias("歪壳"),))], ["一个歪壳"], "harmful", "the alias 歪壳 stands 1 × in right text"),
        ([Term("甲乙", aliases=(Alias("丙丁"),)), "丙丁"], [], "dead", "the alias 丙丁 is a term itself"),
        ([Term("甲乙", aliases=(Alias("丙丁", ("子",), ("子",)),))], [], "dead", "no word near that is not forbidden"),
    ],
)  # fmt: skip
def test_doubts_are_found(terms: list[str | Term], texts: list[str], kind: str, said: str) -> None:
    found = check(Lexicon.of(terms), texts=texts)
    assert any(one.kind == kind and said in one.about for one in found), found


def test_protected_aliases_are_dead() -> None:
    lexicon = Lexicon((Term("甲乙", aliases=(Alias("丙丁"),)),), frozenset({"丙丁"}))
    assert [one.about for one in check(lexicon) if one.kind == "dead"] == ["the alias 丙丁 is protected"]


def test_terms_with_words_near_and_exact_ones_may_sound_like_anything() -> None:
    assert check(Lexicon.of([Term("外壳", near=("大会",)), Term("公事", exact=True), "具身智能"])) == []


def test_common_words_are_those_of_the_same_sound() -> None:
    model = find_language_model()
    assert common_words("工事", model)[0] in ("公式", "攻势", "公示")
    assert common_words("WAIC", model) == common_words("具身智能", model) == common_words("公式", None) == []
