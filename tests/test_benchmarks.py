"""One run of all benchmarks: what it keeps, which blocks of the page it writes and which it leaves, and the plot."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # benchmarks are run from the root and not installed

from benchmarks import __main__ as program  # noqa: E402
from benchmarks.batch import growth, pick  # noqa: E402
from benchmarks.correctors.results import cell_of, plain  # noqa: E402
from benchmarks.correctors.values import Answer, Line, Mistake, Run, Track  # noqa: E402
from benchmarks.hearing import SHIPPED, TALK, Cost  # noqa: E402
from benchmarks.hearing import figures as hearing_figures  # noqa: E402
from benchmarks.long_recording import repeat  # noqa: E402
from benchmarks.publish import history, page, plot, tables  # noqa: E402
from benchmarks.publish.blocks import marks, replace_block  # noqa: E402
from benchmarks.publish.history import Record, Result  # noqa: E402
from benchmarks.publish.page import Place  # noqa: E402
from benchmarks.publish.parts import PARTS, Part, run_part  # noqa: E402
from toolkit.errors import InputError  # noqa: E402
from toolkit.media import RATE, blocks, duration  # noqa: E402

MACHINE = {"processor": "Abacus", "cores": 2, "system": "Linux 6.1", "python": "3.11.7"}
VERSIONS = {"zimu-toolkit": "0.1.0", "faster-whisper": "1.2.1", "ctranslate2": "4.8.5"}
LINE = Line("谈谈聚生智能。", "谈谈具身智能。", (Mistake(2, 6, "具身智能"),))


def a_run(*texts: str) -> Run:
    return Run(1.0, 2.0, 100, 50.0, tuple(Answer(0, line, text) for line, text in enumerate(texts)), ())


def rows() -> list[dict[str, object]]:
    spoilt = Track("synthetic", "dev", (), ((LINE,),))
    clean = Track("clean", "dev", (), clean=((Line("好。", "好。"),),))
    cells = [cell_of("ours", spoilt, 50, a_run(LINE.right)), cell_of("window", spoilt, 50, a_run(LINE.heard))]
    found: list[dict[str, object]] = json.loads(
        json.dumps([plain(cell) for cell in [*cells, cell_of("ours", clean, 0, a_run())]])
    )
    return found


FIGURES: dict[str, dict[str, object]] = {
    "startup": {"runs": 3, "cases": [{"command": "zimu --help", "milliseconds": 101.4, "times_empty": 3.04}]},
    "hearing": {
        "model": "zimu-tiny",
        "recording": "ceremony.opus",
        "sound_seconds": 104.3,
        "threads": 2,
        "rounds": 3,
        "cases": [{"case": "zimu run", "seconds": 10.0, "times_bare": 1.25, "peak_mib": 300.4}],
    },
    "length": {
        "model": "random weights",
        "rounds": 3,
        "threads": 2,
        "short": {"minutes": 10, "peak_mib": 300.2, "seconds": 13.0},
        "long": {"minutes": 600, "peak_mib": 360.4, "seconds": 700.0},
    },
    "bilingual": {
        "pairs": 2,
        "sentences": 60,
        "cues": 1600,
        "right": 1592,
        "worst_share": 0.98,
        "milliseconds_a_pair": 9.6,
    },
    "workers": {
        "model": "zimu-tiny",
        "recording": "a.opus",
        "copies": 4,
        "rounds": 3,
        "one_seconds": 30.0,
        "two_seconds": 20.0,
    },
    "calm": {
        "files": 11,
        "workers": 2,
        "seconds": 1.0,
        "cpu_milliseconds_a_file": 31.2,
        "worker_milliseconds_a_file": 4.0,
        "worker_mib": [[100.0, 101.0], [100.0, 99.5]],
    },
    "accident": {"files": 11, "workers": 5, "kills": 3, "run_killed": True, "again_seconds": 0.5},
    "correctors": {"rows": rows()},
    "gleaning": {
        "rows": [{"material": "P11", "true": 68, "recall": 89.7, "proposed": 69, "precision": 89.9}],
        "mined": {"first": 20, "of_several_spellings": 2, "places": [1, 2, 9]},
    },
}
"""Small figures of every part that has a block."""

SHOWN = {
    "startup": "| `zimu --help` | 101 ms | 3.0 |",
    "hearing": "| zimu run | 10.0 | 1.25 | 10.4 | 300 |",
    "length": "10 hours of sound took 60 MiB more at the peak than 10 minutes: 360 MiB beside 300, the median of 3",
    "bilingual": "Of 2 pairs of 60 sentences, 1,600 cues, 99.50 % were paired right, 98.0 % of the worst pair; 10 ms",
    "workers": "30.0 s with one worker, 20.0 s with two, which are 1.50 × as fast",
    "calm": "31 ms of the CPU a file, the start of workers and all else counted in; 4 ms by the worker's clock",
    "accident": "on 5 workers, of which up to 3 were killed in each run and then the run itself",
    "correctors": "| 50 | Zimu | 100.0 | 100.0 | 0.0 |",
    "gleaning": "| a talk about robots | 68 | 89.7 % | 69 | 89.9 % |",
}


def a_record(when: str = "2026-11-28T04:20:00+00:00", **parts: Result) -> Record:
    return Record(when, history.MEASURED, "e4b4b06", MACHINE, VERSIONS, parts)


def whole(name: str) -> Result:
    return Result(1.5, 0, FIGURES[name])


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A page with an old block for each part."""
    made = Place(tmp_path / "page.md", tmp_path / "plot.svg", tmp_path / "history")
    blocks = "\n".join(f"{marks(name)[0]}\nold {name}\n{marks(name)[1]}" for name in tables.RENDERERS)
    made.page.write_text(f"before\n{blocks}\nafter\n", encoding="utf-8")
    made.history.mkdir()
    return made


