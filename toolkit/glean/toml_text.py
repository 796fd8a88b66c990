"""Terms and proposals as the TOML of a lexicon that a person can read, change and use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from toolkit.glean.proposals import Proposal
from toolkit.lexicon import Alias, Term

SURE = ("edited", "document")
"""Kinds of proposals whose spelling somebody has checked; others are written as comments, to be spelled first."""


def terms_as_toml(terms: Iterable[Term], *, about: str) -> str:
    """A lexicon of terms; `toolkit.lexicon.parse_toml` reads the same terms from it."""
    return "\n".join([f"about = {_quoted(about)}", *(line for term in terms for line in ("", *_table(term))), ""])


def proposals_as_toml(proposals: Iterable[Proposal], *, about: str) -> str:
    """A lexicon of proposals, each with where it was found; what must be checked first is commented out."""
    lines = [f"about = {_quoted(about)}"]
    for one in proposals:
        lines += ["", f"# {one.count} ×, {one.kind}", *(f"#   {text}" for text in map(_plain, one.examples[:3]))]
        if one.false_hits:
            lines.append(f"# {one.false_hits} places of right text hold such a spelling: name words that stand near")
        table = list(_table(one.as_term()))
        lines += table if one.kind in SURE and not one.false_hits else [f"# {line}" for line in table]
    return "\n".join([*lines, ""])


def _table(term: Term) -> Iterator[str]:
    yield "[[term]]"
    yield f"text = {_quoted(term.text)}"
    if term.english:
        yield f"english = {_quoted(term.english)}"
    for name in ("sounds", "near", "never"):
        values = getattr(term, name)
        if values:
            yield f"{name} = {_listed(values)}"
    if term.aliases:
        yield f"aliases = [{', '.join(map(_alias, term.aliases))}]"
    if term.weight != Term.weight:
        yield f"weight = {float(term.weight)!r}"
    if term.min_score:
        yield f"min_score = {float(term.min_score)!r}"
    if term.exact:
        yield "exact = true"


def _alias(alias: Alias) -> str:
    if not alias.near and not alias.never:
        return _quoted(alias.text)
    rules = [f"{name} = {_listed(values)}" for name in ("near", "never") if (values := getattr(alias, name))]
    return f"{{ text = {_quoted(alias.text)}, {', '.join(rules)} }}"


def _listed(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(text: str) -> str:
    return " ".join(text.split())
