"""A name is found in the table, among entry points or as ``module:function``; what is missing is said in one line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from toolkit import plugins
from toolkit.errors import MissingExtra, ToolkitError, UsageError
from toolkit.plugins import EXTRAS, find, load
from toolkit.toml import parse

TABLE = {"toml": "toolkit.toml:parse", "module": "toolkit.toml"}
ROOT = Path(__file__).parent.parent


def found(name: str) -> object:
    return find(name, TABLE, group="zimu.nothing", kind="format")


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of a module that can be imported and has a ``load`` and nothing else."""
    monkeypatch.syspath_prepend(tmp_path)
    tmp_path.joinpath("my_recogniser.py").write_text("def load(options, hints): return 'listening'\n")
    yield "my_recogniser"
    sys.modules.pop("my_recogniser", None)


def test_a_name_is_found_in_the_table() -> None:
    assert found("toml") is parse
    assert found("module") is sys.modules["toolkit.toml"]


def test_a_module_and_function_need_no_table(module: str) -> None:
    assert found(f"{module}:load")(None, None) == "listening"


def test_third_parties_are_found_by_their_entry_points(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    points = EntryPoints([EntryPoint("mine", f"{module}:load", "zimu.recognisers")])
    monkeypatch.setattr("importlib.metadata.entry_points", points.select)
    recogniser = find("mine", {}, group="zimu.recognisers", kind="recogniser")
    assert recogniser(None, None) == "listening"
    with pytest.raises(UsageError, match="no recogniser 'nine'; did you mean 'mine'"):
        find("nine", {}, group="zimu.recognisers", kind="recogniser")


def test_the_table_comes_before_entry_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "_entry_points", lambda _: {"toml": "json:loads"})
    assert found("toml") is parse


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("tmol", UsageError, "no format 'tmol'; did you mean 'toml'?"),
        ("xyz", UsageError, "no format 'xyz'; known are module, toml"),
        ("", UsageError, "no format ''; known are module, toml"),
        (":load", UsageError, "':load' cannot be a format; write module:function"),
        (".toml:parse", UsageError, "'.toml:parse' cannot be a format; write module:function"),
        ("C:\\talk.srt", UsageError, "the format 'C:\\talk.srt' cannot be loaded: no module 'C'; check its spelling"),
        ("nowhere.at:all", UsageError, "the format 'nowhere.at:all' cannot be loaded: no module 'nowhere'"),
        ("toolkit.tolm:parse", UsageError, "cannot be loaded: no module 'toolkit.tolm'; check its spelling"),
        ("toolkit.toml:load", UsageError, "the format 'toolkit.toml:load' cannot be loaded: no 'load' in toolkit.toml"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(name: str, kind: type[ToolkitError], message: str) -> None:
    with pytest.raises(kind) as caught:
        found(name)
    assert message in str(caught.value)


@pytest.mark.parametrize(("library", "extra"), EXTRAS.items())
def test_a_missing_library_names_the_extra_that_brings_it(
    library: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(sys.modules, library, None)
    tmp_path.joinpath(f"needs_{library}.py").write_text(f"import {library}.parts\n")
    with pytest.raises(MissingExtra, match=rf"pip install 'zimu-toolkit\[{extra}\]'"):
        load(f"needs_{library}:run", kind="executor")


def test_a_missing_library_of_a_third_party_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    tmp_path.joinpath("needs_more.py").write_text("import no_such_library\n")
    with pytest.raises(ToolkitError, match=r"'needs_more:load' needs the module 'no_such_library', which is not inst"):
        load("needs_more:load", kind="recogniser")


def test_every_extra_is_one_that_can_be_installed() -> None:
    project = parse(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert isinstance(project, dict)
    assert set(EXTRAS.values()) <= set(project["optional-dependencies"])
