"""Terms come from lists, TOML and packs; they merge by spelling, and all faults of a file are told at once."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SPELLINGS, lexicons, terms

from toolkit import lexicon as lexicon_module
from toolkit.errors import LexiconError
from toolkit.lexicon import (
    DEFAULT_PACKS,
    Alias,
    Lexicon,
    Term,
    load_lexicon,
    pack_names,
    parse_plain,
    parse_toml,
    read_lexicon,
)

FULL = """
about = "Terms of a conference"
terms = ["具身智能", "大模型"]

[[term]]
text = "WAIC"
english = "World AI Conference"
sounds = ["wai ke"]
aliases = ["WAC", { text = "外壳", near = ["大会"], never = ["手机"] }]
near = ["上海"]
never = ["机箱"]
weight = 2
exact = true
"""


def spellings(lexicon: Lexicon) -> list[str]:
    return [term.text for term in lexicon.terms]


def faults(text: str) -> list[str]:
    with pytest.raises(LexiconError) as caught:
        parse_toml(text, source="terms.toml")
    assert caught.value.where == "terms.toml"
    return caught.value.faults


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two packs, ``ai`` (on by default) and ``waic``, in place of those that ship."""
    folder = tmp_path / "packs"
    folder.mkdir()
    folder.joinpath("ai.toml").write_text('terms = ["大模型"]', encoding="utf-8")
    folder.joinpath("waic.toml").write_text('terms = ["WAIC", "大模型"]', encoding="utf-8")
    monkeypatch.setattr(lexicon_module, "PACKS", folder)
    return folder


@pytest.mark.parametrize(
    ("line", "text", "english"),
    [
        ("具身智能", "具身智能", ""),
        ("具身智能\tembodied AI", "具身智能", "embodied AI"),
        ("  具身智能  \t  embodied AI  \tmore", "具身智能", "embodied AI"),
        ("AI TIME", "AI TIME", ""),
        ("C#", "C#", ""),
        ("人工智能+", "人工智能+", ""),
    ],
)
def test_a_plain_list_has_a_term_a_line(line: str, text: str, english: str) -> None:
    assert parse_plain(f"{line}\r\n", source="a.txt") == Lexicon((Term(text, english=english, source="a.txt"),))


@pytest.mark.parametrize("text", ["", "\n\n", "   \n", "# 人名\n  # 公司\n", "\tembodied AI\n"])
def test_lines_without_a_term_are_passed_over(text: str) -> None:
    assert parse_plain(text) == Lexicon()


def test_a_file_of_the_users_says_anew_what_is_exact_in_a_default_pack() -> None:
    pack = Term("寒武纪", exact=True, min_score=0.9, source=DEFAULT_PACKS[0])
    mine, named = Term("寒武纪", source="names.txt"), Term("寒武纪", source="waic2024")
    assert [(term.exact, term.min_score) for term in Lexicon.of([pack, mine]).terms] == [(False, 0.0)]
    again = Lexicon.of([pack, replace(mine, exact=True, min_score=0.5)]).terms
    assert [(term.exact, term.min_score) for term in again] == [(True, 0.5)]
    for other in (named, Term("寒武纪")):
        assert [(term.exact, term.min_score) for term in Lexicon.of([pack, other]).terms] == [(True, 0.9)]


def test_a_line_with_several_terms_is_told(caplog: pytest.LogCaptureFixture) -> None:
    parse_plain("贾樟柯,Jia Zhangke\n张一鸣，贾樟柯\nAI, Inc.\n小米 SU7\n", source="names.txt")
    assert [record.getMessage().partition(" is taken")[0] for record in caplog.records] == [
        "names.txt:1: '贾樟柯,Jia Zhangke'",
        "names.txt:2: '张一鸣，贾樟柯'",
    ]


