"""`zimu models`: which models there are, where each is, whether it is whole; the one command that only downloads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.command import Call, Command
from toolkit.errors import UsageError

if TYPE_CHECKING:
    from toolkit.catalog import Model
    from toolkit.model_files import Fault

ACTIONS = ("list", "path", "verify", "fetch")

FAULTY = 1
"""Exit code when a model is not what it should be."""

_NARROWEST = 20
"""Columns below which no text is broken any further."""

SHIPPED, CACHED, ABSENT = "shipped", "in the cache", "not here"


@dataclass(frozen=True)
class Placed:
    """A model of the catalog and where it is; ``size`` in bytes, about right where it is not here to be measured."""

    name: str
    kind: str
    about: str
    size: int
    measured: bool
    licence: str
    source: str
    where: str
    folder: str


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a model's files; ``checked`` says whether there were checksums, or only their form to see."""

    name: str
    folder: str
    checked: str
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def work_on_models(call: Call) -> int:
    """List the models, or tell about those named."""
    action, names = (call.inputs[0], call.inputs[1:]) if call.inputs else ("list", ())
    if action not in ACTIONS:
        problem = f"models can be asked to {', '.join(ACTIONS)}; not '{action}'"
        raise UsageError(problem, fix=f"zimu models path {action}")
    if action == "list" and names:
        raise UsageError("'list' takes no names", fix=f"zimu models path {names[0]}")
    if action in ("path", "fetch") and len(names) != 1:
        raise UsageError(f"'{action}' takes the name of one model", fix=f"zimu models {action} small")
    if action == "list":
        return _list(call)
    if action == "verify":
        return _verify(call, names)
    return _locate(call, names[0], allow_download=action == "fetch")


def placed(model: Model) -> Placed:
    """The model with its place on this machine."""
    from toolkit.weights import folder_here

    folder = folder_here(model.name)
    where = ABSENT if folder is None else SHIPPED if model.ships else CACHED
    size = _bytes_in(folder) if folder and not model.ships else model.size
    facts = (model.name, model.kind, model.about, size, bool(folder), model.licence, model.source)
    return Placed(*facts, where, str(folder or ""))


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


def _list(call: Call) -> int:
    from toolkit.catalog import catalog
    from toolkit.cli.report import print_json

    models = [placed(model) for model in catalog().values()]
    if call.on("json"):
        print_json({"command": "models", "ok": True, "models": [asdict(model) for model in models]})
        return 0
    print("\n".join(_table(models, _room())))
    return 0


def _room() -> int:
    """Columns that there are: of the terminal, or 80."""
    from shutil import get_terminal_size

    return max(get_terminal_size().columns, _NARROWEST)


def shown_size(model: Placed) -> str:
    """Megabytes, with a ``~`` where they are not those of files that are here.

    >>> shown_size(Placed("small", "speech", "", 484_000_000, False, "MIT", "", "not here", ""))
    '~484 MB'
    """
    return f"{'' if model.measured else '~'}{max(1, round(model.size / 1e6))} MB"


def _table(models: Sequence[Placed], columns: int) -> Iterator[str]:
    """A row for each model; where that has no room, its name, and the rest below it."""
    from toolkit.cli.width import width, wrap

    cells = [(model.name, model.kind, shown_size(model), model.licence, model.where) for model in models]
    rows = [_row("model", "kind", "size", "licence", "where"), *(_row(*each) for each in cells)]
    if max(map(width, rows)) <= columns:
        yield from rows
        return
    for name, *facts in cells:
        yield from wrap(name, columns)
        yield from (f"  {line}" for line in wrap(", ".join(facts), columns - 2))


def _row(*cells: str) -> str:
    from toolkit.cli.width import pad

    name, kind, size, licence, where = cells
    return f"{pad(name, 19)} {pad(kind, 9)} {size:>8}  {pad(licence, 18)} {where}"


