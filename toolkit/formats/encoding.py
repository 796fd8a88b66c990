"""Find out how the bytes of a text file are encoded, and decode them.

Looked at in this order: a byte-order mark; strict UTF-8; zero bytes, which give UTF-16 away; then GB18030, Big5 and
UTF-16 are compared by how common the characters are that each makes of the bytes; Korean and Japanese, which make
Chinese characters of any text, are told by their own. Rarer characters are Chinese where the bytes stand in pairs.
Western files that are none of these are left to charset-normalizer. A guess that may be wrong is told in a warning.
"""

from __future__ import annotations

import codecs
import logging
import re
from collections import Counter
from collections.abc import Iterable

from toolkit.errors import FormatError

log = logging.getLogger(__name__)

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
"""Byte-order marks; those of UTF-32 stand before those of UTF-16 that they begin with."""

WIDE = ("utf-16-le", "utf-16-be")
CHINESE = ("gb18030", "cp950", "big5hkscs", *WIDE)
"""What a file with bytes that are not UTF-8 may be, the likeliest first; cp950 and big5hkscs are both called Big5."""

FREQUENT = frozenset(
    "的一是不了在有人我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没"
    "日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长知样现分将外但身些与高意进把法此实回二理美点月明其种"
    "声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军"
    "产入先山五太水万市早啊吧呢吗请谢请让今欢迎各位智能数据技术模型人工大家字幕"
    "這來個國說們為時過學對後麼沒發還當開無樣見經頭從動兩長現將與進實點種聲話兒問機給業間電門東海氣關並內產萬請謝讓歡數據術幾"
    "，。！？、：；“”《》（）—…　"
)
"""Characters that ordinary Chinese is full of, simplified and traditional; they decide about short texts."""

KOREAN = frozenset("이다는을가에의은하고지니를로한도그나서사기리어라자해요네시습있것들만면안")
"""Syllables that every Korean text is full of; taken for GB18030 they are characters of which Chinese has few."""

CONTROL = re.compile(r"[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
"""Control characters; not tabs, line ends, escape, nor the line end of mainframes."""

PLAUSIBLE = 0.75
"""The share of level-one characters from which on bytes count as Chinese text."""

SURE = 1.0
"""Up to this score no frequent character is in the text: it may be something else."""

_IDEOGRAPHS = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef\u2014-\u2026]*")
_PAIR = re.compile(rb"[\xa1-\xfe]{2}")
_IN_LATIN = re.compile("[A-Za-z][^\0-\x7f]|[^\0-\x7f][A-Za-z]")


def decode(data: bytes, *, path: str = "") -> tuple[str, str]:
    """The text of a file and the name of its encoding, without a byte-order mark.

    >>> decode("具身智能".encode("gb18030"))
    ('具身智能', 'gb18030')

    Raises:
        FormatError: the bytes are no text in a known encoding; names the line of the first that does not fit.
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return _readable(_strict(data[len(mark) :], name, path), path), name
    text = _utf8(data, path)
    if text is not None and not CONTROL.search(text):
        return (data.decode("gb18030"), "gb18030") if _hides_chinese(data, text) else (text, "utf-8")
    found, score = _best(data, CHINESE if text is None else WIDE)
    if not found and text is not None:
        return _readable(text, path), "utf-8"
    neighbour = "" if text is not None or found in WIDE else _neighbour(data)
    found = neighbour or found or _in_pairs(data) or _western(data)
    if not found:
        raise FormatError(_complaint(data), path=path, line=_bad_line(data), fix="save it as UTF-8 text")
    weak = neighbour or (score <= SURE and (found in CHINESE or (_PAIR.search(data) and _decoded(data, CHINESE[0]))))
    tell = "%s: taken for %s by a guess; if its text is wrong, save it as UTF-8" if weak else "%s: read as %s"
    log.log(logging.WARNING if weak else logging.INFO, tell, path or "a text", found)
    return _readable(data.decode(found), path), found


def _strict(data: bytes, name: str, path: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(name, "replace").count("\n") + 1
        raise FormatError(f"says it is {name.upper()} and is not", path=path, line=line) from None


def _readable(text: str, path: str) -> str:
    """The text, unless it holds zero characters, which no text does."""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FormatError("not text: a zero byte", path=path, line=line, fix="give a subtitle or transcript file")
    return text


def _utf8(data: bytes, path: str) -> str | None:
    """UTF-8 text, also where the file breaks off inside its last character; None where it is something else."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        whole = data[: error.start]
        if error.reason != "unexpected end of data" or not whole:
            return None
    log.warning("%s:%d: ends inside a character, which is left out", path, whole.count(b"\n") + 1)
    return whole.decode("utf-8")