def test_remarks_are_no_part_of_a_term() -> None:
    lines = "# people\n#people\n贾樟柯  # the director\n张一鸣\tZhang # of ByteDance\nC#\nF# 语言\n#\n \n"
    assert [(term.text, term.english) for term in parse_plain(lines).terms] == [
        ("贾樟柯", ""),
        ("张一鸣", "Zhang"),
        ("C#", ""),
        ("F# 语言", ""),
    ]


def test_all_bad_lines_of_a_list_are_told() -> None:
    with pytest.raises(LexiconError, match=r"^a.txt: line 1: .* cannot be a term; line 3: .* cannot be a term$"):
        parse_plain("a\x00b\n好\n\x01\n", source="a.txt")


def test_toml_says_all_that_can_be_known_about_a_term() -> None:
    aliases = (Alias("WAC"), Alias("外壳", near=("大会",), never=("手机",)))
    english = "World AI Conference"
    assert parse_toml(FULL, source="a.toml").terms == (
        Term("具身智能", source="a.toml"),
        Term("大模型", source="a.toml"),
        Term("WAIC", english, ("wai ke",), aliases, ("上海",), ("机箱",), weight=2.0, exact=True, source="a.toml"),
    )


@pytest.mark.parametrize("text", ["", "terms = []", 'about = "nothing yet"', "# nothing yet"])
def test_an_empty_lexicon_is_a_lexicon(text: str) -> None:
    assert parse_toml(text) == Lexicon()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('trem = ["x"]', "unknown key 'trem', did you mean 'term'?"),
        ("colour = 1", "unknown key 'colour'"),
        ('terms = "WAIC"', "'terms' takes a list, not 'WAIC'"),
        ('[term]\ntext = "WAIC"', "'term' takes a list, not {'text': 'WAIC'}"),
        ("terms = [1]", "term 1 '1': 'text' takes text, not 1"),
        ('terms = [""]', "term 1 '': '' cannot be a term"),
        ('terms = [" a"]', "term 1 ' a': ' a' cannot be a term"),
        ('[[term]]\nenglish = "x"', "term 1: 'text' is missing"),
        ('[[term]]\ntext = "WAIC"\nalias = ["x"]', "term 1 'WAIC': unknown key 'alias', did you mean 'aliases'?"),
        ('[[term]]\ntext = "WAIC"\nsource = "me"', "term 1 'WAIC': unknown key 'source'"),
        ('[[term]]\ntext = "WAIC"\naliases = "x"', "term 1 'WAIC': 'aliases' takes a list, not 'x'"),
        ('[[term]]\ntext = "WAIC"\naliases = [3]', "term 1 'WAIC': 'text' takes text, not 3"),
        ('[[term]]\ntext = "WAIC"\naliases = [""]', "term 1 'WAIC': an alias is empty"),
        ('[[term]]\ntext = "WAIC"\naliases = ["WAIC"]', "term 1 'WAIC': an alias of 'WAIC' is the term itself"),
        ('[[term]]\ntext = "WAIC"\naliases = [{ nere = ["x"] }]', "term 1 'WAIC': unknown key 'nere', did you mean"),
        ('[[term]]\ntext = "WAIC"\nnear = "上海"', "term 1 'WAIC': 'near' takes a list of texts, not '上海'"),
        ('[[term]]\ntext = "WAIC"\nnever = [1]', "term 1 'WAIC': 'never' takes a list of texts, not [1]"),
        ('[[term]]\ntext = "WAIC"\nnever = [""]', "term 1 'WAIC': an empty text in sounds, near or never"),
        ('[[term]]\ntext = "WAIC"\naliases = [{ text = "x", never = [""] }]', "term 1 'WAIC': an empty text in near"),
        ('[[term]]\ntext = "WAIC"\nexact = 1', "term 1 'WAIC': 'exact' takes true or false, not 1"),
        ('[[term]]\ntext = "WAIC"\nweight = true', "term 1 'WAIC': 'weight' takes a number, not True"),
        ('[[term]]\ntext = "WAIC"\nweight = -1', "term 1 'WAIC': weight -1 of 'WAIC' is not a number from 0 up"),
        ('[[term]]\ntext = "WAIC"\nweight = nan', "term 1 'WAIC': weight nan of 'WAIC' is not a number from 0 up"),
        ('[[term]]\ntext = "WAIC"\nmin_score = 2', "term 1 'WAIC': min_score 2 of 'WAIC' is not a number from 0 to 1"),
        ('protect = "巧手"', "'protect' takes a list, not '巧手'"),
        ('protect = ["巧手", ""]', "'protect' takes words, not ''"),
        ("protect = [1]", "'protect' takes words, not 1"),
        ("terms = [", "not TOML: "),
    ],
)
def test_a_fault_says_what_and_where(text: str, fault: str) -> None:
    assert faults(text)[0].startswith(fault)


