"""The house keeps its own rules: sizes, floors, where libraries and words may be; offenders are named."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import house
import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = house.read_sources(ROOT, "toolkit")
EVERYTHING = house.read_sources(ROOT, "toolkit", "tests", "examples", "benchmarks", "docs", "models")


def none_of(offenders: list[str]) -> None:
    """Fail with the offenders, a line each."""
    if offenders:
        pytest.fail("\n".join(offenders), pytrace=False)


def body_of(lines: int) -> str:
    return 'def f():\n    """Says so."""\n' + "    x = 1\n" * lines


def test_files_are_short() -> None:
    none_of(house.long_files(PACKAGE))
    none_of([line for line in house.long_files(EVERYTHING) if int(line.split()[1]) > house.MAX_FILE])


def test_functions_are_short() -> None:
    none_of(house.long_functions(PACKAGE))


def test_functions_have_few_parameters() -> None:
    none_of(house.many_parameters(PACKAGE))


def test_every_file_opens_with_a_sentence() -> None:
    none_of(house.without_sentence(EVERYTHING))


def test_imports_point_down_and_libraries_stay_at_home() -> None:
    none_of(house.homeless(PACKAGE))
    none_of(house.wrong_imports(PACKAGE))


def test_only_the_command_line_talks() -> None:
    none_of(house.talking(PACKAGE))


def test_no_file_names_a_folder_of_this_machine() -> None:
    none_of(house.machine_paths(house.project_texts(ROOT)))


def test_the_command_line_loads_no_heavy_library() -> None:
    code = f"import sys, toolkit.cli; print(*[name for name in {house.HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    none_of(done.stdout.split())


def test_test_files_have_names_of_their_own_and_are_no_package() -> None:
    names = Counter(path.name for path in (ROOT / "tests").rglob("*.py"))
    none_of([name for name, count in names.items() if count > 1 and name != "conftest.py"])
    assert "__init__.py" not in names


def test_there_is_about_a_line_of_test_for_a_line_of_code(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Counter(path.partition("/")[0] for path, text in EVERYTHING.items() for _ in text.splitlines())
    with capsys.disabled():
        sys.stdout.write(f"\n{lines['tests']} lines of tests for {lines['toolkit']} lines of code\n")
    assert lines["tests"] > 0.6 * lines["toolkit"]


@pytest.mark.parametrize(
    ("lengths", "offenders"),
    [
        ([400, 10, 10], []),
        ([401, 10, 10], ["toolkit/0.py: 401 lines (median 10)"]),
        ([150, 150, 10], []),
        ([152, 151, 10], ["toolkit/0.py: 152 lines (median 151)"]),
        ([], []),
    ],
)
def test_long_files_are_caught(lengths: list[int], offenders: list[str]) -> None:
    sources = {f"toolkit/{number}.py": "x = 1\n" * lines for number, lines in enumerate(lengths)}
    assert house.long_files(sources) == offenders


@pytest.mark.parametrize(
    ("bodies", "offenders"),
    [
        ([60] + [1] * 9, []),
        ([61] + [1] * 9, ["toolkit/0.py:1 f: 61 lines"]),
        ([26, 26] + [1] * 8, ["toolkit/0.py:1 f: 26 lines", "toolkit/1.py:1 f: 26 lines"]),
        ([25, 25] + [1] * 8, []),
        ([0], []),
    ],
)
def test_long_functions_are_caught(bodies: list[int], offenders: list[str]) -> None:
    sources = {f"toolkit/{number}.py": body_of(lines) for number, lines in enumerate(bodies)}
    assert house.long_functions(sources) == offenders


@pytest.mark.parametrize(
    ("source", "many"),
    [
        ("def f(a, b, c, d, e): ...", False),
        ("def f(a, b, c, d, e, f): ...", True),
        ("class C:\n    def f(self, a, b, c, d, e): ...", False),
        ("class C:\n    async def f(self, a, /, b, *c, d, e, **f): ...", True),
        ("class C:\n    @classmethod\n    def f(cls, a, *, b, c, d, e): ...", False),
    ],
)
def test_many_parameters_are_caught(source: str, many: bool) -> None:
    assert bool(house.many_parameters({"toolkit/a.py": source})) == many


@pytest.mark.parametrize(
    ("source", "opens"),
    [
        ('"""Cut a cue in two."""', True),
        ('"""Zimu 字幕: speech to subtitles.\n\nMore of it.\n"""', True),
        ('"""Cut a cue in two"""', False),
        ('"""Cut a cue in two,\nand join two.\n"""', False),
        ('"""\nCut a cue in two.\n"""', True),
        ('"""cut a cue in two."""', False),
        ("import ast", False),
        ("", False),
    ],
)
def test_files_without_a_sentence_are_caught(source: str, opens: bool) -> None:
    assert bool(house.without_sentence({"toolkit/a.py": source})) != opens


@pytest.mark.parametrize(
    ("path", "source", "fault"),
    [
        ("cues.py", "import toolkit.errors", ""),
        ("cues.py", "from toolkit.profile import Profile", "floor 1 is above floor 0"),
        ("formats/srt.py", "def f():\n    from toolkit.correct import correct", "floor 2 is above floor 1"),
        ("formats/srt.py", "from toolkit import pipeline", "floor 3 is above floor 1"),
        ("formats/srt.py", "from .. import pipeline", "floor 3 is above floor 1"),
        ("formats/srt.py", "from ..pipeline import run", "floor 3 is above floor 1"),
        ("formats/__init__.py", "from .srt import parse", ""),
        ("formats/srt.py", "from toolkit import __version__", ""),
        ("journal.py", "from toolkit.transcribe import Mark", ""),
        ("correct/__init__.py", "from toolkit.segment import segment", "stages do not know each other"),
        ("correct/__init__.py", "from toolkit.correct.engine import find_edits", ""),
        ("pipeline.py", "from toolkit.cli.report import show", "floor 4 is above floor 3"),
        ("pipeline.py", "import toolkit.elsewhere", "floor 5 is above floor 3"),
        ("cli/__init__.py", "import toolkit.pipeline, toolkit.review", ""),
        ("sounds.py", "import pypinyin.style", ""),
        ("correct/index.py", "from rapidfuzz import fuzz", ""),
        ("lexicon.py", "import pypinyin", "only correct, sounds may"),
        ("formats/srt.py", "import pysrt", ""),
        ("formats/vtt.py", "import pysrt", "only formats.srt may"),
        ("pipeline.py", "def f():\n    import faster_whisper", "only transcribe may"),
        ("transcribe/whisper.py", "from ctranslate2.models import Whisper", ""),
        ("weights.py", "from importlib.util import find_spec\nfind_spec('faster_whisper')", ""),
    ],
)
def test_wrong_imports_are_caught(path: str, source: str, fault: str) -> None:
    others = dict.fromkeys(("toolkit/__init__.py", "toolkit/pipeline.py", "toolkit/formats/__init__.py"), "")
    found = house.wrong_imports(others | {f"toolkit/{path}": source})
    assert [line.partition(": ")[2] for line in found] == ([fault] if fault else [])


def test_rooms_without_a_floor_are_caught() -> None:
    assert house.homeless({"toolkit/cues.py": "", "toolkit/attic/a.py": "", "toolkit/__init__.py": ""}) == ["attic"]


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("print('x')", "print"),
        ("import sys\nsys.argv[1]", "sys.argv"),
        ("import sys\nsys.stderr.write('x')", "sys.stderr"),
        ("import os\nos.environ['HOME']", "os.environ"),
        ("import os\nos.getenv('HOME')", "os.getenv"),
        ("import logging\nlogging.getLogger('print').warning('print(x)')", ""),
    ],
)
def test_talking_is_caught_everywhere_but_on_the_command_line(source: str, word: str) -> None:
    assert [line.rpartition(" ")[2] for line in house.talking({"toolkit/a.py": source})] == ([word] if word else [])
    assert house.talking({"toolkit/cli/a.py": source}) == []


@pytest.mark.parametrize("folder", ["work", "root", "home", "tmp", "Users"])
def test_folders_of_a_machine_are_caught(folder: str) -> None:
    path = "/" + folder + "/somebody"
    assert house.machine_paths({"a.md": f"first\nsee {path}"}) == [f"a.md:2 see {path}"]
    assert house.machine_paths({"a.py": f"x = '{path}'"})
    assert not house.machine_paths({"a.md": f"https://example.org{path} and ..{path} and a{path}"})


def test_what_git_ignores_is_not_the_project(tmp_path: Path) -> None:
    tmp_path.joinpath(".gitignore").write_text(".venv/\n*.pyc\n")
    for name in (".venv/a.py", ".git/config", "toolkit/a.py", "toolkit/a.pyc"):
        tmp_path.joinpath(name).parent.mkdir(exist_ok=True)
        tmp_path.joinpath(name).write_text("x")
    tmp_path.joinpath("model.bin").write_bytes(b"\xff\x00")
    assert set(house.project_texts(tmp_path)) == {".gitignore", "toolkit/a.py"}
