"""`zimu translate`: subtitles and transcripts into the other language, with what is doubtful flagged."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command, Flag
from toolkit.cli.placing import PLACES
from toolkit.errors import UsageError

if TYPE_CHECKING:
    from toolkit.cli.outcomes import Outcome
    from toolkit.cli.sources import Source
    from toolkit.cues import Transcript
    from toolkit.lexicon import Lexicon
    from toolkit.profile import Profile
    from toolkit.translate import Translator
    from toolkit.translating import Resources

LANGUAGES = ("en", "zh", "zh-Hans", "zh-Hant")


def translate(call: Call) -> int:
    """Translate every input."""
    from toolkit.cli.config import effective_profile
    from toolkit.cli.outcomes import conclude, each
    from toolkit.cli.sources import find_sources
    from toolkit.cli.targets import need_folder, refuse_collisions

    profile = _with_target(call, effective_profile(call))
    sources = find_sources(call.inputs, call.text("input_format"))
    paths = [source.path for source in sources]
    _check_single(call, profile, paths)
    need_folder(call.text("output"), paths)
    targets = {source.path: _targets(call, source, profile) for source in sources}
    refuse_collisions(targets)
    desk = _Desk(call, profile, targets)
    return conclude(call, list(each({source.path: source for source in sources}, desk.one)))


def resources(profile: Profile) -> Resources:
    """What this machine has to translate with: its environment, the file in which answers are kept, and one budget."""
    from toolkit.cli.config import cache_folder
    from toolkit.translate.service import Budget
    from toolkit.translating import Resources

    kept = cache_folder() / "translations.sqlite" if profile.translate.endpoint else None
    return Resources(os.environ, answers=kept, budget=Budget())


@dataclass
class _Desk:
    """Where inputs are translated one after another; translator and lexicon are made ready for the first."""

    call: Call
    profile: Profile
    targets: Mapping[Path, tuple[Path, ...]]

    @cached_property
    def lexicon(self) -> Lexicon:
        from toolkit.lexicon import load_lexicon

        options = self.profile.correct
        return load_lexicon(options.lexicon, builtin=options.builtin_lexicons)

    @cached_property
    def translator(self) -> Translator:
        from toolkit.cli.inputs import require
        from toolkit.translating import ready_translator

        media = require(Path(self.call.text("media"))) if self.call.text("media") else None
        folder = next((paths[0].parent for paths in self.targets.values() if paths), None)
        return ready_translator(self.profile, replace(self.resources, media=media, folder=folder))

    @cached_property
    def resources(self) -> Resources:
        return resources(self.profile)

    def one(self, source: Source) -> Outcome:
        """Translate one input, write it, tell of it."""
        from toolkit.cli.outcomes import Outcome
        from toolkit.cli.report import count, say
        from toolkit.cli.sources import read_source
        from toolkit.cli.translations import facts_of, in_words, telling
        from toolkit.records import without_notes
        from toolkit.translate.service import Budget
        from toolkit.translating import cut_alike, translate_transcript

        call, targets = self.call, self.targets[source.path]
        place = ", ".join(map(str, targets)) or "standard output"
        transcript = without_notes(read_source(source))
        if call.on("dry_run"):
            if not call.on("quiet"):
                say(f"{source.label}: {count(len(transcript.cues), 'cue')}, would go to {place}")
            return Outcome(source.path, facts={"outputs": [*map(str, targets)], "cues": len(transcript.cues)})
        translator, budget = self.translator, self.resources.budget or Budget()
        with telling(source.label, quiet=call.on("quiet")) as tell:
            translated, made = translate_transcript(
                transcript, translator, self.profile, lexicon=self.lexicon, tell=tell
            )
        if self.profile.translate.bilingual:
            terms = [term.text for term in self.lexicon.terms]
            translated, made = cut_alike(translated, made, self.profile.segment, terms)
        written, shown = self._deliver(translated, source)
        if not call.on("quiet"):
            first, *rest = in_words(translated, made, budget)
            say(f"{source.label} → {place}: {first}", *rest)
        facts = {**facts_of(translated, made, budget), **shown}
        return Outcome(source.path, written, facts, findings=bool(made.missing))

    def _deliver(self, translated: Transcript, source: Source) -> tuple[tuple[Path, ...], dict[str, object]]:
        """Write the files, or show the text where none is named; the files, and the text for JSON."""
        from toolkit.cli.targets import refuse_loss
        from toolkit.formats.files import write_whole
        from toolkit.outputs import encode_outputs, names_file
        from toolkit.translated import in_one_language, shows_both

        alone = in_one_language(translated, self.profile.translate.translate)
        targets = self.targets[source.path]
        terms = [term.english for term in self.lexicon.terms if term.english]
        files: dict[Path, bytes] = {}
        for path in targets or (source.named,):
            files |= encode_outputs(translated if shows_both(path) else alone, (path,), self.profile, terms)
        if not targets and self.call.on("json"):
            return (), {"text": files[source.named].decode("utf-8-sig")}
        if not targets:
            sys.stdout.flush()
            sys.stdout.buffer.write(files[source.named])
            return (), {}
        if not (self.profile.output.overwrite or names_file(self.call.text("output") or None)):
            refuse_loss(files)
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        return tuple(files), {}


def _with_target(call: Call, profile: Profile) -> Profile:
    from toolkit.profile import with_values

    target = call.text("to") or profile.translate.translate
    if target not in LANGUAGES:
        problem = f"no language '{target}' to translate to" if target else "no language to translate to"
        raise UsageError(problem, fix=f"add --to, with one of {', '.join(LANGUAGES)}")
    return with_values(profile, {"translate": target})


def _check_single(call: Call, profile: Profile, paths: list[Path]) -> None:
    """See that what belongs to one input is not given for several."""
    subtitles = ", ".join(profile.translate.translated_subtitles)
    belongs = ((call.text("media"), "--media"), (subtitles, "--translated-subtitles"))
    for given, flag in belongs:
        if given and len(paths) > 1:
            raise UsageError(f"several inputs, and {flag} belongs to one", where=given, fix="translate them one by one")


def _targets(call: Call, source: Source, profile: Profile) -> tuple[Path, ...]:
    """The files that a translation goes to; none for standard input without a name for the output."""
    from toolkit.cli.inputs import STDIN
    from toolkit.outputs import names_file, plan_translation
    from toolkit.translated import bilingual_name

    out, target = call.text("output") or None, profile.translate.translate
    if source.path == STDIN and not out:
        return ()
    paths = plan_translation(source.named, profile.output, target, out)
    if not profile.translate.bilingual:
        return paths
    if names_file(out):
        raise UsageError("-o names one file, and --bilingual writes two", where=out or "", fix="name a folder")
    return (*paths, *(bilingual_name(path, target, profile.output.bilingual_order) for path in paths))


TRANSLATE = Command(
    usage="translate FILE... --to en|zh [OPTIONS]",
    about="Translates subtitles and transcripts from Chinese to English or back, and writes NAME.en.srt beside "
    "NAME.srt. Who translates: an OpenAI-compatible service such as Ollama, vLLM or llama.cpp (--endpoint), a "
    "translation model in CTranslate2's format (--translation-model FOLDER), Whisper while it hears the recording "
    "(--media), or subtitles that exist (--translated-subtitles). The lexicon's English is held to, numbers are "
    "compared, names get one spelling; what cannot be put right is listed. Exit code 1 says that lines are missing.",
    run=translate,
    examples=(
        ("zimu translate talk.srt --to en --endpoint URL --translation-model NAME", "a service"),
        ("zimu translate talk.srt --to en --translation-model opus-mt-zh-en", "a folder"),
        ("zimu translate talk.srt --to en --media talk.mp4 --model large-v3", "Whisper translates"),
    ),
    flags=(
        Flag("--to", "language to translate to: en, zh (zh-Hans) or zh-Hant", "LANGUAGE"),
        Flag("--media", "the recording of the subtitles, for Whisper to translate", "FILE"),
        Flag("--output", "file to write, or folder; else NAME.en.srt beside the input", "PATH", "-o"),
        *PLACES[1:],
    ),
    shows=(
        "output",
        "correct.lexicon",
        "correct.builtin_lexicons",
        "translate",
        "-translate.translate",
        *(f"transcribe.{name}" for name in ("model", "allow_download", "device", "device_index", "compute_type")),
        "transcribe.cpu_threads",
    ),
    needs_input="no subtitles or transcript to translate",
)
"""The command ``zimu translate``."""
