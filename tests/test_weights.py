"""Models as folders, sizes and hub ids: found, missing, broken, and never fetched unasked."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

from toolkit.catalog import SHIPPED, SPEECH, Model
from toolkit.errors import FetchError, ModelNotFound
from toolkit.model_files import NEEDED
from toolkit.weights import check_folder, find_model, speech_models, takes_hotwords


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder with every file that is needed, none of them real."""
    folder = tmp_path / "my-model"
    folder.mkdir()
    for name in NEEDED:
        (folder / name).write_text("something", encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whom the network was asked for; it answers nobody."""
    asked: list[str] = []

    def refuse(*address: object, **_: object) -> None:
        asked.append(str(address[0]))
        raise OSError("the network is off")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return asked


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the hub."""
    import huggingface_hub.constants

    folder = tmp_path / "hub"
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(folder))
    return folder


def keep_in_cache(cache: Path, repository: str, model: Path) -> Path:
    """Lay a model into the cache as the hub's own client does."""
    home = cache / f"models--{repository.replace('/', '--')}"
    (home / "refs").mkdir(parents=True)
    (home / "refs" / "main").write_text("0" * 40, encoding="utf-8")
    shutil.copytree(model, home / "snapshots" / ("0" * 40))
    return home / "snapshots" / ("0" * 40)


def test_a_folder_is_a_model(model: Path, calls: list[str]) -> None:
    assert find_model(str(model)) == model
    assert not calls


def test_a_vocabulary_may_be_text(model: Path) -> None:
    (model / "vocabulary.json").rename(model / "vocabulary.txt")
    check_folder(model)


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_file_is_named(model: Path, name: str) -> None:
    (model / name).unlink()
    with pytest.raises(ModelNotFound, match=f"has no {name}") as caught:
        find_model(str(model))
    assert caught.value.where == str(model)
    assert caught.value.fix


@pytest.mark.parametrize("name", NEEDED)
def test_a_pointer_in_place_of_a_file_is_named(model: Path, name: str) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    (model / name).write_text(pointer, encoding="utf-8")
    with pytest.raises(ModelNotFound, match=f"{name} is a Git-LFS pointer.*git lfs pull"):
        find_model(str(model))


def test_an_empty_file_is_named(model: Path) -> None:
    (model / "model.bin").write_bytes(b"")
    with pytest.raises(ModelNotFound, match=r"model\.bin is empty"):
        find_model(str(model))


@pytest.mark.parametrize("weights", ["model.safetensors", "model-00001-of-00002.safetensors", "pytorch_model.bin"])
def test_a_model_of_another_library_comes_with_the_command_that_converts_it(model: Path, weights: str) -> None:
    (model / "model.bin").rename(model / weights)
    with pytest.raises(ModelNotFound, match=f"ct2-transformers-converter --model {model}"):
        find_model(str(model))


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("./none", "no such folder"),
        ("/none/at/all", "no such folder"),
        ("~/none", "no such folder"),
        ("a/b/c", "no such folder"),
        ("C:\\models", "no such folder"),
        ("smal", "did you mean 'small'"),
        ("whisper-9", "known are .*tiny, tiny.en"),
        ("small", "not on this machine.*--allow-download"),
        ("some/model", "not on this machine.*--allow-download"),
        ("some--odd/model", "not on this machine.*--allow-download"),
    ],
)
def test_what_is_not_here_is_not_fetched(name: str, problem: str, calls: list[str]) -> None:
    with pytest.raises(ModelNotFound, match=problem):
        find_model(name)
    assert not calls


def test_a_folder_that_is_called_like_a_model_and_holds_none_is_passed_over(
    cache: Path, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep_in_cache(cache, "Systran/faster-whisper-tiny", model)
    monkeypatch.chdir(tmp_path)
    Path("tiny").mkdir()
    assert find_model("tiny") == kept
    with pytest.raises(ModelNotFound, match=r"has no model\.bin"):
        find_model("./tiny")
    for name in NEEDED:
        Path("tiny", name).write_text("something", encoding="utf-8")
    assert find_model("tiny") == Path("tiny")


def test_a_file_is_no_folder(model: Path) -> None:
    with pytest.raises(ModelNotFound, match="is a file"):
        find_model(str(model / "model.bin"))


@pytest.mark.parametrize("allow_download", [False, True])
@pytest.mark.parametrize("name", ["tiny", "Systran/faster-whisper-tiny"])
def test_what_is_in_the_cache_is_taken_from_there(
    cache: Path, model: Path, calls: list[str], name: str, *, allow_download: bool
) -> None:
    kept = keep_in_cache(cache, "Systran/faster-whisper-tiny", model)
    assert find_model(name, allow_download=allow_download) == kept
    assert not calls


def test_what_an_interrupted_download_left_is_not_taken(cache: Path, model: Path) -> None:
    (model / "model.bin").unlink()
    keep_in_cache(cache, "Systran/faster-whisper-tiny", model)
    with pytest.raises(ModelNotFound, match=r"in the cache has no model\.bin.*--allow-download"):
        find_model("tiny")


def test_only_when_asked_the_network_is_used(calls: list[str]) -> None:
    with pytest.raises(FetchError, match=r"'tiny' cannot be downloaded.*check the name and the network"):
        find_model("tiny", allow_download=True)
    assert calls


def test_what_ships_is_found_by_its_name(model: Path, monkeypatch: pytest.MonkeyPatch, calls: list[str]) -> None:
    entry = Model("my-model", SPEECH, "a", "MIT", SHIPPED)
    monkeypatch.setattr("toolkit.weights.catalog", lambda: {entry.name: entry})
    monkeypatch.setattr("toolkit.catalog.models_folder", lambda: model.parent)
    assert find_model("my-model") == model
    assert find_model("my-model", allow_download=True) == model
    (model / "tokenizer.json").unlink()
    with pytest.raises(ModelNotFound, match=r"has no tokenizer\.json"):
        find_model("my-model", allow_download=True)
    shutil.rmtree(model)
    with pytest.raises(ModelNotFound, match=r"'my-model', which ships with Zimu, is missing; install zimu-toolkit"):
        find_model("my-model")
    assert not calls


def test_a_model_that_does_not_hear_is_no_speech_model() -> None:
    assert "zh-3gram" not in speech_models()
    with pytest.raises(ModelNotFound, match="no model is called 'zh-3gram'"):
        find_model("zh-3gram")


def test_what_ships_is_known_wherever_its_folder_is(tmp_path: Path) -> None:
    (tmp_path / "copy").symlink_to(find_model("zimu-tiny"))
    assert not takes_hotwords(str(tmp_path / "copy"))
    (tmp_path / "model.bin").write_bytes(b"other weights")
    assert takes_hotwords(str(tmp_path))
