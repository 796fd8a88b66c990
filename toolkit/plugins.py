"""Plug-in points: find what a name stands for, in a table, among installed entry points, or as ``module:function``.

========================  ==========================  =====================================================
point                     table                       entry-point group for third parties
========================  ==========================  =====================================================
recogniser                ``transcribe.RECOGNISERS``  ``zimu.recognisers``: ``load(options, hints)``
format                    ``formats.FORMATS``         ``zimu.formats``: a module with ``parse`` and ``render``
executor                  ``batch.EXECUTORS``         ``zimu.executors``: ``start(setup)``
translator                ``looked_up.TRANSLATORS``   ``zimu.translators``: ``load(options, means)``
========================  ==========================  =====================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any

from toolkit.errors import MissingExtra, ToolkitError, UsageError

EXTRAS = {
    "fsspec": "remote",
    "opencc": "script",
    "ray": "ray",
    "sentencepiece": "translate",
    "starlette": "web",
    "uvicorn": "web",
    "yt_dlp": "download",
}
"""Which extra brings a module that is not a core dependency."""


def find(name: str, table: Mapping[str, str], *, group: str, kind: str) -> Any:
    """The object that ``name`` stands for; loads its module, and with it the libraries that it needs.

    Raises:
        UsageError: nothing is called that; names the nearest.
        MissingExtra: it needs a library that is not installed.
    """
    target = table.get(name) or _entry_points(group).get(name) or (name if ":" in name else "")
    if not target:
        known = sorted({*table, *_entry_points(group)})
        close = get_close_matches(name, known, n=1)
        fix = f"did you mean '{close[0]}'?" if close else "known are " + ", ".join(known)
        raise UsageError(f"no {kind} '{name}'", fix=fix)
    return load(target, kind=kind)


def load(target: str, *, kind: str = "plug-in") -> Any:
    """The object at ``module`` or ``module:name``.

    >>> load("toolkit.toml:parse")("lines = 2")
    {'lines': 2}

    Raises:
        MissingExtra: its module needs a library that an extra brings.
        UsageError: its module or name does not exist.
        ToolkitError: its module needs another that is not installed.
    """
    module_name, _, attribute = target.partition(":")
    if not all(part.isidentifier() for part in module_name.split(".")):
        raise UsageError(f"'{target}' cannot be a {kind}", fix="write module:function")
    try:
        module = import_module(module_name)
    except ModuleNotFoundError as error:
        raise _not_found(error.name or module_name, target, kind) from error
    if attribute and not hasattr(module, attribute):
        raise UsageError(f"the {kind} '{target}' cannot be loaded: no '{attribute}' in {module_name}")
    return getattr(module, attribute) if attribute else module


def _not_found(missing: str, target: str, kind: str) -> ToolkitError:
    """The error for the module ``missing``, which is what was asked for or something that this needs."""
    root = missing.partition(".")[0]
    if root in EXTRAS:
        return MissingExtra(EXTRAS[root], needed_for=f"the {kind} '{target}'")
    if f"{target.partition(':')[0]}.".startswith(f"{missing}."):
        return UsageError(f"the {kind} '{target}' cannot be loaded: no module '{missing}'", fix="check its spelling")
    return ToolkitError(f"the {kind} '{target}' needs the module '{missing}', which is not installed")


def _entry_points(group: str) -> dict[str, str]:
    from importlib.metadata import entry_points

    return {point.name: point.value for point in entry_points(group=group)}
