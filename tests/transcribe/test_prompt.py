"""Hotwords in the window that the prompt leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints
from toolkit.transcribe.prompt import WINDOW, choose_hotwords, join_terms, split_terms, wish

TERMS = tuple(f"词{number:03}" for number in range(100))
"""100 terms of four tokens each, five with the comma before it, where a character is a token."""


def fit_hotwords(options: TranscribeOptions, hints: Hints, heard: str = "") -> str:
    """What a recogniser is told behind what was heard, in a line; a token is a character."""
    return join_terms(choose_hotwords(wish(options, hints, len), heard))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("具身智能", ("具身智能",)),
        ("具身智能 WAIC", ("具身智能", "WAIC")),
        ("AI for Science, Open AI", ("AI for Science", "Open AI")),
        ("a，b、c;d；e\nf, ,", ("a", "b", "c", "d", "e", "f")),
    ],
)
def test_terms_of_a_line(text: str, terms: tuple[str, ...]) -> None:
    assert split_terms(text) == terms


@pytest.mark.parametrize(
    ("typed", "lexicon", "told"),
    [
        ("", (), ""),
        ("", ("GPU", "scaling law"), "GPU, scaling law"),
        ("WAIC", ("具身智能",), "WAIC，具身智能"),
        ("WAIC, GPU", ("GPU", "WAIC", "NPU"), "WAIC, GPU, NPU"),
        ("waic, GPU", ("WAIC", "gpu", "具身智能"), "waic，GPU，具身智能"),
    ],
)
def test_the_users_words_come_first_and_each_once(typed: str, lexicon: tuple[str, ...], told: str) -> None:
    assert fit_hotwords(TranscribeOptions(hotwords=typed), Hints(lexicon)) == told


@pytest.mark.parametrize(
    ("options", "fitting"),
    [
        (TranscribeOptions(), 44),
        (TranscribeOptions(initial_prompt="字" * 100), 24),
        (TranscribeOptions(initial_prompt="字" * 300), 0),
        (TranscribeOptions(condition_on_previous_text=True), 15),
    ],
    ids=["alone", "beside a prompt", "no room", "beside what was said"],
)
def test_whole_terms_fill_the_window(options: TranscribeOptions, fitting: int) -> None:
    assert fit_hotwords(options, Hints(TERMS)) == "，".join(TERMS[:fitting])


def test_a_long_term_gives_way_to_a_short_one() -> None:
    assert fit_hotwords(TranscribeOptions(), Hints(("长" * 300, "短"))) == "短"


def test_what_was_heard_takes_the_place_of_what_was_not() -> None:
    told = TERMS[:43]
    assert fit_hotwords(TranscribeOptions(), Hints(TERMS), "上一段里有词097和词055。") == "，".join(
        (*TERMS[:42], TERMS[55], TERMS[97])
    )
    assert fit_hotwords(TranscribeOptions(), Hints(told), "词042") == "，".join(told)


def test_a_sign_brings_its_term_forward_and_what_is_fixed_stays() -> None:
    hints = Hints(TERMS, fixed=43, signs={"词097": ("AI", "聚深"), "词001": ("聚深",)})
    kept = (*TERMS[:43], TERMS[97])
    assert fit_hotwords(TranscribeOptions(), hints, "聚深智能，词050，词098") == "，".join((*TERMS[:43], TERMS[50]))
    assert fit_hotwords(TranscribeOptions(), hints, "聚深智能，词099") == "，".join(kept)
    assert fit_hotwords(TranscribeOptions(), hints, "the ai of today") == "，".join(kept)
    assert fit_hotwords(TranscribeOptions(), hints, "WAIC") == "，".join(TERMS[:44])


def test_what_the_user_typed_is_never_pushed_out() -> None:
    typed = TranscribeOptions(hotwords="，".join(f"人{number:03}" for number in range(43)))
    assert fit_hotwords(typed, Hints(TERMS), "词099").endswith("人042，词099")


def test_a_prompt_that_will_be_cut_is_told(caplog: pytest.LogCaptureFixture) -> None:
    fit_hotwords(TranscribeOptions(initial_prompt="字" * 300), Hints())
    assert "the initial prompt has 300 tokens, only its last 223 are used" in caplog.text


@given(st.lists(st.text("词a", min_size=1, max_size=90), unique=True), st.integers(0, 300), st.text("词a", max_size=90))
def test_prompt_and_hotwords_never_exceed_the_window(terms: list[str], prompt: int, heard: str) -> None:
    told = fit_hotwords(TranscribeOptions(initial_prompt="字" * prompt), Hints(tuple(terms)), heard)
    assert len(told) + min(prompt, WINDOW) <= WINDOW
    assert set(told.replace(", ", "，").split("，")) <= {*terms, ""}
