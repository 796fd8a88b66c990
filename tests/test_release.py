"""What a release is tried by notices what is wrong with it."""

from __future__ import annotations

import sys
import zipfile
from email.message import Message
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # the tools of a release are run from the root and not installed

from release import dist, licences  # noqa: E402


def metadata(**fields: str) -> Message:
    message = Message()
    for name, value in {"Name": "x", "Version": "1", **fields}.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize(
    ("fields", "licence", "fits"),
    [
        ({"License_Expression": "MIT AND Apache-2.0", "License": "other"}, "MIT AND Apache-2.0", "yes"),
        ({"License": "BSD 3-Clause\nCopyright"}, "BSD 3-Clause", "yes"),
        ({"Classifier": "License :: Other/Proprietary License"}, "Other/Proprietary License", "no"),
        ({"License": "NVIDIA Proprietary Software"}, "NVIDIA Proprietary Software", "no"),
        ({"License": "Beerware"}, "Beerware", "?"),
        ({}, "unknown", "?"),
    ],
)
def test_licences_are_read_from_what_packages_say(fields: dict[str, str], licence: str, fits: str) -> None:
    found = licences.read_licence(metadata(**fields))
    assert (found.licence, found.fits) == (licence, fits)


def test_what_does_not_fit_stands_first() -> None:
    rows = licences.report(
        [
            licences.Licence("a", "1", "MIT", "yes"),
            licences.Licence("b", "1", "?", "?"),
            licences.Licence("c", "1", "X", "no"),
        ]
    ).splitlines()
    assert [row.split(" | ")[0] for row in rows[2:]] == ["| c", "| b", "| a"]


def test_everything_that_is_needed_is_reported() -> None:
    names = {
        licences.plain(one.metadata["Name"]) for one in licences.needed("faster-whisper", licences.distributions())
    }
    assert {"faster-whisper", "ctranslate2", "numpy"} <= names
    assert "pytest" not in names
    assert list(licences.needed("no-such-package", licences.distributions())) == []


@pytest.mark.parametrize(("version", "tags"), [("1.0", ["v1.1"]), ("1.0", ["x", "v2.0", "v3.0"])])
def test_a_tag_that_says_another_version_stops_a_release(version: str, tags: list[str]) -> None:
    with pytest.raises(dist.Failed, match="on this commit and"):
        dist.check_tag(version, tags)
    dist.check_tag(version, [*tags, f"v{version}"])
    dist.check_tag(version, ["latest", "vision"])


def test_each_extra_of_the_wheel_is_tried(tmp_path: Path) -> None:
    wheel = tmp_path / "x-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(
            "x-1.dist-info/METADATA", "Name: x\nProvides-Extra: cuda\nProvides-Extra: all\nProvides-Extra: web\n"
        )
    extras = dist.extras_of(wheel)
    planned = [str(trial) for trial in dist.trials(wheel, tmp_path / "x-1.tar.gz", extras)]
    assert planned == ["wheel, core alone", "sdist, core alone", "wheel, cuda", "wheel, web"]


def test_a_command_that_fails_says_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(dist.Failed, match=r"ended with 3:\nnot good"):
        dist.run([sys.executable, "-c", "print('not good'); raise SystemExit(3)"], tmp_path)


def test_what_is_tried_holds_of_the_program() -> None:
    known = {command[0] for command in dist.COMMANDS if not command[0].startswith("-")}
    from toolkit.cli import COMMANDS

    assert known <= set(COMMANDS)
    compile(dist.TRIAL, "trial", "exec")


def test_folders_of_this_environment_do_not_reach_what_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    assert dist.run([sys.executable, "-c", "import os; print(os.environ.get('PYTHONPATH'))"], tmp_path) == "None\n"
