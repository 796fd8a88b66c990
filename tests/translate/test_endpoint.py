"""A service with every sin is asked: the result is complete, in order and true to the glossary, or it is flagged."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from chat_server import Chat, Said, Sin, as_lines, but, chatting, content, fewer, good, late, lines_of, reply, status

from toolkit.cues import Cue
from toolkit.errors import BackendError
from toolkit.lexicon import Lexicon, Term
from toolkit.translate import Glossary, Translation, service, translate
from toolkit.translate.answers import Answers
from toolkit.translate.endpoint import Endpoint
from toolkit.translate.service import Budget, Service

WORDS = {
    "大家好": "Hello, everyone.",
    "欢迎来到具身智能的展区": "Welcome to the embodied AI zone.",
    "今年有三百家企业": "300 companies are here this year,",
    "投资1.2亿元": "with 120 million yuan invested.",
    "谢谢": "Thank you.",
}
CUES = [Cue(1000 * number, 1000 * number + 900, text) for number, text in enumerate(WORDS)]
GLOSSARY = Glossary.of(Lexicon.of([Term("具身智能", english="embodied AI")]), "en")
WHOLE = tuple(WORDS.values())


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nothing waits; what would have been waited is listed."""
    waited: list[float] = []
    monkeypatch.setattr(service, "sleep", waited.append)
    return waited


def ask(chat: Chat, *, answers: Path | None = None, budget: Budget | None = None, **options: Any) -> Translation:
    timeout = options.pop("timeout", 5.0)
    asked = Service(chat.address, "m", options.pop("key", ""), timeout, budget or Budget())
    return translate(CUES, Endpoint(asked, Answers(answers), **options), GLOSSARY)


def test_lines_come_back_in_order_with_their_context() -> None:
    with chatting(WORDS) as chat:
        made = ask(chat, size=2, context=1)
    assert (made.texts, made.flagged) == (WHOLE, ())
    assert chat.lines == [["大家好", "欢迎来到具身智能的展区"], ["今年有三百家企业", "投资1.2亿元"], ["谢谢"]]
    second = json.loads(chat.asked[1]["messages"][1]["content"])
    assert (second["before"], second["after"]) == (["欢迎来到具身智能的展区"], ["谢谢"])
    first = lines_of(chat.asked[0])
    assert first[1]["terms"] == {"具身智能": "embodied AI"}
    assert "from Chinese (simplified characters) to English" in chat.asked[0]["messages"][0]["content"]


@pytest.mark.parametrize(
    "sin",
    [
        fewer,
        content("Here you are:\n1. Hello"),
        content('{"lines": [{"id": 1, "text": "Hello"'),
        content('{"lines": "Hello"}'),
        content("[]"),
        content(""),
        content(as_lines(["one", "two", "three", "four", "five", "six"])),
        content(json.dumps({"lines": [{"id": number, "text": "x"} for number in (2, 1, 3, 4, 5)]})),
        content(json.dumps({"lines": [{"id": number, "text": None} for number in (1, 2, 3, 4, 5)]})),
        lambda *_: reply(as_lines(["x"] * 5), finish="length"),
        lambda *_: reply(as_lines(["x"] * 5), finish="content_filter"),
        lambda *_: reply(as_lines(["x"] * 5), refusal="I can't help with that"),
        lambda *_: Said("{}"),
        status(429),
        status(500),
        status(503, "<html>busy</html>"),
        lambda *_: Said("<html>"),
        status(400, '{"error": {"message": "too many tokens"}}'),
        late(0.4),
    ],
)
def test_one_sin_costs_a_request_and_nothing_else(sin: Sin) -> None:
    with chatting(WORDS, sin) as chat:
        made = ask(chat, timeout=0.2 if sin.__qualname__.startswith("late") else 5.0)
    assert (made.texts, made.flagged) == (WHOLE, ())
    assert 1 < len(chat.asked) <= 3


