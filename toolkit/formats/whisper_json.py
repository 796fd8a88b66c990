"""The JSON of Whisper tools: openai-whisper, whisperX, faster-whisper's tools; written in openai-whisper's shape.

``segments`` become cues, their ``words`` too; a bare list of segments is read as well. All other fields are kept in
``extra`` under their own names. Words must spell their segment; spaces are repaired, else the words are left out.
"""

from __future__ import annotations

import logging
from typing import Any

from toolkit.cues import Cue, Transcript, Word
from toolkit.errors import FormatError
from toolkit.formats.json_values import dump, give_back, keep, line_of_item, load, seconds_ms
from toolkit.formats.markup import plain_text
from toolkit.formats.words import fit_words, text_words
from toolkit.formats.writing import Wrap, require_times

log = logging.getLogger(__name__)

OWN = ("id", "start", "end", "text", "words", "translation")
"""Fields of a segment that are a cue's own, or made anew on writing."""

DERIVED = ("text", "segments", "language", "word_segments")
"""Fields of the document that are made anew on writing."""


def parse(text: str, path: str = "") -> Transcript:
    """The cues of a Whisper tool's JSON.

    >>> parse('{"segments": [{"start": 0.5, "end": 2, "text": " 大家好"}], "language": "zh"}').cues[0].text
    '大家好'

    Raises:
        FormatError: it is no JSON, has no segments, or one of them is faulty.
    """
    document = load(text, path)
    key = "" if isinstance(document, list) else "segments"
    document = {"segments": document} if isinstance(document, list) else document
    segments = document.get("segments") if isinstance(document, dict) else None
    if not isinstance(segments, list):
        fix = "known are the JSON of openai-whisper, whisperX and Bilibili"
        raise FormatError("no 'segments' in this JSON", path=path, line=1, fix=fix)
    cues: list[Cue] = []
    for index, segment in enumerate(segments):
        try:
            cues.append(_cue(segment, f"{path}: segment {index + 1}"))
        except ValueError as error:
            line = line_of_item(text, key, index)
            raise FormatError(f"segment {index + 1}: {error}", path=path, line=line) from None
    language = document.get("language")
    extra = keep(document, but=DERIVED)
    return Transcript(path, tuple(cues), language=language if isinstance(language, str) else None, extra=extra)


def render(transcript: Transcript, wrap: Wrap | None = None) -> str:  # noqa: ARG001
    """The transcript as openai-whisper writes it, with the corrected text; lines are not wrapped.

    Raises:
        FormatError: a cue has no times.
    """
    require_times(transcript)
    segments = [_segment(number, cue) for number, cue in enumerate(transcript.cues)]
    full = "".join(("" if segment["text"][:1] > "\x7f" else " ") + segment["text"] for segment in segments).strip()
    own = {"text": full, "segments": segments, "language": transcript.language}
    return dump({**own, **give_back(transcript.extra), **own})


def _cue(segment: object, where: str) -> Cue:
    if not isinstance(segment, dict) or not isinstance(segment.get("text"), str):
        raise ValueError("an object with 'text' was expected")
    start, end = _time(segment, "start"), _time(segment, "end")
    words = _words(segment.get("words"), start or 0)
    if words:
        start = words[0].start if start is None else start
        end = max(word.end for word in words) if end is None else end
    if (start is None) != (end is None):
        raise ValueError("'start' or 'end' is missing")
    if start is not None and end is not None and end < start:
        log.warning("%s: the end is before the start, and is taken for it", where)
        end = start
    heard = segment["text"].strip()
    fitted = fit_words(heard, words) if words else ()
    if fitted is None:
        log.warning("%s: its words do not spell its text and are left out", where)
    translation = segment.get("translation")
    return Cue(
        start,
        end,
        heard,
        fitted or (),
        translation=translation if isinstance(translation, str) else None,
        extra=keep(segment, but=OWN),
    )


def _time(entry: dict[str, Any], name: str) -> int | None:
    return None if entry.get(name) is None else seconds_ms(entry[name], f"'{name}'")


def _words(listed: object, begin: int) -> list[Word]:
    """The words of a segment; one without times, as whisperX has them for digits, lies between its neighbours."""
    entries = [] if listed is None else listed
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("'words' is not a list of objects")
    starts = [_time(entry, "start") for entry in entries]
    words: list[Word] = []
    for index, entry in enumerate(entries):
        text, known = entry.get("word", entry.get("text")), starts[index]
        if not isinstance(text, str):
            raise ValueError(f"word {index + 1} has no text")
        start = known if known is not None else words[-1].end if words else begin
        end = _time(entry, "end")
        if end is None:
            end = next((later for later in starts[index + 1 :] if later is not None), start)
        words.append(Word(text, start, max(start, end), _prob(entry.get("probability", entry.get("score")))))
    return words


def _prob(value: object) -> float | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number and 0 <= value <= 1 else None  # type: ignore[operator,arg-type]


def _segment(number: int, cue: Cue) -> dict[str, Any]:
    text = plain_text(cue).strip()
    own: dict[str, Any] = {"id": number, "start": (cue.start or 0) / 1000, "end": (cue.end or 0) / 1000, "text": text}
    words = fit_words(text, text_words(cue)) if cue.words else None
    segment = {**own, **give_back(cue.extra), **own}
    if cue.translation is not None:
        segment["translation"] = cue.translation
    return {**segment, "words": [_word(word) for word in words]} if words else segment


def _word(word: Word) -> dict[str, Any]:
    entry: dict[str, Any] = {"word": word.text, "start": word.start / 1000, "end": word.end / 1000}
    return entry if word.prob is None else {**entry, "probability": word.prob}
