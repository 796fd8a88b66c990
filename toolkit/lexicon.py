"""The terms of a field: how they are written and spoken, and what they are misheard as.

A lexicon is used three times: hints for the recogniser, targets for the corrector, a glossary for the translator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path

from toolkit.errors import LexiconError

PACKS = Path(__file__).parent / "packs"
"""Where the packs that ship are kept, a TOML file each."""

DEFAULT_PACKS = ("ai",)
"""Packs that are on unless switched off."""


@dataclass(frozen=True)
class Alias:
    """A spelling that a term is known to be misheard as.

    It fires everywhere when ``near`` is empty, else only where one of those words stands close by; never where one of
    the words in ``never`` does.
    """

    text: str
    near: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """A term as it must be written.

    ``sounds`` are further pronunciations in toneless pinyin (``wai ke`` for WAIC); ``near`` are words that make the
    term likely, ``never`` words that forbid it close by; ``weight`` from 0 up raises or lowers it among others;
    ``exact`` terms are matched through their aliases alone, not by sound; ``source`` names the pack or file.
    """

    text: str
    english: str = ""
    sounds: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    near: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    weight: float = 1.0
    exact: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        if not self.text or self.text != self.text.strip() or "\n" in self.text:
            raise ValueError(f"{self.text!r} cannot be a term")
        if self.weight < 0:
            raise ValueError(f"weight of {self.text!r} is below 0")
        if any(alias.text in ("", self.text) for alias in self.aliases):
            raise ValueError(f"an alias of {self.text!r} is empty or the term itself")


@dataclass(frozen=True)
class Lexicon:
    """Terms in their order, each spelling once.

    >>> lexicon = Lexicon.of(["具身智能", "WAIC"])
    >>> "WAIC" in lexicon, len(lexicon)
    (True, 2)
    """

    terms: tuple[Term, ...] = ()

    @classmethod
    def of(cls, terms: Iterable[str | Term]) -> Lexicon:
        """A lexicon of terms or plain spellings; of two terms with one spelling the later adds to the earlier."""
        merged: dict[str, Term] = {}
        for entry in terms:
            term = entry if isinstance(entry, Term) else Term(entry)
            merged[term.text] = _merge_terms(merged[term.text], term) if term.text in merged else term
        return cls(tuple(merged.values()))

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, text: object) -> bool:
        return any(term.text == text for term in self.terms)

    def __add__(self, other: Lexicon) -> Lexicon:
        return Lexicon.of((*self.terms, *other.terms))


def load_lexicon(names: Iterable[str], *, builtin: bool = True) -> Lexicon:
    """The lexicon of several packs and files together, the default packs first unless ``builtin`` is off.

    Raises:
        LexiconError: an unknown pack, an unreadable file, or entries with faults, all of them listed.
    """
    wanted = [*(DEFAULT_PACKS if builtin else ()), *names]
    parts = [read_lexicon(name) for name in dict.fromkeys(wanted)]
    return Lexicon.of(term for part in parts for term in part.terms)


def read_lexicon(name: str) -> Lexicon:
    """One lexicon by the name of a pack or by its file: TOML, or a term a line with its English after a tab.

    Raises:
        LexiconError: as `load_lexicon`.
    """
    path = PACKS / f"{name}.toml" if name in pack_names() else Path(name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(name, error) from None
    return parse_toml(text, source=name) if path.suffix == ".toml" else parse_plain(text, source=name)


def pack_names() -> tuple[str, ...]:
    """Names of the packs that ship."""
    return tuple(sorted(path.stem for path in PACKS.glob("*.toml")))


def parse_plain(text: str, *, source: str = "") -> Lexicon:
    r"""A term a line; its English may follow a tab; blank lines and lines that begin with ``#`` are passed over.

    >>> [term.english for term in parse_plain("具身智能\tembodied AI\n# people\n沐曦\n").terms]
    ['embodied AI', '']
    """
    terms = []
    for line in text.splitlines():
        columns = [column.strip() for column in line.split("\t")]
        if columns[0] and not columns[0].startswith("#"):
            terms.append(Term(columns[0], english=columns[1] if len(columns) > 1 else "", source=source))
    return Lexicon.of(terms)


def parse_toml(text: str, *, source: str = "") -> Lexicon:
    """A TOML lexicon: ``terms = [...]`` for bare spellings, ``[[term]]`` tables for the rest.

    Raises:
        LexiconError: broken TOML, or entries with faults, all of them listed.
    """
    from toolkit.toml import parse

    try:
        document = parse(text)
    except ValueError as error:
        raise LexiconError([f"not TOML: {error}"], where=source) from None
    return _from_document(document, source)


def _from_document(document: Mapping[str, object], source: str) -> Lexicon:
    faults = [f"unknown key '{key}'" for key in document if key not in ("about", "terms", "term")]
    bare, tables = document.get("terms", []), document.get("term", [])
    entries = [{"text": text} for text in bare] if isinstance(bare, list) else []
    entries += tables if isinstance(tables, list) else []
    terms = []
    for number, entry in enumerate(entries, start=1):
        try:
            terms.append(_term(entry, source))
        except (ValueError, TypeError) as error:
            faults.append(f"term {number}: {error}")
    if faults:
        raise LexiconError(faults, where=source)
    return Lexicon.of(terms)


def _term(entry: Mapping[str, object], source: str) -> Term:
    values = _checked(entry, Term, skip="source")
    aliases = entry.get("aliases", [])
    values["aliases"] = tuple(_alias(alias) for alias in aliases) if isinstance(aliases, list) else ()
    return Term(**values, source=source)  # type: ignore[arg-type]


def _alias(entry: object) -> Alias:
    if isinstance(entry, str):
        return Alias(entry)
    if isinstance(entry, Mapping):
        return Alias(**_checked(entry, Alias))  # type: ignore[arg-type]
    raise TypeError(f"an alias is text or a table, not {entry!r}")


def _checked(entry: object, kind: type[Term] | type[Alias], skip: str = "") -> dict[str, object]:
    """The entry's values as ``kind`` takes them: lists of text as tuples, unknown keys and wrong types refused."""
    if not isinstance(entry, Mapping):
        raise TypeError(f"a table was expected, not {entry!r}")
    types = {field.name: field.type for field in fields(kind) if field.name != skip}
    values: dict[str, object] = {}
    for key, value in entry.items():
        if key not in types:
            close = get_close_matches(str(key), types, n=1)
            raise ValueError(f"unknown key '{key}'" + (f", did you mean '{close[0]}'?" if close else ""))
        values[key] = value if key == "aliases" else _typed(key, value, str(types[key]))
    if not isinstance(values.get("text"), str):
        raise ValueError("'text' is missing")
    return values


def _typed(key: str, value: object, wanted: str) -> object:
    if wanted.startswith("tuple"):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise TypeError(f"'{key}' takes a list of texts, not {value!r}")
    if wanted == "float" and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if {"str": str, "bool": bool}.get(wanted) is not type(value):
        raise TypeError(f"'{key}' takes {wanted}, not {value!r}")
    return value


def _merge_terms(old: Term, new: Term) -> Term:
    return replace(
        old,
        english=new.english or old.english,
        sounds=_union(old.sounds, new.sounds),
        aliases=tuple({alias.text: alias for alias in (*old.aliases, *new.aliases)}.values()),
        near=_union(old.near, new.near),
        never=_union(old.never, new.never),
        weight=max(old.weight, new.weight),
        exact=old.exact and new.exact,
        source=new.source or old.source,
    )


def _union(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(old + new))


def _unreadable(name: str, error: Exception) -> LexiconError:
    if not isinstance(error, FileNotFoundError):
        return LexiconError([f"cannot be read: {error}"], where=name)
    close = get_close_matches(name, pack_names(), n=1)
    hint = f"did you mean '{close[0]}'?" if close else "packs are " + ", ".join(pack_names())
    return LexiconError([f"no such pack or file; {hint}"], where=name)
