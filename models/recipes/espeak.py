"""Speech from espeak-ng's library, with the place of every word and phoneme in the sound."""

from __future__ import annotations

import ctypes
import ctypes.util
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 22_050
"""Samples per second of what espeak-ng makes."""

_RETRIEVAL, _PHONEME_EVENTS, _UTF8, _CHARACTERS = 1, 1, 1, 1
_END, _WORD, _PHONEME = 0, 1, 7
_SPEED, _PITCH, _RANGE, _GAP = 1, 3, 4, 7
"""Numbers of espeak-ng's ``speak_lib.h``."""


@dataclass(frozen=True)
class Voice:
    """Who speaks and how: an espeak-ng variant, words per minute, pitch and its range (0 to 99)."""

    variant: str
    speed: int
    pitch: int
    range: int = 50


@dataclass(frozen=True)
class Spoken:
    """Sound (mono, 16 bit, `RATE`) and where its parts begin.

    ``words`` are pairs of an index into the text and a sample, ``phonemes`` of espeak-ng's mnemonic and a sample.
    """

    samples: NDArray[np.int16]
    words: tuple[tuple[int, int], ...]
    phonemes: tuple[tuple[str, int], ...]


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


def speak(text: str, language: str, voice: Voice) -> Spoken:
    """Say ``text`` in an espeak-ng language (``en-us``, ``cmn-latn-pinyin``).

    Raises:
        OSError: there is no espeak-ng library, or it does not know the voice.
    """
    return _engine().speak(text, language, voice)


class _Engine:
    """The library keeps its state in globals, so there is one of these in a process."""

    def __init__(self) -> None:
        self.library = ctypes.CDLL(ctypes.util.find_library("espeak-ng") or "libespeak-ng.so.1")
        if self.library.espeak_Initialize(_RETRIEVAL, 0, None, _PHONEME_EVENTS) < 0:
            raise OSError("espeak-ng cannot find its data; install the package espeak-ng-data")
        self.samples: list[NDArray[np.int16]] = []
        self.words: list[tuple[int, int]] = []
        self.phonemes: list[tuple[str, int]] = []
        self.callback = _Callback(self.take)
        self.library.espeak_SetSynthCallback(self.callback)

    def take(self, samples: Any, count: int, events: Any) -> int:
        if count > 0:
            self.samples.append(np.ctypeslib.as_array(samples, (count,)).copy())
        at = 0
        while events[at].type != _END:
            event = events[at]
            if event.type == _WORD:
                self.words.append((event.text_position - 1, event.sample))
            elif event.type == _PHONEME:
                self.phonemes.append((event.id.string.decode("utf-8", "replace"), event.sample))
            at += 1
        return 0

    def speak(self, text: str, language: str, voice: Voice) -> Spoken:
        self.samples, self.words, self.phonemes = [], [], []
        name = f"{language}+{voice.variant}" if voice.variant else language
        if self.library.espeak_SetVoiceByName(name.encode()) != 0:
            raise OSError(f"espeak-ng has no voice {name}")
        settings = ((_SPEED, voice.speed), (_PITCH, voice.pitch), (_RANGE, voice.range), (_GAP, 0))
        for number, value in settings:
            self.library.espeak_SetParameter(number, value, 0)
        spelled = text.encode() + b"\0"
        self.library.espeak_Synth(spelled, len(spelled), 0, _CHARACTERS, 0, _UTF8, None, None)
        self.library.espeak_Synchronize()
        samples = np.concatenate(self.samples) if self.samples else np.zeros(0, dtype=np.int16)
        return Spoken(samples, tuple(self.words), tuple(self.phonemes))


@cache
def _engine() -> _Engine:
    return _Engine()
