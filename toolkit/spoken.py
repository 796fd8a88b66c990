"""Numbers and signs as they are said in Chinese: the spoken forms of a term, and the numerals in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from string import ascii_letters

MOST = 12
"""So many spoken forms of a term are kept."""

DIGITS = "零一二三四五六七八九"

SIGNS = {
    "+": ("加", " plus"), "&": ("和", " and ", ""), "%": ("百分比",), "#": ("井", " sharp"), "@": ("艾特", " at "),
    "=": ("等于",), "*": ("星",), ".": ("点", "", " "),
}  # fmt: skip
"""How each sign is written when it is said, the likeliest first. Hyphens, slashes and dots in names are not said."""

UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | dict.fromkeys("\u2022\u30fb", "·"))
_PIECE = re.compile(
    r"(?P<percent>[0-9]+(?:\.[0-9]+)?%)|(?P<number>[0-9]+(?:\.[0-9]+)*)|(?P<joint>[-_/·]+| (?=[0-9])|(?<=[0-9]) )"
    r"|(?P<sign>[+&%#@.=*])(?P=sign)*"
)
_KINDS = ("number", "sign", "joint")

# Written in Chinese, matched in ASCII: sets of Chinese characters take `re` a hundred times as long to compile.
_ASCII = str.maketrans("零〇一二三四五六七八九两幺十百千万亿点第分之年滴线差有规期时", "00123456789LYTHKWEPNFZAXXVVGGG")
_TEXT = _ASCII | str.maketrans(dict.fromkeys("0123456789", "d") | dict.fromkeys(ascii_letters, "-"))

_D, _N, _UNIT = "[零一二两三四五六七八九幺]", "[一二两三四五六七八九]", "(?:万亿|[万亿])"
_COUNT = f"(?:一二|二三|两三|三四|三五|四五|五六|六七|七八|八九|{_N})"
_WHOLE = f"(?:{_COUNT}[十百千]|十)(?:零?{_COUNT}[十百千]|(?<=百)十)*(?:零?{_COUNT}(?:(?<=十.)五(?=[规期时]))?)?"
_DECIMAL = f"(?:{_WHOLE}|{_D}+)点(?!{_D}*[滴线点])(?:{_WHOLE}|{_D}+)"
_AMOUNT = (
    f"(?:{_DECIMAL}|{_WHOLE}|{_COUNT}(?={_UNIT}))(?:{_UNIT}(?:零?(?:{_WHOLE}{_UNIT}?|{_COUNT}{_UNIT}))*(?:零?{_N})?)?"
)

IDIOMS = ("一五一十", "三三两两", "七七八八", "千千万万", "十全十美", "一十", "百十", "二百五(?!十)")
"""Patterns of words of digits and units that are no numerals; what no numeral is like (万一, 百分百) is not listed."""

NUMERAL = (
    f"({'|'.join(IDIOMS)})"
    f"|(?:(?:[百千万]|{_WHOLE}|{_N})分之百?|第)(?:{_AMOUNT}|{_D}+|d+(?:[.点]d+)?|(?<=百))"
    f"|(?:{_D}{{2}}|{_D}{{4}}|{_N}千(?:零?{_WHOLE}|零{_N})?)年"
    f"|{_AMOUNT}|(?<![差有])点(?:{_D}+{_UNIT}|{_D}{{2,}})"
    f"|(?:{_D}{{3,}}|(?={_D}*[零幺]){_D}{{2,}})(?![十百千])"
    f"|d+(?:[.点]d+)?(?:{_UNIT}|[十百千]万?亿?)"
)
"""A numeral as a pattern: shares and ordinals, years, amounts, digits in a row, of which d is an Arabic one.

