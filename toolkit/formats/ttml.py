"""TTML (Timed Text Markup Language), read and written by ourselves: pysubs2 reads neither styles nor older namespaces.

Paragraphs are cues. What else is in the document stays in ``ttml.frame`` of the transcript's ``extra``, with a
processing instruction where the paragraphs go; ``ttml.attributes`` are those of a cue's paragraph but for its times.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any
from xml.dom import minidom
from xml.parsers.expat import ExpatError
from xml.sax.saxutils import escape, quoteattr

from toolkit.cues import Cue, Transcript, with_extra
from toolkit.errors import FormatError
from toolkit.formats.markup import TTML, give, take
from toolkit.formats.repair import Span, repair, report
from toolkit.formats.times import write_clock
from toolkit.formats.ttml_times import Rates, rates_of, time_ms
from toolkit.formats.writing import Wrap, settle

log = logging.getLogger(__name__)

TIMING = ("begin", "end", "dur")
PLACE = "<?zimu-cues ?>"
FRAME = f"""<?xml version="1.0" ?><tt xmlns="http://www.w3.org/ns/ttml" xml:lang="%s">
  <body>
    <div>
      {PLACE}
    </div>
  </body>
</tt>"""
"""A new document; the standard wants a language, which may be empty."""

Node = Any
"""A node of the document; the standard library's types know too little about it."""


def parse(text: str, path: str = "") -> Transcript:
    r"""The cues of a TTML document; whatever is odd in it is logged with its line.

    >>> cue, = parse('<tt><body><div><p begin="1s" end="2s">一<br/>二</p></div></body></tt>').cues
    >>> cue.start, cue.end, cue.text
    (1000, 2000, '一\n二')

    Raises:
        FormatError: it is not XML, not TTML, or a time is none.
    """
    root = _root(text, path)
    paragraphs = [node for node in _elements(root) if node.localName == "p"]
    lines = _lines_of_paragraphs(text)
    try:
        rates = rates_of(*(_attribute(root, name) for name in ("frameRate", "frameRateMultiplier", "tickRate")))
    except (ValueError, ZeroDivisionError):
        raise FormatError("frameRate, its multiplier or tickRate is no number", path=path, line=1) from None
    spans = []
    for index, node in enumerate(paragraphs):
        line = lines[index] if index < len(lines) else 0
        try:
            spans.append(Span(line, *_times(node, rates)))
        except ValueError as error:
            raise FormatError(str(error), path=path, line=line) from None
    repaired = repair(spans)
    report((odd for times in repaired for odd in times.oddities), path=path, log=log)
    home = paragraphs[0].parentNode if paragraphs else None
    cues = tuple(_cue(node, times.start, times.end, home) for node, times in zip(paragraphs, repaired, strict=True))
    language = root.getAttribute("xml:lang").partition("-")[0].lower()
    extra = with_extra((), **{"ttml.frame": _frame(root.ownerDocument, paragraphs)})
    return Transcript(path, cues, language=language or None, extra=extra)


def render(transcript: Transcript, wrap: Wrap | None = None) -> str:
    """The transcript as a TTML document.

    Raises:
        FormatError: a cue has no times.
    """
    frame = str(transcript.get("ttml.frame") or "")
    cues = settle(transcript, wrap=wrap, markup=TTML.name if frame else "")
    if not frame:  # which declares the namespaces of tags and attributes
        cues = [Cue(cue.start, cue.end, cue.heard, translation=cue.translation) for cue in cues]
        frame = FRAME.replace("%s", escape(transcript.language or "", {'"': "&quot;"}))
    root = re.search(r"<([\w.-]+:)?tt[\s>]", frame)
    prefix = (root[1] or "") if root else ""
    ids: set[str] = set()
    paragraphs = [_paragraph(cue, prefix, ids) for cue in cues]
    before, _, after = frame.partition(PLACE)
    indent = before[before.rfind("\n") :] if before.rpartition("\n")[2].isspace() else ""
    return before + (indent or "\n").join(paragraphs) + after + "\n"


def _root(text: str, path: str) -> Node:
    skipped = len(text) - len(text.lstrip())
    try:
        root: Node = minidom.parseString(text[skipped:]).documentElement
    except ExpatError as error:
        line = error.lineno + text.count("\n", 0, skipped)
        problem = str(error).partition(": line")[0]
        raise FormatError(f"not XML: {problem}", path=path, line=line) from None
    if root.localName != "tt":
        raise FormatError(f"not TTML: the document is a <{root.tagName}>", path=path, line=1)
    return root


def _elements(node: Node) -> Iterator[Node]:
    """All elements within ``node``, in document order."""
    for child in node.childNodes:
        if child.nodeType == child.ELEMENT_NODE:
            yield child
            yield from _elements(child)


def _attribute(node: Node, name: str) -> str:
    """The attribute called so in whatever namespace; empty without."""
    found = (attribute.value for attribute in node.attributes.values() if attribute.localName == name)
    return str(next(found, ""))


