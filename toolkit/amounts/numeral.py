"""The value of a Chinese numeral, its digits in Chinese or Arabic: 三百五 is 350, 1亿2千万 is 120 million."""

from __future__ import annotations

import re
from fractions import Fraction

DIGITS = dict(zip("零〇一二两三四五六七八九幺", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 1), strict=True))
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

DIGIT, UNIT = f"[{''.join(DIGITS)}]", f"[{''.join(UNITS)}]"

_PLAIN = str.maketrans("兩萬億點幾貳餘來個０１２３４５６７８９％．／：", "两万亿点几二余来个0123456789%./:")
_FINANCIAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟", "一二二三三四五六六七八九十百千")
_IN_FINANCE = re.compile(
    "(?=.?[拾佰仟萬万億亿])[壹贰貳叁參肆伍陆陸柒捌玖拾][壹贰貳叁參肆伍陆陸柒捌玖拾佰仟零萬万億亿]+"
)

LONGEST = 40
"""A numeral of more characters is none: recognisers fall into loops."""

_PAIR = re.compile("([一二三四五六七八九两])([二三四五六七八九])")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|\D")
_ROW = re.compile(f"{DIGIT}+")


def simplified(text: str) -> str:
    """The text with simplified and everyday numerals for traditional, financial and full-width ones, as long as it was.

    >>> simplified("伍拾萬元，兩億；收拾隊伍")
    '五十万元，两亿；收拾隊伍'
    """
    return text if text.isascii() else _IN_FINANCE.sub(_everyday, text).translate(_PLAIN)


def numeral_values(numeral: str) -> tuple[Fraction, ...]:
    """The values that a simplified numeral may have, the likeliest first; none for what is not a numeral.

    Two digits side by side before a unit or behind one are both ends of a range.

    >>> [[str(value) for value in numeral_values(text)] for text in ("一万二", "七八十", "1亿2千万", "十五五", "百百")]
    [['12000'], ['70', '80'], ['120000000'], ['15'], []]
    """
    whole = numeral_value(numeral)
    if whole is not None:
        return (whole,)
    pair = _PAIR.search(numeral)
    if not pair:
        return ()
    found = (numeral_value(numeral[: pair.start()] + digit + numeral[pair.end() :]) for digit in pair[0])
    return tuple(dict.fromkeys(value for value in found if value is not None))


def numeral_value(numeral: str) -> Fraction | None:
    """The value of a simplified numeral that has but one; None for what is none, a range such as 七八十 among them."""
    if len(numeral) > LONGEST:
        return None
    whole, point, decimals = numeral.partition("点")
    if point:
        return _with_decimals(whole, decimals)
    if _ROW.fullmatch(numeral):
        return Fraction("".join(str(DIGITS[char]) for char in numeral))
    return _whole(_TOKEN.findall(numeral)) if numeral else None


def last_scale(numeral: str) -> int:
    """What the units at the end of a numeral multiply by: 10,000 for 五万, 1 for 五."""
    scale = 1
    for char in reversed(numeral):
        if char not in UNITS:
            break
        scale *= UNITS[char]
    return scale


def _everyday(found: re.Match[str]) -> str:
    return found[0].translate(_FINANCIAL)


def _with_decimals(whole: str, decimals: str) -> Fraction | None:
    head = numeral_value(whole) if whole else Fraction(0)
    row = re.match(rf"({DIGIT}+|\d+)([百千]?[万亿]*)$", decimals)
    if head is None or not row:
        return None
    tail = Fraction("0." + "".join(str(DIGITS.get(char, char)) for char in row[1]))
    return (head + tail) * last_scale(row[2])


def _whole(tokens: list[str]) -> Fraction | None:
    total, section, last, big, zero = Fraction(0), Fraction(0), 10, 0, False
    digit: Fraction | None = None
    for token in tokens:
        if token in ("零", "〇") and digit is None:
            zero = True
        elif token in DIGITS or token[0].isdigit():
            if digit is not None:
                return None
            digit = Fraction(DIGITS.get(token, token))
        elif token in ("万", "亿"):
            if UNITS[token] == big and (section or digit):
                return None  # 三万两万 are two
            whole = total if token == "亿" else Fraction(0)  # 万亿 multiplies 万, 亿…万 does not multiply 亿
            total += (whole + section + (digit or 0)) * UNITS[token] - whole
            if not total:
                total = Fraction(UNITS[token])
            section, digit, last, big, zero = Fraction(0), None, UNITS[token], UNITS[token], False
        elif token in UNITS and (not section or UNITS[token] < last):
            section += (digit or 1) * UNITS[token]
            digit, last, zero = None, UNITS[token], False
        else:
            return None
    single = digit is not None and digit.denominator == 1 and digit < 10
    short = last // 10 if single and last > 10 and not zero else 1  # 三百五 is 350
    return total + section + (digit or 0) * short