What stands in its group is an idiom.
"""


@lru_cache(maxsize=4096)
def spoken_forms(text: str) -> tuple[str, ...]:
    """Other ways in which a recogniser writes a term that holds digits or signs, the likeliest first.

    Numbers are read as such and digit by digit, signs by their names or not at all, all of a kind in one way. At most
    `MOST`; never the term itself; none for a term without digits and signs.

    >>> spoken_forms("GPT-4")
    ('GPT4', 'GPT-四', 'GPT 4', 'GPT四', 'GPT 四')
    >>> spoken_forms("工业2.0"), spoken_forms("H20"), spoken_forms("具身智能")
    (('工业二点零', '工业2点0'), ('H二十', 'H二零'), ())
    """
    pieces = list(_pieces(unicodedata.normalize("NFKC", text).translate(_DASHES)))
    lengths = {kind: max((len(choices) for one, choices in pieces if one == kind), default=1) for kind in _KINDS}
    choices = product(*(range(lengths[kind]) for kind in _KINDS))
    ranked = [dict(zip(_KINDS, ranks, strict=True)) for ranks in sorted(choices, key=lambda ranks: (sum(ranks), ranks))]
    said = ["".join(written[min(ranks[kind], len(written) - 1)] for kind, written in pieces) for ranks in ranked]
    forms = dict.fromkeys(" ".join(form.split()) for form in said if len(said) > 1)
    return tuple(form for form in forms if form and form != text)[:MOST]


def cardinal(number: int) -> str:
    """A whole number from 0 up in Chinese, as it is read out in full.

    >>> [cardinal(number) for number in (0, 12, 305, 2024, 10_010, 120_000_000)]
    ['零', '十二', '三百零五', '二千零二十四', '一万零一十', '一亿二千万']
    """
    spelled = _cardinal(number)
    return spelled[1:] if spelled.startswith("一十") else spelled


def is_spoken_numeral(text: str) -> bool:
    """Whether a text is one Chinese numeral and nothing else.

    >>> is_spoken_numeral("百分之十五"), is_spoken_numeral("万一")
    (True, False)
    """
    return list(numerals(text)) == [(0, len(text))]


def numerals(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch of two characters or more that is surely a Chinese numeral.

    Digits in a row (二零一二), numbers with their units (三百零五, 点七六亿), shares (百分之十五), ordinals (第十二)
    and years; not words in which digits mean something else (万一, 一一, 三三两两).

    >>> text = "二零一二年占百分之十五，万一下雨，三三两两地来"
    >>> [text[start:end] for start, end in numerals(text)]
    ['二零一二年', '百分之十五']
    """
    for found in _numeral().finditer(text.translate(_TEXT)):
        if found[1] is None and len(found.group()) > 1:
            yield found.span()


@lru_cache(maxsize=1)
def _numeral() -> re.Pattern[str]:
    return re.compile(NUMERAL.translate(_ASCII))


def _cardinal(number: int) -> str:
    for unit, name in UNITS:
        if number >= unit:
            head, rest = divmod(number, unit)
            between = "零" if 0 < rest < unit // 10 else ""
            return f"{_cardinal(head)}{name}{between}{_cardinal(rest) if rest else ''}"
    return DIGITS[number]


def _pieces(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The pieces of a term one after the other: of which kind, as written and as they may be said."""
    end = 0
    for found in _PIECE.finditer(text):
        yield "sign", (text[end : found.start()],)
        end = found.end()
        piece = found.group()
        if found["percent"]:
            yield "number", (piece, f"百分之{_said(piece[:-1])[0]}")
        elif found["number"]:
            yield "number", (piece, *_said(piece))
        elif found["joint"]:
            between_digits = text[: found.start()][-1:].isdigit() and text[end:][:1].isdigit()
            yield "joint", (piece, " ") if between_digits else (piece, "", " ")
        else:
            yield "sign", (piece, *(name * len(piece) for name in SIGNS[piece[0]]))
    yield "sign", (text[end:],)


def _said(number: str) -> tuple[str, ...]:
    """A number in digits as it is said: in full and digit by digit, which comes first for years."""
    whole, *fractions = number.split(".")
    single = _one_by_one(whole)
    if fractions:
        head = cardinal(int(whole)) if len(whole) < 5 else single
        return "点".join([head, *map(_one_by_one, fractions)]), number.replace(".", "点")
    forms = [single]
    if not whole.startswith("0") and (len(whole) < 5 or whole.endswith("00")) and len(whole) < 13:
        full = cardinal(int(whole))
        forms.insert(1 if len(whole) == 4 and not whole.endswith("00") else 0, full)
        if full[0] == "二" and full[1:2] in ("百", "千", "万", "亿"):
            forms.append(f"两{full[1:]}")
    if len(whole) > 1 and "1" in whole:
        forms.append(single.replace("一", "幺"))
    return tuple(dict.fromkeys(forms))


def _one_by_one(digits: str) -> str:
    return "".join(DIGITS[int(digit)] for digit in digits)
