"""The file systems behind addresses such as ``s3://``, opened by fsspec, and what goes wrong there in plain words.

Keys and passwords are the business of each protocol's own library, which finds them in its environment variables and
files, or in fsspec's configuration; here none is taken, kept or shown.
"""

from __future__ import annotations

import re
from typing import Any

from toolkit.errors import FetchError, MissingExtra, ToolkitError, UsageError
from toolkit.fetch.failures import causes

PACKAGES: dict[str, str] = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "az": "adlfs",
    "oss": "ossfs",
    "oci": "ocifs",
    "sftp": "paramiko",
    "ssh": "paramiko",
    "smb": "smbprotocol",
    "hdfs": "pyarrow",
    "ftp": "",
    "local": "",
    "memory": "",
}
"""Protocol → the package that it needs besides fsspec; fsspec may know more."""

DENIED = frozenset(
    {
        "AuthenticationException",
        "ClientAuthenticationError",
        "DefaultCredentialsError",
        "NoCredentialsError",
        "PartialCredentialsError",
        "PermissionError",
        "ProfileNotFound",
        "RefreshError",
        "TokenRetrievalError",
        "UnauthorizedSSOTokenError",
    }
)
"""Exceptions that mean missing or wrong credentials, in the libraries of several protocols, by name."""

FINAL = (FileNotFoundError, IsADirectoryError, NotImplementedError, TypeError, ValueError)
"""Exceptions after which asking once more is of no use."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://.*", re.DOTALL)
_WITH_PASSWORD = re.compile(r"[^/]*//[^/]*:[^/]*@|.*[?&][^=&]*(?i:sig|token|secret|password|key)[^=&]*=", re.DOTALL)
_SECRET = re.compile(r"\?\S+|(?<=//)[^/\s@]*@|(?i:\b[\w-]*(?:key|token|secret|signature|password)[\w-]*\s*[=:]\s*\S+)")


def scheme_of(address: str) -> str:
    """The protocol of an address in small letters, empty where it names none.

    >>> scheme_of("s3://bucket/a.mp4"), scheme_of("talks/a.mp4")
    ('s3', '')
    """
    found = _SCHEME.fullmatch(address)
    return found[1].lower() if found else ""


def is_remote(address: str) -> bool:
    """Whether fsspec is to open an address; pages and files of the web are for yt-dlp.

    >>> [is_remote(text) for text in ("gs://bucket/a.mp4", "https://example.org/a.mp4", "BV1iT421k7Bv", "a.mp4")]
    [True, False, False, False]
    """
    return scheme_of(address) not in ("", "http", "https")


def refuse_password(address: str) -> None:
    """See that an address has nothing in it that must not be written down.

    Raises:
        UsageError: it has; what it is is not repeated.
    """
    if _WITH_PASSWORD.match(address):
        fix = "leave it out, and use a key or fsspec's configuration: addresses are shown and written down"
        raise UsageError("there is a password or key in this address", where=f"{scheme_of(address)}://…", fix=fix)


def open_store(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path of the address in it.

    Raises:
        UsageError: nobody knows the protocol.
        MissingExtra: fsspec, or the package of the protocol, is not installed.
        FetchError: it cannot be reached, or is refused.
    """
    scheme = scheme_of(address)
    if "::" in address:  # fsspec would take it for two file systems, one in the other
        raise FetchError("has '::' in it, and chains are not followed", where=address, fix="rename it, or copy it here")
    try:
        from fsspec import get_filesystem_class
        from fsspec.core import url_to_fs
    except ModuleNotFoundError:
        raise _missing(scheme, address) if scheme in PACKAGES else _unknown(scheme, address) from None
    try:
        get_filesystem_class(scheme)
    except ValueError:
        raise _unknown(scheme, address) from None
    except ImportError as error:
        if PACKAGES.get(scheme):
            raise _missing(scheme, address) from None
        raise FetchError(f"cannot be opened ({_wording(error)})", where=address, fix="install what it needs") from None
    try:
        fs, path = url_to_fs(scheme + address[len(scheme) :])
    except Exception as error:
        raise explain(error, address) from None
    return fs, str(path)


def explain(error: BaseException, address: str) -> ToolkitError:
    """The error for what happened at an address; what libraries say is shortened, and freed of keys and tokens."""
    for each in causes(error):
        if isinstance(each, ToolkitError):
            return each
        if isinstance(each, FileNotFoundError):
            return FetchError("is not there", where=address, fix="check its spelling, capital letters too")
        if is_denied(each):
            scheme = scheme_of(address)
            fix = f"set up access to {scheme}:// as {PACKAGES.get(scheme) or 'fsspec'} wants it, wherever work is done"
            return FetchError("may not be read from here", where=address, fix=fix)
    problem = f"cannot be read ({_wording(error)})"
    return FetchError(problem, where=address, fix="check the network and run it again; it goes on where it was")


def is_denied(error: BaseException) -> bool:
    """Whether an exception means missing or wrong credentials."""
    codes = {str(getattr(error, name, "")) for name in ("status", "status_code", "code")}
    named = any(kind.__name__ in DENIED for kind in type(error).__mro__)
    return named or bool(codes & {"401", "403"}) or str(error).startswith("Forbidden")  # so gcsfs says it


def _missing(scheme: str, address: str) -> MissingExtra:
    return MissingExtra("remote", needed_for=f"reading {address}", besides=PACKAGES[scheme])


def _unknown(scheme: str, address: str) -> UsageError:
    fix = "known are https, s3, gs, abfs, sftp and what else fsspec knows"
    return UsageError(f"cannot be fetched: no protocol '{scheme}'", where=address, fix=fix)


def _wording(error: BaseException) -> str:
    """What an exception says, one line, without what may be a secret."""
    text = str(getattr(error, "strerror", None) or error) or "for no known reason"
    line = " ".join(_SECRET.sub("…", text).split())[:160].rstrip(".;")
    return line if isinstance(error, OSError) else f"{type(error).__name__}: {line}"
