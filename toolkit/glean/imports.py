"""Lists of terms in the formats of other programs, read as a lexicon."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from toolkit.errors import LexiconError
from toolkit.lexicon import Alias, Lexicon, Term, parse_plain, parse_toml

HEADINGS = {
    "text": ("text", "term", "zh", "chinese", "word", "correct", "中文", "术语", "词", "词条", "词语", "热词", "正确"),
    "english": ("english", "en", "英文", "translation"),
    "aliases": ("aliases", "alias", "error", "wrong", "misheard", "别名", "错误", "误识", "误读"),
    "sounds": ("sounds", "pinyin", "拼音"),
}  # fmt: skip
"""What columns are called in tables, in small letters."""

JIEBA = re.compile(r"(?P<text>\S.*?)(?:\s+(?P<times>\d+))?(?:\s+(?P<kind>[a-z][a-z0-9]{0,4}))?\s*")
"""A line of a jieba user dictionary: a word, how often, what part of speech; the last two may be missing."""

RULE = re.compile(r"(?P<wrong>.+?)\s*=\s*(?P<text>.+)")
"""A line of CapsWriter's ``hot-rule.txt``: what is replaced, and by what."""

PATTERN = re.compile(r"[\\^$*+?{}\[\]|()]")
"""Signs of a regular expression, which no alias can be."""


def read_terms(text: str, *, format: str = "", source: str = "") -> Lexicon:  # noqa: A002
    r"""The terms in a file of another program; the format is guessed where none is named.

    Raises:
        LexiconError: an unknown format, a table without a column of terms, or lines that cannot be terms, all of them.

    >>> [term.text for term in read_terms("云计算 5 n\n具身智能 3 n\n").terms]
    ['云计算', '具身智能']
    """
    name = format or guess_format(text, source)
    if name not in READERS:
        raise LexiconError([f"no format '{name}'; formats are {', '.join(READERS)}"], where=source)
    if name in ("plain", "toml"):
        return (parse_plain if name == "plain" else parse_toml)(text, source=source)
    faults: list[str] = []
    terms = list(_made(READERS[name](text), faults))
    if faults:
        raise LexiconError(faults, where=source)
    return Lexicon.of(terms)


def guess_format(text: str, source: str = "") -> str:
    r"""The name in `READERS` of the format that a text is in, by its suffix and its lines.

    >>> guess_format("毫安时 = mAh\n"), guess_format("zh\ten\n向量\tvector\n"), guess_format("沐曦\n")
    ('capswriter', 'tsv', 'plain')
    """
    suffix = source.rpartition(".")[2].lower()
    if suffix in ("csv", "tsv", "toml"):
        return suffix
    lines = [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]
    if sum("\t" in line for line in lines) > len(lines) / 2:
        return "tsv"
    if sum(bool(re.fullmatch(r"\S.*?\s+\d+(\s+[a-z]\w*)?", line)) for line in lines) > len(lines) / 2:
        return "jieba"
    return "capswriter" if any(" = " in line for line in lines) else "plain"


Entry = tuple[int, Mapping[str, str]]
"""The number of a line, and its values by the names in `HEADINGS`."""


def _jieba(text: str) -> Iterator[Entry]:
    for number, line in _lines(text):
        found = JIEBA.fullmatch(line)
        yield number, {"text": found["text"] if found else line}


def _capswriter(text: str) -> Iterator[Entry]:
    """Hot words a line, and rules; a rule that is a regular expression is passed over."""
    for number, line in _lines(text):
        rule = RULE.fullmatch(line)
        if rule is None:
            yield number, {"text": line}
        elif not PATTERN.search(rule["wrong"]) and rule["wrong"] != rule["text"]:
            yield number, {"text": rule["text"].strip(), "aliases": rule["wrong"].strip()}


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        if line and not line.startswith("#"):
            yield number, line


def _table(delimiter: str) -> Callable[[str], Iterator[Entry]]:
    def rows(text: str) -> Iterator[Entry]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        first = next((row for row in reader if any(cell.strip() for cell in row)), [])
        names = _columns(first)
        if not names:
            names = {0: "text", 1: "english"}
            yield 1, _cells(first, names)
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, _cells(row, names)

    return rows


def _columns(heading: Iterable[str]) -> dict[int, str]:
    """Which column holds what, by a heading; none where the first row is no heading."""
    found: dict[int, str] = {}
    for place, cell in enumerate(heading):
        name = next((key for key, words in HEADINGS.items() if cell.strip().lower() in words), "")
        if name and name not in found.values():
            found[place] = name
    return found if "text" in found.values() else {}


def _cells(row: list[str], names: Mapping[int, str]) -> dict[str, str]:
    return {name: row[place].strip() for place, name in names.items() if place < len(row)}


def _made(entries: Iterable[Entry], faults: list[str]) -> Iterator[Term]:
    for number, values in entries:
        text = values.get("text", "")
        if not text:
            continue
        aliases = [part.strip() for part in re.split(r"[;；|、/]", values.get("aliases", "")) if part.strip()]
        sounds = tuple(part.strip() for part in re.split(r"[;；|]", values.get("sounds", "")) if part.strip())
        try:
            known = tuple(Alias(alias) for alias in dict.fromkeys(aliases) if alias != text)
            yield Term(text, english=values.get("english", ""), sounds=sounds, aliases=known)
        except ValueError as error:
            faults.append(f"line {number}: {error}")


def _read_by_lexicon(_: str) -> Iterator[Entry]:
    return iter(())


READERS: dict[str, Callable[[str], Iterator[Entry]]] = {
    "plain": _read_by_lexicon,
    "toml": _read_by_lexicon,
    "jieba": _jieba,
    "capswriter": _capswriter,
    "csv": _table(","),
    "tsv": _table("\t"),
}
"""The formats by name; the lexicon itself reads its own two."""
