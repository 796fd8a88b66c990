"""Every error that a user can cause, each with what is wrong, where, and what to do.

::

    ToolkitError              exit 5
    ├── InputError            exit 3   a file that cannot be used
    │   ├── FormatError                a subtitle or transcript file, with its line
    │   └── MediaError                 a recording
    ├── LexiconError          exit 3   all faults of a lexicon at once
    ├── ProfileError          exit 2   an option that does not exist or cannot have that value
    ├── UsageError            exit 2   a command line that asks for something impossible
    ├── MissingExtra          exit 4   an optional dependency that is not installed
    ├── ModelNotFound         exit 4   a speech model that is not on this machine
    ├── FetchError            exit 5   an address that cannot be fetched
    └── BackendError          exit 5   a recogniser or translator that failed while running
        └── NotReady                   a recogniser that cannot begin, whatever it is to hear

Anything else that reaches the command line is a bug and shows its traceback.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class ToolkitError(Exception):
    """Base of all errors that are the user's to mend.

    ``problem`` says what is wrong, ``where`` names the file, option or address, ``fix`` says what to do.

    >>> str(ToolkitError("no sound in it", where="talk.mp4", fix="choose a recording with an audio track"))
    'talk.mp4: no sound in it; choose a recording with an audio track'
    """

    exit_code = 5

    def __init__(self, problem: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"; {self.fix}" if self.fix else ""
        return f"{place}{self.problem}{advice}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.args, dict(self.__dict__))

    def as_dict(self) -> dict[str, object]:
        """The error as the one JSON document that ``--json`` prints on failure, with what its class adds.

        >>> FormatError("end before start", path="talk.srt", line=7).as_dict()["line"]
        7
        """
        facts = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        return {"error": type(self).__name__, **facts, "exit_code": self.exit_code}


def error_from_dict(told: Mapping[str, object]) -> ToolkitError:
    """The error that `ToolkitError.as_dict` told of; one of a class that is not here keeps its exit code.

    >>> error_from_dict(UsageError("nothing to do", fix="name a file").as_dict())
    UsageError('nothing to do')
    """
    kinds = {kind.__name__: kind for kind in _below(ToolkitError)}
    state = {name: value for name, value in told.items() if name not in ("error", "exit_code")}
    facts = {"problem": "", "where": "", "fix": "", **state}
    error = _rebuild(kinds.get(str(told.get("error")), ToolkitError), (facts["problem"],), facts)
    if isinstance(told.get("exit_code"), int) and told["exit_code"] != error.exit_code:
        error.exit_code = int(str(told["exit_code"]))
    return error


def _below(kind: type[ToolkitError]) -> Iterator[type[ToolkitError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _below(child)


def _rebuild(kind: type[ToolkitError], args: tuple[object, ...], state: Mapping[str, object]) -> ToolkitError:
    """Make an error again from its pickled parts, whatever its constructor takes."""
    error = kind.__new__(kind, *args)
    Exception.__init__(error, *args)
    error.__dict__.update(state)
    return error


class InputError(ToolkitError):
    """An input that is missing, unreadable or of no use."""

    exit_code = 3


class FormatError(InputError):
    """A subtitle or transcript file that cannot be read or written; ``line`` counts from 1, 0 for the whole file.

    >>> str(FormatError("end before start", path="talk.srt", line=7))
    'talk.srt:7: end before start'
    """

    def __init__(self, problem: str, *, path: str = "", line: int = 0, fix: str = "") -> None:
        super().__init__(problem, where=f"{path}:{line}" if line else path, fix=fix)
        self.path = path
        self.line = line


class MediaError(InputError):
    """A recording without sound, cut short, or not a recording at all."""


class LexiconError(ToolkitError):
    """A lexicon with faults; ``faults`` lists all of them, so that one look mends the file."""

    exit_code = 3

    def __init__(self, faults: list[str], *, where: str = "") -> None:
        shown = "; ".join(faults[:5]) + (f"; and {len(faults) - 5} more" if len(faults) > 5 else "")
        super().__init__(shown, where=where)
        self.faults = faults


class ProfileError(ToolkitError):
    """An option that does not exist, or a value that it cannot have."""

    exit_code = 2


class UsageError(ToolkitError):
    """A command line that is well formed and still asks for something impossible."""

    exit_code = 2


class MissingExtra(ToolkitError):
    """A feature whose optional dependency is not installed; ``fix`` holds the install line.

    ``besides`` is a package that is needed too.

    >>> print(MissingExtra("download", needed_for="fetching addresses"))
    fetching addresses needs the extra 'download'; pip install 'zimu-toolkit[download]'
    """

    exit_code = 4

    def __init__(self, extra: str, *, needed_for: str, besides: str = "") -> None:
        problem = f"{needed_for} needs the extra '{extra}'" + (f" and {besides}" if besides else "")
        super().__init__(problem, fix=f"pip install 'zimu-toolkit[{extra}]' {besides}".rstrip())
        self.extra = extra


class ModelNotFound(ToolkitError):
    """A speech or translation model that is not on this machine, or not whole."""

    exit_code = 4


class FetchError(ToolkitError):
    """An address that cannot be fetched: no network, no such part, login needed …"""


class BackendError(ToolkitError):
    """A recogniser or translator that failed while it ran."""


class NotReady(BackendError):
    """A recogniser that cannot begin, whatever it is to hear: its model cannot be loaded, there is no such GPU …"""
