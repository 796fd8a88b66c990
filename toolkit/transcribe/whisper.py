"""The recogniser built on faster-whisper: a block of sound at a time, cues as soon as they are heard."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from toolkit.cues import Cue
from toolkit.errors import BackendError, ModelNotFound, ProfileError
from toolkit.media import LONGEST, RATE, Block, blocks, find_pause
from toolkit.profile import TranscribeOptions
from toolkit.transcribe import Hints, Mark, Recogniser
from toolkit.transcribe.activity import Activity, measure
from toolkit.transcribe.devices import Device, choose
from toolkit.transcribe.hearing import Stretch, make_cue, with_speech
from toolkit.transcribe.prompt import fit_hotwords
from toolkit.transcribe.steady import steadied
from toolkit.weights import find_model

WINDOW = 30_000
"""What Whisper hears at once, in milliseconds."""

_LONGEST_BATCHED = 32 * WINDOW
_SHORTEST = RATE // 10
"""Samples below which nothing can be said; faster-whisper fails with an IndexError on 10 to 20 ms without VAD."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Listener:
    """A model that is ready, and how it listens."""

    model: Any
    options: TranscribeOptions
    hotwords: str
    where: str


def load(options: TranscribeOptions, hints: Hints) -> Recogniser:
    """A recogniser on the Whisper model that the options name.

    Raises:
        ModelNotFound: it is not on this machine, or not whole.
        FetchError: it was to be downloaded, and that failed.
        BackendError: it cannot be loaded, or not on the device asked for.
        ProfileError: the model does not know the language or the task, or the device not the arithmetic.
    """
    device = choose(options)
    folder = find_model(options.model, allow_download=options.allow_download)
    model = _open_model(folder, device)
    log.info("%s on %s, computing in %s", folder, model.model.device, model.model.compute_type)
    _check_task(model, options)
    model.generate_with_fallback = steadied(model.generate_with_fallback)
    hotwords = fit_hotwords(options, hints, lambda text: len(model.hf_tokenizer.encode(f" {text}").ids))
    return partial(listen, Listener(model, options, hotwords, str(folder)))


def listen(listener: Listener, media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]:
    """What is said in the recording, cue by cue, with a mark after every block.

    The language is the caller's, or that of the options, or what the first block is in that has anything to hear; from
    then on it stays. Nothing else is carried from block to block, and nothing is left to chance, so that listening
    from a mark on, in its language, gives exactly the rest.

    Raises:
        MediaError: the recording cannot be used.
        BackendError: the model fails while it listens.
    """
    language = language or listener.options.language
    batch = listener.options.batch_size
    longest = LONGEST if batch == 1 else max(LONGEST, min(batch * WINDOW, _LONGEST_BATCHED))
    for block in blocks(media, start=start, longest=longest):
        latest, heard_in = block.start, ""
        activity: Activity | None = None
        for segment, spoken in _hear(listener, block, language):
            cue = make_cue(segment, Stretch(block.start, latest, block.end))
            if cue is not None:
                activity = activity or measure(block.samples, block.start)
                latest, heard_in = cue.end or latest, spoken
                yield with_speech(cue, activity)
        language = language or heard_in
        yield Mark(block.end, language)


def _hear(listener: Listener, block: Block, language: str) -> Iterator[tuple[Any, str]]:
    """Segments of a block as they are recognised, each with the language."""
    if len(block.samples) < _SHORTEST:
        return
    try:
        segments, info = _transcribe(listener, block, language)
        for segment in segments:
            yield segment, info.language
    except RuntimeError as error:
        # CTranslate2 has no other type for a missing library, too little memory, or weights that do not fit
        raise BackendError(f"the recogniser failed ({error})", where=listener.where) from error


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
        "hotwords": listener.hotwords or None,
        "vad_filter": options.vad_filter,
        "language_detection_segments": 4,
    }
    if options.batch_size == 1:
        previous = options.condition_on_previous_text
        segments, info = listener.model.transcribe(block.samples, condition_on_previous_text=previous, **common)
    else:
        segments, info = _batched(listener, block, common)
    return segments, info


def _batched(listener: Listener, block: Block, common: dict[str, Any]) -> Any:
    from faster_whisper import BatchedInferencePipeline

    # A new one for each block: it remembers where the last speech was if it is left in the middle.
    pipeline = BatchedInferencePipeline(listener.model)
    clips = None if listener.options.vad_filter else _windows(block)
    batch = listener.options.batch_size
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


def _open_model(folder: Path, device: Device) -> Any:
    from faster_whisper import WhisperModel

    try:
        model = WhisperModel(
            str(folder),
            device=device.name,
            device_index=device.index,
            compute_type=device.compute_type,
            cpu_threads=device.threads,
            local_files_only=True,
        )
    except Exception as error:  # tokenizers raises nothing narrower for a file that it cannot read
        fix = "get the model anew, or check that it is a Whisper model in CTranslate2's format"
        raise BackendError(f"the model cannot be loaded ({error})", where=str(folder), fix=fix) from error
    bands = model.feature_extractor.mel_filters.shape[0]
    if bands != model.model.n_mels:
        problem = f"hears {model.model.n_mels} mel bands, but its preprocessor_config.json is missing or says {bands}"
        raise ModelNotFound(problem, where=str(folder), fix="copy that file from the model that it was converted from")
    return model


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
