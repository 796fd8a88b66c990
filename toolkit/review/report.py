"""What was changed in a transcript and why, as one page that needs no server, no script and no network, and prints."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path

from toolkit.cues import Transcript
from toolkit.edits import Change, changes
from toolkit.invented import RULE
from toolkit.review.plot import clock, density
from toolkit.review.words import WORDS

CHANGED, OUT, SUGGESTED, UNDONE = FATES = ("changed", "out", "suggested", "undone")
"""What can have become of a change, in the order of the page."""

STYLE = (Path(__file__).parent / "page" / "report.css").read_text(encoding="utf-8")

CSP = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
"""The page may show its own style, and nothing may run or be fetched."""

AROUND = 16
"""Characters shown on both sides of a change."""


@dataclass(frozen=True)
class _Row:
    """A change in its place."""

    change: Change
    fate: str
    time: int | None
    before: str
    behind: str


def report(transcript: Transcript, *, language: str = "en") -> str:
    """The page; ``language`` is that of its headings, ``en`` or ``zh``.

    >>> page = report(Transcript("<b>.srt"))
    >>> "<b>" in page, "&lt;b&gt;.srt" in page
    (False, True)
    """
    say = WORDS[language]
    rows = [_row(transcript, change) for change in changes(transcript)]
    title = _text(Path(transcript.source).name or "zimu")
    body = "\n".join([_numbers(transcript, rows, say), _density(transcript, rows, say), _terms(rows, say)])
    lists = "\n".join(_list(fate, [row for row in rows if row.fate == fate], say) for fate in FATES)
    return (
        f'<!doctype html>\n<html lang="{say["lang"]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{CSP}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title} — {say['report']}</title>\n<style>{STYLE}</style>\n</head>\n"
        f'<body>\n<main>\n<h1>{say["report"]}</h1>\n<p class="of"><bdi>{title}</bdi></p>\n'
        f"{body}\n{lists}\n</main>\n</body>\n</html>\n"
    )


def _row(transcript: Transcript, change: Change) -> _Row:
    (first, _), (last, position) = change.places[0], change.places[-1]
    cues = transcript.cues
    before = cues[first].heard[: change.edit.start]
    behind = cues[last].heard[cues[last].edits[position].end :]
    short = f"…{before[-AROUND:]}" if len(before) > AROUND else before
    return _Row(change, _fate(change), cues[first].start, short, behind[:AROUND] + "…" * (len(behind) > AROUND))


def _fate(change: Change) -> str:
    edit = change.edit
    if edit.applied:
        return OUT if edit.rule == RULE else CHANGED
    return UNDONE if edit.decided else SUGGESTED


def _numbers(transcript: Transcript, rows: Sequence[_Row], say: dict[str, str]) -> str:
    fates = Counter(row.fate for row in rows)
    length = max((cue.end or 0 for cue in transcript.cues), default=0)
    facts = [(len(transcript.cues), say["cues"]), *((fates[fate], say[fate]) for fate in FATES)]
    facts.append((sum(row.change.edit.decided for row in rows), say["decided"]))
    shown = [(str(number), name) for number, name in facts] + ([(clock(length), say["length"])] if length else [])
    return "<dl>" + "".join(f"<div><dt>{name}</dt><dd>{number}</dd></div>" for number, name in shown) + "</dl>"


def _density(transcript: Transcript, rows: Sequence[_Row], say: dict[str, str]) -> str:
    length = max((cue.end or 0 for cue in transcript.cues), default=0)
    changed = [row.time for row in rows if row.time is not None and row.fate in (CHANGED, OUT)]
    doubted = [row.time for row in rows if row.time is not None and row.fate == SUGGESTED]
    picture = density(changed, doubted, length, title=say["density"])
    if not picture or not rows:
        return ""
    legend = f'<p class="legend"><span class="c">{say["changed"]}</span><span class="d">{say["suggested"]}</span></p>'
    return f"<section><h2>{say['density']}</h2>{picture}{legend}</section>"


def _terms(rows: Iterable[_Row], say: dict[str, str]) -> str:
    """How often each term was repaired, and what it had been heard as."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.fate == CHANGED and row.change.edit.after.strip():
            found[row.change.edit.after.strip()][row.change.edit.before.strip() or "∅"] += 1
    if not found:
        return ""
    ordered = sorted(found.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    lines = "".join(
        f"<tr><td><bdi>{_text(term)}</bdi></td><td>{sum(heard.values())}</td><td>{_heard(heard)}</td></tr>"
        for term, heard in ordered
    )
    head = f"<tr><th>{say['term']}</th><th>{say['times']}</th><th>{say['heard']}</th></tr>"
    return f"<section><h2>{say['terms']}</h2><table><thead>{head}</thead><tbody>{lines}</tbody></table></section>"


def _heard(heard: Counter[str]) -> str:
    return ", ".join(
        f"<bdi>{_text(text)}</bdi>{f' ×{count}' if count > 1 else ''}" for text, count in heard.most_common()
    )


def _list(fate: str, rows: Sequence[_Row], say: dict[str, str]) -> str:
    if not rows:
        return ""
    shown = "".join(map(_line, rows))
    return f'<section><h2>{len(rows)} {say[fate]}</h2><ol class="{fate}">{shown}</ol></section>'


def _line(row: _Row) -> str:
    edit = row.change.edit
    place = f"<time>{clock(row.time)}</time>" if row.time is not None else ""
    shown = f"<del>{_text(edit.before) or '∅'}</del> <ins>{_text(edit.after) or '∅'}</ins>"
    why = f"{_text(edit.rule)} {edit.score:.2f}"
    evidence = "".join(f"<span>{_text(name)}: {_text(str(value))}</span>" for name, value in edit.evidence)
    return (
        f'<li value="{row.change.number}">{place}<p><bdi>{_text(row.before)}{shown}{_text(row.behind)}</bdi></p>'
        f'<p class="why"><span>{why}</span>{evidence}</p></li>'
    )


def _text(text: str) -> str:
    """Text that is nothing but text in a page; characters that turn the writing direction show as what they are.

    >>> _text("<i>") + _text(chr(0x202E))
    '&lt;i&gt;&lt;U+202E&gt;'
    """
    shown = "".join(f"<U+{ord(char):04X}>" if _turns(char) else char for char in text)
    return escape(shown.encode(errors="replace").decode())


def _turns(char: str) -> bool:
    unseen = ord(char) < 32 and char not in "\n\t"
    return unseen or char in "\u200e\u200f\u061c" or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"
