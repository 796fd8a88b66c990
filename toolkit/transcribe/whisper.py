"""The recogniser built on faster-whisper: a block of sound at a time, cues as soon as they are heard."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from toolkit.cues import Cue
from toolkit.errors import ProfileError
from toolkit.media import LONGEST, RATE, Block, ahead, blocks, find_pause, remarks
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints, Mark, Recogniser
from toolkit.transcribe.activity import Activity, measure
from toolkit.transcribe.allocator import give_back
from toolkit.transcribe.devices import choose
from toolkit.transcribe.engine import FAILURES, Engine, next_engine, start_engine
from toolkit.transcribe.hearing import Stretch, make_cue, with_speech
from toolkit.transcribe.prompt import Wish, choose_hotwords, join_terms, wish
from toolkit.transcribe.reach import pull_in
from toolkit.weights import find_model

log = logging.getLogger(__name__)

WINDOW = 30_000
"""What Whisper hears at once, in milliseconds."""

RECENT = 600_000
"""How long what was heard makes hotwords likelier, in milliseconds."""

_LONGEST_BATCHED = 32 * WINDOW
_SHORTEST = RATE // 10
"""Samples below which nothing can be said; faster-whisper fails with an IndexError on 10 to 20 ms without VAD."""


@dataclass
class Listener:
    """A model that is ready, and how it listens; the engine changes when a device fails, and stays changed.

    ``hotwords`` are what it is told in the block that it hears. They follow from its ``wish`` and from what was heard
    before; of that ``past`` is what an earlier run heard.
    """

    engine: Engine
    options: TranscribeOptions
    folder: Path
    wish: Wish
    past: tuple[Cue, ...] = ()
    hotwords: tuple[str, ...] = ()


def load(options: TranscribeOptions, hints: Hints) -> Recogniser:
    """A recogniser on the Whisper model that the options name, on the best device that can hold it.

    Raises:
        ModelNotFound: it is not on this machine, or not whole.
        FetchError: it was to be downloaded, and that failed.
        BackendError: it cannot be loaded, or there is no such GPU.
        ProfileError: the model does not know the language or the task, or the device not the arithmetic.
    """
    folder = find_model(options.model, allow_download=options.allow_download)
    engine = start_engine(folder, choose(options), _batch(options))
    _check_task(engine.model, options)
    tokenizer = engine.model.hf_tokenizer  # alone: a model that fails must not be kept
    wanted = wish(options, hints, lambda text: len(tokenizer.encode(f" {text}", add_special_tokens=False).ids))
    return partial(listen, Listener(engine, options, folder, wanted, hints.heard))


def listen(listener: Listener, media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]:
    """What is said in the recording, cue by cue, with a mark after every block.

    The language is the caller's, or that of the options, or what the first block is in that has anything to hear; from
    then on it stays. What was heard in the last ten minutes chooses the hotwords where there is no room for all.
    Nothing else is carried from block to block, and nothing is left to chance, so that listening from a mark on, in its
    language, with hints of what was heard before, gives exactly the rest.

    A device that fails is replaced (see `toolkit.transcribe.engine`), and what is not heard of the block is heard by
    the other. The marks tell which one it was.

    Raises:
        MediaError: the recording cannot be used.
        BackendError: the model fails while it listens, and no other device can go on.
    """
    language = language or listener.options.language
    several = listener.engine.batch * WINDOW if listener.engine.batched else 0
    longest = max(LONGEST, min(several, _LONGEST_BATCHED))
    recent = listener.past
    told: tuple[str, ...] = ()
    track = listener.options.audio_track
    for block in ahead(blocks(media, start=start, longest=longest, track=track)):
        recent = tuple(cue for cue in recent if (cue.end or 0) > block.start - RECENT)
        listener.hotwords = choose_hotwords(listener.wish, "\n".join(cue.heard for cue in recent))
        heard_in = ""
        activity: Activity | None = None
        for cue, spoken in _hear(listener, block, language):
            activity = activity or measure(block.samples, block.start)
            heard_in = spoken
            recent += (pull_in(with_speech(cue, activity), activity),)
            yield recent[-1]
        language = language or heard_in
        news = () if listener.hotwords == told else listener.hotwords
        warnings = remarks(media, block.end, track=track) if block.last else ()
        yield Mark(block.end, language, str(listener.engine.device), listener.engine.why, news, warnings)
        told = listener.hotwords
        give_back()


def _batch(options: TranscribeOptions) -> int:
    """How many windows at once; 0 for what suits the device, but one where each is shown the one before."""
    if not options.condition_on_previous_text:
        return options.batch_size
    if options.batch_size > 1:
        log.warning("windows that are heard at once are not shown the last sentence; --batch-size 1 would")
    return options.batch_size or 1


def _hear(listener: Listener, block: Block, language: str) -> Iterator[tuple[Cue, str]]:
    """The cues of a block, each with the language; what was heard before a device failed is not heard again."""
    latest = block.start
    while True:
        rest = _behind(block, latest)
        try:
            for segment, spoken in _segments(listener, rest, language):
                cue = make_cue(segment, Stretch(rest.start, latest, block.end))
                if cue is not None:
                    latest, language = cue.end or latest, spoken
                    yield cue, spoken
            return
        except FAILURES as error:
            listener.engine = next_engine(listener.engine, error, listener.folder, _clock(latest))


def _behind(block: Block, position: int) -> Block:
    """What is left of a block from a time on, in milliseconds."""
    return replace(block, start=position, samples=block.samples[(position - block.start) * RATE // 1000 :])


def _segments(listener: Listener, block: Block, language: str) -> Iterator[tuple[Any, str]]:
    """Segments of a block as they are recognised, each with the language."""
    if len(block.samples) >= _SHORTEST:
        segments, info = _transcribe(listener, block, language)
        for segment in segments:
            yield segment, info.language


def _clock(milliseconds: int) -> str:
    return f"{milliseconds // 60_000}:{milliseconds // 1000 % 60:02}"


def _transcribe(listener: Listener, block: Block, language: str) -> tuple[Iterator[Any], Any]:
    options = listener.options
    common: dict[str, Any] = {
        "language": language or None,
        "multilingual": options.multilingual,
        "task": options.task,
        "beam_size": options.beam_size,
        "temperature": 0.0,
        "word_timestamps": options.word_timestamps,
        "initial_prompt": options.initial_prompt or None,
        "hotwords": join_terms(listener.hotwords) or None,
        "vad_filter": options.vad_filter,
        "language_detection_segments": 4,
    }
    if not listener.engine.batched:
        previous = options.condition_on_previous_text
        segments, info = listener.engine.model.transcribe(block.samples, condition_on_previous_text=previous, **common)
    else:
        segments, info = _batched(listener, block, common)
    return segments, info


def _batched(listener: Listener, block: Block, common: dict[str, Any]) -> Any:
    from faster_whisper import BatchedInferencePipeline

    # A new one for each block: it remembers where the last speech was if it is left in the middle.
    pipeline = BatchedInferencePipeline(listener.engine.model)
    clips = None if listener.options.vad_filter else _windows(block)
    batch = listener.engine.batch
    return pipeline.transcribe(
        block.samples, batch_size=batch, without_timestamps=False, clip_timestamps=clips, **common
    )


def _windows(block: Block) -> list[dict[str, float]]:
    """The block as windows that Whisper can hear at once, in seconds, cut at pauses; VAD would do this otherwise."""
    size, position = WINDOW * RATE // 1000, 0
    windows = []
    while position < len(block.samples):
        rest = block.samples[position : position + size]
        end = position + (len(rest) if position + len(rest) == len(block.samples) else find_pause(rest))
        windows.append({"start": position / RATE, "end": end / RATE})
        position = end
    return windows


def _speaks(model: Any, code: str) -> bool:
    """Whether the model has a token for the language: ``yue`` came with large-v3 only."""
    return not model.model.is_multilingual or model.hf_tokenizer.token_to_id(f"<|{code}|>") is not None


def _check_task(model: Any, options: TranscribeOptions) -> None:
    known = [code for code in model.supported_languages if _speaks(model, code)]
    if options.language and options.language not in known:
        base = options.language.lower().partition("-")[0]
        listed = ", ".join(known) if len(known) < 10 else "codes such as zh, en, ja; without one it finds out"
        fix = f"did you mean '{base}'?" if base in known else f"it knows {listed}"
        raise ProfileError(f"the model knows no language '{options.language}'", where="--language", fix=fix)
    if model.model.is_multilingual:
        return
    for asked, flag in ((options.task == "translate", "--task"), (options.multilingual, "--multilingual")):
        if asked:
            raise ProfileError("the model knows only English", where=flag, fix="choose a model not called '.en'")
