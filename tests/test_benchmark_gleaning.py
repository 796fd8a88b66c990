"""The benchmark of learned and mined terms counts what it says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # benchmarks are run from the root and not installed

from benchmarks.gleaning.__main__ import Material, is_recovered, is_true, main, measure_learning  # noqa: E402

TRUE = [("音检速器", "星减速器"), ("数据及", "数据集")]


@pytest.mark.parametrize(
    ("pair", "true"),
    [
        (("数据及", "数据集"), True),
        (("大数据及", "大数据集"), True),
        (("检速器", "减速器"), True),
        (("检速机", "减速机"), False),
        (("解要", "解药"), False),
    ],
)
def test_a_pair_is_true_that_was_annotated_or_is_a_part_of_one(pair: tuple[str, str], true: bool) -> None:
    assert is_true(pair, TRUE) is true


def test_a_pair_is_recovered_that_follows_from_what_was_proposed() -> None:
    assert is_recovered(("数据及", "数据集"), [("及构建", "集构建")])
    assert is_recovered(TRUE[0], [("检速器", "减速器"), ("音减", "星减")])
    assert not is_recovered(TRUE[0], [("检速器", "减速器")])


def test_recall_and_precision_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    material = Material(
        "x", "打开克劳德，用沐溪的芯片", "打开Claude，用沐曦的芯片", frozenset({("克劳德", "Claude"), ("甲", "乙")})
    )
    false, figures = measure_learning(material)
    assert false
    assert (figures["true"], figures["recall"], figures["proposed"], figures["precision"]) == (2, 50.0, 2, 50.0)
    assert capsys.readouterr().out.startswith("| x | 2 | 50.0 % | 2 | 50.0 % |")


def test_without_material_nothing_is_measured(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("benchmarks.gleaning.__main__.DATA", tmp_path / "none")
    assert main(["--json", str(tmp_path / "figures.json")]) == 0
    assert "nothing is measured" in capsys.readouterr().out
    assert "not here" in (tmp_path / "figures.json").read_text(encoding="utf-8")
