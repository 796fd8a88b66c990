r"""Tags around and within the text of a cue: kept out of the way of whoever reads the text, and put back on writing.

Tags that enclose the whole text (``<i>…</i>``, ``{\an8}…``, ``<v 主持人>…</v>``) go to the cue's ``extra`` as
``tag.open`` and ``tag.close``; what is heard is plain, and both halves of a cue that is cut keep its style. With tags
inside, the text is kept as the format writes it, and ``tag.inside`` names that format, so that others can leave the
tags out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from toolkit.cues import Cue, Extra


@dataclass(frozen=True)
class Markup:
    """How a format marks up text: what its tags look like, how plain text is written between them and read again.

    ``mend`` repairs what plain text brought into marked-up text may have broken; ``balanced`` says that ``<b>`` counts
    as a tag only where ``</b>`` is there too.
    """

    name: str
    tag: re.Pattern[str]
    escape: Callable[[str], str]
    unescape: Callable[[str], str]
    mend: Callable[[str], str] = str
    balanced: bool = False


def take(raw: str, markup: Markup) -> tuple[str, Extra]:
    """What is heard of a text as the format writes it, and what of ``extra`` gives it back.

    >>> take("<i>R&amp;D</i>", VTT)
    ('R&D', (('tag.open', '<i>'), ('tag.close', '</i>')))
    """
    tags = list(markup.tag.finditer(raw))
    if not tags or (markup.balanced and not _is_balanced(tags)):
        return markup.unescape(raw), ()
    start, stop = _without_outer(raw, tags)
    if any(start <= tag.start() < stop for tag in tags):
        return raw, (("tag.inside", markup.name),)
    kept = (("tag.open", raw[:start]), ("tag.close", raw[stop:]))
    return markup.unescape(raw[start:stop]), tuple((name, around) for name, around in kept if around)


def give(cue: Cue, markup: Markup, *, styles: tuple[str, str] = ("", "")) -> str:
    """A cue's text and translation as the format writes them; the reverse of `take`.

    ``styles`` are tags that stand before the text and before the translation.
    """
    inside = cue.get("tag.inside") == markup.name
    text = _mended(cue.text, markup) if inside else markup.escape(cue.text)
    halves = zip(styles, (text, markup.escape(cue.translation or "")), strict=True)
    lines = "\n".join(style + half for style, half in halves if half)
    return _tags(cue, "tag.open", markup).lstrip() + lines + _tags(cue, "tag.close", markup).rstrip()


def plain_text(cue: Cue) -> str:
    r"""The text of a cue without the tags inside it.

    >>> plain_text(Cue(0, 1000, r"聚生{\i1}智能", extra=(("tag.inside", "ass"),)))
    '聚生智能'
    """
    markup = MARKUPS.get(str(cue.get("tag.inside")))
    if markup is None:
        return cue.text
    return markup.unescape(markup.tag.sub(lambda match: " " if match[0].startswith("\\") else "", cue.text))


def _without_outer(raw: str, tags: list[re.Match[str]]) -> tuple[int, int]:
    """Where the text begins and ends between the tags around it and the spaces beside them."""
    start, stop = 0, len(raw)
    for tag in tags:
        if raw[start : tag.start()].strip():
            break
        start = tag.end()
    if start:
        start = len(raw) - len(raw[start:].lstrip())
    for tag in reversed(tags):
        if tag.start() < start or raw[tag.end() : stop].strip():
            break
        stop = tag.start()
    return start, (start + len(raw[start:stop].rstrip()) if stop < len(raw) else stop)


def _is_balanced(tags: list[re.Match[str]]) -> bool:
    """Whether each ``<name …>`` has its ``</name>``."""
    names = [re.split(r"[\s>]", tag[0].lower())[0] for tag in tags if tag[0].startswith("<")]
    opened = sorted(name[1:] for name in names if not name.startswith("</"))
    return opened == sorted(name[2:] for name in names if name.startswith("</"))


def _tags(cue: Cue, name: str, markup: Markup) -> str:
    """The tags kept under ``name`` that this format knows, and the spaces beside them."""
    known = "".join(match[0] for match in re.finditer(rf"{markup.tag.pattern}|\s", str(cue.get(name) or "")))
    return re.sub(r"\s*\n\s*", "\n", known)


def _mended(text: str, markup: Markup) -> str:
    """Marked-up text in which what stands between the tags is safe."""
    parts = re.split(f"({markup.tag.pattern})", text)
    return "".join(part if index % 2 else markup.mend(part) for index, part in enumerate(parts))


def _unescape_entities(text: str) -> str:
    """Named and numbered characters that end with a semicolon; ``R&D`` stays."""
    return re.sub(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w*);", lambda match: html.unescape(match[0]), text)


def _escape_entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _mend_entities(text: str) -> str:
    return re.sub(r"&(?!#?\w+;)", "&amp;", text).replace("<", "&lt;")


def _mend_xml(text: str) -> str:
    return re.sub(r"&(?!(?:amp|lt|gt|quot|apos);)", "&amp;", text).replace("<", "&lt;")


def _escape_ass(text: str) -> str:
    r"""Braces with a backslash, as libass reads them; a word joiner behind a backslash that would begin a tag.

    FFmpeg's subtitle decoders do the same. Players on other renderers show the backslash before a brace.
    """
    return re.sub(r"\\(?=[Nnh{}\u2060]|\Z)", "\\\\\u2060", text).replace("{", "\\{").replace("}", "\\}")


def _unescape_ass(text: str) -> str:
    return re.sub(r"\\([{}])|\\\u2060", lambda match: match[1] or "\\", text)


SRT = Markup("srt", re.compile(r"(?i:</?(?:i|b|u|s|font)(?:\s[^<>]*)?>|\{\\an?\d{1,2}\})"), str, str, balanced=True)
VTT = Markup(
    "vtt",
    re.compile(
        r"</?(?:[ibuc]|ruby|rt)(?:\.[^\s<>&]+)*>"  # <b 且 c> would be a tag too, says the standard; we keep such text
        r"|</?(?:v|lang|c)(?:\.[^\s<>&]+)*(?:[ \t][^<>\n]*)?>"
        r"|<\d[\d:.]*>"
    ),
    _escape_entities,
    _unescape_entities,
    _mend_entities,
)
ASS = Markup("ass", re.compile(r"(?<!\\)\{[^{}]*\}|\\[nh]"), _escape_ass, _unescape_ass)
TTML = Markup(
    "ttml",
    re.compile(r"</?(?:[\w.-]+:)?(?:span|ruby)(?:\s[^<>]*)?/?>"),
    lambda text: _escape_entities(text).replace(">", "&gt;"),
    _unescape_entities,
    _mend_xml,
)

MARKUPS = {markup.name: markup for markup in (SRT, VTT, ASS, TTML)}
"""The markups by the names that ``tag.inside`` gives."""
