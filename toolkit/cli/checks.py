"""What `doctor` looks at: each check says what was found and, where something is to be done, what."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from toolkit.cli.command import Call
from toolkit.cli.config import PROJECT_FILE, cache_folder, effective_profile, user_file
from toolkit.errors import ToolkitError
from toolkit.profile_files import load_profile

GOOD, NOTE, BAD = "ok", "note", "bad"
"""All is well; something optional is absent; Zimu cannot work like this."""

STALE = 120
"""Days after which a yt-dlp is told to be old."""

PATIENCE = 120
"""Seconds that loading all libraries may take."""


@dataclass(frozen=True)
class Check:
    """One thing looked at: how it stands (ok, note, bad), what was found, what to do about it."""

    name: str
    state: str
    found: str
    advice: str = ""


def all_checks() -> Iterator[Check]:
    """Every check, in the order of the page."""
    yield from _system()
    facts, crash = _probed()
    yield from _libraries(facts, crash)
    yield from _extras()
    yield _ffmpeg()
    yield from _fetching()
    yield from _models(facts)
    yield from _places()
    yield _terminal()


def _system() -> Iterator[Check]:
    from toolkit import __version__

    yield Check("zimu", GOOD, f"{__version__}, in {Path(__file__).parent.parent}")
    old = sys.version_info < (3, 10)
    python = f"{platform.python_version()} ({platform.python_implementation()}), {sys.executable}"
    yield Check("python", BAD if old else GOOD, python, "Zimu needs Python 3.10 or newer" if old else "")
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    yield Check("machine", GOOD, f"{platform.platform()}, {cores} CPU core{'s' if cores > 1 else ''} to use")


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
        elif "gpus" in fact:
            yield _gpu(fact)
    if crash:
        tried = [str(fact["trying"]) for fact in facts if "trying" in fact] or ["the libraries"]
        yield Check(tried[-1], BAD, f"loading it crashes: {crash}", again)


def _gpu(fact: dict[str, object]) -> Check:
    count, kinds = fact["gpus"], fact.get("compute_types")
    if "broken" in fact:
        return Check("gpu", NOTE, f"cannot be asked for: {fact['broken']}", "the CPU is used")
    if not count:
        found = "none that CUDA can use; the CPU is used"
        nvidia = shutil.which("nvidia-smi")
        return Check("gpu", NOTE, found, "there is an NVIDIA driver; see that 'nvidia-smi' works" if nvidia else "")
    shown = ", ".join(kinds) if isinstance(kinds, list) else ""
    return Check("gpu", GOOD, f"{count} with CUDA; compute types {shown}")


def _extras() -> Iterator[Check]:
    from toolkit.plugins import EXTRAS

    modules: dict[str, list[str]] = {"cuda": ["nvidia.cublas"]}
    for module, extra in EXTRAS.items():
        modules.setdefault(extra, []).append(module)
    for extra, wanted in modules.items():
        missing = [module for module in wanted if not _installed(module)]
        line = f"pip install 'zimu-toolkit[{extra}]'"
        if missing:
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


def _models(facts: list[dict[str, object]]) -> Iterator[Check]:
    """The speech models of the hub's cache, and the one that is asked for by the options in effect."""
    cached = next((fact["models"] for fact in facts if "models" in fact), {})
    known = cached if isinstance(cached, dict) else {}
    yield Check("models here", GOOD if known else NOTE, ", ".join(known) or "none in the hub's cache")
    try:
        wanted = effective_profile(Call("doctor")).transcribe.model
    except ToolkitError:
        return
    if wanted in known or Path(wanted).expanduser().is_dir():
        yield Check("your model", GOOD, f"{wanted}, in {known.get(wanted, wanted)}")
    else:
        fix = "download it once with 'zimu run FILE --allow-download', or give --model a folder"
        yield Check("your model", NOTE, f"{wanted} is not on this machine", fix)


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
