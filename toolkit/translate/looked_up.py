"""Which translator is meant, and how it is made ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from toolkit.cues import Cue
from toolkit.errors import ModelNotFound, UsageError
from toolkit.plugins import find
from toolkit.profile import TranslateOptions
from toolkit.translate.answers import Answers
from toolkit.translate.endpoint import Endpoint
from toolkit.translate.folder import Device, Folder
from toolkit.translate.service import Budget, Service
from toolkit.translate.timed import Timed
from toolkit.translate.values import Translator

TRANSLATORS = {
    "endpoint": "toolkit.translate.looked_up:load_endpoint",
    "folder": "toolkit.translate.looked_up:load_folder",
    "whisper": "toolkit.translate.looked_up:load_timed",
    "subtitles": "toolkit.translate.looked_up:load_timed",
}
"""Name → ``module:function``; the function takes options and means and returns a translator."""


@dataclass(frozen=True)
class Means:
    """What a translator may need and cannot get by itself.

    ``key`` is the endpoint's, ``answers`` the file for answers that were paid for, ``devices`` finds where a model may
    run, ``hear`` gives the cues that are in the target language already: Whisper's, or those of a file. A ``budget``
    that is given counts on from what others spent.
    """

    key: str = ""
    answers: Path | None = None
    devices: Callable[[], Sequence[Device]] | None = None
    hear: Callable[[], tuple[Cue, ...]] | None = None
    budget: Budget | None = None


class Loader(Protocol):
    """Makes a translator ready."""

    def __call__(self, options: TranslateOptions, means: Means) -> Translator: ...


def name_of(options: TranslateOptions, *, media: bool = False) -> str:
    """The name of the translator that the options mean; ``media`` says that there is a recording to hear.

    Raises:
        UsageError: they do not say who is to translate.
    """
    if options.translator != "auto":
        return options.translator
    if options.translated_subtitles:
        return "subtitles"
    if options.endpoint:
        return "endpoint"
    if options.translation_model:
        return "folder"
    if media and options.translate == "en":
        return "whisper"
    fix = "give --endpoint with --translation-model, --translation-model FOLDER, or --translated-subtitles FILE"
    raise UsageError("nobody is named who translates", fix=fix)


def load_translator(options: TranslateOptions, means: Means | None = None, *, media: bool = False) -> Translator:
    """The translator that the options mean, ready to translate.

    Raises:
        UsageError: they do not say who is to translate, or there is none of that name.
        ProfileError: an address or a key that cannot be one.
        ModelNotFound: the model's folder is not there.
        InputError: subtitles that cannot be read.
    """
    name = name_of(options, media=media)
    loader = cast("Loader", find(name, TRANSLATORS, group="zimu.translators", kind="translator"))
    return loader(options, means or Means())


def translates_both_ways(translator: Translator) -> bool:
    """Whether a translator can be asked for the other direction, too; one that does not say so cannot."""
    return bool(getattr(translator, "both_ways", False))


def load_endpoint(options: TranslateOptions, means: Means) -> Translator:
    """The translator that asks a service."""
    if not options.endpoint or not options.translation_model:
        fix = "give both: --endpoint http://localhost:11434/v1 --translation-model NAME"
        raise UsageError("an endpoint has an address and a model", fix=fix)
    budget = means.budget or Budget()
    budget.most_requests, budget.most_tokens = options.max_requests, options.max_tokens
    service = Service(options.endpoint, options.translation_model, means.key, options.request_timeout, budget)
    return Endpoint(service, Answers(means.answers), options.translation_batch, options.translation_context)


def load_folder(options: TranslateOptions, means: Means) -> Translator:
    """The translator that runs a model from its folder."""
    folder = Path(options.translation_model).expanduser()
    if not folder.is_dir():
        fix = "give --translation-model a folder with a translation model in CTranslate2's format"
        raise ModelNotFound("no such folder", where=options.translation_model or "--translation-model", fix=fix)
    if means.devices is None:
        raise UsageError("no device is known for the model", fix="give Means.devices")
    return Folder(folder, means.devices, options.translation_batch)


def load_timed(options: TranslateOptions, means: Means) -> Translator:
    """The translator that takes what is in the target language already."""
    if options.translate != "en" and not options.translated_subtitles:
        raise UsageError("Whisper translates into English alone", fix="choose another --translator for Chinese")
    if means.hear is None:
        raise UsageError("there is nothing to hear", fix="name the recording with --media, or subtitles")
    return Timed(means.hear, both_ways=len(options.translated_subtitles) > 1)
