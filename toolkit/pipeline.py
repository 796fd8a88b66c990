"""One job from end to end: a recording or a transcript in, corrected and segmented subtitles out.

The only place that knows the order of the stages. What is heard goes to the journal first, so that a job that was
killed goes on where it was; what follows takes seconds and is made anew each time.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from time import monotonic

from toolkit.correct import correct
from toolkit.cues import Transcript
from toolkit.decisions import carry
from toolkit.doubts import Question, Score, doubtful, judged
from toolkit.errors import InputError, ToolkitError
from toolkit.fetch.evidence import add_evidence
from toolkit.formats import read
from toolkit.formats.files import write_whole
from toolkit.invented import apart, together
from toolkit.jobs import Interrupted, Job, Listener, Progress, Result, plan_job
from toolkit.lexicon import Lexicon, load_lexicon
from toolkit.listening import Heard, hear
from toolkit.locks import locked
from toolkit.outputs import encode_outputs, is_ours, keep_copy, partial_name, refuse_foreign, set_aside
from toolkit.profile import Profile, TranscribeOptions
from toolkit.quarantine import quarantine
from toolkit.records import (
    deliver,
    note_source,
    other_source,
    read_decided,
    without_notes,
    written_by,
)
from toolkit.segment import segment
from toolkit.segment.timing import within
from toolkit.spelling import converter, repair_decimals, spell
from toolkit.transcribe.judge import can_judge, load_judge
from toolkit.translating import Resources, add_translation, prepare_translation
from toolkit.verdicts import keep_verdict, read_verdicts

__all__ = [
    "Interrupted",
    "Job",
    "Listener",
    "Progress",
    "Result",
    "correct_transcript",
    "load_terms",
    "plan_job",
    "run_job",
    "segment_transcript",
    "spell_transcript",
    "transcribe_file",
]

log = logging.getLogger(__name__)


def run_job(
    job: Job,
    *,
    listener: Listener | None = None,
    lexicon: Lexicon | None = None,
    resources: Resources | None = None,
) -> Result:
    """Do a job: hear or read, correct, segment, write, translate. Done twice, it writes the same.

    What a person decided about edits since the last time stays (see `toolkit.records`). Ctrl-C while a recording is
    heard writes what there is under partial names; the next run goes on from the journal.

    Raises:
        Interrupted: Ctrl-C while a recording was heard; tells where the partial result is.
        InputError: the source cannot be used, an output belongs to somebody else, or cannot be written.
        ToolkitError: whatever a stage refuses, see there.
    """
    began = monotonic()
    tell = listener or _be_silent
    _make_folder(job.outputs[0].parent)
    if job.profile.correct.script != "keep":
        converter(job.profile.correct.script)  # what it needs must not be found missing after an hour of listening
    with locked(*filter(None, (job.journal, job.record))):
        earlier = read_decided(job.record)
        _refuse_foreign(job, earlier)
        translator = prepare_translation(job, earlier, resources)
        lexicon = _with_evidence(load_terms(job.profile) if lexicon is None else lexicon, job.source, job.profile)
        heard = hear(job.source, job.profile, job.journal, lexicon, tell) if job.journal else _read(job.source)
        result = add_translation(_finish(job, heard, earlier, lexicon, tell), translator, lexicon, tell)
    result = replace(result, seconds=monotonic() - began)
    if not result.complete:
        raise Interrupted(result)
    return result


def transcribe_file(
    media: Path | str,
    profile: Profile | None = None,
    *,
    journal: Path | None = None,
    listener: Listener | None = None,
) -> Transcript:
    """What is said in a recording, as it was heard; with a journal, a run that was cut off goes on where it was.

    Raises:
        MediaError: the recording cannot be used.
        ModelNotFound: the speech model is not on this machine.
        BackendError: the model fails.
    """
    profile = profile or Profile()
    with locked(*([journal] if journal else [])):
        lexicon = _with_evidence(load_terms(profile), Path(media), profile)
        heard = hear(Path(media), profile, journal, lexicon, listener or _be_silent)
    if not heard.complete:
        raise KeyboardInterrupt
    for warning in heard.warnings:
        log.warning("%s: %s", media, warning)
    return heard.transcript


def correct_transcript(
    transcript: Transcript, profile: Profile | None = None, *, lexicon: Lexicon | None = None
) -> Transcript:
    """The transcript with what was misheard repaired, and lines that nobody said taken out.

    The lexicon is the profile's unless one is given. What was heard is spelled first, see `spell_transcript`.
    """
    profile = profile or Profile()
    options = profile.correct
    cues = spell_transcript(transcript, profile).cues
    if options.correct:
        cues = correct(cues, load_terms(profile) if lexicon is None else lexicon, options)
        cues = repair_decimals(cues, applied=not options.suggest_only)
    return replace(transcript, cues=quarantine(cues, options.hallucinations, suggest_only=options.suggest_only))


def spell_transcript(transcript: Transcript, profile: Profile | None = None) -> Transcript:
    """The transcript in the script, and with the punctuation, that a profile asks for; done twice it stays the same.

    Raises:
        MissingExtra: another script is asked for, and OpenCC is not installed.
    """
    return replace(transcript, cues=spell(transcript.cues, (profile or Profile()).correct))


def segment_transcript(
    transcript: Transcript, profile: Profile | None = None, *, lexicon: Lexicon | None = None
) -> Transcript:
    """The transcript with its cues cut and joined for reading, never inside a term.

    Text without times stays as it is, and so do cues that are not shown because nobody said them.
    """
    profile = profile or Profile()
    if not profile.segment.segment:
        return transcript
    lexicon = load_terms(profile) if lexicon is None else lexicon
    shown, out = apart(transcript.cues) if transcript.timed else (transcript.cues, ())
    done = segment(shown, profile.segment, terms=_spellings(lexicon))
    return replace(transcript, cues=together(done, out))


def load_terms(profile: Profile) -> Lexicon:
    """The lexicon that a profile names.

    Raises:
        LexiconError: an unknown pack, or a file with faults.
    """
    options = profile.correct
    return load_lexicon(options.lexicon, builtin=options.builtin_lexicons, protect=options.protect)


def _with_evidence(lexicon: Lexicon, source: Path, profile: Profile) -> Lexicon:
    """The lexicon with the names that stand in metadata beside the source, ``NAME.info.json``, unless switched off."""
    return add_evidence(lexicon, source) if profile.fetch.metadata_terms else lexicon


def _read(source: Path) -> Heard:
    return Heard(without_notes(read(source)))


def _finish(job: Job, heard: Heard, earlier: Transcript | None, lexicon: Lexicon, tell: Listener) -> Result:
    """Everything after hearing."""
    profile = job.profile
    tell(Progress("correct"))
    heard = replace(heard, transcript=spell_transcript(heard.transcript, profile))
    kept, warnings = _keep_decisions(job, heard, earlier)
    corrected = correct_transcript(kept, profile, lexicon=lexicon)
    if heard.complete:
        corrected = _judge(job, corrected, lexicon)
    tell(Progress("segment"))
    done = segment_transcript(corrected, profile, lexicon=lexicon)
    tell(Progress("write"))
    done = replace(done, cues=within(done.cues, heard.length))
    warnings += heard.warnings
    if heard.complete and not done.cues:
        warnings += ("no speech was heard" if job.journal else "there is no text in it",)
    files = job.outputs if heard.complete else tuple(map(partial_name, job.outputs)) if done.cues else ()
    if files:
        _write(job, done, files, earlier, lexicon)
    return Result(job, done, files, heard.resumed_from, heard.complete, warnings=warnings)


def _judge(job: Job, transcript: Transcript, lexicon: Lexicon) -> Transcript:
    """The transcript with the recogniser's verdicts where the corrector hesitates, see `toolkit.doubts`.

    Without a journal there is no sound to ask. A verdict is a help: where it cannot be had, the corrector's stands.
    """
    options, transcribe = job.profile.correct, job.profile.transcribe
    if job.journal is None or options.judge == "off" or options.suggest_only or not can_judge(transcribe):
        return transcript
    doubts = doubtful(transcript)
    if not doubts:
        return transcript
    questions = [doubt.question for doubt in doubts]
    answers = _ask(job.source, job.journal, questions, transcribe, transcript.language or "")
    least = {term.text: term.min_score for term in lexicon.terms if term.min_score}
    return judged(transcript, [(doubt, answers.get(doubt.question, ())) for doubt in doubts], least)


def _ask(
    media: Path, journal: Path, questions: list[Question], options: TranscribeOptions, language: str
) -> dict[Question, tuple[Score, ...]]:
    """The answers, those of earlier runs from the journal; the model is loaded only for what is new."""
    answers = read_verdicts(journal, language)
    new = sorted(set(questions) - answers.keys(), key=lambda question: (question.start, question.end, question.texts))
    if not new:
        return answers
    log.info("%s: asking the recogniser about %d places", media, len(new))
    try:
        for question, scores in zip(new, load_judge(options, language)(media, new), strict=True):
            keep_verdict(journal, question, scores, language)
            answers[question] = scores
    except ToolkitError as error:
        log.warning("the recogniser cannot be asked about %d doubtful places: %s", len(new), error)
    return answers


def _keep_decisions(job: Job, heard: Heard, earlier: Transcript | None) -> tuple[Transcript, tuple[str, ...]]:
    """What was heard with the decisions of the earlier record, and a warning about those that fit nowhere."""
    transcript = heard.transcript
    decided = [edit for cue in earlier.cues for edit in cue.edits if edit.decided] if earlier else []
    if earlier is None or job.record is None or not decided:
        return transcript, ()
    if other_source(earlier, job.source, job.record):
        lost = len(decided)
    else:
        carried = carry(transcript.cues, earlier.cues)
        transcript, lost = replace(transcript, cues=carried.cues), len(carried.lost)
    if not lost or not heard.complete:
        return transcript, ()
    old = keep_copy(job.record)
    return transcript, (f"{lost} of your decisions on edits fit nowhere any more; they are kept in {old}",)


def _write(
    job: Job, transcript: Transcript, files: tuple[Path, ...], earlier: Transcript | None, lexicon: Lexicon
) -> None:
    """Write the files and the record; partial ones that an interrupted run left go when the result is complete."""
    known, complete = written_by(earlier), files == job.outputs
    contents = encode_outputs(without_notes(transcript), files, job.profile, _spellings(lexicon))
    if complete:
        _refuse_foreign(job, earlier)
    for path in map(partial_name, job.outputs):
        if complete and is_ours(path, known):
            path.unlink()
        elif not complete and not is_ours(path, known):
            set_aside(path)
    if job.record:
        noted = note_source(transcript, job.source, job.record)
        deliver(noted, contents, job.record, profile=job.profile, partial=not complete)
    else:
        for path, data in contents.items():
            write_whole(path, data)


def _refuse_foreign(job: Job, earlier: Transcript | None) -> None:
    """Refuse to replace what somebody else wrote or changed, and what was made from another source of this name."""
    if job.named or job.profile.output.overwrite:
        return
    there = [path for path in job.outputs if path.exists()]
    refuse_foreign(there, written_by(earlier))
    other = other_source(earlier, job.source, job.record) if job.record else ""
    if other and there:
        raise InputError(f"was made from {other}", where=str(there[0]), fix="use --overwrite or another -o")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"cannot be made: {error.strerror or error}"
        raise InputError(problem, where=str(folder), fix="choose another folder with -o") from None


def _spellings(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(term.text for term in lexicon.terms)


def _be_silent(progress: Progress) -> None:
    """Where nobody listens."""
