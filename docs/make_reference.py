"""Write docs/reference.md from the code; ``make docs`` runs it, and a test fails while the page is stale."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import toolkit
from toolkit import errors, formats, lexicon, plugins, profile
from toolkit.cli import COMMANDS, guard, inputs
from toolkit.cli.pages import front_page, page
from toolkit.lint import RULES
from toolkit.toml import parse

PAGE = Path(__file__).parent / "reference.md"

HEAD = """# Reference

Everything here is written from the code by `make docs`; a test fails while it is stale. How to do things is told in
the [other pages](index.md)."""


def reference() -> str:
    """The whole page."""
    parts = [
        HEAD,
        *commands(),
        *options(),
        *profiles(),
        *rules(),
        *formats_table(),
        *lexicon_files(),
        *python_names(),
        *plug_ins(),
        *endings(),
    ]
    return "\n\n".join(parts) + "\n"


def commands() -> Iterator[str]:
    """The front page of help, then the page of each command."""
    yield "## Commands"
    yield fenced(front_page())
    for name in COMMANDS:
        yield f"### zimu {name}"
        yield fenced(page(name))
    yield "### Inputs"
    yield docstring_rest(inputs)


def options() -> Iterator[str]:
    """A table of options for each section of a profile."""
    yield "## Options"
    yield (
        "One name, three places: `beam_size = 1` below `[transcribe]` in a TOML file, `--beam-size 1` on the command "
        'line, `with_values(profile, {"beam_size": 1})` in Python. A switch has two flags, `--vad-filter` and '
        "`--no-vad-filter`."
    )
    for section in fields(profile.Profile):
        specs = [spec for spec in profile.option_specs().values() if spec.section == section.name]
        yield f"### [{section.name}]"
        yield paragraph(getattr(profile.Profile(), section.name))
        yield table(("option", "default", "values", "meaning"), map(option_row, specs))


def profiles() -> Iterator[str]:
    """What each built-in profile sets."""
    names = profile.built_in_profiles()
    read = {name: profile.read_profile(name) for name in names}
    yield "## Profiles"
    specs = [spec for spec in profile.option_specs().values() if spec.section == "segment" and spec.name != "segment"]
    rows = [(code(spec.name), *(shown(getattr(read[name].segment, spec.name)) for name in names)) for spec in specs]
    yield table(("option", *map(code, names)), rows)


def rules() -> Iterator[str]:
    """The rules of `zimu lint`, what each finds, and whether `zimu fix` repairs it."""
    yield "## Rules of lint"
    yield "What `zimu lint` finds, and what of it `zimu fix` repairs. Limits are those of the profile."
    rows = [(code(rule.name), rule.sentence, "yes" if rule.fixable else "") for rule in RULES.values()]
    yield table(("rule", "finds", "repaired"), rows)


def formats_table() -> Iterator[str]:
    """The formats by name, as the table of formats lists them."""
    yield "## Formats"
    yield docstring_rest(formats).split("\n\n")[0]
    yield "What each of them keeps is told in [formats.md](formats.md)."


def lexicon_files() -> Iterator[str]:
    """The keys of a lexicon file, and the packs that ship."""
    yield "## Lexicon files"
    yield (
        "A `[[term]]` table has these keys; only `text` must be given. An alias is text, or a table with the second "
        "list of keys. How to write such a file is told in [own-lexicon.md](own-lexicon.md)."
    )
    for kind, skip in ((lexicon.Term, ("source",)), (lexicon.Alias, ())):
        yield f"**{kind.__name__}.** " + paragraph(kind, 1)
        yield table(("key", "type", "default"), (field_row(entry) for entry in fields(kind) if entry.name not in skip))
    yield table(("pack", "what", "on unless switched off"), map(pack_row, lexicon.pack_names()))


def python_names() -> Iterator[str]:
    """What ``import toolkit`` offers."""
    yield "## Python"
    names = [(name, getattr(toolkit, name)) for name in toolkit.__all__]
    rows = [(code(f"toolkit.{name}{signature(value)}"), paragraph(value)) for name, value in names]
    yield table(("name", "what"), rows)


def plug_ins() -> Iterator[str]:
    """Where third parties plug in."""
    yield "## Plug-in points"
    yield docstring_rest(plugins)


def endings() -> Iterator[str]:
    """Exit codes and the tree of errors."""
    yield "## Exit codes"
    yield docstring_rest(guard)
    yield "## Errors"
    yield docstring_rest(errors)


def option_row(spec: profile.OptionSpec) -> tuple[str, ...]:
    """An option as a row of its table."""
    kind = {bool: "true, false", int: "whole number", float: "number", str: "text"}[spec.kind]
    values = ", ".join(map(code, spec.choices)) or kind
    if spec.limits:
        values += f", {spec.limits[0]:g} to {spec.limits[1]:g}"
    return code(spec.name), shown(spec.default), values + (", several" if spec.many else ""), spec.about


def field_row(entry: Any) -> tuple[str, str, str]:
    """A key of a lexicon file as a row of its table."""
    kind = {"str": "text", "bool": "true, false", "float": "number"}.get(entry.type, "list of texts")
    kind = "list of aliases" if entry.name == "aliases" else kind
    return code(entry.name), kind, "" if entry.name == "text" else shown(entry.default)


def pack_row(name: str) -> tuple[str, str, str]:
    """A pack as a row of its table."""
    document = parse((lexicon.PACKS / f"{name}.toml").read_text(encoding="utf-8"))
    return code(name), str(document["about"]), "yes" if name in lexicon.DEFAULT_PACKS else "no"


def docstring_rest(module: Any) -> str:
    """A module's docstring without its first sentence: its tables as tables, its drawings as drawings."""
    text = inspect.getdoc(module) or ""
    _, _, rest = text.partition("\n\n")
    return "\n\n".join(as_markdown(block) for block in rest.strip("\n").split("\n\n") if block.strip() != "::")