def _lines_of_paragraphs(text: str) -> list[int]:
    lines, line, position = [], 1, 0
    for match in re.finditer(r"<(?:[\w.-]+:)?p[\s/>]", text):
        line += text.count("\n", position, match.start())
        position = match.start()
        lines.append(line)
    return lines


def _times(node: Node, rates: Rates) -> tuple[int | None, int | None]:
    """When a paragraph begins and ends, as far as it or what it holds or is held by says."""
    offset, above = 0, node.parentNode
    while above is not None and above.nodeType == above.ELEMENT_NODE:
        if _attribute(above, "timeContainer") == "seq":
            raise ValueError("timeContainer 'seq' is not supported")
        offset += time_ms(_attribute(above, "begin") or "0s", rates)
        above = above.parentNode
    begin, end = _own_times(node, rates)
    if begin is None and end is None:
        inner = [_own_times(child, rates) for child in _elements(node)]
        begin = min((start for start, _ in inner if start is not None), default=None)
        end = max((stop for _, stop in inner if stop is not None), default=None)
    if begin is None and end is not None:
        begin = 0
    return (None if begin is None else offset + begin), (None if end is None else offset + end)


def _own_times(node: Node, rates: Rates) -> tuple[int | None, int | None]:
    begin, end, length = (_attribute(node, name) for name in TIMING)
    start = time_ms(begin, rates) if begin else None
    if end:
        return start, time_ms(end, rates)
    return start, (start or 0) + time_ms(length, rates) if length else None


def _cue(node: Node, start: int, end: int, home: Node) -> Cue:
    """A paragraph as a cue; it takes over what its parent says where that is not the first one's."""
    attributes = {} if node.parentNode is home else dict(_inheritable(node.parentNode))
    attributes |= {name: value for name, value in node.attributes.items() if name not in TIMING}
    preserve = attributes.get("xml:space") == "preserve" or _preserves(node.parentNode)
    raw = _inner(node, preserve)
    raw = raw if preserve else re.sub(r" ?\n ?", "\n", raw).strip(" \n")
    heard, tags = take(raw, TTML)
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return Cue(start, end, heard, extra=with_extra(tags, **{"ttml.attributes": written or None}))


def _inheritable(node: Node) -> Iterator[tuple[str, str]]:
    for name, value in node.attributes.items():
        if name not in (*TIMING, "xml:id", "timeContainer") and not name.startswith("xmlns"):
            yield name, value


def _preserves(node: Node) -> bool:
    while node is not None and node.nodeType == node.ELEMENT_NODE:
        if node.getAttribute("xml:space"):
            return bool(node.getAttribute("xml:space") == "preserve")
        node = node.parentNode
    return False


def _inner(node: Node, preserve: bool) -> str:
    """What a paragraph holds: text, line ends for ``br``, and spans as they are written; metadata is no text."""
    parts = []
    for child in node.childNodes:
        if child.nodeType in (child.TEXT_NODE, child.CDATA_SECTION_NODE):
            parts.append(TTML.escape(child.data if preserve else re.sub(r"[ \t\r\n]+", " ", child.data)))
        elif child.nodeType != child.ELEMENT_NODE or child.localName in ("metadata", "set"):
            continue
        elif child.localName == "br":
            parts.append("\n")
        else:
            attributes = "".join(f" {name}={quoteattr(value)}" for name, value in child.attributes.items())
            parts.append(f"<{child.tagName}{attributes}>{_inner(child, preserve)}</{child.tagName}>")
    return "".join(parts)


def _frame(document: Node, paragraphs: list[Node]) -> str | None:
    """The document without its paragraphs, their place marked; times within are absolute from now on."""
    mark = document.createProcessingInstruction("zimu-cues", "")
    bodies = [node for node in _elements(document.documentElement) if node.localName in ("body", "div")]
    if paragraphs:
        paragraphs[0].parentNode.replaceChild(mark, paragraphs[0])
    elif bodies:
        bodies[-1].appendChild(mark)
    else:
        return None
    for node in paragraphs[1:]:
        before = node.previousSibling
        if before is not None and before.nodeType == before.TEXT_NODE and before.data.isspace():
            node.parentNode.removeChild(before)
        node.parentNode.removeChild(node)
    for node in bodies:
        for name in TIMING:
            if node.hasAttribute(name):
                node.removeAttribute(name)
    return str(document.toxml())


def _paragraph(cue: Cue, prefix: str, ids: set[str]) -> str:
    attributes = str(cue.get("ttml.attributes") or "")
    own_id = re.search(r" xml:id=(\"[^\"]*\"|'[^']*')", attributes)
    if own_id and own_id[1] in ids:  # half of a cue that was cut
        attributes = attributes.replace(own_id[0], "")
    elif own_id:
        ids.add(own_id[1])
    text = give(cue, TTML)
    if re.search(r"[ \t]{2}|\t", text) and "xml:space=" not in attributes:
        attributes += ' xml:space="preserve"'
    times = f'begin="{write_clock(cue.start or 0)}" end="{write_clock(cue.end or 0)}"'
    return f"<{prefix}p {times}{attributes}>" + text.replace("\n", f"<{prefix}br/>") + f"</{prefix}p>"
