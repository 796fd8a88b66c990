"""What is said in a recording: from its journal what an earlier run heard, the rest from the recogniser.

The only long part of a job. What is heard is in the journal before anybody else sees it, so that a run that was killed
goes on where it was.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain
from pathlib import Path

from toolkit.cues import Cue, Transcript
from toolkit.errors import ToolkitError
from toolkit.fetch.expected import expect, own_words
from toolkit.jobs import Listener, Progress
from toolkit.journal import Key, Past, behind, fetch_back, keep, key_of, pack, read_journal, unpack
from toolkit.lexicon import Lexicon
from toolkit.media import duration
from toolkit.profile import Profile, TranscribeOptions
from toolkit.records import note_devices, note_hotwords
from toolkit.transcribe import Hints, Mark, load_recogniser, spells
from toolkit.transcribe.prompt import wanted_hotwords
from toolkit.weights import takes_hotwords

log = logging.getLogger(__name__)

_FEW = 10
"""Hotwords left out that are named in a line of the log."""


@dataclass(frozen=True)
class Heard:
    """What there is to work on, how much of it is from an earlier run, and whether it is all.

    Of a recording ``length`` is how long it is, in milliseconds, 0 where that is not known, and ``warnings`` say what
    is wrong with it.
    """

    transcript: Transcript
    resumed_from: int = 0
    complete: bool = True
    length: int = 0
    warnings: tuple[str, ...] = ()


def hear(media: Path, profile: Profile, journal: Path | None, lexicon: Lexicon, tell: Listener) -> Heard:
    """All that is said, from the journal what an earlier run heard; what there is so far after Ctrl-C.

    Raises:
        MediaError: the recording cannot be used.
        ModelNotFound: the speech model is not on this machine.
        BackendError: the model fails.
        InputError: the journal cannot be read, or written.
    """
    options = profile.transcribe
    past = _past(media, profile, journal, lexicon)
    total = past.duration or _length(media)
    begin = max([past.until, *(cue.end or 0 for cue in past.cues if past.complete)])
    heard = BytesIO()  # packed: ten hours are 15,000 cues of 30 objects, at the time when most memory is taken
    marks, language, done, complete = list(past.heard_on), past.language, begin, True
    text = past.cues[-1].heard if past.cues else ""
    tell(Progress("transcribe", done, total))
    try:
        for event in _listen(media, options, journal, past, total):
            if isinstance(event, Cue):
                heard.write(pack(event))
                text, done = event.heard, max(done, event.end or 0)
            else:
                marks.append(event)
                language, done = event.language, max(done, event.until)
            tell(Progress("transcribe", done, total, text))
    except KeyboardInterrupt:
        complete = False
    except ToolkitError:
        if journal is not None and (past.cues or heard.tell()):
            log.warning("what was heard before is kept in %s; the next run goes on from there", journal)
        raise
    heard.seek(0)
    cues = (*past.cues, *map(unpack, heard))
    if not complete:
        cues += behind(past.tail, cues)
    language = "en" if options.task == "translate" else language or options.language
    noted = _note_hearing(Transcript(str(media), cues, language or None), options, past, marks)
    warnings = dict.fromkeys(chain(past.warnings, *(mark.warnings for mark in marks)))
    length = max([total, done, *(cue.end or 0 for cue in cues)])  # the total may be a guess
    return Heard(noted, begin, complete, length, tuple(warnings))


def _note_hearing(transcript: Transcript, options: TranscribeOptions, past: Past, marks: list[Mark]) -> Transcript:
    """The transcript with notes of what heard it, and what that was told to expect."""
    told = dict.fromkeys(chain(past.told, *(mark.told for mark in marks)))
    left_out = [term for term in wanted_hotwords(options.hotwords, past.hints.hotwords) if term not in told]
    if told:
        few = f"; left out: {', '.join(left_out[:_FEW])}{' …' if left_out[_FEW:] else ''}" if left_out else ""
        log.info("%d of %d hotwords were told to the recogniser%s", len(told), len(told) + len(left_out), few)
    heard_on = ((mark.until, mark.device, mark.why) for mark in spells(marks))
    return note_hotwords(note_devices(transcript, heard_on), tuple(told), left_out)


def _past(media: Path, profile: Profile, journal: Path | None, lexicon: Lexicon) -> Past:
    options = profile.transcribe
    hints = Hints()
    if options.lexicon_hotwords and takes_hotwords(options.model):
        words = own_words(media, metadata=profile.fetch.metadata_terms)
        hints = expect(lexicon, words, named=profile.correct.lexicon)
    if journal is None:
        return Past(Key("", ()), hints)
    key = key_of(media, options)
    fetch_back(journal, key)
    past = read_journal(journal, key, hints)
    if past.hints.hotwords != hints.hotwords:
        log.info("%s: heard with the lexicon of that time; without this file it will be heard anew", journal)
    return past


def _listen(
    media: Path, options: TranscribeOptions, journal: Path | None, past: Past, total: int
) -> Iterator[Cue | Mark]:
    """What is yet to be heard, written to the journal before it is passed on."""
    if past.complete:
        return
    recogniser = load_recogniser(options, replace(past.hints, heard=past.cues))
    heard = recogniser(media, start=past.until, language=past.language)
    yield from heard if journal is None else keep(journal, past, heard, duration=total)


def _length(media: Path) -> int:
    """The length of the recording in milliseconds, 0 where it is unknown: a recogniser may hear what FFmpeg cannot."""
    try:
        return duration(media)
    except ToolkitError:
        return 0
