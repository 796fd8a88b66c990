"""A transcript translated: the translator that the options mean, made ready with what it needs, and its result laid in.

What a translator cannot get by itself comes from here: where a model may run, what Whisper hears in English, the
lines of a file, and the endpoint's key from the environment that the caller hands over.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.bilingual import beside
from toolkit.cues import Cue, Transcript
from toolkit.errors import UsageError
from toolkit.formats import read
from toolkit.formats.files import write_whole
from toolkit.invented import is_kept_out
from toolkit.jobs import Job, Listener, Progress, Result
from toolkit.lexicon import Lexicon, load_lexicon
from toolkit.lint import retimed
from toolkit.outputs import JOURNAL, encode_outputs, refuse_foreign
from toolkit.profile import Profile, SegmentOptions, with_values
from toolkit.records import deliver, note_source, without_notes, written_by
from toolkit.transcribe.devices import Device, choose
from toolkit.translate import Flag, Glossary, Translation, Translator, translate
from toolkit.translate.languages import is_chinese
from toolkit.translate.looked_up import Means, load_translator, translates_both_ways
from toolkit.translate.service import Budget
from toolkit.translate.values import Told
from toolkit.translated import bilingual_name, is_translated_back, translated_name, without_translation

__all__ = [
    "Resources",
    "add_translation",
    "cut_alike",
    "prepare_translation",
    "ready_translator",
    "translate_transcript",
    "translated_files",
]


@dataclass(frozen=True)
class Resources:
    """What is at hand to translate with: environment variables, a recording, the folder for Whisper's journal.

    ``answers`` is the file in which answers of an endpoint are kept; without one they are lost with the process.
    ``budget`` is shared by all jobs that get the same one.
    """

    environment: Mapping[str, str] | None = None
    media: Path | None = None
    folder: Path | None = None
    answers: Path | None = None
    listener: Listener | None = None
    budget: Budget | None = None


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
            return tuple(cue for name in options.translated_subtitles for cue in read(Path(name)).cues)
        return _heard_in_english(profile, given)

    ready = given.media is not None or bool(options.translated_subtitles)
    means = Means(key, answers, devices, hear if ready else None, given.budget)
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

    A cue in the target language already, and one without a translation to be had, have none. Where both languages are
    to be shown, the former is translated back, if the translator can: what is said in English gets its Chinese. The
    lexicon is the profile's unless one is given.

    Raises:
        BackendError: the translator failed.
    """
    options, target = profile.correct, profile.translate.translate or "en"
    if lexicon is None:
        lexicon = load_lexicon(options.lexicon, builtin=options.builtin_lexicons, protect=options.protect)
    shown = [cue for cue in transcript.cues if not is_kept_out(cue)]
    made = translate(shown, translator, Glossary.of(lexicon, target), target=target, tell=tell)
    back = ["" for _ in shown]
    if profile.translate.bilingual and any(made.passed) and translates_both_ways(translator):
        made, back = _translated_back(shown, translator, made, lexicon)
    texts = iter(zip(made.texts, made.passed, back, strict=True))
    cues = tuple(cue if is_kept_out(cue) else _with_translation(cue, *next(texts)) for cue in transcript.cues)
    return replace(transcript, cues=cues), made


def _translated_back(
    cues: Sequence[Cue], translator: Translator, made: Translation, lexicon: Lexicon
) -> tuple[Translation, list[str]]:
    """The translation, with the flags of those that are translated back; and their texts in the other language."""
    other = "en" if is_chinese(made.target) else "zh"
    again = translate(cues, translator, Glossary.of(lexicon, other), target=other)
    both = zip(again.texts, made.passed, again.passed, strict=True)
    back = [text if passed and not same else "" for text, passed, same in both]
    flags = tuple(new if text else old for old, new, text in zip(made.flags, again.flags, back, strict=True))
    passed = tuple(passed and not text for passed, text in zip(made.passed, back, strict=True))
    return replace(made, flags=flags, passed=passed), back


