"""The forms in which people give an address, and what each of them asks for; nothing here touches the network.

==========================================  =====================================================================
``BV1iT421k7Bv``                            a video of Bilibili by its id; ``av`` numbers too
``BV1iT421k7Bv?p=71``, ``BV1iT421k7Bv:71``  one of its parts
``BV1iT421k7Bv:70-72``, ``…?p=1,3,70-72``   several of them
``www.bilibili.com/video/BV1iT421k7Bv``     with or without ``https://``, ``m.``, and whatever stands behind ``?``
``b23.tv/AbC1234``                          Bilibili's short addresses
``https://…``                               any other site that yt-dlp knows, lists included, and plain media files
==========================================  =====================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from toolkit.errors import UsageError

VIDEO = "https://www.bilibili.com/video/"
"""How the addresses of Bilibili's videos begin."""

SHORT_HOST = "b23.tv"
KNOWN_HOSTS = ("bilibili.com", "bilibili.tv", SHORT_HOST, "youtube.com", "youtu.be")
"""Sites whose addresses are known without ``https://`` in front; of others it could be a file that is missing."""

MOST_PARTS = 10_000
"""More parts than any video has; a longer range is a slip of the finger."""

_ID = r"(?:[Bb][Vv]1[0-9A-Za-z]{9}|[Aa][Vv]\d{1,16})"
_BARE = re.compile(rf"(?P<id>{_ID})/?(?::(?P<parts>[^?&#/]*))?(?:[?&#](?P<query>.*))?")
_PATH = re.compile(rf"/(?:s/)?(?:video/)?(?P<id>{_ID})(?::(?P<parts>[\d,-]+))?/?")
_WITHOUT_SCHEME = re.compile(
    rf"(?:[\w-]+\.)*(?:{'|'.join(map(re.escape, KNOWN_HOSTS))})/\S*|www\.[\w-]+\.\S+", re.IGNORECASE
)

# How Bilibili makes an id of a number: 51 bits, mixed with a constant, in base 58, the digits in another order. Found
# by others from pairs of ids and numbers; the pairs in the tests are those in the tests of yt-dlp's extractor.
_DIGITS = "FcwAPNKTMug3GV5Lj7EJnHpWsx4tb8haYeviqBz6rkCy12mUSDQX9RdoZf"
_PLACES = (8, 7, 0, 5, 1, 3, 2, 4, 6)
_MIXED_WITH = 23442827791579
_LARGEST = 1 << 51


@dataclass(frozen=True)
class Address:
    """Where something is: ``url`` for yt-dlp; for a video of Bilibili also its id and the ``parts`` asked for."""

    text: str
    url: str
    video: str = ""
    parts: tuple[int, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether only its site knows what it stands for."""
        return not self.video and urlsplit(self.url).hostname == SHORT_HOST


def is_address(text: str) -> bool:
    """Whether a name that no file has is meant as an address.

    >>> [is_address(name) for name in ("BV1iT421k7Bv?p=71", "m.bilibili.com/video/av170001", "talk.mp4", "a/b.mp4")]
    [True, True, False, False]
    """
    return bool("://" in text or re.fullmatch(r"[Bb][Vv]1\w*([:?/&#].*)?|[Aa][Vv]\d+([:?/&#].*)?", text)) or bool(
        _WITHOUT_SCHEME.fullmatch(text)
    )


def parse_address(text: str) -> Address:
    """What an address asks for.

    >>> parse_address("https://m.bilibili.com/video/BV1iT421k7Bv?p=71&share_source=copy").parts
    (71,)
    >>> parse_address("av170001").video
    'BV17x411w7KC'

    Raises:
        UsageError: no such address or part can be.
    """
    bare = _BARE.fullmatch(text)
    if bare:
        asked = bare["parts"] if bare["parts"] is not None else _asked(bare["query"] or "")
        return _video(text, bare["id"], asked)
    if re.fullmatch(r"[AaBb][Vv]\w*([:?/&#].*)?", text):
        fix = "BV1 and nine letters and digits, or av and a number"
        raise UsageError("is no id of a video of Bilibili", where=text, fix=fix)
    return _from_url(text, text if "://" in text else f"https://{text}")


def parse_parts(text: str, *, where: str = "") -> tuple[int, ...]:
    """Numbers of parts, in order, each once.

    >>> parse_parts("70-72,3")
    (3, 70, 71, 72)

    Raises:
        UsageError: it is none, or counts from less than 1 or backwards.
    """
    found: set[int] = set()
    for piece in text.split(","):
        ends = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", piece.strip())
        if not ends:
            raise UsageError(f"'{text}' names no parts", where=where, fix="write 71, 70-72 or 1,3,70-72")
        first, last = int(ends[1]), int(ends[2] or ends[1])
        if not 1 <= first <= last < first + MOST_PARTS:
            problem = "parts are counted from 1" if first < 1 else f"'{piece}' runs backwards or is endless"
            raise UsageError(problem, where=where, fix="write 71, 70-72 or 1,3,70-72")
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def part_url(video: str, part: int = 0) -> str:
    """The address of a video of Bilibili, or of one of its parts.

    >>> part_url("BV1iT421k7Bv", 71)
    'https://www.bilibili.com/video/BV1iT421k7Bv?p=71'
    """
    return f"{VIDEO}{video}" + (f"?p={part}" if part else "")


def id_of_number(number: int) -> str:
    """The id of a video of Bilibili from its ``av`` number.

    >>> id_of_number(498159642)
    'BV1bK411W797'
    """
    value = (_LARGEST | number) ^ _MIXED_WITH
    digits = [""] * len(_PLACES)
    for place in _PLACES:
        digits[place] = _DIGITS[value % 58]
        value //= 58
    return "BV1" + "".join(digits)


def _from_url(text: str, url: str) -> Address:
    split = urlsplit(url)
    host = (split.hostname or "").removeprefix("www.").removeprefix("m.")
    if split.scheme.lower() not in ("http", "https") or not host:
        raise UsageError("cannot be fetched", where=text, fix="addresses begin with https:// or http://")
    found = _PATH.fullmatch(split.path)
    if found and host in ("bilibili.com", SHORT_HOST):
        return _video(text, found["id"], found["parts"] or _asked(split.query))
    if host == "player.bilibili.com":
        query = parse_qs(split.query)
        named = query.get("bvid") or [f"av{number}" for number in query.get("aid", [])]
        if named and re.fullmatch(_ID, named[0]):
            return _video(text, named[0], _asked(split.query))
    if host == "bilibili.com":  # yt-dlp knows no m.bilibili.com
        url = split._replace(scheme="https", netloc="www.bilibili.com").geturl()
    return Address(text, url)


def _video(text: str, name: str, asked: str) -> Address:
    video = f"BV{name[2:]}" if name[:2].upper() == "BV" else _of_number(text, int(name[2:]))
    parts = parse_parts(asked, where=text) if asked else ()
    return Address(text, part_url(video), video, parts)


def _of_number(text: str, number: int) -> str:
    if not 0 < number < _LARGEST:
        raise UsageError("is no number of a video of Bilibili", where=text, fix="check it")
    return id_of_number(number)


def _asked(query: str) -> str:
    """The parts that a query asks for; the site passes over an empty ``p=``, and so do we."""
    return (parse_qs(query).get("p") or [""])[-1]
