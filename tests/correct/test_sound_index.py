"""The index of sounds: how terms are said, under which pairs of syllables they are listed, and which pairs are near."""

from __future__ import annotations

from itertools import product
from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.correct import sound_index
from toolkit.correct.sound_index import (
    LONGEST,
    MOST_WRITTEN,
    REACH_BEYOND,
    REACHES,
    SHORTEST_WRITTEN,
    SoundIndex,
    build_sounds,
    is_latin,
    only_terms,
)
from toolkit.correct.syllables import load_syllables
from toolkit.english import transliterations
from toolkit.lexicon import Term
from toolkit.sounds import parse_syllable

TABLE = load_syllables()
COUNT = len(TABLE.syllables)
CLOSE = 1e-5
HAN = "具聚身生深智只能人心形机器式是大模型沐曦壁仞"
TERMS = st.lists(st.text(HAN, min_size=2, max_size=8), max_size=6, unique=True)
SYLLABLES = ("ju", "shen", "sheng", "zhi", "zi", "neng", "nen", "da", "ke", "xin", "xing")


def sounds_of(*texts: str) -> SoundIndex:
    return build_sounds(tuple(map(Term, texts)), TABLE)


def spoken(sounds: SoundIndex, entry: int) -> str:
    numbers = sounds.syllables[entry, : sounds.lengths[entry]].tolist()
    return " ".join(TABLE.syllables[number].pinyin for number in numbers)


def number(pinyin: str) -> int:
    return TABLE.number(parse_syllable(pinyin))


def listed(sounds: SoundIndex) -> list[tuple[int, int, int]]:
    """Entry, place in it, and pair of everything listed."""
    bounds = zip(sounds.starts[:-1].tolist(), sounds.starts[1:].tolist(), strict=True)
    places = [(at, pair) for pair, (low, high) in enumerate(bounds) for at in range(low, high)]
    return [(int(sounds.entries[at]), int(sounds.offsets[at]), pair) for at, pair in places]


def looked_up(sounds: SoundIndex, one: int, other: int, gap: int) -> dict[tuple[int, int], float]:
    """Entries and places in them that two heard syllables lead to, with the costs."""
    key = one * COUNT + other + (gap - 1) * COUNT * COUNT
    found = {}
    for at in range(sounds.keys[key], sounds.keys[key + 1]):
        pair = sounds.pairs[at]
        for place in range(sounds.starts[pair], sounds.starts[pair + 1]):
            found[int(sounds.entries[place]), int(sounds.offsets[place])] = float(sounds.costs[at])
    return found


def pairs_of(length: int) -> list[tuple[int, int]]:
    """The pairs of syllables that a pronunciation is listed under."""
    if length == 2:
        return [(0, 1)]
    if length == 3:
        return [(0, 1), (1, 2), (0, 2)]
    return [(at, at + 1) for at in range(0, length - 1, 2)] + [(length - 2, length - 1)] * (length % 2)


@given(TERMS, st.sampled_from(SYLLABLES), st.sampled_from(SYLLABLES), st.sampled_from([1, 2]))
def test_two_heard_syllables_lead_to_all_pairs_within_reach(texts: list[str], one: str, other: str, gap: int) -> None:
    sounds = sounds_of(*texts)
    expected = {}
    for entry, length in enumerate(sounds.lengths.tolist()):
        for first, second in pairs_of(length):
            wanted = sounds.syllables[entry, [first, second]].tolist()
            cost = TABLE.costs[number(one), wanted[0]] + TABLE.costs[number(other), wanted[1]]
            if second - first == gap and cost <= sounds.reach:
                expected[entry, first] = pytest.approx(cost, abs=CLOSE)
    assert looked_up(sounds, number(one), number(other), gap) == expected


@given(TERMS)
def test_every_pair_leads_to_itself_at_no_cost(texts: list[str]) -> None:
    sounds = sounds_of(*texts)
    assert [spoken(sounds, entry).count(" ") + 1 for entry in range(len(texts))] == list(map(len, texts))
    for entry, length in enumerate(sounds.lengths.tolist()):
        for first, second in pairs_of(length):
            one, other = sounds.syllables[entry, [first, second]].tolist()
            assert looked_up(sounds, one, other, second - first)[entry, first] == 0


@given(TERMS)
def test_one_syllable_quite_different_leaves_a_pair_whole(texts: list[str]) -> None:
    sounds = sounds_of(*texts)
    rows = listed(sounds)
    for entry, length in enumerate(sounds.lengths.tolist()):
        own = sorted(first for one, first, _ in rows if one == entry)
        assert own == sorted(first for first, _ in pairs_of(length))
        assert len(own) == {2: 1, 3: 3}.get(length, ceil(length / 2))
        assert length == 2 or all(any(wrong not in pair for pair in pairs_of(length)) for wrong in range(length))


@given(TERMS, st.data())
def test_the_index_of_some_terms_has_their_entries_alone(texts: list[str], data: st.DataObject) -> None:
    sounds = sounds_of(*texts)
    wanted = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))), dtype=bool)
    some = only_terms(sounds, wanted, TABLE)
    fresh = sounds_of(*(text for text, chosen in zip(texts, wanted, strict=True) if chosen))
    assert some.terms.tolist() == np.flatnonzero(wanted)[fresh.terms].tolist()
    assert [spoken(some, entry) for entry in range(len(some.terms))] == [
        spoken(fresh, entry) for entry in range(len(fresh.terms))
    ]
    assert listed(some) == listed(fresh)
    assert np.array_equal(some.keys, fresh.keys)
    assert np.array_equal(some.pairs, fresh.pairs)


