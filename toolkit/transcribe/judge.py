"""The recogniser as a judge: how likely each of several texts is under the sound, by the probability of every token.

The texts of a question are forced through the decoder (``ctranslate2.models.Whisper.align``), nothing is searched. The
recogniser has already chosen what it heard, without knowing the terms; so that a term that it has never seen is not
lost beforehand, the spellings in dispute stand before the text as a prompt, all of them, once in each order, and the
mean of both counts. Where the lexicon is not shown to the recogniser there is no prompt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from toolkit.doubts import Question, Score
from toolkit.media import RATE, blocks
from toolkit.plugins import load as load_plugin
from toolkit.profile import TranscribeOptions
from toolkit.transcribe.devices import choose
from toolkit.transcribe.engine import FAILURES, Engine, next_engine, start_engine
from toolkit.weights import find_model

if TYPE_CHECKING:
    from toolkit.media import Sound

T = TypeVar("T")

JUDGES = {"whisper": "toolkit.transcribe.judge:load"}
"""Recognisers that can judge, and the function that makes them ready; it takes options and a language."""

WINDOW = 30_000
"""What Whisper hears at once, in milliseconds."""

MARGIN = 200
"""Milliseconds of sound before and behind what is asked about: times of words are no better."""

CONTEXT = 448
"""Tokens that Whisper can hold: prompt, marks and text."""

_MOST_SHOWN = 60
"""Tokens that the spellings in dispute may take."""

_FEWEST_FRAMES = 100
"""Frames that the decoder's attention is read over; only alignments, which are not used, depend on them."""


class Judge(Protocol):
    """Answers questions about a recording, in their order: a score a text, none at all where it cannot tell."""

    def __call__(self, media: Path, questions: Sequence[Question]) -> Iterator[tuple[Score, ...]]: ...


@dataclass
class _Bench:
    """A model that is ready, and how its texts begin; the engine changes when a device fails."""

    engine: Engine
    folder: Path
    tokenizer: Any
    prompted: bool
    track: int


@dataclass(frozen=True, eq=False)
class _Encoded:
    """What the encoder makes of a stretch of the recording, and how many of its frames are not padding."""

    stretch: tuple[int, int]
    window: Any
    frames: int


def can_judge(options: TranscribeOptions) -> bool:
    """Whether the recogniser of these options can be asked what it thinks of a text in the language that is spoken."""
    return options.recogniser in JUDGES and options.task == "transcribe"


def load_judge(options: TranscribeOptions, language: str) -> Judge:
    """The recogniser of these options as a judge of texts in a language.

    Raises:
        ModelNotFound: its model is not on this machine, or not whole.
        BackendError: it cannot be loaded, or there is no such GPU.
    """
    return cast("Judge", load_plugin(JUDGES[options.recogniser])(options, language))


def load(options: TranscribeOptions, language: str) -> Judge:
    """The Whisper model that the options name, as a judge.

    Raises:
        ModelNotFound: it is not on this machine, or not whole.
        BackendError: it cannot be loaded, or there is no such GPU.
    """
    from faster_whisper.tokenizer import Tokenizer

    folder = find_model(options.model, allow_download=options.allow_download)
    engine = start_engine(folder, choose(options), 1)
    multilingual = engine.model.model.is_multilingual
    spoken = language if language in engine.model.supported_languages else "en"
    tokenizer = Tokenizer(engine.model.hf_tokenizer, multilingual, task="transcribe", language=spoken)
    return partial(judge, _Bench(engine, folder, tokenizer, options.lexicon_hotwords, options.audio_track))


def judge(bench: _Bench, media: Path, questions: Sequence[Question]) -> Iterator[tuple[Score, ...]]:
    """The answers, in order of the questions, which are in order of time; the recording is decoded once.

    What is longer than Whisper's window, in time or in text, is not answered.

    Raises:
        MediaError: the recording cannot be used.
        BackendError: the model fails, and no other device can go on.
    """
    known: _Encoded | None = None
    for question, samples in sounds(media, questions, bench.track):
        texts = [_tokens(bench, text) for text in question.texts]
        if question.end - question.start > WINDOW or not len(samples) or not _fits(bench, question, texts):
            yield ()
            continue
        if known is None or known.stretch != (question.start, question.end):
            known = _again(bench, question, partial(_encode, bench, question, samples))
        yield _again(bench, question, partial(_scores, bench, question, texts, known))