def measuring(monkeypatch: pytest.MonkeyPatch, answer: Callable[[Part], Result]) -> None:
    """Let parts answer without being run."""
    monkeypatch.setattr(program, "run_part", lambda part, *_, **__: answer(part))


@pytest.mark.parametrize(
    "text",
    [
        "no marks",
        "{begin}\nold\n",
        "{end}\n{begin}\nold\n",
        "{begin}\nold\n{end}\n{begin}\nold\n{end}\n",
        "{begin}\n{begin}\nold\n{end}\n",
        "{end}\n{begin}\nold\n{end}\n",
    ],
)
def test_a_page_without_a_block_of_its_own_is_refused(text: str) -> None:
    begin, end = marks("x")
    with pytest.raises(InputError, match="the block 'x' is not there once") as caught:
        replace_block(text.format(begin=begin, end=end), "x", "new", where="page.md")
    assert "page.md" in str(caught.value)


def test_a_block_is_replaced_and_nothing_else() -> None:
    one, other = ("\n".join((marks(name)[0], "old", marks(name)[1])) for name in ("x", "y"))
    found = replace_block(f"a\n{one}\nb\n{other}\nc\n", "x", "new\n")
    assert found == f"a\n{marks('x')[0]}\n\nnew\n\n{marks('x')[1]}\nb\n{other}\nc\n"
    assert replace_block(found, "x", "new") == found


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    record = a_record(startup=whole("startup"), gleaning=Result(0.1, 0, {"missing": ["not here"]}))
    path = history.write_record(record, tmp_path / "history")
    assert path.name == "2026-11-28-042000-e4b4b06.json"
    assert history.read_record(path) == record
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_record_that_begins_here_says_where_that_is() -> None:
    record = history.begin_record()
    assert set(record.machine) == {"processor", "cores", "system", "python"}
    assert all(record.machine.values())
    assert {"zimu-toolkit", "faster-whisper", "ctranslate2", "rapidfuzz"} <= set(record.versions)
    assert record.date.endswith("+00:00")


def test_outside_a_repository_there_is_no_commit(tmp_path: Path) -> None:
    assert history.find_commit(tmp_path / "nowhere") == ""


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"date": "2026-11-28", "parts": {"startup": {"speed": 1}}}'])
def test_a_file_that_is_no_record_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="no record of a run") as caught:
        history.read_history(tmp_path)
    assert "a.json" in str(caught.value)


def test_the_last_whole_figures_count() -> None:
    old = a_record("2026-11-26T00:00:00+00:00", gleaning=whole("gleaning"))
    new = a_record("2026-11-27T00:00:00+00:00", gleaning=whole("gleaning"))
    partial = a_record("2026-11-28T00:00:00+00:00", gleaning=Result(1.0, 0, {"rows": [], "missing": ["a"]}))
    failed = a_record("2026-11-29T00:00:00+00:00", gleaning=Result(1.0, 1))
    taken = replace(a_record("2026-11-30T00:00:00+00:00", gleaning=whole("gleaning")), source="taken over")
    records = [new, taken, old, partial, failed]
    assert history.latest(records, "gleaning") is new
    assert history.latest(records, "gleaning", measured=False) is taken
    assert history.latest(records, "startup") is None


