"""A recogniser for tests: says the same talk every time, with words and marks, and can be told to die on the way."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from toolkit.cues import Cue, Word
from toolkit.errors import MediaError
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints, Mark

SENTENCES = (
    "各位来宾大家下午好，欢迎来到今天的论坛，我们先来认识一下各位嘉宾。",
    "聚生智能正在走进工厂，",
    "the robots are walking through the door,",
    "外壳大会上有三百台机器人，",
    "深层式人工智能写了这首诗，也画了这幅画，大家可以看一看。",
)
SENTENCE = 6000
"""Milliseconds from the beginning of one sentence to that of the next."""

BLOCK = 4
"""Sentences between two marks."""

COUNT = 18
LENGTH = COUNT * SENTENCE

Trouble = Callable[[int], None]


def at_peace(number: int) -> None:
    """Nothing happens."""


trouble: list[Trouble] = [at_peace]
"""What happens before sentence N, where N is `COUNT` at the end."""

hints: list[Hints] = []
"""What the recogniser was told each time that it was loaded."""


def load(options: TranscribeOptions, told: Hints) -> Callable[..., Iterator[Cue | Mark]]:
    hints.append(told)
    return listen


def load_silence(options: TranscribeOptions, told: Hints) -> Callable[..., Iterator[Cue | Mark]]:
    """A recogniser that hears that there is nothing to hear."""

    def listen(media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]:
        yield Mark(LENGTH, language)

    return listen


def load_cut_short(options: TranscribeOptions, told: Hints) -> Callable[..., Iterator[Cue | Mark]]:
    """A recogniser that sees that something is missing."""

    def listen(media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]:
        yield sentence(0)
        yield Mark(SENTENCE, language, warnings=("it may be cut short",))

    return listen


def load_late(options: TranscribeOptions, told: Hints) -> Callable[..., Iterator[Cue | Mark]]:
    """A recogniser that hears a word in the last second of 56."""

    def listen(media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]:
        yield Cue(55_500, 55_900, "好。", (Word("好。", 55_500, 55_900, 0.9),))
        yield Mark(56_150, language)

    return listen


def load_forgetful(options: TranscribeOptions, told: Hints) -> Callable[..., Iterator[Cue | Mark]]:
    """A recogniser that has room for the words that were typed, and for no others."""

    def listen_on(media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]:
        for event in listen(media, start=start, language=language):
            yield replace(event, told=(options.hotwords,)) if isinstance(event, Mark) else event

    return listen_on


def listen(media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]:
    for number in range(start // SENTENCE, COUNT):
        trouble[0](number)
        yield sentence(number)
        if (number + 1) % BLOCK == 0:
            yield Mark((number + 1) * SENTENCE, language or "zh")
    trouble[0](COUNT)


def sentence(number: int) -> Cue:
    text = SENTENCES[number % len(SENTENCES)]
    start, step = number * SENTENCE, 5400 // max(len(text), 20)
    words = tuple(
        Word(letter, start + index * step, start + (index + 1) * step, 0.7 + 0.01 * number)
        for index, letter in enumerate(text)
    )
    return Cue(start, words[-1].end, text, words, extra=(("avg_logprob", -0.1 / 3),))


def die_at(place: int) -> Trouble:
    """Kill this process, as ``kill -9`` does, before sentence ``place``."""

    def trouble(number: int) -> None:
        if number == place:
            os.kill(os.getpid(), signal.SIGKILL)

    return trouble


def load_deaf(options: TranscribeOptions, told: Hints) -> Callable[..., Iterator[Cue | Mark]]:
    """A recogniser that can open no recording."""

    def listen(media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]:
        raise MediaError("has no sound", where=str(media))
        yield Mark(0)

    return listen


END = sentence(COUNT - 1).end or 0
"""Where the last sentence ends."""
