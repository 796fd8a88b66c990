"""`zimu profile`: the options in effect as a TOML file with their help, or the profiles that ship."""

from __future__ import annotations

from dataclasses import asdict, replace

from toolkit.cli.command import Call, Command, Flag
from toolkit.cli.report import print_json


def show_profile(call: Call) -> int:
    """Print the options that this call, in this folder, by this person, ends up with."""
    if call.on("list"):
        return _list_profiles(call)
    from toolkit.cli.config import effective_profile, sources
    from toolkit.profile_files import to_toml

    names = (*call.inputs, *call.texts("profile"))
    call = replace(call, flags=(*((key, value) for key, value in call.flags if key != "profile"), ("profile", names)))
    profile = effective_profile(call)
    if call.on("json"):
        print_json({"command": "profile", "ok": True, "sources": sources(call), "profile": asdict(profile)})
        return 0
    print(f"# In effect: {', '.join(sources(call))}.\n")
    print(to_toml(profile), end="")
    return 0


def _list_profiles(call: Call) -> int:
    from toolkit.profile import BUILT_IN, built_in_profiles

    about = {
        name: (BUILT_IN / f"{name}.toml").read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
        for name in built_in_profiles()
    }
    if call.on("json"):
        print_json({"command": "profile", "ok": True, "profiles": about})
        return 0
    from toolkit.cli.width import wrap

    for name, text in about.items():
        first, *more = wrap(text, 66)
        print(f"{name:<12}{first}")
        for line in more:
            print(" " * 12 + line)
    return 0


PROFILE = Command(
    usage="profile [NAME] [OPTIONS]",
    about="Prints the options in effect as a TOML file: defaults, your file, the file of this folder, "
    "profiles and flags laid over each other, later ones winning. Kept as zimu.toml in a folder "
    "it holds for every command that is called there.",
    run=show_profile,
    examples=(
        ("zimu profile", "what is in effect here"),
        ("zimu profile fansub > zimu.toml", "a file to start from"),
        ("zimu profile --list", "the profiles that ship"),
    ),
    flags=(Flag("--list", "list the profiles that ship"),),
    shows=("output", "correct", "segment", "transcribe", "fetch"),
)
"""The command ``zimu profile``."""
