"""The report says what was changed, why, how often and when, and needs nothing but itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from review_table import lay_out, talk

from toolkit.cli import main
from toolkit.cues import Cue, Edit, Transcript
from toolkit.review.plot import clock, density, width_of_bar
from toolkit.review.report import report
from toolkit.review.words import WORDS


def plain(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page.partition("<body>")[2])


def test_every_change_stands_under_what_became_of_it_with_number_time_and_evidence() -> None:
    page = report(talk())
    headings = re.findall(r"<h2>(\d+ [^<]+)</h2>", page)
    assert headings == ["3 changed", "1 suggested, not changed"]
    first = re.findall(r'<li value="1">.*?</li>', page)[0]
    assert "<time>0:00</time>" in first
    assert "在<del>外壳</del> <ins>WAIC</ins>的舞台上" in first
    assert "<span>alias 1.00</span><span>heard: wai ke</span>" in first


def test_an_edit_over_a_seam_is_one_change() -> None:
    assert "<del>千山实验室</del> <ins>浅山实验所</ins>的福迪" in report(talk())


def test_terms_are_counted_with_what_they_were_heard_as() -> None:
    heard = ("聚生智能", "巨深智能", "聚生智能")
    cues = tuple(
        Cue(1000 * at, 1000 * at + 900, text, edits=(Edit(0, 4, text, "具身智能", "sound"),))
        for at, text in enumerate(heard)
    )
    page = report(Transcript("a.srt", cues))
    assert "<td><bdi>具身智能</bdi></td><td>3</td><td><bdi>聚生智能</bdi> ×2, <bdi>巨深智能</bdi></td>" in page


def test_cues_kept_out_and_what_was_taken_back_have_their_own_lists() -> None:
    out = Edit(0, 4, "谢谢观看", "", "invented")
    undone = Edit(0, 2, "外壳", "WAIC", "alias", applied=False, decided=True)
    page = plain(
        report(Transcript("a.srt", (Cue(0, 9, "谢谢观看", edits=(out,)), Cue(9, 12, "外壳", edits=(undone,)))))
    )
    assert "1 kept out as invented" in page
    assert "1 undone" in page


def test_the_page_holds_all_it_needs_and_lets_nothing_run() -> None:
    page = report(talk())
    assert not re.search(r"<(script|link|img|iframe|object)\b|@import|url\(|https?:", page)
    assert "default-src 'none'" in page


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["en"].keys() == WORDS["zh"].keys()
    assert "修改报告" in report(talk(), language="zh")


def test_a_transcript_without_changes_or_times_has_a_report_too() -> None:
    page = report(Transcript("a.txt", (Cue(None, None, "你好"),)))
    assert "<svg" not in page
    assert "<h2>" not in page


def test_bars_stand_where_the_changes_are() -> None:
    picture = density([0, 1000, 55_000], [55_500], 60_000, title="over <time>")
    bars = re.findall(r'<rect class="(.)" x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', picture)
    assert [kind for kind, *_ in bars] == ["c", "c", "d"]
    assert float(bars[0][3]) == 2 * float(bars[1][3])
    assert float(bars[1][1]) > float(bars[0][1])
    assert "over &lt;time&gt;" in picture
    assert density([], [], 0, title="") == ""


@pytest.mark.parametrize(("length", "bar"), [(1, 10_000), (1_200_001, 15_000), (100 * 3_600_000, 3_600_000)])
def test_there_are_never_too_many_bars(length: int, bar: int) -> None:
    assert width_of_bar(length) == bar
    assert width_of_bar(1000 * 3_600_000) * 120 >= 1000 * 3_600_000
    assert clock(59_999) == "0:59"


def test_review_writes_a_report_and_serves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record, target = lay_out(tmp_path), tmp_path / "report.html"
    assert main(["review", str(record), "--report", str(target), "--no-config"]) == 0
    assert "WAIC" in target.read_text("utf-8")
    assert capsys.readouterr().err.endswith(f"→ {target}\n")


def test_correct_writes_a_report_beside_its_result(tmp_path: Path) -> None:
    source, target = tmp_path / "talk.srt", tmp_path / "report.html"
    source.write_text("1\n00:00:00,000 --> 00:00:02,000\n聚生智能的崛起\n", encoding="utf-8")
    command = ["correct", str(source), "-o", str(tmp_path / "out.srt"), "--report", str(target), "--no-config", "-q"]
    assert main(command) == 0
    assert "<ins>具身智能</ins>" in target.read_text("utf-8")


def test_run_writes_a_report_for_each_input_into_a_folder(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.srt").write_text("1\n00:00:00,000 --> 00:00:02,000\n聚生智能\n", encoding="utf-8")
    sources = [str(tmp_path / name) for name in ("a.srt", "b.srt")]
    options = ["-o", str(tmp_path / "out"), "--no-config", "-q"]
    assert main(["run", *sources, *options, "--report", str(tmp_path / "one.html")]) == 2
    assert main(["run", *sources, *options, "--report", str(tmp_path / "reports")]) == 0
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == ["a.report.html", "b.report.html"]
