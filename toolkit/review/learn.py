"""What decisions teach: "always" puts a term with its mistake into a lexicon file, "never" protects a word in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import InputError, LexiconError
from toolkit.formats.files import write_whole
from toolkit.lexicon import Alias, Term, parse_toml

_PROTECT = re.compile(r"^protect\s*=\s*\[[^\]]*\]\s*?$", re.MULTILINE)


@dataclass(frozen=True)
class Lesson:
    """A lexicon file before and after something was learnt; ``before`` is None where there was no file."""

    path: Path
    before: str | None
    after: str


def lexicon_file(names: Iterable[str], record: Path) -> Path:
    """Where lessons go: the first TOML file among the lexicons in effect, else one beside the record.

    >>> lexicon_file(["ai"], Path("talk.edits.jsonl")).name
    'talk.terms.toml'
    """
    named = next((Path(name) for name in names if name.endswith(".toml")), None)
    return named or record.with_name(f"{record.name.split('.edits.')[0].removesuffix('.jsonl')}.terms.toml")


def always(path: Path, before: str, after: str) -> Lesson | None:
    """Note that ``after`` is meant wherever ``before`` is heard; None where the file says so already.

    Raises:
        LexiconError: the file has faults, or this cannot be a term.
        InputError: it cannot be read or written.
    """
    text = _read(path)
    before, after = before.strip(), after.strip()
    _check(path, lambda: Term(after, aliases=(Alias(before),)))
    terms = {term.text: term for term in parse_toml(text or "", source=str(path)).terms}
    if after in terms and any(alias.text == before for alias in terms[after].aliases):
        return None
    table = f"[[term]]\ntext = {_quoted(after)}\naliases = [{_quoted(before)}]\n"
    return _written(path, text, f"{text.rstrip()}\n\n{table}" if text else table)


def never(path: Path, word: str) -> Lesson | None:
    """Note that a word is right wherever it stands; None where the file says so already.

    Raises:
        LexiconError: the file has faults, or this cannot be a word.
        InputError: it cannot be read or written.
    """
    text = _read(path)
    word = word.strip()
    _check(path, lambda: Term(word))
    known = parse_toml(text or "", source=str(path)).protected
    if word in known:
        return None
    line = f"protect = [{', '.join(map(_quoted, [*sorted(known), word]))}]"
    if known:
        changed = _PROTECT.sub(lambda _: line, text or "", count=1)
    else:
        changed = f"{line}\n\n{text}" if text else f"{line}\n"
    if word not in _protected(changed):
        raise LexiconError([f"add {word} to 'protect' by hand; it cannot be found here"], where=str(path))
    return _written(path, text, changed)


def unlearn(lesson: Lesson) -> bool:
    """Put the file back as it was before a lesson; False where somebody has changed it since."""
    if _read(lesson.path) != lesson.after:
        return False
    if lesson.before is None:
        lesson.path.unlink()
    else:
        write_whole(lesson.path, lesson.before.encode())
    return True


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig") if path.exists() else None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path)) from None


def _written(path: Path, before: str | None, after: str) -> Lesson:
    parse_toml(after, source=str(path))
    write_whole(path, after.encode())
    return Lesson(path, before, after)


def _check(path: Path, make: Callable[[], Term]) -> None:
    try:
        make()
    except ValueError as error:
        raise LexiconError([str(error)], where=str(path)) from None


def _protected(text: str) -> frozenset[str]:
    try:
        return parse_toml(text).protected
    except LexiconError:
        return frozenset()


def _quoted(text: str) -> str:
    r"""A text as TOML writes it.

    >>> _quoted('a "b"\\')
    '"a \\"b\\"\\\\"'
    """
    kept = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in kept) + '"'
