"""Build wheel and sdist, install each into a clean environment, with the core alone and with each extra, and try it.

    python -m release.dist [--extras NAMES]

``--extras`` names those to try, with commas, or ``none``; by default all. A release is tagged ``v`` and its version: a
tag that says another stops everything. The version itself stands in ``toolkit/__init__.py``, since what runs from a
folder without git must know it too.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"

COVERING = ("all",)
"""Extras that only add up others."""

TRIAL = """
import importlib.resources, sys
from pathlib import Path
import toolkit
assert Path(toolkit.__file__).is_relative_to(sys.prefix), f"{toolkit.__file__} is not what was installed"
assert importlib.resources.files("toolkit").joinpath("py.typed").is_file(), "no py.typed"
talk = toolkit.Transcript("talk.txt", (toolkit.Cue(None, None, "聚生智能的崛起"),))
assert toolkit.correct_transcript(talk).cues[0].text == "具身智能的崛起"
"""
"""What must hold in Python."""

COMMANDS = (
    ("--version",),
    ("--help",),
    ("correct", "talk.txt", "-o", "fixed.txt"),
    ("evaluate", "right.txt", "fixed.txt", "--max-cer", "0"),
    ("convert", "talk.srt", "-o", "talk.vtt"),
    ("models", "verify", "zh-3gram"),
)
"""What must end well on the command line."""


@dataclass(frozen=True)
class Trial:
    """An artefact, and the extra to install it with; empty for the core alone."""

    artefact: Path
    extra: str = ""

    def __str__(self) -> str:
        kind = "sdist" if self.artefact.name.endswith(".tar.gz") else "wheel"
        return f"{kind}, {self.extra or 'core alone'}"


class Failed(Exception):
    """Something that must hold before a release does not; says what."""


def check_tag(version: str, tags: Sequence[str]) -> None:
    """Nothing, if no tag of this commit names another version.

    Raises:
        Failed: one does.

    >>> check_tag("0.1.0", ["v0.1.0", "stable"])
    """
    named = [tag for tag in tags if re.fullmatch(r"v\d.*", tag)]
    if named and f"v{version}" not in named:
        raise Failed(f"the tag {named[0]} is on this commit and toolkit/__init__.py says {version}")


def extras_of(wheel: Path) -> list[str]:
    """The extras that a wheel offers, but for those that only add up others."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(".dist-info/METADATA")]
        fields = Parser().parsestr(archive.read(name).decode("utf-8"))
    return [extra for extra in fields.get_all("Provides-Extra") or () if extra not in COVERING]


def trials(wheel: Path, sdist: Path, extras: Sequence[str]) -> Iterator[Trial]:
    """Both with the core alone, the wheel with each extra."""
    yield Trial(wheel)
    yield Trial(sdist)
    for extra in extras:
        yield Trial(wheel, extra)


def build() -> tuple[Path, Path]:
    """The wheel and the sdist, built anew; the wheel is built from the sdist, as it is for whoever gets that."""
    shutil.rmtree(DIST, ignore_errors=True)
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(DIST), str(ROOT)], ROOT)
    (wheel,), (sdist,) = DIST.glob("*.whl"), DIST.glob("*.tar.gz")
    return wheel, sdist


def attempt(trial: Trial, folder: Path) -> Path:
    """Install into a new environment below ``folder`` and try it there; returns its Python.

    Raises:
        Failed: the installation, or something that was tried.
    """
    venv.create(folder / "env", with_pip=True)
    binaries = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    python, room = binaries / "python", folder / "room"
    wanted = f"zimu-toolkit[{trial.extra}] @ {trial.artefact.as_uri()}" if trial.extra else str(trial.artefact)
    run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wanted], folder)
    run([str(python), "-m", "pip", "check", "--disable-pip-version-check"], folder)
    room.mkdir()
    (room / "talk.txt").write_text("聚生智能的崛起\n", encoding="utf-8")
    (room / "right.txt").write_text("具身智能的崛起\n", encoding="utf-8")
    (room / "talk.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\n你好\n", encoding="utf-8")
    run([str(python), "-c", TRIAL], room)
    for command in COMMANDS:
        run([str(binaries / "zimu"), *command], room)
    return python


def run(command: Sequence[str], folder: Path) -> str:
    """What a command prints; what this environment says to Python does not reach it.

    Raises:
        Failed: it did not end well; with the end of what it said.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    kept["PYTHONIOENCODING"] = "utf-8"
    done = subprocess.run(
        command, cwd=folder, env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    if done.returncode:
        raise Failed(f"{' '.join(map(str, command))[:200]} ended with {done.returncode}:\n{done.stdout[-2000:]}")
    return done.stdout


def main(arguments: Sequence[str]) -> int:
    """Build, try, and write the report of licences."""
    parser = argparse.ArgumentParser(prog="python -m release.dist", description=__doc__.split("\n")[0])
    parser.add_argument("--extras", help="extras to try, with commas, or none; all by default")
    asked = parser.parse_args(arguments)
    try:
        wheel, sdist = build()
        check_tag(wheel.name.split("-")[1], _tags())
        offered = extras_of(wheel)
        extras = offered if asked.extras is None else [name for name in asked.extras.split(",") if name != "none"]
        unknown = sorted(set(extras) - set(offered))
        if unknown:
            raise Failed(f"no extra {', '.join(unknown)}; there are {', '.join(offered)}")
        rows = [row for trial in trials(wheel, sdist, extras) for row in _tried(trial)]
    except Failed as failure:
        print(f"not fit for release: {failure}", file=sys.stderr)
        return 1
    table = list(dict.fromkeys(rows))
    (DIST / "LICENCES.md").write_text("\n".join(table) + "\n", encoding="utf-8")
    print(f"{wheel.name} and {sdist.name} are in dist/, and LICENCES.md with {len(table) - 2} packages")
    return 0


def _tried(trial: Trial) -> list[str]:
    """The rows of the report of licences of an environment in which a trial went well."""
    with tempfile.TemporaryDirectory() as folder:
        python = attempt(trial, Path(folder))
        print(f"✓ {trial}", flush=True)
        return run([str(python), str(ROOT / "release" / "licences.py")], Path(folder)).splitlines()


def _tags() -> list[str]:
    """The tags of this commit; none without git."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        return []
    return run(["git", "tag", "--points-at", "HEAD"], ROOT).split()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
