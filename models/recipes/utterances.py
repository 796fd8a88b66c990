"""A sentence becomes an utterance: sound, where each character and English word is in it, and its phonemes."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from espeak import RATE, Spoken, Voice, speak
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin
from scipy.signal import resample_poly
from voices import ENGLISH, MANDARIN

PAUSES = {
    "，": ",",
    "、": ",",
    "；": ",",
    "：": ",",
    "。": ".",
    "？": ".",
    "！": ".",
    ",": ",",
    ".": ".",
    "?": ".",
    "!": ".",
}
SILENT = "_"
"""The phoneme of a pause."""

_RUN = re.compile(r"[A-Za-z][A-Za-z0-9' .,?!-]*|[^A-Za-z]+")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Piece:
    """A character or an English word of the text, with its beginning and end in seconds."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Utterance:
    """What was said: sound at 16 kHz, its text in pieces, and ``phonemes`` as (name, tone, start in seconds)."""

    samples: NDArray[np.float32]
    pieces: tuple[Piece, ...]
    phonemes: tuple[tuple[str, int, float], ...]


def utter(text: str, voice: Voice, chance: random.Random) -> Utterance:
    """Say a text that may mix Chinese and English."""
    accent = chance.choice(ENGLISH)
    sounds: list[NDArray[np.float32]] = []
    pieces: list[Piece] = []
    phonemes: list[tuple[str, int, float]] = []
    clock = 0.0
    for run in _RUN.findall(text):
        part = _say_english(run, accent, voice) if run[0].isascii() and run[0].isalpha() else _say_chinese(run, voice)
        pieces += [Piece(piece.text, piece.start + clock, piece.end + clock) for piece in part.pieces]
        phonemes += [(name, tone, start + clock) for name, tone, start in part.phonemes]
        sounds.append(part.samples)
        clock += len(part.samples) / 16_000
        if len(part.samples):
            gap = np.zeros(chance.randint(0, 1200), dtype=np.float32)
            sounds.append(gap)
            phonemes.append((SILENT, 0, clock))
            clock += len(gap) / 16_000
    samples = np.concatenate(sounds) if sounds else np.zeros(0, dtype=np.float32)
    return Utterance(samples, tuple(pieces), tuple(phonemes))


def _say_english(run: str, accent: str, voice: Voice) -> Utterance:
    """English is given to espeak-ng as it stands; a word's time is shared by the parts that a space does not divide."""
    heard = speak(run, accent, voice)
    words = [(match.start(), match.group()) for match in re.finditer(r" ?[^ ]+", run)]
    starts = [_first_event(heard, start, start + len(word)) for start, word in words]
    times = _filled(starts, len(heard.samples))
    pieces = [Piece(word, begin, end) for (_, word), (begin, end) in zip(words, pairwise(times), strict=True)]
    return Utterance(_resampled(heard), tuple(pieces), tuple((name, 0, at / RATE) for name, at in heard.phonemes))


def _first_event(heard: Spoken, start: int, end: int) -> int | None:
    return next((sample for position, sample in heard.words if start <= position < end), None)


def _filled(starts: list[int | None], length: int) -> list[float]:
    """Seconds of every start and of the end; a start that espeak-ng does not tell lies evenly between the others."""
    known = [
        (0, 0),
        *((index, start) for index, start in enumerate(starts) if start is not None and index),
        (len(starts), length),
    ]
    if starts and starts[0] is not None:
        known[0] = (0, starts[0])
    samples = np.interp(np.arange(len(starts) + 1), [index for index, _ in known], [start for _, start in known])
    return [float(sample) / RATE for sample in samples]


def _say_chinese(run: str, voice: Voice) -> Utterance:
    """Every syllable is a word to espeak-ng, so that each tells its time."""
    characters, syllables = read(run)
    line, places = "", []
    for syllable in syllables:
        places.append(len(line))
        line += syllable + " "
    if not any(syllable[0].isalpha() for syllable in syllables):
        return Utterance(
            np.zeros(0, dtype=np.float32), tuple(Piece(mark, 0.0, 0.0) for mark in characters if mark in PAUSES), ()
        )
    heard = speak(line, MANDARIN, voice)
    starts = [
        _first_event(heard, place, place + len(syllable)) for place, syllable in zip(places, syllables, strict=True)
    ]
    times = _filled(starts, len(heard.samples))
    pieces = [Piece(mark, begin, end) for mark, (begin, end) in zip(characters, pairwise(times), strict=True)]
    return Utterance(_resampled(heard), tuple(pieces), _with_tones(heard, times, syllables))


def _with_tones(heard: Spoken, times: list[float], syllables: list[str]) -> tuple[tuple[str, int, float], ...]:
    tones = [int(syllable[-1]) if syllable[-1].isdigit() else 0 for syllable in syllables]
    found = []
    for name, at in heard.phonemes:
        index = int(np.searchsorted(times, at / RATE + 1e-4, side="right")) - 1
        tone = 0 if name.startswith("_") else tones[min(max(index, 0), len(tones) - 1)]
        found.append((SILENT if name.startswith("_") else name, tone, at / RATE))
    return tuple(found)


def read(run: str) -> tuple[list[str], list[str]]:
    """Characters of a Chinese run and what is said for each: a syllable of pinyin with its tone, or a pause.

    Digits are read one by one, as those of a year are.
    """
    characters: list[str] = []
    syllables: list[str] = []
    for part in re.findall(r"[\u4e00-\u9fff0-9]+|.", run):
        if part in PAUSES:
            characters.append(part)
            syllables.append(PAUSES[part])
        elif len(part) > 1 or part.isalnum():
            characters += part
            said = "".join(_DIGITS[int(letter)] if letter.isdigit() else letter for letter in part)
            syllables += lazy_pinyin(said, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
    return characters, syllables


def _resampled(heard: Spoken) -> NDArray[np.float32]:
    if not len(heard.samples):
        return np.zeros(0, dtype=np.float32)
    sound: NDArray[np.float32] = resample_poly(heard.samples.astype(np.float32) / 32768.0, 320, 441).astype(np.float32)
    return sound