def _again(bench: _Bench, question: Question, work: Callable[[], T]) -> T:
    """What the work gives; where the device fails, on the next one."""
    while True:
        try:
            return work()
        except FAILURES as error:
            bench.engine = next_engine(bench.engine, error, bench.folder, f"{question.start // 1000} s")


def sounds(media: Path, questions: Sequence[Question], track: int = 1) -> Iterator[tuple[Question, Sound]]:
    """Each question with its stretch of sound, `MARGIN` more on both sides, at most a window; questions go by time."""
    import numpy as np

    if not questions:
        return
    stream, held, begin, last = blocks(media, track=track), np.zeros(0, np.float32), 0, False
    for question in questions:
        start = max(question.start - MARGIN, 0)
        end = min(question.end + MARGIN, start + WINDOW)
        while not last and begin + len(held) * 1000 // RATE < end:
            keep = min(max(start - WINDOW - begin, 0) * RATE // 1000, len(held))  # questions may step back a little
            begin, held = begin + keep * 1000 // RATE, held[keep:]
            block = next(stream, None)
            if block is None:
                break
            held, last = np.concatenate([held, block.samples]), block.last
        yield question, held[max(start - begin, 0) * RATE // 1000 : max(end - begin, 0) * RATE // 1000]


def _tokens(bench: _Bench, text: str) -> list[int]:
    """A text as Whisper writes it: a space before Latin, none before Chinese."""
    text = text.strip()
    return list(bench.tokenizer.encode(f" {text}" if text and text[0].isascii() else text))


def _prompts(bench: _Bench, question: Question) -> list[list[int]]:
    """What stands before the text: the spellings in both orders, or nothing."""
    begin = list(bench.tokenizer.sot_sequence)
    if not bench.prompted or not question.shown:
        return [begin]
    orders = (question.shown, question.shown[::-1])
    shown = [list(bench.tokenizer.encode(f" {'，'.join(order)}"))[:_MOST_SHOWN] for order in orders]
    return [[bench.tokenizer.sot_prev, *spellings, *begin] for spellings in shown]


def _fits(bench: _Bench, question: Question, texts: Sequence[Sequence[int]]) -> bool:
    """Whether prompt and text leave room for the two marks that CTranslate2 adds."""
    longest = max(map(len, texts)) + max(map(len, _prompts(bench, question)))
    return all(texts) and longest + 2 <= CONTEXT


def _encode(bench: _Bench, question: Question, samples: Sound) -> _Encoded:
    """The sound of a question as the decoder sees it; on the CPU, from where any device can take it."""
    import ctranslate2
    import numpy as np
    from faster_whisper.audio import pad_or_trim

    model = bench.engine.model
    features = model.feature_extractor(samples)
    padded = np.ascontiguousarray(pad_or_trim(features)[None])
    storage = model.model.encode(ctranslate2.StorageView.from_array(padded), to_cpu=True)
    window = np.array(storage.to(ctranslate2.DataType.float32))
    frames = max(min(features.shape[-1], padded.shape[-1]), _FEWEST_FRAMES)
    return _Encoded((question.start, question.end), window, frames)


def _scores(bench: _Bench, question: Question, texts: Sequence[list[int]], encoded: _Encoded) -> tuple[Score, ...]:
    """The score of each text, all of them at once; the mean over the prompts."""
    import ctranslate2
    import numpy as np

    storage = ctranslate2.StorageView.from_array(np.repeat(encoded.window, len(texts), axis=0))
    prompts = _prompts(bench, question)
    sums = [0.0] * len(texts)
    for prompt in prompts:
        for number, result in enumerate(bench.engine.model.model.align(storage, prompt, list(texts), encoded.frames)):
            sums[number] += _log_sum(result.text_token_probs)
    return tuple(
        Score(round(total / len(prompts), 4), differing(texts[0], tokens))
        for total, tokens in zip(sums, texts, strict=True)
    )


def _log_sum(probabilities: Iterable[float]) -> float:
    return sum(log(max(probability, 1e-38)) for probability in probabilities)


def differing(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two texts differ in, the longer one's, without what both begin and end with.

    >>> differing([1, 2, 3, 9], [1, 4, 5, 6, 9])
    3
    """
    shorter = min(len(one), len(other))
    head = next((index for index in range(shorter) if one[index] != other[index]), shorter)
    tail = next((index for index in range(shorter - head) if one[-1 - index] != other[-1 - index]), shorter - head)
    return max(len(one), len(other)) - head - tail
