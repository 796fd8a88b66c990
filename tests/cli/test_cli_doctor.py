"""`zimu doctor` and `zimu profile`: what there is on this machine, and which options are in effect."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

import toolkit
from toolkit.cli import checks, doctor, hardware, probe
from toolkit.cli.check import BAD, Check
from toolkit.cli.width import width
from toolkit.profile import Profile, built_in_profiles, read_profile
from toolkit.toml import parse

Zimu = Callable[..., Any]

FACTS: list[dict[str, object]] = [
    {"trying": "pysrt"},
    {"library": "pysrt", "version": "1.1.2"},
    {"trying": "rich"},
    {"library": "rich", "missing": "No module named 'rich'"},
    {"trying": "av"},
    {"library": "av", "broken": "OSError: libavcodec.so: cannot open shared object file"},
    {"trying": "ctranslate2"},
]


def found(name: str) -> Check:
    (check,) = [check for check in checks.all_checks() if check.name == name]
    return check


@pytest.fixture
def probed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Say what the process that loads the libraries found."""

    def set_facts(facts: list[dict[str, object]], crash: str = "") -> None:
        monkeypatch.setattr(checks, "_probed", lambda: (facts, crash))

    return set_facts


def test_this_machine_can_run_zimu(zimu: Zimu) -> None:
    done = zimu("doctor")
    assert done.code == 0, done.out
    conclusion = done.out.splitlines()[-1]
    here = "✓ your model" in done.out
    assert conclusion == "all that Zimu needs is here" + ("" if here else ", but not your model")
    assert max(map(width, done.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("installed", "state", "told"),
    [
        ("2026.01.02", "note", "pip install -U yt-dlp"),
        ("odd", "ok", ""),
        ("", "note", "pip install 'zimu-toolkit[download]'"),
    ],
)
def test_yt_dlp_is_told_with_its_age(
    installed: str, state: str, told: str, monkeypatch: pytest.MonkeyPatch, probed: Callable[..., None]
) -> None:
    def number(_: str) -> str:
        if not installed:
            raise PackageNotFoundError
        return installed

    probed([])
    monkeypatch.setattr(checks, "version", number)
    check = found("yt-dlp")
    assert (check.state, told in check.advice) == (state, True)


def test_what_was_fetched_is_told_with_its_place(
    room: Path, monkeypatch: pytest.MonkeyPatch, probed: Callable[..., None]
) -> None:
    probed([])
    monkeypatch.setattr(checks, "cache_folder", lambda: room / "kept")
    assert found("fetched").found == "nothing kept"
    (room / "kept" / "a").mkdir(parents=True)
    (room / "kept" / "a" / "a.info.json").write_bytes(b"x" * 2_000_000)
    assert found("fetched").found == f"1 in {room / 'kept'}, 2 MB"


def test_json_has_every_check(zimu: Zimu) -> None:
    document = zimu("doctor", "--json").json
    assert document["ok"] is True
    assert {"python", "cpu", "gpu", "cmudict", "ffmpeg", "language model", "models here", "disk", "terminal"} <= {
        check["name"] for check in document["checks"]
    }


def test_what_is_missing_broken_or_crashes_is_bad_and_has_advice(
    zimu: Zimu, room: Path, probed: Callable[..., None]
) -> None:
    probed(FACTS, "it ended with -11")
    assert found("pysrt").state == "ok"
    assert found("rich").advice == "pip install zimu-toolkit"
    assert found("av").found.startswith("cannot be loaded: OSError")
    assert found("ctranslate2").found == "loading it crashes: it ended with -11"
    done = zimu("doctor")
    assert done.code == 4
    assert done.out.endswith("\n3 to mend, marked ✗\n")


@pytest.mark.parametrize(
    ("fact", "state", "told", "advice"),
    [
        ({"gpus": 2, "compute_types": ["float16", "int8"]}, "ok", "2 with CUDA; compute types float16, int8", ""),
        (
            {"gpus": 1, "compute_types": ["int8"], "cublas": "libcublas.so.12 is not found"},
            "note",
            "1 with CUDA; compute types int8; libcublas.so.12 is not found",
            "pip install 'zimu-toolkit[cuda]'",
        ),
        (
            {"gpus": 0, "problem": "no driver", "fix": "install it", "absent": True},
            "note",
            "none that CUDA can use (no driver); the CPU is used",
            "",
        ),
        (
            {"gpus": 0, "problem": "asking crashed", "fix": "see nvidia-smi", "absent": False},
            "note",
            "none that CUDA can use (asking crashed); the CPU is used",
            "see nvidia-smi",
        ),
    ],
)
def test_the_gpu(
    fact: dict[str, object], state: str, told: str, advice: str, room: Path, probed: Callable[..., None]
) -> None:
    probed([fact])
    assert found("gpu") == Check("gpu", state, told, advice)


@pytest.mark.parametrize(("gpus", "advised"), [(1, True), (0, False)])
def test_what_cuda_needs_is_advised_where_there_is_a_gpu(
    gpus: int, advised: bool, probed: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "_installed", lambda _: False)
    probed([{"gpus": gpus, "compute_types": []}])
    assert bool(found("extra cuda").advice) == advised


@pytest.mark.parametrize(
    ("flags", "told", "state"),
    [
        ("flags\t\t: fpu sse4_2 avx avx2 fma avx512f", "with AVX-512;", "ok"),
        ("flags\t\t: fpu sse4_2 avx avx2 fma", "with AVX2;", "ok"),
        ("flags\t\t: fpu avx", "with AVX;", "note"),
        ("flags\t\t: fpu sse4_2", "with none of AVX;", "note"),
        ("Features\t: fp asimd", "with NEON;", "ok"),
        ("nothing", ";", "ok"),
    ],
)
def test_the_processor(
    flags: str, told: str, state: str, room: Path, probed: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    (room / "cpuinfo").write_text(f"processor\t: 0\n{flags}\n", encoding="utf-8")
    monkeypatch.setattr(hardware, "CPU_FLAGS", room / "cpuinfo")
    probed([{"cpu": ["float32", "int8"]}])
    check = found("cpu")
    assert (check.state, told in check.found) == (state, True)
    assert check.found.endswith("compute types float32, int8")
    assert re.match(r"\d+ cores? to use", check.found)


def test_every_dependency_is_among_the_libraries() -> None:
    project = parse((Path(toolkit.__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    table = project["project"]
    assert isinstance(table, dict)
    names = [str(re.split(r"[><=;\[ ]", line)[0]) for line in table["dependencies"]]
    new = sys.version_info >= (3, 11)
    assert {name for name in names if not (new and name == "tomli")} <= probe.LIBRARIES.keys()


def test_models_that_are_here_and_the_one_that_is_wanted(room: Path, probed: Callable[..., None]) -> None:
    probed([{"models": {"small": "somewhere/small"}, "damaged": {"base": "has no model.bin"}}])
    assert found("models here").found == "small (in the cache)"
    assert found("your model").found == "small, in somewhere/small"
    assert found("model base") == Check("model base", "note", "has no model.bin", "zimu models fetch base")
    (room / "zimu.toml").write_text('[transcribe]\nmodel = "large-v3"\n', encoding="utf-8")
    assert found("your model").found == "large-v3 is not on this machine"
    assert found("your model").advice.startswith("get it once with 'zimu models fetch large-v3'")
    (room / "zimu.toml").write_text('[transcribe]\nmodel = "own/model"\n', encoding="utf-8")
    assert found("your model").state == "note"
    (room / "own" / "model").mkdir(parents=True)
    assert found("your model").found == "own/model, in own/model"


@pytest.mark.parametrize(
    ("free", "here", "state", "told"),
    [
        (9_000_000_000, {}, "ok", "9.0 GB free in "),
        (300_000_000, {}, "note", "; small needs 0.5"),
        (600_000_000, {"small": "x"}, "note", "0.6 GB free"),
    ],
)
def test_the_disk_of_the_cache(
    free: int,
    here: dict[str, str],
    state: str,
    told: str,
    room: Path,
    probed: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    probed([{"models": here, "damaged": {}, "cache": str(room / "not" / "yet")}])
    usage = shutil.disk_usage(room)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=free) if folder == room else None)
    check = found("disk")
    assert (check.state, told in check.found) == (state, True)
    assert bool(check.advice) == (state == "note")


def test_a_language_model_that_was_changed_is_bad(
    room: Path, probed: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    probed([])
    assert found("language model").state == "ok"
    monkeypatch.setattr("toolkit.language_model.default_folder", lambda: room)
    check = found("language model")
    assert (check.state, check.advice) == (BAD, "install zimu-toolkit again")


def test_the_probe_tells_of_models_whole_and_damaged(
    room: Path, whisper_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = {"small": whisper_folder, "base": room}
    monkeypatch.setattr("toolkit.weights.folder_here", here.get)
    fact = probe._models()
    assert (fact["models"], fact["damaged"]) == ({"small": str(whisper_folder)}, {"base": "has no model.bin"})


def test_a_faulty_file_of_options_is_bad(room: Path, probed: Callable[..., None]) -> None:
    probed([])
    (room / "zimu.toml").write_text("[transcribe]\nbeem_size = 3\n", encoding="utf-8")
    check = found("this folder's")
    assert check.state == BAD
    assert "did you mean 'beam_size'?" in check.found


def test_a_crash_of_the_libraries_is_seen_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    crashing = tmp_path / "python"
    crashing.write_text('#!/bin/sh\necho \'{"trying": "av"}\'\nkill -ABRT $$\n', encoding="utf-8")
    crashing.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(crashing))
    facts, crash = checks._probed()
    assert facts == [{"trying": "av"}]
    assert crash.startswith("it ended with -")


def test_the_probe_tells_of_each_library() -> None:
    assert probe._attempt("pysrt", "pysrt").keys() == {"version"}
    assert probe._attempt("nothing", "no_such_module_anywhere").keys() == {"missing"}


def test_rows_have_their_advice_below() -> None:
    assert doctor._lines(Check("gpu", "note", "none", "buy one")) == [
        "· gpu                 none",
        " " * 22 + "→ buy one",
    ]


def test_profile_prints_toml_that_reads_back(zimu: Zimu, room: Path) -> None:
    done = zimu("profile", "fansub", "--beam-size", "2")
    assert done.out.startswith("# In effect: defaults, fansub, flags.\n")
    (room / "mine.toml").write_text(done.out, encoding="utf-8")
    mine = read_profile("mine.toml", Profile())
    assert (mine.segment, mine.transcribe.beam_size) == (read_profile("fansub").segment, 2)


def test_profile_lays_files_over_each_other(zimu: Zimu, room: Path) -> None:
    (room / "home").mkdir()
    (room / "home" / "zimu.toml").write_text("[transcribe]\nbeam_size = 2\nbatch_size = 2\n", encoding="utf-8")
    (room / "zimu.toml").write_text("[transcribe]\nbeam_size = 3\ncpu_threads = 3\n", encoding="utf-8")
    (room / "p.toml").write_text("[transcribe]\ncpu_threads = 4\nmodel = 'tiny'\n", encoding="utf-8")
    table: Any = parse(zimu("profile", "--profile", "p.toml", "--model", "base").out)["transcribe"]
    assert [table[name] for name in ("batch_size", "beam_size", "cpu_threads", "model")] == [2, 3, 4, "base"]
    assert zimu("profile", "--json").json["sources"] == ["defaults", str(room / "home" / "zimu.toml"), "zimu.toml"]
    assert zimu("profile", "--json", "--no-config").json["profile"]["transcribe"]["beam_size"] == 5


def test_profiles_that_ship_are_listed(zimu: Zimu) -> None:
    assert [line.split()[0] for line in zimu("profile", "--list").out.splitlines() if line[0] != " "] == list(
        built_in_profiles()
    )
    assert zimu("profile", "--list", "--json").json["profiles"].keys() == set(built_in_profiles())