def test_all_faults_are_told_at_once() -> None:
    text = 'colour = 1\nterms = ["好", ""]\n[[term]]\nenglish = 3\nnaer = []\n[[term]]\ntext = "x"\naliases = [1, 2]'
    assert faults(text) == [
        "unknown key 'colour'",
        "term 2 '': '' cannot be a term",
        "term 3: unknown key 'naer', did you mean 'near'?",
        "term 3: 'english' takes text, not 3",
        "term 3: 'text' is missing",
        "term 4 'x': 'text' takes text, not 1",
        "term 4 'x': 'text' takes text, not 2",
    ]


@pytest.mark.parametrize("text", ["", " 会", "会 ", "a\nb", "a\tb", "a\x00"])
def test_what_cannot_be_written_cannot_be_a_term(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be a term"):
        Term(text)


def test_terms_merge_by_their_spelling_and_keep_their_place() -> None:
    old = Term("WAIC", "old", ("wai ke",), (Alias("WAC"), Alias("外壳")), near=("上海",), weight=3.0, source="ai")
    new = Term("WAIC", "new", ("wei ke",), (Alias("外壳", never=("手机",)),), near=("大会",), exact=True, source="me")
    assert Lexicon.of([old, "大模型", new]).terms == (
        Term(
            "WAIC",
            "new",
            ("wai ke", "wei ke"),
            (Alias("WAC"), Alias("外壳", never=("手机",))),
            near=("上海", "大会"),
            weight=3.0,
            exact=True,
            source="me",
        ),
        Term("大模型"),
    )


def test_a_later_weight_wins_unless_it_is_the_usual_one() -> None:
    heavy, light, usual = Term("x", weight=3.0), Term("x", weight=0.2), Term("x")
    assert [Lexicon.of([heavy, other]).terms[0].weight for other in (light, usual)] == [0.2, 3.0]


def test_of_two_scores_that_a_term_asks_for_the_higher_counts() -> None:
    asked = [
        Lexicon.of([Term("x", min_score=one), Term("x", min_score=other)]) for one, other in ((0.2, 0.9), (0.9, 0.0))
    ]
    assert [lexicon.terms[0].min_score for lexicon in asked] == [0.9, 0.9]


def test_words_are_protected_by_a_lexicon_and_by_files(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('terms = ["灵巧手"]\nprotect = ["巧手"]', encoding="utf-8")
    (tmp_path / "words.txt").write_text("# names\n质朴\n\n聚生智能\n", encoding="utf-8")
    files = {"own": [str(tmp_path / "own.toml")], "words": [str(tmp_path / "words.txt")]}
    lexicon = load_lexicon(files["own"], builtin=False, protect=files["words"])
    assert lexicon.protected == {"巧手", "质朴", "聚生智能"}
    assert [term.text for term in lexicon.terms] == ["灵巧手"]
    assert (lexicon + Lexicon(protected=frozenset(["外壳"]))).protected == {"巧手", "质朴", "聚生智能", "外壳"}


def test_a_file_of_protected_words_that_is_not_there_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"gone.txt: no such file$"):
        load_lexicon([], protect=[str(tmp_path / "gone.txt")])
    with pytest.raises(ValueError, match="an empty text cannot be protected"):
        Lexicon(protected=frozenset([""]))


@given(lexicons())
def test_a_lexicon_with_nothing_added_is_the_same(lexicon: Lexicon) -> None:
    assert lexicon + Lexicon() == Lexicon() + lexicon == lexicon + lexicon == lexicon
    assert Lexicon.of(lexicon.terms) == lexicon


@given(st.lists(terms(), max_size=8))
def test_each_spelling_is_there_once(many: list[Term]) -> None:
    lexicon = Lexicon.of(many)
    assert spellings(lexicon) == list(dict.fromkeys(term.text for term in many))
    assert len(lexicon) == len(set(spellings(lexicon)))


@given(lexicons(), SPELLINGS)
def test_a_lexicon_knows_what_it_holds(lexicon: Lexicon, text: str) -> None:
    assert (text in lexicon) == (text in spellings(lexicon))
    assert all(term.text in lexicon for term in lexicon.terms)
    assert None not in lexicon


@given(lexicons())
def test_lexicons_can_be_keys_and_travel_between_processes(lexicon: Lexicon) -> None:
    copy = pickle.loads(pickle.dumps(lexicon))
    assert copy == lexicon
    assert {copy: "found"}[lexicon] == "found"


def test_a_lexicon_of_doubles_is_refused() -> None:
    with pytest.raises(ValueError, match="each spelling once"):
        Lexicon((Term("x"), Term("x")))


def test_packs_and_files_are_read_together_the_default_ones_first(packs: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("沐曦\nWAIC\tWorld AI Conference\n", encoding="utf-8")
    lexicon = load_lexicon(["waic", str(own)])
    assert spellings(lexicon) == ["大模型", "WAIC", "沐曦"]
    assert [term.source for term in lexicon.terms] == ["waic", str(own), str(own)]
    assert lexicon.terms[1].english == "World AI Conference"
    assert spellings(load_lexicon([str(own)], builtin=False)) == ["沐曦", "WAIC"]


def test_packs_are_listed_and_read_once(packs: Path) -> None:
    assert pack_names() == ("ai", "waic")
    assert load_lexicon(["ai", "ai"]) == load_lexicon([]) == read_lexicon("ai")


def test_a_file_beside_a_pack_of_its_name_is_reached_by_its_path(
    packs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ai").write_text("沐曦\n", encoding="utf-8")
    assert spellings(read_lexicon("ai")) == ["大模型"]
    assert spellings(read_lexicon("./ai")) == ["沐曦"]


@pytest.mark.parametrize("name", ["own.txt", "own.toml"])
def test_a_byte_order_mark_is_no_part_of_the_first_term(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text('terms = ["沐曦"]' if name.endswith("toml") else "沐曦", encoding="utf-8-sig")
    assert spellings(read_lexicon(str(path))) == ["沐曦"]


@pytest.mark.parametrize("content", ["沐曦".encode("gb18030"), "沐曦".encode("utf-16"), b"\x89PNG\r\n\x1a\n\xff"])
def test_what_is_not_utf8_says_what_to_do(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_bytes(content)
    with pytest.raises(LexiconError, match="is not UTF-8 text, save it as UTF-8") as caught:
        read_lexicon(str(path))
    assert caught.value.where == str(path)


def test_an_empty_file_holds_no_terms(tmp_path: Path) -> None:
    tmp_path.joinpath("own.txt").touch()
    assert len(read_lexicon(str(tmp_path / "own.txt"))) == 0


def test_what_is_not_there_names_the_nearest_pack(packs: Path) -> None:
    with pytest.raises(LexiconError, match=r"^wiac: no such pack or file, did you mean 'waic'"):
        read_lexicon("wiac")
    with pytest.raises(LexiconError, match="no such pack or file; packs are ai, waic"):
        read_lexicon("missing/terms.txt")


def test_a_folder_is_no_lexicon(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="cannot be read: "):
        read_lexicon(str(tmp_path))


@pytest.mark.parametrize("name", pack_names())
def test_every_pack_that_ships_can_be_read(name: str) -> None:
    assert len(read_lexicon(name)) > 0
