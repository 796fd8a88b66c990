"""What surrounds every command: signals, and errors as one line and an exit code.

=====  ==================================================================
exit   meaning
=====  ==================================================================
0      good
1      findings
2      the command line or an option is wrong
3      an input cannot be used
4      a dependency or a model is missing
5      a failure at run time, or standard output that cannot be written
6      some of several inputs failed
70     a bug in Zimu: its traceback is shown
130    interrupted by Ctrl-C, a request to end, or a terminal that is gone
141    whoever read the output stopped reading
=====  ==================================================================
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from toolkit.cli.streams import close_quietly
from toolkit.errors import BackendError, MissingExtra, ModelNotFound, ToolkitError
from toolkit.interrupts import Interruption, interruptible

BUG = 70
INTERRUPTED = 130
BROKEN_PIPE = 141


_asked = [Interruption()]
"""What asks the command at work to end, last; the first is of no command, and nothing asks it."""


def guarded(work: Callable[[], int], *, command: str = "", as_json: bool = False) -> int:
    """The exit code of ``work``, with every way that it can end put into words on standard error."""
    try:
        with _heard():
            code = work()
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        document = {"command": command, "ok": False, "error": "Interrupted", "exit_code": INTERRUPTED}
        return _failed("interrupted", document, as_json, INTERRUPTED)
    except BrokenPipeError:
        close_quietly()
        return BROKEN_PIPE
    except Exception as caught:
        error = in_words(caught)
        if error is None:
            return _bug(caught, command, as_json)
        return _failed(str(error), {"command": command, "ok": False, **error.as_dict()}, as_json, error.exit_code)


@contextmanager
def _heard() -> Iterator[None]:
    """Within it a command is asked to end by an interruption, and what goes wrong after that is told as one."""
    with interruptible() as asked:
        _asked.append(asked)
        try:
            yield
        except Exception as error:
            yield_to_interruption(error)
            raise
        finally:
            _asked.pop()


def yield_to_interruption(error: Exception) -> None:
    """Raise KeyboardInterrupt in the place of an error that came after a request to end, which is why it came.

    What is the matter with a file is said all the same. What a library complains of is not: it was interrupted.
    """
    if not _asked[-1].came or isinstance(error, BrokenPipeError):
        return
    told = in_words(error)
    if told is not None and not isinstance(told, BackendError | MissingExtra | ModelNotFound):
        from toolkit.cli.report import say

        say(str(told))
    raise KeyboardInterrupt from error


def in_words(error: Exception) -> ToolkitError | None:
    """The error as one that a person can mend: itself, or what the system says about a file; None for a bug."""
    if isinstance(error, ToolkitError):
        return error
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return ToolkitError(error.strerror.lower(), where=str(error.filename))
    return None


def _failed(message: str, document: dict[str, object], as_json: bool, code: int) -> int:
    from toolkit.cli.report import print_json, say

    try:
        say(message)
        if as_json:
            print_json(document)
            sys.stdout.flush()
    except BrokenPipeError:
        close_quietly()
    except ToolkitError as unwritten:  # the document, which is told once
        say(str(unwritten))
    return code


def _bug(error: Exception, command: str, as_json: bool) -> int:
    import traceback

    traceback.print_exc()
    document = {"command": command, "ok": False, "error": "Bug", "problem": repr(error), "exit_code": BUG}
    return _failed("this is a bug in Zimu; please report it with the lines above", document, as_json, BUG)