def test_the_index_of_some_terms_reaches_as_far_as_that_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_index, "REACHES", ((1, 0.5),))
    sounds = sounds_of("具身", "人形")
    some = only_terms(sounds, np.array([True, False]), TABLE)
    assert some.reach == sounds.reach == REACH_BEYOND


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Term("具身智能"), [("ju shen zhi neng", False)]),
        (Term("银行行长"), [("yin hang hang zhang", False)]),
        (Term("AI", sounds=("ei ai",)), [("ei ai", True)]),
        (Term("AI"), []),
        (Term("3D"), []),
        (Term("人工智能+", sounds=("ren gong zhi neng jia",)), [("ren gong zhi neng jia", True)]),
        (Term("克劳德", sounds=("ke lao de",)), [("ke lao de", False), ("ke lao de", True)]),
        (Term("5G+", sounds=("wu ji", "wu ji", "wu zhi")), [("wu ji", True), ("wu zhi", True)]),
        (Term("5G+", sounds=("wu qq", "wu")), []),
        (Term("人工智能+"), []),
        (Term("具身智能", exact=True), []),
        (Term("Claude", sounds=("ke lao de",), exact=True), []),
        (Term("鱼"), []),
        (Term("具" * LONGEST), [(" ".join(["ju"] * LONGEST), False)]),
        (Term("具" * (LONGEST + 1)), []),
        (Term("5G+", sounds=(" ".join(["ju"] * (LONGEST + 1)),)), []),
    ],
)
def test_a_term_sounds_as_it_is_written_and_as_it_is_said_to(term: Term, expected: list[tuple[str, bool]]) -> None:
    sounds = build_sounds((Term("，"), term), TABLE)
    found = [(spoken(sounds, entry), bool(foreign)) for entry, foreign in enumerate(sounds.foreign)]
    assert found == expected
    assert set(sounds.terms.tolist()) <= {1}


@pytest.mark.parametrize("name", ["WAIC", "Claude", "GLM", "Llama", "Qwen", "AI", "DeepSeek", "GPT-4", "CUDA"])
def test_a_latin_name_is_written_in_chinese_in_three_syllables_or_more(name: str) -> None:
    sounds = sounds_of(name)
    written = [" ".join(one) for one in transliterations(name, most=MOST_WRITTEN) if len(one) >= SHORTEST_WRITTEN]
    found = [spoken(sounds, entry) for entry in range(len(sounds.terms))]
    assert found == [one for one in written if all(map(number, one.split()))]
    assert len(found) <= MOST_WRITTEN
    assert sounds.foreign.all()
    assert (sounds.lengths >= SHORTEST_WRITTEN).all()


def test_two_syllables_are_heard_for_a_latin_name_only_where_they_are_listed() -> None:
    sounds = build_sounds((Term("Llama"), Term("LLAMA", sounds=("la ma",))), TABLE)
    shown = [(term, spoken(sounds, entry)) for entry, term in enumerate(sounds.terms.tolist())]
    assert (1, "la ma") in shown
    assert (0, "la ma") not in shown


@pytest.mark.parametrize(
    ("text", "latin"),
    [("AI", True), ("5G-A", True), ("C++", False), ("AI加", False), ("2024", False), ("Café", False), ("", False)],
)
def test_latin_is_two_letters_of_the_alphabet_at_least(text: str, latin: bool) -> None:
    assert is_latin(text) == latin


def test_the_more_pronunciations_the_nearer_a_pair_must_be() -> None:
    names = ["".join(pair) for pair in product(HAN, repeat=2)]
    most, reach = REACHES[0]
    assert [sounds_of(*names[:size]).reach for size in (0, 1, most)] == [reach] * 3
    assert sounds_of(*names[: most + 1]).reach == REACHES[1][1] < reach


def test_reach_shrinks_with_the_size_of_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_index, "REACHES", ((1, 0.5), (2, 0.1)))
    sizes = [sounds_of(*("具身", "人形", "大式")[:size]) for size in (1, 2, 3)]
    assert [one.reach for one in sizes] == [0.5, 0.1, REACH_BEYOND]
    assert [max(one.costs.tolist()) <= one.reach + CLOSE for one in sizes] == [True] * 3
    heard = number("qu"), number("sen")
    assert [bool(looked_up(one, *heard, 1)) for one in sizes] == [True, False, False]


@pytest.mark.parametrize("terms", [(), (Term("鱼"),), (Term("C++"),), (Term("具身", exact=True),)])
def test_nothing_that_is_said_makes_an_empty_index(terms: tuple[Term, ...]) -> None:
    sounds = build_sounds(terms, TABLE)
    assert (len(sounds.terms), len(sounds.pairs), len(sounds.entries)) == (0, 0, 0)
    assert len(sounds.keys) == 2 * COUNT * COUNT + 1
    assert not sounds.keys.any()
    assert len(only_terms(sounds, np.zeros(len(terms), dtype=bool), TABLE).terms) == 0
