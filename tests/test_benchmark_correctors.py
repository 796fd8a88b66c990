"""The comparison of correctors measures what it says: mistakes as made, scores as counted, tables as printed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # benchmarks are run from the root and not installed

from benchmarks.correctors import cell, errors, report, results, scoring, sentences, synthetic, tools, tracks, window  # noqa: E402
from benchmarks.correctors.__main__ import SIZES, main, read_plan  # noqa: E402
from benchmarks.correctors.values import DATA, Answer, Line, Mistake, Run, Skipped, Track  # noqa: E402
from toolkit.sounds import all_readings, is_han, readings  # noqa: E402

TERMS = sentences.read_terms()
LINE = Line(
    "我们谈谈聚生智能和人心机器人。",
    "我们谈谈具身智能和人形机器人。",
    (Mistake(4, 8, "具身智能"), Mistake(9, 14, "人形机器人")),
)
CLEAN = Line("手机的外壳很薄。", "手机的外壳很薄。")


def run_of(*texts: str, clean: tuple[str, ...] = ()) -> Run:
    spoilt = tuple(Answer(0, line, text) for line, text in enumerate(texts))
    return Run(1.0, 2.0, 100, 50.0, spoilt, tuple(Answer(0, line, text) for line, text in enumerate(clean)))


def test_there_are_fifty_terms_of_two_to_six_characters_and_sentences_for_each() -> None:
    assert len(TERMS) == 50
    assert {len(term) for term in TERMS} == {2, 3, 4, 5, 6}
    carriers = sentences.read_carriers()
    assert set(carriers) == set(TERMS.values())
    assert sum(map(len, carriers.values())) == 60
    assert all(carrier.count("{}") == 1 for found in carriers.values() for carrier in found)


def test_every_kind_of_mistake_is_made_equally_often() -> None:
    drawn = list(errors.draw_mistakes(list(TERMS), 90, 1))
    assert Counter(kind for _, _, kind in drawn) == dict.fromkeys(errors.KINDS, 90)
    assert drawn == list(errors.draw_mistakes(list(TERMS), 90, 1))
    assert drawn != list(errors.draw_mistakes(list(TERMS), 90, 2))
    assert not {wrong for _, wrong, _ in drawn} & set(TERMS)


@pytest.mark.parametrize("kind", [kind for kind in errors.KINDS if kind != errors.GAP])
def test_a_mistake_sounds_as_its_kind_says(kind: str) -> None:
    for term, wrong, _ in (found for found in errors.draw_mistakes(list(TERMS), 20, 3) if found[2] == kind):
        syllables = [choices[0] for choices in readings(term)]
        pairs = [(right, all_readings(char)[0]) for right, char in zip(syllables, wrong, strict=True)]
        others = [
            (right, heard) for right, heard in pairs if (right.initial, right.final) != (heard.initial, heard.final)
        ]
        changed = [place for place, (right, heard) in enumerate(zip(term, wrong, strict=True)) if right != heard]
        assert 1 <= len(changed) <= 2
        assert len(others) <= (0 if kind in (errors.SAME, errors.TONE) else 1) + unusual(term)


def unusual(term: str) -> int:
    """How many characters of a term are read in another way than they commonly are."""
    return sum(choices[0] != all_readings(char)[0] for char, choices in zip(term, readings(term), strict=True))


@pytest.mark.parametrize(
    ("kind", "term", "possible"),
    [
        (errors.FLAT, "智谱", True),
        (errors.FLAT, "沐曦", False),
        (errors.ONSET, "蔚来", True),
        (errors.NASAL, "沐曦", False),
        (errors.GAP, "寒武纪", False),
        (errors.GAP, "具身智能", True),
    ],
)
def test_a_kind_befalls_only_terms_that_have_its_sounds(kind: str, term: str, possible: bool) -> None:
    assert (errors.misheard(term, kind, Random(0)) is not None) is possible


def test_a_gap_is_one_character_inside_the_term() -> None:
    heard = [errors.misheard("具身智能", errors.GAP, Random(seed)) or "" for seed in range(40)]
    assert {len(wrong) for wrong in heard} == {3, 5}
    assert all(wrong[0] == "具" and wrong[-1] == "能" for wrong in heard)


def test_lines_carry_one_mistake_in_its_place() -> None:
    for line in synthetic.spoilt_lines(2):
        (mistake,) = line.mistakes
        assert scoring.mended(line) == line.right
        assert mistake.right in TERMS


def test_clean_lines_are_many_different_and_without_terms() -> None:
    lines = sentences.clean_lines(3000, 1)
    assert 3000 <= sum(len(line.heard) for line in lines) < 3100
    assert len(set(lines)) == len(lines)
    assert not [line for line in lines if "{" in line.heard or any(term in line.heard for term in TERMS)]


def test_a_lexicon_is_padded_with_words_that_are_no_mistakes_of_the_track() -> None:
    if not (DATA / synthetic.DICTIONARY).is_file():
        with pytest.raises(Skipped, match="not here"):
            synthetic.synthetic_track(60)
        return
    small, large = (synthetic.synthetic_track(size, each=4, clean=100) for size in (60, 1000))
    assert (len(small.terms), len(large.terms)) == (60, len(set(large.terms)))
    assert large.terms[:60] == small.terms
    heard = {line.heard[mistake.start : mistake.end] for line in large.spoilt[0] for mistake in line.mistakes}
    assert not heard & set(large.terms)
    assert all(map(is_han, "".join(large.terms)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我们谈谈具身智能和人形机器人。", [True, True]),
        ("我们谈谈具身智能和人心机器人。", [True, False]),
        ("我们谈谈聚生智能和人形机器人", [False, True]),
        ("我们谈具身智能和人行机器人。", [True, False]),
        ("具身智能", [True, False]),
        ("", [False, False]),
    ],
)
def test_a_mistake_is_repaired_where_its_term_stands_in_its_place(text: str, found: list[bool]) -> None:
    assert scoring.repairs(LINE, text) == found


@pytest.mark.parametrize(
    ("line", "text", "harm"),
    [
        (CLEAN, "手机的外壳很薄。", []),
        (CLEAN, "手机的WAIC很薄。", ["WAIC"]),
        (CLEAN, "手机的外壳很薄", [""]),
        (LINE, LINE.right, []),
        (LINE, "我们谈谈巨身智能和人心机器人。", []),
        (LINE, "我们谈谈巨深智能和人心机器人。", ["巨深"]),
        (LINE, "他们谈谈具身智能和人心机器人。", ["他"]),
    ],
)
def test_an_alteration_that_brings_nothing_nearer_is_false(line: Line, text: str, harm: list[str]) -> None:
    assert [one.text for one in scoring.harms(line, text)] == harm


def test_a_score_counts_repairs_on_spoilt_and_harm_on_clean_documents() -> None:
    track = Track("a", "dev", ("具身智能",), ((LINE,),), ((CLEAN, CLEAN),))
    found = scoring.score(run_of("我们谈谈具身智能和人心机器人", clean=("手机的WAIC很薄。", CLEAN.heard)), track)
    assert (found.repaired, found.mistakes, found.whole, found.lines) == (1, 2, 0, 1)
    assert (found.recall, found.sentences, found.false_rate) == (50.0, 0.0, 625.0)
    assert found.groups == {"": (1, 2), "4 chars": (1, 1), "5 chars": (0, 1)}


def test_without_clean_documents_harm_is_counted_on_the_others() -> None:
    found = scoring.score(run_of("他们谈谈具身智能和人形机器人。"), Track("a", "dev", (), ((LINE,),)))
    assert (found.recall, found.false) == (100.0, 1)


def test_the_baseline_takes_the_likest_term_and_leaves_terms_alone() -> None:
    windows = window.build_windows(["具身智能", "人形机器人", "智能"])
    assert window.correct_windows("聚生智能，人行机器人，智能", windows) == "具身智能，人形机器人，智能"
    assert window.correct_windows("AB 12", windows) == "AB 12"


def test_a_missing_peer_is_left_out_with_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "find_spec", lambda _: None)
    for name, tool in tools.TOOLS.items():
        if tool.modules:
            with pytest.raises(Skipped, match=r"no module \w+; pip install "):
                tools.check(tool)
        else:
            assert name in ("ours", "ours-alone", "window")


def test_tools_that_read_line_by_line_stop_when_time_is_up() -> None:
    lines = [["聚生智能。"] * 50]
    job = {"tool": "window", "terms": ["具身智能"], "packs": [], "seconds": -1.0, "halves": [lines, []]}
    assert cell.work(job).spoilt == ()
    job["seconds"] = 60.0
    assert {answer.text for answer in cell.work(job).spoilt} == {"具身智能。"}


def test_the_real_tracks_have_mistakes_in_their_place() -> None:
    found = 0
    for name, make in tracks.TRACKS.items():
        try:
            track = make()
        except Skipped:
            continue
        found += 1
        lines = [line for lines in track.spoilt for line in lines]
        assert track.split == ("dev" if name in ("talk", "tech", "speech-news") else "test")
        assert all(mistake.right in track.terms or name == "railway" for line in lines for mistake in line.mistakes)
        assert bool(lines) != bool(track.clean)
    if not found:
        pytest.skip("the real transcripts are not here")


@pytest.mark.parametrize(
    ("arguments", "tracked", "used"),
    [
        ([], len(SIZES) + len(tracks.TRACKS), len(tools.TOOLS)),
        (["--quick"], 1, len(tools.TOOLS)),
        (["--tracks", "talk,wiki", "--tools", "ours"], 2, 1),
        (["--tracks", "synthetic", "--sizes", "50,2_000"], 2, len(tools.TOOLS)),
    ],
)
def test_the_command_line_chooses(arguments: list[str], tracked: int, used: int) -> None:
    plan = read_plan(arguments)
    assert (len(plan.tracks), len(plan.tools), plan.json) == (tracked, used, None)


@pytest.mark.parametrize(
    "arguments", [["--tools", "theirs"], ["--tracks", "talks"], ["--sizes", "3"], ["--sizes", "x"]]
)
def test_what_is_not_known_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_plan(arguments)
    assert f"argument {arguments[0]}" in capsys.readouterr().err


def cells_of(track: Track, *runs: tuple[str, Run | str]) -> list[results.Cell]:
    return [results.cell_of(tool, track, 50, outcome) for tool, outcome in runs]


def test_results_are_kept_and_measured_anew_one_by_one(tmp_path: Path) -> None:
    track = Track("a", "dev", (), ((LINE,),))
    cells = cells_of(track, ("window", run_of(LINE.heard)), ("ours", "gave up after 9 s"))
    path = tmp_path / "results.json"
    assert results.read_cells(path) == []
    results.write_cells(cells, path)
    assert results.read_cells(path) == cells
    (new,) = cells_of(track, ("ours", run_of(LINE.right)))
    assert results.with_cell(cells, new) == [cells[0], new]
    assert new.score is not None
    assert new.score.recall == 100.0


def test_a_report_has_a_row_for_each_tool_and_a_reason_where_there_is_no_figure() -> None:
    track = Track("a", "dev", (), ((LINE,),))
    late = ("ours-alone", "gave up after 9 s")
    cells = cells_of(track, ("window", run_of(LINE.heard)), late, ("ours", run_of(LINE.right)))
    rows = report.synthetic_table(sorted(cells, key=lambda one: one.tool)).splitlines()[2:]
    assert [row.split(" | ")[1:5] for row in rows] == [
        ["Zimu", "100.0", "100.0", "0.0"],
        ["Zimu, each line alone", "gave up after 9 s", "–", "–"],
        ["window + rapidfuzz ≥ 90", "0.0", "0.0", "0.0"],
    ]
    text = report.report(cells, ["no peers", "no peers"])
    assert text.count("* no peers") == 1
    assert text.index("| 50 | Zimu |") < text.index("| 50 | Zimu, each line alone |") < text.index("| 50 | window")


def test_a_cell_comes_back_from_plain_data_that_has_its_rates() -> None:
    track = Track("a", "dev", (), ((LINE,),))
    for one in cells_of(track, ("window", run_of(LINE.right)), ("ours", "gave up after 9 s")):
        row = json.loads(json.dumps(results.plain(one)))
        assert results.cell_from(row) == one
        assert row["recall"] == (100.0 if one.score else None)
        assert row["title"] == tools.TOOLS[one.tool].title


def test_nothing_to_measure_is_a_failure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(tools, "find_spec", lambda _: None)
    assert main(["--quick", "--tools", "phonofix"]) == 1
    assert "phonofix ChineseEngine: no module phonofix; pip install" in capsys.readouterr().out


def test_the_command_prints_what_it_measured() -> None:
    command = [sys.executable, "-m", "benchmarks.correctors", "--quick", "--tools", "ours,window"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = {row.split(" | ")[1]: row.split(" | ") for row in done.stdout.splitlines() if row.startswith("| 50 |")}
    assert set(rows) == {"Zimu", "window + rapidfuzz ≥ 90"}
    table = done.stdout.split("### Made mistakes")[1].split("\n\n")[1].splitlines()
    ours, theirs = (dict(zip(table[0].split(" | "), row.split(" | "), strict=True)) for row in table[2:])
    assert float(ours["false / 10k"]) <= float(theirs["false / 10k"])
    assert float(ours["recall %"]) > 50
