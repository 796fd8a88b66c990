"""Two scripts: terms stand right in either, a repair is written as the text is, and one script costs nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

import toolkit.correct.engine as engine
from toolkit.correct import correct
from toolkit.correct.script import is_same
from toolkit.cues import Cue
from toolkit.lexicon import Alias, Lexicon, Term
from toolkit.profile import CorrectOptions
from toolkit.scripts import converter, find_converter

SIMPLIFIED = Lexicon.of(["机器学习", "神经网络", "自然语言处理", "郭德纲", "钱钟书", "宁德时代"])
TRADITIONAL = Lexicon.of(["機器學習", "神經網絡", "自然語言處理", "郭德綱", "錢鍾書", "寧德時代"])
TRADITIONAL_TEXT = "我們用機器學習和神經網絡做自然語言處理。", "後來郭德綱講了錢鍾書和寧德時代。"
SIMPLIFIED_TEXT = "我们用机器学习和神经网络做自然语言处理。", "后来郭德纲讲了钱钟书和宁德时代。"


@pytest.fixture(params=["with OpenCC", "without"])
def opencc(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    """Whether OpenCC can be had."""
    converter.cache_clear()
    if request.param == "without":
        monkeypatch.setitem(sys.modules, "opencc", None)
    else:
        pytest.importorskip("opencc", reason="OpenCC (the extra 'script') is not installed")
    yield request.param != "without"
    converter.cache_clear()


def corrected(lexicon: Lexicon, *lines: str, script: str = "keep") -> tuple[Cue, ...]:
    return correct([Cue(None, None, line) for line in lines], lexicon, CorrectOptions(script=script))


@pytest.mark.usefixtures("opencc")
@pytest.mark.parametrize("lexicon", [SIMPLIFIED, TRADITIONAL])
@pytest.mark.parametrize("lines", [TRADITIONAL_TEXT, SIMPLIFIED_TEXT])
def test_a_term_stands_right_in_either_script(lexicon: Lexicon, lines: tuple[str, ...]) -> None:
    assert [cue.edits for cue in corrected(lexicon, *lines)] == [(), ()]


@pytest.mark.parametrize(
    ("lexicon", "lines", "wrong", "right"),
    [
        (SIMPLIFIED, TRADITIONAL_TEXT, "他們的機器雪習很好", "機器學習"),
        (TRADITIONAL, SIMPLIFIED_TEXT, "他们的机器雪习很好", "机器学习"),
    ],
)
def test_a_repair_is_written_as_the_text_is(
    opencc: bool, lexicon: Lexicon, lines: tuple[str, ...], wrong: str, right: str
) -> None:
    *_, cue = corrected(lexicon, *lines, wrong)
    (edit,) = cue.edits
    facts = dict(edit.evidence)
    assert (edit.before, facts["document"]) == (wrong[3:7], "stands right 1 ×")
    if opencc:
        assert (edit.after, edit.applied) == (right, True)
    else:
        assert (edit.after in lexicon, edit.applied) == (True, False)
        assert "pip install 'zimu-toolkit[script]'" in str(facts["reason"])


@pytest.mark.usefixtures("opencc")
def test_a_repair_that_both_scripts_write_alike_is_made() -> None:
    (cue,) = corrected(Lexicon.of(["具身智能"]), "我們來談聚生智能")
    assert cue.text == "我們來談具身智能"


def test_the_script_that_is_asked_for_says_how_it_is_written() -> None:
    pytest.importorskip("opencc", reason="OpenCC (the extra 'script') is not installed")
    lexicon = Lexicon.of([Term("群众路线", aliases=(Alias("群種路線"),))])
    written = {
        "keep": "群眾路線",
        "traditional": "羣衆路線",
        "traditional-tw": "群眾路線",
        "traditional-hk": "羣眾路線",
    }
    found = {script: corrected(lexicon, "我們談群種路線", script=script)[0].text[3:] for script in written}
    assert found == written


@pytest.mark.usefixtures("opencc")
@pytest.mark.parametrize(
    ("heard", "term", "same"),
    [
        ("機器學習", "机器学习", True),
        ("机器学习", "機器學習", True),
        ("機器雪習", "机器学习", False),
        ("經濟穴", "经济学", False),
        ("經濟學", "经济学", True),
        ("機器学习", "机器学习", False),
        ("具身智能", "具身智能", False),
        ("學習", "机器学习", False),
    ],
)
def test_what_is_the_same_in_the_other_script(heard: str, term: str, same: bool) -> None:
    assert is_same(heard, term, find_converter("simplified"), find_converter("traditional")) is same


@pytest.mark.usefixtures("opencc")
def test_a_spelling_that_the_lexicon_lists_as_a_mistake_does_not_stand() -> None:
    lexicon = Lexicon.of([Term("机器学习", aliases=(Alias("機器學習"),))])
    (cue,) = corrected(lexicon, "我们在这里谈機器學習的发展问题")
    assert cue.text == "我们在这里谈机器学习的发展问题"


def test_one_script_is_not_looked_at_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(engine, "with_own_spelling", refuse)
    lexicon = Lexicon.of([*(term.text for term in SIMPLIFIED.terms), "昇腾"])
    assert [cue.edits for cue in corrected(lexicon, *SIMPLIFIED_TEXT, "昇腾")] == [(), (), ()]
    with pytest.raises(AssertionError):
        corrected(lexicon, *TRADITIONAL_TEXT)