def test_a_line_that_is_always_refused_is_flagged_and_costs_no_other_line() -> None:
    def refuses(chat: Chat, request: dict[str, Any]) -> Said:
        chat.sins.append(refuses)
        if any(line["text"] == "谢谢" for line in lines_of(request)):
            return reply("I'm sorry, I can't help with that.")
        return good(chat, request)

    with chatting(WORDS, refuses) as chat:
        made = ask(chat)
    assert made.texts == (*WHOLE[:-1], "")
    assert [str(flag) for flag in made.flags[-1]] == ["missing: no JSON: I'm sorry, I can't help with that."]
    assert made.missing == made.flagged == (4,)


def test_a_refusal_in_the_place_of_a_line_is_no_translation() -> None:
    refusal = but(谢谢="I'm sorry, but I can't translate this.")
    with chatting(WORDS, refusal, refusal) as chat:
        made = ask(chat)
    assert (made.texts[-1], made.missing) == ("", (4,))


def test_a_changed_number_and_a_dropped_term_are_asked_for_again_with_the_reason() -> None:
    wrong = but(今年有三百家企业="30 companies are here this year,", 欢迎来到具身智能的展区="Welcome to the zone.")
    with chatting(WORDS, wrong) as chat:
        made = ask(chat)
    assert (made.texts, made.flagged) == (WHOLE, ())
    again = lines_of(chat.asked[1])
    assert [line["wrong"] for line in again] == [
        ["具身智能 is to be 'embodied AI'"],
        ["三百 has no equal", "30 has no equal"],
    ]


def test_what_stays_wrong_is_flagged() -> None:
    wrong = but(今年有三百家企业="30 companies are here this year,", 欢迎来到具身智能的展区="Welcome to the zone.")
    with chatting(WORDS, wrong, wrong) as chat:
        made = ask(chat)
    assert made.texts[1:3] == ("Welcome to the zone.", "30 companies are here this year,")
    assert [[flag.kind for flag in flags] for flags in made.flags] == [[], ["term"], ["number", "number"], [], []]


def test_a_worse_second_answer_does_not_replace_the_first() -> None:
    first = but(欢迎来到具身智能的展区="Welcome to the zone.")
    second = but(欢迎来到具身智能的展区="欢迎来到具身的展区 3")
    with chatting(WORDS, first, second) as chat:
        assert ask(chat).texts[1] == "Welcome to the zone."


def test_a_killed_run_goes_on_and_pays_for_nothing_twice(tmp_path: Path) -> None:
    def dies(*_: object) -> Said:
        raise_here.append(1)
        return Said("", 401)

    raise_here: list[int] = []
    with chatting(WORDS, good, fewer, dies) as chat:
        with pytest.raises(BackendError):
            ask(chat, size=2, answers=tmp_path / "answers.sqlite")
        paid = len(chat.asked)
        made = ask(chat, size=2, answers=tmp_path / "answers.sqlite")
    assert made.texts == WHOLE
    assert paid == 3
    assert chat.lines[3:] == [["今年有三百家企业"], ["投资1.2亿元"], ["谢谢"]]


def test_a_second_run_asks_nothing_and_a_changed_line_alone_is_asked_again(tmp_path: Path) -> None:
    kept = tmp_path / "answers.sqlite"
    with chatting(WORDS | {"谢谢大家": "Thank you all."}) as chat:
        ask(chat, answers=kept)
        assert ask(chat, answers=kept).texts == WHOLE
        assert len(chat.asked) == 1
        endpoint = Endpoint(Service(chat.address, "m"), Answers(kept))
        made = translate([*CUES[:-1], Cue(4000, 4900, "谢谢大家")], endpoint, GLOSSARY)
        assert made.texts[-1] == "Thank you all."
        assert chat.lines[1] == ["投资1.2亿元", "谢谢大家"]  # the line before it sees another neighbour
        translate(CUES, Endpoint(Service(chat.address, "other"), Answers(kept)), GLOSSARY)
        assert len(chat.lines[2]) == 5


def test_no_file_of_answers_holds_the_key(tmp_path: Path) -> None:
    with chatting(WORDS) as chat:
        ask(chat, answers=tmp_path / "answers.sqlite", key="sk-secret-123")
    assert chat.keys == ["Bearer sk-secret-123"]
    assert b"secret" not in (tmp_path / "answers.sqlite").read_bytes()


