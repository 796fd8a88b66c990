"""`zimu models`: what is listed, what is told of a model that is here, and that nothing is downloaded unasked."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

import toolkit.catalog
from toolkit.catalog import CATALOG, Model, models_folder
from toolkit.cli.width import width

Zimu = Callable[..., Any]


@pytest.fixture(autouse=True)
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Whom the network was asked for; it answers nobody, and the hub's cache is empty."""
    import huggingface_hub.constants

    asked: list[str] = []

    def refuse(*address: object, **_: object) -> None:
        asked.append(str(address[0]))
        raise OSError("the network is off")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return asked


@pytest.fixture
def shipped(tmp_path: Path, whisper_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a small speech model that ships under the name ``one``, in a catalog that has it."""
    spec = spec_from_file_location("make_catalog", models_folder() / "make_catalog.py")
    assert spec is not None
    assert spec.loader is not None
    maker = module_from_spec(spec)
    spec.loader.exec_module(maker)
    models = tmp_path / "models"
    shutil.copytree(whisper_folder, models / "one")
    model = maker.measured(Model("one", "speech", "noise", "GPL-3.0-or-later", "shipped"), models)
    hub = Model("small", "speech", "Whisper small", "MIT", "Systran/faster-whisper-small", 484)
    (models / CATALOG).write_text(maker.render([model, hub]), encoding="utf-8")
    monkeypatch.setattr(toolkit.catalog, "models_folder", lambda: models)
    return models / "one"


def keep_in_cache(folder: Path, model: Path) -> Path:
    home = folder / "hub" / "models--Systran--faster-whisper-small"
    (home / "refs").mkdir(parents=True)
    (home / "refs" / "main").write_text("0" * 40, encoding="utf-8")
    return Path(shutil.copytree(model, home / "snapshots" / ("0" * 40)))


def test_all_models_are_listed_with_their_place(zimu: Zimu, calls: list[str]) -> None:
    done = zimu("models")
    assert done.code == 0
    assert max(map(width, done.out.splitlines())) <= 80
    rows = {line.split()[0]: line for line in done.out.splitlines()}
    assert rows["zh-3gram"].split() == ["zh-3gram", "language", "19", "MB", "LGPL-2.1-or-later", "shipped"]
    assert rows["large-v3"].split() == ["large-v3", "speech", "~3087", "MB", "MIT", "not", "here"]
    assert zimu("models", "list").out == done.out
    assert not calls


@pytest.mark.parametrize("columns", [40, 24])
def test_a_narrow_terminal_gets_all_of_it_in_more_lines(
    columns: int, zimu: Zimu, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = zimu("models").out
    monkeypatch.setenv("COLUMNS", str(columns))
    narrow = zimu("models").out
    assert max(map(width, narrow.splitlines())) <= columns
    words = narrow.replace(",", " ").split()
    assert words == [word for line in wide.splitlines()[1:] for word in line.split()]


def test_a_verdict_fits_a_narrow_terminal(zimu: Zimu, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shipped / "config.json").unlink()
    monkeypatch.setenv("COLUMNS", "40")
    told = zimu("models", "verify", "one").out.splitlines()
    assert max(width(line) for line in told if str(shipped) not in line) <= 40


def test_what_is_in_the_cache_is_listed_with_its_own_size(zimu: Zimu, shipped: Path, room: Path) -> None:
    kept = keep_in_cache(room, shipped)
    assert [line.split()[0::5] for line in zimu("models").out.splitlines()[1:]] == [["one", "shipped"], ["small", "in"]]
    one, small = zimu("models", "--json").json["models"]
    assert (small["where"], small["folder"], small["measured"]) == ("in the cache", str(kept), True)
    assert small["size"] == one["size"] == sum(path.stat().st_size for path in shipped.iterdir())


def test_the_folder_of_a_model_is_printed(zimu: Zimu, shipped: Path, calls: list[str]) -> None:
    assert zimu("models", "path", "one").out == f"{shipped}\n"
    assert zimu("models", "path", "one", "--json").json["folder"] == str(shipped)
    done = zimu("models", "path", "small")
    assert (done.code, done.out) == (4, "")
    assert "'zimu models fetch small'" in done.err
    assert not calls


def test_a_language_model_has_a_folder_too(zimu: Zimu) -> None:
    assert zimu("models", "path", "zh-3gram").out == f"{models_folder() / 'zh-3gram'}\n"


def test_what_is_here_needs_no_network_to_be_fetched(zimu: Zimu, shipped: Path, room: Path, calls: list[str]) -> None:
    kept = keep_in_cache(room, shipped)
    assert zimu("models", "fetch", "small").out == f"{kept}\n"
    assert zimu("models", "fetch", "one").out == f"{shipped}\n"
    assert not calls


def test_only_fetch_asks_the_network(zimu: Zimu, shipped: Path, calls: list[str]) -> None:
    done = zimu("models", "fetch", "small")
    assert done.code == 5
    assert "cannot be downloaded" in done.err
    assert calls


def test_all_that_is_here_is_verified(zimu: Zimu, shipped: Path, room: Path) -> None:
    keep_in_cache(room, shipped)
    done = zimu("models", "verify")
    assert done.code == 0
    assert done.out == "✓ one: as the catalog says\n✓ small: whole, as far as can be seen\n"


def test_what_ships_is_compared_with_its_checksums(zimu: Zimu, shipped: Path) -> None:
    data = bytearray((shipped / "model.bin").read_bytes())
    data[-1000] ^= 1
    (shipped / "model.bin").write_bytes(data)
    done = zimu("models", "verify", "one")
    assert done.code == 1
    assert done.out.startswith(
        f"✗ one\n  {shipped}\n    its model.bin has another content than the catalog says\n    → "
    )
    (verdict,) = zimu("models", "verify", "one", "--json").json["models"]
    assert (verdict["ok"], verdict["checked"]) == (False, "checksums")
    assert zimu("models", "verify", str(shipped)).code == 1


def test_the_folder_of_a_language_model_is_known_as_one(zimu: Zimu) -> None:
    assert zimu("models", "verify", str(models_folder() / "zh-3gram")).code == 0


def test_all_faults_of_a_folder_are_told(zimu: Zimu, shipped: Path, room: Path) -> None:
    folder = Path(shutil.copytree(shipped, room / "mine"))
    assert zimu("models", "verify", "./mine").code == 0
    (folder / "tokenizer.json").unlink()
    (folder / "model.bin").write_text("version https://git-lfs.github.com/spec/v1\n", encoding="utf-8")
    done = zimu("models", "verify", "./mine", "--json")
    assert done.code == 1
    assert [fault["problem"] for fault in done.json["models"][0]["faults"]] == [
        "its model.bin is a Git-LFS pointer, not the file",
        "has no tokenizer.json",
    ]


def test_what_an_interrupted_download_left_is_a_fault(zimu: Zimu, shipped: Path, room: Path) -> None:
    kept = keep_in_cache(room, shipped)
    (kept / "model.bin").write_bytes((kept / "model.bin").read_bytes()[:5000])
    done = zimu("models", "verify")
    assert done.code == 1
    assert "its model.bin is cut short: it ends at 5000 bytes" in done.out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["small"], 2, "can be asked to list, path, verify, fetch; not 'small'; zimu models path small"),
        (["list", "small"], 2, "'list' takes no names"),
        (["path"], 2, "'path' takes the name of one model"),
        (["fetch", "small", "base"], 2, "'fetch' takes the name of one model"),
        (["path", "smal"], 4, "did you mean 'small'?"),
        (["verify", "./none"], 4, "no such folder"),
        (["verify", "small"], 4, "not on this machine"),
    ],
)
def test_what_cannot_be_done_is_told(zimu: Zimu, calls: list[str], arguments: list[str], code: int, told: str) -> None:
    done = zimu("models", *arguments)
    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert not calls