def as_markdown(block: str) -> str:
    """A block of reStructuredText as Markdown: a grid of ``===`` as a table, what is indented as a drawing."""
    lines = block.split("\n")
    if lines[0].startswith("=="):
        return grid(lines)
    if lines[0].startswith("    "):
        return fenced(inspect.cleandoc(block))
    return block.removesuffix("::").rstrip().replace("``", "`")


def grid(lines: list[str]) -> str:
    """A simple table of reStructuredText as one of Markdown; without a head where it has none."""
    edges = [0, *(index + 1 for index, char in enumerate(lines[0]) if char == " " and lines[0][index + 1] == "=")]
    rows = [cells(line, edges) for line in lines if not line.startswith("==")]
    head = rows.pop(0) if lines[2].startswith("==") else ("",) * len(edges)
    return table(head, rows)


def cells(line: str, edges: list[int]) -> tuple[str, ...]:
    """A line cut into columns."""
    ends = [*edges[1:], len(line) + 1]
    return tuple(line[start:end].strip().replace("``", "`") for start, end in zip(edges, ends, strict=True))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = tuple(head)
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def fenced(text: str) -> str:
    """Text as it stands."""
    return f"```text\n{text.rstrip()}\n```"


def code(text: str) -> str:
    """Text as code."""
    return f"`{text}`"


def shown(value: object) -> str:
    """A default as it is written in a TOML file; nothing where it is empty."""
    if isinstance(value, tuple):
        return shown(", ".join(map(str, value)))
    if isinstance(value, bool):
        return code("true" if value else "false")
    return code(str(value)) if value != "" else ""


def paragraph(value: object, number: int = 0) -> str:
    """A paragraph of a docstring, in one line."""
    return " ".join((inspect.getdoc(value) or "").split("\n\n")[number].split()).replace("``", "`")


def signature(value: object) -> str:
    """What a function takes and gives; nothing for a class."""
    if inspect.isclass(value):
        return ""
    made = inspect.signature(value)  # type: ignore[arg-type]
    shown: list[str] = []
    for name, parameter in made.parameters.items():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in shown:
            shown.append("*")
        default = "" if parameter.default is parameter.empty else f" = {default_of(parameter.default)}"
        shown.append(f"{name}: {parameter.annotation}{default}")
    return f"({', '.join(shown)}) -> {made.return_annotation}"


def default_of(value: object) -> str:
    """A default in a signature; options are too many to show."""
    return f"{type(value).__name__}()" if is_dataclass(value) else repr(value)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8", newline="\n")
