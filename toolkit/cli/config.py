"""Where options come from on this machine, and the profile that a command line ends up with."""

from __future__ import annotations

from pathlib import Path

from toolkit.cli.command import Call
from toolkit.profile import Profile, refuse_contradictions, with_values
from toolkit.profile_files import load_profile

PROJECT_FILE = Path("zimu.toml")
"""The options of a folder, read when a command is called in it."""


def user_file() -> Path:
    """The options of a person, in the place that the system has for such files; it need not exist."""
    from platformdirs import user_config_path

    return user_config_path("zimu", appauthor=False) / "zimu.toml"


def cache_folder() -> Path:
    """Where what was fetched is kept, in the place that the system has for such files; it need not exist."""
    from platformdirs import user_cache_path

    return user_cache_path("zimu", appauthor=False)


def effective_profile(call: Call) -> Profile:
    """The options in effect: defaults, the user's file, the project's file, ``--profile``, flags; later ones win.

    Raises:
        ProfileError: a file or a value that does not fit, or options that contradict each other.
    """
    if call.on("no_config"):
        profile = load_profile(call.texts("profile"))
    else:
        profile = load_profile(call.texts("profile"), user=user_file(), project=PROJECT_FILE)
    return refuse_contradictions(with_values(profile, dict(call.options)))


def sources(call: Call) -> list[str]:
    """What `effective_profile` lays over each other, in order, in words."""
    files = [] if call.on("no_config") else [path for path in (user_file(), PROJECT_FILE) if path.exists()]
    flags = ["flags"] if call.options else []
    return ["defaults", *map(str, files), *call.texts("profile"), *flags]