def _locate(call: Call, name: str, *, allow_download: bool) -> int:
    """Print the folder of a model, downloaded first where that is asked for."""
    from toolkit.catalog import LANGUAGE, catalog
    from toolkit.cli.report import print_json
    from toolkit.weights import find_model

    model = catalog().get(name)
    if model is not None and model.kind == LANGUAGE:
        folder = _folders([name])[name]
    else:
        folder = find_model(name, allow_download=allow_download)
    if call.on("json"):
        print_json({"command": "models", "ok": True, "name": name, "folder": str(folder)})
    else:
        print(folder)
    return 0


def _verify(call: Call, names: Sequence[str]) -> int:
    from toolkit.cli.report import print_json

    verdicts = [_verdict(name, folder) for name, folder in _folders(names).items()]
    code = 0 if all(verdict.ok for verdict in verdicts) else FAULTY
    if call.on("json"):
        models = [{**asdict(verdict), "ok": verdict.ok} for verdict in verdicts]
        print_json({"command": "models", "ok": code == 0, "exit_code": code, "models": models})
        return code
    for verdict in verdicts:
        print("\n".join(_told(verdict, min(_room(), 80))))
    return code


def _folders(names: Sequence[str]) -> dict[str, Path]:
    """Name → folder; all that are on this machine where none is named."""
    from toolkit.catalog import catalog
    from toolkit.weights import find_model, folder_here

    here = {name: folder_here(name) for name in catalog() if not names}
    found = {name: folder for name, folder in here.items() if folder is not None}
    for name in names:
        path = Path(name).expanduser()
        folder = path if path.is_dir() else folder_here(name)
        found[name] = folder if folder is not None else find_model(name)  # which says why there is none
    return found


def _verdict(name: str, folder: Path) -> Verdict:
    model = _listed(folder)
    return Verdict(name, str(folder), "checksums" if model else "form", tuple(_faults(model, folder)))


def _listed(folder: Path) -> Model | None:
    """The model that ships in this folder, None where none does."""
    from toolkit.catalog import catalog, shipped_folder

    here = folder.resolve()
    return next((each for each in catalog().values() if each.files and shipped_folder(each).resolve() == here), None)


def _faults(model: Model | None, folder: Path) -> Iterator[Fault]:
    from toolkit.catalog import LANGUAGE
    from toolkit.model_files import changed_files, deep_faults

    changed = list(changed_files(folder, model)) if model else []
    yield from changed
    if not changed and (model is None or model.kind != LANGUAGE):
        yield from deep_faults(folder)


def _told(verdict: Verdict, columns: int) -> list[str]:
    from toolkit.cli.width import wrap

    if verdict.ok:
        looked = "as the catalog says" if verdict.checked == "checksums" else "whole, as far as can be seen"
        return [f"✓ {verdict.name}: {looked}"]
    lines = [f"✗ {verdict.name}"] + ([f"  {verdict.folder}"] if verdict.folder != verdict.name else [])
    for fault in verdict.faults:
        lines += [f"    {line}" for line in wrap(fault.problem, columns - 4)]
        lines += [f"    {' ' if number else '→'} {line}" for number, line in enumerate(wrap(fault.fix, columns - 6))]
    return lines


MODELS = Command(
    usage="models [list | path NAME | verify [NAME|FOLDER...] | fetch NAME]",
    about="Lists the models that Zimu knows by name: those that ship with it, and the sizes of Whisper, with the place "
    "of each. 'path' prints a model's folder. 'verify' says whether the files of a model are all there and whole, with "
    "checksums for what ships, and ends with 1 where they are not; without a name it looks at all that are here. "
    "'fetch' downloads a model into the hub's cache unless it is there; it alone uses the network.",
    run=work_on_models,
    examples=(
        ("zimu models", "list them"),
        ("zimu models fetch small", "so that it is there when the network is not"),
        ("zimu models verify ~/models/whisper-large-v3", "a folder that was carried over"),
    ),
)
"""The command ``zimu models``."""
