"""What was measured when, where and with what: a JSON file for each run, so that old figures stay."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from toolkit import __version__
from toolkit.errors import InputError
from toolkit.formats.files import write_whole

ROOT = Path(__file__).parents[2]
"""The project."""

MEASURED = "measured"
"""The source of a record that a run wrote; another says where its figures were taken from."""

LIBRARIES = ("faster-whisper", "ctranslate2", "onnxruntime", "av", "numpy", "rapidfuzz", "pypinyin")
PEERS = ("phonofix", "asr-hotword", "funasr", "pycorrector", "whisper-ctranslate2")


@dataclass(frozen=True)
class Result:
    """What came of a part: its seconds by the clock, how its process ended, its figures where it had any.

    Figures are plain data; under ``missing`` they say what could not be had here.
    """

    seconds: float
    exit_code: int
    figures: dict[str, Any] | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Why the figures are not those of a whole run; empty where they are."""
        if self.figures is None:
            return (f"it ended with exit code {self.exit_code} and no figures",)
        return tuple(self.figures.get("missing", ()))


@dataclass(frozen=True)
class Record:
    """A run: when it began (ISO 8601, UTC), on which machine, of which commit, with which versions; and its results."""

    date: str
    source: str = MEASURED
    commit: str = ""
    machine: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Result] = field(default_factory=dict)

    @property
    def day(self) -> str:
        """The day as people write it.

        >>> Record("2026-11-07T04:20:00+00:00").day
        '7 November 2026'
        """
        found = date.fromisoformat(self.date[:10])
        return f"{found.day} {found:%B %Y}"

    @property
    def name(self) -> str:
        """The name of its file.

        >>> Record("2026-11-28T04:20:00+00:00", commit="e4b4b06").name
        '2026-11-28-042000-e4b4b06.json'
        """
        clock = self.date[11:19].replace(":", "")
        return "-".join(filter(None, [self.date[:10], clock, self.commit.partition(" ")[0]])) + ".json"

    def with_part(self, name: str, result: Result) -> Record:
        """The record with one more result."""
        return replace(self, parts={**self.parts, name: result})


def begin_record() -> Record:
    """A record of a run that begins now, here, without results yet."""
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    return Record(now, MEASURED, find_commit(), describe_machine(), find_versions())


def describe_machine() -> dict[str, Any]:
    """The processor, how many cores this process may use, the system, Python."""
    info = Path("/proc/cpuinfo")
    rows = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [row.partition(":")[2].strip() for row in rows if row.startswith("model name")]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "processor": names[0] if names else platform.processor() or platform.machine(),
        "cores": cores,
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
    }


def find_versions() -> dict[str, str]:
    """The versions of Zimu, of the libraries that it stands on, and of the peers that are installed."""
    found = {"zimu-toolkit": __version__}
    for name in (*LIBRARIES, *PEERS):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def find_commit(root: Path = ROOT) -> str:
    """The commit that is checked out, with a word where files differ from it; empty outside a repository."""
    try:
        head = _git(root, "rev-parse", "--short=7", "HEAD")
        changed = _git(root, "status", "--porcelain", "--untracked-files=no", "--", "toolkit", "models", "benchmarks")
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f"{head} with changes" if changed else head


def read_history(folder: Path) -> list[Record]:
    """All records of a folder, the oldest first.

    Raises:
        InputError: a file is no record.
    """
    return sorted((read_record(path) for path in folder.glob("*.json")), key=lambda record: record.date)


def read_record(path: Path) -> Record:
    """The record in a file.

    Raises:
        InputError: it is none.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        parts = {name: Result(**result) for name, result in found.pop("parts").items()}
        return Record(**found, parts=parts)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        fix = "move it away, or take it from git again"
        raise InputError(f"no record of a run: {error}", where=str(path), fix=fix) from None


def write_record(record: Record, folder: Path) -> Path:
    """Write a record into its file, whole or not at all; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / record.name
    write_whole(path, (json.dumps(asdict(record), ensure_ascii=False, indent=1) + "\n").encode())
    return path


def latest(records: Iterable[Record], part: str, *, measured: bool = True) -> Record | None:
    """The last record with whole figures of a part; ``measured`` leaves out those taken over from elsewhere."""
    found = [
        record
        for record in records
        if part in record.parts and not record.parts[part].missing and (record.source == MEASURED or not measured)
    ]
    return max(found, key=lambda record: record.date, default=None)


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()