@pytest.mark.parametrize("name", tables.RENDERERS)
def test_a_block_shows_the_figures_and_when_and_where_they_were_measured(name: str) -> None:
    (part,) = [part for part in PARTS if part.name == name]
    text = tables.block(a_record(**{name: whole(name)}), name, part.versions)
    assert SHOWN[name] in text
    assert (
        "Measured on 28 November 2026: Abacus, 2 cores, Linux 6.1, Python 3.11.7; zimu-toolkit 0.1.0 (e4b4b06)" in text
    )
    assert ("faster-whisper 1.2.1" in text) is (name in ("hearing", "length", "workers"))


def test_a_run_writes_its_blocks_and_leaves_those_that_it_could_not_measure(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking = Result(0.2, 0, {**FIGURES["correctors"], "missing": ["phonofix: no module phonofix"]})
    results = {"correctors": lacking, "accident": Result(1.0, 1), "queue": Result(1.0, 0, {"rows": []})}
    measuring(monkeypatch, lambda part: results.get(part.name) or whole(part.name))
    assert program.main([], place) == 1
    text = place.page.read_text(encoding="utf-8")
    assert {name for name in tables.RENDERERS if f"old {name}\n" in text} == {"correctors", "accident"}
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert not place.picture.exists()
    told = capsys.readouterr().out
    assert "correctors: 0 s, its block is left as it was: phonofix: no module phonofix\n" in told
    assert "accident: 1 s, its block is left as it was: it ended with exit code 1 and no figures\n" in told
    assert "queue: 1 s, kept in the history\n" in told
    (record,) = history.read_history(place.history)
    assert list(record.parts) == [part.name for part in PARTS]
    assert record.parts["correctors"] == lacking


def test_the_same_history_gives_the_same_page_and_picture(place: Place) -> None:
    record = a_record(startup=whole("startup"), correctors=whole("correctors"))
    history.write_record(record, place.history)
    assert program.main(["--draw"], place) == 0
    first = place.page.read_bytes(), place.picture.read_bytes()
    assert program.main(["--draw"], place) == 0
    assert (place.page.read_bytes(), place.picture.read_bytes()) == first
    assert SHOWN["correctors"] in first[0].decode()


def test_a_quick_run_writes_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = place.page.read_bytes()
    measuring(monkeypatch, lambda part: whole(part.name))
    assert program.main(["--quick", "startup"], place) == 0
    assert (place.page.read_bytes(), list(place.history.iterdir())) == (before, [])
    assert "startup: 2 s, works" in capsys.readouterr().out


def test_an_interrupted_run_keeps_what_it_had_measured(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(part: Part) -> Result:
        if part.name == "hearing":
            raise KeyboardInterrupt
        return whole(part.name)

    measuring(monkeypatch, answer)
    assert program.main(["startup", "hearing", "bilingual"], place) == 130
    (record,) = history.read_history(place.history)
    assert list(record.parts) == ["startup"]
    assert SHOWN["startup"] in place.page.read_text(encoding="utf-8")


def test_a_page_without_marks_is_told_before_anything_is_measured(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place.page.write_text("# Benchmarks\n", encoding="utf-8")
    measuring(monkeypatch, lambda _: pytest.fail("it measured"))
    assert program.main([], place) == 2
    assert "the block 'startup' is not there once" in capsys.readouterr().err


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        program.main(["speed"])
    assert caught.value.code == 2
    assert "no part 'speed': choose from startup, hearing" in capsys.readouterr().err


def test_a_part_runs_in_a_process_of_its_own(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    found = run_part(Part("queue", ("benchmarks/queue_of_files.py",), quick=("--hours", "1")), tmp_path, quick=True)
    assert (found.exit_code, found.missing) == (0, ())
    assert found.figures is not None
    assert len(found.figures["rows"]) == 4
    assert "| 1 | 1 GPU |" in capfd.readouterr().out
    broken = run_part(Part("queue", ("benchmarks/queue_of_files.py",), whole=("--hours", "x")), tmp_path / "none")
    assert (broken.exit_code, broken.figures) == (2, None)


def test_the_plot_has_a_panel_for_each_track_and_a_mark_for_each_tool_in_it() -> None:
    titles = ["Zimu", "a & b", "<c>"]
    found = [
        {"tool": str(tool), "title": title, "track": track, "split": "test", "size": size, "recall": 50.0 + tool}
        | {"false_per_10k": 10.0**tool - 1}
        for track, size in (("synthetic", 50), ("synthetic", 1000), ("talk", 0))
        for tool, title in enumerate(titles)
    ]
    clean = {**found[0], "track": "wiki", "size": 0, "recall": None}
    drawn = plot.plot([*found, clean], "28 November 2026")
    assert drawn == plot.plot([*found, clean], "28 November 2026")
    svg = ElementTree.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    texts = [text.text for text in svg.iter(f"{space}text")]
    assert [texts.count(title) for title in titles] == [1, 1, 1]
    assert {"made mistakes, 50 terms", "made mistakes, 1,000 terms", "talk (test)"} <= set(texts)
    assert not any("wiki" in str(text) for text in texts)
    told = [title.text for title in svg.iter(f"{space}title")]
    assert told.count("a & b: recall 51.0 %, false 9.0 / 10k") == 3
    assert len(told) == 1 + 3 * 3 + 3


def test_marks_stand_where_their_figures_are() -> None:
    assert plot.across(0) == plot.across(0.05) < plot.across(0.1) < plot.across(1) < plot.across(1e5) < plot.WIDTH
    assert plot.across(100) - plot.across(10) == pytest.approx(plot.across(10) - plot.across(1))
    assert 0 < plot.upward(100) < plot.upward(50) < plot.upward(0) < plot.HEIGHT


def test_the_page_and_its_picture_show_what_the_history_holds() -> None:
    records = history.read_history(Place().history)
    text = Place().page.read_text(encoding="utf-8")
    page.check_page(Place())
    assert page.drawn_page(text, records) == text, "docs/benchmarks.md is stale: python -m benchmarks --draw"
    assert page.drawn_picture(records) == Place().picture.read_text(encoding="utf-8")
    assert f"(pictures/{Place().picture.name})" in text


def test_what_was_taken_over_is_what_was_published() -> None:
    record = history.read_record(Place().history / "2026-11-27-published.json")
    assert (record.source != history.MEASURED, record.day) == (True, "27 November 2026")
    figures = record.parts["correctors"].figures
    assert figures is not None
    assert len(figures["rows"]) == 7 * (4 + 3 + 5)
    ours = {(row["track"], row["size"]): row for row in figures["rows"] if row["tool"] == "ours"}
    assert (ours["synthetic", 50]["recall"], ours["synthetic", 100_000]["false_per_10k"]) == (98.4, 3.0)
    assert (ours["railway", 0]["repaired"], ours["railway", 0]["mistakes"]) == (65, 217)


def is_program(path: Path) -> bool:
    return (path.suffix == ".py" and not path.stem.startswith("__")) or (path / "__main__.py").exists()


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "benchmarks").iterdir() if is_program(path)))
def test_every_benchmark_is_on_the_page_about_them_and_in_the_run_of_all(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert any(word in (f"benchmarks/{name}", f"benchmarks.{name}") for part in PARTS for word in part.program)


def test_the_makefile_runs_all_benchmarks() -> None:
    assert "\n\t$(RUN) -m benchmarks\n" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_ratios_to_bare_recognition_are_taken_round_by_round() -> None:
    costs = {
        "faster-whisper": [Cost(1.0, 100.0), Cost(2.0, 90.0), Cost(4.0, 80.0)],
        "zimu run": [Cost(2.0, 120.0), Cost(3.0, 150.0), Cost(4.0, 110.0)],
    }
    bare, ours = hearing_figures(costs)["cases"]
    assert (bare["seconds"], bare["times_bare"], bare["peak_mib"]) == (2.0, 1.0, 100.0)
    assert (ours["seconds"], ours["times_bare"], ours["peak_mib"]) == (3.0, 1.5, 150.0)


def test_recognition_is_measured_with_what_ships_unless_told_otherwise(tmp_path: Path) -> None:
    assert pick(tmp_path, shipped=True) == SHIPPED
    assert SHIPPED[1].is_file()
    assert (SHIPPED[0] / "model.bin").is_file()
    model, recording = pick(tmp_path, shipped=False)
    assert (model / "model.bin").is_file()
    assert recording == TALK


def test_a_recording_is_repeated_without_a_gap(tmp_path: Path) -> None:
    path = repeat(TALK, tmp_path / "long.mka", 2)
    sound = sum(len(block.samples) for block in blocks(path)) / RATE
    assert sound == pytest.approx(3 * duration(TALK) / 1000, abs=0.05)
    assert duration(path) / 1000 == pytest.approx(sound, abs=0.05)


def test_growth_of_memory_is_from_the_second_quarter_to_the_last() -> None:
    assert growth([[1024] * 10 + [2048] * 10 + [3072] * 10 + [4096] * 10]) == [(2.0, 4.0)]
    assert growth([]) == []
    assert json.dumps(growth([[1024] * 40])) == "[[1.0, 1.0]]"
