"""The terms of a field: how they are written and spoken, and what they are misheard as.

A lexicon is used three times: hints for the recogniser, targets for the corrector, a glossary for the translator.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from math import inf
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize

from toolkit.errors import LexiconError

PACKS = Path(__file__).parent / "packs"
"""Where the packs that ship are kept, a TOML file each."""

_SEVERAL = re.compile("(?=.*[\u4e00-\u9fff]).*[,，、;；]", re.DOTALL)
_A_TAB = "write a term a line, its English behind a tab, or see 'zimu lexicon import'"

log = logging.getLogger(__name__)

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

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("an alias is empty")
        if not all((*self.near, *self.never)):
            raise ValueError(f"an empty text in near or never of the alias {self.text!r}")


@dataclass(frozen=True)
class Term:
    """A term as it must be written.

    ``sounds`` are further pronunciations in toneless pinyin (``wai ke`` for WAIC); ``near`` are words that make the
    term likely, ``never`` words that forbid it close by; ``weight`` from 0 up raises or lowers it among others;
    ``exact`` terms are matched through their aliases alone, not by sound; what scores less than ``min_score``, from 0
    to 1, is only suggested; ``source`` names the pack or file.
    """

    text: str
    english: str = ""
    sounds: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    near: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    weight: float = 1.0
    exact: bool = False
    min_score: float = 0.0
    source: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.min_score <= 1:
            raise ValueError(f"min_score {self.min_score:g} of {self.text!r} is not a number from 0 to 1")
        if not self.text or self.text != self.text.strip() or any(ord(char) < 32 for char in self.text):
            raise ValueError(f"{self.text!r} cannot be a term")
        if not 0 <= self.weight < inf:
            raise ValueError(f"weight {self.weight:g} of {self.text!r} is not a number from 0 up")
        if not all((*self.sounds, *self.near, *self.never)):
            raise ValueError(f"an empty text in sounds, near or never of {self.text!r}")
        if any(alias.text == self.text for alias in self.aliases):
            raise ValueError(f"an alias of {self.text!r} is the term itself")


@dataclass(frozen=True)
class Lexicon:
    """Terms in their order, each spelling once, and words that are right wherever they stand (``protected``).

    >>> lexicon = Lexicon.of(["具身智能", "WAIC"])
    >>> "WAIC" in lexicon, len(lexicon)
    (True, 2)
    """

    terms: tuple[Term, ...] = ()
    protected: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if "" in self.protected:
            raise ValueError("an empty text cannot be protected")
        if len(self._spellings) < len(self.terms):
            raise ValueError("a lexicon has each spelling once; Lexicon.of merges terms")

    @classmethod
    def of(cls, terms: Iterable[str | Term]) -> Lexicon:
        """A lexicon of terms or plain spellings.

        Of two terms with one spelling the later adds to the earlier: its English, its weight where it has one, and its
        rules for an alias that both know count. A term that is `exact` for one of them is for both, and the higher
        ``min_score`` counts; but a file of the user's says both anew for a term of a pack that is on by default.
        """
        merged: dict[str, Term] = {}
        for entry in terms:
            term = entry if isinstance(entry, Term) else Term(entry)
            merged[term.text] = _merge_terms(merged[term.text], term) if term.text in merged else term
        return cls(tuple(merged.values()))

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, text: object) -> bool:
        return text in self._spellings

    def __add__(self, other: Lexicon) -> Lexicon:
        return replace(Lexicon.of((*self.terms, *other.terms)), protected=self.protected | other.protected)

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset(term.text for term in self.terms)


def load_lexicon(names: Iterable[str], *, builtin: bool = True, protect: Iterable[str] = ()) -> Lexicon:
    """The lexicon of several packs and files together, the default packs first unless ``builtin`` is off.

    ``protect`` are files of words, one a line, that are right wherever they stand.

    Raises:
        LexiconError: an unknown pack, an unreadable file, or entries with faults, all of them listed.
    """
    wanted = [*(DEFAULT_PACKS if builtin else ()), *names]
    parts = [read_lexicon(name) for name in dict.fromkeys(wanted)]
    words = [read_protected(name) for name in dict.fromkeys(protect)]
    merged = Lexicon.of(term for part in parts for term in part.terms)
    return replace(merged, protected=frozenset().union(*(part.protected for part in parts), *words))


def read_protected(name: str) -> frozenset[str]:
    """The words in a file, one a line; blank lines and lines that begin with ``#`` are passed over.

    Raises:
        LexiconError: it cannot be read, or a line cannot be a term.
    """
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise _unreadable(name, error, packs=False) from None
    return frozenset(term.text for term in parse_plain(text, source=name).terms)


def read_lexicon(name: str) -> Lexicon:
    """One lexicon by the name of a pack or by its file: TOML, or a term a line with its English after a tab.

    Raises:
        LexiconError: as `load_lexicon`.
    """
    path = PACKS / f"{name}.toml" if name in pack_names() else Path(name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None
    return parse_toml(text, source=name) if path.suffix == ".toml" else parse_plain(text, source=name)


def pack_names() -> tuple[str, ...]:
    """Names of the packs that ship."""
    return tuple(sorted(path.stem for path in PACKS.glob("*.toml")))


def parse_plain(text: str, *, source: str = "") -> Lexicon:
    r"""A term a line; its English may follow a tab, a remark a ``#`` between spaces; blank lines are passed over.

    >>> [term.english for term in parse_plain("具身智能\tembodied AI\n# people\n沐曦\n").terms]
    ['embodied AI', '']

    Raises:
        LexiconError: lines that cannot be terms, all of them listed.
    """
    terms: list[Term] = []
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        columns = [column.strip() for column in re.split(r"(?:^|\s+)#(?:\s|$)|^#", line)[0].split("\t")]
        if columns[0]:
            if _SEVERAL.search(columns[0]):
                log.warning("%s:%d: '%s' is taken for one term; %s", source, number, columns[0], _A_TAB)
            try:
                terms.append(Term(columns[0], english=columns[1] if len(columns) > 1 else "", source=source))
            except ValueError as error:
                faults.append(f"line {number}: {error}")
    return _whole(terms, faults, source)


def parse_toml(text: str, *, source: str = "") -> Lexicon:
    """A TOML lexicon: ``terms = [...]`` for bare spellings, ``[[term]]`` tables for the rest, ``protect = [...]``.

    Raises:
        LexiconError: broken TOML, or entries with faults, all of them listed.
    """
    from toolkit.toml import parse

    try:
        document = parse(text)
    except ValueError as error:
        raise LexiconError([f"not TOML: {error}"], where=source) from None
    faults = [f"unknown key '{key}'{_hint(key, _TABLES)}" for key in document if key not in _TABLES]
    entries = [entry for key in ("terms", "term") for entry in _listed(document.get(key, []), f"'{key}'", faults)]
    terms = [_term(entry, f"term {number}", source, faults) for number, entry in enumerate(entries, start=1)]
    listed = _listed(document.get("protect", []), "'protect'", faults)
    words = [word for word in listed if isinstance(word, str) and word]
    faults += [f"'protect' takes words, not {word!r}" for word in listed if not (isinstance(word, str) and word)]
    return replace(_whole([term for term in terms if term], faults, source), protected=frozenset(words))


_TABLES = ("about", "protect", "term", "terms")
_K = TypeVar("_K", Term, Alias)


def _whole(terms: list[Term], faults: list[str], source: str) -> Lexicon:
    if faults:
        raise LexiconError(faults, where=source)
    return Lexicon.of(terms)


def _listed(value: object, name: str, faults: list[str]) -> list[object]:
    if isinstance(value, list):
        return value
    faults.append(f"{name} takes a list, not {value!r}")
    return []


def _term(entry: object, where: str, source: str, faults: list[str]) -> Term | None:
    table = dict(entry) if isinstance(entry, Mapping) else {"text": entry}
    where = f"{where} '{table['text']}'" if "text" in table else where
    listed = _listed(table.pop("aliases", []), f"{where}: 'aliases'", faults)
    aliases = [
        _made(Alias, alias if isinstance(alias, Mapping) else {"text": alias}, where, faults) for alias in listed
    ]
    given = {"aliases": tuple(alias for alias in aliases if alias), "source": source}
    return _made(Term, table, where, faults, **given)


def _made(kind: type[_K], table: Mapping[str, object], where: str, faults: list[str], **given: object) -> _K | None:
    """A term or an alias from its table and what is given; None where ``faults`` grew by what is wrong with it."""
    types: dict[str, str] = {field.name: str(field.type) for field in fields(kind) if field.name not in given}
    found = [f"unknown key '{key}'{_hint(key, (*types, 'aliases'))}" for key in table if key not in types]
    found += [
        f"'{key}' takes {_WANTED[types[key]]}, not {value!r}"
        for key, value in table.items()
        if key in types and not _fits(value, types[key])
    ]
    if "text" not in table:
        found.append("'text' is missing")
    if not found:
        values = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
        try:
            return kind(**values, **given)  # type: ignore[arg-type]
        except ValueError as error:
            found.append(str(error))
    faults.extend(f"{where}: {fault}" for fault in found)
    return None


_WANTED = {"str": "text", "bool": "true or false", "float": "a number", "tuple[str, ...]": "a list of texts"}


def _fits(value: object, wanted: str) -> bool:
    if wanted.startswith("tuple"):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if wanted == "float":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value).__name__ == wanted


def _merge_terms(old: Term, new: Term) -> Term:
    if (old.exact or old.min_score) and old.source in DEFAULT_PACKS and new.source not in ("", *pack_names()):
        old = replace(old, exact=False, min_score=0.0)
    return replace(
        old,
        english=new.english or old.english,
        sounds=_union(old.sounds, new.sounds),
        aliases=tuple({alias.text: alias for alias in (*old.aliases, *new.aliases)}.values()),
        near=_union(old.near, new.near),
        never=_union(old.never, new.never),
        weight=new.weight if new.weight != Term.weight else old.weight,
        exact=old.exact or new.exact,
        min_score=max(old.min_score, new.min_score),
        source=new.source or old.source,
    )


def stands_in(term: str, text: str) -> bool:
    """Whether a term stands in a text, however large its letters; Latin ones not inside of a longer word.

    >>> stands_in("ai", "Physical AI 论坛"), stands_in("AI", "WAIC")
    (True, False)
    """
    term, text = _plain(term), _plain(text)
    if term not in text:  # a lexicon may have 100,000 terms, most of which end here
        return False
    before = "(?<![a-z])" if re.match("[a-z]", term) else "(?<![a-z0-9])" if re.match("[0-9]", term) else ""
    behind = "(?![a-z])" if re.search("[a-z]$", term) else "(?![a-z0-9])" if re.search("[0-9]$", term) else ""
    return re.search(before + re.escape(term) + behind, text) is not None


@lru_cache(maxsize=8)
def _plain(text: str) -> str:
    return normalize("NFKC", text).casefold()


def _union(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(old + new))


def _hint(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), n=1)
    return f", did you mean '{close[0]}'?" if close else ""


def _unreadable(name: str, error: Exception, *, packs: bool = True) -> LexiconError:
    if isinstance(error, UnicodeDecodeError):
        return LexiconError(["is not UTF-8 text, save it as UTF-8"], where=name)
    if not isinstance(error, FileNotFoundError):
        return LexiconError([f"cannot be read: {getattr(error, 'strerror', None) or error}"], where=name)
    if not packs:
        return LexiconError(["no such file"], where=name)
    hint = _hint(name, pack_names()) or f"; packs are {', '.join(pack_names())}"
    return LexiconError([f"no such pack or file{hint}"], where=name)