def _hides_chinese(data: bytes, text: str) -> bool:
    """Whether short GB18030 text happens to be UTF-8 as well: Latin, Greek … there, everyday words here.

    A Greek or Cyrillic letter alone is one.
    """
    letters = [char for char in text if char > "\x7f"]
    if (
        not letters
        or (len(letters) == 1 and letters[0] < "\u0460")
        or any(not "\u0100" <= char <= "\u07ff" for char in letters)
    ):
        return False
    try:
        return all(char in FREQUENT for char in data.decode("gb18030") if char > "\x7f")
    except UnicodeDecodeError:
        return False


def _neighbour(data: bytes) -> str:
    """The encoding of Korean or Japanese whose bytes could be GB18030 as well; empty where it is neither."""
    korean = _letters(data, "euc_kr")
    chinese = max(sum(char in FREQUENT for char in _letters(data, name)) for name in CHINESE[:2])
    hangul = sum("\uac00" <= char <= "\ud7a3" for char in korean)
    usual = sum(char in KOREAN for char in korean)
    if hangul >= max(4, 0.9 * len(korean)) and usual >= max(0.2 * hangul, 1 + chinese):
        return "euc_kr"
    for name in ("euc_jp", "cp932"):
        letters = _letters(data, name)
        if sum("\u3041" <= char <= "\u3093" for char in letters) >= max(3, 0.3 * len(letters), 3 * chinese):
            return name
    return ""


def _letters(data: bytes, name: str) -> str:
    """All that is not ASCII in an encoding, punctuation left out; nothing where the bytes are none."""
    return "".join(char for char in _decoded(data, name) if char > "\x7f" and char.isalpha())


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return ""


def _in_pairs(data: bytes) -> str:
    """The Chinese encoding of which the bytes are pairs throughout, however rare the characters; empty where none is.

    In a Western file an accented letter seldom stands beside another, and mostly inside a word.
    """
    scores: dict[str, float] = {}
    for name in CHINESE[:2]:
        text = _decoded(data, name)
        letters = [char for char in text if char > "\x7f"]
        high = sum(min(char.encode(name)) > 0xA0 for char in letters)
        paired = 2 * high >= len(letters) > 1 and (high >= 8 or not _IN_LATIN.search(text))
        if paired and _IDEOGRAPHS.fullmatch("".join(letters)) and not CONTROL.search(text):
            scores[name] = _score(text, wide=False)
    return max(scores, key=lambda name: scores[name], default="")


def _best(data: bytes, names: Iterable[str]) -> tuple[str, float]:
    """The encoding that makes the most ordinary Chinese of the bytes, and its score; empty where none makes any."""
    scores: dict[str, float] = {}
    for name in names:
        try:
            scores[name] = _score(data.decode(name), wide=name in WIDE)
        except UnicodeDecodeError:
            continue
    best = max(scores, key=lambda name: scores[name], default="")
    return (best, scores[best]) if best and scores[best] >= PLAUSIBLE else ("", 0.0)


def _score(text: str, *, wide: bool) -> float:
    """How ordinary the text is: the share of its characters that are in level one, the most frequent counting twice.

    ASCII says nothing where it is the same in all candidates, and as much as a frequent character in UTF-16.
    """
    if CONTROL.search(text):
        return 0.0
    letters = Counter(char for char in text if char > "\x7f")
    total = letters.total()
    ascii_count = len(text) - total if wide else 0
    ordinary = sum(count * (_is_level_one(char) + (char in FREQUENT)) for char, count in letters.items())
    return (ordinary + 2 * ascii_count) / max(total + ascii_count, 1)


def _is_level_one(char: str) -> bool:
    """Whether a character is in the everyday half of GB 2312 or of Big5, or is their punctuation."""
    for name, rows in (("gb2312", range(0xB0, 0xD8)), ("big5", range(0xA4, 0xC7))):
        code = char.encode(name, "ignore")
        if len(code) == 2 and (code[0] in rows or code[0] in (0xA1, 0xA3)):
            return True
    return False


def _western(data: bytes) -> str:
    """The encoding of a Western file that is mostly ASCII; empty where charset-normalizer knows none."""
    if _is_torn_utf8(data) or sum(byte > 0x7F for byte in data) * 4 > len(data):
        return ""
    from charset_normalizer import from_bytes

    match = from_bytes(data, cp_isolation=["cp1252", "latin_1"]).best()
    return match.encoding if match else ""


def _is_torn_utf8(data: bytes) -> bool:
    """Whether nearly all of a file is UTF-8, East Asian letters among it."""
    text = data.decode("utf-8", "ignore")
    return len(text.encode()) > 0.9 * len(data) and any(char > "\u07ff" for char in text)


def _complaint(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_torn_utf8(data):
            return f"broken UTF-8: byte 0x{data[error.start]:02x} does not belong there"
    return "not text in UTF-8, UTF-16, GB18030 or Big5"


def _bad_line(data: bytes) -> int:
    """The line of the first byte that is not UTF-8, or is zero."""
    try:
        data.decode("utf-8")
        stop = data.find(0)
    except UnicodeDecodeError as error:
        stop = error.start
    return data.count(b"\n", 0, max(stop, 0)) + 1
