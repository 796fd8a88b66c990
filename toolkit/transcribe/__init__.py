"""Speech to cues: what a recogniser is, and how one is found by its name.

A recogniser is a function. It is called with a recording and the time to begin at, and yields cues as it hears them.
Between cues it yields a `Mark` wherever it could be stopped and begun again with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, cast

from toolkit.cues import Cue
from toolkit.errors import BackendError, FetchError, NotReady
from toolkit.plugins import find
from toolkit.profile import TranscribeOptions

RECOGNISERS = {
    "whisper": "toolkit.transcribe.whisper:load",
    "replay": "toolkit.transcribe.replay:load",
}
"""Name → ``module:function``; the function takes options and hints and returns a recogniser."""


@dataclass(frozen=True)
class Hints:
    """What a recogniser may expect: words likely to be said, the most important first.

    Each word has ``signs``, which make it likelier once they are heard; the first ``fixed`` words need none to stay in
    front. ``heard`` are the cues of an earlier run, all before the time at which listening begins.
    """

    hotwords: tuple[str, ...] = ()
    fixed: int = 0
    signs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heard: tuple[Cue, ...] = ()


@dataclass(frozen=True)
class Mark:
    """All that was said before ``until`` (milliseconds) has been heard; listening can go on from there.

    ``language`` is the language being spoken, empty while unknown. ``device`` says where it was heard, ``why`` why not
    elsewhere. ``told`` are the hotwords that the recogniser was told, on marks where they are others than before,
    ``warnings`` what is wrong with the recording. Marks that differ in nothing else are equal.
    """

    until: int
    language: str = ""
    device: str = field(default="", compare=False)
    why: str = field(default="", compare=False)
    told: tuple[str, ...] = field(default=(), compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)


def spells(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Which device heard how far: the last mark of each stretch that one device heard, for one reason.

    >>> heard = spells([Mark(10, "zh", "cuda:0"), Mark(20, "zh", "cuda:0"), Mark(30, "zh", "cpu")])
    >>> [(mark.until, mark.device) for mark in heard]
    [(20, 'cuda:0'), (30, 'cpu')]
    """
    found: list[Mark] = []
    for mark in marks:
        if found and (found[-1].device, found[-1].why) == (mark.device, mark.why):
            found.pop()
        found.append(mark)
    return tuple(mark for mark in found if mark.device)


class Recogniser(Protocol):
    """Listens to a recording from ``start`` milliseconds on; ``language`` empty means: detect it.

    The same recording, start, language and hints give the same cues, so that a run that was cut off can go on from a
    mark: begun at ``mark.until`` in ``mark.language``, and loaded with what was heard before, it gives exactly what an
    unbroken run gives after that mark.

    Raises:
        InputError: the recording cannot be used; like the next, while listening, not when called.
        BackendError: the recogniser failed.
    """

    def __call__(self, media: Path, *, start: int = 0, language: str = "") -> Iterator[Cue | Mark]: ...


class Loader(Protocol):
    """Makes a recogniser ready; loading a model belongs here, listening does not."""

    def __call__(self, options: TranscribeOptions, hints: Hints) -> Recogniser: ...


def load_recogniser(options: TranscribeOptions, hints: Hints | None = None) -> Recogniser:
    """The recogniser that ``options.recogniser`` names, ready to listen.

    Raises:
        UsageError: there is none of that name.
        ModelNotFound: its model is not on this machine, or not whole.
        NotReady: its model cannot be loaded, or not on that device, or was to be downloaded, and that failed.
        ProfileError: an option has a value that the model or the device does not know.
    """
    loader = cast("Loader", find(options.recogniser, RECOGNISERS, group="zimu.recognisers", kind="recogniser"))
    try:
        return loader(options, hints or Hints())
    except (BackendError, FetchError) as error:
        raise NotReady(error.problem, where=error.where, fix=error.fix) from error
