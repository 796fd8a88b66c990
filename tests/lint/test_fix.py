"""What is repaired is clean and stays so, and no word is touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lint.spoilt import TERMS, spoilt_file

from toolkit.breaks import visible
from toolkit.cues import Cue, Edit, Transcript, Word
from toolkit.errors import UsageError
from toolkit.formats import parse, read, render
from toolkit.lint import FIXABLE, fix, lint, retimed
from toolkit.profile import SegmentOptions, built_in_profiles, read_profile

DATA = Path(__file__).parents[3] / "shared/data"
SUBTITLES = sorted((DATA / "srt").glob("*.srt"))
PROFILES = {name: read_profile(name).segment for name in built_in_profiles()}
FILES = 300


def words_of(cues: tuple[Cue, ...], options: SegmentOptions) -> tuple[str, str]:
    """All that is said, in order of time, without breaks, spaces and tags; without pauses where they become spaces.

    Chinese and Latin text apart, because where both are in a cue that is cut, the halves of both alternate.
    """
    ordered = sorted(cues, key=lambda cue: cue.start or 0)
    text = "".join(visible(cue.text) + (cue.translation or "") for cue in ordered)
    text = re.sub(r"[\s\u200e]|</?[ib]>", "", text)
    text = re.sub("[，。、；,;.]", "", text) if options.punctuation == "space" else text
    return re.sub("[ -~]", "", text), "".join(re.findall("[ -~]", text))


def through(cues: tuple[Cue, ...], name: str = "srt") -> tuple[Cue, ...]:
    """The cues as they are read from a file that they were written to."""
    return parse(render(Transcript("talk", cues), format=name), format=name).cues


def check(cues: tuple[Cue, ...], options: SegmentOptions, name: str = "srt") -> None:
    fixed = fix(cues, options, terms=TERMS).cues
    assert lint(fixed, options, terms=TERMS, rules=FIXABLE) == ()
    assert words_of(fixed, options) == words_of(cues, options)
    assert fix(fixed, options, terms=TERMS).cues == fixed
    written = through(fixed, name)
    assert lint(written, options, terms=TERMS, rules=FIXABLE) == ()
    assert fix(written, options, terms=TERMS).repaired == ()


@pytest.mark.parametrize(("number", "name"), list(enumerate(PROFILES)))
def test_generated_files_are_clean_the_same_and_stay_so(number: int, name: str) -> None:
    for seed in range(number, FILES, len(PROFILES)):
        check(through(spoilt_file(seed)), PROFILES[name])


def test_generated_files_have_faults_of_all_kinds() -> None:
    found = {finding.rule for seed in range(60) for finding in lint(spoilt_file(seed), PROFILES["ted"], terms=TERMS)}
    found |= {
        finding.rule for seed in range(20) for finding in lint(spoilt_file(seed), PROFILES["fansub"], terms=TERMS)
    }
    found |= {finding.rule for seed in range(20) for finding in lint(spoilt_file(seed), terms=TERMS)}
    assert set(FIXABLE) <= found


@pytest.mark.parametrize("name", ["ass", "vtt"])
def test_what_a_format_rounds_does_no_harm(name: str) -> None:
    for seed in range(12):
        cues = through(spoilt_file(seed), name)
        fixed = through(fix(cues, terms=TERMS).cues, name)
        assert lint(fixed, terms=TERMS, rules=FIXABLE) == ()


@pytest.mark.skipif(not SUBTITLES, reason="the subtitles of two recognisers are not here")
@pytest.mark.parametrize("path", SUBTITLES, ids=lambda path: path.stem)
def test_subtitles_of_recognisers_are_repaired(path: Path) -> None:
    cues = read(path).cues
    assert lint(cues, rules=FIXABLE)
    for options in PROFILES.values():
        check(cues, options)


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(
            lambda start, lasts, text: Cue(start, start + lasts, text),
            st.integers(0, 20_000),
            st.integers(0, 12_000),
            st.text("具身智能的，。 \nab<i>/-1", max_size=40),
        ),
        max_size=5,
    )
)
def test_any_text_at_any_time_is_repaired_without_a_word_lost(cues: list[Cue]) -> None:
    check(through(tuple(cues)), SegmentOptions(lines=2))


def test_a_wide_cue_is_cut_where_a_clause_ends_and_times_follow() -> None:
    fixed = fix([Cue(0, 5000, "欢迎来到今天的具身智能论坛，我们先认识一下各位嘉宾。")], terms=TERMS)
    assert [cue.text for cue in fixed.cues] == ["欢迎来到今天的具身智能论坛，", "我们先认识一下各位嘉宾。"]
    assert fixed.cues[0].end == (fixed.cues[1].start or 0) - 83
    assert [finding.rule for finding in fixed.repaired] == ["wide", "gap"]


def test_both_languages_are_cut_at_one_clause() -> None:
    text = "今天很冷，但是我们十七个人还是一起出门了\nIt was cold today, but all seventeen of us went out together"
    assert [cue.text for cue in fix([Cue(0, 6000, text)]).cues] == [
        "今天很冷，\nIt was cold today,",
        "但是我们十七个人还是一起出门了\nbut all seventeen of us went out together",
    ]
    apart = Cue(0, 6000, text.split("\n")[0], translation=text.split("\n")[1])
    assert [cue.translation for cue in fix([apart]).cues] == [
        "It was cold today,",
        "but all seventeen of us went out together",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([(0, 2500), (2000, 4000)], [(0, 1917), (2000, 4000)]),  # overlap
        ([(0, 2000), (2000, 4000)], [(0, 1917), (2000, 4000)]),  # no gap
        ([(0, 2000), (2300, 4000)], [(0, 2217), (2300, 4000)]),  # flicker
        ([(0, 300), (9000, 9900)], [(0, 833), (9000, 9900)]),  # short
        ([(0, 300), (700, 1700)], [(0, 617), (700, 1700)]),  # short, and as much as there is room
        ([(0, 9000)], [(0, 7000)]),  # long, and read long before
        ([(0, 5000), (1000, 4000)], [(0, 5000), (1000, 4000)]),  # meant at one time, perhaps: for a person
    ],
)
def test_times(before: list[tuple[int, int]], after: list[tuple[int, int]]) -> None:
    texts = ("你好", "再见")
    cues = [Cue(*times, text) for times, text in zip(before, texts, strict=False)]
    assert [(cue.start, cue.end) for cue in fix(cues).cues] == after
    assert len(cues) == 1 or [(cue.start, cue.end) for cue in retimed(cues)] == after


def test_a_cue_that_is_too_fast_stays_as_long_as_it_takes() -> None:
    (cue,) = fix([Cue(0, 1000, "今天天气非常非常好", translation="x" * 36)]).cues
    assert cue.end == 1800  # 36 letters at 20 a second; nine characters take but one second


def test_only_named_rules_are_repaired() -> None:
    cues = [Cue(0, 300, "你好  世界")]
    assert fix(cues, rules=["short"]).cues == (Cue(0, 833, "你好  世界"),)
    assert fix(cues, rules=["spaces", "numbers"]).cues == (Cue(0, 300, "你好 世界"),)


def test_text_without_times_keeps_its_lines() -> None:
    assert fix([Cue(None, None, "很长的一句话" * 9)]).cues == (Cue(None, None, "很长的一句话" * 9),)


@pytest.mark.parametrize(
    "cue",
    [
        Cue(0, 900, "你好", words=(Word("你好", 0, 900),)),
        Cue(0, 900, "你好", edits=(Edit(0, 1, "你", "您", "person"),)),
    ],
)
def test_words_and_edits_are_not_thrown_away(cue: Cue) -> None:
    with pytest.raises(UsageError, match="would be lost; use 'zimu segment'"):
        fix([cue])
    assert retimed([cue]) == (cue,)
