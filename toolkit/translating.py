"""A transcript translated: the translator that the options mean, made ready with what it needs, and its result laid in.

What a translator cannot get by itself comes from here: where a model may run, what Whisper hears in English, the
lines of a file, and the endpoint's key from the environment that the caller hands over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.cues import Cue, Transcript, with_extra
from toolkit.formats import read
from toolkit.invented import is_kept_out
from toolkit.jobs import Listener
from toolkit.lexicon import Lexicon, load_lexicon
from toolkit.outputs import JOURNAL
from toolkit.profile import Profile, with_values
from toolkit.transcribe.devices import Device, choose
from toolkit.translate import Glossary, Translation, Translator, translate
from toolkit.translate.looked_up import Means, load_translator
from toolkit.translate.values import Told

__all__ = ["Resources", "in_one_language", "ready_translator", "translate_transcript"]


@dataclass(frozen=True)
class Resources:
    """What is at hand to translate with: environment variables, a recording, the folder for Whisper's journal.

    ``answers`` is the file in which answers of an endpoint are kept; without one they are lost with the process.
    """

    environment: Mapping[str, str] | None = None
    media: Path | None = None
    folder: Path | None = None
    answers: Path | None = None
    listener: Listener | None = None


def ready_translator(profile: Profile, resources: Resources | None = None) -> Translator:
    """The translator that a profile means.

    Raises:
        UsageError: it does not say who translates, or not enough.
        ToolkitError: as `toolkit.translate.looked_up.load_translator`.
    """
    given, options = resources or Resources(), profile.translate
    key = (given.environment or {}).get(options.key_variable, "").strip()
    answers = given.answers if options.translation_cache else None

    def devices() -> Sequence[Device]:
        return choose(profile.transcribe)

    def hear() -> tuple[Cue, ...]:
        if options.translated_subtitles:
            return read(Path(options.translated_subtitles)).cues
        return _heard_in_english(profile, given)

    ready = given.media is not None or options.translated_subtitles
    means = Means(key, answers, devices, hear if ready else None)
    return load_translator(options, means, media=given.media is not None)


def translate_transcript(
    transcript: Transcript,
    translator: Translator,
    profile: Profile,
    *,
    lexicon: Lexicon | None = None,
    tell: Told | None = None,
) -> tuple[Transcript, Translation]:
    """The transcript with the translation of each cue, and the translation with its flags.

    A cue in the target language already, and one without a translation to be had, have none. The lexicon is the
    profile's unless one is given.

    Raises:
        BackendError: the translator failed.
    """
    options, target = profile.correct, profile.translate.translate or "en"
    if lexicon is None:
        lexicon = load_lexicon(options.lexicon, builtin=options.builtin_lexicons, protect=options.protect)
    shown = [cue for cue in transcript.cues if not is_kept_out(cue)]
    made = translate(shown, translator, Glossary.of(lexicon, target), target=target, tell=tell)
    texts = iter(zip(made.texts, made.passed, strict=True))
    cues = tuple(cue if is_kept_out(cue) else _with_translation(cue, *next(texts)) for cue in transcript.cues)
    return replace(transcript, cues=cues), made


def in_one_language(transcript: Transcript, target: str) -> Transcript:
    """The translation as a transcript of its own; where there is none, a cue's own text stands.

    >>> talk = Transcript("", (Cue(0, 900, "你好", translation="Hello"), Cue(900, 1800, "Bye")), "zh")
    >>> [cue.text for cue in in_one_language(talk, "en").cues]
    ['Hello', 'Bye']
    """
    cues = tuple(_alone(cue) for cue in transcript.cues if not is_kept_out(cue))
    return replace(transcript, cues=cues, language=target.partition("-")[0])


def _with_translation(cue: Cue, text: str, passed: bool) -> Cue:
    return replace(cue, translation=text if text and not passed else None)


def _alone(cue: Cue) -> Cue:
    if cue.translation is None:
        return replace(cue, words=(), edits=(), heard=cue.text)
    return Cue(cue.start, cue.end, cue.translation, extra=with_extra(cue.extra, **{"tag.inside": None}))


def _heard_in_english(profile: Profile, given: Resources) -> tuple[Cue, ...]:
    """What Whisper translates while it hears the recording; its journal stands beside the result."""
    from toolkit.pipeline import transcribe_file

    media = given.media or Path()
    wish = {"task": "translate", "lexicon_hotwords": False}
    journal = given.folder / f"{media.stem}.en{JOURNAL}" if given.folder else None
    return transcribe_file(media, with_values(profile, wish), journal=journal, listener=given.listener).cues
