"""What holds for whatever is segmented: nothing is lost, nothing broken, times stay true, and twice is once."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from strategies import cues, edits, transcripts

from toolkit.breaks import break_places, display_width, keeps_lines, lay_out, line_width, punctuate, reading_time
from toolkit.breaks.tokens import tokens
from toolkit.cues import Cue, Word
from toolkit.profile import SegmentOptions, built_in_profiles, read_profile
from toolkit.segment import segment

TERMS = ("具身智能", "大会", "GPT-4o", "AI IM")
HAN = [
    "我",
    "们",
    "的",
    "了",
    "吗",
    "在",
    "但是",
    "因为",
    "今天",
    "讨论",
    "具身智能",
    "大会",
    "和",
    "机器人",
    "很",
    "多",
    "问题",
]
MIXED = [
    "，",
    "。",
    "、",
    "？",
    "“",
    "”",
    "GPT-4o",
    "AI",
    "3.5",
    "10%",
    "the",
    "robot",
    "and",
    "Sam",
    "2024年",
    ".",
    ",",
    " ",
    "\n",
]
PIECES = [*HAN, *MIXED]
TEXTS = st.lists(st.sampled_from([*PIECES, " "]), max_size=24).map("".join)
PROFILES = st.sampled_from([read_profile(name).segment for name in built_in_profiles()])
ANY = st.builds(
    SegmentOptions,
    zh_width=st.integers(0, 20),
    en_width=st.integers(0, 50),
    lines=st.integers(1, 3),
    zh_speed=st.sampled_from([0.0, 4.0, 9.0, 16.0]),
    en_speed=st.sampled_from([0.0, 10.0, 20.0]),
    min_duration=st.integers(0, 2000),
    max_duration=st.sampled_from([0, 2000, 7000]),
    gap=st.sampled_from([0, 83, 600]),
    punctuation=st.sampled_from(["keep", "space"]),
)
OPTIONS = PROFILES | ANY
SILENCES = st.sampled_from([0, 0, 0, 40, 150, 400, 650, 720, 1500, 4000])
LENGTHS = st.sampled_from([0, 30, 120, 200, 350, 900])


@st.composite
def talks(draw: DrawFn, *, spelled: bool | None = None, edited: bool = True) -> tuple[Cue, ...]:
    """Cues as a recogniser hears them or a subtitle file has them: one after the other, words in their order."""
    now, made = draw(st.integers(0, 2000)), []
    with_words = draw(st.booleans()) if spelled is None else spelled
    for text in draw(st.lists(TEXTS, max_size=5)):
        start, words = now, []
        marks = sorted(draw(st.sets(st.integers(1, max(len(text) - 1, 1)))) | {0, len(text)})
        for one, two in pairwise(marks):
            begin = now + (draw(SILENCES) if words else 0)
            now = begin + draw(LENGTHS)
            words.append(Word(text[one:two], begin, now))
        changes = draw(edits(text)) if edited and draw(st.booleans()) else ()
        made.append(Cue(start, now, text, tuple(words) if with_words else (), changes))
        now += draw(SILENCES)
    return tuple(made)


def squeezed(texts: Sequence[str]) -> str:
    return "".join("".join(texts).split())


@given(talks() | st.lists(cues(halves=True)) | transcripts(heard=TEXTS).map(lambda made: made.cues), OPTIONS)
def test_no_character_and_no_edit_is_lost(given_cues: Sequence[Cue], options: SegmentOptions) -> None:
    made = segment(given_cues, options, terms=TERMS)
    assert squeezed([cue.heard for cue in made]) == squeezed([cue.heard for cue in given_cues])
    assert squeezed([cue.text for cue in made]) == squeezed([cue.text for cue in given_cues])
    assert [word.start for cue in made for word in cue.words if word.text.strip()] == [
        word.start for cue in given_cues for word in cue.words if word.text.strip()
    ]


@given(talks() | transcripts(heard=TEXTS).map(lambda made: made.cues), OPTIONS)
def test_twice_is_once(given_cues: Sequence[Cue], options: SegmentOptions) -> None:
    made = segment(given_cues, options, terms=TERMS)
    assert segment(made, options, terms=TERMS) == made
    assert segment(given_cues, options, terms=TERMS) == made


@given(st.lists(cues(timed=False)) | st.lists(cues(translated=True)), OPTIONS)
def test_untimed_and_translated_cues_stay(given_cues: Sequence[Cue], options: SegmentOptions) -> None:
    assert segment(given_cues, options, terms=TERMS) == tuple(given_cues)


@given(talks(), OPTIONS)
def test_times_stay_in_order_and_starts_are_those_of_speech(given_cues: Sequence[Cue], options: SegmentOptions) -> None:
    made = segment(given_cues, options, terms=TERMS)
    spelled = any(cue.words for cue in given_cues)
    starts = {cue.start for cue in given_cues} | {word.start for cue in given_cues for word in cue.words}
    for cue in made:
        assert not spelled or cue.start in starts
    for left, right in pairwise(made):
        assert left.start is not None
        assert right.start is not None
        assert left.end is not None
        assert left.start <= left.end <= right.start
        latest = right.start - options.gap
        assert left.end <= latest or 2 * (latest - left.start) < left.duration


@given(talks(), OPTIONS)
def test_words_lie_with_their_cue(given_cues: Sequence[Cue], options: SegmentOptions) -> None:
    for cue in segment(given_cues, options, terms=TERMS):
        for word in cue.words:
            assert (cue.start or 0) <= word.start
            assert word.end <= (cue.end or 0) + options.gap


@given(st.lists(cues(timed=True)) | talks().flatmap(st.permutations), OPTIONS)
def test_nothing_new_overlaps(given_cues: Sequence[Cue], options: SegmentOptions) -> None:
    made = segment(given_cues, options, terms=TERMS)
    for moment in {cue.start for cue in made}:
        assert _shown(made, moment) <= max(1, _shown(given_cues, moment))


def _shown(made: Sequence[Cue], moment: int | None) -> int:
    """How many cues are on the screen."""
    return sum((cue.start or 0) <= (moment or 0) < (cue.end or 0) for cue in made)


@given(talks(edited=False), OPTIONS)
def test_cuts_break_nothing(given_cues: Sequence[Cue], options: SegmentOptions) -> None:
    """The tokens of the parts are those of the whole, and so are the terms; only old seams may stand in them."""
    for whole in given_cues:
        parts = [cue.text for cue in segment([whole], options, terms=TERMS)]
        if len(parts) < 2:
            continue
        assert [token.text for part in parts for token in tokens(part)] == [token.text for token in tokens(whole.text)]
        assert [sum(part.count(term) for part in parts) for term in TERMS] == [whole.text.count(term) for term in TERMS]
        assert not any(part[0] in "，。、？”" for part in parts[1:])
        if not whole.words and "\n" not in whole.text and not _is_crammed(whole.text, options):
            assert not any(right[0] in "的了吗" and left[-1] not in "，。、？”.," for left, right in pairwise(parts))
        assert not any(part[-1] == "“" for part in parts[:-1])


def _is_crammed(text: str, options: SegmentOptions) -> bool:
    """Whether something between two good places is wider than a line, so that last resorts are taken."""
    return any(
        display_width(part) > min(2 * options.zh_width, options.en_width) for part in _parts(text, last_resorts=False)
    )


def _parts(text: str, *, last_resorts: bool) -> list[str]:
    offsets = [place.offset for place in break_places(text, TERMS, last_resorts=last_resorts)]
    return [text[one:two].strip() for one, two in pairwise([0, *offsets, len(text)])]


@given(talks(spelled=False, edited=False), PROFILES)
@example((Cue(0, 60_000, "了" * 99), Cue(60_000, 60_100, "好")), SegmentOptions())
def test_all_that_can_fit_its_lines_does(given_cues: Sequence[Cue], options: SegmentOptions) -> None:
    for cue in segment(given_cues, options, terms=TERMS):
        width = line_width(cue.text, options)
        unbroken = max((display_width(part) for part in _parts(cue.text, last_resorts=True)), default=0)
        if unbroken <= width and not keeps_lines(cue.text):
            lines = lay_out(cue.text, options, terms=TERMS).split("\n")
            assert len(lines) <= options.lines
            assert all(display_width(line) <= width for line in lines)


@given(talks(edited=False), PROFILES)
def test_durations(given_cues: Sequence[Cue], options: SegmentOptions) -> None:
    """Nothing goes before it is read unless the next one comes, and nothing stays too long but slow speech."""
    made = segment(given_cues, options, terms=TERMS)
    for index, cue in enumerate(made):
        following = made[index + 1].start if index + 1 < len(made) else None
        to_read = 0 if keeps_lines(cue.text) else reading_time(punctuate(cue.text, options), options)
        needed = min(max(options.min_duration, to_read), options.max_duration)
        pressed = following is not None and following - options.gap <= (cue.end or 0)
        assert cue.duration >= needed or pressed
        slow = cue.words[-1].end - (cue.start or 0) if cue.words else 250 * display_width(cue.text)
        assert cue.duration <= max(options.max_duration, slow)


def test_an_hour_takes_no_time() -> None:
    chance = random.Random(7)
    now, made = 0, []
    for _ in range(200):
        words = []
        for _ in range(50):
            text = chance.choice(PIECES[:-2])
            words.append(Word(text, now, now + 170 * len(text)))
            now = words[-1].end + chance.choice([0, 0, 30, 300, 900])
        made.append(Cue(words[0].start, words[-1].end, "".join(word.text for word in words), tuple(words)))
    began = time.process_time()
    done = segment(made, terms=TERMS)
    assert time.process_time() - began < 3, "far beyond what it needs even on a slow machine"
    assert len(done) > 1000
