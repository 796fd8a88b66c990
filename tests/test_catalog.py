"""The catalog says what is in the folders, every model in it is known to the libraries, and a faulty one is named."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from toolkit.catalog import CATALOG, LANGUAGE, Model, catalog, digest, hub_id, models_folder, read_catalog
from toolkit.errors import ModelNotFound

ROOT = Path(__file__).parents[1]
ONE = '[one]\nkind = "speech"\nabout = "a"\nlicence = "MIT"\nsource = "shipped"\n'


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = spec_from_file_location("make_catalog", ROOT / "models" / "make_catalog.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_catalog_is_what_its_maker_writes_from_the_folders(maker: ModuleType) -> None:
    models = map(maker.measured, catalog().values())
    fix = "stale: python models/make_catalog.py"
    assert (ROOT / "models" / CATALOG).read_text(encoding="utf-8") == maker.render(models), fix


def test_every_folder_with_a_model_is_in_the_catalog() -> None:
    found = {path.parent.name for pattern in ("*/model.bin", "*/*.npy") for path in (ROOT / "models").glob(pattern)}
    assert found == {name for name, model in catalog().items() if model.ships}


def test_what_ships_is_named_as_a_folder_of_the_wheel() -> None:
    built = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name, model in catalog().items():
        assert not model.ships or f'"models/{name}" = "toolkit/models/{name}"\n' in built


def test_models_of_the_hub_are_those_of_faster_whisper() -> None:
    from faster_whisper.utils import _MODELS

    assert {name: hub_id(name) for name, model in catalog().items() if not model.ships}.items() <= _MODELS.items()


def test_a_model_of_the_hub_has_a_size_but_no_checksums() -> None:
    for model in catalog().values():
        assert bool(model.files) == model.ships
        assert bool(model.megabytes) != model.ships
        assert model.size > 0


def test_an_id_is_its_own_and_so_is_the_name_of_what_ships() -> None:
    assert hub_id("owner/name") == "owner/name"
    assert hub_id("zh-3gram") == "zh-3gram"


def test_only_what_is_part_of_a_model_is_counted(maker: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    for name in ("README.md", "LICENSE", "build.py", ".hidden", "model.bin"):
        (tmp_path / "one" / name).write_bytes(b"abc")
    (file,) = maker.measured(Model("one", LANGUAGE, "a", "MIT", "shipped"), tmp_path).files
    assert (file.name, file.size, file.sha256) == ("model.bin", 3, digest(tmp_path / "one" / "build.py"))


def test_a_catalog_reads_back(maker: ModuleType, tmp_path: Path) -> None:
    (tmp_path / CATALOG).write_text(maker.render(catalog().values()), encoding="utf-8")
    assert read_catalog(tmp_path / CATALOG) == catalog()


@pytest.mark.parametrize(
    "text",
    ["[one", ONE.replace("speech", "music"), ONE + 'colour = "red"', "one = 1", ONE + '[one.files]\n"a" = {}'],
    ids=["no TOML", "kind", "key", "no table", "file"],
)
def test_a_faulty_catalog_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / CATALOG).write_text(text, encoding="utf-8")
    with pytest.raises(ModelNotFound, match=r"catalog of models cannot be read.*install zimu-toolkit again") as caught:
        read_catalog(tmp_path / CATALOG)
    assert caught.value.where == str(tmp_path / CATALOG)


def test_a_missing_catalog_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match="No such file"):
        read_catalog(tmp_path / CATALOG)


def test_models_lie_in_the_package_or_beside_it() -> None:
    assert (models_folder() / CATALOG).is_file()
