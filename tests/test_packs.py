"""The lexicon packs that ship: without faults, guarded against doing harm, and good for what they are there for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.correct import correct
from toolkit.cues import Cue
from toolkit.edits import changes
from toolkit.formats import read
from toolkit.lexicon import DEFAULT_PACKS, PACKS, Alias, Lexicon, Term, load_lexicon, pack_names, read_lexicon
from toolkit.profile import CorrectOptions
from toolkit.sounds import is_han, parse_syllables
from toolkit.toml import parse

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared/data/seed/transcript.txt"
FILES = ("legitimate.txt", "english.txt", "technical.txt")
ALL = load_lexicon(pack_names())
ENGLISH = set(re.findall(r"[a-z]+", (ROOT / "tests/data/english.txt").read_text(encoding="utf-8").casefold()))
ALIASES = [(term, alias) for term in ALL.terms for alias in term.aliases]

CEREMONY = [
    "外壳 → WAIC",
    "聚生智能 → 具身智能",
    "open eye → OpenAI",
    "深层式 → 生成式",
    "GM → GLM",
    "摩达社区 → 魔搭社区",
    "智源机器人 → 智元机器人",
    "飞西科技 → 非夕科技",
    "木星科技 → 沐曦科技",
    "聚身智能 → 具身智能",
    "外壳 → WAIC",
]

TRANSCRIPT = {
    "外壳 → WAIC",
    "聚生智能 → 具身智能",
    "聚身智能 → 具身智能",
    "聚深智能 → 具身智能",
    "深层式 → 生成式",
    "摩达社区 → 魔搭社区",
    "智源机器人 → 智元机器人",
    "飞西科技 → 非夕科技",
    "木星科技 → 沐曦科技",
    "太初元恒 → 太初元碁",
    "盐山科技 → 岩山科技",
    "库帕斯 → 库帕思",
    "彩悦新城 → 财跃星辰",
    "蓝马科技 → 澜码科技",
    "中国保五 → 中国宝武",
    "上海苑 → 上海院",
    "deep link → DeepLink",
    "易购群智 → 异构群智",
    "遇电智能仿真器 → 驭电智能仿真器",
    "CE大奖 → SAIL大奖",
    "以善治促善治 → 以善治促善智",
    "义共商求共享 → 以共商促共享",
    "人工智能家 → 人工智能+",
    "AI加 → AI+",
    "5GA → 5G-A",
    "五届A → 5G-A",
    "mark nesburger → Mark Nitzberg",
    "马克尼斯伯格 → 马克·尼茨伯格",
    "尼斯伯格 → 尼茨伯格",
    "张洪涛 → 张宏韬",
    "施宏明 → 施红敏",
    "祖四杰 → 祖似杰",
    "庄墓地 → 庄木弟",
}
"""Every repair of the transcript; what is not listed stays as it was heard."""


def sentences(name: str) -> list[str]:
    lines = (ROOT / "tests/data" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def repaired(lines: list[str], lexicon: Lexicon = ALL, *, boldness: float = 0.5) -> list[str]:
    options = CorrectOptions(boldness=boldness)
    return [cue.text for cue in correct((Cue(None, None, line) for line in lines), lexicon, options)]


def changed(lines: list[str], *, boldness: float = 0.5) -> list[tuple[str, str]]:
    pairs = zip(lines, repaired(lines, boldness=boldness), strict=True)
    return [(before, after) for before, after in pairs if before != after]


def is_ordinary(term: Term) -> bool:
    """Whether a term is so short, or so much of a word, that it may not be looked for without a guard."""
    return len(term.text) <= 2 or term.text.casefold() in ENGLISH


def test_the_packs_are_there() -> None:
    assert {"ai", "waic2024"} <= set(pack_names())
    assert set(DEFAULT_PACKS) <= set(pack_names())


@pytest.mark.parametrize("name", pack_names())
def test_a_pack_loads_with_each_term_once(name: str) -> None:
    document = parse((PACKS / f"{name}.toml").read_text(encoding="utf-8"))
    assert isinstance(document["term"], list)
    written = [entry["text"] for entry in document["term"]]
    assert [text for text, count in Counter(written).items() if count > 1] == []
    assert [term.text for term in read_lexicon(name).terms] == written
    assert document["about"]


@pytest.mark.parametrize("name", pack_names())
def test_terms_have_their_english(name: str) -> None:
    chinese = [term for term in read_lexicon(name).terms if any(map(is_han, term.text))]
    assert sum(bool(term.english) for term in chinese) >= 0.8 * len(chinese)


def test_an_alias_belongs_to_one_term() -> None:
    spellings = Counter(alias.text.casefold() for _, alias in ALIASES)
    assert [text for text, count in spellings.items() if count > 1] == []


def test_an_alias_is_no_term_itself() -> None:
    texts = {term.text for term in ALL.terms}
    assert [alias.text for _, alias in ALIASES if alias.text in texts] == []


def test_what_ordinary_words_sound_like_is_guarded() -> None:
    assert [term.text for term in ALL.terms if is_ordinary(term) and not (term.near or term.never or term.exact)] == []


def test_two_characters_are_never_looked_for_by_sound() -> None:
    assert [
        term.text for term in ALL.terms if len(term.text) == 2 and all(map(is_han, term.text)) and not term.exact
    ] == []


def test_sounds_are_syllables_and_have_words_near() -> None:
    spoken = [term for term in ALL.terms if term.sounds]
    assert all(len(parse_syllables(sound)) >= 2 for term in spoken for sound in term.sounds)
    assert [term.text for term in spoken if not term.near] == []


def test_no_word_speaks_for_and_against() -> None:
    entries: list[Term | Alias] = [*ALL.terms, *(alias for _, alias in ALIASES)]
    assert [entry.text for entry in entries if set(entry.near) & set(entry.never)] == []
    assert [entry.text for entry in entries if any(word != word.strip() or not word for word in entry.near)] == []


@pytest.mark.parametrize("name", FILES)
def test_an_alias_that_needs_no_context_is_no_text_that_people_write(name: str) -> None:
    text = "\n".join(sentences(name)).casefold()
    free = [alias.text for _, alias in ALIASES if not alias.near and not alias.never]
    assert [heard for heard in free if heard.casefold() in text] == []


def test_every_alias_is_repaired_where_its_context_stands() -> None:
    contexts = [(alias.near[0] if alias.near else "然后", alias.text, term.text) for term, alias in ALIASES]
    missed = [
        (context, heard)
        for context, heard, wanted in contexts
        if wanted not in "".join(repaired([f"{context}，这里说的就是{heard}。"]))
    ]
    assert missed == []


@pytest.mark.parametrize(("name", "least"), [("legitimate.txt", 200), ("english.txt", 60), ("technical.txt", 60)])
def test_there_are_enough_sentences_to_tell(name: str, least: int) -> None:
    lines = sentences(name)
    assert len(lines) == len(set(lines)) >= least


@pytest.mark.parametrize("boldness", [0.5, 1.0])
@pytest.mark.parametrize("name", FILES)
def test_what_is_right_stays_line_by_line(name: str, boldness: float) -> None:
    assert [change for line in sentences(name) for change in changed([line], boldness=boldness)] == []


@pytest.mark.parametrize("boldness", [0.5, 1.0])
@pytest.mark.parametrize("name", FILES)
def test_what_is_right_stays_in_one_document(name: str, boldness: float) -> None:
    assert changed(sentences(name), boldness=boldness) == []


def test_what_is_right_stays_in_a_document_that_knows_every_term() -> None:
    terms = [f"{term.text}。" for term in ALL.terms if not term.exact]
    distance = ["这一句只是为了隔开上下两段文字，" * 3]
    assert changed(terms + distance + sentences("legitimate.txt")) == []


@pytest.mark.parametrize("name", ["evening.txt", "evening.srt", "evening.cues.jsonl"])
def test_the_ceremony_is_repaired(name: str) -> None:
    transcript = read(ROOT / "examples" / name)
    cues = correct(transcript.cues, ALL)
    found = [change.edit.as_text() for change in changes(replace(transcript, cues=cues))]
    assert found == CEREMONY
    assert "手机外壳" in "".join(cue.text for cue in cues)


@pytest.mark.parametrize("name", ["terms.txt", "terms.toml"])
def test_an_own_lexicon_adds_to_the_packs(name: str) -> None:
    lines = (ROOT / "examples/evening.txt").read_text(encoding="utf-8").splitlines()
    text = "".join(repaired(lines, load_lexicon(["waic2024", str(ROOT / "examples" / name)])))
    assert "浅山实验室" in text
    assert ("Foldy最忙" in text) == (name == "terms.toml")


@pytest.mark.skipif(not SEED.exists(), reason=f"the transcript {SEED.name} is not on this machine")
def test_the_transcript_that_this_began_with() -> None:
    lines = SEED.read_text(encoding="utf-8").splitlines()
    cues = correct((Cue(None, None, line) for line in lines), ALL)
    assert {edit.as_text() for cue in cues for edit in cue.edits} == TRANSCRIPT
    assert not any("外壳" in cue.text or "深层式" in cue.text for cue in cues)
