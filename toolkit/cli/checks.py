"""What `doctor` looks at: each check says what was found and, where something is to be done, what."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from toolkit.cli.check import BAD, GOOD, NOTE, Check, fact_with
from toolkit.cli.command import Call
from toolkit.cli.config import PROJECT_FILE, cache_folder, effective_profile, user_file
from toolkit.cli.hardware import hardware
from toolkit.cli.models_here import models
from toolkit.errors import ToolkitError
from toolkit.profile_files import load_profile

STALE = 120
"""Days after which a yt-dlp is told to be old."""

PATIENCE = 120
"""Seconds that loading all libraries may take."""


def all_checks() -> Iterator[Check]:
    """Every check, in the order of the page."""
    yield from _system()
    facts, crash = _probed()
    yield from hardware(facts)
    yield from _libraries(facts, crash)
    yield from _extras(gpus=fact_with(facts, "gpus").get("gpus") != 0)
    yield _ffmpeg()
    yield from _fetching()
    yield from models(facts, _wanted_model())
    yield from _places()
    yield _terminal()


def _system() -> Iterator[Check]:
    from toolkit import __version__

    yield Check("zimu", GOOD, f"{__version__}, in {Path(__file__).parent.parent}")
    old = sys.version_info < (3, 10)
    python = f"{platform.python_version()} ({platform.python_implementation()}), {sys.executable}"
    yield Check("python", BAD if old else GOOD, python, "Zimu needs Python 3.10 or newer" if old else "")
    yield Check("machine", GOOD, platform.platform())


def _probed() -> tuple[list[dict[str, object]], str]:
    """What `toolkit.cli.probe` found, and how it ended where it did not end well."""
    command = [sys.executable, "-m", "toolkit.cli.probe"]
    path = os.pathsep.join(filter(None, [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path}
    try:
        child = subprocess.run(command, capture_output=True, timeout=PATIENCE, env=environment, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return [], str(error)
    facts = [json.loads(line) for line in child.stdout.splitlines() if line.startswith(b"{")]
    last = child.stderr.decode(errors="replace").strip().splitlines()[-1:]
    return facts, "" if child.returncode == 0 else f"it ended with {child.returncode} {' '.join(last)}".rstrip()


def _libraries(facts: list[dict[str, object]], crash: str) -> Iterator[Check]:
    again = "pip install --force-reinstall zimu-toolkit"
    for fact in facts:
        name = str(fact.get("library"))
        if "version" in fact:
            yield Check(name, GOOD, str(fact["version"]))
        elif "missing" in fact:
            yield Check(name, BAD, f"not installed ({fact['missing']})", "pip install zimu-toolkit")
        elif "library" in fact:
            yield Check(name, BAD, f"cannot be loaded: {fact['broken']}", again)
    if crash:
        tried = [str(fact["trying"]) for fact in facts if "trying" in fact] or ["the libraries"]
        yield Check(tried[-1], BAD, f"loading it crashes: {crash}", again)


def _extras(*, gpus: bool) -> Iterator[Check]:
    from toolkit.plugins import EXTRAS

    modules: dict[str, list[str]] = {"cuda": ["nvidia.cublas"]}
    for module, extra in EXTRAS.items():
        modules.setdefault(extra, []).append(module)
    for extra, wanted in modules.items():
        missing = [module for module in wanted if not _installed(module)]
        line = f"pip install 'zimu-toolkit[{extra}]'"
        if missing and extra == "cuda" and not gpus:
            yield Check("extra cuda", GOOD, "not installed; of no use without an NVIDIA GPU")
        elif missing:
            yield Check(f"extra {extra}", NOTE, f"not installed ({', '.join(missing)})", line)
        else:
            yield Check(f"extra {extra}", GOOD, "installed")


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _ffmpeg() -> Check:
    found = shutil.which("ffmpeg")
    return Check("ffmpeg", GOOD if found else NOTE, found or "not found; not needed, recordings are read without it")


def _fetching() -> Iterator[Check]:
    """yt-dlp, which ages fast: its number is the day on which it came out; and what it fetched so far."""
    from toolkit.fetch.store import size_of

    try:
        number = version("yt-dlp")
        age = (date.today() - date(*map(int, number.split(".")[:3]))).days
    except PackageNotFoundError:
        yield Check(
            "yt-dlp", NOTE, "not installed; addresses cannot be fetched", "pip install 'zimu-toolkit[download]'"
        )
    except (TypeError, ValueError):
        yield Check("yt-dlp", GOOD, number)
    else:
        old = age > STALE
        advice = "sites change, and it has to follow: pip install -U yt-dlp" if old else ""
        yield Check("yt-dlp", NOTE if old else GOOD, f"{number}, {age} days old" if old else number, advice)
    kept, size = size_of(cache_folder())
    yield Check("fetched", GOOD, f"{kept} in {cache_folder()}, {size / 1e6:.0f} MB" if kept else "nothing kept")


def _wanted_model() -> str:
    """The model that the options in effect name, empty where they are faulty, which is told elsewhere."""
    try:
        return effective_profile(Call("doctor")).transcribe.model
    except ToolkitError:
        return ""


def _places() -> Iterator[Check]:
    for name, path in (("your options", user_file()), ("this folder's", PROJECT_FILE.absolute())):
        if not path.exists():
            yield Check(name, GOOD, f"none; they would be in {path}")
            continue
        try:
            load_profile(project=path)
        except ToolkitError as error:
            yield Check(name, BAD, str(error), f"mend or remove {path}")
        else:
            yield Check(name, GOOD, str(path))


def _terminal() -> Check:
    import locale

    encoding = locale.getpreferredencoding(False)
    columns = shutil.get_terminal_size().columns
    found = f"{columns} columns, {encoding}"
    try:
        "字幕".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return Check("terminal", NOTE, found, "set a UTF-8 locale (LANG=C.UTF-8), or Chinese may look broken")
    return Check("terminal", GOOD, found)