@pytest.mark.parametrize(
    ("budget", "requests"), [(Budget(most_requests=2), 2), (Budget(most_tokens=800), 2), (Budget(most_tokens=10), 0)]
)
def test_a_budget_is_kept_and_the_rest_is_flagged(budget: Budget, requests: int) -> None:
    def costly(chat: Chat, request: dict[str, Any]) -> Said:
        document = json.loads(good(chat, request).body) | {"usage": {"total_tokens": 300}}
        return Said(json.dumps(document))

    with chatting(WORDS, costly, costly, costly) as chat:
        made = ask(chat, size=2, budget=budget)
    assert len(chat.asked) == requests == budget.requests
    assert made.texts == (*WHOLE[: 2 * requests], *[""] * (5 - 2 * requests))
    assert all("budget" in flag.detail for place in made.missing for flag in made.flags[place])


def test_a_service_is_waited_for_as_long_as_it_asks(pauses: list[float]) -> None:
    soon = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=30), usegmt=True)
    with chatting(WORDS, status(429, "{}", ("Retry-After", "7")), status(503, "{}", ("Retry-After", soon))) as chat:
        assert ask(chat).texts == WHOLE
    assert pauses[0] == 7
    assert 27 <= pauses[1] <= 30


def test_a_service_that_asks_for_an_hour_is_not_waited_for(pauses: list[float]) -> None:
    with chatting(WORDS, status(429, "{}", ("Retry-After", "3600"))) as chat, pytest.raises(BackendError) as caught:
        ask(chat)
    assert "asks to wait 3600 s" in str(caught.value)
    assert pauses == []


def test_a_service_that_stays_busy_is_given_up_after_growing_pauses(pauses: list[float]) -> None:
    with chatting(WORDS, *[status(503)] * 6) as chat, pytest.raises(BackendError, match="run again"):
        ask(chat)
    assert len(chat.asked) == 6
    assert all(0.7 * wait <= waited <= 1.3 * wait for wait, waited in zip((1, 2, 4, 8, 16), pauses, strict=True))


def test_a_service_that_never_answers_is_given_up() -> None:
    with chatting(WORDS, *[late(0.3)] * 40) as chat, pytest.raises(BackendError, match="no answer in 0"):
        ask(chat, timeout=0.05)
    assert len(chat.asked) < 18  # what halving down to every single line would take


def test_the_settings_that_a_service_does_not_know_are_left_out() -> None:
    def old(chat: Chat, request: dict[str, Any]) -> Said:
        chat.sins.append(old)
        if "response_format" in request or "temperature" in request:
            return Said('{"error": {"message": "unknown field"}}', 400)
        return good(chat, request)

    with chatting(WORDS, old) as chat:
        assert ask(chat, size=3).texts == WHOLE
    assert [("response_format" in request, "temperature" in request) for request in chat.asked] == [
        (True, True),
        (False, True),
        (False, False),
        (False, False),
    ]


@pytest.mark.parametrize(
    ("code", "body", "words"),
    [
        (401, '{"error": {"message": "Incorrect API key provided: sk-secret-123"}}', "check the key"),
        (403, "sk-secret-123 is not allowed", "check the key"),
        (404, '{"error": {"message": "no model m"}}', "no model m"),
        (429, '{"error": {"message": "You exceeded your quota"}}', "nothing is left to spend"),
        (418, "teapot with sk-secret-123", "HTTP 418"),
        (307, "", "HTTP 307"),
    ],
)
def test_what_cannot_be_mended_by_waiting_fails_at_once_and_never_shows_the_key(
    code: int, body: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with chatting(WORDS, status(code, body, ("Location", "http://127.0.0.1:9/steal"))) as chat:
        with pytest.raises(BackendError) as caught:
            ask(chat, key="sk-secret-123")
        assert len(chat.asked) == 1
    assert words in str(caught.value)
    shown = f"{caught.value}{caught.value.as_dict()}{caplog.text}{caught.value.__cause__!r}"
    assert "secret" not in shown


def test_nobody_who_listens_is_told_at_once(pauses: list[float]) -> None:
    with chatting(WORDS) as chat:
        pass
    with pytest.raises(BackendError, match="see that it runs"):
        ask(chat)
    assert pauses == []
