"""Profiles as files: what a user, a project and the command line ask for, together; and a profile written as TOML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.profile import OptionSpec, Profile, option_specs, read_profile


def load_profile(names: Iterable[str] = (), *, user: Path | None = None, project: Path | None = None) -> Profile:
    """The defaults, over them the user's file, the project's file, then the profiles in ``names``; later ones win.

    ``user`` and ``project`` are where such files usually are, and may be missing; ``names`` are built-in profiles or
    files that must be there.

    Raises:
        ProfileError: as `toolkit.profile.read_profile`.
    """
    profile = Profile()
    for path in (user, project):
        if path is not None and path.exists():
            profile = read_profile(str(path.absolute()), profile)
    for name in names:
        profile = read_profile(name, profile)
    return profile


def to_toml(profile: Profile) -> str:
    """All options of a profile as a TOML file with their help; read again, it is the same profile.

    >>> "zh_width = 16" in to_toml(Profile()).splitlines()
    True
    """
    return "\n".join(_lines(profile)) + "\n"


def _lines(profile: Profile) -> Iterator[str]:
    section = ""
    for spec in option_specs().values():
        part = getattr(profile, spec.section)
        if spec.section != section:
            yield from ("",) if section else ()
            section = spec.section
            yield from (f"# {part.__doc__.splitlines()[0]}", f"[{section}]")
        yield from ("", f"# {spec.about}{_allowed(spec)}", f"{spec.name} = {_value(getattr(part, spec.name))}")


def _allowed(spec: OptionSpec) -> str:
    if spec.choices:
        return f" ({', '.join(spec.choices)})"
    return f" ({spec.limits[0]:g} to {spec.limits[1]:g})" if spec.limits else ""


def _value(value: object) -> str:
    """A value as TOML, which for these types is JSON but for one control character."""
    if isinstance(value, tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
