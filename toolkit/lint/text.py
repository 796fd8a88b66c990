"""Rules about what stands in a cue: spaces, marks, tags, scripts, and lines that nobody said."""

from __future__ import annotations

import re
from collections import Counter

from toolkit.breaks import punctuate, visible
from toolkit.breaks.tokens import WIDE
from toolkit.formats.writing import UNPRINTABLE
from toolkit.lint.sheet import Sheet
from toolkit.scripts import simplified, traditional

_HAN = f"[{WIDE}]"
_SPACES = (
    (re.compile(r"[ \t\u00a0]{2,}"), " "),
    (re.compile(r"[ \t\u00a0]+(?=[，。、；：？！）」』】》〉])"), ""),
    (re.compile(r"(?<=[，。、；：？！（「『【《〈])[ \t\u00a0]+"), ""),
    (re.compile(r"(?<=[A-Za-z0-9])[ \t\u00a0]+(?=[,;?!](?:\s|$))"), ""),
)
_STRAY = (
    (re.compile(r"\A\s*[，。、；：？！）」』】》〉,;:?!)\]](?!\))"), "begins with the mark that ends something"),
    (re.compile(r"[，、；：,;]\s*[，。、；：,;]|(?<!。)。。(?!。)|。[，、]"), "has two marks where one is meant"),
    (
        re.compile(rf"(?<={_HAN})[,;?!](?={_HAN})|(?<={_HAN})[,;?!]\s*$|(?<={_HAN}):(?={_HAN})"),
        "has a mark of Latin text behind Han",
    ),
    (re.compile(r"(?<=[A-Za-z])[，。；？！](?=\s*[A-Za-z])"), "has a full-width mark within Latin text"),
)
_FULL_WIDTH = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_TAG = re.compile(r"<(/?)(i|b|u|s|font)(?:(?<=font)\s[^<>\n]*)?>", re.IGNORECASE)
_BRACE = re.compile(r"\{\\[^{}]*\Z|\A[^{}]*\\an?\d\}")


def empty(sheet: Sheet, index: int) -> str:
    """A cue has no text."""
    cue = sheet.cues[index]
    return "" if visible(cue.text + (cue.translation or "")).strip() else "has no text"


def invisible(sheet: Sheet, index: int) -> str:
    """A text has control or bidirectional characters, which nobody sees and players stumble over."""
    found = UNPRINTABLE.findall(_all(sheet, index))
    return f"has U+{ord(found[0]):04X}, which nobody sees" if found else ""


def spaces(sheet: Sheet, index: int) -> str:
    """Spaces stand at the end of a line, in a row, or beside a mark that has its own."""
    text = _all(sheet, index)
    return "has spaces too many" if tidy(text) != text else ""


def tags(sheet: Sheet, index: int) -> str:
    """A tag like <i> is opened and not closed, or closed and not opened."""
    return "has a tag without its other half" if balanced(sheet.cues[index].text) != sheet.cues[index].text else ""


def override(sheet: Sheet, index: int) -> str:
    r"""An override like {\an8} lacks a brace, so that players show it."""
    return "has an override without its brace" if _BRACE.search(_all(sheet, index)) else ""


def pauses(sheet: Sheet, index: int) -> str:
    """A Chinese line has ，。、； where the profile wants spaces."""
    text = _all(sheet, index)
    return "has ，。、； where spaces are wanted" if without_pauses(sheet, text) != text else ""


def stray_mark(sheet: Sheet, index: int) -> str:
    """A mark stands where none belongs: at the beginning of a cue, twice, or of the other script's width."""
    text = visible(_all(sheet, index))
    return next((problem for pattern, problem in _STRAY if pattern.search(text)), "")


def full_width(sheet: Sheet, index: int) -> str:
    """Latin letters or digits are full-width."""
    found = _FULL_WIDTH.search(_all(sheet, index))
    return f"has full-width '{found[0]}'" if found else ""


def mixed_script(sheet: Sheet, index: int) -> str:
    """A cue has characters of the other Chinese script than most of the file."""
    find = simplified if sheet.traditional else traditional
    found = find(_all(sheet, index))
    name = "simplified" if sheet.traditional else "traditional"
    return f"has {name} '{''.join(Counter(found))}'" if found else ""


def invented(sheet: Sheet, index: int) -> str:
    """A line that recognisers invent over silence and music, or that says the same again and again."""
    return "nobody seems to have said this" if index in sheet.invented else ""


def repeated(sheet: Sheet, index: int) -> str:
    """A cue says the same as the one before it."""
    text = _all(sheet, index)
    return "says the same as the cue before" if index and text.strip() and text == _all(sheet, index - 1) else ""


def tidy(text: str) -> str:
    """The text without spaces at the ends of lines, in a row, or beside a mark that has its own.

    >>> tidy(" 你好 ，世界  再见 ")
    '你好，世界 再见'
    """
    lines = []
    for line in text.split("\n"):
        for pattern, instead in _SPACES:
            line = pattern.sub(instead, line)
        lines.append(line.strip())
    return "\n".join(line for line in lines if line)


def balanced(text: str) -> str:
    """The text in which every tag has its other half: what was not closed is at the end, what was not opened goes.

    >>> balanced("<i>你好"), balanced("你好</b>"), balanced("<i>你好</i>")
    ('<i>你好</i>', '你好', '<i>你好</i>')
    """
    open_tags: list[str] = []

    def kept(match: re.Match[str]) -> str:
        name = match[2].lower()
        if not match[1]:
            open_tags.append(name)
        elif name in open_tags:
            del open_tags[len(open_tags) - 1 - open_tags[::-1].index(name)]
        else:
            return ""
        return match[0]

    mended = _TAG.sub(kept, text)
    return mended + "".join(f"</{name}>" for name in reversed(open_tags))


def without_pauses(sheet: Sheet, text: str) -> str:
    """The text with spaces for pauses where the profile wants them."""
    return punctuate(text, sheet.options)


def _all(sheet: Sheet, index: int) -> str:
    cue = sheet.cues[index]
    return cue.text if not cue.translation else f"{cue.text}\n{cue.translation}"
