"""What yt-dlp and the network throw, as errors that say what to do: told by status, kind and number, never by wording.

yt-dlp wraps what happened several times; all of it is looked through, from the outside in. Where an extractor says by
one of its `raise_…` methods what is wrong, the name of that method in the traceback tells it.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Any

from toolkit.errors import FetchError, ToolkitError

LOGIN = "log in with a browser and give --cookies-from-browser firefox (or chrome …), or --cookies FILE"
AGAIN = (412, 429, 500, 502, 503, 504)
"""HTTP statuses that may be gone when asked again a little later."""

_REGION = ("may not be seen from here, the site says (region)", "give --proxy with an address in the right country")
_DELETED = ("is not there: deleted, hidden, or mistyped", "open it in a browser to see")
_REFUSED = ("refuses for now (HTTP 412)", f"wait some minutes; or {LOGIN}")
_OFTEN = ("was asked too often", "wait some minutes and run it again")
_NEEDS_LOGIN = ("is shown only to those who are logged in", LOGIN)

STATUSES: dict[int, tuple[str, str]] = {
    401: _NEEDS_LOGIN,
    403: ("is refused (HTTP 403): it needs a login, or may not be seen from here", f"{LOGIN}; or give --proxy"),
    404: _DELETED,
    407: ("the proxy wants a name and a password (HTTP 407)", "give --proxy http://NAME:PASSWORD@HOST:PORT"),
    410: _DELETED,
    412: ("the site " + _REFUSED[0], _REFUSED[1]),
    429: ("the site " + _OFTEN[0] + " (HTTP 429)", _OFTEN[1]),
    451: _REGION,
}
"""HTTP status → what is wrong, what to do."""

CODES: dict[int, tuple[str, str]] = {
    -101: _NEEDS_LOGIN,
    -352: ("the site " + _REFUSED[0].replace("HTTP 412", "-352"), _REFUSED[1]),
    -400: _DELETED,
    -403: _NEEDS_LOGIN,
    -404: _DELETED,
    -412: ("the site " + _REFUSED[0].replace("HTTP 412", "-412"), _REFUSED[1]),
    -509: ("the site " + _OFTEN[0] + " (-509)", _OFTEN[1]),
    -688: _REGION,
    -799: ("the site " + _OFTEN[0] + " (-799)", _OFTEN[1]),
    -10403: _REGION,
    62002: _DELETED,
    62004: ("is not public yet: the site is still looking at it", "try again later"),
    62012: _DELETED,
}
"""The ``code`` in Bilibili's JSON → the same."""

KINDS: dict[str, tuple[str, str]] = {
    "GeoRestrictedError": _REGION,
    "raise_geo_restricted": _REGION,
    "raise_login_required": _NEEDS_LOGIN,
    "raise_no_formats": ("has no sound or picture that can be fetched", f"it may need a login: {LOGIN}"),
    "UnsupportedError": ("there is no video that yt-dlp can find", "give the address of the page with the video"),
    "CookieLoadError": ("the cookies cannot be read", "see that the browser or the file of cookies is the right one"),
    "UserNotLive": ("is not on the air", "try again when it is"),
    "CertificateVerifyError": ("its certificate is not good", "check the clock and the network of this machine"),
    "ProxyError": ("the proxy does not answer", "check --proxy"),
}
"""The class of an exception, or the method of an extractor that raised it → the same."""

_FULL = (errno.ENOSPC, errno.EDQUOT)
_OFFLINE = "check the network, or give --proxy; what was fetched before needs none"


def explain(error: BaseException, label: str) -> ToolkitError:
    """The error for what happened while ``label`` was fetched."""
    chain = list(causes(error))
    ours = next((each for each in chain if isinstance(each, ToolkitError)), None)
    if ours:
        return ours
    status = status_of(error)
    if status:
        later = f"the site fails (HTTP {status})", "try again later"
        problem, fix = STATUSES.get(status, later if status >= 500 else (f"is refused (HTTP {status})", LOGIN))
        return FetchError(problem, where=label, fix=fix)
    full = next((each for each in chain if isinstance(each, OSError) and each.errno in _FULL), None)
    if full:
        return FetchError("the disk is full", where=label, fix="make room and run it again; it goes on where it was")
    local = next((each for each in chain if isinstance(each, OSError) and each.filename), None)
    if local:
        fix = "allow writing there, or use --no-cache"
        return FetchError(f"cannot be used: {local.strerror}", where=str(local.filename), fix=fix)
    known = next((KINDS[name] for each in chain for name in _names(each) if name in KINDS), None)
    if known:
        return FetchError(known[0], where=label, fix=known[1])
    if any("TransportError" in _bases(each) for each in chain) or isinstance(error, OSError):
        return FetchError(f"the network does not answer ({_reason(chain)})", where=label, fix=_OFFLINE)
    fix = "a newer yt-dlp may know better: pip install -U yt-dlp"
    return FetchError(f"yt-dlp cannot fetch it ({_wording(chain)})", where=label, fix=fix)


def of_code(code: int, message: str, label: str) -> FetchError:
    """The error for a code in Bilibili's JSON."""
    said = f"the site answers {code}{f', {message}' if message else ''}"
    problem, fix = CODES.get(code, (said, "open it in a browser to see"))
    return FetchError(problem, where=label, fix=fix)


def silent(label: str, seconds: float) -> FetchError:
    """The error where nobody answers at all."""
    return FetchError(f"the network does not answer (nothing in {seconds:g} seconds)", where=label, fix=_OFFLINE)


def status_of(error: BaseException) -> int:
    """The HTTP status that is behind an error, 0 where none is."""
    found = (getattr(each, "status", None) for each in causes(error))
    return next((status for status in found if isinstance(status, int)), 0)


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and all that it was made of, each once."""
    waiting: list[Any] = [error]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop(0)
        if not isinstance(each, BaseException) or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        inner = getattr(each, "exc_info", None)
        waiting += [inner[1] if isinstance(inner, tuple) else None, getattr(each, "cause", None)]
        waiting += [each.__cause__, each.__context__, getattr(each, "reason", None)]


def _names(error: BaseException) -> list[str]:
    """The classes of an exception, and the functions it went through."""
    names = _bases(error)
    step = error.__traceback__
    while step:
        names.append(step.tb_frame.f_code.co_name)
        step = step.tb_next
    return names


def _bases(error: BaseException) -> list[str]:
    return [kind.__name__ for kind in type(error).__mro__]


def _reason(chain: list[BaseException]) -> str:
    """What the system says at the bottom of it, in its own words."""
    said = [each.strerror for each in chain if isinstance(each, OSError) and each.strerror]
    waited = any(isinstance(each, TimeoutError) for each in chain)
    return str(said[-1]).lower() if said else "it takes too long" if waited else _wording(chain)


def _wording(chain: list[BaseException]) -> str:
    """The innermost words, one line, without colours, prefixes and the advice to report bugs."""
    texts = [getattr(each, "orig_msg", None) or str(each) for each in chain]
    text = next((text for text in reversed(texts) if text.strip()), "for no known reason")
    return " ".join(text.split())[:200].removeprefix("ERROR: ").rstrip(".;")