def cut_alike(
    transcript: Transcript, made: Translation, options: SegmentOptions, terms: Collection[str]
) -> tuple[Transcript, Translation]:
    """The transcript with text and translation of each cue cut at the same clause, and the translation of those parts.

    What was flagged of a cue stands by its first part. Ends move so that the slower of two lines can be read. With
    ``options`` that do not segment, cues stay as they are.
    """
    if not options.segment:
        return transcript, made
    shown = [cue for cue in transcript.cues if not is_kept_out(cue)]
    cues: list[Cue] = []
    rows: list[tuple[str, tuple[Flag, ...], bool]] = []
    for cue, text, flags, passed in zip(shown, made.texts, made.flags, made.passed, strict=True):
        parts = beside([cue], [cue.translation], options, terms=terms) if cue.translation else (cue,)
        cues += parts
        rows += [
            (_in_target(part, made.target) or text, flags if number == 0 else (), passed)
            for number, part in enumerate(parts)
        ]
    kept_out = [cue for cue in transcript.cues if is_kept_out(cue)]
    ordered = sorted((*retimed(cues, options), *kept_out), key=lambda cue: cue.start or 0)
    texts, flags_of, passed_of = zip(*rows, strict=True) if rows else ((), (), ())
    return (
        replace(transcript, cues=tuple(ordered)),
        replace(made, texts=texts, flags=flags_of, passed=passed_of),
    )


def prepare_translation(job: Job, earlier: Transcript | None, resources: Resources | None = None) -> Translator | None:
    """The translator for a job that is to be translated, None for one that is not; before an hour of listening.

    Raises:
        UsageError: the options do not say who translates, or a name is that of the translation.
        InputError: a file of somebody else stands where the translation goes.
    """
    target = job.profile.translate.translate
    if not target:
        return None
    paths = translated_files(job)
    if set(paths) & set(job.outputs):
        fix = "choose another name with -o; the translation gets this one"
        raise UsageError("its name says that it is a translation", where=str(job.outputs[0]), fix=fix)
    if not job.profile.output.overwrite:
        refuse_foreign(paths, written_by(earlier))
    media = job.source if job.journal else None
    given = replace(resources or Resources(), media=media, folder=job.outputs[0].parent)
    return ready_translator(job.profile, given)


def add_translation(result: Result, translator: Translator | None, lexicon: Lexicon, tell: Listener) -> Result:
    """The result with its translation, which is written beside it and kept in its record.

    What was heard stands written already, so that it is not lost where the translator fails.
    """
    if translator is None or not result.complete:
        return result
    job = result.job

    def told(done: int, total: int) -> None:
        tell(Progress("translate", done, total))

    transcript, made = translate_transcript(result.transcript, translator, job.profile, lexicon=lexicon, tell=told)
    terms = [spelling for term in lexicon.terms for spelling in (term.text, term.english) if spelling]
    files: dict[Path, bytes] = {}
    if job.profile.translate.bilingual:
        transcript, made = cut_alike(transcript, made, job.profile.segment, terms)
        files = encode_outputs(without_translation(without_notes(transcript)), job.outputs, job.profile, terms)
    files |= encode_outputs(without_notes(transcript), translated_files(job), job.profile, terms)
    if job.record:
        deliver(note_source(transcript, job.source, job.record), files, job.record, profile=job.profile)
    else:
        for path, data in files.items():
            write_whole(path, data)
    written = tuple(dict.fromkeys((*result.written, *files)))
    return replace(result, transcript=transcript, written=written, translation=made)


def translated_files(job: Job) -> tuple[Path, ...]:
    """Where the translation of a job goes, and both languages, beside each output; nowhere where none is asked for."""
    options, order = job.profile.translate, job.profile.output.bilingual_order
    if not options.translate:
        return ()
    both = [bilingual_name(path, options.translate, order) for path in job.outputs] if options.bilingual else []
    return (*(translated_name(path, options.translate) for path in job.outputs), *both)


def _with_translation(cue: Cue, text: str, passed: bool, back: str) -> Cue:
    return replace(cue, translation=back or (text if text and not passed else None))


def _in_target(cue: Cue, target: str) -> str:
    """What a cue says in the target language."""
    return cue.text if is_translated_back(cue, target) else cue.translation or ""


def _heard_in_english(profile: Profile, given: Resources) -> tuple[Cue, ...]:
    """What Whisper translates while it hears the recording; its journal stands beside the result."""
    from toolkit.pipeline import transcribe_file

    media = given.media or Path()
    wish = {"task": "translate", "lexicon_hotwords": False}
    journal = given.folder / f"{media.stem}.en{JOURNAL}" if given.folder else None
    return transcribe_file(media, with_values(profile, wish), journal=journal, listener=given.listener).cues
